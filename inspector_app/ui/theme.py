"""How the window looks: tokens, and one style sheet filled by them. Nothing is styled in pages."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from inspector_app.paths import resource

STYLE = "Fusion"
"""Qt's own style that the sheet is laid over, the same on every system."""

FAMILY = "Source Sans 3"
BODY = 15
"""The height of body text in pixels where the system's font has its usual size."""

FIRST_FONTS = ("Regular", "SemiBold")
"""The fonts of the page that the program starts with."""
_LATER_FONTS = ("Bold", "Italic")

TOUCH = 44
"""The least height of what a finger presses (WCAG 2.2, 2.5.5), in touch mode."""
_TARGETS = {"framed": (30, 2), "bare": (24, 0), "quiet": (30, 0), "chip": (26, 2), "tick": (28, 0)}
"""Heights of targets in the style sheet, by kind, with what their edges add."""

_USUAL_POINTS = {"win32": 9.0, "darwin": 13.0}
_OTHER_POINTS = 11.0
_HAIRLINE = 3


class Theme(NamedTuple):
    """The colors of one theme, by what they are for."""

    name: str
    window: str
    surface: str
    sunken: str
    hover: str
    selected: str
    selected_edge: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    focus: str
    met: str
    met_tint: str
    not_met: str
    not_met_tint: str
    caution: str
    caution_tint: str
    conflict: str
    conflict_tint: str
    mark: str
    mark_line: str


LIGHT = Theme(
    name="light",
    window="#F1F3F5",
    surface="#FFFFFF",
    sunken="#F8F9FA",
    hover="#E8EBEE",
    selected="#DBE7F4",
    selected_edge="#DBE7F4",
    line="#D5DADF",
    edge="#7B848D",
    text="#181C20",
    muted="#515A63",
    accent="#1C4F8C",
    on_accent="#FFFFFF",
    focus="#1C4F8C",
    met="#1B6A3F",
    met_tint="#E2F1E7",
    not_met="#A6281D",
    not_met_tint="#FBE9E6",
    caution="#7A5200",
    caution_tint="#FAEFD4",
    conflict="#6A3E9E",
    conflict_tint="#EFE8F7",
    mark="#FFE9A8",
    mark_line="#FFE9A8",
)
DARK = Theme(
    name="dark",
    window="#15181B",
    surface="#1C2024",
    sunken="#181B1F",
    hover="#272D32",
    selected="#21364E",
    selected_edge="#21364E",
    line="#343B42",
    edge="#7D8791",
    text="#E7EAED",
    muted="#A8B1BA",
    accent="#8DBAF0",
    on_accent="#0C1A2A",
    focus="#8DBAF0",
    met="#7CCB9A",
    met_tint="#173324",
    not_met="#F59C91",
    not_met_tint="#40201C",
    caution="#E5B85C",
    caution_tint="#382C12",
    conflict="#CBACF3",
    conflict_tint="#30243F",
    mark="#4A3D12",
    mark_line="#4A3D12",
)
CONTRAST = Theme(
    name="contrast",
    window="#000000",
    surface="#000000",
    sunken="#000000",
    hover="#1F1F1F",
    selected="#000000",
    selected_edge="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    muted="#FFFFFF",
    accent="#FFE600",
    on_accent="#000000",
    focus="#4DE3FF",
    met="#7DFFB3",
    met_tint="#000000",
    not_met="#FF9F95",
    not_met_tint="#000000",
    caution="#FFC65C",
    caution_tint="#000000",
    conflict="#DDB8FF",
    conflict_tint="#000000",
    mark="#000000",
    mark_line="#FFE600",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
SYSTEM = "system"
"""The choice that follows the system's own light, dark or high contrast."""

_active = LIGHT
_scale = 1.0
_touch = False


def active() -> Theme:
    """The theme in use."""
    return _active


def px(size: float) -> int:
    """A length at the size of the text: 232 px is 464 where the system's font is twice as big."""
    return round(size * _scale)


def target(size: float) -> int:
    """The height of something that is pressed: as `px`, but fit for a finger in touch mode."""
    return px(max(size, TOUCH) if _touch else size)


def apply(
    app: QApplication, name: str, scale: float | None = None, *, touch: bool | None = None
) -> None:
    """Use a theme, or `system`; the fonts are the bundled ones, at the system's size.

    `touch`: whether what is pressed is at least 44 px high; None leaves that as it is.
    """
    global _active, _scale, _touch
    _active = THEMES[_of_system(app) if name == SYSTEM else name]
    _scale = scale or _system_scale()
    _touch = _touch if touch is None else touch
    sheet = stylesheet(_active, _scale, touch=_touch)
    if app.styleSheet() != sheet:
        app.setFont(base_font())
        app.setStyleSheet(sheet)


def _of_system(app: QApplication) -> str:
    hints = app.styleHints()
    wanted = getattr(hints.accessibility(), "contrastPreference", None)
    if wanted is not None and wanted() == Qt.ContrastPreference.HighContrast:
        return CONTRAST.name
    return (DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT).name


def load_fonts(names: Iterable[str] = FIRST_FONTS + _LATER_FONTS) -> None:
    """Register bundled fonts, so that pictures do not depend on the machine; each but once."""
    for name in names:
        _load_font(name)


@cache
def _load_font(name: str) -> None:
    QFontDatabase.addApplicationFont(str(resource("fonts") / f"SourceSans3-{name}.ttf"))


def base_font() -> QFont:
    """The body font, with figures of one width."""
    font = QFont(FAMILY)
    font.setPixelSize(px(BODY))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def font(size: int, *, strong: bool = False) -> QFont:
    """The body font at another size, for what is painted rather than laid out. Not altered."""
    return _font(px(size), strong)


@cache
def _font(pixels: int, strong: bool) -> QFont:
    made = base_font()
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made


def _system_scale() -> float:
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return max(points / _USUAL_POINTS.get(sys.platform, _OTHER_POINTS), 1.0)


def stylesheet(theme: Theme, scale: float = 1.0, *, touch: bool = False) -> str:
    """The whole style sheet of one theme; sizes grow with the text, hairlines do not."""
    tokens = theme._asdict()
    for name, (usual, edges) in _TARGETS.items():
        tokens[f"{name}_height"] = f"{max(usual, TOUCH - edges) if touch else usual}px"
    tokens["chip_round"] = f"{(TOUCH if touch else _TARGETS['chip'][0] + 2) // 2 - 1}px"
    sheet = Template(resource("window.qss").read_text("utf-8")).substitute(tokens)

    def scaled(found: re.Match[str]) -> str:
        size = int(found[1])
        return f"{size if size <= _HAIRLINE else round(size * scale)}px"

    return re.sub(r"\b(\d+)px", scaled, sheet)
