"""What falls due after inspections, late first, and as a calendar file (RFC 5545).

The file names agencies and numbers of findings and no person: it leaves the workspace unsealed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from inspector_app.canonical import sha256
from inspector_app.inspection import Inspection, following
from inspector_app.workspace.following import held_reviews

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day: the target of a corrective action, or a focus review.

    `record` is empty for a focus review; `late`: days since the day, 0 while there is time.
    """

    day: date
    inspection: str
    agency: str
    record: str
    words: str
    late: int
    practice: bool


def due_dates(workspace: "Workspace", ids: Iterable[str] = ()) -> list[Due]:
    """What is still to be done, of these inspections or of all here; the latest ones first."""
    found = [due for id in (list(ids) or workspace.inspection_ids()) for due in _of(workspace, id)]
    return sorted(found, key=lambda due: (due.day, due.agency, due.words))


def _of(workspace: "Workspace", id: str) -> list[Due]:
    inspection, today = workspace.inspection(id), workspace.moment(id).day
    found = [
        _due(inspection, planned.action.target, today, f"Corrective action {planned.number}", id_)
        for planned in following.plan(inspection, today)
        if planned.action and planned.action.target and planned.state in ("open", "late")
        for id_ in (planned.action.id,)
    ]
    last = inspection.focus_review().due
    if last and following.awaits_review(inspection, held_reviews(workspace, id)):
        found.append(_due(inspection, last, today, "Focus review", ""))
    return found


def _due(inspection: Inspection, day: date, today: date, words: str, record: str) -> Due:
    late = max((today - day).days, 0)
    title = inspection.agency.title
    return Due(day, inspection.id, title, record, words, late, inspection.practice)


def calendar_file(workspace: "Workspace", ids: Iterable[str] = ()) -> bytes:
    """All-day events for what is due; the same records make the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//inspector-app//due dates//EN")
    calendar.add("version", "2.0")
    for due in due_dates(workspace, ids):
        calendar.add_component(_event(workspace, due))
    return bytes(calendar.to_ical())


def _event(workspace: "Workspace", due: Due) -> "Event":
    from icalendar import Event

    changes = workspace.inspection(due.inspection).log.changes.values()
    event = Event()
    key = f"{due.inspection} {due.record or 'focus-review'}".encode()
    event.add("uid", f"{sha256(key)[:32]}@inspector-app.invalid")
    event.add("dtstamp", max(change.instant for change in changes).astimezone(UTC))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    practice = "Practice: " if due.practice else ""
    event.add("summary", f"{practice}{due.words} due, {due.agency}")
    event.add("transp", "TRANSPARENT")  # a due date keeps nobody busy
    return event


if TYPE_CHECKING:
    from icalendar import Event
