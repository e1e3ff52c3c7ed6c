"""The home list of thousands: what derived rows say at once, the rest one inspection at a time.

Of many inspections the newest rows are shown as the tables hold them; a worker brings the tables in
step and reads the others. A row is made anew when its log, a focus review that follows it, what was
handed over or the day is another than when it was made; until then it says what its derived row
knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inspector_app.derived import InspectionRow
from inspector_app.workspace import following
from inspector_app.workspace.derived_rows import Step, Visits, visits, visits_job
from inspector_app.workspace.summary import UNKNOWN, InspectionSummary, summarize

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

Key = tuple[object, ...]
_NEWEST = 60
"""Rows that are shown of many before the others are read."""
_KEPT_OPEN = 100
"""Inspections that may all be open at once; each takes memory."""


@dataclass(frozen=True, slots=True)
class Known:
    """What derived rows say of each inspection, oldest first, and what each whole row depends on.

    `reviews`: the focus reviews that follow an inspection.
    """

    rows: dict[str, InspectionSummary]
    keys: Mapping[str, Key]
    reviews: Mapping[str, list[str]]


def known(found: Visits, own: str) -> Known:
    """What these rows say; `own` is the workspace's own log, which holds what was handed over."""
    reviews: dict[str, list[str]] = defaultdict(list)
    for row in found.rows:
        if row.follows:
            reviews[row.follows].append(row.log)
    places, today = found.places, date.today()
    follow = {log: tuple(places[one] for one in after) for log, after in reviews.items()}
    keys = {
        row.log: (places[row.log], places[own], today, follow.get(row.log)) for row in found.rows
    }
    return Known({row.log: _quick(row) for row in found.rows}, keys, reviews)


class Listing:
    """The rows of one window's home list."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._known = Known({}, {}, {})
        self._made: dict[str, tuple[Key, InspectionSummary]] = {}
        self._stale: dict[str, None] = {}
        self.is_listed = False
        """Whether every inspection has a row; before that, only the newest may have one."""
        self.revisions: dict[str, str] = {}
        self.counts: dict[str, int] | None = None
        """Of all inspections, while only the newest are known: how many, how many for practice."""

    def begin(self) -> None:
        """The newest rows as the derived tables hold them, at once; nothing where any is known."""
        derived = self._workspace.desk.store.derived
        if not self._known.rows:
            newest = reversed(derived.newest(_NEWEST))
            self._known = Known({row.log: _quick(row) for row in newest}, {}, {})
            self.counts = derived.counts()

    def job(self) -> Callable[[Step], Known] | None:
        """What a worker does to see what is there; None where it is little and `look` does it."""
        job, own = visits_job(self._workspace), self._workspace.desk.own.id
        return (lambda step: known(job(step), own)) if job else None

    def look(self, *, in_step: bool = True) -> None:
        """See what is there, in this thread: as it is now, or as the derived tables hold it."""
        found = visits(self._workspace, in_step=in_step)
        self.take(known(found, self._workspace.desk.own.id))

    def take(self, found: Known) -> None:
        """List these; a row that was made whole and is not known to be another stays so."""
        self.is_listed, self.counts, self._known = True, None, found
        self._stale = dict.fromkeys(log for log in found.keys if not self._is_whole(log))

    @property
    def left(self) -> int:
        """How many rows are not whole."""
        return len(self._stale)

    def stale(self) -> list[str]:
        """The inspections whose rows are not whole, newest first; none before all are listed."""
        return list(reversed(self._stale))

    def next_stale(self, wanted: Iterable[str] = ()) -> str:
        """Whose row is to be made whole now: one of these, else the newest; empty when all are."""
        return next((log for log in wanted if log in self._stale), "") or next(
            reversed(self._stale), ""
        )

    def _is_whole(self, log: str) -> bool:
        return log in self._made and self._made[log][0] == self._known.keys[log]

    def fill(self, logs: Iterable[str]) -> None:
        """Make these rows whole. Of many inspections none is kept open for that."""
        opened, many = set(self._workspace._open), len(self._known.rows) > _KEPT_OPEN
        for log in logs:
            self._made[log] = (self._known.keys[log], self._whole(log))
            self._stale.pop(log, None)
            for read in self._workspace._open.keys() - opened if many else ():
                del self._workspace._open[read]
                self._workspace.desk.let_go(read)

    def row(self, log: str) -> InspectionSummary:
        """What is known of one inspection."""
        return self._made[log][1] if log in self._made else self._known.rows[log]

    def rows(self) -> list[InspectionSummary]:
        """A row for each inspection, newest first."""
        return [self.row(log) for log in reversed(self._known.rows)]

    def _whole(self, log: str) -> InspectionSummary:
        workspace = self._workspace
        inspection = workspace.inspection(log)
        revision = inspection.form.revision
        self.revisions[log] = revision[:1].lower() + revision[1:]
        left, waiting = len(workspace.problems(log)), workspace.not_handed_over(log)
        after = following.standing_after(workspace, log, self._known.reviews.get(log, []))
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
