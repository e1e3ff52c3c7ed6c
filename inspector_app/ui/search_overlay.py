"""A line with a list below it, over the window: the palette and the search are two of them.

It is not modal: every key of the window still works, and it goes away when the focus does, when
somebody presses Esc or clicks beside it. Then the focus is back where it was.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget
from shiboken6 import isValid

from inspector_app.ui.buttons import icon_button
from inspector_app.ui.kit import column, hairline, holding, label, row, symbol
from inspector_app.ui.search_list import FoundList
from inspector_app.ui.theme import px

_TOP, _BESIDE = 52, 24


class Overlay(QFrame):
    """A box at the head of its host, in the middle, as high as its list needs.

    Whoever makes a kind of it writes `look` (the words are different) and `enter` (a row was
    chosen).
    """

    shut = Signal()
    """It is put away; the focus is where it was, if that is still there."""

    def __init__(self, host: QWidget, name: str, hint: str, width: int, height: int) -> None:
        super().__init__(host)
        self._host = host
        self._most = px(width), px(height)
        self._before: QWidget | None = None
        self.setObjectName("box")
        self.setAccessibleName(name)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.list = FoundList(f"{name}: what fits")
        self.foot = label("", "muted")
        self._lay_out()
        self.hide()
        self.line.textChanged.connect(lambda _: self.look())
        self.list.entered.connect(self.enter)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._announce())
        self.line.installEventFilter(self)
        host.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def _lay_out(self) -> None:
        close = icon_button("Close", "close", self.shut_down, "Esc")
        head = row(symbol("search"), self.line, close, gap=10)
        head.setContentsMargins(px(14), px(10), px(10), px(10))
        foot = row(self.foot)
        foot.setContentsMargins(px(14), px(7), px(14), px(8))
        self._around = holding(head), holding(foot)
        box = column(self._around[0], hairline(), gap=0)
        box.addWidget(self.list, 1)
        box.addWidget(hairline())
        box.addWidget(self._around[1])
        box.setContentsMargins(1, 1, 1, 1)
        self.setLayout(box)

    # -- what a kind of it does --------------------------------------------------------------

    def look(self) -> None:
        """Show what fits the words in the line."""

    def enter(self, at: int) -> None:
        """Go where this row of the list leads."""

    # -- opening and closing -----------------------------------------------------------------

    def open(self, words: str | None = None) -> None:
        """Show it with these words, or the ones of last time, which typing replaces."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        if words is not None:
            self.line.setText(words)
        self.look()
        self.fit()
        self.show()
        self.raise_()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut_down(self) -> None:
        """Put it away; the focus is again where it was."""
        if not self.isVisible():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._host)
        before, self._before = self._before, None
        self.hide()
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shut.emit()

    def before(self) -> QWidget | None:
        """What had the focus when it was opened."""
        there = self._before is not None and isValid(self._before)
        return self._before if there else None

    def fit(self) -> None:
        """As high as the list needs, as far as there is room."""
        width = min(self._most[0], self._host.width() - 2 * px(_BESIDE))
        self.list.resize(width - 2, self.list.height())
        around = sum(_height(part, width - 2) for part in self._around) + 4
        room = self._host.height() - px(_TOP) - px(_BESIDE)
        most = min(self._most[1], room)
        height = min(around + self.list.height_up_to(most) + px(4), most)
        self.setGeometry((self._host.width() - width) // 2, px(_TOP), width, height)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if isValid(self) and self.isVisible() and new is not None and not self.isAncestorOf(new):
            self.shut_down()

    def _announce(self) -> None:
        """A screen reader hears the current row, though the focus stays in the line."""
        at = self.list.current()
        if at is not None and self.isVisible():
            said = QAccessibleAnnouncementEvent(self.line, self.list.rows()[at].words)
            QAccessible.updateAccessibility(said)

    # -- keys and clicks ---------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self):
            return False
        if watched is self._host and self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self.fit()
            elif event.type() == QEvent.Type.MouseButtonPress:  # beside the box, and nobody's
                self.shut_down()
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # not a page's own Esc
            return event.type() == QEvent.Type.KeyPress and self._took(event)
        return False

    def _took(self, event: QKeyEvent) -> bool:
        page = self.list.page_rows()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.list.current()
            if at is not None:
                self.enter(at)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut_down()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the box is nobody else's."""


def _height(part: QWidget, width: int) -> int:
    """How high a part is that may have to break its words."""
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
