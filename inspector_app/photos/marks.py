"""The marks on a picture: where their lines run. The one definition for window and report.

The window draws these figures with Qt, the child that makes copies with Pillow; this module knows
neither. Places are in pixels of a picture of the given size, upright; sizes of lines and words
grow with it, so that a mark looks the same on a thumbnail and in print.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

SIDE = 10_000
"""Places of marks are in this many parts of the picture's width and height."""

Point: TypeAlias = tuple[float, float]
Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

Measure: TypeAlias = Callable[[str, float], float]
"""How wide a text is, in pixels, at a size in pixels."""

COLORS = {
    "red": ("#B3261E", "#FFFFFF"),
    "yellow": ("#FFD60A", "#000000"),
    "blue": ("#1558B0", "#FFFFFF"),
    "black": ("#000000", "#FFFFFF"),
    "white": ("#FFFFFF", "#000000"),
}
"""Each color with the one around it, so that a mark is seen on whatever it lies; 6:1 and more."""

EDGE_OF_BLUR = "#5A5A5A"
_LINES_ON_LONGER_SIDE = 220
_CELLS = 4
_LINE_OF_WORDS = 1.3
_LEAST_ROOM = 0.25


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, whole: places in ten-thousandths, a shape and a color of the records."""

    shape: str
    x1: int
    y1: int
    x2: int
    y2: int
    color: str = "red"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, back to the first; the casing is drawn under it."""

    points: tuple[Point, ...]
    width: float
    color: str
    casing: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled figure with a casing around it."""

    points: tuple[Point, ...]
    color: str
    casing: str
    casing_width: float


@dataclass(frozen=True, slots=True)
class Ellipse:
    """The line of an ellipse, along the middle of its width."""

    rect: Rect
    width: float
    color: str
    casing: str


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text on a ground. Each line begins at the left, `line` pixels under the last."""

    rect: Rect
    lines: tuple[str, ...]
    left: float
    top: float
    size: float
    line: float
    color: str
    ground: str


@dataclass(frozen=True, slots=True)
class Cells:
    """What is taken away: each rectangle of whole pixels becomes one gray, roughly its mean."""

    rects: tuple[tuple[int, int, int, int], ...]


Figure: TypeAlias = Line | Area | Ellipse | Words | Cells


def figures(
    marks: Iterable[Mark], width: int, height: int, measure: Measure
) -> Iterable[tuple[Mark, list[Figure]]]:
    """What to draw for each mark: first what is taken away, so that nothing it covers shows."""
    for mark in sorted(marks, key=lambda one: one.shape != "blur"):
        yield mark, figures_of(mark, width, height, measure)


def figures_of(mark: Mark, width: int, height: int, measure: Measure) -> list[Figure]:
    """What to draw for one mark."""
    pen = pen_of(width, height)
    color, casing = COLORS.get(mark.color, COLORS["red"])
    match mark.shape:
        case "arrow":
            return _arrow(mark, width, height, pen)
        case "circle":
            return [Ellipse(rect_of(mark, width, height), pen, color, casing)]
        case "text":
            return [words_of(mark, width, height, measure)]
        case "blur":
            cells = Cells(tuple(_cells(mark, width, height)))
            return [cells, Line(_corners(_around(cells)), max(1.0, pen / 3), EDGE_OF_BLUR)]
    return [Line(_corners(rect_of(mark, width, height)), pen, color, casing)]


def pen_of(width: int, height: int) -> float:
    """How wide lines are, in pixels, on a picture of that size."""
    return max(2.0, max(width, height) / _LINES_ON_LONGER_SIDE)


def casing_of(pen: float) -> float:
    """How far the casing goes beyond a line on each side."""
    return max(1.0, pen * 0.4)


def rect_of(mark: Mark, width: int, height: int) -> Rect:
    """The rectangle between the two corners of a mark."""
    left, right = sorted((mark.x1 * width / SIDE, mark.x2 * width / SIDE))
    top, bottom = sorted((mark.y1 * height / SIDE, mark.y2 * height / SIDE))
    return left, top, right, bottom


