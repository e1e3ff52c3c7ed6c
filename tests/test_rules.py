"""The rules of the program's own papers: classes of findings, the focus review, fiscal years."""

from datetime import date

import pytest

from inspector_app.forms import Document, load
from inspector_app.records import Finding, FindingClass
from inspector_app.rules.classification import CLASSES, Authority, missing
from inspector_app.rules.follow_up import fiscal_year, focus_review, months_after

DAY = date(2026, 3, 10)
SENTENCE = "The officer will identify himself."


def _document(held: str) -> Document:
    held_here = held == "held"
    return next(d for d in load("jem-2025").documents if d.text_held is held_here)


def _authority(first: date | None, last: date | None = None, held: str = "held") -> Authority:
    return Authority(_document(held), first, last)


def _finding(**fields: object) -> Finding:
    return Finding.model_validate({"id": "finding:x", **fields})


CONFIRMED = _finding(quotation=SENTENCE, violated=SENTENCE)


@pytest.mark.parametrize(
    ("first", "last", "binds"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (date(2026, 3, 11), None, False),
        (date(2020, 1, 1), date(2026, 3, 9), False),
        (None, None, False),
        (None, DAY, False),
    ],
)
def test_an_authority_binds_from_its_first_to_its_last_day(
    first: date | None, last: date | None, binds: bool
) -> None:
    cited = _authority(first, last)
    assert cited.in_force(DAY) is binds
    assert (missing(CONFIRMED, "deficiency", cited, DAY) == []) is binds


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        (_finding(), "No violated sentence"),
        (_finding(quotation=" ", violated=" "), "No violated sentence"),
        (_finding(quotation=SENTENCE), "confirmed"),
        (_finding(quotation=SENTENCE, violated=SENTENCE + " "), "confirmed"),
        (_finding(quotation=SENTENCE.lower(), violated=SENTENCE), "confirmed"),
    ],
)
def test_a_deficiency_rests_on_one_sentence_confirmed_to_the_letter(
    finding: Finding, says: str
) -> None:
    [fault] = missing(finding, "deficiency", _authority(DAY), DAY)
    assert says in fault


def test_without_authority_or_first_day_nothing_is_a_deficiency() -> None:
    assert "No authority" in missing(CONFIRMED, "deficiency", None, DAY)[0]
    assert "first day" in missing(CONFIRMED, "deficiency", _authority(DAY), None)[0]


def test_a_text_that_is_not_held_here_is_quoted_from_ones_own_copy() -> None:
    cited = _authority(DAY, held="not-held")
    assert "own copy" in missing(CONFIRMED, "deficiency", cited, DAY)[0]
    own = _finding(quotation=SENTENCE, violated=SENTENCE, own_copy=True)
    assert missing(own, "deficiency", cited, DAY) == []


def test_an_area_of_concern_and_a_best_practice_violate_nothing() -> None:
    effect = {"effect": "Slower."}
    violates = {"quotation": SENTENCE, "violated": SENTENCE}
    assert missing(_finding(**effect), "area-of-concern", None, None) == []
    assert missing(_finding(), "area-of-concern", None, None) != []
    assert missing(_finding(**effect, **violates), "area-of-concern", None, None) != []
    assert missing(_finding(), "best-practice", None, None) == []
    assert missing(_finding(**violates), "best-practice", None, None) != []


@pytest.mark.parametrize("class_", CLASSES)
def test_every_fault_is_a_sentence(class_: FindingClass) -> None:
    for finding in (_finding(), CONFIRMED):
        for fault in missing(finding, class_, None, None):
            assert fault[0].isupper() and fault.endswith(".")


@pytest.mark.parametrize(("findings", "flagged"), [(0, False), (3, False), (4, True), (9, True)])
def test_four_findings_flag_a_focus_review(findings: int, flagged: bool) -> None:
    review = focus_review(findings, date(2026, 3, 12))
    assert review.flagged is flagged
    assert review.due == (date(2026, 9, 12) if flagged else None)


def test_a_flag_needs_no_last_day_but_a_due_date_does() -> None:
    assert focus_review(4, None).flagged and focus_review(4, None).due is None


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_six_months_end_on_the_same_day_or_the_months_last(day: date, later: date) -> None:
    assert months_after(day, 6) == later


def test_the_fiscal_year_begins_in_october() -> None:
    assert fiscal_year(date(2026, 9, 30)) == 2026
    assert fiscal_year(date(2026, 10, 1)) == 2027
