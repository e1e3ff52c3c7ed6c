"""A page of the agreement as it looks: cited words marked, words selected with the pointer."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inspector_app.agreement import PageText
from inspector_app.agreement.limits import SIDE
from inspector_app.ui.agreement_text import Area, PageLayout, Span
from inspector_app.ui.focus import SCROLLED
from inspector_app.ui.theme import LIGHT, active, px

PAPER = LIGHT
"""Paper is white in every theme, so what is drawn on it has the colors of the light one."""

_MARGIN = 12
_LEAST = 240
_RING = 2


class Sheet(QWidget):
    """One page. It is as wide as `set_width` says, whatever the width of its picture."""

    selected = Signal(int, int)
    """The span of the page's text that was selected with the pointer."""
    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image = QImage()
        self._shape = 792 / 612
        self._layout = PageLayout(PageText("", ()))
        self._marked: list[Area] = []
        self._chosen: list[Area] = []
        self._from: int | None = None

    @property
    def layout_of_text(self) -> PageLayout:
        """Where the signs of the page stand."""
        return self._layout

    def show_page(self, name: str, image: QImage, text: PageText, marked: Span | None) -> None:
        """Another page, with its name for a screen reader and the span that is cited."""
        self.setAccessibleName(name)
        self._image = image
        self._shape = image.height() / max(image.width(), 1)
        self._layout = PageLayout(text)
        self._marked = self._layout.areas(marked) if marked else []
        self._chosen = []
        self._from = None
        can_select = bool(text.text.strip())
        self.setCursor(Qt.CursorShape.IBeamCursor if can_select else Qt.CursorShape.ArrowCursor)
        self.set_width(self.width())

    def set_width(self, width: int) -> None:
        """How wide the page is, in pixels of the window."""
        self.setFixedSize(width, round(width * self._shape))
        self.update()

    def mark_top(self) -> int | None:
        """How far down the marked words begin; None where none are."""
        tops = [area[1] for area in self._marked]
        return round(min(tops) / SIDE * self.height()) if tops else None

    def select(self, span: Span | None) -> None:
        """Show a selection that was made elsewhere."""
        self._chosen = self._layout.areas(span) if span else []
        self.update()

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(PAPER.surface))
        painter.drawImage(self.rect(), self._image)
        for area in self._marked:
            self._lay_over(painter, area, PAPER.mark)
            self._underline(painter, area, PAPER.caution)
        for area in self._chosen:
            self._lay_over(painter, area, PAPER.selected)
            self._underline(painter, area, PAPER.accent)
        painter.setPen(QColor(active().line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _lay_over(self, painter: QPainter, area: Area, color: str) -> None:
        """Like a text marker: what is printed stays black."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(self._rect(area), QColor(color))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _underline(self, painter: QPainter, area: Area, color: str) -> None:
        """A line as well: no state is told by color alone."""
        rect = self._rect(area)
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), px(2))
        painter.fillRect(line, QColor(color))

    def _rect(self, area: Area) -> QRectF:
        left, top, right, bottom = area
        wide, high = self.width() / SIDE, self.height() / SIDE
        rect = QRectF(left * wide, top * high, (right - left) * wide, (bottom - top) * high)
        return rect.adjusted(-2, -2, 2, 2)

    # -- selecting ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._sign_at(event.position())
            self.select(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if (span := self._span_to(event.position())) is not None:
            self.select(span)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        span = self._span_to(event.position())
        self._from = None
        if span is not None and self._chosen:
            self.selected.emit(*span)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """One word."""
        self._from = self._sign_at(event.position())
        if (span := self._span_to(event.position())) is not None:
            self.select(span)

    def _span_to(self, point: QPointF) -> Span | None:
        to = self._sign_at(point)
        return None if self._from is None or to is None else self._layout.words(self._from, to)

    def _sign_at(self, point: QPointF) -> int | None:
        across = point.x() / max(self.width(), 1) * SIDE
        return self._layout.sign_at(across, point.y() / max(self.height(), 1) * SIDE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SheetArea(QScrollArea):
    """Scrolls over the sheet both ways; shows with a ring that the keyboard is at it."""

    resized = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(sheet)
        sheet.setProperty(SCROLLED, True)
        self.setMinimumHeight(px(_LEAST))
        self._sheet = sheet
        self._ring = QFrame(self)
        self._ring.setObjectName("focusring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()
        sheet.focused.connect(self._ring.setVisible)

    def room(self) -> int:
        """How wide a page can be without scrolling sideways, in pixels of the window."""
        bar = self.verticalScrollBar().sizeHint().width()
        return max(self.width() - bar - px(_MARGIN), px(200))

    def scroll_to(self, down: int) -> None:
        """Bring a place of the sheet near the top."""
        self.verticalScrollBar().setValue(max(down - px(48), 0))

    def set_page_width(self, width: int) -> None:
        """Another size of the page; what was in the middle stays there."""
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [(b.value() + b.pageStep() / 2) / (b.maximum() + b.pageStep()) for b in bars]
        self._sheet.set_width(width)
        for bar, middle in zip(bars, middles, strict=True):
            whole = bar.maximum() + bar.pageStep()
            bar.setValue(round(middle * whole - bar.pageStep() / 2))

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(_LEAST))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._ring.setGeometry(self.viewport().geometry().adjusted(0, 0, -_RING, 0))
            self._ring.raise_()
            self.resized.emit()
        return super().viewportEvent(event)
