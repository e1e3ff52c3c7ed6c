"""A log as it stood when somebody had certain changes before him, such as whoever issued a report.

A state depends on the set of changes alone, so the newest change of each author names it.
"""

from collections.abc import Iterable, Iterator

from inspector_app.change import Change
from inspector_app.log import Log


def newest(log: Log) -> str:
    """The newest changes, one of each author, apart by spaces: as `seen` keeps them."""
    return " ".join(sorted(id for ids in log.heads().values() for id in ids))


def missing(log: Log, seen: str) -> list[str]:
    """Which of the changes that somebody saw are not here."""
    return [id for id in seen.split() if id not in log.changes]


def as_it_stood(log: Log, seen: str) -> Log:
    """The log of these changes and all that they build on, which must be here."""
    held = set(_with_parents(log, seen.split()))
    old = Log(log.changes[log.id])
    for change in log.changes.values():
        if change.id in held:
            old.add(change)
    return old


def _with_parents(log: Log, ids: Iterable[str]) -> Iterator[str]:
    waiting, found = list(ids), set[str]()
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += _parents(log.changes[id])
            yield id


def _parents(change: Change) -> list[str]:
    replaced = [id for edit in change.edits for id in edit.replaces]
    return replaced + ([change.previous] if change.previous else [])
