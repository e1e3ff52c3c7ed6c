"""Measures, colors and paragraph styles of every report. Lengths are in points.

US Letter, twelve columns; the first three are the rail, the rest the text.
"""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle

from inspector_app.reports.typeface import BOLD, ITALIC, REGULAR, SEMIBOLD, covered

PAGE = (612.0, 792.0)
LEFT = 54.0
WIDE = 504.0
RAIL = 117.0
TEXT_X = 129.0
TEXT = 375.0
GUTTER = 12.0
BOTTOM, TOP, FIRST_TOP = 60.0, 714.0, 730.0
FRAME_HEIGHT = TOP - BOTTOM

INK_HEX, QUIET_HEX, NAVY_HEX = "1A1D21", "555D67", "17365D"
INK, QUIET, NAVY = (HexColor(f"#{h}") for h in (INK_HEX, QUIET_HEX, NAVY_HEX))
DEFICIENCY, CONCERN, PRACTICE = (HexColor(f"#{h}") for h in ("8C2318", "B87F14", "1F6B5B"))
MET, RULE, TINT = (HexColor(f"#{h}") for h in ("7A90A8", "C3C9D0", "F1F3F5"))
FLAG, PRACTICE_TINT, WHITE = (HexColor(f"#{h}") for h in ("F7EBD3", "E1EDE9", "FFFFFF"))

HEAVY, HEAD_RULE, HAIR = 1.5, 0.9, 0.4


def _style(
    face: str, size: float, leading: float, color: Color = INK, **more: Any
) -> ParagraphStyle:
    settings: dict[str, Any] = {"allowOrphans": 0, "allowWidows": 0, "splitLongWords": 1}
    return ParagraphStyle(
        f"{face}-{size}-{leading}",
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=color,
        bulletFontName=face,
        **settings | more,
    )


def _all() -> dict[str, ParagraphStyle]:
    covered()  # a style names a face, which must be registered
    return {
        "cover-title": _style(SEMIBOLD, 31, 35, NAVY),
        "cover-title-long": _style(SEMIBOLD, 24, 28, NAVY),
        "cover-kind": _style(SEMIBOLD, 13, 18, QUIET),
        "cover-model": _style(REGULAR, 15, 20),
        "issuer": _style(REGULAR, 11, 15.5),
        "h1": _style(SEMIBOLD, 21, 25, NAVY),
        "h2": _style(SEMIBOLD, 14, 18, NAVY),
        "h3": _style(SEMIBOLD, 16, 20, NAVY),
        "finding-number": _style(SEMIBOLD, 22, 26, NAVY),
        "number-24": _style(SEMIBOLD, 24, 26, NAVY),
        "number-20": _style(SEMIBOLD, 20, 26, NAVY),
        "number-17": _style(SEMIBOLD, 17, 26, NAVY),
        "lead": _style(REGULAR, 13, 19),
        "body": _style(REGULAR, 10.5, 15),
        "statement": _style(SEMIBOLD, 10.5, 15),
        "quotation": _style(ITALIC, 10.5, 15, leftIndent=12, rightIndent=12),
        "rail": _style(SEMIBOLD, 9, 12, NAVY),
        "cell": _style(REGULAR, 9, 12),
        "cell-strong": _style(SEMIBOLD, 9, 12),
        "cell-right": _style(REGULAR, 9, 12, alignment=2),
        "cell-quiet": _style(REGULAR, 9, 12, QUIET),
        "cell-center": _style(REGULAR, 9, 12, alignment=1),
        "sample": _style(REGULAR, 9, 11),
        "sample-right": _style(REGULAR, 9, 11, alignment=2),
        "sample-quiet": _style(REGULAR, 9, 11, QUIET),
        "sample-center": _style(REGULAR, 9, 11, alignment=1),
        "sample-strong": _style(SEMIBOLD, 9, 11),
        "check": _style(REGULAR, 9, 11, QUIET, alignment=1),
        "check-word": _style(REGULAR, 8, 11, QUIET, alignment=1),
        "no-filled": _style(SEMIBOLD, 9, 11, WHITE, alignment=1),
        "no-outlined": _style(SEMIBOLD, 9, 11, alignment=1),
        "sample-finding": _style(SEMIBOLD, 8.5, 11, NAVY, alignment=1),
        "head": _style(SEMIBOLD, 8.5, 11),
        "head-right": _style(SEMIBOLD, 8.5, 11, alignment=2),
        "head-center": _style(SEMIBOLD, 8.5, 10, alignment=1),
        "head-section": _style(REGULAR, 8, 10, QUIET, alignment=1),
        "group": _style(SEMIBOLD, 9, 12, NAVY),
        "table-title": _style(SEMIBOLD, 10.5, 15),
        "caption": _style(REGULAR, 9, 12),
        "note": _style(REGULAR, 8.5, 11.5, QUIET),
        "note-strong": _style(SEMIBOLD, 8.5, 11.5),
        "fine": _style(REGULAR, 8, 10.5, QUIET),
        "fact-label": _style(REGULAR, 8.5, 11, QUIET),
        "fact": _style(REGULAR, 9.5, 12.5),
        "contents-1": _style(SEMIBOLD, 10.5, 15),
        "contents-2": _style(REGULAR, 9.5, 12.5, leftIndent=12),
        "contents-page-1": _style(REGULAR, 10.5, 15, alignment=2),
        "contents-page-2": _style(REGULAR, 9.5, 12.5, alignment=2),
        "strip-label": _style(REGULAR, 9, 11.5, QUIET),
        "marking": _style(BOLD, 8.5, 11, alignment=1),
    }


STYLES = _all()
"""Every paragraph style by name; nothing under 8 points, nothing justified or hyphenated."""


def indented(name: str) -> ParagraphStyle:
    """The style for a paragraph that stands in the text columns, right of the rail."""
    return _in_text[name]


_in_text = {
    name: style.clone(f"{name}-in-text", leftIndent=style.leftIndent + TEXT_X)
    for name, style in STYLES.items()
}
