"""The home list of thousands: what derived rows say at once, the rest one inspection at a time.

A row is made anew when its log, a focus review that follows it, what was handed over or the day is
another than when it was made; until then it says what its derived row knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from inspector_app.derived import InspectionRow
from inspector_app.workspace import following
from inspector_app.workspace.derived_rows import rows_of_visits
from inspector_app.workspace.summary import UNKNOWN, InspectionSummary, summarize

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

Key = tuple[object, ...]


class Listing:
    """The rows of one window's home list."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._visits: dict[str, InspectionRow] = {}
        self._keys: dict[str, Key] = {}
        self._reviews: Mapping[str, list[str]] = {}
        self._made: dict[str, tuple[Key, InspectionSummary]] = {}
        self.revisions: dict[str, str] = {}

    def look(self) -> None:
        """See what is there now: a few queries, whatever the number of inspections."""
        self._visits = {row.log: row for row in rows_of_visits(self._workspace)}
        reviews: dict[str, list[str]] = defaultdict(list)
        for row in self._visits.values():
            if row.follows:
                reviews[row.follows].append(row.log)
        self._reviews = reviews
        places = self._workspace.desk.store.derived.places()
        today, own = date.today(), places[self._workspace.desk.own.id]
        self._keys = {
            log: (places[log], own, today, *(places[one] for one in reviews.get(log, ())))
            for log in self._visits
        }

    def stale(self) -> list[str]:
        """The inspections whose rows are not whole, newest first."""
        return [log for log in reversed(self._visits) if not self._is_whole(log)]

    def _is_whole(self, log: str) -> bool:
        return log in self._made and self._made[log][0] == self._keys[log]

    def fill(self, logs: Iterable[str]) -> None:
        """Make these rows whole."""
        for log in logs:
            self._made[log] = (self._keys[log], self._whole(log))

    def rows(self) -> list[InspectionSummary]:
        """A row for each inspection, newest first."""
        return [
            self._made[log][1] if log in self._made else _quick(self._visits[log])
            for log in reversed(self._visits)
        ]

    def _whole(self, log: str) -> InspectionSummary:
        workspace = self._workspace
        inspection = workspace.inspection(log)
        revision = inspection.form.revision
        self.revisions[log] = revision[:1].lower() + revision[1:]
        left, waiting = len(workspace.problems(log)), workspace.not_handed_over(log)
        after = following.standing_after(workspace, log, self._reviews.get(log, []))
        return summarize(inspection, left, waiting, after)


def _quick(row: InspectionRow) -> InspectionSummary:
    """What the derived row says; the rest is not known yet."""
    return InspectionSummary(
        id=row.log,
        agency=row.title,
        state=row.state,
        model=row.model,
        form_title="",
        kind=row.purpose,
        practice=bool(row.practice),
        first_day=row.first_day,
        last_day=row.last_day,
        team=(),
        left=UNKNOWN,
        conflicts=0,
        findings=row.findings,
        not_handed_over=UNKNOWN,
    )
