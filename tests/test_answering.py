"""Answering several items in one act: never without a basis, and told as what it was."""

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import agencies, forms
from inspector_app.change import new_gesture
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.inspection.basis import batches, check_together, without_basis
from inspector_app.inspection.independence import self_assessed, self_assessed_items
from inspector_app.inspection.reading import Reading
from inspector_app.playing import perform
from inspector_app.records import Basis, Finding
from inspector_app.workspace import Plan, Workspace
from inspector_app.workspace.answering import answer_together, cover, start_finding
from tests.making import Person, new_log


def text_of(pdf: Path) -> str:
    command = ["pdftotext", "-raw", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


PASSPHRASE = "a passphrase for tests"
ITEMS = ["j-82", "j-70", "j-71"]
PAPER = Basis(what="paper", text="Training roster of March 9, 2026, signed by the captain")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    return started(workspace, "JEM", "IN", "Hamilton County Sheriff's Office", "inspection")


def started(workspace: Workspace, model: str, state: str, name: str, purpose: str) -> str:
    row = agencies.find(workspace.agencies(), state, name, model)
    resolution = agencies.resolve(row, forms.shipped())
    days = (date(2026, 3, 10), date(2026, 3, 12))
    return workspace.start(Plan(row, resolution, purpose, *days, reason="a test"))


def basis_on(workspace: Workspace, id: str) -> dict[str, Basis]:
    """A basis of each kind, with the record that it names."""
    review = workspace.new(id, "document-review", sample_kind="training-record").record
    file = workspace.new(id, "sampled-file", review=review, position=1, file="A-1").record
    seen = workspace.new(id, "observation", text="A poster hangs here.").record
    talk = workspace.new(id, "interview", role="agency-leadership").record
    return {
        "file": Basis(what="file", record=file),
        "tour": Basis(what="tour", record=seen),
        "documents": Basis(what="documents", record=review),
        "interview": Basis(what="interview", record=talk),
        "paper": PAPER,
    }


def results(inspection: Inspection) -> list[str | None]:
    return [inspection.answer(item).result for item in ITEMS]


def test_several_met_in_one_change_are_refused_without_a_basis(
    workspace: Workspace, id: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        workspace.put_many(id, {f"answer:{i}": {"result": "met"} for i in ITEMS}, "all met")
    assert "basis" in refused.value.message
    assert results(workspace.inspection(id)) == [None, None, None]


def test_several_met_in_one_gesture_are_refused_too(workspace: Workspace, id: str) -> None:
    gesture = new_gesture()
    workspace.put(id, "answer:j-70", gesture=gesture, result="met")
    with pytest.raises(NotAllowed):
        workspace.put(id, "answer:j-71", gesture=gesture, result="met")
    workspace.put(id, "answer:j-71", result="met")  # an act of its own


@pytest.mark.parametrize("kind", ["file", "tour", "documents", "interview", "paper"])
def test_answers_share_one_basis_and_are_one_step_of_undo(
    workspace: Workspace, id: str, kind: str
) -> None:
    basis = basis_on(workspace, id)[kind]
    commit = answer_together(workspace, id, ITEMS, "met", basis)
    inspection = workspace.inspection(id)
    (batch,) = batches(inspection)
    assert batch.basis.id == commit.record and batch.basis.what == kind
    assert [answer.id for answer in batch.answers] == [f"answer:{item}" for item in ITEMS]
    workspace.undo(id)
    assert results(inspection) == [None, None, None] and batches(inspection) == []
    workspace.redo(id)
    assert results(inspection) == ["met"] * 3 and len(batches(inspection)) == 1


@pytest.mark.parametrize(
    "basis",
    [
        Basis(),
        Basis(what="paper", text="   "),
        Basis(what="file", record="sampled-file:none"),
        Basis(what="tour", record="visit:self"),
    ],
)
def test_a_basis_that_says_nothing_carries_nothing(
    workspace: Workspace, id: str, basis: Basis
) -> None:
    with pytest.raises(BadInput):
        answer_together(workspace, id, ITEMS, "met", basis)
    given = {"what": basis.what, "record": basis.record, "text": basis.text}
    records: dict[str, Any] = {
        "basis:x": given,
        **{f"answer:{i}": {"result": "met"} for i in ITEMS},
    }
    with pytest.raises(NotAllowed):
        workspace.put_many(
            id, records, "x", links=[(f"answer:{item}", "basis:x") for item in ITEMS]
        )
    assert results(workspace.inspection(id)) == [None, None, None]


def test_each_of_several_must_rest_on_the_same_basis(workspace: Workspace, id: str) -> None:
    papers = {f"basis:{n}": {"what": "paper", "text": "A paper"} for n in "ab"}
    records: dict[str, Any] = {
        **papers,
        **{f"answer:{i}": {"result": "met"} for i in ("j-70", "j-71")},
    }
    apart = [("answer:j-70", "basis:a"), ("answer:j-71", "basis:b")]
    with pytest.raises(NotAllowed):
        workspace.put_many(id, records, "x", links=apart)
    workspace.put_many(id, records, "x", links=[*apart, ("answer:j-71", "basis:a")])


def test_lines_of_record_are_held_to_the_same(workspace: Workspace, id: str) -> None:
    line = {"verb": "answers", "items": ITEMS, "result": "met"}
    with pytest.raises(BadInput):
        perform(workspace, id, line)
    stated = {"what": "paper", "text": PAPER.text}
    with pytest.raises(BadInput):
        perform(workspace, id, {**line, "items": [*ITEMS, "j-18"], "basis": stated})  # not asked
    commit = perform(workspace, id, {**line, "basis": stated})
    assert commit.record.startswith("basis:")
    assert results(workspace.inspection(id)) == ["met"] * 3


def test_what_was_answered_before_is_not_answered_again_with_others(
    workspace: Workspace, id: str
) -> None:
    workspace.put(id, "answer:j-70", result="met", note="Seen by myself.")
    with pytest.raises(BadInput) as refused:
        answer_together(workspace, id, ITEMS, "met", PAPER)
    assert "J-70" in refused.value.message
    assert batches(workspace.inspection(id)) == []


def test_the_report_counts_the_answers_and_names_their_bases(
    workspace: Workspace, id: str, tmp_path: Path
) -> None:
    seen = workspace.new(id, "observation", text="The offer is made.").record
    answer_together(workspace, id, ITEMS, "met", PAPER)
    answer_together(workspace, id, ["j-02", "j-03"], "met", Basis(what="tour", record=seen))
    workspace.report(id, "inspection", tmp_path / "report.pdf")
    words = " ".join(text_of(tmp_path / "report.pdf").split())
    assert "5 items were answered together with others" in words
    assert f"2 on T-01 and 3 on “{PAPER.text}”" in words
    assert words.count("on the basis of: T-01") == 2


def test_an_answer_changed_since_is_no_longer_one_of_the_batch(
    workspace: Workspace, id: str
) -> None:
    answer_together(workspace, id, ITEMS, "met", PAPER)
    workspace.put(id, "answer:j-71", result="not-met")
    workspace.put(id, "answer:j-82", note="Also seen on the wall.")
    (batch,) = batches(workspace.inspection(id))
    assert [answer.id for answer in batch.answers] == ["answer:j-82", "answer:j-70"]


def test_what_loses_its_basis_later_is_named_as_not_allowed(workspace: Workspace, id: str) -> None:
    commit = answer_together(workspace, id, ITEMS, "met", PAPER)
    inspection = workspace.inspection(id)
    assert without_basis(inspection) == []
    workspace.remove(id, commit.record)
    assert len(without_basis(inspection)) == 3
    named = [p.record for p in workspace.problems(id) if p.kind == "forbidden"]
    assert named == [f"answer:{item}" for item in ITEMS]


RESULTS = st.sampled_from(["met", "not-met", "could-not-assess", None])


@given(st.lists(RESULTS, max_size=6))
def test_only_several_met_need_a_basis(asked: list[str | None]) -> None:
    agency = dict.fromkeys(("state", "name", "type", "county", "model"), "x")
    log = new_log(Person("Ana"), agency={**agency, "signed": "2025-03-17"})
    edits = [
        edit
        for n, result in enumerate(asked)
        for edit in log.setting(f"answer:j-{n}", {"result": result})
    ]
    reading = Reading(log, forms.load("jem-2025"))
    if asked.count("met") > 1:
        with pytest.raises(NotAllowed):
            check_together(reading, edits)
    else:
        check_together(reading, edits)


def test_a_finding_is_started_or_covers_the_item(workspace: Workspace, id: str) -> None:
    workspace.put(id, "answer:j-70", result="not-met")
    made = start_finding(workspace, id, "j-70")
    inspection = workspace.inspection(id)
    finding = inspection.get(Finding, made)
    assert finding is not None and finding.item == "j-70" and finding.quotation
    workspace.put(id, "answer:j-71", result="not-met")
    cover(workspace, id, "j-71", made)
    assert set(inspection.ends_from(made)) == {"answer:j-70", "answer:j-71"}
    with pytest.raises(BadInput):
        cover(workspace, id, "j-71", "finding:none")


# -- whose office answered about itself ----------------------------------------------------------


def review_by(folder: Path, office: str, under: str) -> Iterator[tuple[Workspace, str]]:
    made, _ = Workspace.create(folder, "Rita Placeholder", "field-supervisor", office, PASSPHRASE)
    name = "Palm Beach County Sheriff's Office"
    review = started(made, "WSO", "FL", name, "oversight-review")
    made.put(review, "visit:self", field_office=under)
    yield made, review
    made.close()


@pytest.mark.parametrize(
    ("office", "under", "marked"),
    [
        ("ERO Miami", "Miami Field Office", True),
        ("Miami Field Office", "Miami", True),
        ("", "Miami", True),  # an office that nobody stated is not another one
        ("ERO Atlanta", "Miami", False),
        ("ERO Atlanta", "", True),  # then the lead's own office is the one under review
    ],
)
def test_the_offices_own_items_are_marked_unless_another_office_answered(
    tmp_path: Path, office: str, under: str, marked: bool
) -> None:
    for workspace, id in review_by(tmp_path / "w", office or "x", under):
        if not office:
            workspace.put(id, f"member:{workspace.key}", office=None)
        inspection = workspace.inspection(id)
        own = [i for i in inspection.form.items if any(p.startswith("ice-") for p in i.parties)]
        agencys = [i for i in inspection.form.items if i not in own]
        assert own and agencys and self_assessed(inspection, own[0])
        for item in (own[0], agencys[0]):
            workspace.put(id, f"answer:{item.id}", result="met")
        assert self_assessed(inspection, own[0]) is marked
        assert not self_assessed(inspection, agencys[0])
        assert (own[0] in self_assessed_items(inspection)) is marked


def test_an_opr_inspection_bears_no_such_mark(workspace: Workspace, id: str) -> None:
    assert self_assessed_items(workspace.inspection(id)) == []


def test_who_did_not_state_his_independence_is_named(workspace: Workspace, id: str) -> None:
    member = f"member:{workspace.key}"
    left = [p for p in workspace.problems(id) if p.record == member]
    assert [p.field for p in left] == ["independence"]
    workspace.put(id, member, independence="No tie to this agency or field office.")
    assert [p for p in workspace.problems(id) if p.record == member] == []
