"""Icons from resources/icons, recolored for the theme in use.

The page that a start shows has none: what draws them is loaded with the first.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from inspector_app.paths import resource
from inspector_app.ui.theme import active, px

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

STATE_COLORS = {
    "met": "met",
    "check": "met",
    "best-practice": "met",
    "not-met": "not_met",
    "deficiency": "not_met",
    "refused": "not_met",
    "could-not-assess": "caution",
    "area-of-concern": "caution",
    "problem": "caution",
    "caution": "caution",
    "conflict": "conflict",
    "partly": "accent",
    "new": "accent",
    "changed": "accent",
}
"""The color of a mark; every other icon has the color of text."""

WORDS = {
    "met": "Met",
    "not-met": "Not met",
    "not-applicable": "Not applicable",
    "could-not-assess": "Could not assess",
    "unanswered": "Not answered",
    "partly": "Partly done",
    "check": "Done",
    "problem": "Problem",
    "conflict": "Conflict",
    "other-person": "Somebody else’s",
    "deficiency": "Deficiency",
    "area-of-concern": "Area of concern",
    "best-practice": "Best practice",
}
"""What a mark says in words: no state is told by shape or color alone."""


def icon(name: str, color: str | None = None, *, gap: int = 0) -> "QIcon":
    """An icon for a button; `gap` keeps its word off it."""
    from PySide6.QtGui import QIcon, QPainter

    drawn = pixmap(name, px(16), color)
    if not gap:
        return QIcon(drawn)
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(px(gap) * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return QIcon(wider)


def pixmap(name: str, size: int = 16, color: str | None = None) -> QPixmap:
    """The icon at a size in pixels of the window, sharp on every screen."""
    chosen = color or getattr(active(), STATE_COLORS.get(name, "text"))
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, size, chosen, active().surface, ratio)


@cache
def _drawn(name: str, size: int, color: str, inside: str, ratio: float) -> QPixmap:
    from PySide6.QtGui import QPainter
    from PySide6.QtSvg import QSvgRenderer

    svg = _source(name).replace("#FFFFFF", inside).replace("currentColor", color)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    return (resource("icons") / f"{name}.svg").read_text("utf-8")
