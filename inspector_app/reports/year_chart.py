"""Bars by fiscal year: deficiencies below, areas of concern on them, each with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from inspector_app.reports import style
from inspector_app.reports.blocks import draw_box, draw_swatch
from inspector_app.reports.flow import para
from inspector_app.reports.typed import Markup
from inspector_app.reports.typeface import REGULAR, SEMIBOLD, width_of

_HIGH, _TITLE, _YEARS, _TOP = 125.0, 32.0, 18.0, 16.0
_LEAST_INSIDE = 11.0
_SWATCH = 9.0


@dataclass(frozen=True)
class YearBar:
    """One fiscal year's numbers."""

    year: int
    deficiencies: int
    concerns: int

    @property
    def total(self) -> int:
        return self.deficiencies + self.concerns


class YearChart(Flowable):  # type: ignore[misc]  # reportlab has no types
    """At most twelve years; the title says the message, the line under it what is counted.

    The same values stand in the tables, and `alt` has all of them.
    """

    def __init__(
        self,
        title: Markup,
        line: Markup,
        bars: Sequence[YearBar],
        legend: Sequence[tuple[str, Markup]],
        alt: str,
    ) -> None:
        super().__init__()
        self._title, self._line = para(title, "table-title"), para(line, "note")
        self._bars, self._legend, self.alt = bars, legend, alt
        self.spaceBefore, self.spaceAfter = 4, 12

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        self.height = _TITLE + _TOP + _HIGH + _YEARS
        return style.WIDE, self.height

    def draw(self) -> None:
        """One figure to a reader: its alternative text stands for all of it."""
        with self.canv.figure(self.alt, style.WIDE, self.height):
            self._draw_titles()
            self._draw_bars()

    def _draw_titles(self) -> None:
        room = style.WIDE - self._draw_legend() - 12
        self._title.wrap(room, 1e6)
        self._title.drawOn(self.canv, 0, self.height - self._title.height)
        self._line.wrap(style.WIDE, 1e6)
        low = self.height - self._title.height - self._line.height
        self._line.drawOn(self.canv, 0, low)

    def _draw_legend(self) -> float:
        """At the right of the title; returns how much it takes."""
        words = [(class_, para(said, "caption")) for class_, said in self._legend]
        wide = [width_of(w.getPlainText(identify=True), REGULAR, 9) + 31 for _, w in words]
        x = style.WIDE - sum(wide) + 14
        for (class_, said), taken in zip(words, wide, strict=True):
            draw_swatch(self.canv, class_, x, self.height - 12.5, _SWATCH)
            said.wrap(200, 20)
            said.drawOn(self.canv, x + 13, self.height - 14)
            x += taken
        return sum(wide)

    def _draw_bars(self) -> None:
        step = style.WIDE / max(len(self._bars), 1)
        scale = _HIGH / max((bar.total for bar in self._bars), default=0) if self._any else 0
        for place, bar in enumerate(self._bars):
            self._draw_bar(bar, place * step + step * 0.225, step * 0.55, scale)
        with self.canv.artifact():
            self.canv.setStrokeColor(style.INK)
            self.canv.setLineWidth(0.9)
            self.canv.line(0, _YEARS, style.WIDE, _YEARS)

    @property
    def _any(self) -> bool:
        return any(bar.total for bar in self._bars)

    def _draw_bar(self, bar: YearBar, x: float, wide: float, scale: float) -> None:
        low, middle = _YEARS, _YEARS + bar.deficiencies * scale
        top = middle + bar.concerns * scale
        self._draw_part("deficiency", bar.deficiencies, x, low, wide, middle - low)
        self._draw_part("area-of-concern", bar.concerns, x, middle, wide, top - middle)
        self._say(str(bar.total), x + wide / 2, top + 5, SEMIBOLD, 9.5)
        self._say(str(bar.year), x + wide / 2, 5, REGULAR, 9)

    def _draw_part(
        self, class_: str, count: int, x: float, low: float, wide: float, high: float
    ) -> None:
        if not count:
            return
        draw_box(self.canv, class_, x, low, wide, high)
        inside = high >= _LEAST_INSIDE
        white = inside and class_ == "deficiency"
        self.canv.setFillColor(style.WHITE if white else style.INK)
        self.canv.setFont(REGULAR, 9)
        across = x + wide / 2 if inside else x + wide + 4
        drawn = self.canv.drawCentredString if inside else self.canv.drawString
        drawn(across, low + high / 2 - 3, str(count))

    def _say(self, words: str, x: float, y: float, face: str, size: float) -> None:
        self.canv.setFillColor(style.INK)
        self.canv.setFont(face, size)
        self.canv.drawCentredString(x, y, words)
