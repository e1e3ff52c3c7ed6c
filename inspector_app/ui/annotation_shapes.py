"""What a hand does with marks: put one, move it, change its size. Places in ten-thousandths."""

from collections.abc import Sequence
from dataclasses import replace

from inspector_app.photos import Mark
from inspector_app.photos.marks import SIDE, Rect, rect_of, words_of
from inspector_app.ui.annotation_paint import measure

LEAST = 150
"""The shortest side of a mark: smaller ones are lost."""

STEP, FINE_STEP = 100, 10
TOOLS = {"arrow": "A", "box": "B", "circle": "C", "text": "T", "blur": "U"}
"""Shapes with their keys."""

WORDS = {
    "arrow": "Arrow",
    "box": "Box",
    "circle": "Circle",
    "text": "Text",
    "blur": "Blur",
}
_USUAL = {
    "arrow": (3400, 6600, 5000, 5000),
    "box": (3500, 3500, 6500, 6500),
    "circle": (3500, 3500, 6500, 6500),
    "text": (3500, 4700, 6500, 5300),
    "blur": (3800, 3800, 6200, 6200),
}
_TEXT_HEIGHT = 600

Places = tuple[int, int, int, int]


def places_of(mark: Mark) -> Places:
    return mark.x1, mark.y1, mark.x2, mark.y2


def put(mark: Mark, places: Places) -> Mark:
    """The mark at other places."""
    x1, y1, x2, y2 = places
    return replace(mark, x1=x1, y1=y1, x2=x2, y2=y2)


def usual(shape: str) -> Places:
    """Where the keyboard puts a new mark: in the middle."""
    return _USUAL[shape]


def drawn_by_hand(shape: str, start: tuple[int, int], end: tuple[int, int]) -> Places:
    """Where the pointer drew one; a click alone puts a small one there."""
    (x1, y1), (x2, y2) = start, end
    if max(abs(x2 - x1), abs(y2 - y1)) < LEAST:
        left, top, right, bottom = _USUAL[shape]
        return moved((left, top, right, bottom), x1 - left, y1 - top)
    if shape == "text":
        y2 = (
            y1 + max(abs(y2 - y1), _TEXT_HEIGHT // 2) if abs(y2 - y1) > LEAST else y1 + _TEXT_HEIGHT
        )
        return _inside((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return _inside((x1, y1, x2, y2)) if shape == "arrow" else _inside(_sorted((x1, y1, x2, y2)))


def moved(places: Places, across: int, down: int) -> Places:
    """The same mark elsewhere; it stops at the picture's sides."""
    x1, y1, x2, y2 = places
    across = min(max(across, -min(x1, x2)), SIDE - max(x1, x2))
    down = min(max(down, -min(y1, y2)), SIDE - max(y1, y2))
    return x1 + across, y1 + down, x2 + across, y2 + down


def resized(places: Places, corner: int, across: int, down: int, *, turns: bool = False) -> Places:
    """The mark with one corner elsewhere: 0 the first, 1 the second, 2 and 3 the other two.

    `turns`: an arrow's ends may pass each other; of all else a least size stays.
    """
    x1, y1, x2, y2 = places
    x1, x2 = (x1 + across, x2) if corner in (0, 2) else (x1, x2 + across)
    y1, y2 = (y1 + down, y2) if corner in (0, 3) else (y1, y2 + down)
    if not turns:
        x1 = min(x1, x2 - LEAST) if corner in (0, 2) else x1
        x2 = max(x2, x1 + LEAST) if corner not in (0, 2) else x2
        y1 = min(y1, y2 - LEAST) if corner in (0, 3) else y1
        y2 = max(y2, y1 + LEAST) if corner not in (0, 3) else y2
    return _inside((x1, y1, x2, y2))


def frame_of(mark: Mark, width: int, height: int) -> Rect:
    """What a mark covers, in pixels of a picture of that size."""
    if mark.shape == "text":
        return words_of(mark, width, height, measure).rect
    return rect_of(mark, width, height)


def described(mark: Mark, number: int) -> str:
    """`Arrow 1, red, upper left to middle`, for a list and for a screen reader."""
    name = WORDS.get(mark.shape, "Mark")
    if mark.shape == "blur":
        return f"Blurred part {number}, {where(mark.x1 + mark.x2, mark.y1 + mark.y2)}"
    if mark.shape == "text":
        return f"Text {number}, {mark.color}: {mark.text or 'no words yet'}"
    if mark.shape == "arrow":
        return f"Arrow {number}, {mark.color}, to the {where(2 * mark.x2, 2 * mark.y2)}"
    return f"{name} {number}, {mark.color}, {where(mark.x1 + mark.x2, mark.y1 + mark.y2)}"


def where(across: int, down: int) -> str:
    """A place of the picture in words, from twice its coordinates."""
    column = _third(across, ("left", "middle", "right"))
    row = _third(down, ("upper", "middle", "lower"))
    if row == "middle":
        return column
    return f"{row} {column}" if column != "middle" else f"{row} middle"


def _third(twice: int, names: Sequence[str]) -> str:
    return names[min(max(twice, 0) * 3 // (2 * SIDE + 1), 2)]


def _sorted(places: Places) -> Places:
    x1, y1, x2, y2 = places
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _inside(places: Places) -> Places:
    x1, y1, x2, y2 = (min(max(place, 0), SIDE) for place in places)
    return x1, y1, x2, y2
