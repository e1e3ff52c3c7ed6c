"""A list of thousands of past changes: a row is put into words when it is painted, not before."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.ui.history_words import Line
from inspector_app.ui.icons import pixmap
from inspector_app.ui.rows import LEFT, Index, draw, paint_ground
from inspector_app.ui.theme import active, font, px

_LINE, _EDGE, _MARK = 20, 8, 24
_LINES = 4
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap

Worder = Callable[[str], Line]


class _Lines(QAbstractListModel):
    """Ids, and the words of those that were asked for."""

    def __init__(self, worder: Worder, parent: QObject) -> None:
        super().__init__(parent)
        self._worder = worder
        self._keys: list[str] = []
        self._lines: dict[str, Line] = {}

    def replace(self, keys: Sequence[str]) -> None:
        self.beginResetModel()
        self._keys = list(keys)
        self._lines.clear()
        self.endResetModel()

    def key(self, row: int) -> str:
        return self._keys[row]

    def row_of(self, key: str) -> int:
        return self._keys.index(key) if key in self._keys else -1

    def line(self, row: int) -> Line:
        key = self._keys[row]
        if key not in self._lines:
            self._lines[key] = self._worder(key)
        return self._lines[key]

    def worded(self) -> int:
        """How many rows were put into words so far."""
        return len(self._lines)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.line(index.row()).title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.line(index.row()).words
        return None


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(160), px(_LINE) * _LINES + px(_EDGE) * 2 + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        paint_ground(painter, option, option.rect.adjusted(0, 0, 0, -1))
        box = option.rect
        hairline = QRect(box.left(), box.bottom(), box.width(), 1)
        painter.fillRect(hairline, QColor(active().line))
        self._paint_words(painter, box.adjusted(px(_EDGE), px(_EDGE), -px(_EDGE), -px(_EDGE)), line)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, line: Line) -> None:
        """Title, text, and at the bottom who and when, which takes two lines where it must."""
        theme, height = active(), px(_LINE)
        if line.mark:
            painter.drawPixmap(box.left(), box.top() + px(2), pixmap(line.mark, px(16)))
            box.setLeft(box.left() + px(_MARK))
        if line.title:
            painter.setFont(font(14, strong=True))
            top = QRect(box.left(), box.top(), box.width(), height)
            draw(painter, top, line.title, theme.text, LEFT)
        painter.setFont(font(14))
        wide = painter.fontMetrics().horizontalAdvance(line.foot) <= box.width()
        feet, above = 1 if wide or line.title else 2, 1 if line.title else 0
        middle = box.adjusted(0, height * above, 0, -height * feet)
        _write(painter, middle, line.text, theme.text, _LINES - above - feet)
        _write(
            painter, box.adjusted(0, height * (_LINES - feet), 0, 0), line.foot, theme.muted, feet
        )


def _write(painter: QPainter, box: QRect, text: str, color: str, lines: int) -> None:
    """Words in at most so many lines, cut with an ellipsis."""
    most = box.width() * lines * (9 if lines > 1 else 10) // 10
    words = " ".join(text.split())
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most)
    painter.drawText(box, int(_TOP), shown)


class HistoryList(QListView):
    """Arrows move, Enter asks for the row to be restored."""

    moved = Signal(str)
    """The key of the row that is current now."""
    entered_row = Signal(str)
    """The key of the row on which Enter was pressed."""

    def __init__(self, name: str, worder: Worder) -> None:
        super().__init__()
        self.lines = _Lines(worder, self)
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def show_keys(self, keys: Sequence[str]) -> None:
        """List these; the current row stays current where it is still there, else the first."""
        before = self.current_key()
        self.lines.replace(keys)
        at = max(self.lines.row_of(before), 0)
        if keys:
            self.setCurrentIndex(self.lines.index(at))

    def current_key(self) -> str:
        index = self.currentIndex()
        return self.lines.key(index.row()) if index.isValid() else ""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(self.lines.key(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.current_key() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.current_key())
        else:
            super().keyPressEvent(event)
