"""The report on the tour's limits, on timed sights, and on what people said in which language."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2

from inspector_app.checks import problems
from inspector_app.forms import InterviewRole, Topic
from inspector_app.reports import REPORTS
from tests.reports.inspections import Case, moment, small_form, whole
from tests.reports.reading import drawn_photo, squeezed, whole_text
from tests.reports.reading import report as read
from tests.reports.test_tagged import faults


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


def spanish_in(pdf: bytes) -> list[str]:
    """The words of every paragraph that the file says is Spanish, by an independent reader."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [words for page in document for words in _spanish_on(page)]
    finally:
        document.close()


def _spanish_on(page: pypdfium2.PdfPage) -> Iterator[str]:
    raw, found = pypdfium2.raw, set[int]()
    tree = raw.FPDF_StructTree_GetForPage(page)

    def walk(element: Any) -> None:
        language = ctypes.create_string_buffer(64)
        raw.FPDF_StructElement_GetLang(element, language, 64)
        if language.raw.decode("utf-16-le").startswith("es-US\0"):
            count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
            of = raw.FPDF_StructElement_GetMarkedContentIdAtIndex
            found.update(of(element, n) for n in range(count))
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
                walk(child)

    for n in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, n))
    raw.FPDF_StructTree_Close(tree)
    for number in sorted(found):
        yield _words_of(page, number)


def _words_of(page: pypdfium2.PdfPage, number: int) -> str:
    text_page = page.get_textpage()
    drawn = [
        text_page.get_text_bounded(*thing.get_bounds())
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        if pypdfium2.raw.FPDFPageObj_GetMarkedContentID(thing) == number
    ]
    text_page.close()
    return squeezed(" ".join(drawn))


SAID = "Nadie me dijo nada de un intérprete."


def spoken() -> Case:
    """A quote in Spanish and one in English, and a poster in both languages."""
    case = whole()
    case.put("interview:i1", quotes={"t1": SAID, "t2": "They were kind."}, quoted_in={"t1": "es"})
    case.put("observation:t1", poster={"en": "Call 202-555-0100", "es": "Llame al 202-555-0100"})
    return case


def test_what_is_spanish_is_read_as_spanish_and_nothing_else_is() -> None:
    case = spoken()
    pdf = read(case.inspection)
    assert spanish_in(pdf) == [f"“{SAID}”"] * 3, "two findings and a practice rest on it"
    assert faults(pdf) == []
    notes = read(case.inspection, "field-notes")
    assert spanish_in(notes) == ["Llame al 202-555-0100", f"“{SAID}”"]
    assert faults(notes) == []


def test_an_earlier_wording_in_spanish_is_read_as_spanish_too() -> None:
    case = spoken()
    case.put("interview:i1", quotes={"t1": "Otra cosa."})
    assert spanish_in(read(case.inspection, "field-notes"))[1:] == ["“Otra cosa.”", SAID]


def test_a_long_quote_in_spanish_goes_over_pages_and_none_of_it_is_lost() -> None:
    case = whole()
    case.put("interview:i1", quotes={"t1": "Nadie me dijo nada. " * 600}, quoted_in={"t1": "es"})
    pdf = read(case.inspection)
    assert sum(words.count("Nadie me dijo") for words in spanish_in(pdf)) == 3 * 600
    assert faults(pdf) == []
