"""Small factories: valid things with defaults, so that a test says only what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from inspector_app.change import ABOUT, Change, Edit, compose, new_gesture
from inspector_app.identity import Keys, new_keys
from inspector_app.identity.changes import signed_change
from inspector_app.log import Log
from inspector_app.moments import Moment


@cache
def keys_of(name: str) -> Keys:
    """The keys of a person in a test: the same for the same name."""
    return new_keys()


@dataclass
class Person:
    """Somebody who writes in a log with his own keys and his own, perhaps lying, clock."""

    name: str
    clock: datetime = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    tip: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> Keys:
        return keys_of(self.name)

    @property
    def key(self) -> str:
        return self.keys.author

    def change(
        self, log: Log, edits: Iterable[Edit], label: str = "edit", gesture: str | None = None
    ) -> Change:
        """A signed change after this person's newest one in the log, not yet added to it."""
        heads = log.heads().get(self.key, set())
        self.clock += timedelta(seconds=1)
        return signed_change(
            self.keys,
            compose(
                log=log.id,
                author=self.key,
                previous=min(heads, default=None),
                at=Moment.at(self.clock, "America/New_York"),
                gesture=gesture or new_gesture(),
                label=label,
                edits=edits,
            ),
        )

    def write(self, log: Log, record: str, **values: object) -> Change:
        """Set fields and add the change to the log."""
        change = self.change(log, log.setting(record, values))  # type: ignore[arg-type]
        log.add(change)
        return change


def new_log(person: Person, kind: str = "inspection", **about: object) -> Log:
    """A log founded by a person."""
    edits = [Edit(ABOUT, "kind", kind)] + [Edit(ABOUT, n, v) for n, v in about.items()]  # type: ignore[arg-type]
    first = compose(
        log=None,
        author=person.key,
        previous=None,
        at=Moment.at(person.clock, "America/New_York"),
        gesture=new_gesture(),
        label="started",
        edits=edits,
    )
    return Log(signed_change(person.keys, first))


def copy_of(log: Log) -> Log:
    """The same changes folded anew."""
    changes = list(log.changes.values())
    copy = Log(changes[0])
    for change in changes[1:]:
        copy.add(change)
    return copy


def exchange(*logs: Log) -> None:
    """Give each of these logs what the others have."""
    everything = {id: change for log in logs for id, change in log.changes.items()}
    for log in logs:
        waiting = [c for c in everything.values() if c.id not in log.changes]
        while waiting:
            for change in list(waiting):
                if not log.missing(change):
                    log.add(change)
                    waiting.remove(change)


def values(log: Log, record: str) -> Mapping[str, object]:
    return log.fields(record)
