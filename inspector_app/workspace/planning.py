"""The planner: the published agreements beside the visits that this workspace knows of."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from inspector_app.agencies import AgencyRow, field_office, normalized
from inspector_app.derived import Rows
from inspector_app.rules.planning import Agreement, Key, ProgramPlan, plan
from inspector_app.workspace.derived_rows import rows
from inspector_app.workspace.program import is_practice, today

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

VISITS = ("inspection", "oversight-review")
"""What counts as a visit: a focus review looks at some findings and starts no new two years."""


def program_plan(
    workspace: "Workspace", on: date | None = None, practice: bool | None = None
) -> ProgramPlan:
    """Who is due as of a day, today by default."""
    found = rows(workspace)
    practice = is_practice(found) if practice is None else practice
    agreements = map(_agreement, workspace.agencies())
    return plan(agreements, visits_of(found.of(practice)), on or today())


def visits_of(found: Rows) -> dict[Key, list[date]]:
    """The last days on site of each agreement's visits."""
    held: dict[Key, list[date]] = defaultdict(list)
    for row in found.inspections:
        day = row.last_day or row.first_day
        if row.purpose in VISITS and day is not None:
            held[row.state, normalized(row.agency), row.model].append(day)
    return held


def _agreement(row: AgencyRow) -> Agreement:
    title = f"{row.name.replace(chr(39), '’')}, {row.state}"
    key = (row.state, normalized(row.name), row.model)
    return Agreement(key, title, field_office(row) or "", row.signed)
