"""A page of the agreement as text: for a screen reader, and to select with the keyboard."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from inspector_app.ui.agreement_text import Span
from inspector_app.ui.theme import active


class PageWords(QPlainTextEdit):
    """Read only. What is selected here is told as a span of the page's text."""

    selected = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setPlaceholderText("This page is a picture; it has no text.")
        self.selectionChanged.connect(self._tell)

    def show_page(self, name: str, text: str, marked: Span | None) -> None:
        """Another page, with its name for a screen reader; the caret is at what is cited."""
        self.setAccessibleName(name)
        with QSignalBlocker(self):
            self.setPlainText(text)
        self.setExtraSelections([self._marking(marked)] if marked else [])
        caret = self.textCursor()
        caret.setPosition(marked[0] if marked else 0)
        self.setTextCursor(caret)
        self.centerCursor()

    def _marking(self, span: Span) -> QTextEdit.ExtraSelection:
        """The clause's own mark; in high contrast a line below it."""
        theme = active()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.mark))
        if theme.mark_line != theme.mark:
            look.setFontUnderline(True)
            look.setUnderlineColor(QColor(theme.mark_line))
        marking = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        marking.cursor, marking.format = cursor, look
        return marking

    def _tell(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            self.selected.emit(cursor.selectionStart(), cursor.selectionEnd())
