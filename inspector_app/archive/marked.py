"""The marks of a photo as drawing in the page: over the picture, which stays as it was taken.

The figures are those of the window and the reports (`photos.marks`). What a blur takes away there
is covered here by one gray, since the page shows the original; so it is not linked either.
"""

from collections.abc import Iterable, Iterator
from html import escape

from inspector_app.photos.marks import (
    Area,
    Cells,
    Ellipse,
    Figure,
    Line,
    Mark,
    Words,
    casing_of,
    figures,
)

_COVER = "#8A8A8A"
_OF_A_SIGN = 0.56
"""How wide a sign is on average, of its height: the page has no font of its own to measure with."""


def drawing(marks: Iterable[Mark], width: int, height: int) -> str:
    """An SVG as large as the upright picture that it lies on, in pixels; empty without marks."""
    shapes = [
        shape
        for _, drawn in figures(marks, width, height, _measure)
        for figure in drawn
        for shape in _shapes(figure)
    ]
    if not shapes:
        return ""
    return (
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(shapes)}</svg>"
    )


def in_words(marks: Iterable[Mark]) -> str:
    """What is drawn, for whoever cannot see it: shapes, and the words of those that have some."""
    said = [f"{m.shape} “{m.text}”" if m.shape == "text" and m.text else m.shape for m in marks]
    return f"Marks: {', '.join(said)}" if said else ""


def _measure(text: str, size: float) -> float:
    return len(text) * size * _OF_A_SIGN


def _shapes(figure: Figure) -> Iterator[str]:
    match figure:
        case Line(points, width, color, casing):
            if casing:
                yield _outline(points, width + 2 * casing_of(width), casing)
            yield _outline(points, width, color)
        case Area(points, color, casing, casing_width):
            yield _outline(points, casing_width * 2, casing)
            yield f'<polygon points="{_points(points)}" fill="{color}"/>'
        case Ellipse(rect, width, color, casing):
            yield _ellipse(rect, width + 2 * casing_of(width), casing)
            yield _ellipse(rect, width, color)
        case Words():
            yield from _words(figure)
        case Cells(rects):
            for left, top, right, bottom in rects:
                yield _rect((left, top, right, bottom), _COVER, 0)


def _outline(points: tuple[tuple[float, float], ...], width: float, color: str) -> str:
    return (
        f'<polygon points="{_points(points)}" fill="none" stroke="{color}" '
        f'stroke-width="{width:.1f}" stroke-linejoin="round"/>'
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _ellipse(rect: tuple[float, float, float, float], width: float, color: str) -> str:
    left, top, right, bottom = rect
    return (
        f'<ellipse cx="{(left + right) / 2:.1f}" cy="{(top + bottom) / 2:.1f}" '
        f'rx="{(right - left) / 2:.1f}" ry="{(bottom - top) / 2:.1f}" fill="none" '
        f'stroke="{color}" stroke-width="{width:.1f}"/>'
    )


def _rect(rect: tuple[float, float, float, float], color: str, radius: float) -> str:
    left, top, right, bottom = rect
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{bottom - top:.1f}" rx="{radius:.1f}" fill="{color}"/>'
    )


def _words(words: Words) -> Iterator[str]:
    yield _rect(words.rect, words.ground, words.line / 6)
    for number, line in enumerate(words.lines):
        base = words.top + words.line * number + words.size
        yield (
            f'<text x="{words.left:.1f}" y="{base:.1f}" font-size="{words.size:.1f}" '
            f'font-family="sans-serif" font-weight="600" fill="{words.color}">{escape(line)}</text>'
        )
