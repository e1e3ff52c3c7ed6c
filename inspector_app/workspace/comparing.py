"""Making an issued report again, and saying where it differs from the file that was issued.

Same data and same program version give the same bytes. The data are the changes that the issue
names; what was written later, and the issue itself, are left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from inspector_app import __version__
from inspector_app.canonical import sha256
from inspector_app.errors import BadInput
from inspector_app.inspection.issues import issues
from inspector_app.records import Issue
from inspector_app.workspace import issuing, reporting
from inspector_app.workspace.desk import STORE_FILE

if TYPE_CHECKING:
    from inspector_app.agreement.reader import AgreementReader
    from inspector_app.reports.printed import Printed
    from inspector_app.workspace import Workspace

_WIDTH = 480
"""Wide enough in pixels for a letter that is another one to show."""


@dataclass(frozen=True, slots=True)
class PageDifference:
    """A page that is not the same, from 1: its first other line, or that it only looks different.

    A page that one of the two does not have has no line there.
    """

    page: int
    issued: str | None
    now: str | None
    looks: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One issued version against the same data laid out anew by this program."""

    number: str
    version: int
    sha256: str
    same_bytes: bool
    made_by: str
    made_again_by: str
    pages: tuple[PageDifference, ...] = ()


def compare(workspace: "Workspace", id: str, version: int | None = None) -> Compared:
    """Make an issued version again; the newest unless another is named.

    BadInput where the version, its file, or some of the changes it was made of are not here.
    """
    inspection = workspace.inspection(id)
    found = [issue for issue in issues(inspection) if version in (None, issue.version)]
    if not found:
        raise BadInput("There is no such issued version of the report.")
    issue, data = found[-1], issuing.issued_bytes(workspace, id, version)
    old = reporting.as_issued(inspection, issue)
    again = reporting.build(workspace.desk.store, old, issuing.report_of(old))
    return _compared(issue, data, again)


def job(workspace: "Workspace", id: str) -> "Callable[[reporting.Step], Compared]":
    """The newest issued version, for a worker with its own connection and fold, as of now."""
    inspection = workspace.inspection(id)
    path, key, log = workspace.folder / STORE_FILE, workspace.desk.keys.database, inspection.id
    data, issue = issuing.issued_bytes(workspace, id), issues(inspection)[-1]

    def work(step: "reporting.Step") -> Compared:
        with reporting.apart(path, key, log) as (store, fresh):
            old = reporting.as_issued(fresh, issue)
            again = reporting.build(store, old, issuing.report_of(old), step)
        return _compared(issue, data, again)

    return work


def _compared(issue: Issue, data: bytes, again: bytes) -> Compared:
    from inspector_app.agreement.reader import AgreementReader
    from inspector_app.reports.printed import printed_in

    with AgreementReader(data) as old, AgreementReader(again) as new:
        printed: Printed = printed_in(old.texts())
        return Compared(
            number=issue.number,
            version=issue.version or 0,
            sha256=sha256(data),
            same_bytes=data == again,
            made_by=printed.program,
            made_again_by=__version__,
            pages=() if data == again else tuple(_differences(old, new)),
        )


def _differences(old: "AgreementReader", new: "AgreementReader") -> Iterator[PageDifference]:
    for page, (one, other) in enumerate(zip_longest(old.texts(), new.texts()), 1):
        if one is None or other is None:
            yield PageDifference(page, _first_line(one), _first_line(other))
        elif one != other:
            yield PageDifference(page, *_other_lines(one, other))
        elif old.picture(page, _WIDTH) != new.picture(page, _WIDTH):
            yield PageDifference(page, None, None, looks=True)


def _first_line(text: str | None) -> str | None:
    return None if text is None else text.partition("\n")[0]


def _other_lines(one: str, other: str) -> tuple[str | None, str | None]:
    """The first pair of lines that differ."""
    pairs = zip_longest(one.split("\n"), other.split("\n"))
    return next((a, b) for a, b in pairs if a != b)
