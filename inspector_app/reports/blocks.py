"""The blocks a report is built of: facts, the result strip, the head of a finding, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import CondPageBreak, Flowable

from inspector_app.reports import style
from inspector_app.reports.flow import (
    THREE_LINES,
    Heading,
    Para,
    RailLabel,
    Rule,
    cut,
    heading,
    para,
    room_for,
    space,
)
from inspector_app.reports.signature_places import add_place
from inspector_app.reports.tables import Cell, Column, Grid, Row
from inspector_app.reports.typed import Markup, lines, text
from inspector_app.reports.typeface import REGULAR, SEMIBOLD, width_of


@dataclass(frozen=True)
class Look:
    """How a class is marked: never by its color alone, always with its words beside it."""

    color: Color
    fill: Color | None
    ink: Color
    bar: bool = False


LOOKS: dict[str, Look] = {
    "deficiency": Look(style.DEFICIENCY, style.DEFICIENCY, style.WHITE),
    "area-of-concern": Look(style.CONCERN, None, style.INK),
    "best-practice": Look(style.PRACTICE, style.PRACTICE_TINT, style.INK, bar=True),
    "": Look(style.QUIET, None, style.INK),
    "met": Look(style.MET, style.MET, style.INK),
}
"""By class; the empty one is for what has no class, or none yet."""


def facts(pairs: Sequence[tuple[Markup, Markup]], across: int = 4, x: float = style.TEXT_X) -> Grid:
    """Label over value, some to a row, between hairlines."""
    width = (style.WIDE - x) / across
    rows = [
        _fact_row(pairs[start : start + across], across) for start in range(0, len(pairs), across)
    ]
    columns = [Column(wide, gap=10) for wide in _fact_widths(pairs, across, width * across)]
    return Grid(columns, rows, x=x, pad=4.5, least=1, closed=False)


def _fact_row(pairs: Sequence[tuple[Markup, Markup]], across: int) -> Row:
    cells = [Cell(para(_fact(label, value), "fact", "P")) for label, value in pairs]
    empty = [Cell(para(Markup(""), "fact", "P")) for _ in range(across - len(pairs))]
    return Row((*cells, *empty))


def _fact(label: Markup, value: Markup) -> Markup:
    small = f'<font size="8.5" color="#{style.QUIET_HEX}">{label}</font>'
    return lines([Markup(small), value])


def _fact_widths(pairs: Sequence[tuple[Markup, Markup]], across: int, total: float) -> list[float]:
    """Columns as wide as their longest label or value; the widest gives way where all are not."""
    wanted = [total / 6] * across
    for place, pair in enumerate(pairs):
        longest = max(width_of(_bare(part), REGULAR, 9.5) for part in pair) + 12
        wanted[place % across] = max(wanted[place % across], longest)
    while sum(wanted) > total + 0.01:
        second = sorted(wanted)[-2] if across > 1 else 0
        widest = wanted.index(max(wanted))
        wanted[widest] -= max(min(sum(wanted) - total, wanted[widest] - second), 1)
    spare = (total - sum(wanted)) / across
    return [wide + spare for wide in wanted]


def _bare(markup: Markup) -> str:
    return str(para(markup, "fact").getPlainText(identify=True))


@dataclass(frozen=True)
class StripCell:
    """One number of a result strip, with what it counts and, for a class, its swatch."""

    number: str
    label: Markup
    swatch: str | None = None


class Strip(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Two to five numbers between rules; the second stands at the text column."""

    def __init__(self, cells: Sequence[StripCell], before: float = 14, after: float = 14) -> None:
        super().__init__()
        self._cells = cells
        self.spaceBefore, self.spaceAfter = before, after
        step = style.TEXT / max(len(cells) - 1, 1)
        self._xs = [0.0] + [style.TEXT_X + step * n for n in range(len(cells) - 1)]
        self._labels = [para(cell.label, "strip-label", "LBody") for cell in cells]

    @property
    def said(self) -> tuple[tuple[str, Para], ...]:
        """Each number with what it counts."""
        return tuple((c.number, words) for c, words in zip(self._cells, self._labels, strict=True))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        ends = [*(x - 22 for x in self._xs[1:]), style.WIDE]
        heights = [
            label.wrap(end - x, 1e6)[1]
            for label, x, end in zip(self._labels, self._xs, ends, strict=True)
        ]
        self.height = 38 + max(heights) + 8
        return style.WIDE, self.height

    def draw(self) -> None:
        with self.canv.artifact():
            self._draw_frame()
        with self.canv.structure.element("L"):
            self._draw_cells()

    def _draw_cells(self) -> None:
        for cell, label, x in zip(self._cells, self._labels, self._xs, strict=True):
            shift = self._draw_swatch(cell, x)
            number = para(text(cell.number), _number_style(cell.number), "Lbl")
            number.wrap(200, 1e6)
            low = self.height - 28 + number.style.fontSize - number.height
            with self.canv.structure.element("LI"):
                number.drawOn(self.canv, x + shift, low)
                label.drawOn(self.canv, x, self.height - 36 - label.height)

    def _draw_frame(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.9)
        canvas.line(0, self.height, style.WIDE, self.height)
        canvas.line(0, 0, style.WIDE, 0)
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.6)
        for x in self._xs[1:]:
            canvas.line(x - 12, self.height - 9, x - 12, 9)

    def _draw_swatch(self, cell: StripCell, x: float) -> float:
        if cell.swatch is None:
            return 0
        draw_swatch(self.canv, cell.swatch, x, self.height - 28, 12)
        return 17


