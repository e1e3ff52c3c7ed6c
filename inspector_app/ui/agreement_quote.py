"""Quoting from the agreement: sentence, section and page, into a finding or for the note."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from inspector_app.ui.agreement_text import plain
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.kit import column, field_row, holding, label, row
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.records import Finding

_OWN = "compare it with the page; it is marked as quoted from your own copy"


class QuoteBox(QWidget):
    """Holds what was selected or typed until it is quoted; nothing is written before."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._item = ""
        self._document = ""
        self._number = 1
        self._section_is_typed = False
        self.sentence = TextEditor(2, "Select it on the page, or type it as it stands there")
        self.section = LineEditor("IV.G")
        self.section.setMaximumWidth(px(120))
        self.section.textEdited.connect(lambda _: self._typed_section())
        self._where = label("page 1", "muted", wrap=False)
        self._acts = QWidget()
        self._flow = FlowLayout(self._acts)
        acts = holding(column(1, self._acts, gap=0))
        section = field_row("Section", self.section, "", self._where)
        line = row(section, acts, gap=12)
        line.setStretch(1, 1)
        self.setLayout(column(field_row("Quotation", self.sentence, _OWN), line, gap=8))

    def set_question(self, item: str, document: str) -> None:
        """For which question and from which document is quoted."""
        self._item, self._document = item, document
        self._section_is_typed = False
        self.sentence.setPlainText("")
        self.refresh()

    def set_place(self, number: int, section: str) -> None:
        """The page that is shown, and its section where that is known: "" elsewhere."""
        self._number = number
        self._where.setText(f"page {number}")
        if not self._section_is_typed:
            self.section.setText(section)
        self.refresh()

    def take(self, selected: str) -> None:
        """What was selected takes the place of what stood here."""
        self.sentence.setPlainText(plain(selected))
        self.sentence.refuse("")

    def refresh(self) -> None:
        """Offer the findings there are for the question now."""
        self._flow.empty()
        numbers = self._page.inspection.finding_numbers()
        for finding in self._findings():
            act = partial(self._quote, finding.id)
            self._flow.addWidget(button(f"Quote this in {numbers[finding.id]}", act))
        self._flow.addWidget(button("Copy for the note", self._copy))

    def _findings(self) -> list["Finding"]:
        return [f for f in self._page.inspection.findings() if f.item == self._item]

    def _typed_section(self) -> None:
        self._section_is_typed = bool(self.section.text().strip())

    # -- acts --------------------------------------------------------------------------------

    def _quote(self, finding: str) -> None:
        """Document, section, page and sentence in one change, marked as from one's own copy."""
        page, section = self._page, self.section.text().strip()
        sentence = plain(self.sentence.toPlainText())
        self.section.refuse("" if section else "Say in which section it stands, such as IV.G.")
        if not self._has_sentence() or not section:
            return
        values = {
            "document": self._document,
            "section": section,
            "page": self._number,
            "quotation": sentence,
            "own_copy": True,
        }
        number = page.inspection.finding_numbers()[finding]

        def write(amends: str) -> None:
            words = "quoted the agreement"
            page.workspace.put_many(page.inspection_id, {finding: values}, words, amends)

        if page.write(finding, write):
            page.message.emit(f"Quoted in {number}: {section}, page {self._number}")

    def _copy(self) -> None:
        if not self._has_sentence():
            return
        section = self.section.text().strip()
        place = f"section {section}, page {self._number}" if section else f"page {self._number}"
        sentence = plain(self.sentence.toPlainText())
        told = f"“{sentence}” (agreement, {place}, quoted from the inspector’s own copy)"
        QGuiApplication.clipboard().setText(told)
        self._page.message.emit("Copied with its place: paste it into the note with Ctrl+V")

    def _has_sentence(self) -> bool:
        there = bool(self.sentence.toPlainText().strip())
        self.sentence.refuse("" if there else "Select the sentence on the page, or type it here.")
        return there