def _corners(rect: Rect) -> tuple[Point, ...]:
    left, top, right, bottom = rect
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _arrow(mark: Mark, width: int, height: int, pen: float) -> list[Figure]:
    """A shaft with a head; one too short for both is a head alone."""
    color, casing = COLORS.get(mark.color, COLORS["red"])
    start = mark.x1 * width / SIDE, mark.y1 * height / SIDE
    tip = mark.x2 * width / SIDE, mark.y2 * height / SIDE
    length = math.dist(start, tip) or 1.0
    along = (tip[0] - start[0]) / length, (tip[1] - start[1]) / length
    head = min(pen * 5, length)

    def at(distance: float, aside: float) -> Point:
        return (
            start[0] + along[0] * distance - along[1] * aside,
            start[1] + along[1] * distance + along[0] * aside,
        )

    neck, half = length - head, pen / 2
    shaft = [at(0, half), at(neck, half)], [at(neck, -half), at(0, -half)]
    points = (*shaft[0], at(neck, head * 0.5), tip, at(neck, -head * 0.5), *shaft[1])
    return [Area(points, color, casing, casing_of(pen))]


def words_of(mark: Mark, width: int, height: int, measure: Measure) -> Words:
    """The words of a mark, wrapped at the picture's right side and kept inside of it."""
    color, ground = COLORS.get(mark.color, COLORS["red"])
    _, top, _, bottom = rect_of(mark, width, height)
    line = max(bottom - top, pen_of(width, height) * 3)
    size, gap = line / _LINE_OF_WORDS, line / 4
    left = min(mark.x1, mark.x2) * width / SIDE
    room = max(width - left, width * _LEAST_ROOM) - 2 * gap
    lines = _wrapped(mark.text, lambda text: measure(text, size) <= room)
    wide = max((measure(text, size) for text in lines), default=0.0) + 2 * gap
    high = line * len(lines) + gap
    left, top = max(min(left, width - wide), 0.0), max(min(top, height - high), 0.0)
    rect = left, top, left + wide, top + high
    return Words(rect, lines, left + gap, top + gap / 2, size, line, color, ground)


def _wrapped(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """As many words in a line as fit; a word longer than a line stands alone."""
    lines: list[str] = []
    for word in "".join(sign if sign.isprintable() else " " for sign in text).split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) or ("…",)


def _cells(mark: Mark, width: int, height: int) -> Iterable[tuple[int, int, int, int]]:
    """At most four by four cells: of so few grays nobody reads a face or a number."""
    left, top, right, bottom = rect_of(mark, width, height)
    xs = _cuts(left, right, width, bottom - top)
    ys = _cuts(top, bottom, height, right - left)
    for one, other in pairwise(ys):
        for first, last in pairwise(xs):
            yield first, one, last, other


def _cuts(low: float, high: float, most: int, other: float) -> list[int]:
    """Where to cut between two places, in whole pixels, outward; as the other side is long."""
    start = min(max(math.floor(low), 0), most - 1)
    end = min(max(math.ceil(high), start + 1), most)
    share = min((high - low) / max(other, 1e-9), 1.0)
    pieces = min(max(round(_CELLS * share), 1), end - start)
    return [start + round((end - start) * piece / pieces) for piece in range(pieces + 1)]


def _around(cells: Cells) -> Rect:
    lefts, tops, rights, bottoms = zip(*cells.rects, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def gray(mean: Iterable[float]) -> tuple[int, int, int]:
    """How light a color is, in eight steps: too few to tell one number from another."""
    light = sum(share * part for share, part in zip(_LIGHT, mean, strict=True))
    level = min(int(light) // 32 * 32 + 16, 255)
    return level, level, level


_LIGHT = (0.299, 0.587, 0.114)
"""How much red, green and blue add to it (ITU-R BT.601)."""
