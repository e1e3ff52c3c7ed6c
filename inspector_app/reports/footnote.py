"""The note at the end of a page that says what the gray brackets on it mean.

It belongs to the page, like head and foot; the first page says the same once in its text.
"""

from typing import Any

from inspector_app.reports import style
from inspector_app.reports.edition import note
from inspector_app.reports.flow import para
from inspector_app.reports.texts import fill

ROOM = 18.0
"""What an edition with exemptions leaves free under the text of every page, in points."""
_RULE = 69.0


def draw_note(canvas: Any) -> None:
    """Draw it where something on this page is withheld; the next page begins without."""
    codes, canvas.withheld = set(canvas.withheld), set()
    if not codes:
        return
    words = para(fill(note(codes)), "fine")
    words.wrap(style.WIDE, ROOM)
    top = style.BOTTOM + ROOM - 3
    with canvas.artifact():
        canvas.setStrokeColor(style.QUIET)
        canvas.setLineWidth(style.HAIR)
        canvas.line(style.LEFT, top, style.LEFT + _RULE, top)
        words.drawOn(canvas, style.LEFT, top - 2 - words.height)
