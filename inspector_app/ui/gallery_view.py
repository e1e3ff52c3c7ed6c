"""The photos as a grid of small pictures: arrows move, Enter opens, Delete removes."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.ui.annotation_paint import paint_marks
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.gallery_rows import PhotoRow, blurred_words
from inspector_app.ui.icons import pixmap
from inspector_app.ui.rows import LEFT, RIGHT, draw, paint_ground
from inspector_app.ui.theme import active, font, px

Index = QModelIndex | QPersistentModelIndex
_CELL, _PICTURE, _MARGIN, _LINE = QSize(196, 204), QSize(180, 136), 8, 22
_KEPT = 160
_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class _Photos(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PhotoRow] = []

    def replace(self, rows: Sequence[PhotoRow]) -> None:
        """Other rows; where they are the same photos, only those that differ are painted anew."""
        if [row.record for row in rows] == [row.record for row in self.rows]:
            before, self.rows = self.rows, list(rows)
            for at, (one, other) in enumerate(zip(before, rows, strict=True)):
                if one != other:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.number
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _PhotoDelegate(QStyledItemDelegate):
    def __init__(self, view: "GalleryView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(_CELL.width()), px(_CELL.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PhotoRow = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        cell = option.rect.adjusted(px(2), px(2), -px(2), -px(2))
        paint_ground(painter, option, cell)
        corner = cell.topLeft()
        frame = QRect(corner, QSize(px(_PICTURE.width()), px(_PICTURE.height())))
        frame.translate((cell.width() - frame.width()) // 2, px(_MARGIN))
        self._paint_picture(painter, frame, row)
        self._paint_words(painter, frame.adjusted(0, frame.height() + px(4), 0, px(48)), row)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRect, row: PhotoRow) -> None:
        theme = active()
        painter.fillRect(frame, QColor(theme.sunken))
        image = self._view.loader.picture(row.sha256)
        if image is None:
            painter.setFont(font(13))
            painter.setPen(QColor(theme.muted))
            inner = frame.adjusted(px(8), px(8), -px(8), -px(8))
            painter.drawText(inner, int(_MIDDLE), self._view.loader.why_not(row.sha256))
        else:
            target = fitted(image.size(), frame).toAlignedRect()
            painter.drawPixmap(target, self._view.scaled(row.sha256, image, target.size()))
            if row.marks:
                paint_marks(painter, QRectF(target), image, row.marks)
        painter.setPen(QColor(theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0, 0, -1, -1))

    def _paint_words(self, painter: QPainter, box: QRect, row: PhotoRow) -> None:
        theme = active()
        line = QRect(box.left(), box.top(), box.width(), px(_LINE))
        if not row.described:
            size = px(14)
            painter.drawPixmap(box.right() - size, line.top() + px(4), pixmap("problem", size))
        painter.setFont(font(14, strong=True))
        draw(painter, line, row.number, theme.text, LEFT)
        painter.setFont(font(13))
        right = line.adjusted(0, 0, 0 if row.described else -px(20), 0)
        draw(painter, right, blurred_words(row.marks) or row.at, theme.muted, RIGHT)
        line.translate(0, px(_LINE))
        painter.setFont(font(14))
        draw(painter, line, row.title, theme.text if row.caption else theme.muted, LEFT)


def fitted(size: QSize, frame: QRect) -> QRectF:
    """The whole picture in the middle of a frame, as large as it can be."""
    inside = QSizeF(size).scaled(QSizeF(frame.size()), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, inside.width(), inside.height())
    target.moveCenter(QRectF(frame).center())
    return target


class GalleryView(QListView):
    """Thousands of photos: only what is to be seen is painted and read."""

    opened = Signal(str)
    """The record of the photo that was clicked or entered."""
    removal = Signal(str)

    def __init__(self, loader: PictureLoader) -> None:
        super().__init__()
        self.loader = loader
        self._photos = _Photos()
        self._scaled: dict[str, QPixmap] = {}
        self.setModel(self._photos)
        self.setItemDelegate(_PhotoDelegate(self))
        self.setAccessibleName("Pictures")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QListView.DragDropMode.NoDragDrop)
        self.clicked.connect(lambda index: self.opened.emit(self._photos.rows[index.row()].record))
        loader.loaded.connect(self.viewport().update)

    def scaled(self, digest: str, image: QImage, size: QSize) -> QPixmap:
        """The picture at the size of a cell, kept while it is among those shown lately."""
        ratio = self.devicePixelRatioF()
        wanted = size * ratio
        made = self._scaled.pop(digest, None)
        if made is None or made.size() != wanted:
            whole = Qt.AspectRatioMode.IgnoreAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            made = QPixmap.fromImage(image.scaled(wanted, whole, smooth))
            made.setDevicePixelRatio(ratio)
        self._scaled[digest] = made
        while len(self._scaled) > _KEPT:
            del self._scaled[next(iter(self._scaled))]
        return made

    def rows(self) -> list[PhotoRow]:
        return list(self._photos.rows)

    def set_rows(self, rows: Sequence[PhotoRow]) -> None:
        """Show these photos; the current one stays current if it is still there."""
        record = self.current_record()
        self._photos.replace(rows)
        self.select(record)

    def current_record(self) -> str:
        index = self.currentIndex()
        return self._photos.rows[index.row()].record if index.isValid() else ""

    def select(self, record: str) -> None:
        """Make a photo current, where it is shown; else the first."""
        at = next((i for i, row in enumerate(self._photos.rows) if row.record == record), 0)
        if self._photos.rows:
            self.setCurrentIndex(self._photos.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current_record()
        if record and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(record)
        elif record and event.key() == Qt.Key.Key_Delete:
            self.removal.emit(record)
        else:
            super().keyPressEvent(event)
