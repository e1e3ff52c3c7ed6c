"""What the lists of an agency's file show of each complaint, notification, meeting and file."""

from datetime import date
from typing import TYPE_CHECKING

from inspector_app.moments import Moment, day_in_words
from inspector_app.records.agency_file import (
    ACTIONS,
    EFFORTS,
    MEETINGS,
    OUTCOMES,
    STATIONS,
    SUBJECTS,
    Complaint,
    HeldAgreement,
    Meeting,
    Notification,
)
from inspector_app.rules.complaints import questions
from inspector_app.ui.agency_file_records import title_of
from inspector_app.ui.rows import RowData
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.inspection.agency_file import AgencyFile
    from inspector_app.workspace.agency_file import FileSummary

NO_RECORD = "no record"


def file_row(found: "FileSummary") -> RowData:
    """One file: how much is in it, what is late, what nobody recorded."""
    many = counted(found.complaints, "complaint", "complaints")
    words = [many if found.complaints else "no complaint"]
    if found.open:
        words.append(f"{found.open} open")
    if found.without_record:
        words.append(f"{found.without_record} without a record")
    right = [f"{found.late} late"] if found.late else []
    if found.conflicts:
        right.append(f"{found.conflicts} to decide")
    mark = "conflict" if found.conflicts else "problem" if found.late else "check"
    title = f"{found.title} (practice)" if found.practice else found.title
    return RowData(found.id, title, ", ".join(words), ", ".join(right), mark)


def complaint_row(file: "AgencyFile", found: Complaint, now: Moment) -> RowData:
    """One complaint: what it concerns, where it is, whether a clock was missed."""
    number = file.numbers()[found.id]
    title = f"{number}  {SUBJECTS.get(found.about, 'Concern not recorded')}"
    late = sum(line.late for line in file.clocks(found, now))
    mark = "problem" if late else "caution" if questions(found) else "check"
    if found.resolved is None and mark == "check":
        mark = "partly"
    if file.log.disputed(found.id):
        mark = "conflict"
    return RowData(found.id, title, _where(found), f"{late} late" if late else "", mark)


def _where(found: Complaint) -> str:
    if found.resolved:
        came = OUTCOMES.get(found.outcome, "outcome not recorded")
        return f"resolved {day_in_words(found.resolved)}: {came}"
    there = [name for name in STATIONS if name in found.sent]
    if not there:
        return "not passed on yet, as far as is recorded"
    last = max(there, key=lambda name: (found.sent[name], list(STATIONS).index(name)))
    return f"{STATIONS[last]} since {day_in_words(found.sent[last])}"


def notification_row(file: "AgencyFile", found: Notification) -> RowData:
    """One notification; without an action or an outcome it says that there is no record."""
    number = file.numbers()[found.id]
    came = f"received {day_in_words(found.received)}" if found.received else "no day recorded"
    action = ACTIONS.get(found.action, "no action recorded")
    outcome = OUTCOMES.get(found.outcome, "no outcome recorded")
    right, mark = ("", "check") if found.on_record else (NO_RECORD, "caution")
    about = file.numbers().get(found.complaint, "")
    title = f"{number}  about {about}" if about else f"{number}  notification"
    return RowData(found.id, title, f"{came}; {action}; {outcome}", right, mark)


def meeting_row(file: "AgencyFile", found: Meeting) -> RowData:
    """One meeting, or the effort to hold it."""
    title = f"{file.numbers()[found.id]}  {MEETINGS.get(found.type, 'Meeting')}"
    if found.held:
        words = f"held {day_in_words(found.held)}"
    elif found.effort:
        words = f"not held; {EFFORTS.get(found.effort, found.effort)}"
    else:
        words = "no day and no effort recorded"
    return RowData(found.id, title, words, "", "people", quiet=True)


def agreement_row(file: "AgencyFile", found: HeldAgreement, today: date) -> RowData:
    """One agreement and how many of its duties on meetings are open."""
    form = file.form_of(found)
    lines = file.meetings_of(found, today)
    asked = sum(line.state in ("nothing recorded", "ask") for line in lines)
    right = f"{asked} to ask about" if asked else ""
    words = form.title if form else "revision not chosen"
    return RowData(found.id, title_of(found), words, right, "caution" if asked else "check")
