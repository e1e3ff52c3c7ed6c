"""Marks painted by Qt over a picture on the screen; where their lines run stands in photos/marks.

What a blur covers is painted over too, so that nobody reads it over the inspector's shoulder.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from inspector_app.photos import Mark
from inspector_app.photos.marks import (
    Area,
    Cells,
    Ellipse,
    Figure,
    Line,
    Point,
    Words,
    casing_of,
    figures,
    gray,
)
from inspector_app.ui.theme import FAMILY


def paint_marks(painter: QPainter, target: QRectF, picture: QImage, marks: Iterable[Mark]) -> None:
    """Paint marks over `target`, where the picture is; `picture` may be a small copy of it."""
    size = QSize(max(round(target.width()), 1), max(round(target.height()), 1))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(target.topLeft())
    for _, drawn in figures(marks, size.width(), size.height(), measure):
        for figure in drawn:
            if isinstance(figure, Cells):
                _take_away(painter, figure, picture, size)
            else:
                _paint(painter, figure)
    painter.restore()


def measure(text: str, size: float) -> float:
    """How wide a text on a picture is, in pixels, at a size in pixels."""
    return QFontMetricsF(_font(size)).horizontalAdvance(text)


def _font(size: float) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(max(round(size), 1))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _take_away(painter: QPainter, cells: Cells, picture: QImage, size: QSize) -> None:
    across, down = picture.width() / size.width(), picture.height() / size.height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for left, top, right, bottom in cells.rects:
        width, height = max(round((right - left) * across), 1), max(round((bottom - top) * down), 1)
        part = picture.copy(QRect(int(left * across), int(top * down), width, height))
        mean = part.scaled(
            1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).pixelColor(0, 0)
        color = QColor(*gray((mean.red(), mean.green(), mean.blue())))
        painter.fillRect(QRect(left, top, right - left, bottom - top), color)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint(painter: QPainter, figure: Figure) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match figure:
        case Line():
            if figure.casing:
                _pen(painter, figure.casing, figure.width + 2 * casing_of(figure.width))
                painter.drawPolygon(_polygon(figure.points))
            _pen(painter, figure.color, figure.width)
            painter.drawPolygon(_polygon(figure.points))
        case Area():
            _pen(painter, figure.casing, 2 * figure.casing_width)
            painter.drawPolygon(_polygon(figure.points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(figure.color))
            painter.drawPolygon(_polygon(figure.points))
        case Ellipse():
            left, top, right, bottom = figure.rect
            rect = QRectF(left, top, right - left, bottom - top)
            _pen(painter, figure.casing, figure.width + 2 * casing_of(figure.width))
            painter.drawEllipse(rect)
            _pen(painter, figure.color, figure.width)
            painter.drawEllipse(rect)
        case Words():
            _paint_words(painter, figure)


def _paint_words(painter: QPainter, words: Words) -> None:
    left, top, right, bottom = words.rect
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(words.ground))
    radius = words.line / 6
    painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top), radius, radius)
    painter.setPen(QColor(words.color))
    painter.setFont(_font(words.size))
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for number, line in enumerate(words.lines):
        box = QRectF(words.left, words.top + words.line * number, right - left, words.line)
        painter.drawText(box, int(align | Qt.TextFlag.TextDontClip), line)


def _pen(painter: QPainter, color: str, width: float) -> None:
    pen = QPen(QColor(color), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
