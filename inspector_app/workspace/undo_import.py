"""Taking a whole import back: one change that gives each field the value it had before.

Nothing is taken out of the log. The change is by the person who takes the import back and travels
like any other, so everybody who merges it sees the earlier values again, and can restore what was
taken back in the same way. A field that was written since is left and listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app import canonical
from inspector_app.change import Edit, Slot, new_gesture
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import Log
from inspector_app.records import BundleMerged, NamesDestroyed, read_record
from inspector_app.store.arrivals import arrived_with
from inspector_app.workspace import Workspace, people
from inspector_app.workspace.books import Kept
from inspector_app.workspace.field_changes import FieldChange, field_values

SINCE = "somebody has written here since"
SEVERAL = "people disagreed here before; decide it instead"
PERSONAL = "a signature, a review or an issued report is its author's own"
FOR_EVER = "the names were destroyed for ever"
FOUNDED = "the inspection itself came with this import; remove it from this laptop instead"

_PERSONAL = {"sign-off", "review", "disagreement", "issue", "signed-file"}
_MOST_BYTES = 900 * 1024
"""Of edits in one change, which is at most 1 MiB. A longer one becomes several of one gesture."""


@dataclass(frozen=True, slots=True)
class Import:
    """A merge that was made here. `file` names it to `undo_import`; `merged` is a moment."""

    file: str
    merged: str
    sender: str
    changes: int


@dataclass(frozen=True, slots=True)
class Left:
    """A field that keeps what it says now, and why. `field` is empty for a whole inspection."""

    record: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an import back does to one inspection; `by` are those whose changes they are."""

    inspection: str
    by: tuple[str, ...]
    edits: tuple[Edit, ...]
    left: tuple[Left, ...]
    change: str | None = None


def imports(workspace: Workspace) -> list[Import]:
    """Every merge that brought something, newest first."""
    own = workspace.desk.own
    read = [
        read_record(BundleMerged, record, own.fields(record))[0]
        for record in reversed(own.records(BundleMerged.kind))
    ]
    names = {p.card.fingerprint: p.card.name for p in people.known(workspace.desk)}
    return [
        Import(m.file, str(m.merged), names.get(m.sender, "somebody"), m.changes)
        for m in read
        if m.file and m.changes
    ]


def preview_undo(workspace: Workspace, file: str) -> list[Taken]:
    """What taking the import of this bundle back would do, by inspection. Changes nothing."""
    arrived: dict[str, list[str]] = {}
    for log, change in arrived_with(workspace.desk.store, _full(workspace, file)):
        arrived.setdefault(log, []).append(change)
    return [_planned(workspace, workspace.kept(log), ids) for log, ids in arrived.items()]


def fields_taken(log: Log, taken: Taken) -> list[FieldChange]:
    """What taking it back would do to each field, and whose values go. Changes nothing."""
    found = []
    for edit in taken.edits:
        by = dict.fromkeys(log.changes[id].author for id in edit.replaces)
        after = () if edit.value is None else (edit.value,)
        now = field_values(log, edit.slot)
        found.append(FieldChange(*edit.slot, "changed", now, after, tuple(by)))
    return found


def undo_import(workspace: Workspace, file: str, amends: str = "") -> list[Taken]:
    """Give every field that the import set the value it had before; one change an inspection.

    `amends` is the reason where a signed part is altered; NotAllowed without, before anything is
    written. Fields that were written since, and what is nobody else's to take back, are left.
    """
    planned = preview_undo(workspace, file)
    if not any(taken.edits for taken in planned):
        raise NotAllowed("There is nothing of this import to take back; all of it was left.")
    if not amends:
        for taken in planned:
            workspace.kept(taken.inspection).check_unsigned([*taken.edits])
    return [_commit(workspace, taken, amends) for taken in planned]


def _full(workspace: Workspace, file: str) -> str:
    found = {each.file for each in imports(workspace) if each.file.startswith(file)}
    if len(found) != 1 or len(file) < 4:
        raise BadInput("No import of this bundle is known here. Nothing was changed.")
    return found.pop()


# -- one inspection ----------------------------------------------------------------------------


def _planned(workspace: Workspace, inspection: Kept, ids: Sequence[str]) -> Taken:
    log = inspection.log
    by = tuple(sorted({workspace.person(log.changes[id].author) for id in ids}))
    if log.id in ids:
        return Taken(log.id, by, (), (Left("", "", FOUNDED),))
    before = _before(log, ids)
    edits: list[Edit] = []
    left: list[Left] = []
    for slot in dict.fromkeys(edit.slot for id in ids for edit in log.changes[id].edits):
        why = _why_left(log, before, set(ids), slot)
        if why:
            left.append(Left(*slot, why))
        elif not _as_before(log, before, slot):
            edits.append(_taking_back(log, ids, slot, _earlier(before, slot)))
    return Taken(log.id, by, tuple(edits), tuple(left))


def _taking_back(log: Log, ids: Sequence[str], slot: Slot, value: Any) -> Edit:
    """It replaces only what the import brought: no conflict is decided; undo brings it back."""
    return Edit(*slot, value, tuple(sorted(log.current(*slot).keys() & set(ids))))


def _before(log: Log, ids: Sequence[str]) -> Log:
    """The log as it was when the import came: changes stand in the order of their coming."""
    changes = iter(log.changes.values())
    before = Log(next(changes))
    for change in changes:
        if change.id == ids[0]:
            break
        before.add(change)
    return before


def _why_left(log: Log, before: Log, imported: set[str], slot: Slot) -> str:
    record, name = slot
    kind = record.partition(":")[0]
    if kind == NamesDestroyed.kind:
        return FOR_EVER
    if kind in _PERSONAL:
        return PERSONAL
    if log.current(record, name).keys() - imported - before.changes.keys():
        return SINCE
    if len(before.distinct(record, name)) > 1 and not _as_before(log, before, slot):
        return SEVERAL
    return ""


def _as_before(log: Log, before: Log, slot: Slot) -> bool:
    now, then = ([*map(canonical.encode, each.distinct(*slot) or [None])] for each in (log, before))
    return now == then


def _earlier(before: Log, slot: Slot) -> Any:
    values = before.distinct(*slot)
    return values[0] if len(values) == 1 else None


# -- writing -----------------------------------------------------------------------------------


def _commit(workspace: Workspace, taken: Taken, amends: str) -> Taken:
    inspection, gesture, change = workspace.kept(taken.inspection), new_gesture(), None
    words = f"took back an import of changes by {', '.join(taken.by)}"
    for edits in _portions(taken.edits):
        done = workspace.write(inspection, edits, words, "", amends, gesture)
        change = done.change or change
    return Taken(taken.inspection, taken.by, taken.edits, taken.left, change)


def _portions(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    portion: list[Edit] = []
    size = 0
    for edit in edits:
        length = len(canonical.encode([*edit.slot, edit.value, [*edit.replaces]])) + 100
        if portion and size + length > _MOST_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(edit)
        size += length
    if portion:
        yield portion