def _number_style(number: str) -> str:
    """The longer a number, the smaller."""
    return "number-24" if len(number) < 6 else "number-20" if len(number) < 10 else "number-17"


def draw_swatch(canvas: Any, class_: str, x: float, y: float, size: float) -> None:
    """The square that marks a class: filled, outlined, or tinted with a bar."""
    look = LOOKS[class_]
    draw_box(canvas, class_, x, y, size, size)
    if look.bar:
        draw_box(canvas, class_, x, y, 3, size, look.color)


def draw_box(
    canvas: Any, class_: str, x: float, y: float, width: float, height: float, fill: Color = None
) -> None:
    """A box in the look of a class. Decoration: the words beside it carry the meaning."""
    look = LOOKS[class_]
    with canvas.artifact():
        canvas.saveState()
        inner = fill or look.fill
        if inner:
            canvas.setFillColor(inner)
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        else:
            canvas.setStrokeColor(look.color)
            canvas.setLineWidth(1.5)
            canvas.rect(x + 0.75, y + 0.75, width - 1.5, height - 1.5, stroke=1, fill=0)
        canvas.restoreState()


class Tag(Flowable):  # type: ignore[misc]
    """A finding's number and, under it, its class in words; in the rail, without height."""

    def __init__(self, number: Markup, class_: str, word: Markup, title: Heading) -> None:
        super().__init__()
        self._number = para(number, "finding-number", "Span")
        self._class, self._word, self._title = class_, word, title
        self.spaceBefore = self.spaceAfter = 0

    @property
    def said(self) -> tuple[Para, Para]:
        """The number and the class in words."""
        return self._number, para(self._word, "cell-strong", "Span")

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        self._number.wrap(style.RAIL, 1e6)
        return style.RAIL, 0

    def draw(self) -> None:
        """A reader hears number and class as the beginning of the title."""
        with self.canv.structure.element(self._title.role, self._title.part):
            self._draw()

    def _draw(self) -> None:
        look = LOOKS[self._class]
        color = "FFFFFF" if look.ink == style.WHITE else style.INK_HEX
        word = para(Markup(f'<font color="#{color}">{self._word}</font>'), "cell-strong", "Span")
        word.wrap(style.RAIL, 1e6)
        width = width_of(word.getPlainText(identify=True), SEMIBOLD, 9) + 11 + 4 * look.bar
        self._number.drawOn(self.canv, 0, -self._number.height + 3)
        low = -self._number.height - 16
        draw_box(self.canv, self._class, 0, low, width, 15)
        if look.bar:
            draw_box(self.canv, self._class, 0, low, 3.5, 15, look.color)
        word.drawOn(self.canv, 5.5 + 4 * look.bar, low + 2)


