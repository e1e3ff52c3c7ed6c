"""A clock of an agreement: one term, what it counts, and how hard it binds."""

import re
from dataclasses import dataclass
from typing import Literal

from inspector_app.errors import BadInput

Weekends = Literal["counted", "excluded"]
Binding = Literal["hard", "generally"]

LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of exactly one unit. `generally` also stands for "approximately".

    A term is a whole number from 1 to `LONGEST`; BadInput otherwise, and for months without
    weekends, which mean nothing.
    """

    id: str
    hours: int | None = None
    days: int | None = None
    months: int | None = None
    weekends: Weekends = "counted"
    binding: Binding = "hard"

    def __post_init__(self) -> None:
        terms = [term for term in (self.hours, self.days, self.months) if term is not None]
        if len(terms) != 1:
            raise BadInput("A clock has one term: hours, days or months.")
        if not 1 <= terms[0] <= LONGEST:
            raise BadInput(f"The term of a clock must be between 1 and {LONGEST:,}.")
        if self.months and self.weekends == "excluded":
            raise BadInput("Weekends can be left out of hours or days, not of months.")

    @property
    def in_words(self) -> str:
        """`48 hours, weekends excluded`."""
        units = ((self.hours, "hour"), (self.days, "day"), (self.months, "month"))
        [term] = [counted(count, unit) for count, unit in units if count]
        return f"{term}, weekends excluded" if self.weekends == "excluded" else term

    def is_stated_in(self, sentence: str) -> bool:
        """Whether a sentence states this term: `within 48 hours`, `one hour`, `90-day notice`."""
        count, unit = self.in_words.split(",")[0].split(" ")
        number = f"(?:{count}|one)" if count == "1" else count
        return bool(re.search(rf"\b{number}[ -]{unit.rstrip('s')}", sentence, re.I))


def counted(count: int, unit: str) -> str:
    """`1 hour`, `48 hours`."""
    return f"{count:,} {unit}" if count == 1 else f"{count:,} {unit}s"
