"""Lists of rows: a mark, what it is, what it says, what stands at the right. One delegate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from inspector_app.ui.focus import area_around, scrolled_with
from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.theme import active, font, px, target

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ONE_LINE, _LINE = 36, 20
_SIDE_BY_SIDE = 520
_LEAST = 150
"""What a text has beside its title, or it stands below."""
_MOST_LINES = 4
_FINDER = 192, 320
_WRAPPED = LEFT | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class RowData:
    """One row. `mark` is an icon's name; `quiet` says it is an icon of a kind, not a state."""

    key: str
    title: str
    text: str = ""
    right: str = ""
    mark: str = ""
    quiet: bool = False

    @property
    def words(self) -> str:
        """What a screen reader says of the row."""
        state = "" if self.quiet else WORDS.get(self.mark, "")
        return ", ".join(part for part in (self.title, self.text, state, self.right) if part)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
    """The ground of a row: chosen, under the pointer, or plain; the focus as a ring."""
    theme = active()
    state = option.state
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(QColor(theme.selected_edge))
        painter.setBrush(QColor(theme.selected))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(theme.hover))
    if state & QStyle.StateFlag.State_HasFocus:
        pen = painter.pen()
        pen.setColor(QColor(theme.focus))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)


def draw(painter: QPainter, box: QRect, text: str, color: str, align: Qt.AlignmentFlag) -> None:
    """One line of text, cut with an ellipsis where there is no room."""
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(align), shown)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowData] = []

    def replace(self, rows: Sequence[RowData]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: "RowList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), self._view.heights()[index.row()])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RowData = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        paint_ground(painter, option, option.rect.adjusted(0, 0, 0, -1))
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            QColor(active().line),
        )
        box = option.rect.adjusted(px(4), 0, -px(4), -1)
        if row.mark:
            size = px(16)
            top = box.top() + (target(_ONE_LINE) - size) // 2
            painter.drawPixmap(box.left(), top, pixmap(row.mark, size))
            box.setLeft(box.left() + px(24))
        self._paint_words(painter, self._view.places(row, box), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, places: "Places", row: RowData) -> None:
        theme = active()
        painter.setFont(self._view.title_font(row))
        painter.setPen(QColor(theme.text))
        painter.drawText(places.title.rect, int(_WRAPPED), places.title.shown)
        painter.setFont(font(14))
        draw(painter, places.right, row.right, theme.muted, RIGHT)
        painter.setPen(QColor(theme.muted if self._view.two_lines() else theme.text))
        painter.drawText(places.text.rect, int(_WRAPPED), places.text.shown)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a rectangle as high as they need; `shown` is as much as four lines hold."""

    rect: QRect
    shown: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row stand."""

    title: Words
    text: Words
    right: QRect

    @property
    def bottom(self) -> int:
        return max(self.title.rect.bottom(), self.text.rect.bottom())


def _wrapped(words: str, corner: QPoint, width: int, look: QFont, most: int = _MOST_LINES) -> Words:
    """The words in as many lines as they take at this width, `most` of them."""
    plain = " ".join(words.split())
    shown, height = _fitted(plain, width, look.pixelSize(), look.weight(), most)
    return Words(QRect(corner, QSize(width, height)), shown)


@lru_cache(maxsize=4096)
def _fitted(
    words: str, width: int, pixels: int, weight: QFont.Weight, most: int
) -> tuple[str, int]:
    """What is shown and how high it is: asked for again whenever a list is laid out or painted."""
    look = QFont(font(14))
    look.setPixelSize(pixels)
    look.setWeight(weight)
    metrics = QFontMetrics(look)
    room = width * most * 9 // 10 if most > 1 else width
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    wide = QRect(0, 0, width, 10_000)
    height = metrics.boundingRect(wide, int(_WRAPPED), shown).height()
    lines = max(round(height / metrics.lineSpacing()), 1) if words else 0
    return shown, lines * px(_LINE)


def finder(words: str, look: Callable[[str], object], typed: str = "") -> QLineEdit:
    """A line that narrows what is listed while one types; Ctrl+F of the window leads to it."""
    made = QLineEdit(typed)
    made.setPlaceholderText(words)
    made.setAccessibleName(words)
    made.setMinimumWidth(px(_FINDER[0]))
    made.setMaximumWidth(px(_FINDER[1]))
    made.textChanged.connect(look)
    return made


