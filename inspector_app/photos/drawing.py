"""Marks drawn by Pillow, in the child, into the copy of a picture that is reported or exported.

What a blur covers is not in the copy any more. Each other figure is drawn twice as large on a tile
of its own and made smaller, since Pillow's lines have hard edges.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont, ImageStat

from inspector_app.paths import resource
from inspector_app.photos.marks import (
    Area,
    Cells,
    Ellipse,
    Figure,
    Line,
    Mark,
    Point,
    Rect,
    Words,
    casing_of,
    figures,
    gray,
)

_FONT = "SourceSans3-SemiBold.ttf"
_FINER = 2


def draw_marks(image: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw marks into an RGB picture that is upright already."""
    for _, drawn in figures(marks, *image.size, _measure):
        for figure in drawn:
            if isinstance(figure, Cells):
                _take_away(image, figure)
            else:
                _draw(image, figure)


def _measure(text: str, size: float) -> float:
    return float(_font(round(size * _FINER)).getlength(text)) / _FINER


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(resource("fonts") / _FONT, max(size, 1), layout_engine=layout)


def _take_away(image: Image.Image, cells: Cells) -> None:
    for rect in cells.rects:
        image.paste(gray(ImageStat.Stat(image.crop(rect)).mean), rect)


def _draw(image: Image.Image, figure: Figure) -> None:
    """On a tile as large as the figure, cut at the picture's sides."""
    left, top, right, bottom = _extent(figure)
    box = max(int(left), 0), max(int(top), 0), min(int(right) + 1, image.width), int(bottom) + 1
    size = box[2] - box[0], min(box[3], image.height) - box[1]
    if min(size) < 1:
        return
    tile = Image.new("RGBA", (size[0] * _FINER, size[1] * _FINER))
    _Tile(tile, box[:2]).draw(figure)
    tile = tile.resize(size, Image.Resampling.BOX)
    image.paste(tile.convert("RGB"), box[:2], tile.getchannel("A"))


def _extent(figure: Figure) -> Rect:
    """All that the figure covers, its casing too."""
    match figure:
        case Line() | Area():
            xs, ys = zip(*figure.points, strict=True)
            rect = min(xs), min(ys), max(xs), max(ys)
        case Ellipse() | Words():
            rect = figure.rect
        case _:
            raise AssertionError("cells have no tile")
    room = getattr(figure, "width", 0.0) * 2 + getattr(figure, "casing_width", 0.0) * 2 + 2
    return rect[0] - room, rect[1] - room, rect[2] + room, rect[3] + room


class _Tile:
    """A part of the picture, finer, on which places are those of the picture."""

    def __init__(self, image: Image.Image, corner: tuple[int, int]) -> None:
        self._draw = ImageDraw.Draw(image)
        self._corner = corner

    def draw(self, figure: Figure) -> None:
        match figure:
            case Line():
                self._line(figure)
            case Area():
                self._around(figure.points, figure.casing_width * 2, figure.casing)
                self._draw.polygon([*self._at(figure.points)], fill=figure.color)
            case Ellipse():
                casing = casing_of(figure.width)
                self._ellipse(figure.rect, figure.width + 2 * casing, figure.casing)
                self._ellipse(figure.rect, figure.width, figure.color)
            case Words():
                self._words(figure)

    def _at(self, points: Iterable[Point]) -> Iterator[Point]:
        left, top = self._corner
        return (((x - left) * _FINER, (y - top) * _FINER) for x, y in points)

    def _line(self, line: Line) -> None:
        if line.casing:
            wide = line.width + 2 * casing_of(line.width)
            self._around(line.points, wide, line.casing)
        self._around(line.points, line.width, line.color)

    def _around(self, points: tuple[Point, ...], width: float, color: str) -> None:
        """Beyond the first point again, so that its corner is joined like the others."""
        closed = [*self._at((*points, *points[:2]))]
        self._draw.line(closed, color, max(round(width * _FINER), 1), joint="curve")

    def _ellipse(self, rect: Rect, width: float, color: str) -> None:
        """Pillow draws the line inside of the rectangle: it is moved out by half of its width."""
        left, top, right, bottom = rect
        half = width / 2
        corners = self._at(((left - half, top - half), (right + half, bottom + half)))
        self._draw.ellipse([*corners], outline=color, width=max(round(width * _FINER), 1))

    def _words(self, words: Words) -> None:
        left, top, right, bottom = words.rect
        radius = words.line / 6 * _FINER
        corners = [*self._at(((left, top), (right, bottom)))]
        self._draw.rounded_rectangle(corners, radius, words.ground)
        font = _font(round(words.size * _FINER))
        for number, line in enumerate(words.lines):
            middle = words.top + words.line * (number + 0.5)
            ((x, y),) = self._at(((words.left, middle),))
            self._draw.text((x, y), line, words.color, font, anchor="lm")
