"""Measures, colors and paragraph styles of every report. Lengths are in points.

US Letter, twelve columns; the first three are the rail, the rest the text.
"""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle

from inspector_app.reports.typeface import ITALIC, REGULAR, SEMIBOLD, covered

PAGE = (612.0, 792.0)
LEFT = 54.0
WIDE = 504.0
RAIL = 117.0
TEXT_X = 129.0
TEXT = 375.0
GUTTER = 12.0
BOTTOM, TOP, FIRST_TOP = 60.0, 714.0, 730.0
FRAME_HEIGHT = TOP - BOTTOM - 18
"""What every page has room for, also one that ends with a note on what is withheld."""

INK_HEX, QUIET_HEX, NAVY_HEX = "1A1D21", "555D67", "17365D"
INK, QUIET, NAVY = (HexColor(f"#{h}") for h in (INK_HEX, QUIET_HEX, NAVY_HEX))
DEFICIENCY, CONCERN, PRACTICE = (HexColor(f"#{h}") for h in ("8C2318", "B87F14", "1F6B5B"))
MET, RULE, TINT = (HexColor(f"#{h}") for h in ("7A90A8", "C3C9D0", "F1F3F5"))
PRACTICE_TINT, WHITE = HexColor("#E1EDE9"), HexColor("#FFFFFF")
FLAG = HexColor("#F7EBD3")

HEAVY, HEAD_RULE, HAIR = 1.5, 0.9, 0.4


_RIGHT, _CENTER = {"alignment": 2}, {"alignment": 1}
_TYPE: dict[str, tuple[str, float, float, Color, dict[str, Any]]] = {
    "cover-title": (SEMIBOLD, 31, 35, NAVY, {}),
    "cover-title-long": (SEMIBOLD, 24, 28, NAVY, {}),
    "cover-kind": (SEMIBOLD, 13, 18, QUIET, {}),
    "cover-model": (REGULAR, 15, 20, INK, {}),
    "issuer": (REGULAR, 11, 15.5, INK, {}),
    "h1": (SEMIBOLD, 21, 25, NAVY, {}),
    "h2": (SEMIBOLD, 14, 18, NAVY, {}),
    "h3": (SEMIBOLD, 16, 20, NAVY, {}),
    "finding-number": (SEMIBOLD, 22, 26, NAVY, {}),
    "number-24": (SEMIBOLD, 24, 26, NAVY, {}),
    "number-20": (SEMIBOLD, 20, 26, NAVY, {}),
    "number-17": (SEMIBOLD, 17, 26, NAVY, {}),
    "lead": (REGULAR, 13, 19, INK, {}),
    "body": (REGULAR, 10.5, 15, INK, {}),
    "quiet": (REGULAR, 10.5, 15, QUIET, {}),
    "quotation": (ITALIC, 10.5, 15, INK, {"leftIndent": 12, "rightIndent": 12}),
    "rail": (SEMIBOLD, 9, 12, NAVY, {}),
    "cell": (REGULAR, 9, 12, INK, {}),
    "cell-strong": (SEMIBOLD, 9, 12, INK, {}),
    "cell-right": (REGULAR, 9, 12, INK, _RIGHT),
    "cell-quiet": (REGULAR, 9, 12, QUIET, {}),
    "cell-center": (REGULAR, 9, 12, INK, _CENTER),
    "sample": (REGULAR, 9, 11, INK, {}),
    "sample-right": (REGULAR, 9, 11, INK, _RIGHT),
    "sample-quiet": (REGULAR, 9, 11, QUIET, {}),
    "sample-center": (REGULAR, 9, 11, INK, _CENTER),
    "sample-strong": (SEMIBOLD, 9, 11, INK, {}),
    "check": (REGULAR, 9, 11, QUIET, _CENTER),
    "check-word": (REGULAR, 8, 11, QUIET, _CENTER),
    "no-filled": (SEMIBOLD, 9, 11, WHITE, _CENTER),
    "no-outlined": (SEMIBOLD, 9, 11, INK, _CENTER),
    "sample-finding": (SEMIBOLD, 8.5, 11, NAVY, _CENTER),
    "head": (SEMIBOLD, 8.5, 11, INK, {}),
    "head-right": (SEMIBOLD, 8.5, 11, INK, _RIGHT),
    "head-center": (SEMIBOLD, 8.5, 10, INK, _CENTER),
    "head-section": (REGULAR, 8, 10, QUIET, _CENTER),
    "group": (SEMIBOLD, 9, 12, NAVY, {}),
    "table-title": (SEMIBOLD, 10.5, 15, INK, {}),
    "caption": (REGULAR, 9, 12, INK, {}),
    "note": (REGULAR, 8.5, 11.5, QUIET, {}),
    "note-strong": (SEMIBOLD, 8.5, 11.5, INK, {}),
    "fine": (REGULAR, 8, 10.5, QUIET, {}),
    "fact": (REGULAR, 9.5, 12.5, INK, {}),
    "contents-1": (SEMIBOLD, 10.5, 15, INK, {}),
    "contents-2": (REGULAR, 9.5, 12.5, INK, {"leftIndent": 12}),
    "contents-page-1": (REGULAR, 10.5, 15, INK, _RIGHT),
    "contents-page-2": (REGULAR, 9.5, 12.5, INK, _RIGHT),
    "strip-label": (REGULAR, 9, 11.5, QUIET, {}),
}
"""Face, size, leading and color of each style; nothing is justified or hyphenated."""


def _style(
    name: str, face: str, size: float, leading: float, color: Color, more: dict[str, Any]
) -> ParagraphStyle:
    settings: dict[str, Any] = {"allowOrphans": 0, "allowWidows": 0, "splitLongWords": 1}
    return ParagraphStyle(
        name,
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=color,
        bulletFontName=face,
        **settings | more,
    )


covered()  # a style names a face, which must be registered
STYLES = {name: _style(name, *about) for name, about in _TYPE.items()}
"""Every paragraph style by name, nothing under 8 points."""


def indented(name: str) -> ParagraphStyle:
    """The style for a paragraph that stands in the text columns, right of the rail."""
    return _in_text[name]


_in_text = {
    name: style.clone(f"{name}-in-text", leftIndent=style.leftIndent + TEXT_X)
    for name, style in STYLES.items()
}
