"""Answering the selected items together: one result, and the one basis that they rest on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from inspector_app.errors import BadInput
from inspector_app.inspection.basis import RESTS_ON, lacks
from inspector_app.records import (
    Basis,
    DocumentReview,
    Interview,
    Observation,
    Record,
    SampledFile,
    read_record,
)
from inspector_app.ui.buttons import ICON_GAP, Button, Chips, button
from inspector_app.ui.choices import RESULT_KEYS, ChoiceEditor
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.flow import flowing
from inspector_app.ui.icons import WORDS, icon
from inspector_app.ui.kit import column, field_row, framed, holding, label, row, scrolled
from inspector_app.ui.page import Told
from inspector_app.ui.theme import px
from inspector_app.workspace import answering
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page

KINDS = {
    "file": "A file",
    "tour": "A tour point",
    "documents": "A document review",
    "interview": "An interview",
    "paper": "Another paper",
}
_LENGTH = 70


def basis_choices(inspection: "Inspection", what: str) -> list[tuple[str, str]]:
    """The records of this inspection that answers can rest on, with their words."""
    numbers = inspection.record_numbers()
    found = inspection.all(RESTS_ON[what]) if what in RESTS_ON else []
    said = ((one.id, _words(inspection, numbers, one)) for one in found)
    return sorted(said, key=lambda pair: pair[1])


def basis_words(inspection: "Inspection", basis: Basis) -> str:
    """What a basis is, for people: `T-03 The offer is made`, or a paper as it was described."""
    found = inspection.record(basis.record) if basis.record else None
    return _words(inspection, inspection.record_numbers(), found) if found else basis.text


def _words(inspection: "Inspection", numbers: dict[str, str], found: Record) -> str:
    number = numbers.get(found.id, "")
    match found:
        case SampledFile():
            text = f"{numbers.get(found.review, '')} file {found.position or ''}  {found.file}"
        case Observation():
            text = f"{number}  {found.text}"
        case DocumentReview():
            text = f"{number}  {found.title or found.sample_kind.replace('-', ' ')}"
        case Interview():
            text = f"{number}  {found.label} {found.title}"
        case _:
            text = number
    words = " ".join(text.split())
    return words if len(words) <= _LENGTH else f"{words[:_LENGTH]}…"


class Together(QFrame):
    """Stands under the list while items are selected; 1 to 4 answer them, Esc lets go of them."""

    given_up = Signal()
    answered = Signal()

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._items: list[str] = []
        self._count = label("", "heading", wrap=False)
        self._told = label("", "muted")
        self.kind = Chips(list(KINDS.items()), name="What they rest on")
        self.kind.chosen.connect(lambda _: self._show_kind())
        self.which = ChoiceEditor([])
        self.which.on_commit = self._which_chosen
        self.paper = QLineEdit()
        self.paper.setPlaceholderText("Training roster of March 9, signed by the captain")
        self.paper.textChanged.connect(lambda _: self._tell())
        self._unsent = Unsent(page, "together", together=self.paper)
        self._which_row = field_row("Which one", self.which)
        self._paper_row = field_row("What paper it is", self.paper, "of which day, whose")
        self.results = [self._result(result, key) for result, key in RESULT_KEYS.items()]
        inside = column(framed(self._parts(), "box"), 1)
        inside.setContentsMargins(px(24), px(8), px(24), px(12))
        self.setLayout(column(scrolled(inside), gap=0))
        self.hide()

    def _parts(self) -> QVBoxLayout:
        close = button("Select none", self.given_up.emit, cap="Esc")
        head = row(self._count, self._told, close, gap=12)
        head.setStretch(1, 1)
        rests = label("What they rest on", "label", wrap=False)
        kinds = holding(column(rests, self.kind, gap=4))
        acts = holding(flowing(*self.results))
        return column(holding(head), kinds, self._which_row, self._paper_row, acts, gap=10)

    def _result(self, result: str, key: str) -> Button:
        made = button(WORDS[result], lambda: self.answer(result), cap=key)
        made.setIcon(icon(result, gap=ICON_GAP))
        return made

    def show_items(self, items: list[str]) -> None:
        """The items that are selected now; without any, the panel goes."""
        self._items = items
        self.setVisible(bool(items))
        self._count.setText(f"{counted(len(items), 'item', 'items')} selected")
        self._show_kind()

    def basis(self) -> Basis:
        """What is stated now, whole or not."""
        what = self.kind.value()
        if what == "paper":
            return Basis(what="paper", text=self.paper.text().strip())
        return read_record(Basis, "", {"what": what, "record": self.which.value()})[0]

    def press(self, key: str) -> None:
        """What a key does while items are selected: 1 to 4 answer them."""
        result = next((r for r, k in RESULT_KEYS.items() if k == key), None)
        if result and self.isVisible():
            self.answer(result)

    def answer(self, result: str) -> None:
        """Answer them in one change, or say what is missing."""
        page, id, items = self._page, self._page.inspection_id, list(self._items)
        if self._missing():
            self._tell()
            page.told.emit(Told(BadInput(f"{self._missing()} Nothing was answered.")))
            return
        basis, record = self.basis(), f"answer:{items[0]}"

        def write(amends: str) -> None:
            answering.answer_together(page.workspace, id, items, result, basis, amends)
            self.paper.clear()
            self._unsent.keep()
            self.answered.emit()

        page.write(record, write)

    def _missing(self) -> str:
        if len(self._items) < 2:
            return "Select another item too: a single one is answered on its card."
        if not self.kind.value():
            return "Say first what they rest on."
        return lacks(self._page.inspection, self.basis())

    def _which_chosen(self, value: object) -> bool:
        self.which.set_value(value)
        self._tell()
        return True

    def _show_kind(self) -> None:
        what = self.kind.value()
        choices = basis_choices(self._page.inspection, what)
        self.which.set_choices(choices)
        self.which.setEnabled(bool(choices))
        self._which_row.setVisible(what in RESTS_ON)
        self._paper_row.setVisible(what == "paper")
        self._tell()

    def _tell(self) -> None:
        what = self.kind.value()
        none = what in RESTS_ON and not basis_choices(self._page.inspection, what)
        words = "Nothing of this kind is recorded yet." if none else self._missing()
        self._told.setText(words or "They become one step, which Ctrl+Z takes back.")
