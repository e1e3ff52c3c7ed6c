"""The inspection report and the oversight review, as somebody reads them."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.checks import problems
from inspector_app.errors import NotAllowed
from inspector_app.records import Photo
from inspector_app.reports import REPORTS, summary, texts
from inspector_app.reports.flow import Para
from inspector_app.reports.inspection_report import PARTS
from inspector_app.reports.subject import Subject, day_span
from tests.reports.inspections import (
    ANA,
    HAMILTON,
    MARCUS,
    PALM_BEACH,
    POSTERS,
    REVIEWER,
    Case,
    answered,
    deficiency,
    sampled,
    small_form,
    visited,
    whole,
)
from tests.reports.reading import (
    drawn_photo,
    jpeg,
    needs_qpdf,
    pages,
    qpdf_complaints,
    report,
    squeezed,
    whole_text,
)


@pytest.fixture(scope="module")
def full() -> list[str]:
    """The pages of a report with something of everything."""
    return pages(report(whole().inspection))


@pytest.fixture(scope="module")
def empty() -> list[str]:
    """The pages of a report about which nothing is recorded yet."""
    return pages(report(Case().inspection))


# -- what stands in it, and in which order ---------------------------------------------------

HEADINGS = [
    "Summary", "How it was done", "The agency and the field office", "Deficiencies",
    "Areas of concern", "Best practices", "Signatures", "Annex A.", "Annex B.", "Annex C.",
    "Annex D.", "Annex E.", "Annex F.", "Annex G.", "Annex H.", "Annex I.", "Annex J.",
]  # fmt: skip


@pytest.mark.parametrize("case", ["full", "empty"])
def test_sections_stand_in_order_and_never_vanish(
    case: str, request: pytest.FixtureRequest
) -> None:
    body = " ".join(request.getfixturevalue(case)[2:])
    places = [body.find(heading) for heading in HEADINGS]
    assert -1 not in places, HEADINGS[places.index(-1)]
    assert places == sorted(places)


def test_contents_give_the_page_on_which_each_section_begins(full: list[str]) -> None:
    listed = re.findall(r"(Annex [A-J]\. [^0-9]+?|Signatures|Deficiencies) (\d+)\b", full[1])
    assert len(listed) == 12
    for heading, page in listed:
        assert heading in full[int(page) - 1], heading


def test_findings_table_gives_the_page_of_each_finding(full: list[str]) -> None:
    for number, title in (("COM-1", "Spanish complaint poster"), ("USC-1", "One-hour report")):
        row = re.search(rf"{number} {title}.*? (?:Agency|ICE|Both) (\d+)", full[2])
        assert row
        page = full[int(row[1]) - 1]
        assert number in page and title in page


def test_a_finding_shows_criteria_condition_evidence_and_effect(full: list[str]) -> None:
    text = " ".join(full)
    assert f"“{POSTERS}”" in text
    assert "section IV.G" not in text and "Appendix B. Signed March 3, 2025" in text
    assert "1 of 2 processing areas toured had no Spanish poster." in text
    assert "Kinds of evidence: saw 2, told 1." in text
    assert "One kind of evidence only: what the team read." in text
    assert "A person who reads only Spanish may not learn how to complain." in text
    assert "No written requirement is cited as violated." in text


def test_numbers_in_typed_text_are_those_of_the_sample(full: list[str]) -> None:
    text = " ".join(full)
    assert "Need for an interpreter not recorded in 6 of 20 files" in text
    assert "6 of 20 files examined (frame 212) hold no question" in text
    assert "{count" not in text and "{frame" not in text


def test_s20_an_opr_report_recommends_nothing(full: list[str]) -> None:
    text = " ".join(full)
    sentence = str(texts.entry("text", "no-recommendation"))
    assert sentence in text
    assert "recommend" not in text.replace(sentence, "").lower()


def test_nothing_recorded_is_said_so(empty: list[str]) -> None:
    text = " ".join(empty)
    assert "OPR recorded no deficiency and no area of concern." in text
    assert text.count("None recorded.") >= 8
    assert "No interviews were held, and no reason is recorded yet." in text


def test_a_stream_that_was_left_out_gives_its_reason() -> None:
    case = visited(Case())
    case.put("visit:self", no_interviews_reason="The jail was locked down.")
    text = whole_text(report(case.inspection))
    assert "No interviews were held. Reason: The jail was locked down." in text


def test_people_are_named_by_label_and_files_by_four_characters() -> None:
    case = whole()
    case.put("interview:i1", name={"sealed": "c2VjcmV0"})
    text = whole_text(report(case.inspection))
    assert "Shift supervisor (Officer A-1)" in text
    assert "Refused. Did not wish to speak without counsel." in text
    assert "interpreter by telephone" in text and "questions read in Spanish" in text
    assert "c2VjcmV0" not in text
    assert "…7919" in text and "A-20007919" not in text


def test_answers_set_aside_are_listed_and_not_counted() -> None:
    case = answered(visited(Case()))
    case.put("answer:officers-1", result="not-applicable")
    text = whole_text(report(case.inspection))
    aside = text[text.rindex("Annex G.") : text.rindex("Annex H.")]
    assert "Question 4 of officers" in aside
    assert "33 items of the agreement checked: " in text


def test_items_not_met_name_the_finding_or_what_was_found(full: list[str]) -> None:
    text = " ".join(full)
    annex = text[text.rindex("Annex B.") : text.rindex("Annex C.")]
    assert "INT-1. Seven files hold no question" in annex
    assert annex.count("Question") == 3


def test_the_record_names_digest_heads_and_form() -> None:
    case = whole()
    inspection = case.inspection
    text = whole_text(report(inspection))
    last = text[text.rindex("Annex J.") :].replace(" ", "")
    assert inspection.log.digest() in last
    assert inspection.form.digest in last
    for author, heads in inspection.log.heads().items():
        assert author[:16] in last
        assert all(head[:24] in last for head in heads)


# -- draft, final, practice ------------------------------------------------------------------


def test_a_report_is_a_draft_until_it_is_signed_and_nothing_is_open() -> None:
    case = whole()
    assert not problems(case.inspection)
    draft = pages(report(case.inspection))
    assert all("DRAFT" in page for page in draft)
    assert "Draft. Not signed; not for use outside OPR." in draft[0]
    case.sign(ANA, "opr-inspector")
    case.sign(REVIEWER, "opr-reviewer")
    final = pages(report(case.inspection))
    assert not any("DRAFT" in page for page in final)
    assert "Final. Signed by the lead inspector, March 9, 2026, and the reviewer" in final[0]
    assert "version 1, March 9, 2026" in final[0]


def test_a_signature_does_not_make_a_report_final_while_a_problem_is_open() -> None:
    case = visited(Case())
    case.sign(ANA, "opr-inspector")
    text = whole_text(report(case.inspection))
    assert "DRAFT" in text and "Final." not in text
    assert "problems are open" in text


def test_few_problems_stand_on_the_cover_in_words() -> None:
    case = whole()
    case.put("photo:p1", alt=None)
    first = pages(report(case.inspection))[0]
    assert "One problem is open: photo 1: The photo has no alternative text." in first


def test_a_conflict_makes_a_draft_and_both_values_are_shown() -> None:
    case = whole()
    case.dispute("answer:officers-1", result="not-met")
    text = whole_text(report(case.inspection))
    assert text.count("Two inspectors recorded different values.") >= 2
    assert "item officers-1 result Ana Sample Met" in text
    assert "item officers-1 result Marcus Example Not met" in text


def test_practice_stands_on_every_page_of_a_practice_inspection_and_on_no_other() -> None:
    marking = "PRACTICE: FICTIONAL DATA, NOT A FEDERAL RECORD"
    practice = pages(report(visited(Case()).inspection))
    assert all(page.count(marking) == 2 for page in practice)
    real = pages(report(visited(Case(practice=False)).inspection))
    assert not any("PRACTICE" in page for page in real)
    assert all("FOR OFFICIAL USE ONLY" in page for page in real)


def test_a_form_of_somebody_else_is_named_so_on_every_page() -> None:
    strange = pages(report(visited(Case(small_form(released=False))).inspection))
    assert all("checklist not one of ours" in page for page in strange)
    assert "This checklist is not one of those released" in strange[0]


def test_every_page_but_the_cover_bears_its_number_and_the_report(full: list[str]) -> None:
    number = re.search(r"26-INS-[A-Z2-7]{4}", full[0])
    assert number
    for place, page in enumerate(full[1:], 2):
        assert f"Page {place} of {len(full)}" in page
        assert f"OPR inspection report {number[0]}" in page


# -- the four-or-more rule -------------------------------------------------------------------


def with_findings(count: int, **visit: Any) -> Case:
    """A visited inspection with that many deficiencies and a best practice."""
    case = visited(Case())
    case.put("visit:self", **visit)
    for n in range(count):
        item = case.inspection.form.items[n].id
        deficiency(case, f"d{n}", item, f"Duty {n} not kept", "D01")
        case.link(f"finding:d{n}", "party:lea-officers")
    case.put("finding:b", **{"class": "best-practice"}, title="Good", condition="Well done.")
    return case


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (3, "With 3 findings, fewer than 4, the number calls for no focus review."),
        (4, "within six months, here by September 12, 2026."),
    ],
)
def test_four_findings_call_for_a_focus_review(count: int, sentence: str) -> None:
    assert sentence in whole_text(report(with_findings(count).inspection))


def test_a_focus_review_that_is_not_planned_gives_its_reason() -> None:
    case = with_findings(4, no_focus_review_reason="The agreement was ended.")
    text = whole_text(report(case.inspection))
    assert "although there are 4 findings. Reason: The agreement was ended." in text
    assert "September 12" not in text


# -- numbers equal the records ---------------------------------------------------------------

RESULTS = ("met", "not-met", "not-applicable", "could-not-assess")


def said(case: Case) -> str:
    """The summary's paragraphs as text, without laying them out."""
    subject = Subject(case.inspection, [], drawn_photo, "internal")
    story = summary.summary(subject)
    return squeezed(" ".join(p.getPlainText(identify=True) for p in story if isinstance(p, Para)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*RESULTS, None]), min_size=34, max_size=34))
