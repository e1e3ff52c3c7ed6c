"""Books of a workspace: its logs that are no inspections, such as agencies' files.

They are written, undone, handed over and merged by the same verbs as inspections; a new kind is
a class and a line in `KINDS`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inspector_app.canonical import is_hex
from inspector_app.change import Edit
from inspector_app.errors import BadInput
from inspector_app.inspection import Inspection
from inspector_app.inspection.agency_file import AgencyFile
from inspector_app.inspection.book import Book
from inspector_app.records.program import ProgramAction
from inspector_app.workspace.desk import Desk

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

Kept = Inspection | Book


class ProgramRegister(Book):
    """The program's register of actions (`workspace/program.py` writes in it)."""

    records = (ProgramAction,)

    @property
    def title(self) -> str:
        return "the program's register"


KINDS: dict[str, type[Book]] = {"agency": AgencyFile, "program": ProgramRegister}
"""The class that reads a log, by the kind that its first change says."""


def kind_of(desk: Desk, id: str) -> str:
    """The kind of a log: `inspection`, `agency`, `program` or `workspace`."""
    return str(desk.kind(id) or "")


def shared_ids(desk: Desk) -> list[str]:
    """Every log that may be handed over, oldest first: all but the workspace's own."""
    return [id for id in desk.store.logs() if id != desk.own.id and kind_of(desk, id) in _SHARED]


def ids(desk: Desk, kind: str) -> list[str]:
    """The books of one kind, oldest first."""
    return desk.logs_of(kind)


def found(workspace: "Workspace", id: str) -> Book | None:
    """The live book of this id, or of the one that begins so; None when there is none.

    BadInput where several begin so.
    """
    desk = workspace.desk
    if id in workspace.books:
        return workspace.books[id]
    fitting = _fitting(desk, id)
    if not fitting:
        return None
    if len(fitting) > 1:
        raise BadInput("Several logs of this workspace begin with this id; give more of it.")
    [whole] = fitting
    if whole not in workspace.books:
        log = desk.log(whole)
        workspace.books[whole] = KINDS[kind_of(desk, whole)](log)
        desk.follow(workspace.books[whole])
    return workspace.books[whole]


def _fitting(desk: Desk, id: str) -> list[str]:
    """The books whose ids begin so; a whole id is looked up without reading any other log."""
    if is_hex(id):
        try:
            return [id] if kind_of(desk, id) in KINDS else []
        except BadInput:
            return []
    known = (one for kind in KINDS for one in ids(desk, kind)) if len(id) > 3 else ()
    return [one for one in known if one.startswith(id)]


def founded(workspace: "Workspace", edits: Iterable[Edit], label: str, zone: str) -> str:
    """Keep the first change of a new book; returns its id."""
    first = workspace.desk.found(edits, label, zone)
    workspace.desk.store.append([first])
    workspace.desk.take_in(first.log, [first])
    return first.log


_SHARED = ("inspection", "agency", "program")
