"""Bars by fiscal year in the window: deficiencies, and areas of concern on them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.ui.theme import active, font, px

_HIGH, _LABEL = 130, 22
Bar = tuple[int, int, int]
"""A fiscal year, its deficiencies and its areas of concern."""


class YearBars(QWidget):
    """Read-only; a screen reader hears all its values, and they stand in words beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Findings by fiscal year")

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these years."""
        self._bars = bars
        values = "; ".join(f"{year}: {d} deficiencies, {c} areas of concern" for year, d, c in bars)
        self.setAccessibleDescription(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(_HIGH + 2 * _LABEL))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(_HIGH + 2 * _LABEL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(13))
        base = self.height() - px(_LABEL)
        most = max((d + c for _, d, c in self._bars), default=0)
        step = self.width() / max(len(self._bars), 1)
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, place * step, step, base, px(_HIGH) / max(most, 1))
        painter.setPen(QPen(QColor(active().text), px(1)))
        painter.drawLine(0, base, self.width(), base)
        painter.end()

    def _paint_bar(
        self, painter: QPainter, bar: Bar, left: float, step: float, base: int, scale: float
    ) -> None:
        year, deficiencies, concerns = bar
        wide, x = step * 0.5, left + step * 0.25
        low, high = deficiencies * scale, concerns * scale
        color = QColor(active().not_met)
        painter.fillRect(QRectF(x, base - low, wide, low), color)
        if concerns:
            painter.setPen(QPen(QColor(active().caution), px(2)))
            painter.drawRect(QRectF(x + 1, base - low - high + 1, wide - 2, high - 1))
        painter.setPen(QColor(active().text))
        center = Qt.AlignmentFlag.AlignCenter
        top = QRectF(left, base - low - high - px(_LABEL), step, px(_LABEL))
        painter.drawText(top, center, str(deficiencies + concerns))
        painter.drawText(QRectF(left, base, step, px(_LABEL)), center, f"FY{year % 100:02}")