def test_every_number_of_the_basis_equals_the_answers(results: list[str | None]) -> None:
    case = visited(Case())
    given_ = dict(zip((item.id for item in case.inspection.form.items), results, strict=True))
    for item, result in given_.items():
        if result:
            case.put(f"answer:{item}", result=result)
    asked = [i for i in given_ if not i.endswith("-4") or _is_asked(given_, i)]
    counted = Counter(given_[i] for i in asked)
    text = said(case)
    numbers = re.search(
        r"(\d+) items? of the agreement checked(?:, of (\d+))?: (\d+) met, (\d+) not met,"
        r" (\d+) not applicable, (\d+) could not be assessed",
        text,
    )
    assert numbers
    assert int(numbers[1]) == len(asked) - counted[None]
    assert [int(n) for n in numbers.groups()[2:]] == [counted[result] for result in RESULTS]
    if counted[None]:
        assert int(numbers[2] or 0) == len(asked)


def _is_asked(given_: dict[str, str | None], item: str) -> bool:
    return given_[item.replace("-4", "-1")] in ("met", "not-met")


PARTIES = ("lea-officers", "lea-management", "ice-field-supervisor", "ice-field-office")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["deficiency", "area-of-concern", "best-practice"]),
            st.sets(st.sampled_from(PARTIES)),
        ),
        max_size=12,
    )
)
def test_the_lead_counts_what_was_found_and_with_whom_it_rests(
    found: list[tuple[str, set[str]]],
) -> None:
    case = visited(Case())
    for n, (class_, parties) in enumerate(found):
        item = case.inspection.form.items[n].id
        if class_ == "deficiency":
            deficiency(case, f"f{n}", item, f"Finding {n}", "D01")
        else:
            case.put(f"finding:f{n}", **{"class": class_}, title=f"Finding {n}", effect="Some.")
        case.link(f"finding:f{n}", *(f"party:{party}" for party in sorted(parties)))
    lea = sum(c != "best-practice" and _sides(p) == {"lea"} for c, p in found)
    deficiencies = sum(class_ == "deficiency" for class_, _ in found)
    concerns = sum(class_ == "area-of-concern" for class_, _ in found)
    text = said(case)
    if deficiencies + concerns == 0:
        assert "OPR recorded no deficiency and no area of concern." in text
        return
    numbers = re.search(r"recorded (\d+) deficienc\w+ and (\d+) areas? of concern", text)
    assert numbers and [int(n) for n in numbers.groups()] == [deficiencies, concerns]
    words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]
    shown = words[lea] if lea < len(words) else str(lea)
    assert f"{shown} finding{' rests' if lea == 1 else 's rest'} with the agency" in text


