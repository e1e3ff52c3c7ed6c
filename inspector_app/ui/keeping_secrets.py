"""What opens this workspace beside its printed key: another passphrase, an office's escrow key."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import UserError, WrongSecret
from inspector_app.files import write_whole
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import (
    caution,
    column,
    facts,
    field_row,
    holding,
    label,
    row,
    section,
)
from inspector_app.ui.new_passphrase import NewPassphrase
from inspector_app.ui.opening import Opening
from inspector_app.ui.paper_key import PaperKey
from inspector_app.ui.people_list import card_in
from inspector_app.ui.secret_line import SecretLine
from inspector_app.workspace import key_file

if TYPE_CHECKING:
    from inspector_app.identity import Card
    from inspector_app.ui.keeping_page import KeepingPage

OLDER = (
    "The printed recovery key opens it as before. Backups made until now open with the passphrase "
    "they were made under."
)
ESCROW = (
    "Optional: a key on paper in your office’s safe that opens this workspace and its next backups "
    "when you cannot."
)
SAFE = (
    "Whoever holds this key opens every workspace and backup that names its card. It is shown this "
    "one time: write it on paper for the safe, and give the card to your colleagues."
)


class PassphrasePart(Opening):
    """Another passphrase for this workspace."""

    def __init__(self, page: "KeepingPage") -> None:
        super().__init__()
        self.page = page
        self.change_button = button("Change the passphrase", self._ask)
        head = section("Passphrase", "", self.change_button)
        box = column(head, label(OLDER, "muted"), gap=10)
        box.addLayout(self.below)
        self.setLayout(box)

    def first(self) -> QWidget:
        return self.change_button

    def _ask(self) -> None:
        self.old = SecretLine("The passphrase until now")
        self.new = NewPassphrase("The new passphrase")
        self.old.entered.connect(self.new.setFocus)
        self.new.entered.connect(self._change)
        self.go = button("Change it", self._change)
        cancel = button("Cancel", self.away)
        self.open(self.old, self.new, holding(row(self.go, cancel, 1)))
        self.old.line.setFocus()

    def _change(self) -> None:
        page = self.page
        if not self.new.is_taken():
            return
        folder, old, new = page.workspace.folder, self.old.text(), self.new.text()

        def job(step: object) -> None:
            key_file.change_passphrase(folder, old, new, held=True)

        failed = partial(_ask_again, page, self.old)
        page.run("Changing the passphrase …", job, self, self._changed, failed)

    def _changed(self, _: object) -> None:
        self.away()
        self.page.message.emit("The passphrase is changed. Make a backup that opens with it.")


class EscrowPart(Opening):
    """Let an escrow key open this workspace after its words agree; make one for a safe."""

    def __init__(self, page: "KeepingPage") -> None:
        super().__init__()
        self.page = page
        self.add_button = button("Let an escrow key open this", self._choose)
        self.make_button = button("Make an escrow key", self._ask_name)
        self._said = label("", "muted")
        head = section("Escrow keys", "", self.add_button, self.make_button)
        box = column(head, self._said, gap=10)
        box.addLayout(self.below)
        self.setLayout(box)
        self._count()

    def first(self) -> QWidget:
        return self.add_button

    def _count(self) -> None:
        number = key_file.escrow_keys(self.page.workspace.folder)
        opens = {0: "None opens this workspace.", 1: "One opens this workspace."}
        self._said.setText(f"{opens.get(number, f'{number} open this workspace.')} {ESCROW}")

    # -- an office's card ------------------------------------------------------------------------

    def _choose(self) -> None:
        path = choosing.open_file(self.page, "The escrow key’s card", choosing.CARDS)
        read: list[tuple[bytes, Card]] = []
        if path and self.page.attempt(lambda: read.append(card_in(path))):
            self._compare(*read[0])

    def _compare(self, data: bytes, card: "Card") -> None:
        words = " · ".join(card.words)
        self.secret = SecretLine("Your passphrase")
        add = partial(self._add, data, card)
        self.secret.entered.connect(add)
        self.agree = button("The words agree: let it open this workspace", add)
        self.open(
            caution("Have its office read the six words to you, by voice."),
            facts([("Name", card.name), ("Office", card.office), ("Six words", words)]),
            self.secret,
            holding(row(self.agree, button("Cancel", self.away), 1)),
        )
        self.secret.line.setFocus()

    def _add(self, data: bytes, card: "Card") -> None:
        page, secret, words = self.page, self.secret.text(), " ".join(card.words)
        folder = page.workspace.folder

        def job(step: object) -> "Card":
            return key_file.add_escrow(folder, secret, data, words, held=True)

        failed = partial(_ask_again, page, self.secret)
        page.run("Letting it open this workspace …", job, self, self._added, failed)

    def _added(self, card: "Card") -> None:
        self.away()
        self._count()
        self.page.message.emit(f"“{card.name}” opens this workspace and every backup from now on.")

    # -- a new one -------------------------------------------------------------------------------

    def _ask_name(self) -> None:
        self.name = LineEditor("Escrow key 2026")
        self.office = LineEditor("287(g) Program Unit")
        make = button("Write its card", self._make)
        self.open(
            field_row("What the key is called", self.name),
            field_row("The office that keeps it", self.office),
            holding(row(make, button("Cancel", self.away), 1)),
        )
        self.name.setFocus()

    def _make(self) -> None:
        page, name, office = self.page, self.name.text().strip(), self.office.text().strip()
        path = choosing.save_file(page, "Write its card", "escrow.card", choosing.CARDS)
        made: list[key_file.EscrowKey] = []
        if path and page.attempt(lambda: made.append(_written(path, name, office))):
            self._show(made[0])

    def _show(self, made: key_file.EscrowKey) -> None:
        self.paper = PaperKey("Escrow key", "It is on paper", "Escrow key of an office")
        self.paper.show_key(made.text)
        self.paper.done.connect(self.away)
        words = " · ".join(made.words)
        self.open(caution(SAFE), facts([("Six words of its card", words)]), self.paper)
        self.paper.check.setFocus()


def _ask_again(page: "KeepingPage", line: SecretLine, error: UserError) -> None:
    """A wrong passphrase is told where it was typed, anything else in the strip."""
    if isinstance(error, WrongSecret):
        line.refuse(error.message)
        line.line.setFocus()
    else:
        page.failed(error)


def _written(path: Path, name: str, office: str) -> key_file.EscrowKey:
    made = key_file.new_escrow_key(name, office)
    write_whole(path, made.card)
    return made
