"""The other forms of a report: an editable copy, and its tables for a spreadsheet.

Each is made of what is stored, over a connection of its own where a worker makes it, and written
whole or not at all. Which form it is, the file's ending says.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import BadInput
from inspector_app.files import write_whole
from inspector_app.inspection import Inspection
from inspector_app.store import Store
from inspector_app.workspace import reporting
from inspector_app.workspace.desk import STORE_FILE
from inspector_app.workspace.reporting import Step
from inspector_app.workspace.rosters import judged_in

if TYPE_CHECKING:
    from inspector_app.reports.page import Laid
    from inspector_app.reports.subject import Subject
    from inspector_app.reports.tabular import Table
    from inspector_app.reports.telling import Telling
    from inspector_app.workspace import Workspace

Making = Callable[[Store, Inspection, Step | None], bytes]
TABLES = ("findings", "answers", "samples", "roster")


def report_copy(name: str, edition: str = "internal") -> Making:
    """The editable copy of a report as DOCX. It is not the report of record, and says so."""

    def make(store: Store, inspection: Inspection, step: Step | None) -> bytes:
        return reporting.made(store, inspection, name, _editable, step, edition)

    return make


def _editable(told: "Telling") -> bytes:
    from inspector_app.reports.editable import editable

    return editable(told)


def all_tables(edition: str = "internal") -> Making:
    """Findings, answers, samples and the roster as one workbook."""

    def make(store: Store, inspection: Inspection, step: Step | None) -> bytes:
        from inspector_app.reports.spreadsheets import workbook

        found, subject = tables_of(store, inspection, edition)
        note = f"{subject.number}, {subject.version_line}"
        data = workbook(found, subject.number, note, subject.instant)
        return reporting.scanned(store, inspection, edition, data)

    return make


def one_table(name: str, edition: str = "internal") -> Making:
    """One of TABLES as CSV; BadInput when there is no such table."""
    if name not in TABLES:
        raise BadInput(f"There is no table “{name[:40]}”. Tables: {', '.join(TABLES)}.")

    def make(store: Store, inspection: Inspection, step: Step | None) -> bytes:
        from inspector_app.reports.spreadsheets import comma_separated

        found, _ = tables_of(store, inspection, edition)
        data = comma_separated(next(table for table in found if table.name == name))
        return reporting.scanned(store, inspection, edition, data)

    return make


def tables_of(
    store: Store, inspection: Inspection, edition: str = "internal"
) -> "tuple[list[Table], Subject]":
    """The tables, and the subject they were read through."""
    from inspector_app.checks import problems
    from inspector_app.reports.subject import Subject
    from inspector_app.reports.tabular import tables

    subject = Subject(inspection, problems(inspection), lambda photo: None, edition)
    judged = judged_in(store, inspection)
    return tables(subject, judged.standings if judged else ()), subject


def job(workspace: "Workspace", id: str, make: Making) -> Callable[[Step | None], bytes]:
    """The same for a worker, with its own connection and its own fold, as of now."""
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database
    log = workspace.inspection(id).id

    def work(step: Step | None) -> bytes:
        with reporting.apart(path, key, log) as (store, inspection):
            return make(store, inspection, step)

    return work


def write(workspace: "Workspace", id: str, make: Making, out: Path) -> int:
    """Write it, whole or not at all; returns its size in bytes."""
    data = make(workspace.desk.store, workspace.inspection(id), None)
    write_whole(out, data)
    return len(data)


def preview_job(
    workspace: "Workspace", id: str, name: str, edition: str = "internal"
) -> "Callable[[Step | None], Laid]":
    """For a worker: a report's pages as they would print now, and what each part was made of."""
    from inspector_app.reports.page import lay_out

    laid: list[Laid] = []

    def act(told: "Telling") -> bytes:
        laid.append(lay_out(told.running, told.story))
        return laid[-1].pdf

    def make(store: Store, inspection: Inspection, step: Step | None) -> bytes:
        return reporting.made(store, inspection, name, act, step, edition)

    build = job(workspace, id, make)

    def work(step: Step | None) -> "Laid":
        build(step)
        return laid[-1]

    return work
