"""The checklist as a list in which several items can be selected, to be answered together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.inspection.independence import self_assessed
from inspector_app.ui.checklist_card import SELF_ASSESSED
from inspector_app.ui.checklist_evidence import evidence_words
from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.rows import Index, RowData, RowList, paint_ground
from inspector_app.ui.theme import font, px, target

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page

_BOX = 26
_Flag = QItemSelectionModel.SelectionFlag
_Kept = QItemSelectionModel.SelectionFlag.NoUpdate
_State = QStyle.StateFlag
_GROUND = _State.State_HasFocus | _State.State_Selected | _State.State_MouseOver
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Boxed(QStyledItemDelegate):
    """A row as everywhere, after a box that says whether it is selected."""

    def __init__(self, view: RowList, plain: QStyledItemDelegate) -> None:
        super().__init__(view)
        self._plain = plain

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, QListView)
        paint_ground(painter, option, option.rect.adjusted(0, 0, 0, -1))
        chosen = view.selectionModel().isSelected(index)
        size, top = px(16), option.rect.top() + (target(36) - px(16)) // 2
        mark = pixmap("checked" if chosen else "unchecked", size)
        painter.drawPixmap(option.rect.left() + px(6), top, mark)
        option.rect = option.rect.adjusted(px(_BOX), 0, 0, 0)
        option.state = option.state & ~_GROUND
        self._plain.paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._plain.sizeHint(option, index)


def item_row(page: "Page", item: "Item") -> RowData:
    """A row of the list: the question, under it its answer and the note, at the right evidence."""
    inspection = page.inspection
    answer = inspection.answer(item.id)
    disputed = "result" in inspection.log.disputed(answer.id)
    mark = "conflict" if disputed else answer.result or "unanswered"
    own = SELF_ASSESSED if self_assessed(inspection, item) else ""
    said = WORDS[mark] if mark != "unanswered" else ""
    text = " · ".join(part for part in (said, own, answer.note) if part)
    title = f"{item.id.upper()}  {item.question}"
    return RowData(answer.id, title, text, evidence_words(page, item), mark, quiet=bool(said))


def holds(inspection: "Inspection", item: "Item", words: Sequence[str]) -> bool:
    """Whether all these words stand in an item's number, its question or the note."""
    text = f"{item.id} {item.question} {inspection.answer(item.id).note}".casefold()
    return all(word in text for word in words)


class ItemList(RowList):
    """Space selects, Shift with an arrow selects on the way, a click on the box does too.

    What is selected stays so while one moves; Enter or a click on the words opens the item.
    """

    selected = Signal()
    """Other rows are selected now."""
    text_lines = 1

    def __init__(self, rows: Sequence[RowData] = (), *, name: str = "Items") -> None:
        super().__init__((), name=name, under=True)
        plain = self.itemDelegate()
        assert isinstance(plain, QStyledItemDelegate)
        self._plain = plain
        self.setItemDelegate(_Boxed(self, plain))
        self.setSelectionMode(QListView.SelectionMode.MultiSelection)
        self.clicked.disconnect()
        self.set_rows(rows)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())

    def title_font(self, row: RowData) -> QFont:
        """Questions are read, so they are plain."""
        return font(15)

    def chosen(self) -> list[str]:
        """The keys of the selected rows, from top to bottom."""
        rows, chosen = self.rows(), self.selectionModel()
        return [r.key for n, r in enumerate(rows) if chosen.isSelected(self.model().index(n, 0))]

    def set_keys(self, keys: Sequence[str]) -> None:
        """Select these rows and no others."""
        self.clearSelection()
        for at, found in enumerate(self.rows()):
            if found.key in keys:
                self._select(at)

    def height_of(self, row: RowData) -> int:
        """How high a row is beside its box."""
        room = self.viewport().width() - px(8 + _BOX) - (px(24) if row.mark else 0)
        return max(self.places(row, QRect(0, 0, room, 0)).bottom + px(9), target(36))

    def select(self, key: str) -> None:
        """Make the row with this key current, which selects nothing."""
        at = next((n for n, row in enumerate(self.rows()) if row.key == key), None)
        if at is not None:
            self.selectionModel().setCurrentIndex(self.model().index(at, 0), _Kept)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _Flag:
        """Moving selects nothing; the keys and the box below do."""
        return _Kept

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and at >= 0:
            self._toggle(at)
        elif step and at >= 0 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select(at)
            there = min(max(at + step, 0), self.model().rowCount() - 1)
            self._select(there)
            self.selectionModel().setCurrentIndex(self.model().index(there, 0), _Kept)
        elif event.key() == Qt.Key.Key_Escape and self.chosen():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        with_key = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if with_key or event.position().x() < px(_BOX):
            self._toggle(index.row())
        else:
            self.activated.emit(self.rows()[index.row()].key)

    def _toggle(self, at: int) -> None:
        self.selectionModel().select(self.model().index(at, 0), _Flag.Toggle)

    def _select(self, at: int) -> None:
        self.selectionModel().select(self.model().index(at, 0), _Flag.Select)
