"""What of one's own no bundle has carried: a computed difference, never a note that says so.

A bundle holds whole logs, so it holds every change under the heads that it had. One's own changes
that stand above all of these heads are waiting, whichever of one's keys signed them: a restored
or replaced key follows another one, and that one perhaps a third.
"""

from collections.abc import Iterable, Iterator

from inspector_app.change import Change
from inspector_app.identity import read_card
from inspector_app.log import Log
from inspector_app.records import BundleMade, Contact, read_record
from inspector_app.records.own import InspectionRemoved
from inspector_app.workspace.desk import Desk


def waiting(desk: Desk, log: Log) -> list[Change]:
    """One's own changes in this log that were in no bundle made here, oldest first."""
    covered = _covered_heads(desk, log)
    found = [change for key in own_keys(desk) for change in _above(log, key, covered)]
    return sorted(found, key=lambda change: (change.instant, change.id))


def heads_of(log: Log) -> str:
    """The newest changes of all authors, as the record of a bundle keeps them."""
    return " ".join(sorted(id for ids in log.heads().values() for id in ids))


def own_keys(desk: Desk) -> set[str]:
    """The keys one ever signed with here: this one, those it follows, and those they follow."""
    found, card = {desk.key}, desk.card
    accepted = map(read_card, _cards(desk.own)) if card.predecessor else ()
    cards = {card.signing: card for card in accepted}
    while card.predecessor and card.predecessor not in found:
        found.add(card.predecessor)
        card = cards.get(card.predecessor, card)
    return found


def _cards(own: Log) -> Iterator[bytes]:
    """Every card that was ever accepted here; a restored workspace has its own old one there."""
    for record in own.records(Contact.kind):
        yield bytes.fromhex(str(own.value(record, "card")))


def _above(log: Log, key: str, covered: set[str]) -> list[Change]:
    """The changes of one key that are under no covered head of its own."""
    heads = log.heads().get(key, set())
    if len(heads) > 1:  # a copied workspace: what lies under a covered head may be no head itself
        covered = {id for head in covered & log.changes.keys() for id in _chain(log, head, set())}
    found: dict[str, Change] = {}
    for head in heads:
        found |= {id: log.changes[id] for id in _chain(log, head, covered)}
    return list(found.values())


def _chain(log: Log, head: str, until: Iterable[str]) -> Iterator[str]:
    """A change and those of its author before it, as far as one of `until`."""
    id: str | None = head
    while id and id not in until:
        yield id
        id = log.changes[id].previous


def _covered_heads(desk: Desk, log: Log) -> set[str]:
    """The heads that bundles made here had; of a bundle from before they were noted, a count."""
    own, found = desk.own, set[str]()
    removed = own.in_view(f"{InspectionRemoved.kind}:{log.id}")
    for record in own.records(BundleMade.kind):
        made, _ = read_record(BundleMade, record, own.fields(record))
        found |= set(made.heads.get(log.id, "").split())
        if log.id not in made.heads and not removed:  # came back in another order: a count is moot
            found |= set(list(log.changes)[: made.held.get(log.id, 0)])
    return found
