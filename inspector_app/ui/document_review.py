"""One document review at work: head with its live count, filters, the grid, what is written."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.inspection import samples
from inspector_app.inspection.counting import sample_counts
from inspector_app.records import DocumentReview
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.document_adding import AddFiles
from inspector_app.ui.document_grid import GridModel
from inspector_app.ui.document_sample import drawn_in_words
from inspector_app.ui.document_table import CountRow, GridView
from inspector_app.ui.document_writing import GridWriting
from inspector_app.ui.kit import ElidedLabel, column, emptied, label, live, row
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.forms import Attribute
    from inspector_app.records import SampledFile
    from inspector_app.ui.page import Slots

_EDGE = 24
_CHIPS = {
    "all": "All",
    "no": "Any “No”",
    "unclear": "Unclear",
    "left": "Not examined",
    "disputed": "Two values",
    "aside": "Set aside",
}
_SELDOM = ("disputed", "aside")


class ReviewGrid(QWidget):
    """The grid of one review with what stands around it."""

    moved = Signal()
    """Another cell is current."""
    sample_asked = Signal()
    note_asked = Signal()
    """A note for the current cell is to be typed."""
    removal = Signal(object)
    """The files whose rows are chosen are to go."""

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self.review = page, review
        self.model = GridModel(lambda: page.inspection, review)
        self.view = GridView(self.model)
        self.writing = GridWriting(page, self.model)
        self.adding = AddFiles(page, review)
        self._title, self._facts = label("", "pagetitle"), ElidedLabel("", "muted")
        self._count = live("")
        self.chips = Chips(name="Files shown")
        self.finder = QLineEdit()
        self.foot = CountRow(self.view)
        self._card = column(gap=0)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        head = row(self._title, gap=8)
        head.setStretch(0, 1)
        head.addWidget(button("Add files", self.open_adding, cap="Ctrl+I"))
        head.addWidget(button("Sample", self.sample_asked.emit, cap="F4"))
        head.setContentsMargins(px(_EDGE), px(12), px(_EDGE), 0)
        facts = row(self._count, self._facts, gap=8)
        facts.setStretch(1, 1)
        facts.setContentsMargins(px(_EDGE), 0, px(_EDGE), 0)
        self.finder.setPlaceholderText("Find a file")
        self.finder.setAccessibleName("Find a file by its identifier")
        self.finder.setMaximumWidth(px(160))
        tools = row(self.chips, self.finder, gap=12)
        tools.setStretch(0, 1)
        tools.setContentsMargins(px(_EDGE), 0, px(_EDGE), px(4))
        box = column(head, facts, tools, self.adding, self.view, self.foot, gap=6)
        box.addLayout(self._card)
        box.addStretch(1)
        box.setStretchFactor(self.view, 1000)
        self.setLayout(box)

    def _connect(self) -> None:
        view, writing = self.view, self.writing
        view.results_set.connect(writing.set)
        view.filled_down.connect(writing.fill_down)
        view.taken_from_above.connect(writing.take_from_above)
        view.copied.connect(writing.copy)
        view.pasted.connect(writing.paste)
        writing.pasted.connect(view.choose)
        view.note_asked.connect(self.note_asked)
        view.moved.connect(self._moved)
        view.removal.connect(self._remove)
        self.chips.chosen.connect(lambda _: self._filter())
        self.finder.textChanged.connect(lambda _: self._filter())
        self.finder.returnPressed.connect(self.enter)
        self.adding.closed.connect(self._close_adding)
        QShortcut(QKeySequence("Ctrl+I"), self).activated.connect(self.open_adding)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.finder.setFocus)
        self.chips.set_choices(self._chip_words(self._files()))
        self.chips.set_value("all")
        self.adding.setVisible(not self._files() or self.adding.unsent.found)

    # -- what is shown -----------------------------------------------------------------------

    def _files(self) -> "list[SampledFile]":
        return samples.all_files(self._page.inspection, self.review)

    def follow(self, slots: "Slots") -> None:
        """Some fields are different now."""
        here = self.place()
        self.model.follow(slots)
        self._show_counts()
        if here and self.place() != here:
            self.go_to(here[0].id, here[1].id)
        self._show_conflict()

    def refresh(self) -> None:
        """Show the review as it is now; the current cell stays current."""
        here = self.place()
        if self._files() and not self.adding.text.toPlainText().strip():
            self.adding.hide()
        self.model.refresh()
        self._show_counts()
        if here:
            self.go_to(here[0].id, here[1].id)
        self._show_conflict()

    def _show_counts(self) -> None:
        page, everything = self._page, self._files()
        review = page.inspection.get(DocumentReview, self.review) or DocumentReview()
        files = [file for file in everything if not file.aside]
        done = sum(map(page.inspection.examined, files))
        self._title.setText(review.title or "Review without a title")
        self._count.setText(f"{done} of {len(files)} examined")
        frame = samples.frame_size(page.inspection, self.review)
        frame_words = f"frame {frame:,}" if frame is not None else ""
        parts = (frame_words, drawn_in_words(page.inspection, review), review.period)
        self._facts.set_text(" · ".join(filter(None, parts)))
        self._show_columns()
        for there in (self.view, self.chips, self.finder):
            there.setVisible(bool(everything))
        chosen = self.chips.value() or "all"
        self.chips.set_choices(self._chip_words(everything))
        self.chips.set_value(chosen)

    def _show_columns(self) -> None:
        """How many files lack each attribute, at the foot."""
        attributes = [attribute.id for attribute in self.model.attributes]
        counts = sample_counts(self._page.inspection, self.review, attributes)
        self.foot.set_counts([counts[attribute].no for attribute in attributes])
        self.foot.setVisible(bool(self.model.files) and not self.model.aside)

    def _chip_words(self, everything: "list[SampledFile]") -> list[tuple[str, str]]:
        counts = {name: sum(self._is(name, file) for file in everything) for name in _CHIPS}
        shown = [name for name in _CHIPS if name not in _SELDOM or counts[name]]
        return [(name, f"{_CHIPS[name]}  {counts[name]}") for name in shown]

    def _is(self, chip: str, file: "SampledFile") -> bool:
        if (chip == "aside") != bool(file.aside):
            return False
        if chip in ("no", "unclear"):
            return chip in file.results.values()
        if chip == "left":
            return not self._page.inspection.examined(file)
        return chip != "disputed" or bool(self.model.disputed.get(file.id))

    def _filter(self) -> None:
        """What the filter finds is settled now: no file goes away while somebody works on it."""
        words = self.finder.text().strip().casefold()
        chip = self.chips.value() or "all"
        found = {f.id for f in self._files() if self._is(chip, f) and words in f.file.casefold()}
        everything = chip in ("all", "aside") and not words
        self.model.filter(lambda file: everything or file.id in found, aside=chip == "aside")
        self._show_columns()
        if self.model.files and self.model.attributes:
            self.view.go_to(0, 0)

    def _show_conflict(self) -> None:
        emptied(self._card)
        here = self.place()
        if here and ConflictCard.needed(self._page, here[0].id):
            card = ConflictCard(self._page, here[0].id)
            card.setContentsMargins(px(_EDGE), px(8), px(_EDGE), px(8))
            self._card.addWidget(card)

    def _moved(self) -> None:
        self._show_conflict()
        self.moved.emit()

    # -- where one is ------------------------------------------------------------------------

    def place(self) -> "tuple[SampledFile, Attribute] | None":
        """The current cell."""
        index = self.view.currentIndex()
        if not index.isValid():
            return None
        return self.model.files[index.row()], self.model.attributes[index.column()]

    def go_to(self, file: str, attribute: str = "") -> None:
        """Make a file's cell current, if it is shown."""
        rows = [at for at, found in enumerate(self.model.files) if found.id == file]
        columns = [at for at, a in enumerate(self.model.attributes) if a.id == attribute] or [0]
        index = self.view.currentIndex()
        if (
            rows
            and self.model.attributes
            and (index.row(), index.column()) != (rows[0], columns[0])
        ):
            self.view.go_to(rows[0], columns[0])

    def enter(self) -> None:
        """Put the focus on the first thing to do here."""
        if self.adding.isVisible():
            self.adding.text.setFocus()
            return
        if not self.view.currentIndex().isValid() and self.model.files and self.model.attributes:
            self.view.go_to(0, 0)
        self.view.setFocus()

    def open_adding(self) -> None:
        """A place to type or paste identifiers."""
        self.adding.count()
        self.adding.show()
        self.adding.text.setFocus()

    def _close_adding(self) -> None:
        self.adding.setVisible(not self._page.inspection.files_of(self.review))
        self.enter()

    def _remove(self, rows: list[int]) -> None:
        self.removal.emit([self.model.files[at].id for at in rows])

    def set_result(self, result: str) -> None:
        """A result for the chosen cells, from beside the grid."""
        self.writing.set(result, self.view.chosen())
