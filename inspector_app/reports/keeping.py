"""What a workspace's own log and store know of an inspection's way: bundles, senders, arrivals.

It is read apart from the inspection: a bundle never carries it. No PDF library is loaded here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from inspector_app.identity import Card, read_card
from inspector_app.log import Log
from inspector_app.moments import Moment
from inspector_app.records import BundleMade, BundleMerged, Contact, read_record
from inspector_app.reports.edition import Edition, bracketed, words

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Transfer:
    """One bundle that was made or merged here. `at` is a stored moment, as this laptop claims.

    `people`: for whom, or from whom; empty for whoever has the passphrase. `changes`: how many of
    the inspection a made bundle held; how many of all inspections came new with a merged one.
    """

    act: Literal["made", "merged"]
    at: str | None
    file: str
    people: tuple[str, ...]
    changes: int | None


@dataclass(frozen=True)
class Keeping:
    """Whose copy this is, which bundles it made and merged, and when each change came to it."""

    keeper: str
    transfers: tuple[Transfer, ...]
    arrivals: Mapping[str, str]
    is_same: Callable[[str], bool | None] = lambda digest: None
    """Whether the bytes kept under a SHA-256 still have it; None where they are not here."""


def keeping(
    own: Log,
    inspection: str,
    arrivals: Mapping[str, str],
    is_same: Callable[[str], bool | None] = lambda digest: None,
) -> Keeping:
    """What the workspace's own log says of one inspection.

    A bundle that was merged is told whatever it held: the own log does not keep of which
    inspections it was. `arrivals` are moments by change, as the store keeps them.
    """
    cards = {card.fingerprint: card for card in _cards(own)}
    own_card = read_card(bytes.fromhex(str(own.about["card"])))
    found = [*_made(own, inspection, cards), *_merged(own, cards)]
    found.sort(key=lambda transfer: Moment.parse(transfer.at).instant if transfer.at else NEVER)
    return Keeping(_named(own_card), tuple(found), arrivals, is_same)


def told(keeping: Keeping, under: Edition) -> Keeping:
    """The same as an edition has it: without names and clocks where it withholds them."""
    name = bracketed(words("name")) if under.author else ""

    def transfer(one: Transfer) -> Transfer:
        people = tuple(name or person for person in one.people)
        return replace(one, at=one.at and under.moment(one.at), people=people)

    arrivals = {change: under.moment(at) for change, at in keeping.arrivals.items()}
    carried = tuple(map(transfer, keeping.transfers))
    return Keeping(name or keeping.keeper, carried, arrivals, keeping.is_same)


def _cards(own: Log) -> Iterator[Card]:
    """Every card that was ever accepted here, revoked ones too: they took part."""
    for record in own.records(Contact.kind):
        yield read_card(bytes.fromhex(read_record(Contact, record, own.fields(record))[0].card))


def _made(own: Log, inspection: str, cards: Mapping[str, Card]) -> Iterator[Transfer]:
    for record in own.records(BundleMade.kind):
        made, _ = read_record(BundleMade, record, own.fields(record))
        if inspection in made.held:
            prints = [part for part in made.recipients.split() if len(part) == 64]
            people = tuple(_who(print_, cards) for print_ in prints)
            yield Transfer("made", made.made, made.file or "", people, made.held[inspection])


def _merged(own: Log, cards: Mapping[str, Card]) -> Iterator[Transfer]:
    for record in own.records(BundleMerged.kind):
        merged, _ = read_record(BundleMerged, record, own.fields(record))
        people = (_who(merged.sender, cards),)
        yield Transfer("merged", merged.merged, merged.file or "", people, merged.changes)


def _who(fingerprint: str, cards: Mapping[str, Card]) -> str:
    card = cards.get(fingerprint)
    return _named(card) if card else f"Unknown card ({fingerprint[:8]})"


def _named(card: Card) -> str:
    """`Ana Sample (amber-cedar-otter-…)`: the words by which people compare a card."""
    return f"{card.name} ({'-'.join(card.words)})"
