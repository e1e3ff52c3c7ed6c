"""Whether and when a focus review follows (GAO-21-186: four findings, within six months)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

THRESHOLD = 4
MONTHS = 6


@dataclass(frozen=True, slots=True)
class FocusReview:
    """`findings` counts deficiencies and areas of concern together; best practices never."""

    findings: int
    due: date | None

    @property
    def flagged(self) -> bool:
        """OPR "generally" holds one: a flag for a person, not a decision."""
        return self.findings >= THRESHOLD


def focus_review(findings: int, last_day: date | None) -> FocusReview:
    """The due date is six calendar months after the last day on site."""
    due = months_after(last_day, MONTHS) if last_day and findings >= THRESHOLD else None
    return FocusReview(findings, due)


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fiscal_year(day: date) -> int:
    """The federal fiscal year: October 1 to September 30, named after the year it ends in."""
    return day.year + (day.month >= 10)