@dataclass(frozen=True)
class FindingHead:
    """What stands at the head of a finding."""

    key: str
    number: str
    class_: str
    class_word: Markup
    title: Markup
    bookmark: str
    facts: Sequence[tuple[Markup, Markup]]


def finding_head(head: FindingHead) -> list[Flowable]:
    """Rule, number, tag, title and facts; they stay together, with the first label after them."""
    title: Heading = heading(head.title, head.key, 3, name="h3", bookmark=head.bookmark, after=14)
    title.wrap(style.WIDE, 1e6)
    table = [facts(head.facts, len(head.facts))] if head.facts else []
    high = max(title.height, 42.0) + sum(grid.wrap(style.WIDE, 1e6)[1] for grid in table)
    return [
        CondPageBreak(min(high + 40 + THREE_LINES, style.FRAME_HEIGHT)),
        Rule(style.HEAVY, style.NAVY, before=22, after=8),
        Tag(text(head.number), head.class_, head.class_word, title),
        title,
        space(max(0.0, 38.0 - title.height)),
        *table,
    ]


def signature_lines(labels: Sequence[Markup], places: Sequence[str] = ()) -> list[Flowable]:
    """Lines to sign on, side by side, with who signs under each.

    `places` says of each line how its signature field is read; without it the lines are for ink.
    """
    return [room_for(70), space(34), SignatureLines(labels, places)]


class SignatureLines(Flowable):  # type: ignore[misc]
    """Lines side by side, each with who signs on it; see `signature_lines`."""

    def __init__(self, labels: Sequence[Markup], places: Sequence[str]) -> None:
        super().__init__()
        self._labels = [para(label, "caption") for label in labels]
        self.places = places
        self._each = (style.WIDE - style.GUTTER * (len(labels) - 1)) / max(len(labels), 1)

    @property
    def said(self) -> tuple[Para, ...]:
        """Who signs, a line each."""
        return tuple(self._labels)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        self.height = 4 + max(label.wrap(self._each, 1e6)[1] for label in self._labels)
        return style.WIDE, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """What is too long for a page goes on under the lines."""
        if self.height < style.FRAME_HEIGHT * 0.9:
            return []
        short = SignatureLines([], self.places)
        parts = [cut(label, self._each) for label in self._labels]
        short._labels, short._each = [first for first, *_ in parts], self._each
        _, high = short.wrap(aW, aH)
        return [short, *(rest for _, *more in parts for rest in more)] if high <= aH else []

    def draw(self) -> None:
        for place, label in enumerate(self._labels):
            x = place * (self._each + style.GUTTER)
            with self.canv.artifact():
                self.canv.setStrokeColor(style.INK)
                self.canv.setLineWidth(0.7)
                self.canv.line(x, self.height, x + self._each, self.height)
            if self.places:
                left, low = self.canv.absolutePosition(x, self.height + 1)
                add_place(self.canv, self.places[place], (left, low, left + self._each, low + 30))
            label.drawOn(self.canv, x, self.height - 4 - label.height)


def fact_lines(pairs: Sequence[tuple[Markup, Sequence[Para]]]) -> list[Flowable]:
    """The facts of a cover: a label in the rail, the value in the text, hairlines between."""
    found: list[Flowable] = [Rule(0.6, x=style.TEXT_X, width=style.TEXT)]
    for label, values in pairs:
        found += [
            room_for(THREE_LINES),
            space(5.5),
            RailLabel(label, before=0, heads=False),
            *values,
            space(6),
        ]
        found.append(Rule(0.6, x=style.TEXT_X, width=style.TEXT))
    return found
