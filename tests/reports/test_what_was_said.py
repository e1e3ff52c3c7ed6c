"""The report on the tour's limits, on timed sights, and on what people said in which language."""

from inspector_app.checks import problems
from inspector_app.forms import InterviewRole, Topic
from inspector_app.reports import REPORTS
from tests.reports.inspections import Case, moment, small_form, whole
from tests.reports.reading import drawn_photo, squeezed, whole_text


def report(case: Case) -> str:
    inspection = case.inspection
    pdf = REPORTS["inspection"].build(inspection, problems(inspection), drawn_photo)
    return squeezed(whole_text(pdf))


def said(words: str) -> str:
    return squeezed(words)


def test_where_no_camera_was_let_in_is_stated_with_reason_limits_and_refusals() -> None:
    case = whole()
    case.put(
        "no-camera:room-1", area="room-1", reason="A screen was on.", limits="Seen from the door.",
        refused="The control room.", held=moment(10, 9, 30),
    )  # fmt: skip
    case.put("no-camera:facility", area="facility", held=moment(10, 9, 30))
    text = report(case)
    assert said("No camera in Processing room 1.") in text
    assert said("Reason given: A screen was on.") in text
    assert said("Other limits: Seen from the door.") in text
    assert said("Refused to the team: The control room.") in text
    assert said("No camera in the facility. No reason is recorded yet.") in text


def test_a_timed_observation_has_both_its_ends() -> None:
    case = whole()
    case.put("observation:t1", timed=True, held=moment(10, 9, 30), until=moment(10, 9, 52))
    text = report(case)
    assert said("9:30 a.m.") in text
    assert said("9:52 a.m.") in text


def test_summary_and_own_words_are_told_apart_and_no_name_is_there() -> None:
    topics = tuple(Topic(f"t{n}", f"Question {n}?", f"¿Pregunta {n}?") for n in (1, 2, 3))
    roles = (
        InterviewRole("officer", "Designated immigration officers", "lea", topics),
        InterviewRole("detainee", "People detained", "detainee", topics),
    )
    case = whole(Case(form=small_form(interview_roles=roles)))
    case.put(
        "interview:i1", answers={"t1": "The poster came down in winter."},
        quotes={"t1": "Somebody took it."}, read_out={"t1": "es", "t2": "es", "t3": "en"},
        name={"sealed": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"},
    )  # fmt: skip
    text = report(case)
    assert said("In summary: The poster came down in winter.") in text
    assert said("In their own words: “Somebody took it.”") in text
    assert said("2 of 3 questions read in Spanish") in text
    assert "eyJ" not in text
