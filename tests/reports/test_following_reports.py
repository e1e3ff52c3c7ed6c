"""The papers of follow-up: what they say, and when they are refused."""

from datetime import date

import pytest

from inspector_app.checks import Problem, problems
from inspector_app.errors import NotAllowed
from inspector_app.reports.subject import Subject
from tests.reports.following import EARLIER, PLANNED, closed, planned, reviewed
from tests.reports.inspections import ANA, deficiency, whole
from tests.reports.reading import report, whole_text


def test_a_plan_says_what_is_late_first_and_recommends_nothing() -> None:
    case = planned()
    own = case.inspection.findings()[-2].id.partition(":")[2]
    case.put(f"corrective-action:{own}", target=date(2026, 3, 12), done=None, status=None)
    case._at = case._at.replace(month=6, day=15)
    case.put("observation:later", area="room-1", text="Later.")
    text = whole_text(report(case.inspection, "corrective-action-plan"))
    number = case.inspection.finding_numbers()[f"finding:{own}"]
    assert "Open, 95 days late on June 15, 2026" in text
    assert text.index(number) < text.index("The other findings")
    assert "Done April 30, 2026, accepted by ERO headquarters" in text
    assert "ERO owns this plan. OPR’s findings are quoted unchanged" in text
    assert "Three transcripts Lists of May and June" in text


def test_a_plan_that_two_people_wrote_differently_is_shown_as_a_conflict() -> None:
    case = planned()
    own = case.inspection.findings()[0].id.partition(":")[2]
    case.dispute(f"corrective-action:{own}", owner="The field office")
    text = whole_text(report(case.inspection, "corrective-action-plan"))
    assert "Two people wrote different plans." in text
    assert "1 without a plan, or disputed" in text


def test_a_memo_exists_only_when_it_was_written() -> None:
    with pytest.raises(NotAllowed, match="no closeout memo"):
        report(planned().inspection, "closeout-memo")


def test_a_finding_that_comes_after_the_memo_takes_it_away_until_it_is_addressed() -> None:
    case = closed(results=False)
    assert "no focus review was held" in whole_text(report(case.inspection, "closeout-memo"))
    deficiency(case, "late", "complaints-2", "The log is missing", "D02")
    with pytest.raises(NotAllowed, match="no longer holds") as refused:
        report(case.inspection, "closeout-memo")
    assert len(refused.value.details) == 1
    done = {"done": date(2026, 9, 4), "status": "accepted"}
    case.put("corrective-action:late", **{**PLANNED, **done})
    assert "All 4 findings" in whole_text(report(case.inspection, "closeout-memo"))


def test_a_memo_whose_findings_were_all_removed_says_so() -> None:
    case = closed()
    for finding in case.inspection.findings():
        case.remove(finding.id)
    with pytest.raises(NotAllowed, match="no longer in the inspection"):
        report(case.inspection, "closeout-memo")


def test_a_memo_names_the_review_it_rests_on_and_what_was_done() -> None:
    text = whole_text(report(closed().inspection, "closeout-memo"))
    assert "the focus review of September 1, 2026 (26-FOC-3WRD) found 3 of 3 resolved" in text
    assert text.count("May 4, 2026") == 3
    assert "Enforcement and Removal Operations, 287(g) Unit" in text
    assert "Nothing. This memo cannot be issued while an action is open" in text


def test_a_focus_review_counts_what_is_resolved_unresolved_and_not_tested() -> None:
    text = whole_text(report(reviewed().inspection, "focus-review"))
    for words in ("4 earlier findings", "1 resolved", "1 unresolved", "2 not tested"):
        assert words in text
    assert "On site: INT-2 cannot be verified from records alone." in text
    assert "Not tested. 0 of 15 later files lack it." in text
    assert "Not resolved: INT-2, INT-3, INT-4." in text
    assert "7 of 20 files hold no question" in text


def test_a_review_of_findings_that_a_desk_can_verify_is_held_at_a_desk() -> None:
    case = reviewed(("resolved",))
    text = whole_text(report(case.inspection, "focus-review"))
    assert "At a desk: every earlier finding can be verified from records." in text
    assert "Every earlier finding is resolved." in text


def test_an_inspection_makes_no_focus_review_report() -> None:
    with pytest.raises(NotAllowed, match="inspection"):
        report(whole().inspection, "focus-review")


def test_a_repeat_finding_names_the_earlier_one_at_its_head() -> None:
    case = whole()
    found = case.inspection.findings()[0]
    case.put(f"earlier-finding:{'ab' * 32}/f1", **EARLIER, number="INT-2")
    assert "Earlier finding" not in whole_text(report(case.inspection))
    case.put(found.id, repeats=f"earlier-finding:{'ab' * 32}/f1")
    assert "Earlier finding INT-2 of March 12, 2026" in whole_text(report(case.inspection))


def test_a_dispute_over_eros_plan_leaves_the_signed_report_final() -> None:
    case = planned()
    own = case.inspection.findings()[0].id.partition(":")[2]
    case.sign(ANA, "opr-inspector")
    case.dispute(f"corrective-action:{own}", owner="The field office")
    found = [p for p in problems(case.inspection) if p.kind == "conflict"]
    assert [p.record for p in found] == [f"corrective-action:{own}"]
    assert Subject(case.inspection, found, lambda photo: None, "internal").is_final
    assert not Subject(
        case.inspection, [Problem("x", "x")], lambda photo: None, "internal"
    ).is_final
