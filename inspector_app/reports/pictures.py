"""Photos with their captions: pairs over the whole width, one alone in the text columns.

Never cropped, never enlarged past 150 dots an inch, never parted from the caption. The JPEG bytes
that come in are upright already and go into the file as they are.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from inspector_app.reports import style
from inspector_app.reports.flow import Para, cut, para, space
from inspector_app.reports.typed import Markup

PAIR = (style.WIDE - style.GUTTER) / 2
HIGHEST = 250.0
_POINTS_PER_PIXEL = 72 / 150


@dataclass(frozen=True)
class Picture:
    """One photo as a report shows it. Without `jpeg` a panel says that it is not here.

    `caption` names what it shows, `source` when and by whom it was taken; `alt` is read aloud.
    """

    jpeg: bytes | None
    width: int
    height: int
    caption: Markup
    source: Markup
    alt: str
    absent: Markup


def pictures(found: Sequence[Picture]) -> list[Flowable]:
    """In rows of two over the whole width; one alone stands in the text columns."""
    if len(found) == 1:
        return [space(8), PictureRow(found, [style.TEXT_X], style.TEXT), space(6)]
    rows: list[Flowable] = []
    for start in range(0, len(found), 2):
        pair = found[start : start + 2]
        rows += [space(8), PictureRow(pair, [0, PAIR + style.GUTTER], PAIR)]
    return [*rows, space(6)] if rows else []


class _Jpeg:
    """What the canvas wants of an image: a name that is its digest, and the bytes untouched."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._name = hashlib.sha256(data).hexdigest()

    def __str__(self) -> str:
        return self._name

    def jpeg_fh(self) -> io.BytesIO:
        return io.BytesIO(self._data)


class PictureRow(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One or two photos side by side, their captions on one line under the higher of them."""

    def __init__(self, found: Sequence[Picture], xs: Sequence[float], each: float) -> None:
        super().__init__()
        self._found, self._xs, self._each = found, xs, each
        self._captions = [
            (para(picture.caption, "caption"), para(picture.source, "fine")) for picture in found
        ]

    @property
    def said(self) -> tuple[tuple[Picture, tuple[Para, Para]], ...]:
        """Each photo with its caption and its source."""
        return tuple(zip(self._found, self._captions, strict=True))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        self._sizes = [shown_size(picture, self._each) for picture in self._found]
        self._high = max(height for _, height in self._sizes)
        captions = (self._caption_height(*pair) for pair in self._captions)
        self.height = self._high + 5 + max(captions)
        return style.WIDE, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """A photo never leaves its caption; one longer than the page goes on under the photo."""
        if self.height < style.FRAME_HEIGHT:
            return []
        short = PictureRow(self._found, self._xs, self._each)
        cuts = [[cut(words, self._each) for words in pair] for pair in self._captions]
        short._captions = [(caption[0], source[0]) for caption, source in cuts]
        _, high = short.wrap(aW, aH)
        rests = [rest for pair in cuts for parts in pair for rest in parts[1:]]
        return [short, *rests] if high <= aH else []

    def draw(self) -> None:
        for place, picture in enumerate(self._found):
            with self.canv.structure.element("Div"):
                self._draw_picture(picture, self._sizes[place], self._xs[place])
                self._draw_caption(self._captions[place], self._xs[place])

    def _caption_height(self, caption: Para, source: Para) -> float:
        return float(caption.wrap(self._each, 1e6)[1] + source.wrap(self._each, 1e6)[1])

    def _draw_picture(self, picture: Picture, size: tuple[float, float], x: float) -> None:
        width, height = size
        y = self.height - self._high
        if picture.jpeg is None:
            self._draw_panel(picture, x, y, width, height)
        else:
            self._draw_jpeg(picture, picture.jpeg, x, y, width, height)
        with self.canv.artifact():
            self.canv.setStrokeColor(style.RULE)
            self.canv.setLineWidth(0.5)
            self.canv.rect(x, y, width, height)

    def _draw_jpeg(
        self, picture: Picture, jpeg: bytes, x: float, y: float, width: float, height: float
    ) -> None:
        self.canv.saveState()
        self.canv.translate(x, y)
        reader = (
            self.canv.figure(picture.alt, width, height)
            if picture.alt.strip()
            else self.canv.artifact()
        )
        with reader:
            self.canv.drawImage(_Jpeg(jpeg), 0, 0, width, height)
        self.canv.restoreState()

    def _draw_panel(
        self, picture: Picture, x: float, y: float, width: float, height: float
    ) -> None:
        with self.canv.artifact():
            self.canv.setFillColor(style.TINT)
            self.canv.rect(x, y, width, height, stroke=0, fill=1)
        words = para(picture.absent, "cell-center")
        _, high = words.wrap(width - 24, height)
        words.drawOn(self.canv, x + 12, y + (height - high) / 2)

    def _draw_caption(self, pair: tuple[Para, Para], x: float) -> None:
        y = self.height - self._high - 5
        with self.canv.structure.element("Caption"):
            for words in pair:
                y -= words.height
                words.drawOn(self.canv, x, y)


def shown_size(picture: Picture, width: float) -> tuple[float, float]:
    """Width and height in points: as wide as there is room, at most `HIGHEST`, at most 150 dpi."""
    if picture.jpeg is None or not (picture.width and picture.height):
        return width, 120.0
    scale = min(width / picture.width, HIGHEST / picture.height, _POINTS_PER_PIXEL)
    return picture.width * scale, picture.height * scale
