"""Editors: they show a value and say when a person changed it. They hold no truth.

While somebody types, `set_value` waits: the caret never jumps. `drafted` comes a second after the
last key, `committed` on leaving the field, after 15 seconds of rest, or on `flush`.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from inspector_app.ui.icons import WORDS, icon
from inspector_app.ui.kit import key_cap

DRAFT_AFTER = 1_000
COMMIT_AFTER = 15_000


class _Typing:
    """The two clocks of a text editor."""

    def __init__(self, editor: "TextEditor | LineEditor") -> None:
        self.draft = QTimer(editor)
        self.draft.setSingleShot(True)
        self.draft.setInterval(DRAFT_AFTER)
        self.draft.timeout.connect(lambda: editor.drafted.emit(editor.value()))
        self.rest = QTimer(editor)
        self.rest.setSingleShot(True)
        self.rest.setInterval(COMMIT_AFTER)
        self.rest.timeout.connect(editor.flush)

    def typed(self) -> None:
        self.draft.start()
        self.rest.start()

    def stop(self) -> None:
        self.draft.stop()
        self.rest.stop()


class TextEditor(QPlainTextEdit):
    """Several lines of text, from three lines to twelve, then it scrolls."""

    drafted = Signal(object)
    committed = Signal(object)

    def __init__(self, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self._known = ""
        self._lines = lines
        self._typing = _Typing(self)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._typed)
        self._fit()

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: Any) -> None:
        """Show a value from the log, unless somebody is typing here."""
        if self.is_dirty():
            return
        self._known = str(value or "")
        if self.toPlainText() != self._known:
            with QSignalBlocker(self):
                self.setPlainText(self._known)
        self._fit()

    def is_dirty(self) -> bool:
        return self.toPlainText() != self._known

    def flush(self) -> None:
        """Commit what was typed, now."""
        self._typing.stop()
        if self.is_dirty():
            self._known = self.toPlainText()
            self.committed.emit(self._known)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def _typed(self) -> None:
        self._fit()
        self._typing.typed()

    def _fit(self) -> None:
        shown = min(max(self.document().size().height(), self._lines), 12)
        self.setFixedHeight(round(shown * self.fontMetrics().lineSpacing()) + 18)


class LineEditor(QLineEdit):
    """One line of text."""

    drafted = Signal(object)
    committed = Signal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._known = ""
        self._typing = _Typing(self)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _: self._typing.typed())
        self.returnPressed.connect(self.flush)

    def value(self) -> str:
        return self.text()

    def set_value(self, value: Any) -> None:
        """Show a value from the log, unless somebody is typing here."""
        if self.is_dirty():
            return
        self._known = str(value if value is not None else "")
        if self.text() != self._known:
            with QSignalBlocker(self):
                self.setText(self._known)
            self.setCursorPosition(0)

    def is_dirty(self) -> bool:
        return self.text() != self._known

    def mark_invalid(self, words: str) -> None:
        """Show that the value was not taken, and why; empty words take that back."""
        self.setProperty("invalid", "true" if words else "false")
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.style().polish(self)

    def flush(self) -> None:
        """Commit what was typed, now."""
        self._typing.stop()
        if self.is_dirty():
            self._known = self.text()
            self.committed.emit(self._known)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()


class ChoiceEditor(QComboBox):
    """One of several values; the first entry is none of them."""

    drafted = Signal(object)
    committed = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]], none: str = "Choose") -> None:
        super().__init__()
        self.addItem(none, "")
        for value, words in choices:
            self.addItem(words, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.committed.emit(self.value()))

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(max(self.findData(str(value or "")), 0))

    def is_dirty(self) -> bool:
        return False

    def flush(self) -> None:
        """A choice is committed when it is made."""


class CheckEditor(QCheckBox):
    """Yes or no."""

    drafted = Signal(object)
    committed = Signal(object)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(lambda on: self.committed.emit(bool(on)))

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    def is_dirty(self) -> bool:
        return False

    def flush(self) -> None:
        """A check is committed when it is made."""


Editor = TextEditor | LineEditor | ChoiceEditor | CheckEditor

_KEYS = {"met": "1", "not-met": "2", "not-applicable": "3", "could-not-assess": "4"}


class ResultButtons(QWidget):
    """The four results as buttons with their keys; a second press takes the result back."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, QPushButton] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for result, key in _KEYS.items():
            box.addWidget(self._button(result, key), len(WORDS[result]) + 8)

    def _button(self, result: str, key: str) -> QPushButton:
        made = QPushButton(WORDS[result])
        made.setObjectName("result")
        made.setProperty("result", result)
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setIcon(icon(result))
        made.setToolTip(f"{WORDS[result]} ({key})")
        made.clicked.connect(lambda on: self.chosen.emit(result if on else None))
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addStretch(1)
        cap = key_cap(key)
        cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(cap)
        self._group.addButton(made)
        self._buttons[result] = made
        return made

    def value(self) -> str | None:
        return next((r for r, made in self._buttons.items() if made.isChecked()), None)

    def set_value(self, result: str | None) -> None:
        for name, made in self._buttons.items():
            with QSignalBlocker(made):
                made.setChecked(name == result)

    def button(self, result: str) -> QPushButton:
        return self._buttons[result]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps:
            buttons = list(self._buttons.values())
            at = next((i for i, made in enumerate(buttons) if made.hasFocus()), 0)
            buttons[(at + steps[Qt.Key(event.key())]) % len(buttons)].setFocus()
            return
        super().keyPressEvent(event)
