"""Cards on the page of hand-over: accept, revoke with a reason, replace a lost key."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.files import write_whole
from inspector_app.identity import Card, read_card, roles
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import (
    caution,
    column,
    emptied,
    facts,
    field_row,
    framed,
    holding,
    label,
    row,
    section,
)
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import laptop_moment, short_moment
from inspector_app.workspace import contact, people

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.ui.page import Page
    from inspector_app.workspace.people import Person

STAYS = (
    "What you hold of this key stays. Everything else that it signs is refused here, whatever date "
    "it claims, and listed in the preview of a bundle. Colleagues revoke it for themselves."
)
COPIED = (
    "Two changes of {} follow the same one, so this key is in two places: a copied workspace, or "
    "worse. Both are kept. The key signs off nothing here until its owner has replaced it."
)


def copies(page: "Page") -> list[QWidget]:
    """A caution and both changes for each key that is in two places and was not replaced."""
    log, gone = page.log, people.revoked_keys(page.workspace.desk)
    parts: list[QWidget] = []
    for key in (key for key in contact.copied(log) if key not in gone):
        both = [log.changes[id] for id in sorted(log.heads()[key])]
        rows = [RowData(c.id, c.label, "", short_moment(c.at), "conflict") for c in both]
        name = page.workspace.person(key)
        parts += [caution(COPIED.format(name)), RowList(rows, name=f"Both changes of {name}")]
    return parts


class People(QWidget):
    """The cards accepted here; the one that is chosen opens below the list."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._known = people.known(page.workspace.desk)
        self.list = RowList([_row(p) for p in self._known], name="People", title_width=160)
        self.list.activated.connect(self.choose)
        self._below = column(gap=10)
        accept = button("Accept a card", self._accept)
        give = button("Write my card", self._give)
        none = [] if self._known else [label("Nobody’s card is accepted yet.", "muted")]
        box = column(section("People", "", accept, give), *none, self.list, gap=10)
        box.addWidget(facts([("My six words", " · ".join(page.workspace.words))]))
        box.addLayout(self._below)
        self.setLayout(box)

    # -- one person --------------------------------------------------------------------------

    def choose(self, fingerprint: str) -> None:
        """Show one card: when and why it was revoked, or what revoking it does."""
        person = next(p for p in self._known if p.card.fingerprint == fingerprint)
        self._show(*(self._ended(person) if person.revoked else self._offered(person)))

    def _show(self, *parts: QWidget) -> None:
        emptied(self._below)
        self._below.addWidget(framed(column(*parts, gap=10, margins=14), "box"))

    def _ended(self, person: "Person") -> list[QWidget]:
        new = next((p for p in self._known if p.card.fingerprint == person.successor), None)
        told = [
            ("Revoked", laptop_moment(person.revoked_at)),
            ("Reason", person.reason),
            ("Replaced by", " · ".join(new.card.words) if new else "no other card"),
        ]
        return [label(person.card.name, "strong"), facts(told), label(STAYS, "muted")]

    def _offered(self, person: "Person") -> list[QWidget]:
        self.reason = LineEditor("Lost, stolen, left the office: it is kept here")
        self.revoke_button = button("Revoke this card", lambda: self._revoke(person))
        self.replace_button = button("Replace with a new card", lambda: self._ask(person))
        return [
            label(person.card.name, "strong"),
            label(STAYS, "muted"),
            field_row("Reason", self.reason),
            holding(row(self.revoke_button, self.replace_button, 1)),
        ]

    def _revoke(self, person: "Person") -> None:
        page, reason = self._page, self.reason.text()
        if page.attempt(lambda: page.workspace.revoke(person.card.signing, reason)):
            page.message.emit(f"The card of {person.card.name} is revoked here.")
            page.show_record("")

    # -- a new card for a lost key -----------------------------------------------------------

    def _ask(self, person: "Person") -> None:
        path = choosing.open_file(self._page, "The new card", choosing.CARDS)
        if path is None:
            return
        read: list[tuple[bytes, Card]] = []
        if self._page.attempt(lambda: read.append(card_in(path))):
            self.compare(person, *read[0])

    def compare(self, person: "Person", data: bytes, new: Card) -> None:
        """The new card's six words, to be compared before both things happen in one act."""
        told = [("Name", new.name), ("Office", new.office), ("Six words", " · ".join(new.words))]
        self.both_button = button(
            "The words agree: accept it, revoke the old one", lambda: self._replace(person, data)
        )
        back = button("Cancel", lambda: self.choose(person.card.fingerprint))
        self._show(
            label(f"A new card in place of that of {person.card.name}", "strong"),
            caution("Have its owner read the six words to you, by voice."),
            facts(told),
            field_row("Reason", self.reason),
            holding(row(self.both_button, back, 1)),
        )

    def _replace(self, person: "Person", data: bytes) -> None:
        page, reason = self._page, self.reason.text()
        if page.attempt(lambda: page.workspace.replace(person.card.signing, data, reason)):
            page.message.emit(f"The new card of {person.card.name} is accepted, the old revoked.")
            page.show_record("")

    # -- cards as files ----------------------------------------------------------------------

    def _accept(self) -> None:
        page, path = self._page, choosing.open_file(self._page, "Accept a card", choosing.CARDS)
        if path and page.attempt(lambda: page.workspace.accept(choosing.content(path))):
            page.show_record("")

    def _give(self) -> None:
        page = self._page
        path = choosing.save_file(page, "Write my card", "me.card", choosing.CARDS)
        if path and page.attempt(lambda: write_whole(path, page.workspace.card())):
            page.message.emit(f"Card written: {path.name}")


def card_in(path: "Path") -> tuple[bytes, Card]:
    """A card's file and what it says; BadInput when it cannot be read or is none."""
    data = choosing.content(path)
    return data, read_card(data)


def _title(role: str) -> str:
    return roles()[role].title if role in roles() else role


def _row(person: "Person") -> RowData:
    card, words = person.card, " · ".join(person.card.words)
    if person.revoked:
        return RowData(card.fingerprint, card.name, words, "revoked", "refused", quiet=True)
    return RowData(card.fingerprint, card.name, words, _title(person.role), "people", quiet=True)
