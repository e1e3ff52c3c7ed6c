"""The grid of a document review: its model, how a cell is painted, and the row of counts."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
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
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.conflicts import disputed_fields
from inspector_app.inspection import samples
from inspector_app.records import SampledFile
from inspector_app.ui.icons import pixmap
from inspector_app.ui.theme import Theme, active, font, px, target

if TYPE_CHECKING:
    from inspector_app.forms import Attribute
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Slots

    # a function, so that the model never holds an inspection that was read anew elsewhere
    Reads = Callable[[], Inspection]

Index = QModelIndex | QPersistentModelIndex
CENTER = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
ROW_HEIGHT, HEAD_HEIGHT = 26, 34
FILE_WIDTH, LEAST_COLUMN = 144, 36
RESULT_WORDS = {"yes": "yes", "no": "No", "not-applicable": "not applicable", "unclear": "unclear"}
DISPUTED = "disputed"
# as numbers: the flags of Qt cost more than the painting, some hundred cells at a time
_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUS = QStyle.StateFlag.State_HasFocus.value
_HOVER = QStyle.StateFlag.State_MouseOver.value
_CELL = ("results", "notes")
_WHOLE = {"document-review", "frame", "draw"}


class GridModel(QAbstractTableModel):
    """Files by attributes, flat over the inspection; it follows what became durable."""

    def __init__(self, inspection: "Reads", review: str) -> None:
        super().__init__()
        self._inspection = inspection
        self.review = review
        self.attributes: Sequence[Attribute] = ()
        self.files: list[SampledFile] = []
        self.disputed: dict[str, tuple[str, ...]] = {}
        """The fields of each file, shown or not, on which people disagree."""
        self.aside = False
        """Whether the files are shown that no longer count, instead of those that do."""
        self._wanted: Callable[[SampledFile], bool] = lambda file: True
        self._rows: dict[str, int] = {}
        self.refresh()

    def filter(self, wanted: "Callable[[SampledFile], bool]", *, aside: bool = False) -> None:
        """Show only the files that are wanted; `aside`: of those that no longer count."""
        self._wanted, self.aside = wanted, aside
        self.refresh()

    def follow(self, slots: "Slots") -> None:
        """Show what is different: only cells, unless a file or the review itself is."""
        kinds = {record.partition(":")[0] for record, _ in slots}
        cells = {slot for slot in slots if slot[0].startswith(f"{SampledFile.kind}:")}
        if kinds & _WHOLE or any(field.partition(".")[0] not in _CELL for _, field in cells):
            self.refresh()
        else:
            for record in {record for record, _ in cells}:
                self._refresh_file(record)

    def _refresh_file(self, record: str) -> None:
        inspection, row = self._inspection(), self._rows.get(record)
        file = inspection.get(SampledFile, record)
        if file is not None and record in self.disputed:
            self.disputed[record] = disputed_fields(inspection.log, record)
        if file is not None and row is not None:
            self.files[row] = file
            last = len(self.attributes) - 1
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def refresh(self) -> None:
        """Read the files anew; selection and focus stay where the same files are still shown."""
        inspection = self._inspection()
        attributes = samples.attributes_of(inspection, self.review) or ()
        everything = samples.all_files(inspection, self.review)
        self.disputed = {f.id: disputed_fields(inspection.log, f.id) for f in everything}
        files = [f for f in everything if bool(f.aside) == self.aside and self._wanted(f)]
        same = [f.id for f in files] == [f.id for f in self.files] and attributes == self.attributes
        if not same:
            self.beginResetModel()
        self.attributes, self.files = attributes, files
        self._rows = {file.id: row for row, file in enumerate(files)}
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
        words = f"{self.file_words(row)}, {attribute.label}: {state}"
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
        words = f"{file.position or section + 1:02} {file.file}"
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            instead = f", in place of {file.replaces_file}" if file.replaces_file else ""
            return f"{words}{instead}{', no longer counts' if file.aside else ''}"
        return None

    def file_words(self, row: int) -> str:
        """`File 03`, as people speak of it; no identifier."""
        return f"File {self.files[row].position or row + 1:02}"

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
        return QSize(px(LEAST_COLUMN), target(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, state, model = option.rect, option.state.value, index.model()
        row, column = index.row(), index.column()
        self._paint_ground(painter, box, state, column)
        if isinstance(model, GridModel):
            paint_result(painter, box.adjusted(0, 0, 0, -1), model.result(row, column))
            if model.has_note(row, column):
                _paint_note(painter, box)
        if state & (_FOCUS | _SELECTED):
            color = active().focus if state & _FOCUS else active().selected_edge
            painter.setPen(QPen(QColor(color), 2 if state & _FOCUS else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _paint_ground(self, painter: QPainter, box: QRect, state: int, column: int) -> None:
        theme = active()
        if state & _SELECTED:
            painter.fillRect(box, _color(theme.selected))
        elif state & _HOVER:
            painter.fillRect(box, _color(theme.hover))
        elif column == self._view.currentIndex().column():
            painter.fillRect(box, _color(theme.sunken))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), _color(theme.line))


@cache
def _color(name: str) -> QColor:
    return QColor(name)


def paint_result(painter: QPainter, box: QRect, result: str) -> None:
    """One result in the middle of a box; told by shape and word before color."""
    if result:
        ratio = painter.device().devicePixelRatio()
        picture = _picture(result, active(), px(36), px(20), ratio)
        at = QRect(0, 0, px(36), px(20))
        at.moveCenter(box.center())
        painter.drawPixmap(at.topLeft(), picture)


@lru_cache(maxsize=64)
def _picture(result: str, theme: Theme, width: int, height: int, ratio: float) -> QPixmap:
    """A result drawn once: a grid has hundreds of the same."""
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_result(painter, QRect(0, 0, width, height), result, theme)
    painter.end()
    return picture


def _draw_result(painter: QPainter, box: QRect, result: str, theme: Theme) -> None:
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
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(active().accent))
    painter.drawPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)])
    painter.restore()
