"""What a reader of a second version learns: what it says otherwise than the first, and where."""

import re
from datetime import date

import pypdfium2
import pytest

from inspector_app.checks import problems
from inspector_app.inspection import Inspection, issues
from inspector_app.inspection.amended import amendments
from inspector_app.inspection.as_it_stood import as_it_stood, newest
from inspector_app.inspection.parts import REPORT
from inspector_app.records import Issue, stored_values
from inspector_app.reports import REPORTS
from inspector_app.reports.subject import Subject
from tests.reports.inspections import ANA, REVIEWER, Case, moment, visited, whole
from tests.reports.reading import drawn_photo, pages, report, squeezed
from tests.reports.test_tagged import faults

OLD_EFFECT = "A person who reads only Spanish may not learn how to complain."
NUMBER = "26-INS-TEST"


def issued(case: Case) -> Case:
    """Version 1 went out as the records now are."""
    inspection = case.inspection
    numbers = {**inspection.record_numbers(), **inspection.finding_numbers()}
    values = {
        "number": NUMBER, "version": 1, "part": inspection.part_digest(REPORT), "sha256": "e" * 64,
        "headquarters": "287(g) Unit", "field_office": "Chicago", "at": moment(20, 10),
        "numbers": issues.listed(numbers), "seen": newest(inspection.log),
    }  # fmt: skip
    edits = inspection.log.setting(f"issue:{NUMBER}/1", stored_values(Issue, values))
    case._write(edits, REVIEWER, "")
    return case


def amended(case: Case) -> Case:
    """What is otherwise in version 2: a text, a file of a sample, an answer, a new finding."""
    case.put("finding:f1", effect="ICE may not learn what went wrong.")
    case.put("sampled-file:s1-4", results={"check-1": "no"})
    case.put("answer:supervision-3", result="met", reason=None)
    case.put("visit:self", last_day=date(2026, 3, 13))
    case._write(case.inspection.removing("finding:f4"), ANA, "")
    case.put("finding:f5", **{"class": "area-of-concern"}, title="An old telephone number",
             item="complaints-2", condition="The line no longer answers.",
             effect="A complaint may not arrive.")  # fmt: skip
    case.link("finding:f3", "observation:t3")
    return case


@pytest.fixture(scope="module")
def second() -> Case:
    return amended(issued(whole()))


@pytest.fixture(scope="module")
def pdf(second: Case) -> bytes:
    return report(second.inspection)


def edition(case: Case, name: str) -> str:
    made = REPORTS["inspection"].build(
        case.inspection, problems(case.inspection), drawn_photo, name
    )
    return squeezed(" ".join(pages(made)))


def annex(text: str) -> str:
    """The annex that lists the changes; its title stands in the contents first."""
    start = text.rindex("Change list What this report says otherwise")
    return text[start : text.index("Open problems", start)]


def test_the_annex_names_what_changed_by_finding_and_by_kind(pdf: bytes) -> None:
    told = annex(squeezed(" ".join(pages(pdf))))
    assert "than version 1 of March 20, 2026, computed from the record." in told
    assert f"COM-1 The effect read “{OLD_EFFECT}” in version 1." in told
    assert "INT-1 In the condition the count was 6 of 20 in version 1, now 7 of 20." in told
    assert "S-1, file 4 “Need for interpreter”: the result was yes in version 1, now no." in told
    assert "The result was Could not assess in version 1, now Met." in told
    assert "The last day was March 12, 2026 in version 1, now March 13, 2026." in told
    assert "COM-2 New in this version." in told
    assert "USC-1 T-03 was added." in told
    assert "BP-1 Withdrawn; in version 1 it said “Weekly check of the intake log" in told


def test_the_annex_and_the_first_page_lead_to_each_other(pdf: bytes) -> None:
    found = pages(pdf)
    page = re.search(r"Replaces version 1 of March 20, 2026 \(change list, page (\d+)\)", found[0])
    assert page and "Change list What this report says" in found[int(page[1]) - 1]


def test_an_amended_part_says_so_in_words_and_has_a_bar_that_nobody_reads(pdf: bytes) -> None:
    text = squeezed(" ".join(pages(pdf)))
    assert f"Amended in version 2: the effect read “{OLD_EFFECT}” in version 1." in text
    assert "Amended in version 2: the count was 6 of 20 in version 1." in text
    assert "Amended in version 2: what S-1 shows was otherwise in version 1." in text
    assert "Amended in version 2: one file changed; the change list on page" in text
    assert "New in version 2." in text
    assert faults(pdf) == []


def bars(pdf: bytes) -> int:
    """Filled boxes 2.5 points wide, higher than they are wide."""
    document = pypdfium2.PdfDocument(pdf)
    boxes = (thing.get_bounds() for page in document for thing in page.get_objects())
    return sum(abs(right - left - 2.5) < 0.1 and top - low > 5 for left, low, right, top in boxes)


def test_only_amended_parts_have_a_bar(pdf: bytes) -> None:
    assert bars(report(issued(visited(Case())).inspection)) == 0
    assert bars(pdf) > 10


def test_a_first_version_says_that_it_replaces_none() -> None:
    text = squeezed(" ".join(pages(report(Case().inspection))))
    assert "Change list This is the first version; it replaces none." in text
    assert "Amended in version" not in text


def test_nothing_is_amended_by_what_stands_beside_the_report() -> None:
    case = visited(Case())
    before = newest(case.inspection.log)
    issued(case).sign(ANA, "opr-inspector")
    old = Inspection(as_it_stood(case.inspection.log, before), case.inspection.form)
    assert amendments(old, case.inspection) == {}


def test_an_edition_without_earlier_wordings_tells_none_of_them(second: Case) -> None:
    text = edition(second, "public")
    assert "Earlier wordings are not told in this edition." in text
    assert "COM-1 The effect read otherwise in version 1." in annex(text)
    assert OLD_EFFECT not in annex(text) and "Weekly check" not in text
    assert "the count was 6 of 20 in version 1" in text


def test_a_record_that_is_not_whole_here_is_said_so() -> None:
    case = issued(visited(Case()))
    case.put("visit:self", last_day=date(2026, 3, 13))
    record = f"issue:{NUMBER}/1"
    case._write(case.inspection.log.setting(record, {"seen": "0" * 64}), REVIEWER, "")
    text = squeezed(" ".join(pages(report(case.inspection))))
    assert "Not all that version 1 was made of is here, so its changes cannot be listed." in text


def test_the_order_in_which_people_wrote_makes_no_difference(second: Case) -> None:
    subject = Subject(second.inspection, [], drawn_photo, "internal")
    assert subject.before is not None
    there = amendments(subject.before.inspection, subject.inspection)
    back = amendments(subject.inspection, subject.before.inspection)
    assert there.keys() == back.keys()
    assert {one.after for one in there["finding:f1"]} == {one.before for one in back["finding:f1"]}
