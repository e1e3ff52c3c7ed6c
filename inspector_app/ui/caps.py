"""A button with its key in a hairline box. Apart from the buttons: the first page has no key."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from inspector_app.ui.buttons import CAP_GAP
from inspector_app.ui.theme import active, font, px


def paint_with_cap(button: QPushButton, cap: str, width: int) -> None:
    """The button as its style paints it, and the cap at its right; `width`: with the gap."""
    painter = QStylePainter(button)
    option = QStyleOptionButton()
    button.initStyleOption(option)
    painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
    inner = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    option.rect = inner.adjusted(0, 0, -width, 0)
    painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
    box = QRect(0, 0, width - px(CAP_GAP), QFontMetrics(font(12)).height() + px(2))
    box.moveCenter(inner.center())
    box.moveRight(inner.right())
    _paint_cap(painter, box, cap, primary=button.objectName() == "primary")


def _paint_cap(painter: QPainter, box: QRect, cap: str, *, primary: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(12))
    painter.setPen(QColor(active().on_accent if primary else active().line))
    painter.setBrush(Qt.BrushStyle.NoBrush if primary else QColor(active().surface))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(active().on_accent if primary else active().muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
