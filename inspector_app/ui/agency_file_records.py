"""The fields of a complaint, notification, meeting or agreement: choices and days, no text."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.records.agency_file import (
    ACTIONS,
    CHANNELS,
    EFFORTS,
    MEETINGS,
    OUTCOMES,
    STATIONS,
    STATUSES,
    SUBJECTS,
    Complaint,
    HeldAgreement,
)
from inspector_app.ui.choices import FieldChoice
from inspector_app.ui.kit import field_row, holding, label, row, section
from inspector_app.ui.page import RecordFields
from inspector_app.ui.typed import day_editor, moment_editor

if TYPE_CHECKING:
    from inspector_app.canonical import Value
    from inspector_app.inspection.agency_file import AgencyFile
    from inspector_app.ui.agency_file_page import AgencyFilePage

_SERIOUS = {"egregious": "Egregious, such as force or harassment", "less-serious": "Less serious"}


class YesNo(FieldChoice):
    """Yes, no, or not recorded."""

    def __init__(self, yes: str = "Yes", no: str = "No") -> None:
        super().__init__([("yes", yes), ("no", no)], none="Not recorded")

    def set_value(self, value: Any) -> None:
        super().set_value({True: "yes", False: "no"}.get(value, value))

    def read(self, text: str) -> "Value":
        return {"yes": True, "no": False}.get(text)


def _pick(choices: Mapping[str, str]) -> FieldChoice:
    return FieldChoice(list(choices.items()), none="Not recorded")


def pair(left: QWidget, right: QWidget) -> QWidget:
    """Two fields side by side, of the same width."""
    box = row(left, right, gap=16)
    box.setStretch(0, 1)
    box.setStretch(1, 1)
    return holding(box)


def agreements(file: "AgencyFile") -> dict[str, str]:
    """The agency's agreements by record: `JEM, signed March 3, 2025`."""
    return {held.id: title_of(held) for held in file.all(HeldAgreement)}


def title_of(held: HeldAgreement) -> str:
    """`JEM, signed March 3, 2025`."""
    signed = f", signed {day_in_words(held.signed)}" if held.signed else ""
    return f"{held.model or 'Agreement'}{signed}"


def _agreement(file: "AgencyFile", fields: RecordFields) -> list[QWidget]:
    """Which agreement counts: asked only where there are two."""
    known = agreements(file)
    if len(known) < 2:
        return []
    return [field_row("Agreement", fields.bind("agreement", _pick(known)))]


def complaint_fields(page: "AgencyFilePage", record: str) -> list[QWidget]:
    """What was complained of, when it was told, and its way through the offices."""
    file, fields = page.file, RecordFields(page, record)
    zone = file.zone

    def moment(name: str, words: str) -> QWidget:
        return field_row(words, fields.bind(name, moment_editor(zone, date.today)))

    def day(name: str, words: str) -> QWidget:
        return field_row(words, fields.bind(name, day_editor()))

    def pick(name: str, words: str, choices: Mapping[str, str]) -> QWidget:
        return field_row(words, fields.bind(name, _pick(choices)))

    def yes(name: str, words: str) -> QWidget:
        return field_row(words, fields.bind(name, YesNo()))

    return [
        label("No names and no case numbers: the file holds how a complaint was handled.", "muted"),
        *_agreement(file, fields),
        pair(pick("channel", "Came in at", CHANNELS), pick("about", "Concerns", SUBJECTS)),
        pair(
            yes("designated", "About a designated officer"),
            yes("related", "Related to 287(g) duties"),
        ),
        pick("serious", "Seriousness", _SERIOUS),
        section("When"),
        pair(moment("learned", "Agency learned of it"), moment("told", "ICE was told")),
        pair(day("resolved", "Resolved"), day("outcome_reported", "Outcome reported to ICE")),
        pick("outcome", "Outcome", OUTCOMES),
        section("Its way", "the day it came there, and how it stands there"),
        *(_station(fields, name) for name in STATIONS),
    ]


def _station(fields: RecordFields, name: str) -> QWidget:
    title = STATIONS[name]
    since = fields.bind(f"sent.{name}", day_editor())
    status = fields.bind(f"status.{name}", _pick(STATUSES))
    left = field_row(f"{title}, since", since)
    right = field_row("Status there", status)
    status.setAccessibleName(f"Status there: {title}")
    return pair(left, right)


def notification_fields(page: "AgencyFilePage", record: str) -> list[QWidget]:
    """What the field office did with a management notification, and what came of it."""
    file, fields = page.file, RecordFields(page, record)
    numbers = file.numbers()
    known = {each.id: numbers[each.id] for each in file.all(Complaint)}
    return [
        label("The field office decides whether to hold a full management inquiry.", "muted"),
        pair(
            field_row("Complaint", fields.bind("complaint", _pick(known))),
            field_row("Received", fields.bind("received", day_editor())),
        ),
        pair(
            field_row("Action of the field office", fields.bind("action", _pick(ACTIONS))),
            field_row("On", fields.bind("acted", day_editor())),
        ),
        pair(
            field_row("Outcome", fields.bind("outcome", _pick(OUTCOMES))),
            field_row("Ended", fields.bind("ended", day_editor())),
        ),
    ]


def meeting_fields(page: "AgencyFilePage", record: str) -> list[QWidget]:
    """A meeting that was held, or the effort to hold one."""
    file, fields = page.file, RecordFields(page, record)
    return [
        *_agreement(file, fields),
        pair(
            field_row("Kind", fields.bind("type", _pick(MEETINGS))),
            field_row("Held", fields.bind("held", day_editor())),
        ),
        pair(
            field_row("Advertised to the public", fields.bind("advertised", day_editor())),
            field_row("Agenda set", fields.bind("agenda", YesNo())),
        ),
        pair(
            field_row("Minutes sent to ICE", fields.bind("minutes_ice", day_editor())),
            field_row("Minutes sent to the agency", fields.bind("minutes_lea", day_editor())),
        ),
        section("Where none was held"),
        pair(
            field_row("Effort made", fields.bind("effort", _pick(EFFORTS))),
            field_row("Tried on", fields.bind("tried", day_editor())),
        ),
    ]


def agreement_fields(page: "AgencyFilePage", record: str) -> list[QWidget]:
    """One agreement: its revision decides which clocks run and which meetings are asked for."""
    from inspector_app import forms

    fields = RecordFields(page, record)
    known = {form.id: form.title for form in forms.shipped()}
    return [
        field_row("Revision", fields.bind("form", _pick(known))),
        pair(
            field_row("Signed", fields.bind("signed", day_editor())),
            field_row("Addendum signed", fields.bind("addendum", day_editor())),
        ),
        pair(
            field_row("Work under it began", fields.bind("operational", day_editor())),
            field_row("First class certified", fields.bind("first_class", day_editor())),
        ),
        pair(
            field_row("Suspended", fields.bind("suspended", day_editor())),
            field_row("Reinstated", fields.bind("reinstated", day_editor())),
        ),
        field_row("Terminated", fields.bind("ended", day_editor())),
    ]
