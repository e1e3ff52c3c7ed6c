"""Review and sign-off through real workspaces: who may approve what, and how long it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspector_app import forms
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import reviewing
from inspector_app.playing import perform
from inspector_app.records import Disagreement, Member
from inspector_app.workspace import Workspace
from inspector_app.workspace.reviewing import answer, disagree, review
from tests.offices import Offices, acquainted
from tests.reports.inspections import ANA, Case
from tests.test_workspace import _start

SECTION = "section:interpretation"


ROLES = {
    "ana": "opr-inspector",
    "marcus": "opr-inspector",
    "rita": "opr-reviewer",
    "jo": "opr-reviewer",
    "ero": "ero-headquarters",
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Workspace]]:
    with acquainted(tmp_path_factory.mktemp("office"), ROLES) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, people: dict[str, Workspace]) -> Offices:
    """Ana inspects; the others have merged her inspection, which is a new one for each test."""
    id = _start(people["ana"])
    people["ana"].put(id, "answer:j-70", result="met")
    office = Offices(tmp_path, people, id)
    office.send("ana", "marcus", "rita", "jo", "ero")
    return office


def state(office: Offices, name: str, part: str = SECTION) -> str:
    return reviewing.state_of(office.people[name].inspection(office.id), part)


def test_a_part_goes_from_draft_to_signed_to_accepted_and_falls_back_with_its_text(
    office: Offices,
) -> None:
    assert state(office, "ana") == "draft"
    office.ana.sign_off(office.id, SECTION)
    assert state(office, "ana") == "signed"
    office.send("ana", "rita")
    review(office.rita, office.id, SECTION, "accepted")
    assert state(office, "rita") == "accepted"
    office.send("rita", "ana")
    assert state(office, "ana") == "accepted"
    office.ana.put(office.id, "answer:j-70", amends="seen again", note="Telephone line down.")
    assert state(office, "ana") == "lapsed"
    office.ana.put(office.id, "answer:j-70", note=None)
    assert state(office, "ana") == "accepted"  # computed from what the part says, never stored


def test_whoever_prepared_a_part_cannot_approve_it(office: Offices) -> None:
    office.rita.put(office.id, "answer:j-71", result="met")
    assert office.rita.inspection(office.id).get(Member, f"member:{office.rita.key}") is None
    for act in (
        lambda: review(office.rita, office.id, SECTION, "accepted"),
        lambda: office.rita.sign_off(office.id, SECTION),
    ):
        with pytest.raises(NotAllowed, match="prepared"):
            act()
    review(office.rita, office.id, "item:j-70", "accepted")  # hers is another item
    review(office.jo, office.id, SECTION, "accepted")
    assert state(office, "rita", "item:j-70") == "accepted"
    office.send("rita", "jo")
    assert state(office, "jo") != "accepted"  # what he accepted had no answer J-71 yet


def test_an_approval_that_a_merge_brings_from_a_preparer_counts_for_nothing(
    office: Offices,
) -> None:
    inspection = office.ana.inspection(office.id)
    said = {"verdict": "accepted", "reason": "", "role": "opr-reviewer", "name": "Ana Sample"}
    edits = reviewing.reviewing(inspection, "review:forged", SECTION, said)
    office.ana.write(inspection, edits, "as if", "review:forged")
    assert reviewing.approvals(inspection, SECTION) == []
    assert state(office, "ana") == "draft"


def test_nobody_signs_in_the_name_of_another(office: Offices) -> None:
    inspection, record = office.ana.inspection(office.id), f"sign-off:{office.marcus.key}/report"
    digest = inspection.part_digest("report")
    with pytest.raises(NotAllowed):
        office.ana.put(office.id, record, part="report", digest=digest)
    edits = inspection.log.setting(record, {"part": "report", "digest": digest})
    office.ana.write(inspection, edits, "as if", record)
    assert inspection.signed("report") == []


def test_only_a_reviewer_of_this_kind_reviews_and_returning_needs_a_reason(
    office: Offices,
) -> None:
    for name in ("marcus", "ero"):
        with pytest.raises(NotAllowed):
            review(office.people[name], office.id, SECTION, "accepted")
    with pytest.raises(BadInput, match="words"):
        review(office.rita, office.id, SECTION, "returned", "  ")
    with pytest.raises(BadInput, match="no such part"):
        review(office.rita, office.id, "item:moon", "accepted")


def test_a_returned_part_is_a_problem_until_it_says_something_else(office: Offices) -> None:
    office.ana.sign_off(office.id, "report")
    office.send("ana", "rita")
    review(office.rita, office.id, "item:j-70", "returned", "Which line was called?")
    office.send("rita", "ana")
    told = [p for p in office.ana.problems(office.id) if p.kind == "review"]
    assert [(p.record, "returned item J-70" in p.sentence) for p in told] == [("answer:j-70", True)]
    assert office.ana.inspection(office.id).signed("report"), "a review alters no part"
    office.ana.put(office.id, "answer:j-70", amends="asked", note="The line of the county.")
    assert not [p for p in office.ana.problems(office.id) if p.kind == "review"]


def test_two_opposite_reviews_mean_not_signed(office: Offices) -> None:
    office.ana.sign_off(office.id, SECTION)
    office.send("ana", "rita", "jo")
    review(office.rita, office.id, SECTION, "accepted")
    review(office.jo, office.id, SECTION, "returned", "One answer is missing.")
    office.send("rita", "ana")
    office.send("jo", "ana")
    assert state(office, "ana") == "opposed"
    assert office.ana.inspection(office.id).signed(SECTION) == []
    assert any("another returned" in p.sentence for p in office.ana.problems(office.id))
    office.send("ana", "jo")
    review(office.jo, office.id, SECTION, "accepted")  # he has changed his mind
    assert state(office, "jo") == "accepted"
    assert office.jo.inspection(office.id).signed(SECTION)


def test_a_comment_is_no_verdict_and_reaches_the_team(office: Offices) -> None:
    review(office.rita, office.id, "item:j-70", reason="Add the language.")
    office.send("rita", "ana")
    (said,) = reviewing.reviews_of(office.ana.inspection(office.id), "item:j-70")
    assert (said.verdict, said.name, said.reason) == (
        None,
        "Rita Sample",
        "Add the language.",
    )
    assert state(office, "ana", "item:j-70") == "draft"


def test_what_was_written_without_seeing_the_signature_is_told_from_an_amendment(
    office: Offices,
) -> None:
    office.marcus.put(office.id, "answer:j-71", result="met", note="before it was signed")
    office.send("marcus", "ana")
    office.ana.sign_off(office.id, SECTION)
    office.marcus.put(office.id, "answer:j-72", result="met", note="he has not seen it")
    office.send("marcus", "ana")
    (lapse,) = reviewing.lapses(office.ana.inspection(office.id), SECTION)
    assert {e.record for c in lapse.same_time for e in c.edits} == {"answer:j-72"}
    assert lapse.amended == ()
    assert any("same time" in p.sentence for p in office.ana.problems(office.id))
    office.ana.sign_off(office.id, SECTION)
    assert not any("same time" in p.sentence for p in office.ana.problems(office.id))
    office.send("ana", "marcus")
    office.marcus.put(office.id, "answer:j-72", amends="asked again", note="now he has")
    office.send("marcus", "ana")
    (lapse,) = reviewing.lapses(office.ana.inspection(office.id), SECTION)
    assert lapse.same_time == () and len(lapse.amended) == 1


def test_a_reason_lets_a_newcomer_amend_what_is_signed_also_with_a_photo(
    office: Offices, tmp_path: Path
) -> None:
    office.ana.sign_off(office.id, "report")
    office.send("ana", "marcus")
    picture = tmp_path / "wall.jpg"
    Image.new("RGB", (64, 48), (120, 130, 140)).save(picture)
    lines: list[dict[str, str]] = [
        {"verb": "interview", "role": "designated-officer"},
        {"verb": "photo", "path": str(picture)},
    ]
    for line in lines:
        with pytest.raises(NotAllowed, match="Give a reason"):
            perform(office.marcus, office.id, dict(line))
    for line in lines:
        perform(office.marcus, office.id, {**line, "amends": "seen the day after"})
    written = list(office.marcus.inspection(office.id).log.changes.values())[-3:]
    assert {change.label for change in written} == {"amendment: seen the day after"}
    assert state(office, "marcus", "report") == "lapsed"


def test_a_conflict_in_a_part_is_neither_signed_nor_accepted(office: Offices) -> None:
    office.ana.put(office.id, "answer:j-72", result="met")
    office.marcus.put(office.id, "answer:j-72", result="not-met", note="no list")
    office.send("ana", "rita")
    office.send("marcus", "rita")
    assert state(office, "rita") == "conflict"
    with pytest.raises(NotAllowed, match="disagree"):
        review(office.rita, office.id, SECTION, "accepted")


def test_s19_ero_disagrees_beside_a_finding_that_stays_as_it_is(office: Offices) -> None:
    cite = forms.load("jem-2025").item("j-70").citations[0]
    cited = {"document": "moa", "quotation": cite.quotation, "violated": cite.quotation}
    finding = office.ana.new(office.id, "finding", class_="deficiency", **cited).record
    office.ana.sign_off(office.id, finding)
    office.ana.sign_off(office.id, "report")
    office.send("ana", "ero")
    before = office.ero.inspection(office.id).part_digest(finding)
    with pytest.raises(NotAllowed, match="Only ERO"):
        disagree(office.ana, office.id, finding, "No.")
    with pytest.raises(BadInput, match="none is answered"):
        answer(office.ana, office.id, finding, "No.")
    disagree(office.ero, office.id, finding, "The line was up on both days.")
    office.send("ero", "ana")
    answer(office.ana, office.id, finding, "Two calls failed on March 11.")
    inspection = office.ana.inspection(office.id)
    said = inspection.get(Disagreement, reviewing.disagreement_of(finding))
    assert said and (said.ero, said.role) == ("The line was up on both days.", "ero-headquarters")
    assert said.answer == "Two calls failed on March 11."
    assert inspection.part_digest(finding) == before and inspection.signed(finding)
    assert not inspection.signed("report"), "what is printed in the report is part of it"
    (lapse,) = reviewing.lapses(inspection, "report")
    assert lapse.same_time == () and lapse.amended
    assert inspection.get(Member, f"member:{office.ero.key}") is None


def test_a_key_in_two_copies_of_a_workspace_signs_nothing() -> None:
    case = Case()
    case.put("answer:officers-1", result="met")
    case.sign(ANA, "opr-inspector")
    assert case.inspection.signed("report")
    log = case.inspection.log
    first = next(iter(log.changes))
    twin = case._change(log.id, first, ANA, log.setting("sign-off:x/report", {"part": "none"}))
    case.inspection.apply(twin)
    assert case.inspection.signed("report") == []
    with pytest.raises(NotAllowed, match="two copies"):
        case.sign(ANA, "opr-inspector")
