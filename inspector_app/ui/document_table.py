"""The grid on the screen: frozen files and head, its keys, and the counts at its foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from inspector_app.ui.document_grid import (
    CENTER,
    FILE_WIDTH,
    HEAD_HEIGHT,
    LEAST_COLUMN,
    LEFT,
    ROW_HEIGHT,
    CellDelegate,
    GridModel,
    Index,
)
from inspector_app.ui.icons import pixmap
from inspector_app.ui.rows import draw
from inspector_app.ui.theme import active, font, px, target

RESULT_KEYS = {
    Qt.Key.Key_Y: "yes",
    Qt.Key.Key_N: "no",
    Qt.Key.Key_A: "not-applicable",
    Qt.Key.Key_U: "unclear",
    Qt.Key.Key_1: "yes",
    Qt.Key.Key_2: "no",
    Qt.Key.Key_3: "not-applicable",
    Qt.Key.Key_4: "unclear",
}
Cells = list[tuple[int, int]]
_EDGE = 24


class _FileHeader(QHeaderView):
    """The frozen column: number and identifier of each file."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(target(ROW_HEIGHT))
        self.setFixedWidth(px(FILE_WIDTH))
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = active()
        here = section == self._view.currentIndex().row()
        painter.fillRect(rect, QColor(theme.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        painter.setFont(font(14, strong=here))
        box = rect.adjusted(px(_EDGE), 0, -px(4), -1)
        model = self._view.grid
        number, _, name = str(model.headerData(section, Qt.Orientation.Vertical)).partition(" ")
        draw(painter, box, number, theme.text, LEFT)
        box.setLeft(box.left() + px(26))
        draw(painter, box, name, theme.text, LEFT)
        if replaced := model.replaced(section):
            box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(name) + px(6))
            painter.setFont(font(13))
            if painter.fontMetrics().horizontalAdvance(replaced) <= box.width():
                draw(painter, box, replaced, theme.muted, LEFT)
            elif box.width() >= px(12):  # the whole stands beside the grid and in the tooltip
                top = box.top() + (box.height() - px(12)) // 2
                painter.drawPixmap(box.left(), top, pixmap("changed", px(12)))


class _AttributeHeader(QHeaderView):
    """The frozen head: short labels, the one of the current column on a tint."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(px(LEAST_COLUMN))
        self.setFixedHeight(px(HEAD_HEIGHT))
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = active()
        here = section == self._view.currentIndex().column()
        painter.fillRect(rect, QColor(theme.selected if here else theme.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.edge))
        painter.setFont(font(12, strong=True))
        painter.setPen(QColor(theme.text if here else theme.muted))
        words = str(self._view.grid.headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(rect, CENTER, words)


class _Corner(QWidget):
    """The head of the frozen column."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), active()
        painter.fillRect(self.rect(), QColor(theme.surface))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(theme.edge))
        painter.setFont(font(14, strong=True))
        draw(painter, self.rect().adjusted(px(_EDGE), 0, 0, 0), "File", theme.text, LEFT)
        painter.end()


