"""Every pair of colors that stands on one another can be told apart, in every theme."""

from itertools import product

import pytest

from inspector_app.paths import resource
from inspector_app.ui.icons import STATE_COLORS, WORDS
from inspector_app.ui.pages import DESK_PAGES, PAGES
from inspector_app.ui.theme import THEMES, Theme, stylesheet

GROUNDS = ("window", "surface", "sunken", "hover", "selected")
STATES = ("met", "not_met", "caution", "conflict")
MARK_GROUNDS = ("window", "surface", "sunken", "selected")


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failing(theme: Theme, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    found = {f"{a} on {b}": contrast(getattr(theme, a), getattr(theme, b)) for a, b in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_can_be_read(theme: Theme) -> None:
    pairs = [
        *product(("text", "muted"), GROUNDS),
        *product(("accent",), ("window", "surface", "sunken", "selected")),
        *product(STATES, ("surface", "window")),
        *((state, f"{state}_tint") for state in STATES),
        *(("text", f"{state}_tint") for state in STATES),
        ("text", "mark"),
        ("on_accent", "accent"),
    ]
    assert failing(theme, pairs, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_marks_edges_and_focus_can_be_seen(theme: Theme) -> None:
    pairs = [
        *product((*STATES, "accent", "edge"), MARK_GROUNDS),
        *product(("focus",), ("window", "surface", "sunken")),
    ]
    assert failing(theme, pairs, 3.0) == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_chosen_row_differs_by_its_ground_or_its_edge(theme: Theme) -> None:
    assert theme.selected != theme.surface or contrast(theme.selected_edge, theme.surface) >= 3


def test_the_style_sheet_grows_with_the_text_but_hairlines_do_not() -> None:
    sheet = stylesheet(THEMES["light"], 2.0)
    assert "font-size: 40px" in sheet and "border: 1px solid" in sheet
    assert "$" not in sheet


def test_every_named_icon_is_there() -> None:
    names = {*WORDS, *STATE_COLORS, *(kind.name for kind in PAGES)}
    missing = [name for name in sorted(names) if not (resource("icons") / f"{name}.svg").is_file()]
    assert missing == []
    desk = {"home", "start", "assign", "import", "agency-file", "program", "keeping"}
    assert {kind.name for kind in DESK_PAGES} == desk


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_an_icon_takes_the_color_of_its_place(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    text = path.read_text("utf-8")
    assert 'viewBox="0 0 16 16"' in text and "currentColor" in text
    assert "<script" not in text and "href" not in text
