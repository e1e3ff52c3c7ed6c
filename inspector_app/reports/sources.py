"""Which record a part of a page was made of, for whoever points at it and wants to change it.

A flowable bears the record; where it was drawn is noted as the pages are laid out. Nothing of it
is in the file: the report that leaves the house does not say how its records are called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from reportlab.platypus import CondPageBreak, Flowable, Frame, Spacer

from inspector_app.reports import style
from inspector_app.reports.flow import Heading, Para
from inspector_app.reports.tables import Grid, Row

F = TypeVar("F", bound=Flowable)


@dataclass(frozen=True)
class Spot:
    """A part of a page: its page from 1, its box in points from the lower left, its record.

    `words` are its text, as far as it has one; a table's row is a part of its own.
    """

    page: int
    box: tuple[float, float, float, float]
    record: str
    words: str


def of(record: str, story: Iterable[F]) -> list[F]:
    """What was made of a record; what bears a record of its own keeps it."""
    made = list(story)
    for part in made:
        if not getattr(part, "record", ""):
            part.record = record
    return made


class SourcedFrame(Frame):  # type: ignore[misc]  # reportlab has no types
    """The frame of a page: what it splits stays made of the same record."""

    def add(self, flowable: Flowable, canv: Any, trySplit: int = 0) -> int:  # noqa: N803
        """In a trial pass nothing is drawn: only where headings come to stand is of interest."""
        if not canv.is_trial:
            return int(super().add(flowable, canv, trySplit))
        flowable.drawOn = partial(_stand_in, flowable)
        try:
            return int(super().add(flowable, canv, trySplit))
        finally:
            del flowable.drawOn

    def split(self, flowable: Flowable, canv: Any) -> list[Flowable]:
        """The pieces, each with the record of the whole, and its bar."""
        parts: list[Flowable] = super().split(flowable, canv)
        if (bar := getattr(flowable, "bar", None)) is not None:
            for part in parts:
                part.bar = bar
        return of(getattr(flowable, "record", ""), parts)


def _stand_in(flowable: Flowable, canv: Any, x: float, y: float, **_: Any) -> None:
    """In the place of drawing it."""
    if isinstance(flowable, Heading):
        flowable.stand_on(canv)


def spots(flowable: Flowable, page: int, left: float, low: float) -> Iterator[Spot]:
    """The spots of what was just drawn with its lower left corner there."""
    if isinstance(flowable, Grid):
        yield from _rows(flowable, page, left, low)
    elif (record := getattr(flowable, "record", "")) and _can_be_seen(flowable):
        box = (left, low, left + style.WIDE, low + flowable.height)
        yield Spot(page, box, record, getattr(flowable, "words", ""))


def _can_be_seen(flowable: Flowable) -> bool:
    return not isinstance(flowable, CondPageBreak | Spacer) and flowable.height > 0


def _rows(grid: Grid, page: int, left: float, low: float) -> Iterator[Spot]:
    high = low + grid.height
    for row in grid.rows:
        record = row.part.record or getattr(grid, "record", "")
        if record and row.kind != "head":
            box = (left, high - row.height, left + grid.width, high)
            yield Spot(page, box, record, _words(row))
        high -= row.height


def _words(row: Row) -> str:
    return " ".join(cell.body.words for cell in row.cells if isinstance(cell.body, Para))
