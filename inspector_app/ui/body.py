"""Left list, page and right side beside each other; on a narrow window a rail and a drawer."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from inspector_app.ui.side_panel import MOST, SidePanel
from inspector_app.ui.sidebar import Sidebar
from inspector_app.ui.theme import px

NARROW = 1100


class Body(QWidget):
    """Arranges the three parts by the width there is, measured at the size of the text."""

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        self.sidebar, self.side, self.pages = Sidebar(), SidePanel(), pages
        self.is_narrow = False
        self._inside = False
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(pages)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.sidebar)
        box.addWidget(self._split, 1)
        self.side.closed.connect(self.close_drawer)

    def set_inside(self, inside: bool) -> None:
        """Whether an inspection is open, which has a left list."""
        self._inside = inside
        self.sidebar.setVisible(inside)

    def show_side(self, widget: QWidget | None) -> None:
        """What belongs to the thing in focus; None leaves the whole width to the page."""
        self.side.show_widget(widget)
        there = self.side.holds_something()
        shown = self.side.isVisible()
        self.side.setVisible(there and (shown or not self.is_narrow))
        if there and not shown and not self.is_narrow:
            self._split.setSizes([self._split.width(), px(MOST)])

    def open_drawer(self) -> None:
        """Bring the right side before the page."""
        if self.is_narrow and self.side.holds_something():
            self._place_drawer()
            self.side.show()
            self.side.raise_()

    def has_drawer(self) -> bool:
        """Whether there is something at the right that is not to be seen by itself."""
        return self.is_narrow and self.side.holds_something()

    def toggle_drawer(self) -> None:
        """Open the drawer and go into it, or put it away."""
        if self.side.isVisible():
            self.close_drawer()
        else:
            self.open_drawer()
            self.side.take_focus()

    def close_drawer(self) -> None:
        """Put a drawer away; beside the page the right side stays."""
        if self.is_narrow and self.side.isVisible():
            had_focus = self.side.isAncestorOf(QApplication.focusWidget() or self)
            self.side.hide()
            if had_focus:
                self._enter(self.pages)

    def next_panel(self) -> None:
        """Put the focus on the next of left list, page and right side."""
        panels: list[QWidget] = [self.sidebar] if self._inside else []
        panels += [self.pages, *([self.side] if self.side.holds_something() else [])]
        focused = QApplication.focusWidget()
        at = next((i for i, p in enumerate(panels) if focused and p.isAncestorOf(focused)), -1)
        target = panels[(at + 1) % len(panels)]
        if target is self.side:
            self.open_drawer()
        else:
            self.close_drawer()
        self._enter(target)

    def _enter(self, panel: QWidget) -> None:
        if panel is self.side:
            self.side.take_focus()
        elif panel is self.sidebar:
            self.sidebar.entrance().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            enter_page(self.pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        if narrow != self.is_narrow:
            self._set_narrow(narrow)
        elif narrow and self.side.isVisible():
            self._place_drawer()

    def _set_narrow(self, narrow: bool) -> None:
        self.is_narrow = narrow
        self.sidebar.set_rail(narrow)
        self.side.set_drawer(narrow)
        if narrow:
            self.side.setParent(self)
            self.side.hide()
        else:
            self._split.addWidget(self.side)
            self.side.setVisible(self.side.holds_something())
        event = QEvent(QEvent.Type.LayoutRequest)
        QApplication.postEvent(self.window(), event)

    def _place_drawer(self) -> None:
        width = min(px(MOST), self.width() - px(64))
        self.side.setGeometry(QRect(self.width() - width, 0, width, self.height()))


def enter_page(pages: QWidget) -> None:
    """Put the focus on the first thing of a page that takes it."""
    found = [
        widget
        for widget in pages.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    if found:
        found[0].setFocus(Qt.FocusReason.TabFocusReason)