class RowList(QListView):
    """A list in which arrows move, Enter or a click goes there, Delete asks for removal.

    `title_width`: how wide titles are beside their texts, in px at usual size. On a narrow page, or
    with `under`, the text stands under the title. The list is as high as its rows and scrolls with
    its page, unless it `scrolls` itself.
    """

    activated = Signal(str)
    """The key of the row that was clicked or entered; Qt's own signal tells an index."""
    removal = Signal(str)
    """The key of the row on which Delete was pressed."""
    moved = Signal(str)
    """The key of the row that is current now."""
    text_lines = _MOST_LINES
    """Lines of a text before it ends in an ellipsis; the tooltip has all of it."""

    def __init__(
        self,
        rows: Sequence[RowData] = (),
        *,
        name: str = "Rows",
        title_width: int = 180,
        under: bool = False,
        scrolls: bool = False,
    ) -> None:
        super().__init__()
        self.title_width = px(title_width)
        self._under = under
        self._scrolls = scrolls
        self._rows = _Rows()
        self._measured: tuple[int, list[int]] = (-1, [])
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(scrolls)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._clicked)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[RowData]) -> None:
        """Show these rows; the current one stays current if it is still there."""
        if list(rows) == self._rows.rows:
            return
        key = self.current_key()
        self._measured = (-1, [])
        self._rows.replace(rows)
        self.select(key)
        self._fit()

    def rows(self) -> list[RowData]:
        return list(self._rows.rows)

    def current_key(self) -> str:
        index = self.currentIndex()
        return self._key(index) if index.isValid() else ""

    def select(self, key: str) -> None:
        """Make the row with this key current; without one, the first when the focus comes."""
        at = next((i for i, row in enumerate(self._rows.rows) if row.key == key), None)
        if at is not None:
            self.setCurrentIndex(self._rows.index(at))

    def two_lines(self) -> bool:
        """Whether texts stand under their titles."""
        return self._under or self.viewport().width() < px(_SIDE_BY_SIDE)

    def title_font(self, row: RowData) -> QFont:
        """What a row is stands out from what it says."""
        return font(14 if row.text else 15, strong=bool(row.text))

    def places(self, row: RowData, box: QRect) -> Places:
        """Where the parts of a row stand in `box`, which begins after the mark."""
        width = 0
        if row.right:
            asked = QFontMetrics(font(14)).horizontalAdvance(row.right) + px(3)
            width = min(asked, box.width() // 2)
        right = QRect(box.left() + box.width() - width, box.top(), width, target(_ONE_LINE))
        room = box.width() - (width + px(12) if width else 0)
        corner = QPoint(box.left(), box.top() + (target(_ONE_LINE) - px(_LINE)) // 2)
        beside = min(self.title_width, self.viewport().width() // 2)
        if not row.text or self.two_lines() or room - beside < px(_LEAST):
            title = _wrapped(row.title, corner, room, self.title_font(row))
            below = QPoint(box.left(), title.rect.bottom() + 1)
            text = _wrapped(row.text, below, box.width(), font(14), self.text_lines)
            return Places(title, text, right)
        title = _wrapped(row.title, corner, beside, self.title_font(row))
        corner = QPoint(box.left() + beside + px(14), corner.y())
        width = max(room - beside - px(14), px(40))
        return Places(title, _wrapped(row.text, corner, width, font(14)), right)

    def heights(self) -> list[int]:
        """How high each row is, measured once for a width."""
        width = self.viewport().width()
        if self._measured[0] != width:
            self._measured = (width, list(map(self.height_of, self._rows.rows)))
        return self._measured[1]

    def height_of(self, row: RowData) -> int:
        """How high a row is: its words are there whole, up to four lines of each."""
        inner = QRect(0, 0, self.viewport().width() - px(8) - (px(24) if row.mark else 0), 0)
        return max(self.places(row, inner).bottom + px(9), target(_ONE_LINE))

    def sizeHint(self) -> QSize:
        return QSize(px(240), sum(self.heights()) or target(_ONE_LINE))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(self._key(current))
            QTimer.singleShot(0, self, self._reveal)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """The page scrolls to the row one is on: the list itself is as high as its rows."""
        inside, area = scrolled_with(self), area_around(self)
        if not (inside and area and self.hasFocus()) or self._scrolls:
            return
        row = self.visualRect(self.currentIndex())
        middle = self.viewport().mapTo(inside, row.center())
        area.ensureVisible(0, middle.y(), 0, row.height() // 2 + px(_ONE_LINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(key)
        elif key and event.key() == Qt.Key.Key_Delete:
            self.removal.emit(key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _clicked(self, index: QModelIndex) -> None:
        self.activated.emit(self._key(index))

    def _fit(self) -> None:
        if not self._scrolls:
            height = sum(self.heights())
            if height != self.height() or self.minimumHeight() != height:
                self.setFixedHeight(height)
                self.scheduleDelayedItemsLayout()

    def _key(self, index: Index) -> str:
        return self._rows.rows[index.row()].key
