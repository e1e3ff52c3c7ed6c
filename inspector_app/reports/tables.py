"""Tables: rows that may break over pages under a repeated head, facts, and the result strip.

No verticals, no zebra: heavier rules around the head and at the end, hairlines between rows. A row
that is taller than a page goes on in the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from inspector_app.reports import style
from inspector_app.reports.flow import Para, para
from inspector_app.reports.structure import Part
from inspector_app.reports.typed import Markup

TALLEST = 260.0
"""A row is cut into pieces of at most this height, in points."""

RowKind = Literal["head", "body", "group", "total"]
_GROUPS = {"head": "THead", "body": "TBody", "group": "TBody", "total": "TFoot"}
"""The part of a table in which a row of that kind stands."""


@dataclass(frozen=True)
class Column:
    """Its width in points, the space right of its text, and the style of its head."""

    width: float
    gap: float = 10
    head: str = "head"


@dataclass(frozen=True)
class Cell:
    """What stands in it, filled or outlined where the cell must stand out."""

    body: Flowable
    fill: Color | None = None
    outline: Color | None = None
    part: Part = field(default_factory=Part, compare=False)
    """The pieces of a cell that a page break cuts are one cell to a reader."""


@dataclass
class Row:
    """Cells from left to right; a group row has one, which spans all columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = "body"
    rule: float = style.HAIR
    """The weight of the line under it; every fifth may be heavier, to guide the eye."""
    height: float = 0
    part: Part = field(default_factory=Part, compare=False)


def row(*bodies: Para, kind: RowKind = "body", record: str = "") -> Row:
    """A row of plain cells; `record` is what it was made of, see `sources`."""
    made = Row(tuple(Cell(body) for body in bodies), kind)
    made.part.record = record
    return made


def group(markup: Markup) -> Row:
    """A row that names the group of the rows under it."""
    return row(para(markup, "group", "TH"), kind="group")


def head(columns: Sequence[Column], *labels: Markup) -> Row:
    """The head row, one label a column: no head cell is empty."""
    pairs = zip(columns, labels, strict=True)
    return row(*(para(label, column.head, "TH") for column, label in pairs), kind="head")