class GridView(QTableView):
    """Letters set results, arrows move; what is to be written is asked of the page."""

    results_set = Signal(str, object)
    """A result ("" takes it away) and the cells that get it."""
    filled_down = Signal(object)
    """The cells that get what stands in the uppermost chosen cell of their column."""
    taken_from_above = Signal(object)
    """The cells that get what stands directly above them."""
    removal = Signal(object)
    """The rows whose files are to go."""
    copied = Signal(object)
    """The block of cells that goes to the clipboard."""
    pasted = Signal(object)
    """The chosen cells, over which the clipboard comes."""
    note_asked = Signal()
    """A note for the current cell is to be typed."""
    moved = Signal()

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.grid = model
        self.setModel(model)
        self.setAccessibleName("Results by file")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(_FileHeader(self))
        self.setHorizontalHeader(_AttributeHeader(self))
        self.setItemDelegate(CellDelegate(self))
        self._corner = _Corner(self)
        self._corner.setGeometry(0, 0, px(FILE_WIDTH), px(HEAD_HEIGHT))
        model.modelReset.connect(self._fit)
        self._fit()

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if not self.currentIndex().isValid():
            super().keyPressEvent(event)
        elif not held and key in RESULT_KEYS:
            self._set(RESULT_KEYS[key])
        elif act := self._acts(key, bool(held & control)):
            act()
        else:
            super().keyPressEvent(event)

    def _acts(self, key: Qt.Key, control: bool) -> Callable[[], object] | None:
        """What a key does beside moving about, which the view does itself."""
        plain = {
            Qt.Key.Key_Delete: lambda: self.results_set.emit("", self.chosen()),
            Qt.Key.Key_Backspace: lambda: self.results_set.emit("", self.chosen()),
            Qt.Key.Key_Return: lambda: self._go(1, 0),
            Qt.Key.Key_Enter: lambda: self._go(1, 0),
            Qt.Key.Key_F2: self.note_asked.emit,
        }
        with_control = {
            Qt.Key.Key_Delete: lambda: self.removal.emit(self.chosen_rows()),
            Qt.Key.Key_D: self._fill_down,
            Qt.Key.Key_Apostrophe: self._take_from_above,
            Qt.Key.Key_QuoteDbl: self._take_from_above,
            Qt.Key.Key_C: lambda: self.copied.emit(self.chosen()),
            Qt.Key.Key_V: lambda: self.pasted.emit(self.chosen()),
        }
        return with_control.get(key) if control else plain.get(key)

    def chosen_rows(self) -> list[int]:
        """The rows in which a cell is chosen."""
        return sorted({row for row, _ in self.chosen()})

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from attribute to attribute; past the last cell, and before the first, out."""
        cells = self.grid.rowCount() * self.grid.columnCount()
        here = self.currentIndex()
        if not here.isValid() or not cells:
            return bool(super().focusNextPrevChild(onward))
        at = here.row() * self.grid.columnCount() + here.column() + (1 if onward else -1)
        if not 0 <= at < cells:
            return QWidget.focusNextPrevChild(self, onward)
        self.go_to(*divmod(at, self.grid.columnCount()))
        return True

    def _set(self, result: str) -> None:
        several = len(self.chosen()) > 1
        self.results_set.emit(result, self.chosen())
        if not several:
            self.next_attribute()

    def _fill_down(self) -> None:
        """The chosen cells; where only one is, the cell below it, which is then current."""
        cells = self.chosen()
        if len(cells) == 1 and cells[0][0] + 1 < self.grid.rowCount():
            row, column = cells[0]
            self.filled_down.emit([(row, column), (row + 1, column)])
            self._go(1, 0)
        elif len(cells) > 1:
            self.filled_down.emit(cells)

    def _take_from_above(self) -> None:
        cells = self.chosen()
        self.taken_from_above.emit([(row, column) for row, column in cells if row > 0])
        if len(cells) == 1:
            self.next_attribute()

    def next_attribute(self) -> None:
        """One to the right; after the last attribute, the first one of the next file."""
        columns = self.grid.columnCount()
        at = self.currentIndex().row() * columns + self.currentIndex().column() + 1
        if at < self.grid.rowCount() * columns:
            self.go_to(*divmod(at, columns))

    def _go(self, down: int, right: int) -> None:
        here = self.currentIndex()
        row = min(max(here.row() + down, 0), self.grid.rowCount() - 1)
        self.go_to(row, here.column() + right)

    def go_to(self, row: int, column: int) -> None:
        """Make one cell current, and the only one chosen."""
        index = self.grid.index(row, column)
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, chosen)
        self.scrollTo(index)

    def chosen(self) -> Cells:
        """The chosen cells by row and column, in their order."""
        return sorted((index.row(), index.column()) for index in self.selectedIndexes())

    def choose(self, row: int, column: int, rows: int, columns: int) -> None:
        """Choose a block of cells; its first one is current."""
        top, end = (
            self.grid.index(row, column),
            self.grid.index(row + rows - 1, column + columns - 1),
        )
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(top, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(QItemSelection(top, end), chosen)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            self._repaint(index)
        self.moved.emit()

    def _repaint(self, index: Index) -> None:
        """The tinted column and the two headings that tell where one is."""
        left, wide = self.columnViewportPosition(index.column()), self.columnWidth(index.column())
        self.viewport().update(left, 0, wide, self.viewport().height())
        self.horizontalHeader().viewport().update(left, 0, wide, px(HEAD_HEIGHT))
        top = self.rowViewportPosition(index.row())
        self.verticalHeader().viewport().update(0, top, px(FILE_WIDTH), target(ROW_HEIGHT))

    # -- size --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns share the width there is; the grid is as high as its files, then it scrolls."""
        columns = max(self.grid.columnCount(), 1)
        width = max(px(LEAST_COLUMN), min((self.viewport().width() - 1) // columns, px(72)))
        self.horizontalHeader().setDefaultSectionSize(width)
        wide = width * columns > self.viewport().width()
        sideways = self.horizontalScrollBar().sizeHint().height() if wide else 0
        rows = target(ROW_HEIGHT) * self.grid.rowCount()
        self.setMaximumHeight(px(HEAD_HEIGHT) + rows + sideways)

    def sizeHint(self) -> QSize:
        return QSize(px(480), self.maximumHeight())


class CountRow(QWidget):
    """The row at the foot: how many files lack each attribute. It scrolls with the grid."""

    def __init__(self, view: GridView) -> None:
        super().__init__()
        self._view = view
        self._counts: Sequence[int] = ()
        self.setFixedHeight(target(ROW_HEIGHT) + px(2))
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        view.horizontalHeader().sectionResized.connect(lambda *_: self.update())

    def set_counts(self, counts: Sequence[int]) -> None:
        self._counts = counts
        words = [
            f"{attribute.label} {count}"
            for attribute, count in zip(self._view.grid.attributes, counts, strict=True)
            if count
        ]
        self.setAccessibleName(f"Not met: {', '.join(words) or 'none so far'}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), active()
        left = px(FILE_WIDTH)
        painter.setClipRect(left, 0, self._view.viewport().width(), self.height())
        for column, count in enumerate(self._counts):
            at = left + self._view.columnViewportPosition(column)
            box = QRect(at, 0, self._view.columnWidth(column), self.height())
            painter.setFont(font(14, strong=bool(count)))
            painter.setPen(QColor(theme.text if count else theme.muted))
            painter.drawText(box, CENTER, str(count) if count else "–")
        painter.setClipping(False)
        painter.setFont(font(14, strong=True))
        draw(painter, QRect(px(_EDGE), 0, left, self.height()), "Not met", theme.text, LEFT)
        painter.end()
