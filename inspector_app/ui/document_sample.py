"""What a document review is of, the list of all files, and the sample drawn from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.inspection import Inspection, samples
from inspector_app.records import DocumentReview
from inspector_app.ui.buttons import Chips
from inspector_app.ui.choices import FieldChoice
from inspector_app.ui.document_draw import JUDGMENT, SAYS_NOTHING, DrawPart, DrawsPart
from inspector_app.ui.document_frame import FramePart
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import column, field_row, hairline, holding, row, section, state_line
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.theme import px
from inspector_app.ui.typed import count_editor

METHODS = (
    ("all", "All of them"),
    ("random", "Random"),
    ("systematic", "Systematic"),
    ("judgmental", "Chosen by judgment"),
)


def drawn_in_words(inspection: Inspection, review: DocumentReview) -> str:
    """How the files came into the sample, in a line: the method, the draws, what was replaced."""
    draws = samples.draws_of(inspection, review.id)
    if review.method == "judgmental":
        return "Judgmental: says nothing about the other files"
    if not draws:
        return review.drawn
    counting = f"draw {draws[-1].number}" if len(draws) == 1 else f"{len(draws)} draws"
    replaced = sum(bool(file.replaces_file) for file in inspection.files_of(review.id))
    words = "All files" if review.method == "all" else "Drawn at random (sha256-1)"
    return ", ".join([words, counting, *([f"{replaced} replaced"] if replaced else [])])


class SampleStep(QWidget):
    """Everything about the sample of one review, from what is read to the draws."""

    drawn = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._review = page, review
        self.fields = RecordFields(page, review)
        self.frame = FramePart(page, review)
        self.draw = DrawPart(page, review)
        self.draws = DrawsPart(page, review)
        self.draw.drawn.connect(self.drawn)
        self.frame.kept.connect(self._go_on)
        self._without = self._without_a_list()
        parts = (self.frame, self.draws, self.draw, self._without)
        box = column(self._what(), gap=16)
        for part in parts:
            box.addWidget(part)
        self.setLayout(box)
        self.refresh()

    def _what(self) -> QWidget:
        bind = self.fields.bind
        kinds = [(kind.id, kind.title) for kind in self._page.inspection.form.sample_kinds]
        kind = bind("sample_kind", FieldChoice(kinds, "Choose what is read"))
        title = bind("title", LineEditor("Case files"))
        population = bind("population", TextEditor(2, "Which documents there are in all"))
        period = bind("period", LineEditor("July to September 2025"))
        first = row(field_row("What is read", kind), field_row("Title", title), gap=16)
        rows = (field_row("Population", population), field_row("Period", period))
        return holding(column(first, *rows, hairline(), gap=12))

    def _without_a_list(self) -> QWidget:
        """How files were drawn by other means, where the agency gives no list."""
        bind = self.fields.bind
        frame = bind("frame", count_editor("212"))
        method = bind("method", Chips(METHODS, may_be_none=True))
        drawn = bind("drawn", TextEditor(2, "By whom, from which list, with which seed"))
        frame.setMaximumWidth(px(160))
        self._judged = state_line("caution", SAYS_NOTHING)
        return holding(
            column(
                section("Without a list", "where the agency gives none"),
                field_row("How the files came into the sample", method),
                self._judged,
                field_row("How many there are in all", frame),
                field_row("How they were drawn", drawn),
                gap=12,
            )
        )

    def _go_on(self) -> None:
        """A list was kept: next is how many to draw, or what was pressed to give another one."""
        drawn = samples.draws_of(self._page.inspection, self._review)
        (self.frame.replace if drawn else self.draw.number).setFocus()

    def refresh(self) -> None:
        """Follow what became durable; what is typed and not kept stays."""
        inspection = self._page.inspection
        review = inspection.get(DocumentReview, self._review)
        self.frame.refresh()
        self.draw.refresh()
        self.draws.refresh()
        drawn = bool(samples.draws_of(inspection, self._review))
        listed = bool(samples.frame_of(inspection, self._review))
        self.draw.setVisible(listed)
        self.draws.setVisible(drawn)
        self._without.setVisible(not listed and not drawn)
        self._judged.setVisible(review is not None and review.method == JUDGMENT)
