"""What a document review is of: kind, population, frame, method, how its files were drawn."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from inspector_app.change import new_record
from inspector_app.inspection import samples
from inspector_app.records import DocumentReview, SampledFile
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import column, field_row, framed, holding, label, row
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.theme import px
from inspector_app.ui.typed import count_editor

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection

METHODS = (
    ("all", "All of them"),
    ("random", "Random"),
    ("systematic", "Systematic"),
    ("judgmental", "Chosen by judgment"),
)


def drawn_in_words(inspection: "Inspection", review: DocumentReview) -> str:
    """How the files came into the sample, in a line: the method, the draws, what was replaced."""
    draws = samples.draws_of(inspection, review.id)
    if review.method == "judgmental":
        return "Chosen by judgment: says nothing about the other files"
    if not draws:
        return review.drawn
    counting = f"draw {draws[-1].number}" if len(draws) == 1 else f"{len(draws)} draws"
    replaced = sum(bool(file.replaces_file) for file in inspection.files_of(review.id))
    words = "All files" if review.method == "all" else "Drawn at random (sha256-1)"
    return ", ".join([words, counting, *([f"{replaced} replaced"] if replaced else [])])


def sample_form(page: Page, review: str) -> tuple[QWidget, RecordFields]:
    """The editors of one review; the fields are the caller's to release."""
    fields = RecordFields(page, review)
    kinds = [(kind.id, kind.title) for kind in page.inspection.form.sample_kinds]
    kind = fields.bind("sample_kind", ChoiceEditor(kinds, "Choose what is read"))
    title = fields.bind("title", LineEditor("Case files"))
    population = fields.bind("population", TextEditor(2, "Which documents there are in all"))
    period = fields.bind("period", LineEditor("July to September 2025"))
    frame = fields.bind("frame", count_editor("212"))
    method = fields.bind("method", Chips(METHODS, may_be_none=True, name="Method"))
    drawn = fields.bind("drawn", TextEditor(2, "By whom, from which list, with which seed"))
    frame.setMaximumWidth(px(160))
    box = column(
        field_row("What is read", kind),
        field_row("Title", title),
        field_row("Population", population),
        row(field_row("Period", period), field_row("Frame: how many in all", frame), gap=16),
        field_row("Method", method),
        field_row("How the files were drawn", drawn),
        gap=14,
    )
    return holding(box), fields


def new_identifiers(inspection: "Inspection", review: str, text: str) -> tuple[list[str], int]:
    """The identifiers in the text, one a line, that are new here, and how many are not."""
    known = {file.file for file in inspection.files_of(review)}
    lines = [" ".join(line.split()) for line in text.splitlines()]
    typed = [line for line in dict.fromkeys(lines) if line]
    fresh = [line for line in typed if line not in known]
    return fresh, len(typed) - len(fresh)


class AddFiles(QFrame):
    """Identifiers typed or pasted, one a line; Ctrl+Enter adds them, Esc puts the panel away."""

    closed = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self._page, self._review = page, review
        self.text = (
            QPlainTextEdit()
        )  # no editor of a record: nothing of it is kept until it is added
        self.text.setPlaceholderText("One identifier a line, as the agency numbers its files")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(112))
        self.text.textChanged.connect(self._count)
        self._add = button("Add files", self.add, cap="Ctrl+Enter")
        self._told = label("", "muted")
        close = button("Close", self.closed.emit)
        acts = row(self._add, close, self._told)
        acts.setStretch(2, 1)
        box = column(field_row("Files to add", self.text, "one a line"), acts, gap=8)
        inner = framed(box, "box")
        outer = column(inner)
        outer.setContentsMargins(px(24), 0, px(24), px(8))
        self.setLayout(outer)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.add)
        self._count()

    def _count(self) -> None:
        fresh, known = new_identifiers(self._page.inspection, self._review, self.text.toPlainText())
        plural = "file" if len(fresh) == 1 else "files"
        self._add.setText(f"Add {len(fresh)} {plural}" if fresh else "Add files")
        self._add.setEnabled(bool(fresh))
        none = "" if self.text.toPlainText().strip() else "Type or paste identifiers first."
        self._told.setText(f"{known} already in this review" if known else none)

    def add(self) -> None:
        """Add them after the files that are there, in one change."""
        page, review = self._page, self._review
        fresh, _ = new_identifiers(page.inspection, review, self.text.toPlainText())
        if not fresh:
            return
        taken = [file.position or 0 for file in page.inspection.files_of(review)]
        first = max(taken, default=0) + 1
        records = {
            new_record(SampledFile.kind): {"review": review, "position": at, "file": name}
            for at, name in enumerate(fresh, first)
        }
        words = f"added {len(fresh)} files" if len(fresh) > 1 else "added a file"
        if page.write(
            review,
            lambda amends: page.workspace.put_many(page.inspection_id, records, words, amends),
        ):
            self.text.clear()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
