"""Who is due: the two-year rule, and about half of the agencies in each fiscal year.

OPR inspects agencies under the Jail Enforcement Model, each at least once in two years and about
half in each fiscal year (GAO-21-186). Nothing of the kind is written for the Warrant Service
Officer program, which ERO reviews, nor for task forces: those are listed, and never late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.rules.follow_up import months_after

MONTHS = 24
SHARE = (0.4, 0.6)
"""About half: outside of this the plan says so. The bounds are ours; the source says "about"."""

State = Literal["overdue", "due", "later"]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement, as the published list has it. `key` tells it from all others."""

    key: Key
    title: str
    office: str
    signed: date


@dataclass(frozen=True, slots=True)
class Due:
    """When an agreement's next visit is due; `due` is None where no rule says."""

    agreement: Agreement
    last: date | None
    due: date | None
    state: State
    days_late: int


@dataclass(frozen=True, slots=True)
class ProgramPlan:
    """The year's plan: JEM by due day, then what OPR does not inspect.

    `inspected` are JEM agreements visited in this fiscal year so far; `half` is how many would be
    half; `due` counts those that must still come before the fiscal year ends.
    """

    year: FiscalYear
    on: date
    jem: Sequence[Due]
    wso: Sequence[Due]
    tfm: int
    inspected: int

    @property
    def overdue(self) -> list[Due]:
        return [one for one in self.jem if one.state == "overdue"]

    @property
    def due(self) -> list[Due]:
        """Due before this fiscal year ends, and not late yet."""
        return [one for one in self.jem if one.state == "due"]

    @property
    def half(self) -> int:
        """Half of the JEM agreements, rounded up."""
        return -(-len(self.jem) // 2)

    @property
    def proposed(self) -> list[Due]:
        """Whom to visit in what is left of the year: all who must be, then the next, up to half."""
        must = self.overdue + self.due
        more = [one for one in self.jem if one.state == "later" and not self._visited(one)]
        return must + more[: max(0, self.half - self.inspected - len(must))]

    @property
    def share(self) -> float:
        """The share of JEM agreements that this year will have seen, if all who must be are."""
        return (self.inspected + len(self.overdue) + len(self.due)) / max(len(self.jem), 1)

    @property
    def is_about_half(self) -> bool:
        return SHARE[0] <= self.share <= SHARE[1]

    def _visited(self, one: Due) -> bool:
        return one.last is not None and one.last in self.year


def two_years_after(day: date) -> date:
    """Two calendar years later; of February 29 the month's last day."""
    return months_after(day, MONTHS)


def plan(
    agreements: Iterable[Agreement], visits: Mapping[Key, Sequence[date]], on: date
) -> ProgramPlan:
    """Who is due as of a day; `visits` are the last days on site of each agreement's visits.

    One that was never visited is due two years after it was signed: the source counts from the
    visit before and says nothing of new ones, so this is ours.
    """
    year = FiscalYear.of(on)
    by_model: dict[str, list[Due]] = {"JEM": [], "WSO": [], "TFM": []}
    for agreement in agreements:
        held = [day for day in visits.get(agreement.key, ()) if day <= on]
        by_model.setdefault(agreement.key[2], []).append(_due(agreement, held, on, year))
    jem = sorted(by_model["JEM"], key=lambda one: (one.due or date.max, one.agreement.title))
    wso = sorted(by_model["WSO"], key=lambda one: (one.last or date.min, one.agreement.title))
    inspected = sum(one.last is not None and one.last in year for one in jem)
    return ProgramPlan(year, on, jem, wso, len(by_model["TFM"]), inspected)


def _due(agreement: Agreement, held: Sequence[date], on: date, year: FiscalYear) -> Due:
    last = max(held, default=None)
    if agreement.key[2] != "JEM":
        return Due(agreement, last, None, "later", 0)
    due = two_years_after(last or agreement.signed)
    late = max(0, (on - due).days)
    state: State = "overdue" if late else "due" if due <= year.last_day else "later"
    return Due(agreement, last, due, state, late)
