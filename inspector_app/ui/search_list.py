"""A list under headings in which words are marked: what the palette and the search show.

The focus stays in the line above it; that line's keys move the current row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractListModel,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.rows import LEFT, RIGHT, Index, draw, paint_ground
from inspector_app.ui.theme import active, font, px, target

Marked = tuple[tuple[str, bool], ...]

_HEADING, _ROW, _LINE = 30, 34, 20
_SURE = 2  # what is longer than a line takes a second one
_WHOLE = 0.94  # of the width of several lines: a long word may not fit at the end of one


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row, or a heading above some. `cap` is a key, `right` words in its place."""

    title: Marked
    body: Marked = ()
    icon: str = ""
    right: str = ""
    cap: str = ""
    heading: bool = False
    lines: int = field(default=1)

    @property
    def words(self) -> str:
        """What a screen reader says of it."""
        parts = (whole(self.title), whole(self.body), WORDS.get(self.icon, ""), self.right)
        return ", ".join(part for part in (*parts, self.cap) if part)


def whole(text: Marked) -> str:
    """The text without its marks."""
    return "".join(said for said, _ in text)


def heading(words: str) -> FoundRow:
    """A heading; it is passed over."""
    return FoundRow(((words, False),), heading=True)


class _Found(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[FoundRow] = []

    def replace(self, rows: Sequence[FoundRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return whole(row.title)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.UserRole:
                return row
        return None


def lines_of(text: Marked, look: QFont, width: int, most: int) -> int:
    """How many lines the text takes at this width, at most that many."""
    if QFontMetrics(look).horizontalAdvance(whole(text)) <= width:
        return 1
    return most if most <= _SURE else _broken(QTextLayout(whole(text), look), width, most)


def _broken(layout: QTextLayout, width: int, most: int) -> int:
    """Break a text into lines, at most that many; how many there are."""
    layout.beginLayout()
    lines = 0
    while lines < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, lines * px(_LINE)))
        lines += 1
    layout.endLayout()
    return lines


def laid_out(text: Marked, look: QFont, width: int, most: int) -> tuple[QTextLayout, int]:
    """The text in at most that many lines, the found words marked, and how many lines it takes."""
    lines = lines_of(text, look, width, most)
    room = width if lines == 1 else round(width * lines * _WHOLE)
    shown = QFontMetrics(look).elidedText(whole(text), Qt.TextElideMode.ElideRight, room)
    layout = QTextLayout(shown, look)
    layout.setFormats(_marks(text, len(shown)))
    _broken(layout, width, lines)
    return layout, lines


def _marks(text: Marked, length: int) -> list[QTextLayout.FormatRange]:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.DemiBold)
    if active().mark_line == active().mark:
        look.setBackground(QColor(active().mark))
        look.setForeground(QColor(active().text))
    else:
        look.setFontUnderline(True)
        look.setForeground(QColor(active().mark_line))
    ranges, at = [], 0
    for said, found in text:
        if found and at < length:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = at, min(len(said), length - at), look
            ranges.append(made)
        at += len(said)
    return ranges


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: FoundRow = index.data(Qt.ItemDataRole.UserRole)
        view = self.parent()
        assert isinstance(view, FoundList)
        return QSize(px(120), view.height_of(row))

    def height(self, row: FoundRow, width: int) -> int:
        """How high a row is in a list of this width."""
        if row.heading:
            return px(_HEADING)
        if row.lines == 1 and not row.body:
            return target(_ROW)
        inner = self._inside(row, QRect(0, 0, width, 0))
        lines = lines_of(row.title, _title_font(row), inner.width(), row.lines)
        if row.body:
            lines += lines_of(row.body, font(14), inner.width(), row.lines)
        return lines * px(_LINE) + px(_ROW - _LINE)

    def _inside(self, row: FoundRow, box: QRect) -> QRect:
        """Where the words stand: after the icon, before what is at the right."""
        single = row.lines == 1 and not row.body and not row.heading
        high = target(_ROW) if single else px(_ROW)
        inner = box.adjusted(px(12), (high - px(_LINE)) // 2, -px(12), 0)
        if row.icon:
            inner.setLeft(inner.left() + px(26))
        said = row.cap or row.right
        taken = QFontMetrics(font(12 if row.cap else 14)).horizontalAdvance(said)
        room = min(taken + px(28 if row.cap else 16), inner.width() // 2) if said else 0
        return inner.adjusted(0, 0, -room, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FoundRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if row.heading:
            painter.setFont(font(13, strong=True))
            box = option.rect.adjusted(px(12), px(6), -px(12), 0)
            draw(painter, box, whole(row.title), active().muted, LEFT)
        else:
            paint_ground(painter, option, option.rect.adjusted(px(4), 0, -px(4), 0))
            self._paint_row(painter, row, option.rect)
        painter.restore()

    def _paint_row(self, painter: QPainter, row: FoundRow, box: QRect) -> None:
        inner = self._inside(row, box)
        if row.icon:
            top = inner.top() + (px(_LINE) - px(16)) // 2
            painter.drawPixmap(box.left() + px(12), top, pixmap(row.icon, px(16)))
        layout, lines = laid_out(row.title, _title_font(row), inner.width(), row.lines)
        painter.setPen(QColor(active().text))
        layout.draw(painter, QPointF(inner.topLeft()))
        if row.body:
            layout, _ = laid_out(row.body, font(14), inner.width(), row.lines)
            painter.setPen(QColor(active().muted))
            layout.draw(painter, QPointF(inner.left(), inner.top() + lines * px(_LINE)))
        self._paint_right(painter, row, QRect(box.left(), inner.top(), box.width(), px(_LINE)))

    def _paint_right(self, painter: QPainter, row: FoundRow, line: QRect) -> None:
        line = line.adjusted(line.width() // 2, 0, -px(12), 0)
        if not row.cap:
            painter.setFont(font(14))
            draw(painter, line, row.right, active().muted, RIGHT)
            return
        painter.setFont(font(12))
        width = painter.fontMetrics().horizontalAdvance(row.cap) + px(12)
        box = QRect(line.right() - width, line.top(), width, px(_LINE))
        painter.setPen(QColor(active().line))
        painter.setBrush(QColor(active().surface))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(active().muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.cap)


def _title_font(row: FoundRow) -> QFont:
    return font(15 if not row.body else 14, strong=bool(row.body))


class FoundList(QListView):
    """The list; a click acts as Enter does in the line above."""

    entered = Signal(int)
    """The number of the row that was clicked; Qt's own signals tell an index."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._found = _Found()
        self._painter = _Delegate(self)
        self._heights: dict[FoundRow, int] = {}
        self._width = 0
        self.setModel(self._found)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.entered.emit(index.row()))

    def rows(self) -> list[FoundRow]:
        return list(self._found.rows)

    def set_rows(self, rows: Sequence[FoundRow], current: int | None = None) -> None:
        """Show these; current is the first that is no heading, or this one."""
        self._heights = {}
        self._found.replace(rows)
        able = self._able()
        if able:
            self._make_current(current if current in able else able[0])

    def current(self) -> int | None:
        """The number of the current row."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def step(self, rows: int) -> None:
        """Go down, or up, passing over headings; one step goes round, a longer one to the end."""
        able = self._able()
        if not able:
            return
        here = self.current()
        wanted = (able.index(here) if here in able else -1) + rows
        if abs(rows) > 1:
            wanted = max(0, min(wanted, len(able) - 1))
        self._make_current(able[wanted % len(able)])

    def _able(self) -> list[int]:
        return [at for at, row in enumerate(self._found.rows) if not row.heading]

    def _make_current(self, row: int) -> None:
        self.setCurrentIndex(self._found.index(row))
        if row == self._able()[0]:
            self.scrollToTop()  # its heading too

    def page_rows(self) -> int:
        """About as many rows as are to be seen."""
        return max(self.viewport().height() // target(_ROW) - 1, 1)

    def height_of(self, row: FoundRow) -> int:
        """How high a row is; measured once for each width, since Qt asks often."""
        width = self.viewport().width()
        if width != self._width:
            self._width, self._heights = width, {}
        if row not in self._heights:
            self._heights[row] = self._painter.height(row, width)
        return self._heights[row]

    def height_up_to(self, most: int) -> int:
        """How high the list is when nothing is cut off, as far as that matters."""
        height = 0
        for row in self._found.rows:
            if height < most:
                height += self.height_of(row)
        return min(height, most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
