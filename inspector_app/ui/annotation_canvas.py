"""The picture with its marks, under the hand: drawn with the pointer, or put and moved by keys.

It holds no truth: what somebody did is told once it is done (`put`, `moved`), and what comes back
from the log is shown. While keys move a mark, it is told after a rest of half a second.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.photos import Mark
from inspector_app.photos.marks import SIDE
from inspector_app.ui import annotation_shapes as shapes
from inspector_app.ui.annotation_paint import paint_marks
from inspector_app.ui.annotation_shapes import FINE_STEP, STEP, TOOLS, Places
from inspector_app.ui.gallery_view import fitted
from inspector_app.ui.theme import active, px

REST = 500
_HANDLE = 5
_REACH = 9
_SAMPLE = 320
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PREVIEW = "preview"

Marks = Sequence[tuple[str, Mark]]
"""Records with their marks."""


class Canvas(QWidget):
    """Takes the focus as one thing; N and P go from mark to mark."""

    put = Signal(str, tuple)
    """A shape and its places: somebody put a new mark."""
    moved = Signal(str, tuple)
    """A record and its places: somebody moved a mark or changed its size."""
    removal = Signal(str)
    chosen = Signal(str)
    """The record of the mark that is selected now; empty when none is."""
    tool_changed = Signal(str)
    left = Signal()
    """Esc, with nothing selected and no tool in hand."""

    def __init__(self, shape: float) -> None:
        """`shape`: the picture's height by its width, known before it is here."""
        super().__init__()
        self._shape = shape
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(px(240), px(200))
        self._image, self._sample, self._why = QImage(), QImage(), ""
        self._marks: dict[str, Mark] = {}
        self._selected, self._tool = "", ""
        self._pending: Mark | None = None
        self._start: tuple[int, int] | None = None
        self._corner: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.flush)

    # -- what is shown -----------------------------------------------------------------------

    def set_picture(self, image: QImage | None, why: str = "") -> None:
        """The picture without marks, or why there is none."""
        self._image, self._why = image or QImage(), why
        small = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self._sample = self._image if image is None else image.scaled(_SAMPLE, _SAMPLE, keep, small)
        self.update()

    def set_marks(self, marks: Marks) -> None:
        """The marks as the log has them; the selected one stays selected if it is still there."""
        self._marks = dict(marks)
        if self._selected and self._selected not in self._marks:
            self._pending = None
            self.select("")
        self.setAccessibleDescription(f"{len(self._marks)} marks on the picture")
        self.update()

    def selected(self) -> str:
        return self._selected

    def select(self, record: str) -> None:
        """Select a mark, or none with an empty text."""
        if record == self._selected:
            return
        self.flush()
        self._selected = record if record in self._marks else ""
        self.update()
        self.chosen.emit(self._selected)
        if self._selected:
            self._announce(self._words_of(self._selected))

    def tool(self) -> str:
        return self._tool

    def set_tool(self, shape: str) -> None:
        """Take a tool in hand, or put it down with an empty text."""
        if shape != self._tool:
            self._tool = shape
            self.setCursor(Qt.CursorShape.CrossCursor if shape else Qt.CursorShape.ArrowCursor)
            self.tool_changed.emit(shape)
        if shape:
            self.select("")

    def flush(self) -> None:
        """Tell of what was moved and not told yet."""
        self._rest.stop()
        mark, self._pending = self._pending, None
        known = self._marks.get(self._selected)
        if mark is not None and known is not None and mark != known:
            self._marks[self._selected] = mark  # until the log says it too
            self.moved.emit(self._selected, shapes.places_of(mark))

    def height_for(self, width: int) -> int:
        """How high the canvas is when the picture fills its width."""
        return round((width - px(8)) * self._shape) + px(8)

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(480))

    def _words_of(self, record: str) -> str:
        number = list(self._marks).index(record) + 1
        return shapes.described(self._marks[record], number)

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # -- painting ----------------------------------------------------------------------------

    def target(self) -> QRectF:
        """Where the picture is, in the widget."""
        room = self.rect().adjusted(px(4), px(4), -px(4), -px(4))
        return QRectF(room) if self._image.isNull() else fitted(self._image.size(), room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(active().sunken))
        target = self.target()
        if self._image.isNull():
            painter.setPen(QColor(active().muted))
            painter.drawText(target, Qt.AlignmentFlag.AlignCenter, self._why or "Loading …")
        else:
            painter.drawImage(target, self._image)
            paint_marks(painter, target, self._sample, self._shown().values())
            self._paint_selection(painter, target)
        self._paint_edge(painter)
        painter.end()

    def _shown(self) -> dict[str, Mark]:
        """The marks as they stand under the hand just now."""
        shown = dict(self._marks)
        if self._pending is not None:
            shown[self._selected or _PREVIEW] = self._pending
        return shown

    def _paint_selection(self, painter: QPainter, target: QRectF) -> None:
        mark = self._shown().get(self._selected)
        if mark is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.shape != "arrow":
            for color, style in (("#FFFFFF", Qt.PenStyle.SolidLine), ("#000000", _DASHES)):
                painter.setPen(QPen(QColor(color), 1, style))
                painter.drawRect(self._frame(mark, target).adjusted(-3, -3, 3, 3))
        for point in self._handles(mark, target).values():
            painter.setPen(QPen(QColor("#000000"), 1.5))
            painter.setBrush(QColor("#FFFFFF"))
            painter.drawEllipse(point, px(_HANDLE), px(_HANDLE))

    def _paint_edge(self, painter: QPainter) -> None:
        """The focus as a ring; else a hairline."""
        focused = self.hasFocus()
        painter.setPen(
            QPen(QColor(active().focus if focused else active().line), 2 if focused else 1)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _frame(self, mark: Mark, target: QRectF) -> QRectF:
        left, top, right, bottom = shapes.frame_of(
            mark, max(round(target.width()), 1), max(round(target.height()), 1)
        )
        return QRectF(left, top, right - left, bottom - top).translated(target.topLeft())

    def _handles(self, mark: Mark, target: QRectF) -> dict[int, QPointF]:
        """By the number of its corner, where the mark's size is changed."""
        wide, high = target.width() / SIDE, target.height() / SIDE
        x1, x2 = (target.left() + x * wide for x in (mark.x1, mark.x2))
        y1, y2 = (target.top() + y * high for y in (mark.y1, mark.y2))
        if mark.shape == "text":
            return {1: self._frame(mark, target).bottomRight()}
        ends = {0: QPointF(x1, y1), 1: QPointF(x2, y2)}
        return ends if mark.shape == "arrow" else ends | {2: QPointF(x1, y2), 3: QPointF(x2, y1)}

    # -- the pointer -------------------------------------------------------------------------

    def _place(self, point: QPointF) -> tuple[int, int]:
        target = self.target()
        across = (point.x() - target.left()) / max(target.width(), 1) * SIDE
        down = (point.y() - target.top()) / max(target.height(), 1) * SIDE
        return min(max(round(across), 0), SIDE), min(max(round(down), 0), SIDE)

    def _at(self, point: QPointF) -> str:
        """The record of the mark under the pointer, the newest first."""
        target = self.target()
        reach = QRectF(-px(_REACH), -px(_REACH), 2 * px(_REACH), 2 * px(_REACH))
        for record, mark in reversed(self._marks.items()):
            frame = self._frame(mark, target)
            if frame.united(reach.translated(frame.center())).contains(point):
                return record
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._image.isNull():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point, target = event.position(), self.target()
        if not self._tool:
            mark = self._shown().get(self._selected)
            handles = self._handles(mark, target) if mark else {}
            near = [at for at, h in handles.items() if (h - point).manhattanLength() < px(_REACH)]
            self._corner = near[0] if near else None
            if self._corner is None:
                self.select(self._at(point))
        self._start = self._place(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            over = not self._tool and self._at(event.position())
            plain = Qt.CursorShape.CrossCursor if self._tool else Qt.CursorShape.ArrowCursor
            self.setCursor(Qt.CursorShape.SizeAllCursor if over else plain)
            return
        here = self._place(event.position())
        across, down = here[0] - self._start[0], here[1] - self._start[1]
        if self._tool:
            places = shapes.drawn_by_hand(self._tool, self._start, here)
            self._pending = Mark(self._tool, *places)
        elif mark := self._marks.get(self._selected):
            self._pending = shapes.put(mark, self._dragged(mark, across, down))
        self.update()

    def _dragged(self, mark: Mark, across: int, down: int) -> Places:
        places = shapes.places_of(mark)
        if self._corner is None:
            return shapes.moved(places, across, down)
        return shapes.resized(places, self._corner, across, down, turns=mark.shape == "arrow")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._start, self._corner = self._start, None, None
        if start is None:
            return
        if self._tool:
            self._pending = None
            self._put(shapes.drawn_by_hand(self._tool, start, self._place(event.position())))
        else:
            self.flush()

    def _put(self, places: Places) -> None:
        shape = self._tool
        self.set_tool("")
        self.put.emit(shape, places)

    # -- the keyboard ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = (
            Qt.Key(event.key()),
            bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
        )
        by_key = {getattr(Qt.Key, f"Key_{letter}"): shape for shape, letter in TOOLS.items()}
        if key in _ARROWS and self._selected:
            fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._nudge(*_ARROWS[key], size=shift, step=FINE_STEP if fine else STEP)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._tool:
            self._put(shapes.usual(self._tool))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._selected:
            self.removal.emit(self._selected)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._step(1 if key == Qt.Key.Key_N else -1)
        elif key in by_key and not event.modifiers() and not self._image.isNull():
            self.set_tool(by_key[key])
        else:
            super().keyPressEvent(event)

    def _nudge(self, across: int, down: int, *, size: bool, step: int) -> None:
        mark = self._pending or self._marks[self._selected]
        places = shapes.places_of(mark)
        turns = mark.shape == "arrow"
        if size:
            places = shapes.resized(places, 1, across * step, down * step, turns=turns)
        else:
            places = shapes.moved(places, across * step, down * step)
        self._pending = shapes.put(mark, places)
        self._rest.start()
        self.update()

    def _escape(self) -> None:
        if self._tool:
            self.set_tool("")
        elif self._selected:
            self.select("")
        else:
            self.left.emit()

    def _step(self, by: int) -> None:
        records = list(self._marks)
        if records:
            at = records.index(self._selected) if self._selected else (-1 if by > 0 else 0)
            self.select(records[(at + by) % len(records)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        self.update()


_DASHES = Qt.PenStyle.DashLine