class Grid(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table. Two rows at least stand on each side of a page break, and above the totals."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        x: float = 0,
        pad: float = 4,
        least: int = 2,
        before: float = 0,
        after: float = 0,
        closed: bool = True,
        opened: bool = True,
    ) -> None:
        super().__init__()
        self._columns, self._rows, self._x, self._pad = tuple(columns), list(rows), x, pad
        self._least, self._closed, self._opened = least, closed, opened
        self.spaceBefore, self.spaceAfter = before, after
        self._measured = False
        self._part = Part()
        self._groups = {name: Part() for name in _GROUPS.values()}
        self._begins = True
        """Whether this is the first piece: the head that later ones repeat is read once."""
        self.width = x + sum(column.width for column in columns)

    @property
    def widths(self) -> tuple[float, ...]:
        """Of its columns, in points."""
        return tuple(column.width for column in self._columns)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of this piece, from the top; measured once it was wrapped."""
        return tuple(self._rows)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        if not self._measured:
            self._rows = [piece for row in self._rows for piece in self._pieces(row)]
            self._measured = True
        self.height = sum(row.height for row in self._rows)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        self.wrap(aW, aH)
        heads = self._heads()
        fitting = self._fitting(aH)
        most = len(self._rows) - self._kept_at_end()
        at = self._above_groups(min(fitting, most))
        fewest = self._fewest()
        if at < fewest:
            if aH < 0.9 * style.FRAME_HEIGHT or fitting <= len(heads):
                return []  # all of it goes to the next page
            at = fitting
        return [
            self._piece(self._rows[:at], first=True),
            self._piece(heads + self._rows[at:], first=False),
        ]

    def _fewest(self) -> int:
        """How many rows stay together at the top."""
        heads = len(self._heads())
        return heads + min(self._least, self._lines_of_first(heads))

    @property
    def kept(self) -> float:
        """What a label over it needs room for: it is never left alone at the foot of a page."""
        fewest = self._fewest()
        goes_over = len(self._rows) - self._kept_at_end() < fewest
        rows = self._rows if goes_over else self._rows[:fewest]
        return float(min(max(90.0, sum(row.height for row in rows)), style.FRAME_HEIGHT * 0.9))

    def draw(self) -> None:
        """A table to a reader where it has a head; else contents, or a list of what it says."""
        self._role = self._told_as()
        with self.canv.structure.element(self._role, self._part):
            y = self.height
            for place, row in enumerate(self._rows):
                self._draw_row(row, y)
                y -= row.height
                self._draw_rules(row, y, place)

    def _told_as(self) -> Literal["Table", "TOC", "L"]:
        if self._heads():
            return "Table"
        bodies = (cell.body for row in self._rows for cell in row.cells)
        return "TOC" if any(isinstance(b, Para) and b.is_link for b in bodies) else "L"

    # -- measuring ---------------------------------------------------------------------------

    def _pieces(self, row: Row) -> list[Row]:
        """The row, or what it takes to print a row that is too tall."""
        tops, rests = zip(*(self._cut(row, place) for place in range(len(row.cells))), strict=True)
        first = Row(tops, row.kind, row.rule, part=row.part)
        first.height = max(cell.body.height for cell in tops) + 2 * self._pad
        if not any(rests):
            return [first]
        first.rule = 0
        below = tuple(
            Cell(rest or para(Markup(""), "cell", "TD"), cell.fill, part=cell.part)
            for cell, rest in zip(row.cells, rests, strict=True)
        )
        return [first, *self._pieces(Row(below, row.kind, row.rule, part=row.part))]

    def _cut(self, row: Row, place: int) -> tuple[Cell, Para | None]:
        cell, room = row.cells[place], self._room(row, place)
        _, cell.body.height = cell.body.wrap(room, 1e6)
        if cell.body.height <= TALLEST:
            return cell, None
        parts = cell.body.split(room, TALLEST)
        assert len(parts) == 2, "a paragraph of that height has lines enough"
        top, rest = parts
        _, top.height = top.wrap(room, 1e6)
        return Cell(top, cell.fill, cell.outline, cell.part), rest

    def _room(self, row: Row, place: int) -> float:
        if row.kind == "group":
            return sum(column.width for column in self._columns) - 4
        return self._columns[place].width - self._columns[place].gap

    # -- breaking ----------------------------------------------------------------------------

    def _heads(self) -> list[Row]:
        return [row for row in self._rows if row.kind == "head"]

    def _fitting(self, height: float) -> int:
        """How many rows from the top fit, without ending on a group row."""
        used, count = 0.0, 0
        for row in self._rows:
            used += row.height
            if used > height:
                break
            count += 1
        return self._above_groups(count)

    def _above_groups(self, count: int) -> int:
        """So many rows from the top, less those at their end that name what follows."""
        while count and self._rows[count - 1].kind in ("group", "head"):
            count -= 1
        return count

    def _kept_at_end(self) -> int:
        """Rows that stay together at the end: the totals and two rows above them."""
        totals = sum(row.kind == "total" for row in self._rows)
        return totals + min(self._least, len(self._rows) - totals - len(self._heads()))

    def _lines_of_first(self, heads: int) -> int:
        """One row is enough where the rows are tall."""
        return 1 if len(self._rows) > heads and self._rows[heads].height > 60 else self._least

    def _piece(self, rows: list[Row], first: bool) -> "Grid":
        piece = Grid(
            self._columns, rows, x=self._x, pad=self._pad, least=self._least,
            before=self.spaceBefore if first else 0, after=0 if first else self.spaceAfter,
            closed=self._closed, opened=self._opened,
        )  # fmt: skip
        piece._measured, piece._part, piece._groups = True, self._part, self._groups
        piece._begins = self._begins and first
        return piece

    # -- drawing -----------------------------------------------------------------------------

    def _draw_row(self, row: Row, top: float) -> None:
        if row.kind == "head" and not self._begins:
            with self.canv.artifact():
                self._draw_cells(row, top)
            return
        with self._row(row):
            self._draw_cells(row, top)

    @contextmanager
    def _row(self, row: Row) -> Iterator[None]:
        element, group = self.canv.structure.element, _GROUPS[row.kind]
        if self._role == "Table" and self._has_body():
            with element(group, self._groups[group]), element("TR", row.part):
                yield
        else:
            role = {"Table": "TR", "TOC": "TOCI"}.get(self._role)
            with element(role, row.part) if role else nullcontext():
                yield

    def _has_body(self) -> bool:
        return any(row.kind != "head" for row in self._rows)

    def _draw_cells(self, row: Row, top: float) -> None:
        x = self._x
        for place, cell in enumerate(row.cells):
            wide = (
                sum(c.width for c in self._columns)
                if row.kind == "group"
                else self._columns[place].width
            )
            fill = style.TINT if row.kind == "group" else cell.fill
            if fill:
                self._draw_box(x, top - row.height, wide, row.height, fill, None)
            if cell.outline:
                self._draw_box(
                    x + 0.75,
                    top - row.height + 0.75,
                    wide - 1.5,
                    row.height - 1.5,
                    None,
                    cell.outline,
                )
            sunk = row.height - cell.body.height - self._pad if row.kind == "head" else self._pad
            inset = 4 if row.kind == "group" else 0
            with self._cell(row, place):
                cell.body.drawOn(self.canv, x + inset, top - sunk - cell.body.height)
            x += wide

    @contextmanager
    def _cell(self, row: Row, place: int) -> Iterator[None]:
        """The cell as an element: a head of its column, group or row, data, or a list's entry."""
        element, cell = self.canv.structure.element, row.cells[place]
        if self._role == "TOC":
            made = self._place(cell)
        elif self._role == "L":
            made = self._entry(cell)
        elif row.kind == "head":
            made = element("TH", cell.part, Scope="Column")
        elif row.kind == "group":
            made = element("TH", cell.part, Scope="Row", ColSpan=len(self._columns))
        elif place == _head_place(row) and _says(cell.body):
            made = element("TH", cell.part, Scope="Row")
        else:
            made = element("TD", cell.part)
        with made:
            yield

    def _place(self, cell: Cell) -> AbstractContextManager[None]:
        """What contents lead to; the page stands beside it."""
        if isinstance(cell.body, Para) and cell.body.is_link:
            cell.body.role = "Reference"
        return nullcontext()

    @contextmanager
    def _entry(self, cell: Cell) -> Iterator[None]:
        if not _says(cell.body):
            yield  # an empty cell fills a row of facts; it is no entry
            return
        structure = self.canv.structure
        with structure.element("LI", cell.part), structure.element("LBody"):
            yield

    def _draw_box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Color | None,
        line: Color | None,
    ) -> None:
        with self.canv.artifact():
            self.canv.saveState()
            if fill:
                self.canv.setFillColor(fill)
            if line:
                self.canv.setStrokeColor(line)
                self.canv.setLineWidth(1.5)
            self.canv.rect(x, y, width, height, stroke=int(bool(line)), fill=int(bool(fill)))
            self.canv.restoreState()

    def _draw_rules(self, row: Row, y: float, place: int) -> None:
        last = place == len(self._rows) - 1
        before_total = not last and self._rows[place + 1].kind == "total" and row.kind != "total"
        heavy = (last and self._closed) or row.kind == "head" or before_total
        if place == 0 and self._opened:
            self._line(self.height, style.HEAD_RULE if row.kind == "head" else style.HAIR)
        if heavy:
            self._line(y, style.HEAD_RULE)
        elif row.rule:
            self._line(y, row.rule)

    def _line(self, y: float, weight: float) -> None:
        with self.canv.artifact():
            self.canv.setStrokeColor(style.INK if weight == style.HEAD_RULE else style.RULE)
            self.canv.setLineWidth(weight)
            self.canv.line(self._x, y, self.width, y)


def _head_place(row: Row) -> int:
    """The cell that names its row: the first, but for a box to tick."""
    worded = (place for place, cell in enumerate(row.cells) if _can_say(cell.body))
    return next(worded, 0)


def _can_say(body: Flowable) -> bool:
    return isinstance(body, Para) or hasattr(body, "said")


def _says(body: Flowable) -> bool:
    return not isinstance(body, Para) or bool(body.words)
