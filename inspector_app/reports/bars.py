"""The bar at the left of each part of a report that was amended. An artifact: words say it too."""

from collections.abc import Iterable
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from inspector_app.reports import style
from inspector_app.reports.blocks import Tag
from inspector_app.reports.flow import Para, RailLabel, Rule
from inspector_app.reports.pictures import PictureRow
from inspector_app.reports.tables import Grid

_WIDTH = 2.5
_AT_TEXT, _AT_EDGE = style.TEXT_X - 8, -9.0
_WITHOUT = (CondPageBreak, RailLabel, Rule, Tag)


def barred(story: Iterable[Flowable]) -> list[Flowable]:
    """The same, with a bar beside all that is read, as long as the whole."""
    made = list(story)
    marked = [part for part in made if not isinstance(part, _WITHOUT)]
    for part, after in zip(marked, [*marked[1:], None], strict=True):
        if not isinstance(part, Spacer) or part is not marked[0]:
            part.bar = bar_at(after if isinstance(part, Spacer) and after else part)
            part.bar_below = part.getSpaceAfter() if after else 0
    return made


def bar_at(part: Flowable) -> float:
    """Left of the text columns, or of what goes over the whole width."""
    if isinstance(part, Para):
        return _AT_TEXT if part.style.leftIndent >= style.TEXT_X else _AT_EDGE
    if isinstance(part, PictureRow) and min(part._xs) >= style.TEXT_X:
        return _AT_TEXT
    if isinstance(part, Grid) and part.width - sum(part.widths) >= style.TEXT_X:
        return _AT_TEXT
    return _AT_EDGE


def draw_bars(canvas: Any, part: Flowable, low: float) -> None:
    """The bar beside a part that was just drawn with its lower left corner there."""
    if isinstance(part, Grid) and canvas.running.amended:
        high = low + part.height
        for row in part.rows:
            if row.part.record in canvas.running.amended:
                left = part.width - sum(part.widths) + _AT_EDGE
                _draw(canvas, left, high - row.height, row.height)
            high -= row.height
    below = getattr(part, "bar_below", 0)
    if (x := getattr(part, "bar", None)) is not None and part.height > 0:
        _draw(canvas, x, low - below, part.height + below)


def _draw(canvas: Any, x: float, low: float, height: float) -> None:
    with canvas.artifact():
        canvas.setFillColor(style.NAVY)
        canvas.rect(style.LEFT + x, low, _WIDTH, height, stroke=0, fill=1)
