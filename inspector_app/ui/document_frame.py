"""The list of all files of a review: pasted or imported, counted while it is typed, kept, shown."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from inspector_app.errors import BadInput
from inspector_app.inspection import samples
from inspector_app.records import Frame
from inspector_app.ui.buttons import button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.document_import import ColumnChooser
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.kit import (
    column,
    emptied,
    field_row,
    framed,
    holding,
    label,
    live,
    row,
    section,
)
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px
from inspector_app.workspace import frame_file, sampling
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.conflicts import Alternative

_SOON = 80
"""Milliseconds after a key until the list is counted: it may have a hundred thousand lines."""
_SHOWN = 4


def files_in_words(number: int) -> str:
    """`1 file`, `1,204 files`."""
    return f"{number:,} {'file' if number == 1 else 'files'}"


class FramePart(QWidget):
    """Shows the list that is kept, or a place to paste one."""

    kept = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._review = page, review
        self.entry = FrameEntry(page, review)
        self.entry.taken.connect(self._keep)
        self.entry.closed.connect(self._close_entry)
        self._count, self._source = live(""), label("", "muted")
        self._show = button("Show the list", self._toggle)
        self.replace = button("Replace the list", self._open_entry)
        self._list = QPlainTextEdit()
        self._list.setReadOnly(True)
        self._list.setTabChangesFocus(True)
        self._list.setAccessibleName("All files, with their places in the list")
        self._list.setFixedHeight(px(200))
        self._list.hide()
        facts = row(self._count, self._source, self._show, self.replace, gap=10)
        facts.setStretch(1, 1)
        self._facts = holding(facts)
        self._conflict = column(gap=8)
        box = column(section("List of all files"), self._facts, self._list, self.entry, gap=8)
        box.addLayout(self._conflict)
        self.setLayout(box)
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it is kept now; what is being typed stays."""
        frame = samples.frame_of(self._page.inspection, self._review)
        record = samples.frame_record(self._review)
        kept = self._page.inspection.get(Frame, record)
        disputed = ConflictCard.needed(self._page, record)
        self._count.setText(files_in_words(len(frame)))
        source = kept.source if kept else ""
        self._source.setText(source)
        self._facts.setVisible(bool(frame) and not disputed)
        self.entry.setVisible((not frame or self.entry.replacing) and not disputed)
        self._list.setVisible(bool(frame) and self._list.isVisibleTo(self) and not disputed)
        if self._list.isVisibleTo(self):
            self._fill_list(frame)
        emptied(self._conflict)
        if disputed:
            self._conflict.addWidget(ListConflict(self._page, record))

    def _keep(self, identifiers: tuple[str, ...], source: str) -> None:
        page, review = self._page, self._review

        def write(amends: str) -> None:
            sampling.set_frame(
                page.workspace, page.inspection_id, review, identifiers, source, amends
            )
            self.entry.empty()

        if page.write(review, write):
            page.message.emit(f"List of {files_in_words(len(identifiers))} kept")
            self.refresh()
            self.kept.emit()

    def _open_entry(self) -> None:
        self.entry.replacing = True
        self.entry.show()
        self.entry.text.setFocus()

    def _close_entry(self) -> None:
        self.entry.empty()
        self.refresh()
        self.replace.setFocus()

    def _toggle(self) -> None:
        there = not self._list.isVisibleTo(self)
        self._list.setVisible(there)
        self._show.setText("Hide the list" if there else "Show the list")
        self._show.setAccessibleName(self._show.text())
        if there:
            self._fill_list(samples.frame_of(self._page.inspection, self._review))

    def _fill_list(self, frame: tuple[str, ...]) -> None:
        text = "\n".join(f"{place}\t{name}" for place, name in enumerate(frame, 1))
        if self._list.toPlainText() != text:
            self._list.setPlainText(text)


class ListConflict(ConflictCard):
    """Two people gave different lists: how long each is, not all that stands in it."""

    def _side(self, side: "Alternative") -> QFrame:
        values = {
            field: files_in_words(len(str(value).split("\n")))
            if field == "identifiers" and value
            else value
            for field, value in side.values.items()
        }
        return super()._side(replace(side, values=values))


class FrameEntry(QFrame):
    """A place to paste the list or to import it; it says what is wrong while one types."""

    taken = Signal(object, str)
    """The identifiers, and where they come from."""
    closed = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self.text = QPlainTextEdit()  # of no record: nothing of it is kept until it is taken
        self.text.setPlaceholderText("Paste one identifier a line, as the agency numbers its files")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(132))
        self.source = QLineEdit()
        self.source.setPlaceholderText("Booking log of the jail, printed March 9")
        self._count, self._faults = live(""), label("", "refused")
        self.keep = button("Keep this list", self.take, cap="Ctrl+Enter")
        self.chooser = ColumnChooser(page)
        self.chooser.read.connect(self._imported)
        self._close = button("Close", self.closed.emit, cap="Esc")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.count)
        self.text.textChanged.connect(self._soon.start)
        self._unsent = Unsent(page, review, list=self.text, source=self.source)
        self.replacing = self._unsent.found
        self._build()
        self.count()

    def _build(self) -> None:
        acts = row(self.keep, self.chooser.ask, self._close, 1, self._count, gap=8)
        box = column(
            field_row("All files", self.text, "one identifier a line"),
            self._faults,
            self.chooser,
            field_row("Where the list comes from", self.source),
            acts,
            gap=8,
        )
        self.setLayout(column(framed(box, "box")))

    def empty(self) -> None:
        """Forget what was typed."""
        self.replacing = False
        self.text.clear()
        self.source.clear()
        self.chooser.forget()
        self._unsent.keep()
        self.count()

    def count(self) -> None:
        """Say how many files there are, or what is wrong and in which lines."""
        self._soon.stop()
        self._close.setVisible(self.replacing)
        self.keep.setEnabled(False)
        self._faults.hide()
        if not self.text.toPlainText().strip():
            self._count.setText("0 files")
            return
        try:
            found = frame_file.frame_of_text(self.text.toPlainText())
        except BadInput as error:
            self._tell(self._faults, error)
            self._count.setText("not a list yet")
            return
        self._count.setText(files_in_words(len(found)))
        self.keep.setEnabled(True)

    @staticmethod
    def _tell(there: QLabel, error: BadInput) -> None:
        more = len(error.details) - _SHOWN
        lines = [
            *error.details[:_SHOWN],
            *([f"And {counted(more, 'line', 'lines')} more."] * (more > 0)),
        ]
        there.setText(" ".join(lines) or error.message)
        there.show()

    def take(self) -> None:
        """Hand the list on, if it is one."""
        self.count()
        if self.keep.isEnabled():
            found = frame_file.frame_of_text(self.text.toPlainText())
            self.taken.emit(found, self.source.text())

    def _imported(self, identifiers: tuple[str, ...], source: str) -> None:
        self.text.setPlainText("\n".join(identifiers))
        if not self.source.text().strip():
            self.source.setText(source)
        self.count()
        self.keep.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.take()
        elif event.key() == Qt.Key.Key_Escape and self.replacing:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