def _sides(parties: set[str]) -> set[str]:
    return {party.partition("-")[0] for party in parties}


def test_the_sample_table_counts_its_own_rows() -> None:
    case = sampled(visited(Case(small_form(15))), files=47, frame=300)
    text = whole_text(report(case.inspection))
    rows = re.findall(r"(\d+) …(\w{4}) ((?:✓|No|n/a|unclear|–| )+)", text)
    assert [int(number) for number, _, _ in rows] == list(range(1, 48))
    assert sum(row.startswith("No") for _, _, row in rows) == 15
    assert re.search(r"Not met 15 of 47", text)
    assert text.count("Need for interpreter") >= 2  # the head again on the next page


# -- the oversight review --------------------------------------------------------------------


def test_s31_an_oversight_review_is_eros_and_says_that_it_is_no_inspection() -> None:
    case = whole(Case(small_form(model="WSO"), "oversight-review", PALM_BEACH))
    found = pages(report(case.inspection, "oversight-review"))
    first = found[0]
    assert "Warrant Service Officer oversight review" in first
    assert "Enforcement and Removal Operations" in first
    assert "This is an oversight review by ERO. It is not an OPR inspection." in first
    assert "29 of 34 items met, 3 not met" in first
    text = " ".join(found)
    assert "Office of Professional Responsibility" not in text
    assert "Inspection report" not in text
    assert "ERO recorded 2 deficiencies and 1 area of concern." in text
    assert re.search(r"26-WSO-[A-Z2-7]{4}", first)


