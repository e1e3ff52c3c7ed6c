"""A roster in an inspection: read, held against the agreement, decided candidate by candidate."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app import agencies, forms
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.records import Finding
from inspector_app.rules.roster_findings import Candidate
from inspector_app.workspace import Plan, Workspace, rosters

ROSTER = (
    "Officer,Authorization letter,Form 70-006,Trained to\n"
    "B-1,2025-06-01,2025-06-01,2025-05-20\n"
    "B-2,2025-06-01,2025-06-01,2025-05-20\n"
)
ACTS = "Officer,Date,Act\nB-1,2025-07-01,interview\nB-2,2025-05-25,interview\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(
        tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", "a passphrase for tests"
    )
    yield made
    made.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    found = agencies.resolve(row, forms.shipped())
    days = (date(2026, 3, 10), date(2026, 3, 12))
    return workspace.start(Plan(row, found, "inspection", *days, zone="America/Chicago"))


def unauthorized(workspace: Workspace, id: str) -> Candidate:
    rosters.take_in(workspace, id, ROSTER.encode())
    rosters.take_in(workspace, id, ACTS.encode(), "acts")
    judged = rosters.judged(workspace, id)
    assert judged is not None and judged.on == date(2026, 3, 12)
    return next(c for c in judged.candidates if c.rule == "act-unauthorized")


def test_an_act_before_the_letter_is_a_candidate_and_no_finding(
    workspace: Workspace, id: str
) -> None:
    candidate = unauthorized(workspace, id)
    assert candidate.officers == ("B-2",)
    assert rosters.decision(workspace.inspection(id), candidate) is None
    assert workspace.inspection(id).all(Finding) == []


def test_accepting_starts_a_finding_that_still_needs_a_person_to_confirm_it(
    workspace: Workspace, id: str
) -> None:
    candidate = unauthorized(workspace, id)
    rosters.accept(workspace, id, candidate)
    (finding,) = workspace.inspection(id).all(Finding)
    assert finding.type == candidate.type and finding.class_ is None
    assert "B-2" in finding.condition and finding.quotation
    with pytest.raises(NotAllowed):
        workspace.put(id, finding.id, class_="deficiency")
    decided = rosters.decision(workspace.inspection(id), candidate)
    assert decided is not None
    assert (decided.verdict, decided.finding) == ("accepted", finding.id)
    workspace.undo(id)
    assert workspace.inspection(id).all(Finding) == []
    assert rosters.decision(workspace.inspection(id), candidate) is None


def test_declining_needs_a_reason_and_is_kept(workspace: Workspace, id: str) -> None:
    candidate = unauthorized(workspace, id)
    with pytest.raises(BadInput, match="Say why"):
        rosters.decline(workspace, id, candidate, " ")
    rosters.decline(workspace, id, candidate, "The letter of May 20 was at the field office.")
    decided = rosters.decision(workspace.inspection(id), candidate)
    assert decided is not None and decided.verdict == "declined"


def test_a_newer_roster_that_changes_the_case_asks_anew(workspace: Workspace, id: str) -> None:
    candidate = unauthorized(workspace, id)
    rosters.decline(workspace, id, candidate, "The letter was found.")
    rosters.take_in(workspace, id, ACTS.replace("05-25", "05-26").encode(), "acts")
    judged = rosters.judged(workspace, id)
    assert judged is not None
    (changed,) = (c for c in judged.candidates if c.rule == "act-unauthorized")
    assert rosters.decision(workspace.inspection(id), changed) is None


def test_a_file_that_is_no_roster_is_refused_and_not_kept(workspace: Workspace, id: str) -> None:
    with pytest.raises(BadInput):
        rosters.take_in(workspace, id, b"Name;Rank\nx;y\n")
    assert rosters.judged(workspace, id) is None


def test_a_roster_travels_with_its_inspection(
    workspace: Workspace, id: str, tmp_path: Path
) -> None:
    candidate = unauthorized(workspace, id)
    rosters.accept(workspace, id, candidate)
    other, _ = Workspace.create(
        tmp_path / "o", "Marcus Example", "opr-inspector", "Unit", "a passphrase for tests"
    )
    try:
        other.accept(workspace.card())
        workspace.accept(other.card())
        path = tmp_path / "b.inspection"
        workspace.bundle([id], path, to=[other.desk.card])
        other.merge(path)
        there = rosters.judged(other, id)
        assert there is not None and candidate in there.candidates
        assert rosters.decision(other.inspection(id), candidate) is not None
    finally:
        other.close()
