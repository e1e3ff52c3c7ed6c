"""The pages of a report as they would print: a click on a part, or Enter, opens what it says.

The arrows go from part to part; each is read aloud with its page. Which part was made of which
record was noted while the pages were laid out.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.reports.sources import Spot
from inspector_app.ui.announcing import announce
from inspector_app.ui.theme import LIGHT, active, px

PAPER = LIGHT
"""Paper is white in every theme, so what is drawn on it has the colors of the light one."""

_PAPER_SIZE = (612.0, 792.0)
_WIDTH, _GAP = 620, 16
_LONGEST = 300
"""The most of a part's text that is read aloud at once."""
_NEXT = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class ReportPreview(QWidget):
    """The pages under one another; one part of them is the current one."""

    chosen = Signal(str)
    """A record that a person wants to see."""
    moved = Signal(int, int)
    """Where the current part stands: its top and its height in pixels of this widget."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(px(_WIDTH))
        self._images: list[QImage] = []
        self._spots: Sequence[Spot] = ()
        self._at: int | None = None
        self._over: int | None = None
        self.show_pages([], ())

    @property
    def page_count(self) -> int:
        return len(self._images)

    @property
    def current(self) -> Spot | None:
        """The part that Enter opens."""
        return None if self._at is None else self._spots[self._at]

    def show_pages(self, images: list[QImage], spots: Sequence[Spot]) -> None:
        """Other pages; the current part stays that of the same record and words, or its first."""
        before = self.current
        self._images, self._spots, self._over = images, spots, None
        self._at = _again(before, spots)
        self._fit()
        words = f"{len(images)} pages. Arrows go from part to part, Enter opens the source."
        self.setAccessibleName("Pages of the report")
        self.setAccessibleDescription(words)
        self.setVisible(bool(images))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its pages are at this width: on a narrow window they are smaller."""
        high = max(round(self._step() * len(self._images)), 1)
        if high != self.minimumHeight():
            self.setFixedHeight(high)

    # -- going about -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _NEXT and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.go(_NEXT[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.chosen.emit(self.current.record)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._spots:
            self._go_to(0 if key == Qt.Key.Key_Home else len(self._spots) - 1)
        else:
            super().keyPressEvent(event)

    def go(self, by: int) -> None:
        """To the next part, or the one before; the first where there is none yet."""
        if self._spots:
            at = 0 if self._at is None else self._at + by
            self._go_to(min(max(at, 0), len(self._spots) - 1))

    def _go_to(self, at: int) -> None:
        self._at = at
        spot = self._spots[at]
        box = self._box(spot)
        self.moved.emit(round(box.top()), round(box.height()))
        words = spot.words[:_LONGEST] or "A picture"
        self.setAccessibleDescription(f"Page {spot.page}. {words}")
        announce(self, f"Page {spot.page}. {words}")
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._spot_at(event.position())
        if over != self._over:
            self._over = over
            can_open = Qt.CursorShape.PointingHandCursor
            self.setCursor(Qt.CursorShape.ArrowCursor if over is None else can_open)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._at = at
            self.update()
            self.chosen.emit(self._spots[at].record)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _spot_at(self, point: QPointF) -> int | None:
        boxes = (self._box(spot).contains(point) for spot in self._spots)
        return next((at for at, is_in in enumerate(boxes) if is_in), None)

    def _box(self, spot: Spot) -> QRectF:
        scale = self.width() / _PAPER_SIZE[0]
        left, low, right, high = spot.box
        top = (spot.page - 1) * self._step() + (_PAPER_SIZE[1] - high) * scale
        return QRectF(left * scale, top, (right - left) * scale, (high - low) * scale)

    def _step(self) -> float:
        """From the top of a page to that of the next."""
        return self.width() * _PAPER_SIZE[1] / _PAPER_SIZE[0] + px(_GAP)

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        high = self._step() - px(_GAP)
        for number, image in enumerate(self._images):
            place = QRectF(0, number * self._step(), self.width(), high)
            if place.intersects(QRectF(event.rect())):
                painter.drawImage(place, image)
                painter.setPen(QColor(active().line))
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        if self._over is not None and self._over != self._at:
            self._mark(painter, self._spots[self._over], 1)
        if self.current is not None and self.hasFocus():
            self._mark(painter, self.current, 2)
        painter.end()

    def _mark(self, painter: QPainter, spot: Spot, weight: int) -> None:
        """A frame, and a ground like a text marker's: what is printed stays black."""
        box = self._box(spot).adjusted(-px(4), -px(2), px(4), px(2))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(box, QColor(PAPER.selected))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        pen = painter.pen()
        pen.setColor(QColor(PAPER.accent))
        pen.setWidth(px(weight))
        painter.setPen(pen)
        painter.drawRect(box)


def _again(before: Spot | None, spots: Sequence[Spot]) -> int | None:
    """The part that takes the place of one of the pages before."""
    if before is None:
        return None
    same = [at for at, spot in enumerate(spots) if spot.record == before.record]
    alike = (at for at in same if spots[at].words == before.words)
    return next(alike, same[0] if same else None)
