"""What falls due after inspections and complaints, late first, and as a calendar file (RFC 5545).

The file names agencies, numbers of findings and of complaints and no person: it leaves the
workspace unsealed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from inspector_app.canonical import sha256
from inspector_app.inspection import Inspection, following
from inspector_app.inspection.agency_file import AgencyFile
from inspector_app.moments import Moment
from inspector_app.records.agency_file import Complaint
from inspector_app.workspace.agency_file import file_ids
from inspector_app.workspace.following import held_reviews

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day: a corrective action, a focus review, a step of a complaint.

    `inspection` is the id of its log, which for a complaint is its agency's file. `record` is
    empty for a focus review; `late`: days since the day, 0 while there is time.
    """

    day: date
    inspection: str
    agency: str
    record: str
    words: str
    late: int
    practice: bool


def due_dates(workspace: "Workspace", ids: Iterable[str] = ()) -> list[Due]:
    """What is still to be done, of these inspections or files or of all here; the latest first."""
    every = list(ids) or [*workspace.inspection_ids(), *file_ids(workspace)]
    found = [due for id in every for due in _of_either(workspace, id)]
    return sorted(found, key=lambda due: (due.day, due.agency, due.words))


def _of_either(workspace: "Workspace", id: str) -> Iterable[Due]:
    kept = workspace.kept(id)
    return _of_file(workspace, kept) if isinstance(kept, AgencyFile) else _of(workspace, id)


def _of_file(workspace: "Workspace", file: AgencyFile) -> Iterator[Due]:
    """Each clock of a complaint that binds, runs, and has no end on record."""
    now = workspace.moment(file.id)
    for complaint in file.all(Complaint):
        number = file.numbers()[complaint.id]
        for line in file.clocks(complaint, now):
            until, hard = line.judgment.due, line.clock and line.clock.binding == "hard"
            if line.judgment.verdict == "open" and until and hard:
                day = until.day if isinstance(until, Moment) else until
                late = max((now.day - day).days, int(line.overdue))
                words = f"Complaint {number} ({line.title[0].lower()}{line.title[1:]})"
                yield Due(day, file.id, file.title, complaint.id, words, late, file.practice)


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

    changes = workspace.kept(due.inspection).log.changes.values()
    event = Event()
    which = f"{due.record} {due.words}" if due.record.startswith("complaint:") else due.record
    key = f"{due.inspection} {which or 'focus-review'}".encode()
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
