"""The grid of a document review: its model, how a cell is painted, and the row of counts."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.conflicts import disputed_fields
from inspector_app.ui.icons import pixmap
from inspector_app.ui.theme import active, font, px

if TYPE_CHECKING:
    from inspector_app.forms import Attribute
    from inspector_app.inspection import Inspection
    from inspector_app.records import SampledFile

    # a function, so that the model never holds an inspection that was read anew elsewhere
    Reads = Callable[[], Inspection]

Index = QModelIndex | QPersistentModelIndex
CENTER = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
ROW_HEIGHT, HEAD_HEIGHT = 26, 34
FILE_WIDTH, LEAST_COLUMN = 144, 36
RESULT_WORDS = {"yes": "yes", "no": "No", "not-applicable": "not applicable", "unclear": "unclear"}
DISPUTED = "disputed"


class GridModel(QAbstractTableModel):
    """Files by attributes, flat over the inspection; `refresh` follows what became durable."""

    def __init__(self, inspection: "Reads", review: str) -> None:
        super().__init__()
        self._inspection = inspection
        self.review = review
        self.attributes: Sequence[Attribute] = ()
        self.files: list[SampledFile] = []
        self.disputed: dict[str, tuple[str, ...]] = {}
        """The fields of each file, shown or not, on which people disagree."""
        self._wanted: Callable[[SampledFile], bool] = lambda file: True
        self.refresh()

    def filter(self, wanted: "Callable[[SampledFile], bool]") -> None:
        """Show only the files that are wanted."""
        self._wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Read the files anew; selection and focus stay where the same files are still shown."""
        inspection = self._inspection()
        review = inspection.record(self.review)
        sample_kind = getattr(review, "sample_kind", "")
        kinds = [kind for kind in inspection.form.sample_kinds if kind.id == sample_kind]
        attributes = kinds[0].attributes if kinds else ()
        everything = inspection.files_of(self.review)
        self.disputed = {f.id: disputed_fields(inspection.log, f.id) for f in everything}
        files = [file for file in everything if self._wanted(file)]
        same = [f.id for f in files] == [f.id for f in self.files] and attributes == self.attributes
        if not same:
            self.beginResetModel()
        self.attributes, self.files = attributes, files
        if not same:
            self.endResetModel()
        elif files and attributes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(files) - 1, len(attributes) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(files) - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.files)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.attributes)

    def result(self, row: int, column: int) -> str:
        """`yes`, `no`, `not-applicable`, `unclear`, `disputed`, or empty while not examined."""
        file, attribute = self.files[row], self.attributes[column]
        if f"results.{attribute.id}" in self.disputed[file.id]:
            return DISPUTED
        return file.results.get(attribute.id, "")

    def has_note(self, row: int, column: int) -> bool:
        return bool(self.files[row].notes.get(self.attributes[column].id))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.result(index.row(), index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(index.row(), index.column())
        return None

    def _words(self, row: int, column: int) -> str:
        file, attribute = self.files[row], self.attributes[column]
        result = self.result(row, column)
        state = RESULT_WORDS.get(result, "two people disagree" if result else "not examined")
        note = file.notes.get(attribute.id, "")
        words = f"File {file.position or row + 1:02}, {attribute.label}: {state}"
        return f"{words}. {note}" if note else words

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            attribute = self.attributes[section]
            return {
                Qt.ItemDataRole.DisplayRole: attribute.label,
                Qt.ItemDataRole.ToolTipRole: attribute.question,
                Qt.ItemDataRole.AccessibleTextRole: attribute.question,
            }.get(Qt.ItemDataRole(role))
        file = self.files[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{file.position or section + 1:02} {file.file}"
        return None

    def replaced(self, row: int) -> str:
        """`for 11`: which file this one was drawn for."""
        file = self.files[row]
        return f"for {file.replaces_file}" if file.replaces_file else ""


class CellDelegate(QStyledItemDelegate):
    """A check, `No` on a square, `n/a`, `?`; nothing while the cell is not examined."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(LEAST_COLUMN), px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, state = option.rect, option.state
        model = index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index.column())
        paint_result(painter, box.adjusted(0, 0, 0, -1), str(index.data()))
        if isinstance(model, GridModel) and model.has_note(index.row(), index.column()):
            _paint_note(painter, box)
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected):
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            color = active().focus if focused else active().selected_edge
            painter.setPen(QPen(QColor(color), 2 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, column: int) -> None:
        theme, box = active(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.selected))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(theme.hover))
        elif column == self._view.currentIndex().column():
            painter.fillRect(box, QColor(theme.sunken))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))


def paint_result(painter: QPainter, box: QRect, result: str) -> None:
    """One result in the middle of a box; told by shape and word before color."""
    theme = active()
    if result in ("yes", DISPUTED):
        size = px(14)
        at = QRect(0, 0, size, size)
        at.moveCenter(box.center())
        painter.drawPixmap(at.topLeft(), pixmap("check" if result == "yes" else "conflict", size))
    elif result == "no":
        painter.setFont(font(12, strong=True))
        square = QRect(0, 0, px(24), px(19))
        square.moveCenter(box.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.not_met))
        painter.drawRoundedRect(square, 3, 3)
        painter.setPen(QColor(theme.surface))
        painter.drawText(square, CENTER, "No")
    elif result == "not-applicable":
        _paint_word(painter, box, "n/a", theme.muted, strong=False)
    elif result == "unclear":
        _paint_word(painter, box, "?", theme.caution, strong=True)


def _paint_word(painter: QPainter, box: QRect, word: str, color: str, *, strong: bool) -> None:
    painter.setFont(font(14 if strong else 12, strong=strong))
    painter.setPen(QColor(color))
    painter.drawText(box, CENTER, word)


def _paint_note(painter: QPainter, box: QRect) -> None:
    """A small corner: something is noted for this cell."""
    size, corner = px(6), box.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(active().accent))
    painter.drawPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)])
