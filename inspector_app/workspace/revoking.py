"""Revoked keys: what stands, what a reviewer lets in by hand, and the card that comes instead.

A revocation names the newest change of the key that is held here in each log. What stands under
these stays; everything else by that key is refused, whatever date it claims. It is this
workspace's own: it does not travel, so each colleague revokes for himself.
"""

from collections.abc import Mapping, Sequence, Set

from inspector_app import identity
from inspector_app.admission import Revoked
from inspector_app.canonical import Value
from inspector_app.change import Change, Edit
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import Contact, read_record, stored_values
from inspector_app.records.own import Admitted
from inspector_app.workspace import people
from inspector_app.workspace.desk import Desk
from inspector_app.workspace.people import Person


def revoke(desk: Desk, key: str, reason: str) -> Person:
    """Refuse from now on what this key signs, but for what is held here already."""
    desk.commit(desk.own, _revoking(desk, key, reason, None), "revoked a card")
    return next(p for p in people.known(desk) if p.card.signing == key)


def replace(desk: Desk, key: str, card_file: bytes, reason: str, role: str | None) -> Person:
    """Accept the new card of a person whose six words were compared, and revoke his old key.

    One change, so there is no moment at which both keys are accepted or neither. The new card's
    role is the one that was granted to the old, unless another is given.
    """
    card = identity.read_card(card_file)
    if card.signing == key:
        raise BadInput("This card has the same key as the old one. Nothing was changed.")
    before = next((p.role for p in people.known(desk) if p.card.signing == key), None)
    person, accepted = people.accepting(desk, card_file, role or before)
    ended = _revoking(desk, key, reason, card.fingerprint)
    desk.commit(desk.own, [*accepted, *ended], "replaced a card")
    return person


def _revoking(desk: Desk, key: str, reason: str, successor: str | None) -> list[Edit]:
    if key == desk.key:
        raise NotAllowed("This is your own key. Restore a backup: that makes a new one.")
    cards = [p.card for p in people.known(desk) if p.card.signing == key]
    if not cards:
        raise BadInput("No card with this key was accepted here. Nothing was changed.")
    if key in people.revoked_keys(desk) and successor is None:
        raise BadInput("This key is revoked already. Nothing was changed.")
    said: dict[str, Value] = {"revoked": True, "successor": successor}
    if key not in people.revoked_keys(desk):
        said |= {"reason": _reason(reason), "revoked_at": str(now("UTC"))}
        said["heads"] = dict[str, Value](newest_of(desk, key))
    values = stored_values(Contact, said)
    return [
        edit
        for card in cards
        for edit in desk.own.setting(f"{Contact.kind}:{card.fingerprint}", values)
    ]


def _reason(words: str) -> str:
    if not words.strip():
        raise BadInput("Give a reason; it is kept. Nothing was changed.")
    return words.strip()


def newest_of(desk: Desk, key: str) -> dict[str, str]:
    """By log the newest changes of a key held here, apart by spaces; several of a copied one."""
    found: dict[str, str] = {}
    for log in desk.store.logs():
        written = (
            [c for c in desk.store.changes(log) if c.author == key] if log != desk.own.id else []
        )
        tips = {c.id for c in written} - {c.previous for c in written}
        if tips:
            found[log] = " ".join(sorted(tips))
    return found


def revoked(desk: Desk) -> Revoked:
    """What a merge has to know of the keys revoked here."""
    own = desk.own
    ended = [c for c in _contacts(own) if c.revoked]
    heads = {head for c in ended for heads in c.heads.values() for head in heads.split()}
    by_hand = {record.partition(":")[2] for record in own.records(Admitted.kind)}
    return Revoked(frozenset(people.revoked_keys(desk)), frozenset(heads), frozenset(by_hand))


def _contacts(own: Log) -> list[Contact]:
    return [read_record(Contact, r, own.fields(r))[0] for r in own.records(Contact.kind)]


def admit_by_hand(
    desk: Desk, refused: Mapping[str, Change], ids: Sequence[str], reason: str
) -> int:
    """Let refused changes of a revoked key in, each one named. Returns how many.

    NotAllowed unless this person reviews. Nothing is let in that nobody named: BadInput lists
    what the named changes build on and is refused too.
    """
    people.require(desk, "admit-change", "admit refused changes")
    words, ended = _reason(reason), people.revoked_keys(desk)
    chosen = {id: refused[id] for id in ids if id in refused and refused[id].author in ended}
    if not ids or len(chosen) != len(set(ids)):
        raise BadInput(
            "Only a change of a revoked key that the preview of this bundle lists as refused can "
            "be admitted. Nothing was changed."
        )
    _check_closed(chosen, refused, ended)
    edits: list[Edit] = []
    for id, change in chosen.items():
        said = {"log": change.log or id, "reason": words, "admitted": str(now("UTC"))}
        edits += desk.own.setting(f"{Admitted.kind}:{id}", stored_values(Admitted, said))
    desk.commit(desk.own, edits, "admitted refused changes")
    return len(chosen)


def with_below(ids: Sequence[str], refused: Mapping[str, Change], ended: Set[str]) -> list[str]:
    """Of these refused changes and all refused ones that they build on, those by revoked keys.

    What accepted persons wrote upon them needs no admitting: it comes in once nothing is missing.
    """
    found: dict[str, None] = {}
    waiting = [id for id in ids if id in refused]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found[id] = None
            change = refused[id]
            parents = [parent for edit in change.edits for parent in edit.replaces]
            waiting += [p for p in (*parents, change.previous or "") if p in refused]
    return [id for id in found if refused[id].author in ended]


def _check_closed(
    chosen: Mapping[str, Change], refused: Mapping[str, Change], ended: Set[str]
) -> None:
    below = set(with_below(list(chosen), refused, ended)) - chosen.keys()
    if below:
        raise BadInput(
            f"These build on {len(below)} more refused changes; admit them too, or none. Nothing "
            "was changed.",
            sorted(below),
        )
