"""Beside the grid: the file of the current row, how it came into the sample, and replacing it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.records import Draw, SampledFile
from inspector_app.rules.sampling import RANDOM
from inspector_app.ui.buttons import button
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import column, emptied, field_row, holding, label, row, section
from inspector_app.ui.page import Page, RecordFields

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection

_BY_HAND = (
    ("file", "Identifier"),
    ("replaces_file", "In place of"),
    ("replaced_reason", "Why that one was replaced"),
)


def origin(inspection: "Inspection", file: SampledFile) -> list[str]:
    """How a file came into the sample, and whether it still counts; a sentence each."""
    drawn = inspection.get(Draw, file.draw)
    said: list[str] = []
    if drawn is not None:
        how = "Chosen by judgment" if drawn.method == "judgmental" else "Drawn"
        frame = f" of {drawn.frame_size:,}" if drawn.frame_size else ""
        said.append(f"{how}: place {file.place or 0:,}{frame} in the list, draw {drawn.number}.")
    if drawn is not None and file.replaces_file:
        said.append(f"In place of {file.replaces_file}: {file.replaced_reason or 'no reason'}.")
    if file.aside:
        by = inspection.get(Draw, file.aside)
        words = f"draw {by.number} took its place" if by else "another file took its place"
        said.append(f"It no longer counts: {words}. What was examined stays here.")
    return said


class FilePart(QWidget):
    """Follows the file; made anew only when it is another one, or is drawn or replaced."""

    replaced = Signal(str)
    """The record of the file that took the place of the shown one."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._fields: RecordFields | None = None
        self._shown: tuple[str, ...] = ()
        self.replacing: Replacing | None = None
        self._box = column(gap=8, margins=16)
        self.setLayout(self._box)

    def show_file(self, file: SampledFile, *, now: bool) -> None:
        """Show a file. Not `now`: its editors are made when somebody rests on it."""
        told: tuple[str, ...] = (file.id, file.draw, file.aside)
        if file.draw:
            told += (file.file, file.replaces_file, file.replaced_reason)
        if told == self._shown:
            return
        if self._shown:
            self.release()
        if now:
            self._shown = told
            self._fill(file)

    def release(self) -> None:
        """Commit what was typed here and let the editors go."""
        self._shown = ()
        self.replacing = None
        if self._fields is not None:
            self._fields.release()
            self._fields = None
        self.setEnabled(False)

    def replace_asked(self) -> None:
        """Ask why the file is replaced, if it can be."""
        if self.replacing is not None:
            self.replacing.open()
        else:
            self._page.message.emit("Only a file that was drawn at random has a next one")

    def _fill(self, file: SampledFile) -> None:
        emptied(self._box)
        self.setEnabled(True)
        self._fields = RecordFields(self._page, file.id)
        self._box.addWidget(section(f"File {file.position or 0:02}", "", self._removal(file.id)))
        if file.draw:
            self._box.addWidget(label(file.file, "strong"))
            for sentence in origin(self._page.inspection, file):
                self._box.addWidget(label(sentence, "muted"))
            drawn = self._page.inspection.get(Draw, file.draw)
            if drawn is not None and drawn.method == RANDOM and not file.aside:
                self.replacing = Replacing(self._page, file)
                self.replacing.done.connect(self.replaced)
                self._box.addWidget(self.replacing)
        else:
            for field, words in _BY_HAND:
                editor = self._fields.bind(field, LineEditor())
                self._box.addWidget(field_row(words, editor))
        note = self._fields.bind("note", TextEditor(2, "What is true of the whole file"))
        self._box.addWidget(field_row("Note for this file", note))

    def _removal(self, file: str) -> QWidget:
        page = self._page

        def remove() -> None:
            page.write(file, lambda amends: page.workspace.remove(page.inspection_id, file, amends))

        return button("Remove file", remove, style="link")


class Replacing(QWidget):
    """A button that asks for the reason, then takes the next file of the draw's order."""

    done = Signal(str)

    def __init__(self, page: Page, file: SampledFile) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._file = page, file.id
        self._ask = button("Replace this file", self.open, cap="Ctrl+R")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Sealed by a court")
        self.reason.returnPressed.connect(self.act)
        self._act = button("Replace", self.act, cap="Enter")
        told = "The next file of the draw takes its place. This one stays in the history."
        acts = row(self._act, button("Close", self.close_panel, cap="Esc"), 1)
        self._panel = holding(
            column(field_row("Why it cannot be examined", self.reason), label(told, "muted"), acts)
        )
        self.setLayout(column(row(self._ask, 1), self._panel))
        field = f"replacing {file.id}"
        self._unsent = Unsent(page, file.review, **{field: self.reason})
        self._panel.setVisible(self._unsent.found)
        self._ask.setVisible(not self._unsent.found)

    def open(self) -> None:
        """Ask for the reason."""
        self._ask.hide()
        self._panel.show()
        self.reason.setFocus()

    def close_panel(self) -> None:
        """Replace nothing."""
        self._panel.hide()
        self._ask.show()
        self.reason.clear()
        self._unsent.keep()
        self.done.emit("")

    def act(self) -> None:
        """Replace it; without a reason the strip says so and nothing is done."""
        from inspector_app.workspace import sampling

        page, file, reason = self._page, self._file, self.reason.text()
        made: list[str] = []

        def write(amends: str) -> None:
            commit = sampling.replace(page.workspace, page.inspection_id, file, reason, amends)
            made.append(commit.record)

        if page.write(file, write) and made:
            self.reason.clear()
            self._unsent.keep()
            self.done.emit(made[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel.isVisible():
            self.close_panel()
        else:
            super().keyPressEvent(event)
