"""The table of inspections: a mark, agency over kind and form, when, who, how it stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.rows import LEFT, RIGHT, Index, draw
from inspector_app.ui.theme import active, font, px
from inspector_app.workspace.summary import UNKNOWN, counted

if TYPE_CHECKING:
    from inspector_app.workspace import InspectionSummary

HEADS = ("Inspection", "On site", "Team", "State", "Left to do", "Hand-over")
_WIDTHS = (0, 132, 158, 128, 96, 168)
_FIRST_TO_GO = (2, 5, 1, 3)
_ROW, _LEAST_TITLE = 56, 300
_RIGHT_ALIGNED = (4, 5)
UNDER = Qt.ItemDataRole.UserRole + 1


def mark_of(row: "InspectionSummary") -> str:
    """How an inspection stands, as a mark."""
    if row.left == UNKNOWN:
        return "partly"
    if row.conflicts:
        return "conflict"
    if row.follow_up:
        return "check" if row.follow_up == "closed" else "partly"
    return "partly" if row.left else "check"


def state_of(row: "InspectionSummary") -> str:
    """How it stands, in words."""
    if row.conflicts:
        return counted(row.conflicts, "conflict", "conflicts")
    if row.follow_up:
        return row.follow_up[:1].upper() + row.follow_up[1:]
    return "In progress" if row.left else "Complete"


def days_of(first: date | None, last: date | None) -> str:
    """`Mar 10–12, 2026`."""
    if first is None:
        return "–"
    last = last or first
    if first == last:
        return f"{first:%b} {first.day}, {first.year}"
    end = f"{last.day}" if (first.year, first.month) == (last.year, last.month) else ""
    end = end or f"{last:%b} {last.day}"
    start = f"{first:%b} {first.day}" + (f", {first.year}" if first.year != last.year else "")
    return f"{start}–{end}, {last.year}"


def team_of(names: Sequence[str]) -> str:
    """`A. Sample and 2 more`."""
    short = [f"{name[0]}. {name.split()[-1]}" if " " in name else name for name in names if name]
    if len(short) > 2:
        return f"{short[0]} and {len(short) - 1} more"
    return ", ".join(short)


def cells_of(row: "InspectionSummary") -> tuple[str, ...]:
    """What stands in each column."""
    if row.left == UNKNOWN:
        return (row.agency, days_of(row.first_day, row.last_day), "…", "…", "…", "…")
    handed = row.not_handed_over
    return (
        row.agency,
        days_of(row.first_day, row.last_day),
        team_of(row.team),
        state_of(row),
        str(row.left) if row.left else "–",
        f"{counted(handed, 'change', 'changes')} not yet" if handed else "all handed over",
    )


def under_of(row: "InspectionSummary", revision: str) -> str:
    """Kind and form, under the agency."""
    practice = " · practice" if row.practice else ""
    model = f"{row.model}, {revision}" if revision else row.model
    return f"{row.kind_words} · {model}{practice}"


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[InspectionSummary] = []
        self.revisions: Mapping[str, str] = {}
        self.places: Mapping[str, int] = {}

    def renew(self, row: "InspectionSummary") -> None:
        """Another row for the same inspection, where it is listed."""
        place = self.places.get(row.id)
        if place is not None:
            self.rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(HEADS) - 1))

    def replace(self, rows: Sequence["InspectionSummary"], revisions: Mapping[str, str]) -> None:
        self.beginResetModel()
        self.rows, self.revisions = list(rows), revisions
        self.places = {row.id: place for place, row in enumerate(rows)}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(
        self, at: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[at]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if at in _RIGHT_ALIGNED else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        words = cells_of(row)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == 0:
                return f"{words}, {self.under(row)}, {WORDS[mark_of(row)]}"
            return ", ".join(row.team) if index.column() == 2 else words
        if role == UNDER:
            return self.under(row)
        return row if role == Qt.ItemDataRole.UserRole else None

    def under(self, row: "InspectionSummary") -> str:
        return under_of(row, self.revisions.get(row.id, ""))


class _Cells(QStyledItemDelegate):
    def __init__(self, view: "HomeTable") -> None:
        super().__init__(view)
        self._view = view

    def _outline(self, painter: QPainter, box: QRect, column: int, color: QColor) -> None:
        """Two pixels around the whole row, of which this cell paints its part."""
        shown = [at for at in range(len(HEADS)) if not self._view.isColumnHidden(at)]
        painter.fillRect(box.left(), box.top(), box.width(), 2, color)
        painter.fillRect(box.left(), box.bottom() - 2, box.width(), 2, color)
        if column == shown[0]:
            painter.fillRect(box.left(), box.top(), 2, box.height() - 1, color)
        if column == shown[-1]:
            painter.fillRect(box.right() - 1, box.top(), 2, box.height() - 1, color)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = active(), option.rect
        row: InspectionSummary = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.selected))
            edge = theme.focus if self._view.hasFocus() else theme.selected_edge
            self._outline(painter, box, index.column(), QColor(edge))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))
        inner = box.adjusted(px(12), 0, -px(12), 0)
        if index.column() == 0:
            self._paint_first(painter, inner, row, str(index.data(UNDER)))
        else:
            painter.setFont(font(14))
            side = RIGHT if index.column() in _RIGHT_ALIGNED else LEFT
            color = theme.muted if index.column() in (2, 5) else theme.text
            draw(painter, inner, str(index.data()), color, side)
        painter.restore()

    def _paint_first(
        self, painter: QPainter, box: QRect, row: "InspectionSummary", under: str
    ) -> None:
        size = px(16)
        painter.drawPixmap(
            box.left(), box.top() + (box.height() - size) // 2, pixmap(mark_of(row), size)
        )
        box = box.adjusted(px(30), px(7), 0, -px(7))
        half = box.height() // 2
        painter.setFont(font(15, strong=True))
        draw(
            painter,
            QRect(box.left(), box.top(), box.width(), half),
            row.agency,
            active().text,
            LEFT,
        )
        painter.setFont(font(13))
        below = QRect(box.left(), box.top() + half, box.width(), half)
        draw(painter, below, under, active().muted, LEFT)


class HomeTable(QTableView):
    """Rows to open; columns give way where there is no room, the mark and the name never."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Model()
        self.setModel(self._rows)
        self.setItemDelegate(_Cells(self))
        self.setObjectName("home")
        self.setAccessibleName("Inspections")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.horizontalHeader().setAccessibleName("Columns")
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(px(34))
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence["InspectionSummary"], revisions: Mapping[str, str]) -> None:
        """Show these, with each one's form revision; the current row stays so, else the first."""
        before = self.current_id()
        self._rows.replace(rows, revisions)
        at = next((i for i, row in enumerate(rows) if row.id == before), 0)
        if rows:
            self.setCurrentIndex(self._rows.index(at, 0))
        self.setFixedHeight(px(34) + px(_ROW) * len(rows) + 1)
        self._share_width()

    def renew_row(self, row: "InspectionSummary") -> None:
        """What is known of an inspection now."""
        self._rows.renew(row)

    def in_sight(self) -> list[str]:
        """The inspections whose rows are to be seen, from the top."""
        seen = self.viewport().visibleRegion().boundingRect()
        first, last = self.rowAt(seen.top()), self.rowAt(seen.bottom())
        if seen.isEmpty() or first < 0:
            return []
        return [row.id for row in self._rows.rows[first : last + 1 if last >= 0 else None]]

    def current_id(self) -> str:
        index = self.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() else ""

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.rows[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(px(560), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        width, hidden = self.viewport().width(), set[int]()
        for column in _FIRST_TO_GO:
            taken = sum(px(w) for at, w in enumerate(_WIDTHS) if at not in hidden)
            if width - taken < px(_LEAST_TITLE):
                hidden.add(column)
        taken = sum(px(w) for at, w in enumerate(_WIDTHS) if at not in hidden)
        for at, usual in enumerate(_WIDTHS):
            self.setColumnHidden(at, at in hidden)
            self.setColumnWidth(at, px(usual) if at else max(width - taken, px(120)))
