"""The federal fiscal year: October 1 to September 30, named after the year in which it ends.

OPR inspects about half of the agencies in each and publishes a report for each (GAO-21-186).
"""

from dataclasses import dataclass
from datetime import date

from inspector_app.errors import BadInput
from inspector_app.rules.follow_up import fiscal_year

_FIRST, _LAST = date.min.year + 1, date.max.year


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """`FY2027` is October 1, 2026, to September 30, 2027. BadInput outside the calendar."""

    year: int

    def __post_init__(self) -> None:
        if not _FIRST <= self.year <= _LAST:
            raise BadInput(f"A fiscal year must lie between {_FIRST} and {_LAST}.")

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """The fiscal year in which the day lies."""
        return cls(fiscal_year(day))

    @property
    def first_day(self) -> date:
        """October 1 of the year before."""
        return date(self.year - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """September 30."""
        return date(self.year, 9, 30)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"FY{self.year}"
