"""The left list: the agency, the pages with their counts, the open page's parts."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.kit import column, label
from inspector_app.ui.theme import active

PAGE, RECORD, MARK, COUNT = (Qt.ItemDataRole.UserRole + n for n in range(1, 5))
WIDTH = 232
RAIL = 52


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: where it leads, its words, its mark or icon, what stands at the right."""

    page: str
    record: str
    title: str
    mark: str
    count: str = ""
    inner: bool = False


class _Lines(QStyledItemDelegate):
    """Paints a line: mark, words, count; the chosen one on a tinted, rounded ground."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        inner = index.parent().isValid()
        return QSize(RAIL, option.fontMetrics.height() + (8 if inner else 13))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = active()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(8, 1, -8, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected)
            painter.drawRoundedRect(box, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        self._words(painter, option, index, box, chosen)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        box: QRect,
        chosen: bool,
    ) -> None:
        inner = index.parent().isValid()
        left = box.left() + (20 if inner else 8)
        top = box.center().y() - 7
        painter.drawPixmap(left, top, pixmap(str(index.data(MARK)), 14 if inner else 16))
        font = option.font
        font.setBold(False)
        font.setWeight(font.Weight.DemiBold if chosen else font.Weight.Normal)
        painter.setFont(font)
        count = str(index.data(COUNT) or "")
        metrics = painter.fontMetrics()
        count_width = metrics.horizontalAdvance(count) if box.width() > 100 else 0
        if count_width:
            painter.setPen(active().muted)
            painter.drawText(box.adjusted(0, 0, -8, 0), _RIGHT, count)
        painter.setPen(active().text)
        room = box.right() - left - 26 - count_width - 14
        if room > 20:
            words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + 26, box.top(), room, box.height()), _LEFT, words)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Sidebar(QWidget):
    """Tells where somebody wants to go."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._agency = label("", "strong")
        self._form = label("", "muted")
        self._model = QStandardItemModel(self)
        self._tree = QTreeView()
        self._tree.setObjectName("navigation")
        self._tree.setAccessibleName("Pages")
        self._tree.setHeaderHidden(True)
        self._tree.setIndentation(0)
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(_Lines(self._tree))
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.clicked.connect(self._go)
        self._tree.activated.connect(self._go)
        self._head = QWidget()
        self._head.setLayout(column(self._agency, self._form, gap=4))
        self._head.layout().setContentsMargins(16, 12, 12, 8)  # type: ignore[union-attr]
        box = column(self._head, self._tree, gap=0)
        box.setContentsMargins(0, 0, 1, 0)
        self.setLayout(box)
        self.set_rail(False)

    def set_agency(self, agency: str, form: str) -> None:
        self._agency.setText(agency)
        self._form.setText(form)

    def set_rail(self, narrow: bool) -> None:
        """On a narrow window only the icons stay; their words are tooltips."""
        self._head.setVisible(not narrow)
        self.setFixedWidth(RAIL if narrow else WIDTH)

    def set_entries(self, entries: list[Entry], page: str, record: str) -> None:
        """Show these lines, with the one of this page and record chosen."""
        self._model.clear()
        parent: QStandardItem | None = None
        chosen: QStandardItem | None = None
        for entry in entries:
            item = _item(entry)
            if entry.inner and parent is not None:
                parent.appendRow(item)
            else:
                self._model.appendRow(item)
                parent = item
            if entry.page == page and entry.record in ("", record):
                chosen = item
        self._tree.expandAll()
        if chosen is not None:
            self._tree.setCurrentIndex(chosen.index())

    def _go(self, index: QModelIndex) -> None:
        self.chosen.emit(str(index.data(PAGE)), str(index.data(RECORD)))


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.title)
    item.setEditable(False)
    item.setData(entry.page, PAGE)
    item.setData(entry.record, RECORD)
    item.setData(entry.mark, MARK)
    item.setData(entry.count, COUNT)
    words = ", ".join(p for p in (entry.title, WORDS.get(entry.mark, ""), entry.count) if p)
    item.setToolTip(words)
    item.setAccessibleText(words)
    return item
