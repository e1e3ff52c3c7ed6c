"""The records of one log, read by their kind: what an inspection and every other log share."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from inspector_app.change import Change
from inspector_app.conflicts import Conflict, conflicts
from inspector_app.log import Log
from inspector_app.records import BY_KIND, R, Record, read_record

T = TypeVar("T")


class LogReading:
    """One folded log. Reads are computed anew after each change, and only then."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.id = log.id
        self._read: dict[type[Record], dict[str, Record]] = {}
        self._unread: dict[str, list[str]] = {}
        self._once: dict[Callable[..., Any], Any] = {}

    def apply(self, change: Change) -> None:
        """Take a change in that is durable already."""
        before = {edit.record: self.log.born(edit.record) for edit in change.edits}
        self.log.add(change)
        self._once.clear()
        for record, born in before.items():
            self._refresh(record, in_place=born == self.log.born(record))

    def become(self, after: Log) -> None:
        """Go on with the log as it is with many more changes, durable already; all is read anew."""
        self.log.become(after)
        self._once.clear()
        self._read.clear()

    def _refresh(self, record: str, in_place: bool) -> None:
        """Read one record anew; where one came, went or moved, all of its kind later on."""
        cls = BY_KIND.get(record.partition(":")[0])
        found = self._read.get(cls) if cls else None
        if cls is None or found is None:
            return
        if in_place and record in found and self.log.in_view(record):
            found[record], self._unread[record] = read_record(cls, record, self.log.fields(record))
        else:
            del self._read[cls]

    def once(self, compute: Callable[[Self], T]) -> T:
        """What a function makes of this reading, computed once after each change.

        For what every page and list asks for; nobody may alter what it gives.
        """
        if compute not in self._once:
            self._once[compute] = compute(self)
        found: T = self._once[compute]
        return found

    def all(self, cls: type[R]) -> list[R]:
        """Every record of a kind that is in view, oldest first."""
        return list(self._of_kind(cls).values())

    def get(self, cls: type[R], record: str) -> R | None:
        """One record, or None when it is not in view."""
        return self._of_kind(cls).get(record)

    def record(self, record: str) -> Record | None:
        """One record of whatever kind."""
        cls = BY_KIND.get(record.partition(":")[0])
        return self.get(cls, record) if cls else None

    def _of_kind(self, cls: type[R]) -> dict[str, R]:
        if cls not in self._read:
            found: dict[str, Record] = {}
            for record in self.log.records(cls.kind):
                found[record], self._unread[record] = read_record(
                    cls, record, self.log.fields(record)
                )
            self._read[cls] = found
        return self._read[cls]  # type: ignore[return-value]  # one class, one dictionary

    def unread_fields(self) -> list[tuple[str, str]]:
        """Fields of records in view that a newer version wrote, or that are not of their type."""
        known = [
            (r, f) for cls in BY_KIND.values() for r in self._of_kind(cls) for f in self._unread[r]
        ]
        strange = [
            (record, field)
            for record in self.log.in_order()
            if record.partition(":")[0] not in {*BY_KIND, "about"} and self.log.in_view(record)
            for field in self.log.fields(record)
        ]
        return known + strange

    def conflicts(self) -> list[Conflict]:
        """Every record on which people disagree."""
        return list(self.once(_conflicts))


def _conflicts(reading: LogReading) -> list[Conflict]:
    return conflicts(reading.log)
