"""The right side: what belongs to the thing in focus. A drawer where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inspector_app.ui.buttons import icon_button
from inspector_app.ui.focus import SCROLLED
from inspector_app.ui.kit import column, holding, key_cap, label, row
from inspector_app.ui.theme import px

LEAST, MOST = 264, 320


class SidePanel(QFrame):
    """Shows the widget a page gives it; keeps none of its own but the list of keys."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidepanel")
        self.setAccessibleName("Details")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = icon_button("Close", "close", self.closed.emit, "Esc")
        self._head = holding(row(1, self._close, margins=4))
        box = column(self._head, self._area, gap=0)
        box.setContentsMargins(1, 0, 0, 0)
        self.setLayout(box)
        self.set_drawer(False)

    def set_drawer(self, drawer: bool) -> None:
        """A drawer lies over the page and can be closed; beside the page it just stands."""
        self.setObjectName("drawer" if drawer else "sidepanel")
        self.style().polish(self)
        self._head.setVisible(drawer)
        self.setMinimumWidth(px(LEAST))
        self.setMaximumWidth(px(MOST))

    def show_widget(self, widget: QWidget | None) -> None:
        """Show this in place of what was shown; whoever made that still has it."""
        if widget is self._area.widget() and widget is not None:
            return
        old = self._area.takeWidget()
        if old is not None:
            old.setParent(None)
        if widget is not None:
            self._area.setWidget(widget)
            widget.setProperty(SCROLLED, True)

    def holds_something(self) -> bool:
        return self._area.widget() is not None

    def take_focus(self) -> None:
        """Put the focus on the first thing in it that takes one."""
        inside = self._area.widget()
        found = [w for w in inside.findChildren(QWidget) if _takes_focus(w)] if inside else []
        (found[0] if found else self._close).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._head.isVisible():
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def key_list(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> QWidget:
    """Every key that works here, under its heading."""
    box = column(gap=8, margins=16)
    for title, keys in groups:
        box.addWidget(label(title, "label"))
        for key, words in keys:
            line = row(key_cap(key), label(words, "small"), gap=8)
            line.setStretch(1, 1)
            box.addLayout(line)
        box.addSpacing(px(8))
    box.addStretch(1)
    return holding(box)
