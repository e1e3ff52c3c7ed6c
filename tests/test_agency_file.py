"""An agency's file: clocks, route, what ICE left open, meetings; and that no name has a place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from inspector_app import forms
from inspector_app.errors import BadInput
from inspector_app.inspection.agency_file import AgencyFile
from inspector_app.moments import Moment
from inspector_app.records import BY_KIND
from inspector_app.records.agency_file import AGENCY_RECORDS, Complaint, HeldAgreement, Meeting
from inspector_app.rules import complaints, meetings
from inspector_app.workspace import Workspace, agency_file
from inspector_app.workspace.due_dates import calendar_file, due_dates
from tests.agency_files import at, complaint, held, row, start

NOON = Moment.parse(at("2026-06-01T12:00"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("agency-file") / "w"
    made, _ = Workspace.create(
        folder, "Ana Sample", "field-supervisor", "Field office", "a passphrase for tests"
    )
    yield made
    made.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    """A new file, of another agency each time."""
    number = len(agency_file.file_ids(workspace))
    return start(workspace, replace(row(), name=f"Example {number} Sheriff's Office"))


def _complaint(**fields: Any) -> Complaint:
    return Complaint(designated=True, learned=at("2026-03-13T17:00"), **fields)


def _told(form: str, **fields: Any) -> complaints.Line:
    return complaints.lines(_complaint(**fields), forms.load(form), NOON)[0]


# -- clocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "designated", "told", "verdict"),
    [
        ("jem-2025", True, "2026-03-17T17:00", "in time"),
        ("jem-2025", True, "2026-03-17T17:01", "late"),
        ("jem-2025", False, "2026-03-15T17:00", "in time"),
        ("jem-2025", False, "2026-03-15T17:01", "late"),
        ("wso-2020", False, "2026-03-16T09:00", "late"),
        ("wso-2019", False, "2026-03-25T09:00", "no clock"),
    ],
)
def test_s27_the_48_hours_are_those_of_the_agreements_own_revision(
    form: str, designated: bool, told: str, verdict: str
) -> None:
    complaint = _complaint(told=at(told)).model_copy(update={"designated": designated})
    assert complaints.lines(complaint, forms.load(form), NOON)[0].judgment.verdict == verdict


def test_s27_an_outcome_is_due_30_days_after_the_resolution_under_jem_only() -> None:
    said = {"resolved": date(2026, 3, 1), "outcome_reported": date(2026, 4, 1)}
    jem = {
        line.title: line
        for line in complaints.lines(_complaint(**said), forms.load("jem-2025"), NOON)
    }
    assert (
        jem["Outcome reported"].judgment.due == date(2026, 3, 31) and jem["Outcome reported"].late
    )
    wso = {
        line.title: line
        for line in complaints.lines(_complaint(**said), forms.load("wso-2025"), NOON)
    }
    assert wso["Outcome reported"].judgment.verdict == "no clock"


def test_s27_an_open_clock_whose_time_is_up_is_late_and_one_that_runs_is_not() -> None:
    assert _told("jem-2025").late and "Overdue" in _told("jem-2025").judgment.sentence
    before = Moment.parse(at("2026-03-16T12:00"))
    assert not complaints.lines(_complaint(), forms.load("jem-2025"), before)[0].late


def test_90_days_are_generally_kept_so_missing_them_is_never_late() -> None:
    lines = complaints.lines(_complaint(told=at("2026-03-16T09:00")), forms.load("wso-2019"), NOON)
    slow = next(line for line in lines if line.title == "Resolved")
    assert slow.judgment.due == date(2026, 6, 11) and not slow.late
    later = Moment.parse(at("2026-07-01T12:00"))
    lines = complaints.lines(_complaint(), forms.load("wso-2019"), later)
    assert not any(line.late for line in lines if line.title == "Resolved")


def test_what_nobody_said_is_unknown_and_never_late() -> None:
    who = complaints.lines(Complaint(learned=at("2026-03-13T17:00")), forms.load("jem-2025"), NOON)
    assert who[0].judgment.verdict == "unknown" and "designated" in who[0].judgment.sentence
    assert complaints.lines(_complaint(), None, NOON)[0].judgment.verdict == "unknown"


# -- the route -----------------------------------------------------------------------------------


def test_a_clock_that_runs_is_among_the_due_dates_and_in_the_calendar(
    workspace: Workspace, id: str
) -> None:
    first = complaint(workspace, id)
    complaint(workspace, id, told=at("2026-03-16T09:00"))
    resolved = complaint(workspace, id, told=at("2026-03-16T09:00"), resolved=date(2026, 3, 1))
    numbers = agency_file.read(workspace, id).numbers()
    found = due_dates(workspace, [id])
    assert [(due.day, due.record) for due in found] == [
        (date(2026, 3, 17), first), (date(2026, 3, 31), resolved)
    ]  # fmt: skip
    assert all(due.late > 0 for due in found)
    assert [due for due in due_dates(workspace) if due.inspection == id] == found
    events = Calendar.from_ical(calendar_file(workspace, [id])).walk("VEVENT")
    title = agency_file.read(workspace, id).title
    assert {str(event["summary"]) for event in events} == {
        f"Complaint {numbers[first]} (told to ICE) due, {title}",
        f"Complaint {numbers[resolved]} (outcome reported) due, {title}",
    }
    assert len({str(event["uid"]) for event in events}) == 2


def test_s26_the_joint_intake_center_gives_every_complaint_to_the_inspector_general() -> None:
    day = date(2026, 3, 17)
    assert complaints.next_stations(_complaint()) == ("jic",)
    at_jic = _complaint(sent={"jic": day})
    assert complaints.next_stations(at_jic) == ("oig",)
    assert any("Inspector General" in q for q in complaints.questions(at_jic))


@pytest.mark.parametrize(
    ("related", "serious", "expected"),
    [
        (True, "egregious", ("opr",)),
        (True, "less-serious", ("ero",)),
        (False, "egregious", ("lea",)),
        (False, None, ("lea",)),
        (True, None, ()),
    ],
)
def test_s26_who_gets_it_back_depends_on_seriousness_and_on_287g_duties(
    related: bool, serious: str | None, expected: tuple[str, ...]
) -> None:
    days = {"jic": date(2026, 3, 17), "oig": date(2026, 3, 18), "jic-again": date(2026, 3, 20)}
    back = _complaint(related=related, serious=serious, sent=days, status={"oig": "referred"})
    assert complaints.next_stations(back) == expected
    assert complaints.questions(back) == []


def test_a_complaint_that_went_elsewhere_or_past_the_inspector_general_is_a_question() -> None:
    days = {"jic": date(2026, 3, 17), "lea": date(2026, 3, 18)}
    odd = _complaint(related=True, serious="egregious", sent=days)
    assert len(complaints.questions(odd)) == 2


@given(st.dictionaries(st.sampled_from(list("abc")), st.dates()), st.booleans())
def test_the_route_never_leads_back_to_a_station_that_has_it(
    given: dict[str, date], related: bool
) -> None:
    names = {"a": "jic", "b": "oig", "c": "jic-again"}
    sent = {names[key]: day for key, day in given.items()}
    status = {"oig": "referred"} if "oig" in sent else {}
    found = _complaint(related=related, serious="egregious", sent=sent, status=status)
    assert not set(complaints.next_stations(found)) & sent.keys()


# -- ICE's own side ------------------------------------------------------------------------------


def test_s27_a_notice_that_nobody_passed_on_is_evidence_on_ices_side(
    workspace: Workspace, id: str
) -> None:
    record = complaint(workspace, id, told=at("2026-03-16T09:00"))
    [found] = agency_file.ice_evidence(workspace, id)
    assert (found.number[:2], found.type) == ("C-", "D12") and "not recorded" in found.sentence
    agency_file.pass_on(workspace, id, record, "jic", date(2026, 3, 26))
    assert "10 days" in agency_file.ice_evidence(workspace, id)[0].sentence


def test_s28_four_of_eleven_notifications_without_a_record_stay_visible(
    workspace: Workspace, id: str
) -> None:
    for n in range(11):
        done = {"action": "to-agency", "outcome": "substantiated"} if n < 7 else {}
        done |= {"action": "reviewed"} if n == 10 else {}  # without an outcome it is no record
        workspace.new(id, "notification", received=date(2026, 1, 1 + n), **done)
    file = agency_file.read(workspace, id)
    assert agency_file.summary(workspace, file).without_record == 4
    bare = [words for _, words in agency_file.open_questions(workspace, id) if "No record" in words]
    assert len(bare) == 4


# -- meetings ------------------------------------------------------------------------------------


def _lines(form: str, found: list[Meeting], **fields: Any) -> list[meetings.Line]:
    agreement = HeldAgreement(id="held-agreement:a", signed=date(2020, 5, 1), form=form, **fields)
    return meetings.lines(agreement, found, forms.load(form), date(2023, 6, 1))


def test_s30_each_year_has_a_meeting_or_the_effort_or_shows_that_nothing_is_recorded() -> None:
    found = [
        Meeting(type="annual", held=date(2020, 9, 1)),
        Meeting(type="annual", effort="declined", tried=date(2022, 1, 10)),
    ]
    annual = [line.state for line in _lines("jem-2020", found) if line.type == "annual"]
    assert annual == ["kept", "effort", "nothing recorded"]


@pytest.mark.parametrize(
    ("form", "states"),
    [
        ("jem-2020", {"nothing recorded"}),
        ("wso-2019", {"nothing recorded"}),
        ("jem-2025", {"does not apply"}),
        ("wso-2025", {"does not apply"}),
        ("tfm-2025", {"does not apply"}),
    ],
)
def test_s30_a_steering_committee_is_asked_for_only_where_the_revision_has_one(
    form: str, states: set[str]
) -> None:
    assert {line.state for line in _lines(form, []) if line.type == "steering-committee"} == states


def test_s30_a_committee_meeting_is_advertised_has_an_agenda_and_sends_minutes_to_both() -> None:
    bare = Meeting(type="steering-committee", held=date(2021, 1, 5), minutes_ice=date(2021, 1, 9))
    assert meetings.committee_missing(bare) == [
        *("public advertisement", "set agenda", "minutes to the agency"),
    ]
    full = bare.model_copy(
        update={"advertised": date(2020, 12, 1), "agenda": True, "minutes_lea": date(2021, 1, 9)}
    )
    assert meetings.committee_missing(full) == []


def test_the_wso_text_of_2019_counts_its_first_review_from_the_first_class() -> None:
    met = [Meeting(type="first-review", held=date(2021, 4, 1))]
    days = {"operational": date(2020, 1, 1), "first_class": date(2020, 5, 1)}
    of = {form: _lines(form, met, **days) for form in ("wso-2019", "jem-2020")}
    states = {f: next(x.state for x in of[f] if x.type == "first-review") for f in of}
    assert states == {"wso-2019": "kept", "jem-2020": "ask"}


# -- the file ------------------------------------------------------------------------------------


def test_a_file_is_started_once_with_each_agreement_and_its_revision(
    workspace: Workspace, id: str
) -> None:
    assert held(workspace, id).form == "jem-2025"
    with pytest.raises(BadInput):
        start(workspace, replace(row(), name=agency_file.read(workspace, id).name))
    with pytest.raises(BadInput):
        agency_file.start(workspace, [])
    both = start(workspace, row("JEM"), row("WSO"))
    models = [one.model for one in agency_file.read(workspace, both).all(HeldAgreement)]
    assert models == ["JEM", "WSO"]


def test_of_two_agreements_one_is_named_before_a_clock_runs(workspace: Workspace) -> None:
    rows = (replace(row(model), name="Sample Town Police") for model in ("JEM", "WSO"))
    id = start(workspace, *rows)
    record = complaint(workspace, id)
    file = agency_file.read(workspace, id)
    assert file.form_of(file.record_of(Complaint, record)) is None
    workspace.put(id, record, agreement=file.all(HeldAgreement)[1].id)
    form = file.form_of(file.record_of(Complaint, record))
    assert form is not None and form.id == "wso-2025"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("complaint", {"channel": "A. Sample"}),
        ("complaint", {"sent": {"the sheriff": date(2026, 1, 1)}}),
        ("complaint", {"agreement": "held-agreement:none"}),
        ("notification", {"complaint": "complaint:none"}),
        ("complaint", {"name": "Ana Sample"}),
        ("answer", {"result": "met"}),
    ],
)
def test_what_has_no_place_in_the_file_is_refused(
    workspace: Workspace, id: str, kind: str, fields: dict[str, Any]
) -> None:
    before = workspace.desk.log(id).digest()
    with pytest.raises(BadInput):
        workspace.new(id, kind, **fields)
    assert workspace.desk.log(id).digest() == before


def test_no_record_of_the_file_has_a_field_for_free_text() -> None:
    texts = {
        (cls.kind, name)
        for cls in AGENCY_RECORDS
        for name, info in cls.model_fields.items()
        if info.annotation is str and not info.metadata and name != "id"
    }
    assert texts == {
        *(("agency-file", "field_office"), ("held-agreement", "form")),
        *(("complaint", "agreement"), ("notification", "complaint"), ("meeting", "agreement")),
    }
    assert all(BY_KIND[cls.kind] is cls for cls in AGENCY_RECORDS)


def test_undo_history_and_removal_work_as_in_an_inspection(workspace: Workspace, id: str) -> None:
    record = complaint(workspace, id)
    workspace.put(id, record, about="force")
    workspace.undo(id)
    file = agency_file.read(workspace, id)
    assert isinstance(workspace.kept(id), AgencyFile)
    assert file.record_of(Complaint, record).about == ""
    workspace.redo(id)
    assert file.record_of(Complaint, record).about == "force"
    workspace.remove(id, record)
    assert file.all(Complaint) == []
    assert len(workspace.history(id, record)) == 5
