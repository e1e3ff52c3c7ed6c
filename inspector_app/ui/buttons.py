"""Buttons: plain, with a key cap, as chips with counts, and as one choice of several."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.icons import icon
from inspector_app.ui.theme import active, font, px, target
from inspector_app.ui.toggling import Toggling
from inspector_app.ui.unbound import kept_nowhere, mark_refused, taken_by_nobody

if TYPE_CHECKING:
    from inspector_app.canonical import Value

ICON_GAP = 5
CAP_GAP = 10


class Button(QPushButton):
    """A button that shows its key in a hairline box, and a count in quieter figures."""

    def __init__(self, text: str, cap: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._cap = cap
        self._toggling = Toggling(self)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setIconSize(QSize(px(16 + ICON_GAP), px(16)))

    def setChecked(self, on: bool) -> None:
        with self._toggling.known():
            super().setChecked(on)

    def nextCheckState(self) -> None:
        """Called by Qt for a click, and only for one."""
        with self._toggling.known():
            super().nextCheckState()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap_width() + self._growth(), hint.height())

    def _growth(self) -> int:
        """What a checked button's heavier letters take more, so that checking moves nothing."""
        if not self.isCheckable():
            return 0
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        words = self.text().replace("&&", "&")
        usual = QFontMetrics(self.font()).horizontalAdvance(words)
        return max(0, QFontMetrics(heavy).horizontalAdvance(words) - usual) + 2

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._cap:
            super().paintEvent(event)
            return
        from inspector_app.ui.caps import paint_with_cap

        paint_with_cap(self, self._cap, self._cap_width())

    def _cap_width(self) -> int:
        if not self._cap:
            return 0
        return QFontMetrics(font(12)).horizontalAdvance(self._cap) + px(12 + CAP_GAP)


def button(
    text: str,
    act: Callable[[], object],
    *,
    style: str = "",
    symbol: str | None = None,
    key: str | None = None,
    cap: str = "",
) -> Button:
    """A button that says what it does; its key works while the button is to be seen.

    `cap`: a key that works anyway and is only shown here. `style`: "primary" (one a page), "link",
    "quiet" or nothing.
    """
    made = Button(text, key or cap)
    made.setObjectName(style)
    made.clicked.connect(lambda: act())
    if symbol:
        colors = {"primary": active().on_accent, "link": active().accent}
        made.setIcon(icon(symbol, colors.get(style), gap=ICON_GAP))
    if key:
        # not setShortcut: that presses the button for a tenth of a second before it acts
        QShortcut(QKeySequence(key), made).activated.connect(made.click)
    if key or cap:
        made.setToolTip(f"{text} ({key or cap})")
    if style == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def icon_button(words: str, symbol: str, act: Callable[[], object], key: str = "") -> Button:
    """One of the few buttons without a word: back, lock, close. The words are its name."""
    made = Button("")
    made.setObjectName("quiet")
    made.setIcon(icon(symbol))
    made.setIconSize(QSize(px(16), px(16)))
    made.setAccessibleName(words)
    made.setToolTip(f"{words} ({key})" if key else words)
    made.setFixedWidth(target(32))
    made.clicked.connect(lambda: act())
    return made


class Chips(QWidget):
    """Chips of which one is chosen (a filter), or any number (`several`, such as parties).

    As an editor of one choice it holds the value of the chosen chip, "" when there is none.
    """

    chosen = Signal(str)
    """The value of the chip that was pressed."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        several: bool = False,
        may_be_none: bool = False,
        name: str = "",
        style: str = "chip",
    ) -> None:
        super().__init__()
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self._several = several
        self._may_be_none = may_be_none
        self._style = style
        self._buttons: dict[str, Button] = {}
        self._flow = FlowLayout(self, gap=8 if style == "chip" else 0)
        self.setAccessibleName(name)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Chips with these values and words; words may end in a count."""
        if list(self._buttons) == [value for value, _ in choices]:
            for value, words in choices:
                self._buttons[value].setText(words.replace("&", "&&"))
                self._buttons[value].setAccessibleName(words)
            self._flow.invalidate()
            return
        self._flow.empty()
        self._buttons = {value: self._button(value, words) for value, words in choices}

    def _button(self, value: str, words: str) -> Button:
        made = Button(words)
        made.setObjectName(self._style)
        made.setCheckable(True)
        made.clicked.connect(lambda on: self._pressed(value, on))
        self._flow.addWidget(made)
        return made

    def _pressed(self, value: str, on: bool) -> None:
        if self._several:
            self.chosen.emit(value)
            return
        now = value if on or not self._may_be_none else ""
        self._check({now})
        self.chosen.emit(now)
        self.on_commit(now)

    def value(self) -> str:
        return next(iter(self.values()), "")

    def values(self) -> list[str]:
        """Every chosen chip."""
        return [value for value, made in self._buttons.items() if made.isChecked()]

    def set_value(self, value: Any) -> None:
        self._check({str(value)} if value is not None else set())

    def set_values(self, values: Sequence[str]) -> None:
        self._check(set(values))

    def is_dirty(self) -> bool:
        return False

    def flush(self) -> None:
        """A chip is committed when it is pressed."""

    def refuse(self, words: str) -> None:
        mark_refused(self, words)

    def chip(self, value: str) -> QAbstractButton:
        return self._buttons[value]

    def _check(self, values: set[str]) -> None:
        for value, made in self._buttons.items():
            with QSignalBlocker(made):
                made.setChecked(value in values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_through(list(self._buttons.values()), event):
            super().keyPressEvent(event)


def step_through(buttons: Sequence[QAbstractButton], event: QKeyEvent) -> bool:
    """Arrow keys go from button to button of a group; whether this was such a key."""
    steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
    step = steps.get(Qt.Key(event.key()))
    at = next((i for i, made in enumerate(buttons) if made.hasFocus()), None)
    if step is None or at is None:
        return False
    buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
    return True
