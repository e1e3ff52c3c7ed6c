"""From a sentence to what is behind it, back again, and what moved afterwards."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.checks import problems
from inspector_app.inspection import provenance
from inspector_app.records import Finding
from tests.reports.inspections import Case, whole


def _finding(case: Case, id: str) -> Finding:
    found = case.inspection.get(Finding, id)
    assert found is not None
    return found


def _behind(case: Case, id: str) -> dict[str, tuple[str, ...]]:
    inspection = case.inspection
    numbers = {**inspection.record_numbers(), **inspection.finding_numbers()}
    sentences = provenance.behind(inspection, _finding(case, id), numbers)
    return {sentence.text: sentence.names for sentence in sentences}


def _moved(case: Case) -> set[str]:
    return {p.record for p in problems(case.inspection) if p.field == "support"}


def test_a_count_leads_to_its_sample_and_to_exactly_the_files_that_it_counts() -> None:
    case = whole()
    (names,) = {n for text, n in _behind(case, "finding:f2").items() if "{count:" in text}
    assert names[0] == "document-review:s1"
    assert set(names[1:]) == {f"sampled-file:s1-{n}" for n in range(1, 21) if n % 3 == 0}


def test_a_sentence_leads_to_what_it_names_and_quotes() -> None:
    case = whole()
    said = "At T-01 no Spanish poster hung. “It came down for painting in January,” said I-01."
    case.put("finding:f1", condition=f"{said} See photo 1 and complaints-1. All of it was so.")
    behind = _behind(case, "finding:f1")
    assert behind["At T-01 no Spanish poster hung."] == ("observation:t1",)
    assert behind["“It came down for painting in January,” said I-01."] == ("interview:i1",)
    assert set(behind["See photo 1 and complaints-1."]) == {"photo:p1", "answer:complaints-1"}
    assert behind["All of it was so."] == ()


def test_words_that_only_one_kind_of_evidence_carries_are_told() -> None:
    case = whole()
    assert provenance.one_kind(case.inspection, _finding(case, "finding:f3")) == "told"
    assert provenance.one_kind(case.inspection, _finding(case, "finding:f1")) == ""
    kinds = provenance.kinds_of_evidence(case.inspection, _finding(case, "finding:f1"))
    assert kinds == {"saw": 2, "read": 0, "told": 1}


def test_an_answer_and_a_file_lead_to_the_findings_that_use_them() -> None:
    case = whole()
    used = provenance.used_by
    assert used(case.inspection, "answer:interpreters-1") == ["finding:f2"]
    assert used(case.inspection, "sampled-file:s1-3") == ["finding:f2"]
    assert used(case.inspection, "interview:i1") == ["finding:f1", "finding:f3", "finding:f4"]
    assert used(case.inspection, "photo:p1") == ["finding:f1"]
    assert used(case.inspection, "answer:officers-3") == []


@pytest.mark.parametrize(
    ("record", "fields", "finding"),
    [
        ("answer:complaints-1", {"note": "Seen again: both posters."}, "finding:f1"),
        ("observation:t1", {"text": "Both posters."}, "finding:f1"),
        ("photo:p1", {"caption": "Another wall."}, "finding:f1"),
        ("sampled-file:s1-3", {"results": {"check-1": "yes"}}, "finding:f2"),
        ("document-review:s1", {"frame": 300}, "finding:f2"),
    ],
)
def test_what_changed_after_a_finding_was_written_is_named(
    record: str, fields: dict, finding: str
) -> None:
    case = whole()
    assert not _moved(case)
    case.put(record, **fields)
    assert finding in _moved(case)
    case.put(finding, cause="Read again.")
    assert finding not in _moved(case)


def test_a_description_for_blind_readers_moves_nothing() -> None:
    case = whole()
    case.put("photo:p1", alt="The same wall, in other words.")
    assert not _moved(case)


def test_who_says_that_it_still_holds_ends_the_caution_until_it_moves_again() -> None:
    case = whole()
    case.put("observation:t1", text="English poster only, torn.")
    digest = provenance.support_digest(case.inspection, _finding(case, "finding:f1"))
    case.put("finding:f1", support=digest)
    assert not _moved(case)
    case.put("observation:t1", text="Both posters hang.")
    assert _moved(case) == {"finding:f1"}
    case.put("observation:t1", text="English poster only, torn.")
    assert not _moved(case), "it says again what was read"


def test_abbreviations_and_hours_end_no_sentence() -> None:
    text = (
        "From 6 p.m. to 6 a.m. Sgt. Sample alone is on post. The U.S. claim waits! Why?\nNew line"
    )
    assert provenance.sentences(text) == [
        "From 6 p.m. to 6 a.m. Sgt. Sample alone is on post.",
        "The U.S. claim waits!",
        "Why?",
        "New line",
    ]


@given(st.text(max_size=300))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"\s", "", words)

    assert bare("".join(provenance.sentences(text))) == bare(text)
