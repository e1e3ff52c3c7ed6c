"""Charts, drawn in vector. What a chart shows stands in a table or in the text as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from reportlab.platypus import Flowable

from inspector_app.reports import style
from inspector_app.reports.blocks import draw_box, draw_swatch
from inspector_app.reports.flow import Para, cut, para
from inspector_app.reports.typed import Markup, strong, text
from inspector_app.reports.typeface import SEMIBOLD, width_of

_BOX, _BOX_GAP, _ROW = (44.0, 20.0), 3.0, 25.0
_NAME, _COUNT = 62.0, 18.0
_DOT, _DOT_STEP = 12.0, 14.0


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its name and, for each thing counted, its class and number."""

    name: Markup
    boxes: tuple[tuple[str, str], ...]
    """Class and number of each finding; the number is empty where a box needs none."""


class Chart(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A drawing with a title; `alt` has all its values."""

    def __init__(self, title: Markup, legend: Sequence[tuple[str, Markup]], alt: str) -> None:
        super().__init__()
        self.alt = alt
        self._title = para(title, "table-title")
        self._legend = [(class_, para(words, "caption")) for class_, words in legend]
        self._legend_width = sum(self._entry_width(words) for _, words in self._legend)
        self.spaceBefore, self.spaceAfter = 0, 6

    def draw(self) -> None:
        """One figure to a reader: its alternative text stands for all of it."""
        with self.canv.figure(self.alt, style.WIDE, self.height):
            self._draw_all()

    def _draw_all(self) -> None:
        raise NotImplementedError

    @staticmethod
    def _entry_width(words: Para) -> float:
        return width_of(words.getPlainText(identify=True), "SourceSans3-Regular", 9) + 31

    def _wrap_title(self) -> float:
        _, height = self._title.wrap(style.TEXT - self._legend_width - 8, 1e6)
        return float(max(height, 15.0))

    def _draw_title(self) -> None:
        top = self.height
        self._title.drawOn(self.canv, style.TEXT_X, top - self._title.height)
        x = style.WIDE - self._legend_width + 14
        for class_, words in self._legend:
            draw_swatch(self.canv, class_, x, top - 12.5, 9)
            words.wrap(200, 20)
            words.drawOn(self.canv, x + 13, top - 14)
            x += self._entry_width(words)


class FindingChart(Chart):
    """Each box is one finding, with its number; a row for each party, section or type."""

    def __init__(
        self,
        title: Markup,
        bars: Sequence[Bar],
        legend: Sequence[tuple[str, Markup]],
        alt: str,
        name_width: float = _NAME,
    ) -> None:
        super().__init__(title, legend, alt)
        self._name_width = name_width
        self._bars = bars
        # The alternative text has a name as a whole, and so has the finding.
        self._names = [cut(para(bar.name, "cell"), name_width)[0] for bar in bars]
        room = style.TEXT - name_width - _COUNT - 8
        self._per_row = int((room + _BOX_GAP) // (_BOX[0] + _BOX_GAP))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        self._title_height = self._wrap_title()
        self._heights = [
            max(
                _ROW * max(1, ceil(len(bar.boxes) / self._per_row)),
                name.wrap(self._name_width, 1e6)[1] + 6,
            )
            for bar, name in zip(self._bars, self._names, strict=True)
        ]
        self.height = self._title_height + 6 + sum(self._heights)
        return style.WIDE, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Too high for a page: what fits here, the rest under the same title on the next."""
        if self.height < style.FRAME_HEIGHT * 0.9:
            return []
        used, at = self._title_height + 6, 0
        while at < len(self._heights) and used + self._heights[at] <= aH:
            used += self._heights[at]
            at += 1
        return [self._part(self._bars[:at]), self._part(self._bars[at:])] if at else []

    def _part(self, bars: Sequence[Bar]) -> "FindingChart":
        part = FindingChart(Markup(""), bars, [], self.alt, self._name_width)
        part._title, part._legend, part._legend_width = (
            self._title,
            self._legend,
            self._legend_width,
        )
        return part

    def _draw_all(self) -> None:
        self._draw_title()
        top = self.height - self._title_height - 6
        for bar, name, high in zip(self._bars, self._names, self._heights, strict=True):
            self._draw_bar(bar, name, top)
            top -= high

    def _draw_bar(self, bar: Bar, name: Para, top: float) -> None:
        name.drawOn(self.canv, style.TEXT_X, top - 4 - name.height)
        count = para(strong(text(str(len(bar.boxes)))), "cell-right")
        count.wrap(_COUNT, 20)
        count.drawOn(self.canv, style.TEXT_X + self._name_width, top - 4 - count.height)
        left = style.TEXT_X + self._name_width + _COUNT + 8
        for place, (class_, number) in enumerate(bar.boxes):
            line, column = divmod(place, self._per_row)
            x, y = left + column * (_BOX[0] + _BOX_GAP), top - _BOX[1] - line * _ROW
            self._draw_box(class_, number, x, y)

    def _draw_box(self, class_: str, number: str, x: float, y: float) -> None:
        draw_box(self.canv, class_, x, y, *_BOX)
        self.canv.setFillColor(style.WHITE if class_ == "deficiency" else style.INK)
        self.canv.setFont(SEMIBOLD, 8.5)
        self.canv.drawCentredString(x + _BOX[0] / 2, y + 7, number)


class ResultChart(Chart):
    """Each square is one item of the checklist; a row for each section, its count at the right."""

    def __init__(
        self,
        title: Markup,
        rows: Sequence[tuple[Markup, Sequence[str], Markup]],
        legend: Sequence[tuple[str, Markup]],
        alt: str,
    ) -> None:
        super().__init__(title, legend, alt)
        self._rows = rows
        self._names = [para(name, "cell") for name, _, _ in rows]
        self._counts = [para(count, "cell-right") for _, _, count in rows]
        self._per_row = int((style.TEXT - 118 - 70) // _DOT_STEP)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        self._title_height = self._wrap_title()
        self._heights = [
            max(name.wrap(112, 1e6)[1], count.wrap(66, 1e6)[1], self._lines(squares) * _DOT_STEP)
            + 5.5
            for name, count, (_, squares, _) in zip(
                self._names, self._counts, self._rows, strict=True
            )
        ]
        self.height = self._title_height + 4 + sum(self._heights)
        return style.WIDE, self.height

    def _lines(self, squares: Sequence[str]) -> int:
        return max(1, ceil(len(squares) / self._per_row))

    def _draw_all(self) -> None:
        self._draw_title()
        top = self.height - self._title_height - 4
        for place, (_, squares, _) in enumerate(self._rows):
            self._names[place].drawOn(self.canv, style.TEXT_X, top - self._names[place].height)
            count = self._counts[place]
            count.drawOn(self.canv, style.WIDE - 66, top - count.height)
            for at, result in enumerate(squares):
                line, column = divmod(at, self._per_row)
                x = style.TEXT_X + 118 + column * _DOT_STEP
                draw_swatch(self.canv, result, x, top - 12 - line * _DOT_STEP, _DOT - 1)
            top -= self._heights[place]
