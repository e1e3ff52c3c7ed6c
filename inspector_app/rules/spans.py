"""Days as a roster gives them: spans of days, and what one cell says."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar days from `first` to `last`, both counted; no `last`: it has not ended."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def strictly_holds(self, day: date) -> bool:
        """Whether the day lies inside and is neither the first nor the last.

        Rosters and acts carry days without hours, so that a day of change decides nothing.
        """
        return self.first < day and (self.last is None or day < self.last)

    def overlap(self, other: "Span") -> "Span | None":
        """The days of both; None when there is none."""
        first = max(self.first, other.first)
        last = min((end for end in (self.last, other.last) if end is not None), default=None)
        return None if last is not None and last < first else Span(first, last)


@dataclass(frozen=True, slots=True)
class Said:
    """What a roster says about one thing: its days in order, or a bare yes (True) or no (False).

    Neither days nor a word: nothing is said, and nothing follows from it.
    """

    days: tuple[date, ...] = ()
    word: bool | None = None

    @property
    def dated(self) -> bool:
        return bool(self.days)

    @property
    def refused(self) -> bool:
        """The roster says in so many words that it is not there or was not done."""
        return self.word is False and not self.days

    @property
    def unknown(self) -> bool:
        """No day, and no word that it was not done."""
        return not self.days and self.word is not False

    @property
    def first(self) -> date | None:
        return self.days[0] if self.days else None

    def until(self, on: date) -> "Said":
        """As it stood at the end of that day. Days to come are plans or slips: they say nothing."""
        return Said(tuple(sorted(day for day in self.days if day <= on)), self.word)


NOTHING = Said()
