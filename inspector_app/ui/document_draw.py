"""Drawing the sample: what will happen in words before it does, and the draws that were made."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from inspector_app.errors import BadInput, UserError
from inspector_app.inspection import samples
from inspector_app.records import Draw
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.document_frame import files_in_words
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.kit import (
    bullets,
    column,
    emptied,
    field_row,
    holding,
    label,
    row,
    section,
    state_line,
)
from inspector_app.ui.page import Page, Told
from inspector_app.ui.theme import px
from inspector_app.ui.typed import read_count, short_moment
from inspector_app.workspace import frame_file, sampling
from inspector_app.workspace.summary import counted

RANDOM, ALL, JUDGMENT = "sha256-1", "all", "judgmental"
SAYS_NOTHING = "Judgmental: says nothing about the other files, and the report says so."
_SHOWN = 4
METHOD_WORDS = {RANDOM: "at random", ALL: "all of them", JUDGMENT: "chosen by judgment"}


class DrawPart(QWidget):
    """How many, by which method, why again; the button says what it does."""

    drawn = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._review = page, review
        self.method = Chips(_methods(0), name="Method")
        self.method.set_value(RANDOM)
        self.method.chosen.connect(lambda _: self.tell())
        self.number, self.reason, self.chosen = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.keep = CheckEditor("Keep the files that are here in the count")
        self.keep.clicked.connect(lambda _: self.tell())
        self.words, self.act = label("", "small"), button("", self.draw, style="primary")
        self.again = button("Draw another sample", self.open)
        self._unsent = Unsent(page, review, reason=self.reason, chosen=self.chosen)
        self._asked = self._unsent.found
        self._mark = state_line("caution", SAYS_NOTHING)
        self._build()
        self.refresh()

    def _build(self) -> None:
        self.number.setMaximumWidth(px(120))
        self.chosen.setPlaceholderText("Identifiers of the list, one a line")
        self.chosen.setTabChangesFocus(True)
        self.chosen.setFixedHeight(px(96))
        for editor in (self.number, self.reason):
            editor.textEdited.connect(lambda _: self.tell())
            editor.returnPressed.connect(self.draw)
        self.chosen.textChanged.connect(self.tell)
        self._size_row = field_row("How many", self.number)
        self._chosen_row = field_row("Files", self.chosen)
        self._reason_row = field_row("Reason", self.reason)
        rows = (self._size_row, self._chosen_row, self._mark, self._reason_row, self.keep)
        self._form = holding(
            column(section("Sample"), self.method, *rows, self.words, row(self.act, 1), gap=10)
        )
        self.setLayout(column(self._form, row(self.again, 1), gap=0))

    def open(self) -> None:
        """Show what a further draw needs."""
        self._asked = True
        self.refresh()
        self.number.setFocus()
        self.number.selectAll()

    def refresh(self) -> None:
        """Follow the list and what was drawn; what is typed stays."""
        frame = len(samples.frame_of(self._page.inspection, self._review))
        self.method.set_choices(_methods(frame))
        drawn = bool(samples.draws_of(self._page.inspection, self._review))
        self._form.setVisible(self._asked or not drawn)
        self.again.setVisible(drawn and not self._asked)
        if not self.number.isModified():
            self.number.setText(str(sampling.usual_size(frame)))
        self.tell()

    def tell(self) -> None:
        """Say what the button will do, or what is missing before it can."""
        method, inspection = self.method.value(), self._page.inspection
        files = inspection.files_of(self._review)
        again = bool(files or samples.draws_of(inspection, self._review))
        self._size_row.setVisible(method == RANDOM)
        self._chosen_row.setVisible(method == JUDGMENT)
        self._mark.setVisible(method == JUDGMENT)
        self._reason_row.setVisible(again or method == JUDGMENT)
        self.keep.setVisible(bool(files))
        try:
            number, what = self._what()
        except BadInput as error:
            self.words.setText(" ".join([error.message, *error.details[:_SHOWN]]))
            self.act.setEnabled(False)
            self._name_act("Draw files")
            return
        self._name_act(f"{'Take' if method != RANDOM else 'Draw'} {files_in_words(number)}")
        self.act.setEnabled(True)
        self.words.setText(" ".join([what, *self._before()]))

    def _name_act(self, words: str) -> None:
        self.act.setText(words)
        self.act.setAccessibleName(words)

    def _what(self) -> tuple[int, str]:
        """How many files it will be, and which, in a sentence. BadInput while it cannot be."""
        frame = samples.frame_of(self._page.inspection, self._review)
        method, most = self.method.value(), min(len(frame), sampling.MOST_FILES)
        if method == JUDGMENT:
            number = len(self._places())
            return number, f"{files_in_words(number)} of the list, chosen by you."
        size = len(frame) if method == ALL else read_count(self.number.text())
        if not 1 <= size <= most:
            raise BadInput(f"A sample of this list has between 1 and {files_in_words(most)}.")
        if method == ALL:
            return size, f"All {files_in_words(size)} of the list will be examined."
        number = len(samples.draws_of(self._page.inspection, self._review)) + 1
        return size, (
            f"{size:,} of {files_in_words(len(frame))}, by method sha256-1, draw {number}: the "
            "list and the id of this inspection decide which, and whoever has both can draw them "
            "again."
        )

    def _places(self) -> list[int]:
        frame = samples.frame_of(self._page.inspection, self._review)
        if not self.chosen.toPlainText().strip():
            raise BadInput("Type or paste the identifiers of the files that you choose.")
        return sampling.places_of(frame, frame_file.frame_of_text(self.chosen.toPlainText()))

    def _before(self) -> list[str]:
        """What becomes of the files that are here already."""
        inspection = self._page.inspection
        files = inspection.files_of(self._review)
        if not files:
            return []
        if self.keep.value():
            return [f"The {files_in_words(len(files))} that are here go on counting."]
        begun = sum(bool(file.results) for file in files)
        return [
            f"The {files_in_words(len(files))} that are here no longer count, {begun or 'none'} of "
            "them begun; they stay in the history, the report says so, and a file that is drawn "
            "again keeps its results. It needs a reason."
        ]

    def draw(self) -> None:
        """Do it; what is missing is told in the strip and nothing is drawn."""
        page, review = self._page, self._review

        def write(amends: str) -> None:
            how: dict[str, Any] = {
                "reason": self.reason.text(),
                "keep": self.keep.value(),
                "amends": amends,
            }
            given = (page.workspace, page.inspection_id, review)
            if self.method.value() == JUDGMENT:
                sampling.choose(*given, self._places(), **how)
            elif self.method.value() == ALL:
                sampling.draw_all(*given, **how)
            else:
                sampling.draw(*given, read_count(self.number.text()), **how)
            self._forget()

        if page.write(review, write):
            files = page.inspection.files_of(review)
            page.message.emit(f"{files_in_words(len(files))} in the sample")
            self.drawn.emit()

    def _forget(self) -> None:
        self._asked = False
        self.reason.clear()
        self.chosen.clear()
        self.number.setModified(False)
        self.keep.set_value(False)
        self._unsent.keep()


def _methods(frame: int) -> Sequence[tuple[str, str]]:
    return (
        (RANDOM, "At random"),
        (ALL, f"All {files_in_words(frame)}"),
        (JUDGMENT, "Chosen by judgment"),
    )


class DrawsPart(QWidget):
    """The draws so far, each with what is needed to draw it again; a button does so."""

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._review = page, review
        self._lines, self._found = column(gap=12), column(gap=6)
        self.again = button("Check the draws", self.draw_again)
        self.again.setToolTip("Draws everything again from list and seed, and compares")
        head = section("Draws so far", "", self.again)
        box = column(head, gap=10)
        box.addLayout(self._lines)
        box.addLayout(self._found)
        self.setLayout(box)
        self.refresh()

    def refresh(self) -> None:
        """Show the draws as they are now."""
        draws = samples.draws_of(self._page.inspection, self._review)
        emptied(self._lines)
        emptied(self._found)
        for draw in draws:
            if ConflictCard.needed(self._page, draw.id):
                self._lines.addWidget(ConflictCard(self._page, draw.id))
            else:
                self._lines.addWidget(self._line(draw))

    def _line(self, draw: Draw) -> QWidget:
        at = f", {short_moment(draw.drawn)}" if draw.drawn else ""
        how = METHOD_WORDS.get(draw.method or "", "in a way that is not known")
        number, frame = draw.size or 0, draw.frame_size or 0
        parts: list[QLabel] = [
            label(f"Draw {draw.number or 0}{at}: {number:,} of {frame:,}, {how}", "strong")
        ]
        if draw.reason:
            parts.append(label(f"Reason: {draw.reason}", "small"))
        if draw.seed:
            seed = label(f"Seed {draw.seed}", "muted")
            parts.append(seed)
        if draw.method == JUDGMENT:
            parts.append(label(SAYS_NOTHING, "muted"))
        return holding(column(*parts, gap=2))

    def draw_again(self) -> None:
        """Draw everything again from list and seed, and say whether it comes out the same."""
        emptied(self._found)
        try:
            found = samples.redraw(self._page.inspection, self._review)
        except UserError as error:
            self._page.told.emit(Told(error))
            return
        different = [one for one in found if not one.equal]
        if not different:
            many = counted(len(found), "draw", "draws")
            words = f"Drawn again: {many}, and every file comes out the same."
            self._found.addWidget(state_line("check", words))
        for one in different:
            words = f"Draw {one.draw.number} does not come out the same:"
            self._found.addWidget(state_line("problem", words))
            self._found.addWidget(bullets(one.faults[:10]))
