"""How the window looks: tokens, and one style sheet filled by them. Nothing is styled in pages."""

import re
from dataclasses import dataclass, fields
from string import Template

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from inspector_app.paths import resource

FAMILY = "Source Sans 3"
_BASE_PIXELS = 15


@dataclass(frozen=True, slots=True)
class Theme:
    """The colors of one theme, by what they are for."""

    name: str
    window: str
    surface: str
    sunken: str
    hover: str
    selected: str
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


LIGHT = Theme(
    name="light",
    window="#F1F3F5",
    surface="#FFFFFF",
    sunken="#F8F9FA",
    hover="#E8EBEE",
    selected="#DBE7F4",
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
)
DARK = Theme(
    name="dark",
    window="#15181B",
    surface="#1C2024",
    sunken="#181B1F",
    hover="#272D32",
    selected="#21364E",
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
)
CONTRAST = Theme(
    name="contrast",
    window="#000000",
    surface="#000000",
    sunken="#000000",
    hover="#1F1F1F",
    selected="#1F1F1F",
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
    mark="#333300",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
_active = LIGHT


def active() -> Theme:
    """The theme in use."""
    return _active


def apply(app: QApplication, name: str) -> None:
    """Use a theme; fonts are the bundled ones at the system's size."""
    global _active
    _active = THEMES[name]
    font = base_font()
    app.setFont(font)
    app.setStyleSheet(stylesheet(_active, font.pixelSize() / _BASE_PIXELS))


def load_fonts() -> None:
    """Register the bundled fonts, so that pictures do not depend on the machine."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def base_font() -> QFont:
    """The body font: 15 px at the usual system size, larger where the system asks for it."""
    font = QFont(FAMILY)
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    font.setPixelSize(max(_BASE_PIXELS, round(_BASE_PIXELS * max(system, 9.0) / 9.0)))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def stylesheet(theme: Theme, scale: float = 1.0) -> str:
    """The whole style sheet of one theme; sizes grow with the system's font, hairlines do not."""
    tokens = {field.name: getattr(theme, field.name) for field in fields(theme)}
    sheet = Template(resource("window.qss").read_text("utf-8")).substitute(tokens)
    return re.sub(r"\b(\d{2,3})px", lambda size: f"{round(int(size[1]) * scale)}px", sheet)
