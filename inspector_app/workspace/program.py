"""The program as a whole: the register of what ERO does about what comes back, and the figures.

The register is a log of its own kind, "program", founded with its first action; where several were
merged here, all are read, and one writes in the first. Whoever has no register has no actions.
"""

import csv
import io
import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.change import ABOUT, Edit, new_record
from inspector_app.derived import TABLES, Row, Rows, columns, stored
from inspector_app.derived.figures import Figures, finding_types
from inspector_app.errors import BadInput
from inspector_app.files import write_whole
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import read_record, stored_values
from inspector_app.records.program import ProgramAction
from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.workspace import books, handing, people
from inspector_app.workspace.derived_rows import rows
from inspector_app.workspace.handing import Step

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

KIND = "program"
EDITIONS = ("internal", "public")


# -- the register ------------------------------------------------------------------------------


def actions(workspace: "Workspace") -> list[ProgramAction]:
    """Every action in the register, oldest first."""
    return [action for log in _registers(workspace) for action in _actions(log)]


def put_action(workspace: "Workspace", record: str = "", **fields: Any) -> str:
    """Write down an action, or alter one; returns its record.

    NotAllowed for whoever is not ERO headquarters; BadInput for an unknown type or record.
    """
    people.require(workspace.desk, "program-action", "write in the program's register")
    values = stored_values(ProgramAction, fields)
    if not record and not (values.get("title") and values.get("types")):
        raise BadInput("An action needs a title and the types it is for. Nothing was written.")
    _check_types(str(values.get("types") or ""))
    log = _register_of(workspace, record)
    record = record or new_record(ProgramAction.kind)
    workspace.desk.commit(log, log.setting(record, values), "program action")
    return record


def remove_action(workspace: "Workspace", record: str) -> None:
    """Take an action out of the register; the history keeps it."""
    people.require(workspace.desk, "program-action", "write in the program's register")
    log = _register_of(workspace, record)
    workspace.desk.commit(log, log.removing(record), "removed a program action")


def _check_types(types: str) -> None:
    known = {one.code for one in finding_types()}
    strange = [code for code in types.split() if code not in known]
    if strange:
        raise BadInput(
            f"There is no type of finding “{strange[0][:12]}”. Nothing was written; the types are "
            "those of the checklist's findings, such as D01 or A01."
        )


def _registers(workspace: "Workspace") -> list[Log]:
    return [workspace.desk.log(id) for id in books.ids(workspace.desk, KIND)]


def _actions(log: Log) -> list[ProgramAction]:
    found = log.records(ProgramAction.kind)
    return [read_record(ProgramAction, record, log.fields(record))[0] for record in found]


def _register_of(workspace: "Workspace", record: str) -> Log:
    """The log that holds a record, or in which a new one goes."""
    logs = _registers(workspace)
    if record:
        held = next((log for log in logs if log.in_view(record)), None)
        if held is None:
            raise BadInput("There is no such action in the register. Nothing was written.")
        return held
    return logs[0] if logs else _founded(workspace)


def _founded(workspace: "Workspace") -> Log:
    edits = [Edit(ABOUT, "kind", KIND), Edit(ABOUT, "nonce", secrets.token_hex(16))]
    first = workspace.desk.found(edits, "began the program's register", "UTC")
    workspace.desk.store.append([first])
    workspace.desk.take_in(first.log, [first])
    return workspace.desk.log(first.log)


# -- the figures -------------------------------------------------------------------------------


def is_practice(found: Rows) -> bool:
    """Whether there is nothing but practice, so that practice is what is shown."""
    return not any(not row.practice for row in found.inspections)


def figures(
    workspace: "Workspace", year: int | None = None, practice: bool | None = None
) -> Figures:
    """The figures of a fiscal year and the four before it; of the present one by default.

    Practice data is counted when it is asked for, or when there is nothing else; never both.
    """
    found = rows(workspace)
    practice = is_practice(found) if practice is None else practice
    return Figures(found.of(practice), year or FiscalYear.of(today()).year)


def fiscal_year_report(
    workspace: "Workspace",
    year: int | None = None,
    practice: bool | None = None,
    edition: str = "internal",
) -> bytes:
    """The fiscal-year report as a PDF, counted as of today. NotAllowed when the file leaks."""
    return report_job(workspace, figures(workspace, year, practice), edition)(None)


def report_job(
    workspace: "Workspace", counted: Figures, edition: str = "internal"
) -> Callable[[Callable[[int], None] | None], bytes]:
    """What makes the report of these figures; a worker may do it, since it reads nothing more.

    It is given what hears each page; what that raises ends the work. No edition is for an agency:
    the report names the findings of all of them.
    """
    if edition not in EDITIONS:
        raise BadInput(f"The fiscal-year report has the editions {' and '.join(EDITIONS)}.")
    known, on = actions(workspace), today()
    about = (workspace.name, _all_practice(counted), on, edition)

    def job(on_page: Callable[[int], None] | None) -> bytes:
        from inspector_app.reports import leaks
        from inspector_app.reports.edition import edition as named
        from inspector_app.reports.fiscal_year_report import About, build

        data = build(counted, known, About(*about), on_page)
        return leaks.check(data, named(edition), {"person": {about[0]}})

    return job


def published_report() -> bytes:
    """The published figures of GAO-21-186 in the shape of the fiscal-year report, tied out."""
    from inspector_app.reports.published_report import build

    return build()


def _all_practice(counted: Figures) -> bool:
    """Whether what is counted is practice; the two are never counted together."""
    return any(row.practice for row in counted.by_log.values())


def today() -> date:
    """The present day, as this machine's clock claims it."""
    return now("UTC").day


# -- the sheets --------------------------------------------------------------------------------


def export_sheets(workspace: "Workspace", folder: Path) -> list[Path]:
    """Every derived row as CSV, one file a table: what the report's figures are counted from."""
    return write_sheets(rows(workspace), folder)


def sheets_job(workspace: "Workspace", folder: Path) -> Callable[[Step], list[Path]]:
    """The same in a worker, from the tables as they are; `step` hears of each sheet."""
    desk = workspace.desk

    def job(step: Step) -> list[Path]:
        with handing.beside(desk, step) as apart:
            return write_sheets(apart.desk.store.derived.all(), folder, step)

    return job


def write_sheets(found: Rows, folder: Path, step: Step = lambda done, of: None) -> list[Path]:
    """These rows as sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for cls, of in zip(TABLES, found.tables, strict=True):
        step(len(made), len(TABLES))
        made.append(_sheet(folder / f"{cls.table}.csv", cls, of))
    return made


def _sheet(path: Path, cls: type[Row], found: Sequence[Row]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([name for name, _ in columns(cls)])
    writer.writerows(map(_safe, map(stored, found)))
    write_whole(path, text.getvalue().encode())
    return path


def _safe(values: Sequence[str | int | None]) -> list[str | int | None]:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return [f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for v in values]
