"""The log: how changes fold into what holds now, and where people disagree.

A value is current while no present change replaces it; the state depends on the set of changes
alone, never on the order in which they came. Removals and decisions are further changes.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import datetime

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.change import ABOUT, Change, Edit, Slot
from inspector_app.errors import BadInput

REMOVED = "removed"
"""The field that marks a record as removed; it alone does not keep a record in view."""

KINDS = ("inspection", "agency", "program", "workspace")

_FEW = 16
"""Up to so many edits of a change are looked through one by one."""


class Log:
    """All changes of one log that this place holds, folded.

    Changes enter causally: what a change replaces or follows must be here before it. The state
    depends on the set of changes alone, never on the order in which they came.
    """

    def __init__(self, first: Change) -> None:
        if not first.is_first:
            raise BadInput("A log begins with another change than its first.")
        self.id = first.id
        self.about: dict[str, Value] = {e.field: e.value for e in first.edits if e.record == ABOUT}
        if self.about.get("kind") not in KINDS:
            raise BadInput("A log is of no known kind.")
        self.changes: dict[str, Change] = {}
        self._current: dict[str, dict[str, dict[str, Value]]] = {}
        self._born: dict[str, tuple[datetime, str]] = {}
        self._heads: dict[str, set[str]] = {}
        self.add(first)

    # -- what enters -------------------------------------------------------------------------

    def missing(self, change: Change) -> set[str]:
        """The changes that `change` builds on and that are not here."""
        needed = [id for edit in change.edits for id in edit.replaces]
        if change.previous:
            needed.append(change.previous)
        return {id for id in needed if id not in self.changes}

    def add(self, change: Change) -> None:
        """Take one change in; one that is here already changes nothing."""
        if change.id in self.changes:
            return
        self._check_belongs(change)
        self.changes[change.id] = change
        heads = self._heads.setdefault(change.author, set())
        heads.discard(change.previous or "")
        heads.add(change.id)
        for edit in change.edits:
            self._apply(change, edit)

    def _check_belongs(self, change: Change) -> None:
        if change.log != self.id:
            raise BadInput("A change belongs to another log.")
        try:
            if change.previous and self.changes[change.previous].author != change.author:
                raise BadInput("A change follows one of another author.")
            if len(change.edits) > _FEW:
                self._check_replaced(change)
                return
            for edit in change.edits:
                set_there = self.current(edit.record, edit.field)  # mostly what is replaced
                for id in edit.replaces:
                    if id not in set_there and self.changes[id].edit_of(edit.slot) is None:
                        raise BadInput("A change replaces a value of another field.")
        except KeyError:
            raise BadInput("A change builds on others that are not here.") from None

    def _check_replaced(self, change: Change) -> None:
        """The same for a change of many edits, which may replace as many of another each."""
        slots: dict[str, set[Slot]] = {}
        for edit in change.edits:
            for id in edit.replaces:
                if id not in slots:
                    slots[id] = {other.slot for other in self.changes[id].edits}
                if edit.slot not in slots[id]:
                    raise BadInput("A change replaces a value of another field.")

    def _apply(self, change: Change, edit: Edit) -> None:
        values = self._current.setdefault(edit.record, {}).setdefault(edit.field, {})
        for id in edit.replaces:
            values.pop(id, None)
        values[change.id] = edit.value  # causal order: nothing here can replace it yet
        born = (change.instant, change.id)
        if born < self._born.setdefault(edit.record, born):
            self._born[edit.record] = born

    def copy(self) -> "Log":
        """The same log, to take changes in that this one does not."""
        other = copy(self)
        other.changes, other._born = dict(self.changes), dict(self._born)
        other._heads = {author: set(heads) for author, heads in self._heads.items()}
        other._current = {
            record: {name: dict(values) for name, values in fields.items()}
            for record, fields in self._current.items()
        }
        return other

    def become(self, after: "Log") -> None:
        """Hold what a copy of this log holds that took changes in; whoever has this one sees them.

        The copy is not to be used any more: both are one from now on.
        """
        vars(self).update(vars(after))

    # -- what holds now ----------------------------------------------------------------------

    def current(self, record: str, name: str) -> Mapping[str, Value]:
        """The current values of one field by the change that set each; several may be equal."""
        return self._current.get(record, {}).get(name, {})

    def value(self, record: str, name: str) -> Value:
        """The value of one field. In a conflict, the same one everywhere."""
        values = self.current(record, name)
        present = [id for id in values if values[id] is not None]
        return values[min(present)] if present else None

    def fields(self, record: str) -> dict[str, Value]:
        """The fields of one record that have a value."""
        found = {name: self.value(record, name) for name in self.field_names(record)}
        return {name: value for name, value in found.items() if value is not None}

    def in_view(self, record: str) -> bool:
        """Whether any field of the record has a value: a removed record has none."""
        return any(
            value is not None
            for name, values in self._current.get(record, {}).items()
            if name != REMOVED
            for value in values.values()
        )

    def records(self, kind: str) -> list[str]:
        """The records of one kind that are in view, oldest first, in the same order everywhere."""
        prefix = kind + ":"
        found = [r for r in self._current if r.startswith(prefix) and self.in_view(r)]
        return sorted(found, key=lambda record: (self._born[record], record))

    def born(self, record: str) -> tuple[datetime, str] | None:
        """The earliest change of a record, by which records are ordered."""
        return self._born.get(record)

    def in_order(self) -> list[str]:
        """Every record that was ever written, oldest first, in the same order everywhere."""
        return sorted(self._current, key=lambda record: (self._born[record], record))

    def all_records(self) -> Iterator[str]:
        """Every record in view, of whatever kind, in no particular order."""
        return (record for record in self._current if self.in_view(record))

    def field_names(self, record: str) -> list[str]:
        """Every field that was ever set on the record, `removed` apart."""
        return sorted(self._current.get(record, {}).keys() - {REMOVED})

    def heads(self) -> dict[str, set[str]]:
        """The newest change of each author. More than one is a copied or a dishonest workspace."""
        return {author: set(ids) for author, ids in self._heads.items()}

    def state(self) -> list[Value]:
        """The logical state: `[record, field, [values]]`, sorted, without what was taken away.

        Values only: two workspaces that say the same have the same state, however they came to it.
        """
        return [
            [record, name, list(values)]
            for record in sorted(self._current)
            for name in sorted(self._current[record])
            if (values := self.distinct(record, name)) != [None]
        ]

    def digest(self) -> str:
        """SHA-256 over the log's id and state, a canonical line each (docs/format.md, "Digest")."""
        lines = [canonical.encode(self.id), *map(canonical.encode, self.state())]
        return canonical.sha256(b"\n".join(lines))

    def distinct(self, record: str, name: str) -> list[Value]:
        """The different current values of one field, sorted by their canonical bytes."""
        by_bytes = {canonical.encode(v): v for v in self.current(record, name).values()}
        return [by_bytes[key] for key in sorted(by_bytes)]

    def disputed(self, record: str) -> tuple[str, ...]:
        """The fields of a record whose current values differ."""
        several = [n for n, values in self._current.get(record, {}).items() if len(values) > 1]
        return tuple(sorted(name for name in several if len(self.distinct(record, name)) > 1))

    def is_removed(self, record: str) -> bool:
        """Whether somebody removed the record, though it may be in view again or still."""
        return self.value(record, REMOVED) is True

    # -- what a person writes next -----------------------------------------------------------

    def setting(self, record: str, values: Mapping[str, Value]) -> list[Edit]:
        """The edits that give these fields these values, leaving out what already is so.

        Writing in a removed record brings it back into view.
        """
        back = {REMOVED: None} if self.is_removed(record) else {}
        return [
            self.edit(record, name, value)
            for name, value in {**back, **values}.items()
            if not self.holds(record, name, value)
        ]

    def holds(self, record: str, name: str, value: Value) -> bool:
        """Whether the field has this value and no other; None: whether it has none."""
        return [canonical.encode(v) for v in self.distinct(record, name) or [None]] == [
            canonical.encode(value)
        ]

    def removing(self, record: str) -> list[Edit]:
        """The edits that take a record out of view.

        Every current value is replaced; what somebody wrote without seeing this keeps the record
        in view, and `conflicts` then names both.
        """
        gone: dict[str, Value] = dict.fromkeys(self.field_names(record))
        return [
            self.edit(record, name, value)
            for name, value in {**gone, REMOVED: True}.items()
            if not self.holds(record, name, value)
        ]

    def edit(self, record: str, name: str, value: Value) -> Edit:
        """The edit that sets one field, replacing all that is current there."""
        return Edit(record, name, value, tuple(sorted(self.current(record, name))))
