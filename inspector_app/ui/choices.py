"""Editors of a choice: a list that drops down, a check, the four results."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyleOptionComboBox, QWidget

from inspector_app.canonical import Value
from inspector_app.ui.buttons import ICON_GAP, Button, step_through
from inspector_app.ui.editors import Typing
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.icons import WORDS, icon, pixmap
from inspector_app.ui.theme import px, target
from inspector_app.ui.toggling import Toggling
from inspector_app.ui.unbound import kept_nowhere, mark_refused, taken_by_nobody

_MOVING = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
    | {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
"""Keys that would choose in a closed list, or that somebody presses to open it."""


_ARROW = 52
"""What the edges and the arrow of a closed list take."""


class ChoiceEditor(QComboBox):
    """One of several values; the first entry is none of them. Each arrow is a choice."""

    def __init__(self, choices: Sequence[tuple[str, str]], none: str = "Choose") -> None:
        super().__init__()
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self._none = none
        self._known: Any = ""
        self.set_choices(choices)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._chosen)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Values with their words."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self._none, "")
            for value, words in choices:
                self.addItem(words, value)
                self.setItemData(self.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self._show(self._known)

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: Any) -> None:
        self._known = value
        self._show(value)

    def _show(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(max(self.findData(str(value or "")), 0))
        self.setToolTip(self.currentText())

    def _chosen(self, at: int) -> None:
        self.setToolTip(self.currentText())
        before = self._known
        if self.on_commit(self.value()):
            self._known = self.value()
        else:
            self.set_value(before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; nobody's answer changes by it

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """A text that is too long for the closed list ends in an ellipsis, before the arrow."""
        super().initStyleOption(option)
        right, room = Qt.TextElideMode.ElideRight, self.width() - px(_ARROW)
        words: str = option.currentText
        option.currentText = self.fontMetrics().elidedText(words, right, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = px(16)
        painter = QPainter(self)
        at = QPoint(self.width() - size - px(8), (self.height() - size) // 2)
        painter.drawPixmap(at, pixmap("down", size))
        painter.end()


class FieldChoice(ChoiceEditor):
    """The value of a field. Keys on the closed list pass its entries, they do not choose.

    What is passed is kept as a text is: a draft within a second, one change by Enter, by leaving
    the field or after a rest. Esc goes back. WCAG 2.2, 3.2.2; and one undo step, not five.
    """

    _passing = _by_key = False

    def __init__(self, choices: Sequence[tuple[str, str]], none: str = "Choose") -> None:
        super().__init__(choices, none)
        self.typing = Typing(self)

    def text_here(self) -> str:
        """What somebody passes by keys, else what the log is known to say."""
        return self.value() if self._passing else self.typing.known

    def read(self, text: str) -> Value:
        return text

    def set_value(self, value: Any) -> None:
        """Show a value from the log; while somebody passes entries, only another one."""
        text = str(value or "")
        if not (self._passing and text == self.typing.known):
            self._passing = False
            self.typing.known = text
            super().set_value(text)

    def retype(self, text: str) -> None:
        """Show what was passed here earlier and is still only a draft."""
        if self.findData(text) > 0:  # nothing else is ever chosen here
            self._show(text)
            self._passing = True
        self.typing.resume()

    def is_dirty(self) -> bool:
        return self.typing.is_dirty()

    def flush(self) -> None:
        """Commit what was passed, now; what is not taken goes back, with its draft."""
        self.typing.flush()
        self._end_passing()

    def _end_passing(self) -> None:
        self._passing = False
        self.typing.keep_draft()
        self.set_value(self.typing.known)

    def refuse(self, words: str) -> None:
        mark_refused(self, words)

    def _chosen(self, at: int) -> None:
        self.setToolTip(self.currentText())
        self._passing = True
        if self._by_key:
            self.typing.typed()
        else:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_dirty() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
        elif self.is_dirty() and event.key() == Qt.Key.Key_Escape:
            self._end_passing()
        else:
            self._by_key = True
            super().keyPressEvent(event)
            self._by_key = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own list dropped down
            self.flush()


class ActChooser(ChoiceEditor):
    """A list in which a choice does something at once, such as linking it.

    Arrows and letters on the closed list open it, and only what is entered or clicked there counts:
    nothing that they pass on the way is done.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().strip() if event.text().isprintable() else ""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not (
            typed or event.key() in _MOVING
        ):
            super().keyPressEvent(event)
            return
        self.showPopup()
        first = max(self.currentIndex(), min(1, self.count() - 1))
        self.view().setCurrentIndex(self.model().index(first, 0))
        if typed:
            self.view().keyboardSearch(typed)


