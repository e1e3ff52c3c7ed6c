"""Follow-up through real workspaces: focus reviews, ERO's plans, the closeout, what came before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import following as rules
from inspector_app.records import Closeout, EarlierFinding, Member
from inspector_app.workspace import Workspace, following
from inspector_app.workspace.due_dates import calendar_file, due_dates
from inspector_app.workspace.program import figures
from tests.offices import Offices, acquainted
from tests.test_workspace import _start

PLAN: dict[str, Any] = {"agrees": "yes", "action": "The poster is up.", "owner": "Administrator"}
DONE = {"done": date(2026, 4, 30), "status": "accepted"}
DAYS = (date(2026, 9, 1), date(2026, 9, 2))


ROLES = {
    "ana": "opr-inspector",
    "ben": "opr-inspector",
    "ero": "ero-headquarters",
    "field": "field-supervisor",
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Workspace]]:
    with acquainted(tmp_path_factory.mktemp("offices"), ROLES) as made:
        yield made


@pytest.fixture
def offices(tmp_path: Path, people: dict[str, Workspace]) -> Offices:
    """The same people with an inspection of their own for each test."""
    return Offices(tmp_path, people, _start(people["ana"]))


def concern(workspace: Workspace, id: str, title: str = "Courses late", **fields: Any) -> str:
    """An area of concern; it needs no authority."""
    given = {"condition": "3 of 11 are late.", "effect": "Duties lapse.", "type": "A01", **fields}
    record = workspace.new(id, "finding", title=title, **given).record
    workspace.put(id, record, class_="area-of-concern")
    return record


def concerns(offices: Offices, count: int, **fields: Any) -> list[str]:
    return [concern(offices.ana, offices.id, f"Finding {n}", **fields) for n in range(count)]


def planned(offices: Offices, *findings: str, by: str = "ero", **fields: Any) -> None:
    for finding in findings:
        following.plan(offices.people[by], offices.id, finding, **{**PLAN, **fields})


def standing(offices: Offices, name: str) -> str:
    return following.standing(offices.people[name], offices.id)


def verify_all(offices: Offices, review: str, result: str | None = "resolved") -> None:
    for one in offices.ana.inspection(review).all(EarlierFinding):
        offices.ana.put(review, one.id, result=result, now="Seen in 15 later files.")


# -- the threshold and the due date ----------------------------------------------------------------


@pytest.mark.parametrize(("count", "flagged"), [(3, False), (4, True), (5, True)])
def test_s21_four_findings_call_for_a_focus_review(
    offices: Offices, count: int, flagged: bool
) -> None:
    concerns(offices, count)
    found = offices.ana.inspection(offices.id)
    assert found.focus_review().flagged is flagged
    assert found.focus_review().due == (date(2026, 9, 12) if flagged else None)
    assert rules.awaits_review(found, []) is flagged


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 29), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 8, 29)),
        (date(2025, 10, 31), date(2026, 4, 30)),
    ],
)
def test_six_months_end_with_the_month_and_know_leap_days(
    offices: Offices, last: date, due: date
) -> None:
    concerns(offices, 4)
    offices.ana.put(offices.id, "visit:self", first_day=last, last_day=last)
    assert offices.ana.inspection(offices.id).focus_review().due == due
    assert [d.day for d in due_dates(offices.ana, [offices.id])] == [due]


def test_a_merge_that_adds_a_fourth_finding_after_the_sign_off_flags_a_review(
    offices: Offices,
) -> None:
    concerns(offices, 3)
    offices.send("ana", "ben")
    offices.ana.sign_off(offices.id, "report")
    concern(offices.ben, offices.id, "Seen by another")
    assert offices.ana.inspection(offices.id).signed("report")
    offices.send("ben", "ana")
    found = offices.ana.inspection(offices.id)
    assert found.focus_review().due == date(2026, 9, 12)
    assert not found.signed("report")


def test_a_finding_that_is_removed_takes_the_flag_away(offices: Offices) -> None:
    last = concerns(offices, 4)[-1]
    offices.ana.remove(offices.id, last)
    assert not offices.ana.inspection(offices.id).focus_review().flagged
    assert due_dates(offices.ana, [offices.id]) == []


def test_best_practices_and_findings_without_a_class_count_for_nothing(offices: Offices) -> None:
    concerns(offices, 3)
    offices.ana.new(offices.id, "finding", title="Unclassed", condition="x")
    found = offices.ana.inspection(offices.id)
    assert not found.focus_review().flagged
    assert len(rules.counted(found)) == 3


# -- the focus review ------------------------------------------------------------------------------


def test_a_focus_review_opens_with_the_earlier_findings_as_its_checklist(offices: Offices) -> None:
    found = concerns(offices, 4, verify="desk")
    offices.ana.put(offices.id, found[1], verify="site")
    offices.ana.link(offices.id, found[0], "party:lea-officers")
    review = following.start_focus_review(offices.ana, offices.id, *DAYS)
    read = offices.ana.inspection(review)
    earlier = read.all(EarlierFinding)
    assert {one.finding for one in earlier} == set(found)
    assert {one.day for one in earlier} == {date(2026, 3, 12)}
    assert next(o for o in earlier if o.finding == found[0]).parties == "lea-officers"
    assert rules.mode(one.verify for one in earlier) == "site"
    assert read.practice == offices.ana.inspection(offices.id).practice
    told = [p.sentence for p in offices.ana.problems(review) if p.kind == "unanswered"]
    assert sum(sentence.startswith("Not tested: ") for sentence in told) == len(told) == 4


def test_what_was_not_tested_stays_visible_until_somebody_says_why(offices: Offices) -> None:
    concerns(offices, 4)
    review = following.start_focus_review(offices.ana, offices.id, *DAYS)
    first, second, *_ = offices.ana.inspection(review).all(EarlierFinding)
    offices.ana.put(review, first.id, now="The room was closed.")
    offices.ana.put(review, second.id, result="resolved")
    read = offices.ana.inspection(review)
    assert len(rules.untested(read)) == 2
    assert any(p.record == second.id and p.field == "now" for p in offices.ana.problems(review))
    held = following.held_reviews(offices.ana, offices.id)
    assert rules.result_of(held, first.finding).result is None  # type: ignore[union-attr]
    with pytest.raises(BadInput):
        offices.ana.put(review, first.id, result="partly")


def test_a_copy_of_an_earlier_finding_stays_one(offices: Offices) -> None:
    concerns(offices, 4)
    review = following.start_focus_review(offices.ana, offices.id, *DAYS)
    one = offices.ana.inspection(review).all(EarlierFinding)[0]
    with pytest.raises(NotAllowed, match="copy"):
        offices.ana.put(review, one.id, condition="It was never so.")
    with pytest.raises(BadInput, match="no such earlier finding"):
        offices.ana.put(review, "earlier-finding:x/y", result="resolved")


def test_below_four_a_review_needs_a_reason_and_without_findings_there_is_none(
    offices: Offices,
) -> None:
    with pytest.raises(BadInput, match="no findings"):
        following.start_focus_review(offices.ana, offices.id, *DAYS)
    concerns(offices, 3)
    with pytest.raises(NotAllowed, match="reason"):
        following.start_focus_review(offices.ana, offices.id, *DAYS)
    with pytest.raises(BadInput, match="after the inspection"):
        early = (date(2026, 3, 1), date(2026, 3, 2))
        following.start_focus_review(offices.ana, offices.id, *early, "Grave ones.")
    review = following.start_focus_review(offices.ana, offices.id, *DAYS, "Grave ones.")
    assert len(offices.ana.inspection(review).all(EarlierFinding)) == 3


def test_a_finding_that_comes_after_the_review_began_is_named_and_can_be_added(
    offices: Offices,
) -> None:
    found = concerns(offices, 4)
    review = following.start_focus_review(offices.ana, offices.id, *DAYS)
    late = concern(offices.ana, offices.id, "Came later")
    assert any("not on this list yet" in p.sentence for p in offices.ana.problems(review))
    following.take_missing(offices.ana, review)
    earlier = offices.ana.inspection(review).all(EarlierFinding)
    assert {one.finding for one in earlier} == {*found, late}
    assert following.missing(offices.ana, review) == []
    offices.ana.remove(offices.id, found[0])
    assert [one.finding for one in following.gone(offices.ana, review)] == [found[0]]


def test_a_review_that_is_called_off_with_a_reason_is_due_no_more(offices: Offices) -> None:
    concerns(offices, 4)
    offices.ana.put(offices.id, "visit:self", no_focus_review_reason="The agreement ended.")
    assert due_dates(offices.ana, [offices.id]) == []
    assert not rules.awaits_review(offices.ana.inspection(offices.id), [])


# -- ERO's plan ------------------------------------------------------------------------------------


def test_s22_only_ero_plans_and_only_headquarters_accepts(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "field", "ero")
    with pytest.raises(NotAllowed, match="ERO does"):
        following.plan(offices.ana, offices.id, finding, action="Do this.")
    planned(offices, finding, by="field", target=date(2026, 5, 15))
    with pytest.raises(NotAllowed, match="accept"):
        following.plan(offices.field, offices.id, finding, **DONE)
    offices.send("field", "ero")
    following.plan(offices.ero, offices.id, finding, **DONE)
    offices.send("ero", "ana")
    [one] = rules.plan(offices.ana.inspection(offices.id), date(2026, 6, 1))
    assert (one.state, one.action and one.action.owner) == ("accepted", "Administrator")


def test_a_plan_joins_nobody_and_leaves_the_signature(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    seen = offices.ana.new(offices.id, "observation", text="The poster.").record
    offices.ana.sign_off(offices.id, "report")
    offices.send("ana", "ero")
    planned(offices, finding)
    offices.ero.link(offices.id, rules.action_record(finding), seen)
    offices.send("ero", "ana")
    read = offices.ana.inspection(offices.id)
    assert read.signed("report")
    assert read.get(Member, f"member:{offices.ero.key}") is None


def test_a_plan_for_no_finding_and_a_target_before_the_report_are_refused(
    offices: Offices,
) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "ero")
    before = offices.ero.digest(offices.id)
    with pytest.raises(BadInput, match="no such finding"):
        following.plan(offices.ero, offices.id, "finding:nothing", **PLAN)
    with pytest.raises(BadInput, match="before the report of March 12, 2026"):
        planned(offices, finding, target=date(2026, 3, 11))
    with pytest.raises(BadInput, match="before the report"):
        planned(offices, finding, done=date(2026, 3, 1))
    with pytest.raises(BadInput, match="on which day"):
        planned(offices, finding, status="accepted")
    assert offices.ero.digest(offices.id) == before
    planned(offices, finding, target=date(2026, 3, 12))


def test_two_offices_plans_for_one_finding_are_both_kept_until_one_is_chosen(
    offices: Offices,
) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "field", "ero")
    planned(offices, finding, by="field", action="Posters go up.")
    planned(offices, finding, by="ero", action="The wall is painted.", **DONE)
    offices.send("field", "ero")
    read = offices.ero.inspection(offices.id)
    [one] = rules.plan(read, date(2026, 6, 1))
    assert one.state == "conflict"
    [conflict] = read.conflicts()
    sides = {side.values["action"] for side in conflict.alternatives}
    assert sides == {"Posters go up.", "The wall is painted."}
    with pytest.raises(NotAllowed) as refused:
        following.close_out(offices.ero, offices.id, "ERO", "OPR")
    assert "decide which one stands" in refused.value.details[0]
    side = next(s for s in conflict.alternatives if s.values["action"] == "Posters go up.")
    offices.ero.decide(offices.id, conflict.record, change=side.changes[0])
    [one] = rules.plan(offices.ero.inspection(offices.id), date(2026, 6, 1))
    assert one.action and one.action.action == "Posters go up."


def test_late_plans_come_first_and_say_by_how_many_days(offices: Offices) -> None:
    found = concerns(offices, 3)
    offices.send("ana", "ero")
    for finding, target in zip(found, (date(2026, 6, 1), date(2026, 5, 1), None), strict=True):
        planned(offices, finding, target=target)
    read = offices.ero.inspection(offices.id)
    listed = rules.plan(read, date(2026, 6, 15))
    assert [one.late for one in listed] == [45, 14, 0]
    assert [one.state for one in listed] == ["late", "late", "open"]
    in_time = rules.plan(read, date(2026, 5, 1))  # the day itself is in time
    assert {(one.state, one.late) for one in in_time} == {("open", 0)}


def test_due_dates_are_a_calendar_that_names_no_person(offices: Offices) -> None:
    [first, *_] = concerns(offices, 4)
    offices.send("ana", "ero")
    planned(offices, first, target=date(2026, 5, 15), owner="R. Placeholder")
    data = calendar_file(offices.ero, [offices.id])
    assert data == calendar_file(offices.ero, [offices.id])
    assert b"Placeholder" not in data
    events = {str(e["summary"]): e for e in Calendar.from_ical(data).walk("VEVENT")}
    assert {e["dtstart"].dt for e in events.values()} == {date(2026, 5, 15), date(2026, 9, 12)}
    assert all("Hamilton County Sheriff’s Office, IN" in words for words in events)
    assert len({str(e["uid"]) for e in events.values()}) == 2
    planned(offices, first, **DONE)
    assert len(due_dates(offices.ero, [offices.id])) == 1


# -- the closeout ----------------------------------------------------------------------------------


def test_s23_a_memo_is_refused_while_anything_is_open_and_says_what(offices: Offices) -> None:
    found = concerns(offices, 2)
    offices.send("ana", "ero")
    assert standing(offices, "ero") == ""
    planned(offices, found[0], target=date(2026, 5, 15), **DONE)
    assert standing(offices, "ero") == "no memo"
    with pytest.raises(NotAllowed) as refused:
        following.close_out(offices.ero, offices.id, "ERO", "OPR")
    number = offices.ero.inspection(offices.id).finding_numbers()[found[1]]
    assert refused.value.details == (f"{number} has no corrective action.",)
    planned(offices, found[1], **DONE)
    assert standing(offices, "ero") == "no memo"
    with pytest.raises(NotAllowed, match="close inspections"):
        following.close_out(offices.ana, offices.id, "OPR", "ERO")
    with pytest.raises(BadInput, match="whom"):
        following.close_out(offices.ero, offices.id, "", "OPR")
    following.close_out(offices.ero, offices.id, "ERO", "OPR")
    assert standing(offices, "ero") == "closed"
    row = next(r for r in offices.ero.inspections() if r.id == offices.id)
    assert row.follow_up == "closed"


def test_a_memo_waits_for_the_focus_review_and_keeps_what_it_said(offices: Offices) -> None:
    found = concerns(offices, 4)
    offices.send("ana", "ero")
    planned(offices, *found, **DONE)
    assert "none is held" in following.in_the_way(offices.ero, offices.id)[0]
    review = following.start_focus_review(offices.ana, offices.id, *DAYS)
    offices.send("ana", "ero")
    assert "has not tested it" in following.in_the_way(offices.ero, offices.id)[0]
    verify_all(offices, review, "unresolved")
    offices.send("ana", "ero")
    left = following.in_the_way(offices.ero, offices.id)
    assert len(left) == 4 and all("is unresolved" in words for words in left)
    second = following.start_focus_review(
        offices.ana, offices.id, date(2026, 12, 1), date(2026, 12, 1), "Unresolved ones."
    )
    held = following.held_reviews(offices.ana, offices.id)
    assert [one.id for one in held] == [review, second]
    said = rules.result_of(held, found[0])
    assert said and said.result == "unresolved"  # what the second has not tested yet stays so
    verify_all(offices, second)
    offices.send("ana", "ero")
    commit = following.close_out(offices.ero, offices.id, "ERO", "OPR", "No remark.")
    memo = offices.ero.inspection(offices.id).get(Closeout, commit.record)
    assert memo and memo.review.startswith("27-FOC-") and memo.review_day == date(2026, 12, 1)
    assert set(memo.results.values()) == {"resolved"} and len(memo.results) == 4
    assert offices.ero.report_bytes(offices.id, "closeout-memo").startswith(b"%PDF")


def test_a_finding_that_comes_after_the_memo_is_seen_as_open(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "ero")
    planned(offices, finding, **DONE)
    following.close_out(offices.ero, offices.id, "ERO", "OPR")
    concern(offices.ana, offices.id, "Came later")
    offices.send("ana", "ero")
    assert standing(offices, "ero") == "closed, but 1 open"
    closed, again = opened_again(offices)
    assert closed == again == [offices.id]  # the memo stays counted, and what opened is listed
    with pytest.raises(NotAllowed):
        offices.ero.report_bytes(offices.id, "closeout-memo")


def opened_again(offices: Offices) -> tuple[list[str], list[str]]:
    """The closed inspections of the year, and those in which something is open again; here one."""
    counted = figures(offices.ero, 2026)
    found = (counted.last.closed, counted.open_again(2026))
    closed, again = ([row.log for row in rows if row.log == offices.id] for rows in found)
    return closed, again


def test_a_review_after_the_memo_that_finds_it_unresolved_opens_it_again(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "ero")
    planned(offices, finding, **DONE)
    following.close_out(offices.ero, offices.id, "ERO", "OPR")
    assert opened_again(offices) == ([offices.id], [])
    review = following.start_focus_review(offices.ana, offices.id, *DAYS, "It was seen again.")
    verify_all(offices, review, "unresolved")
    offices.send("ana", "ero")
    assert standing(offices, "ero") == "closed, but 1 open"
    assert opened_again(offices) == ([offices.id], [offices.id])
    verify_all(offices, review)
    offices.send("ana", "ero")
    assert (standing(offices, "ero"), opened_again(offices)[1]) == ("closed", [])


def test_a_memo_and_another_offices_plan_that_meet_are_both_there(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "field", "ero")
    planned(offices, finding, by="field", action="Posters go up.")
    planned(offices, finding, action="The wall is painted.", **DONE)
    following.close_out(offices.ero, offices.id, "ERO", "OPR")
    offices.send("field", "ero")
    assert standing(offices, "ero") == "closed, but 1 open"
    assert opened_again(offices) == ([offices.id], [offices.id])
    [conflict] = offices.ero.inspection(offices.id).conflicts()
    side = next(s for s in conflict.alternatives if s.values["action"] != "Posters go up.")
    offices.ero.decide(offices.id, conflict.record, change=side.changes[0])
    assert (standing(offices, "ero"), opened_again(offices)[1]) == ("closed", [])


def test_a_plan_for_a_finding_that_was_removed_meanwhile_stays_and_is_shown(
    offices: Offices,
) -> None:
    gone, kept = concerns(offices, 2)
    offices.send("ana", "ero")
    planned(offices, gone, kept)
    offices.ana.remove(offices.id, gone)
    offices.send("ero", "ana")
    read = offices.ana.inspection(offices.id)
    [lost] = rules.without_finding(read)
    assert (lost.id, lost.action) == (rules.action_record(gone), "The poster is up.")
    told = [p for p in offices.ana.problems(offices.id) if p.record == lost.id]
    assert [p.sentence for p in told] == [
        "This corrective action is for a finding that is no longer here."
    ]
    assert [one.finding.id for one in rules.plan(read, date(2026, 6, 1))] == [kept]


def test_a_target_that_a_merge_puts_before_the_report_is_shown(offices: Offices) -> None:
    [finding] = concerns(offices, 1)
    offices.send("ana", "ero")
    planned(offices, finding, target=date(2026, 3, 20))
    offices.ana.put(offices.id, "visit:self", last_day=date(2026, 3, 25))
    assert not rules.too_early(offices.ero.inspection(offices.id))
    offices.send("ana", "ero")
    [(action, field)] = rules.too_early(offices.ero.inspection(offices.id))
    assert (action.id, field) == (rules.action_record(finding), "target")
    found = [p.field for p in offices.ero.problems(offices.id) if p.record == action.id]
    assert found == ["target"]


def test_an_inspection_without_findings_has_nothing_to_close(offices: Offices) -> None:
    offices.send("ana", "ero")
    with pytest.raises(BadInput, match="nothing to close"):
        following.close_out(offices.ero, offices.id, "ERO", "OPR")
    with pytest.raises(NotAllowed, match="close-out"):
        offices.ero.put(offices.id, "closeout:self", text="Closed.")


# -- findings that were there before ---------------------------------------------------------------


def test_a_finding_that_was_there_before_is_proposed_and_a_person_says_so(
    offices: Offices,
) -> None:
    old = concern(offices.ana, offices.id, item="j-82")
    later = _start(offices.ana)
    days = {"first_day": date(2028, 3, 7), "last_day": date(2028, 3, 9)}
    offices.ana.put(later, "visit:self", **days)
    again = concern(offices.ana, later, item="j-82")
    other = concern(offices.ana, later, item="j-70")
    found = following.recurrences(offices.ana, later)
    assert set(found) == {again} and found[again].kind == "repeat"
    [before] = found[again].before
    assert (before.inspection, before.finding, before.why) == (offices.id, old, "item")
    following.repeats(offices.ana, later, again, offices.id, old)
    read = offices.ana.inspection(later)
    repeated = read.record(again)
    assert repeated and read.get(EarlierFinding, repeated.repeats)  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="no such finding"):
        following.repeats(offices.ana, later, other, offices.id, "finding:nothing")
    offices.ana.undo(later)
    assert offices.ana.inspection(later).all(EarlierFinding) == []
