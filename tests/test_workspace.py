"""The guard, signatures, drafts and locks, through the real workspace on a real encrypted file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app import agencies, forms
from inspector_app.errors import BadInput, InUse, NotAllowed, WrongSecret
from inspector_app.identity import read_card
from inspector_app.records import Answer, Finding, Interview
from inspector_app.workspace import Plan, Workspace

PASSPHRASE = "a passphrase for tests"
CITE = forms.load("jem-2025").item("j-70").citations[0]


def _start(workspace: Workspace, **plan: Any) -> str:
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    resolution = agencies.resolve(row, forms.shipped())
    days = (date(2026, 3, 10), date(2026, 3, 12))
    given = {"zone": "America/Indiana/Indianapolis", **plan}
    return workspace.start(Plan(row, resolution, "inspection", *days, **given))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    return _start(workspace)


def _finding(workspace: Workspace, id: str, **fields: Any) -> str:
    cited = {"document": "moa", "section": CITE.section, "quotation": CITE.quotation}
    return workspace.new(id, "finding", **{**cited, **fields}).record


def test_a_cited_clause_alone_carries_no_deficiency(workspace: Workspace, id: str) -> None:
    record = _finding(workspace, id)
    with pytest.raises(NotAllowed) as refused:
        workspace.put(id, record, class_="deficiency")
    assert any("confirmed" in why for why in refused.value.details)
    workspace.put(id, record, violated=CITE.quotation)
    workspace.put(id, record, class_="deficiency")
    assert workspace.inspection(id).get(Finding, record).class_ == "deficiency"  # type: ignore[union-attr]


def test_changing_the_sentence_of_a_deficiency_is_refused(workspace: Workspace, id: str) -> None:
    record = _finding(workspace, id, violated=CITE.quotation, class_="deficiency")
    with pytest.raises(NotAllowed):
        workspace.put(id, record, quotation="Another sentence that nobody confirmed.")


def test_an_authority_must_be_in_force_on_the_first_day(workspace: Workspace, id: str) -> None:
    workspace.put(id, "visit:self", first_day=date(2025, 3, 2))
    with pytest.raises(NotAllowed) as refused:
        _finding(workspace, id, violated=CITE.quotation, class_="deficiency")
    assert any("in force" in why for why in refused.value.details)


def test_a_directive_is_quoted_from_ones_own_copy(workspace: Workspace, id: str) -> None:
    said = {"document": "ice-13004-2", "quotation": "A sentence.", "violated": "A sentence."}
    with pytest.raises(NotAllowed):
        _finding(workspace, id, class_="deficiency", **said)
    _finding(workspace, id, class_="deficiency", own_copy=True, **said)


def test_a_report_about_the_program_is_no_authority(workspace: Workspace, id: str) -> None:
    said = {"document": "gao-21-186", "quotation": "A sentence.", "violated": "A sentence."}
    with pytest.raises(NotAllowed):
        _finding(workspace, id, class_="deficiency", own_copy=True, **said)


def test_an_area_of_concern_states_an_effect_and_violates_nothing(
    workspace: Workspace, id: str
) -> None:
    record = _finding(workspace, id)
    with pytest.raises(NotAllowed):
        workspace.put(id, record, class_="area-of-concern")
    workspace.put(id, record, class_="area-of-concern", effect="Slower.")
    with pytest.raises(NotAllowed):
        workspace.put(id, record, violated=CITE.quotation)


def test_best_practices_are_never_counted_and_four_findings_flag_a_focus_review(
    workspace: Workspace, id: str
) -> None:
    for _ in range(3):
        _finding(workspace, id, class_="area-of-concern", effect="Slower.")
    _finding(workspace, id, class_="best-practice")
    assert not workspace.inspection(id).focus_review().flagged
    _finding(workspace, id, class_="area-of-concern", effect="Slower.")
    review = workspace.inspection(id).focus_review()
    assert review.flagged and review.due == date(2026, 9, 12)


def test_a_hidden_answer_is_kept_and_comes_back(workspace: Workspace, id: str) -> None:
    workspace.put(id, "answer:j-17", result="not-met")
    workspace.put(id, "answer:j-18", result="met")
    workspace.put(id, "answer:j-17", result="met")
    inspection = workspace.inspection(id)
    assert [a.id for a in inspection.set_aside()] == ["answer:j-18"]
    assert inspection.counts().answered == 1
    workspace.put(id, "answer:j-17", result="not-met")
    assert inspection.set_aside() == [] and inspection.counts().answered == 2


def test_what_was_being_typed_comes_back_as_recovered(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    workspace, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    id = _start(workspace)
    workspace.draft(id, "answer:j-70", "note", "half a sentence, then the lap")
    workspace.close()
    again = Workspace.open(folder, passphrase=PASSPHRASE)
    assert again.inspection(id).answer("j-70").note == "half a sentence, then the lap"
    assert again.history(id)[-1].label == "recovered"
    assert again.desk.store.drafts() == []
    again.close()


def test_what_was_typed_in_one_entry_of_many_comes_back_too(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    workspace, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    id = _start(workspace)
    record = workspace.new(id, "interview", role="designated-officer").record
    workspace.draft(id, record, "answers.interpreter", "asks when it is ob")
    workspace.close()
    again = Workspace.open(folder, passphrase=PASSPHRASE)
    interview = again.inspection(id).get(Interview, record)
    assert interview and interview.answers == {"interpreter": "asks when it is ob"}
    again.close()


def test_a_signature_holds_until_its_part_says_something_else(
    workspace: Workspace, id: str
) -> None:
    workspace.put(id, "answer:j-70", result="met")
    workspace.sign_off(id, "section:interpretation")
    with pytest.raises(NotAllowed, match="Give a reason"):
        workspace.put(id, "answer:j-70", result="not-met")
    assert workspace.inspection(id).signed("section:interpretation")
    workspace.put(id, "answer:j-70", amends="seen again", result="not-met")
    assert not workspace.inspection(id).signed("section:interpretation")
    assert workspace.history(id)[-1].label == "amendment: seen again"
    workspace.put(id, "answer:j-70", result="met")
    assert workspace.inspection(id).signed("section:interpretation")


def test_numbers_in_a_text_follow_the_files(workspace: Workspace, id: str) -> None:
    review = workspace.new(id, "document-review", sample_kind="case-file", frame=212).record
    text = f"{{count:{review}:oath}} of frame {{frame:{review}}}"
    for position, result in enumerate(("yes", "no", "not-applicable", "unclear"), 1):
        fields = {"review": review, "position": position, "results": {"oath": result}}
        workspace.new(id, "sampled-file", **fields)
    assert workspace.inspection(id).numbers(text) == "1\u00a0of\u00a02 of frame 212"
    assert "no such count" in workspace.inspection(id).numbers("{count:document-review:x:oath}")


def test_a_workspace_opens_once(workspace: Workspace) -> None:
    with pytest.raises(InUse):
        Workspace.open(workspace.folder, passphrase=PASSPHRASE)


def test_a_wrong_passphrase_is_told_apart_and_the_printed_key_opens(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    made, recovery = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    made.close()
    with pytest.raises(WrongSecret):
        Workspace.open(folder, passphrase="another passphrase")
    Workspace.open(folder, recovery_key=recovery.lower()).close()


def test_opr_inspects_jem_and_the_other_way_round_needs_a_reason(workspace: Workspace) -> None:
    row = agencies.find(workspace.agencies(), "FL", "Palm Beach County Sheriff's Office", "WSO")
    resolution = agencies.resolve(row, forms.shipped())
    days = (date(2026, 3, 10), date(2026, 3, 12))
    with pytest.raises(NotAllowed):
        workspace.start(Plan(row, resolution, "inspection", *days))
    assert workspace.start(Plan(row, resolution, "inspection", *days, reason="asked by ERO"))


def test_what_the_form_does_not_know_is_refused(workspace: Workspace, id: str) -> None:
    for record, fields in (
        ("answer:j-999", {"result": "met"}),
        ("observation:x", {"area": "moon"}),
        ("finding:x", {"type": "D99"}),
        ("sampled-file:x", {"file": "1"}),
        ("person:x", {"name": "somebody"}),
    ):
        before = workspace.digest()
        with pytest.raises(BadInput):
            workspace.put(id, record, **fields)
        assert workspace.digest() == before
    assert workspace.inspection(id).all(Answer) == []


def test_a_practice_inspection_stays_one(workspace: Workspace) -> None:
    id = _start(workspace, practice=True)
    with pytest.raises(BadInput):
        workspace.put(id, "about:log", practice=False)
    assert workspace.inspection(id).practice


def test_labels_carry_the_place_of_the_inspector_and_a_number(
    workspace: Workspace, id: str
) -> None:
    labels = [workspace.next_label(id, "designated-officer")]
    workspace.new(id, "interview", role="designated-officer")
    labels.append(workspace.next_label(id, "designated-officer"))
    labels.append(workspace.next_label(id, "detained-person"))
    assert labels == ["Officer A-1", "Officer A-2", "Detainee A-1"]


# -- with a second person ----------------------------------------------------------------------


@pytest.fixture
def colleague(tmp_path: Path, workspace: Workspace, id: str) -> Iterator[Workspace]:
    """Ben has merged Ana's inspection; each accepted the other's card."""
    ben, _ = Workspace.create(tmp_path / "b", "Ben Sample", "opr-inspector", "Unit", PASSPHRASE)
    ben.accept(workspace.card())
    workspace.accept(ben.card())
    _hand_over(workspace, ben, id)
    yield ben
    ben.close()


def _hand_over(one: Workspace, other: Workspace, id: str) -> None:
    out = one.folder.parent / "hand-over.inspection"
    one.bundle([id], out, to=[read_card(other.card())])
    other.merge(out)


def test_a_deficiency_that_only_a_merge_made_is_named(
    workspace: Workspace, colleague: Workspace, id: str
) -> None:
    record = _finding(workspace, id, violated=CITE.quotation)
    _hand_over(workspace, colleague, id)
    workspace.put(id, record, class_="deficiency")
    colleague.put(id, record, violated=None)
    _hand_over(workspace, colleague, id)
    for_ben = [p for p in colleague.problems(id) if p.kind == "forbidden"]
    assert [p.record for p in for_ben] == [record] and "confirmed" in for_ben[0].sentence
    colleague.put(id, record, title="Interpreters")  # it may be edited towards what is allowed
    colleague.put(id, record, violated=CITE.quotation)
    assert not [p for p in colleague.problems(id) if p.kind == "forbidden"]


def test_what_two_people_dispute_is_decided_and_never_overwritten(
    workspace: Workspace, colleague: Workspace, id: str
) -> None:
    workspace.put(id, "answer:j-82", result="met")
    colleague.put(id, "answer:j-82", result="not-met", note="no poster")
    _hand_over(workspace, colleague, id)
    with pytest.raises(NotAllowed, match="decide"):
        colleague.put(id, "answer:j-82", result="met")
    with pytest.raises(NotAllowed, match="disagree"):
        colleague.sign_off(id, "report")
    colleague.put(id, "answer:j-82", note="no poster in the lobby")
    colleague.decide(id, "answer:j-82", values={"result": "not-met"})
    assert colleague.inspection(id).conflicts() == []
    _hand_over(colleague, workspace, id)
    assert workspace.digest() == colleague.digest()
    assert workspace.inspection(id).answer("j-82").note == "no poster in the lobby"


def test_a_signature_lapses_when_a_merge_alters_its_part(
    workspace: Workspace, colleague: Workspace, id: str
) -> None:
    workspace.put(id, "answer:j-82", result="met")
    workspace.sign_off(id, "report")
    assert workspace.inspection(id).signed("report")
    colleague.put(id, "answer:j-70", note="seen by another")
    _hand_over(colleague, workspace, id)
    assert not workspace.inspection(id).signed("report")


def test_what_no_bundle_has_carried_is_counted(
    workspace: Workspace, colleague: Workspace, id: str
) -> None:
    assert workspace.not_handed_over(id) == 0
    assert colleague.not_handed_over(id) == 0
    workspace.put(id, "answer:j-82", result="met")
    colleague.put(id, "answer:j-70", result="met")  # and he joins the team
    assert (workspace.not_handed_over(id), colleague.not_handed_over(id)) == (1, 2)
    _hand_over(colleague, workspace, id)
    assert (workspace.not_handed_over(id), colleague.not_handed_over(id)) == (1, 0)
    assert workspace.inspections()[0].not_handed_over == 1


def test_what_was_being_typed_in_a_disputed_field_is_not_lost(
    workspace: Workspace, colleague: Workspace, id: str
) -> None:
    workspace.put(id, "answer:j-82", note="from Ana")
    colleague.put(id, "answer:j-82", note="from Ben")
    colleague.draft(id, "answer:j-82", "note", "from Ben, longer")
    _hand_over(workspace, colleague, id)
    colleague.close()
    again = Workspace.open(colleague.folder, passphrase=PASSPHRASE)
    assert again.recovered == []
    assert [draft.value for draft in again.desk.store.drafts()] == ["from Ben, longer"]
    again.close()
