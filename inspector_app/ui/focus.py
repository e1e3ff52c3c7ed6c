"""The focus ring: two pixels of accent, two pixels off, around whatever the keyboard is at."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

_OFF = 4
SCROLLED = "scrolled"
"""A property of what a scroll area scrolls: that area, if it follows. To go up by Qt's own part
between the two, the binding loads all classes it might be, which takes as long as a painting."""


class FocusRing(QObject):
    """Follows the focus. Lists draw their own; a button that was clicked shows none."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._ring: QFrame | None = None
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._window):
            return
        self._forget()
        if new is None or new.window() is not self._window or not self._wants_ring(new):
            return
        self._target = new
        self._place_on(_host(new))
        self._follow()

    def _wants_ring(self, widget: QWidget) -> bool:
        if not isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit):
            return False
        by_pointer = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        return isinstance(widget, QLineEdit | QPlainTextEdit) or not by_pointer

    def _place_on(self, host: QWidget) -> None:
        if self._ring is None or not isValid(self._ring):
            self._ring = QFrame()
            self._ring.setObjectName("focusring")
            self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ring.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._ring.parentWidget() is not host:
            self._ring.setParent(host)
        widget = self._target
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()

    def _follow(self) -> None:
        ring, target = self._ring, self._target
        if ring is None or target is None or not isValid(ring) or not isValid(target):
            return
        host = ring.parentWidget()
        if host is None or not target.isVisible() or not host.isAncestorOf(target):
            ring.hide()
            return
        corner = target.mapTo(host, QPoint(0, 0))
        ring.setGeometry(QRect(corner, target.size()).adjusted(-_OFF, -_OFF, _OFF, _OFF))
        ring.raise_()
        ring.show()

    def _forget(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in kinds:
            self._follow()
        return False


def _host(widget: QWidget) -> QWidget:
    """What the ring lies in: the inside of the nearest scrolling part, else the window."""
    return scrolled_with(widget) or widget.window()


def focus_in_sight(widget: QWidget) -> None:
    """Put the focus on what may lie below the edge, and scroll to it."""
    widget.setFocus()
    QTimer.singleShot(0, widget, partial(_scroll_to, widget))


def caret_in_sight(editor: QPlainTextEdit) -> None:
    """Scroll to the line that is written in: a text that grows may reach below the edge."""
    inside, area = scrolled_with(editor), area_around(editor)
    if inside and area and editor.hasFocus():
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # it may have grown
        caret = editor.cursorRect()
        at = editor.viewport().mapTo(inside, caret.center())
        area.ensureVisible(at.x(), at.y(), 0, caret.height() * 2)


def opened_in_sight(box: QWidget) -> None:
    """Scroll to what has opened: to all of it, or to its beginning where it is too high."""
    QTimer.singleShot(0, box, partial(_scroll_to_opened, box))


def _scroll_to_opened(box: QWidget) -> None:
    inside, area = scrolled_with(box), _scroll_to(box)
    if inside and area and box.height() > area.viewport().height():
        area.verticalScrollBar().setValue(box.mapTo(inside, QPoint(0, -_OFF)).y())


def _scroll_to(widget: QWidget) -> QScrollArea | None:
    """Scroll as little as is needed; the area that scrolled, if one is around it."""
    if area := area_around(widget):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # it may be made anew
        area.ensureWidgetVisible(widget)
    return area


def area_around(widget: QWidget) -> QScrollArea | None:
    """The nearest scrolling part around it, if that one follows the focus."""
    inside = scrolled_with(widget)
    area = inside.property(SCROLLED) if inside is not None else None
    return area if isinstance(area, QScrollArea) else None


def scrolled_with(widget: QWidget) -> QWidget | None:
    """The inside of the nearest scrolling part around it."""
    parent = widget.parentWidget()
    while parent is not None and not parent.property(SCROLLED):
        parent = parent.parentWidget()
    return parent
