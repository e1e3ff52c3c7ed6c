"""What was said before: every value of a field, every change of a record or of an inspection.

The log is the history; nothing else is kept for it. Lists are of ids, newest first, so that a
list of thousands costs no more than the rows of it that are read.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector_app.change import Change, Edit
from inspector_app.errors import BadInput
from inspector_app.log import REMOVED, Log
from inspector_app.records import BY_KIND, Link, SignOff

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace

_NOT_RESTORED = {Link.kind, SignOff.kind}


@dataclass(frozen=True, slots=True)
class Told:
    """Who made a change and when: `at` is a moment, as his own clock claimed it.

    `how` is "undo", "redo", "recovered" or "amendment"; empty where somebody just wrote.
    `arrived` is the moment at which it came here with a bundle; empty for what was written here.
    """

    name: str
    at: str
    how: str
    arrived: str


class History:
    """The past of one inspection, read anew from its log at each question."""

    def __init__(self, workspace: "Workspace", id: str) -> None:
        self._workspace = workspace
        self.id = id
        self._names: dict[str, str] = {}
        self._arrivals = workspace.desk.store.arrivals()

    @property
    def log(self) -> Log:
        return self._workspace.kept(self.id).log

    def change(self, id: str) -> Change:
        return self.log.changes[id]

    # -- lists -------------------------------------------------------------------------------

    def changes(self, record: str = "", author: str = "", kind: str = "") -> list[str]:
        """The changes that set something of this record, by this person, in this kind of record."""
        found = [c.id for c in self.log.changes.values() if _fits(c, record, author, kind)]
        return found[::-1]

    def values(self, record: str, field: str) -> list[str]:
        """The changes that set this field, newest first; each has one edit of it."""
        slot = record, field
        return [c.id for c in self.log.changes.values() if c.edit_of(slot)][::-1]

    def authors(self) -> list[tuple[str, str]]:
        """Everybody who wrote something: key and name, by name."""
        keys = dict.fromkeys(change.author for change in self.log.changes.values())
        return sorted(((key, self.name(key)) for key in keys), key=lambda pair: pair[1])

    def kinds(self) -> list[str]:
        """Every kind of record that was ever written, in the order of the records' own list."""
        there = {_kind(edit.record) for c in self.log.changes.values() for edit in c.edits}
        return [kind for kind in BY_KIND if kind in there]

    # -- one change --------------------------------------------------------------------------

    def told(self, change: Change) -> Told:
        """Who, when, how."""
        arrived = self._arrivals.get(change.id, "")
        return Told(self.name(change.author), change.at, how_of(change), arrived)

    def name(self, author: str) -> str:
        """The name of an author, looked up once."""
        if author not in self._names:
            self._names[author] = self._workspace.person(author)
        return self._names[author]

    def stands(self, change: Change, edit: Edit) -> bool:
        """Whether this value is what the field says now."""
        return change.id in self.log.current(*edit.slot)

    def before(self, edit: Edit) -> Any:
        """The value that an edit took the place of; None when there was none or several."""
        replaced = [self.log.changes[id].edit_of(edit.slot) for id in edit.replaces]
        values = [found.value for found in replaced if found]
        return values[0] if len(values) == 1 else None

    # -- restoring ---------------------------------------------------------------------------

    def may_restore(self, edit: Edit) -> bool:
        """Whether the field can be set to this value again, and is different now."""
        kind = _kind(edit.record)
        known = kind in BY_KIND and kind not in _NOT_RESTORED and edit.field != REMOVED
        return known and not self.log.holds(edit.record, edit.field, edit.value)

    def restore(self, edit: Edit, words: str, amends: str = "") -> "Commit":
        """Set a field to what it was: one change, one step of undo."""
        if not self.may_restore(edit):
            raise BadInput("This is what stands now. Nothing was changed.")
        given = {edit.record: _given(edit.field, edit.value)}
        return self._workspace.put_many(self.id, given, f"restored {words}", amends)

    def removed_by(self, change: Change) -> str:
        """The record that a change took out of view and that still is; empty when there is none."""
        gone = [e.record for e in change.edits if e.field == REMOVED and e.value is True]
        return gone[0] if len(gone) == 1 and not self.log.in_view(gone[0]) else ""

    def bring_back(self, change: Change, words: str, amends: str = "") -> "Commit":
        """Give a removed record the values that it had: one change, one step of undo."""
        record = self.removed_by(change)
        given: dict[str, Any] = {}
        for edit in change.edits:
            if edit.record == record and edit.field != REMOVED:
                _merge(given, _given(edit.field, self.before(edit)))
        if not given:
            raise BadInput("This record is there already. Nothing was changed.")
        return self._workspace.put_many(self.id, {record: given}, f"brought back {words}", amends)


def how_of(change: Change) -> str:
    """In which way a change came about, as far as it is out of the ordinary."""
    _, _, turn = change.gesture.partition("~")
    if turn.isdecimal():
        return "undo" if int(turn) % 2 else "redo"
    if change.label == "recovered":
        return "recovered"
    return "amendment" if change.label.startswith("amendment: ") else ""


def _fits(change: Change, record: str, author: str, kind: str) -> bool:
    if author and change.author != author:
        return False
    if record and not any(edit.record == record for edit in change.edits):
        return False
    return not kind or any(_kind(edit.record) == kind for edit in change.edits)


def _kind(record: str) -> str:
    return record.partition(":")[0]


def _given(field: str, value: Any) -> dict[str, Any]:
    name, _, key = field.partition(".")
    return {name: {key: value} if key else value}


def _merge(given: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(given.get(name), dict):
            given[name].update(value)
        else:
            given[name] = value
