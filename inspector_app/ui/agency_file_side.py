"""Beside a record of an agency's file: what its clocks say, where it goes next, what is open."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.records.agency_file import STATIONS, Complaint, HeldAgreement, Notification
from inspector_app.rules.complaints import Line, next_stations, questions
from inspector_app.ui.kit import bullets, column, holding, label, section, state_line

if TYPE_CHECKING:
    from inspector_app.inspection.agency_file import AgencyFile
    from inspector_app.ui.agency_file_page import AgencyFilePage

_MARKS = {
    "in time": "check",
    "late": "problem",
    "ask": "caution",
    "open": "partly",
    "unknown": "unanswered",
    "no clock": "not-applicable",
    "kept": "check",
    "effort": "check",
    "nothing recorded": "caution",
    "does not apply": "not-applicable",
}


def side_of(page: "AgencyFilePage", record: str) -> QWidget:
    """What belongs to the record, or to the whole file."""
    file = page.file
    found = file.record(record) if record else None
    if isinstance(found, Complaint):
        parts = _complaint(page, file, found)
    elif isinstance(found, Notification):
        parts = _notification(found)
    elif isinstance(found, HeldAgreement):
        parts = _agreement(page, file, found)
    else:
        parts = _whole(page)
    box = column(*parts, gap=10, margins=16)
    box.addStretch(1)
    return holding(box)


def _clock(line: Line) -> QWidget:
    mark = "problem" if line.late else _MARKS.get(line.judgment.verdict, "unanswered")
    return state_line(mark, f"{line.title}. {line.judgment.sentence}")


def _complaint(page: "AgencyFilePage", file: "AgencyFile", found: Complaint) -> list[QWidget]:
    now = page.workspace.moment(file.id)
    form = file.form_of(found)
    parts = [section("Clocks"), label(form.title if form else "No agreement chosen.", "muted")]
    parts += [_clock(line) for line in file.clocks(found, now)]
    due = [STATIONS[name] for name in next_stations(found)]
    asked = [*questions(found), *([f"Next on its way: {due[0]}."] if due else [])]
    if asked:
        parts += [section("Its way"), bullets(asked)]
    if own := file.ice_side(found):
        words = "Evidence for type D12 where a duty was missed; a person decides."
        parts += [section("ICE’s own side"), bullets(own), label(words, "muted")]
    return parts


def _notification(found: Notification) -> list[QWidget]:
    if found.on_record:
        return [section("Record"), state_line("check", "Action and outcome are recorded.")]
    words = "No record of what the field office did, or of what came of it. It stays listed so."
    return [section("Record"), state_line("caution", words)]


def _agreement(page: "AgencyFilePage", file: "AgencyFile", held: HeldAgreement) -> list[QWidget]:
    today = page.workspace.moment(file.id).day
    lines = file.meetings_of(held, today)
    told = [state_line(_MARKS.get(line.state, "unanswered"), line.sentence) for line in lines]
    note = "Years run from the day on which work began, else from the signing."
    return [section("What it asks of meetings"), *told, label(note, "muted")]


def _whole(page: "AgencyFilePage") -> list[QWidget]:
    from inspector_app.workspace.agency_file import ice_evidence, late

    id = page.inspection_id
    missed = late(page.workspace, id)
    parts: list[QWidget] = [section("Late")]
    parts += [
        state_line("problem", f"{each.number}. {each.line.judgment.sentence}") for each in missed
    ] or [label("No clock that binds was missed.", "muted")]
    own = [f"{each.number}. {each.sentence}" for each in ice_evidence(page.workspace, id)]
    if own:
        parts += [section("ICE’s own side"), bullets(own)]
    return parts