def test_the_wrong_report_is_refused_and_the_right_one_named() -> None:
    case = Case(small_form(model="WSO"), "oversight-review", PALM_BEACH)
    with pytest.raises(NotAllowed, match="oversight-review"):
        report(case.inspection, "inspection")


def test_every_kind_of_inspection_has_a_report() -> None:
    for name, offered in REPORTS.items():
        for kind in () if offered.sheet else offered.kinds:
            spec = texts.report_of(kind, "JEM")
            assert spec.name == name
            assert set(spec.parts) <= set(PARTS)


# -- the file --------------------------------------------------------------------------------


def test_the_same_records_give_the_same_bytes() -> None:
    assert report(whole().inspection) == report(whole().inspection)


@needs_qpdf
def test_qpdf_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    assert qpdf_complaints(report(whole().inspection), tmp_path) == ""


def test_photos_pass_into_the_file_untouched_and_each_stands_once() -> None:
    pdf = report(whole().inspection)
    assert jpeg(300, 200) in pdf
    text = whole_text(pdf)
    assert all(text.count(f"Photo {n}. Processing room") == 1 for n in range(1, 5))


def test_a_photo_that_is_not_here_leaves_a_panel() -> None:
    case = whole()
    pdf = REPORTS["inspection"].build(case.inspection, [], lambda _: None)
    assert whole_text(pdf).count("Photo not here yet") == len(case.inspection.all(Photo))


def test_whoever_asks_can_stop_between_pages() -> None:
    class Stopped(Exception):
        pass

    def stop(page: int) -> None:
        if page == 3:
            raise Stopped

    with pytest.raises(Stopped):
        REPORTS["inspection"].build(whole().inspection, [], drawn_photo, on_page=stop)


HOSTILE = [
    "<b>bold</b> <img src='file:///etc/passwd'/> <para> & &lt; &#0;",
    "\u202eabc \u2066lone \U0001f600 שלום \u0000\u0007 \ufffd",
    "x" * 2500,
    "line one\nline two\r\n\r\n\u2028" * 60,
    "{count:document-review:none:x} {0} ** %s $",
    "",
    "   ",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_typed_text_stops_the_export(typed: str) -> None:
    case = whole()
    case.put("visit:self", facility=typed, field_office=typed[:200], limits=typed)
    case.put("answer:officers-3", note=typed * 2)
    case.put("finding:f1", title=typed[:600], condition=typed * 3, cause=typed)
    case.put("observation:t1", text=typed * 2)
    case.put("photo:p1", caption=typed * 2, alt=typed)
    case.put("interview:i1", title=typed, label=typed[:80], place=typed)
    case.put("document-review:s1", title=typed[:300], drawn=typed, population=typed, period=typed)
    case.put("sampled-file:s1-2", file=typed[:90] or "F", note=typed)
    case.put(f"member:{ANA}", name=typed[:300], independence=typed)
    assert len(pages(report(case.inspection))) > 10


def test_a_long_agency_keeps_the_report_number_in_the_running_head() -> None:
    name = "Commonwealth of Massachusetts Department of Correction, Division of " + "Very " * 12
    case = visited(Case(agency=dict(HAMILTON, name=name)))
    found = pages(report(case.inspection))
    assert all("OPR inspection report 26-INS-" in page for page in found[1:])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 10), date(2026, 3, 12), "March 10 to 12, 2026"),
        (date(2026, 5, 5), date(2026, 5, 6), "May 5 and 6, 2026"),
        (date(2026, 3, 30), date(2026, 4, 2), "March 30 to April 2, 2026"),
        (date(2025, 12, 31), date(2026, 1, 1), "December 31, 2025 and January 1, 2026"),
        (date(2026, 3, 10), date(2026, 3, 10), "March 10, 2026"),
        (date(2026, 3, 10), None, "March 10, 2026"),
        (None, None, ""),
    ],
)
def test_days_read_as_people_say_them(first: date | None, last: date | None, words: str) -> None:
    assert squeezed(day_span(first, last)) == words


def test_two_inspectors_are_named_as_the_team(full: list[str]) -> None:
    assert "by a team of two" in full[0]
    assert MARCUS != ANA and "Marcus Example" in " ".join(full)
