"""Which pictures and forms changes name, and which of them a recipient is known to have."""

from collections.abc import Collection, Iterable, Sequence

from inspector_app import canonical
from inspector_app.bundle import Blob
from inspector_app.change import Change
from inspector_app.identity import Card
from inspector_app.log import Log
from inspector_app.store import Store


def named_blobs(changes: Iterable[Change]) -> set[str]:
    """The pictures and the form that changes name: nothing else ever travels."""
    return {
        edit.value
        for change in changes
        for edit in change.edits
        if (edit.field == "sha256" or (edit.field == "form" and change.is_first))
        and isinstance(edit.value, str)
        and canonical.is_hex(edit.value)
    }


def going_along(logs: Iterable[Log], left: Iterable[Blob]) -> list[Blob]:
    """What a bundle takes along: all that its logs name but what is left behind."""
    behind = set(left)
    named = [(log.id, d) for log in logs for d in sorted(named_blobs(log.changes.values()))]
    return [blob for blob in named if blob not in behind]


def size_of(store: Store, blobs: Collection[Blob]) -> int:
    """How many bytes these pictures and forms have here."""
    held = {log: store.blob_sizes(log) for log in {log for log, _ in blobs}}
    return sum(held[log].get(digest, 0) for log, digest in blobs)


def known_to_all(log: Log, to: Sequence[Card]) -> list[Blob]:
    """Photos that every recipient's own newest change shows he has."""
    known = [named_blobs(_past(log, log.heads().get(card.signing, set()))) for card in to]
    return [(log.id, digest) for digest in sorted(set.intersection(*known))] if known else []


def _past(log: Log, heads: Iterable[str]) -> list[Change]:
    """The changes that these build on, themselves included."""
    found: dict[str, Change] = {}
    waiting = list(heads)
    while waiting:
        id = waiting.pop()
        if id not in found:
            change = found[id] = log.changes[id]
            waiting += [change.previous] if change.previous else []
            waiting += [parent for edit in change.edits for parent in edit.replaces]
    return [*found.values(), *([log.changes[log.id]] if found else [])]