class CheckEditor(QCheckBox):
    """Yes or no."""

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("&", "&&"))
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self._toggling = Toggling(self)
        self.setAccessibleName(words)
        self.clicked.connect(self._pressed)

    def setChecked(self, on: bool) -> None:
        with self._toggling.known():
            super().setChecked(on)

    def nextCheckState(self) -> None:
        """Called by Qt for a click, and only for one."""
        with self._toggling.known():
            super().nextCheckState()

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    def is_dirty(self) -> bool:
        return False

    def flush(self) -> None:
        """A check is committed when it is made."""

    def refuse(self, words: str) -> None:
        mark_refused(self, words)

    def _pressed(self, on: bool) -> None:
        if not self.on_commit(on):
            self.set_value(not on)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(px(24) + words + px(4), max(target(28), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = px(16)
        painter = QPainter(self)
        symbol = "checked" if self.isChecked() else "unchecked"
        painter.drawPixmap(0, (self.height() - size) // 2, pixmap(symbol, size))
        text = self.text().replace("&&", "&")
        place = self.rect().adjusted(px(24), 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


RESULT_KEYS = {"met": "1", "not-met": "2", "not-applicable": "3", "could-not-assess": "4"}


class ResultButtons(QWidget):
    """The four results with their keys; a second press, or 0, takes the result back.

    The keys work wherever the focus is on `page`, except in text.
    """

    chosen = Signal(object)
    """The result that was pressed, or None."""

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self.setAccessibleName("Result")
        self._buttons: dict[str, Button] = {}
        self._flow = FlowLayout(self, gap=8)
        for result, key in RESULT_KEYS.items():
            self._flow.addWidget(self._button(result, key))
        if page is not None:
            for key in [*RESULT_KEYS.values(), "0"]:
                shortcut = QShortcut(QKeySequence(key), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda key=key: self.press(key))
                self.destroyed.connect(shortcut.deleteLater)

    def _button(self, result: str, key: str) -> Button:
        made = Button(WORDS[result], key)
        made.setObjectName("result")
        made.setProperty("result", result)
        made.setCheckable(True)
        made.setIcon(icon(result, gap=ICON_GAP))
        made.setToolTip(f"{WORDS[result]} ({key})")
        made.clicked.connect(lambda on: self._set(result if on else None))
        self._buttons[result] = made
        return made

    def press(self, key: str) -> None:
        """What a key does: 1 to 4 choose, 0 takes back."""
        if self.isEnabled() and self.isVisible():
            self._set(next((r for r, k in RESULT_KEYS.items() if k == key), None))

    def _set(self, result: str | None) -> None:
        before = self._known
        self.set_value(result)
        if self.on_commit(result or ""):
            self.chosen.emit(result)
        else:
            self.set_value(before)

    _known: str | None = None

    def value(self) -> str | None:
        return next((r for r, made in self._buttons.items() if made.isChecked()), None)

    def set_value(self, result: Any) -> None:
        self._known = result
        for name, made in self._buttons.items():
            with QSignalBlocker(made):
                made.setChecked(name == result)

    def is_dirty(self) -> bool:
        return False

    def flush(self) -> None:
        """A result is committed when it is pressed."""

    def refuse(self, words: str) -> None:
        mark_refused(self, words)

    def button(self, result: str) -> Button:
        return self._buttons[result]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """In one line the four share the width there is; where they do not fit, two by two."""
        buttons = list(self._buttons.values())
        natural = [made.minimumSizeHint().width() for made in buttons]
        spare = self.width() - sum(natural) - px(8) * 3
        half = (self.width() - px(8)) // 2
        for made, width in zip(buttons, natural, strict=True):
            made.setMinimumWidth(width + spare // 4 if spare >= 0 else max(half, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_through(list(self._buttons.values()), event):
            super().keyPressEvent(event)
