"""Whose cards are accepted here, and as what: records of the workspace's own log."""

from dataclasses import dataclass

from inspector_app import identity
from inspector_app.change import Edit
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.identity import Card
from inspector_app.inspection import Inspection
from inspector_app.inspection.reviewing import is_reviewer, preparers
from inspector_app.records import Contact, Member, read_record, stored_values
from inspector_app.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class Person:
    """An accepted card with the role that was granted here."""

    card: Card
    role: str
    revoked: bool = False
    revoked_at: str = ""
    reason: str = ""
    successor: str = ""
    """The fingerprint of the card that was accepted in place of this one."""


def accept(desk: Desk, card_file: bytes, role: str | None) -> Person:
    """Accept a card after its words were compared; its role is granted here, not there."""
    person, edits = accepting(desk, card_file, role)
    desk.commit(desk.own, edits, "accepted a card")
    return person


def accepting(desk: Desk, card_file: bytes, role: str | None) -> tuple[Person, list[Edit]]:
    """The person and what accepting his card writes; NotAllowed where its key was revoked."""
    card = identity.read_card(card_file)
    granted = role or card.role
    if granted not in identity.roles():
        raise BadInput(f"There is no role “{granted[:40]}”.")
    if card.signing == desk.key:
        raise BadInput("This is your own card; it needs no accepting.")
    if card.signing in revoked_keys(desk):
        raise NotAllowed(
            "The key of this card was revoked here, so it is not accepted again; its owner makes a "
            "new one. Nothing was changed."
        )
    values = stored_values(Contact, {"card": card_file.hex(), "role": granted, "revoked": False})
    return Person(card, granted), desk.own.setting(f"contact:{card.fingerprint}", values)


def known(desk: Desk) -> list[Person]:
    """Everybody whose card was ever accepted here, also where its key was revoked since."""
    found = []
    for record in desk.own.records(Contact.kind):
        contact, _ = read_record(Contact, record, desk.own.fields(record))
        card = identity.read_card(bytes.fromhex(contact.card))
        at, successor = str(contact.revoked_at or ""), contact.successor or ""
        found.append(Person(card, contact.role, contact.revoked, at, contact.reason, successor))
    return found


def contacts(desk: Desk) -> list[Person]:
    """Everybody whose card is accepted and not revoked."""
    return [person for person in known(desk) if not person.revoked]


def revoked_keys(desk: Desk) -> set[str]:
    """The keys whose later changes a merge refuses."""
    return {person.card.signing for person in known(desk) if person.revoked}


def accepted_keys(desk: Desk) -> set[str]:
    """The keys whose changes a merge takes: one's own and the accepted ones."""
    return {desk.key, *(person.card.signing for person in contacts(desk))} - revoked_keys(desk)


def name_of(desk: Desk, author: str) -> str:
    """The name on the card of an author known here; else a short form of the key."""
    cards = [desk.card, *(person.card for person in known(desk))]
    return next((c.name for c in cards if c.signing == author), f"Unknown person ({author[:8]})")


def require(desk: Desk, act: str, words: str) -> None:
    """NotAllowed unless this person's role may do `act`."""
    role = identity.roles()[desk.card.role]
    if act not in role.may:
        raise NotAllowed(f"A person with the role {role.title} does not {words}.")


def check_may_approve(desk: Desk, inspection: Inspection, part: str) -> None:
    """NotAllowed when a reviewer would approve the work of his team, or his own."""
    if not is_reviewer(inspection, desk.card.role):
        return
    check_not_on_team(desk, inspection)
    if desk.key in preparers(inspection, part):
        raise NotAllowed(
            "You prepared something in this part, so somebody else approves it. Nothing was signed."
        )


def check_not_on_team(desk: Desk, inspection: Inspection) -> None:
    """NotAllowed for whoever belongs to the team."""
    if inspection.get(Member, f"member:{desk.key}"):
        raise NotAllowed("A reviewer is not on the team that he reviews.")
