"""The left list: the agency, the pages with their counts, the open page's parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.kit import column, label
from inspector_app.ui.rows import LEFT, RIGHT, Index, draw, paint_ground
from inspector_app.ui.theme import active, font, px, target

PAGE, RECORD, MARK, COUNT, APART = (Qt.ItemDataRole.UserRole + n for n in range(1, 6))
WIDTH = 232
RAIL = 48
APART_GAP = 13
_HEIGHT, _BELOW = 32, 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it leads, its words, its mark or icon, what stands at the right.

    `inner`: it stands under the page before it. `apart`: a line separates it from what is above.
    """

    page: str
    record: str
    title: str
    mark: str
    count: str = ""
    inner: bool = False
    apart: bool = False

    @property
    def words(self) -> str:
        """What a tooltip and a screen reader say."""
        state = WORDS.get(self.mark, "") if self.inner else ""
        return ", ".join(part for part in (self.title, state, self.count) if part)


class _Lines(QStyledItemDelegate):
    """Paints a line: mark, words, count; the chosen one on a tinted, rounded ground."""

    def __init__(self, sidebar: "Sidebar") -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = target(26) if index.parent().isValid() else target(_HEIGHT)
        return QSize(px(RAIL), height + (px(APART_GAP) if index.data(APART) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        box = option.rect.adjusted(px(8), 0, -px(8), 0)
        if index.data(APART):
            line = QRect(box.left() + px(4), box.top() + px(6), box.width() - px(8), 1)
            painter.fillRect(line, QColor(active().line))
            box.setTop(box.top() + px(APART_GAP))
        paint_ground(painter, option, box)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_words(painter, index, box, chosen)
        painter.restore()

    def _paint_words(self, painter: QPainter, index: Index, box: QRect, chosen: bool) -> None:
        inner, rail = index.parent().isValid(), self._sidebar.is_rail
        size = px(14 if inner else 16)
        left = box.left() + px(20 if inner else 8)
        top = box.top() + (box.height() - size) // 2
        painter.drawPixmap(left, top, pixmap(str(index.data(MARK)), size))
        if rail:
            return
        open_page = not inner and index.data(PAGE) == self._sidebar.page
        words = box.adjusted(left - box.left() + px(22 if inner else 26), 0, -px(8), 0)
        painter.setFont(font(14))
        count = str(index.data(COUNT) or "")
        width = painter.fontMetrics().horizontalAdvance(count)
        draw(painter, words, count, active().text if chosen else active().muted, RIGHT)
        painter.setFont(font(14 if inner else 15, strong=chosen or open_page))
        words.setRight(words.right() - (width + px(8) if width else 0))
        draw(painter, words, str(index.data()), active().text, LEFT)


class _Tree(QTreeView):
    """Lines that lead somewhere, the inner ones under their page."""

    def __init__(self, sidebar: "Sidebar", name: str) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sidebar = sidebar
        self._lines: list[Line] = []
        self._items: list[QStandardItem] = []
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Lines(sidebar))
        for went in (self.clicked, self.activated):
            went.connect(self._go)

    def show_lines(self, lines: Sequence[Line], page: str, record: str) -> None:
        """Show these lines; the one of this page and record is current, if it is among them."""
        if [(x.page, x.record) for x in lines] != [(x.page, x.record) for x in self._lines]:
            self._rebuild(lines)
        self._lines = list(lines)
        chosen = QModelIndex()
        for item, line in zip(self._items, lines, strict=True):
            _say(item, line)
            if line.page == page and (not line.record or line.record == record):
                chosen = chosen if line.inner and self._sidebar.is_rail else item.index()
        for item in self._items:  # else a reader calls the page "not selected" whose part is open
            item.setSelectable(item.index() != chosen.parent())
        if self.currentIndex() != chosen:
            self.setCurrentIndex(chosen)
        self.viewport().update()

    def _rebuild(self, lines: Sequence[Line]) -> None:
        self._model.clear()
        self._items = []
        parent = self._model.invisibleRootItem()
        for line in lines:
            item = QStandardItem()
            item.setEditable(False)
            if line.inner:
                parent.appendRow(item)
            else:
                self._model.appendRow(item)
                parent = item
            self._items.append(item)
        self.expandAll()
        self.set_rail(self._sidebar.is_rail)

    def set_rail(self, narrow: bool) -> None:
        """Without words the inner lines are gone."""
        self.verticalScrollBar().setObjectName("rail" if narrow else "")
        self.verticalScrollBar().style().polish(self.verticalScrollBar())
        for item in self._items:
            index = item.index()
            if index.parent().isValid():
                self.setRowHidden(index.row(), index.parent(), narrow)
        self.viewport().update()

    def _go(self, index: Index) -> None:
        self._sidebar.chosen.emit(str(index.data(PAGE)), str(index.data(RECORD)))


class Sidebar(QWidget):
    """Tells where somebody wants to go; what stands apart keeps its place at the foot."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = ""
        self.is_rail = False
        self._agency = label("", "strong")
        self._form = label("", "muted")
        self._caution = label("", "small")
        self._caution.setProperty("state", "caution")
        self.tree, self.foot = _Tree(self, "Pages"), _Tree(self, "Left to do")
        self.foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.setFixedHeight(target(_HEIGHT) + px(APART_GAP + _BELOW))
        self._head = QWidget()
        head = column(self._agency, self._form, self._caution, gap=4)
        head.setContentsMargins(px(16), px(10), px(12), px(6))
        self._head.setLayout(head)
        box = column(self._head, self.tree, self.foot, gap=0)
        box.setContentsMargins(0, 0, 1, 0)
        self.setLayout(box)
        self.set_rail(False)

    def entrance(self) -> QTreeView:
        """What holds the line of the open page."""
        return self.foot if self.foot.currentIndex().isValid() else self.tree

    def set_agency(self, agency: str, form: str, caution: str = "") -> None:
        """The agency, the form's revision, and what is unusual about the form."""
        self._agency.setText(agency)
        self._form.setText(form)
        self._caution.setText(caution)
        self._caution.setVisible(bool(caution))

    def set_rail(self, narrow: bool) -> None:
        """On a narrow window only the pages' icons stay; their words are tooltips and names."""
        self.is_rail = narrow
        self._head.setVisible(not narrow)
        self.setFixedWidth(px(RAIL if narrow else WIDTH))
        for tree in (self.tree, self.foot):
            tree.set_rail(narrow)

    def set_lines(self, lines: Sequence[Line], page: str, record: str) -> None:
        """Show these lines, with the one of this page and record chosen."""
        self.page = page
        self.tree.show_lines([line for line in lines if not line.apart], page, record)
        self.foot.show_lines([line for line in lines if line.apart], page, record)


def _say(item: QStandardItem, line: Line) -> None:
    said = {
        Qt.ItemDataRole.DisplayRole: line.title,
        Qt.ItemDataRole.ToolTipRole: line.words,
        Qt.ItemDataRole.AccessibleTextRole: line.words,
        PAGE: line.page,
        RECORD: line.record,
        MARK: line.mark,
        COUNT: line.count,
        APART: line.apart,
    }
    for role, value in said.items():
        if item.data(role) != value:
            item.setData(value, role)
