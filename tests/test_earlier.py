"""Carrying over: an earlier answer is offered where the same was asked, else only shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from inspector_app import agencies, forms
from inspector_app.errors import NotAllowed
from inspector_app.workspace import Plan, Workspace
from inspector_app.workspace.derived_rows import rows
from inspector_app.workspace.earlier import earlier_answers, earlier_visits, take_over
from tests.synthetic_program import Program, play

ITEM = "j-70"


def start(workspace: Workspace, day: date, form: str = "jem-2025", practice: bool = False) -> str:
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    found = agencies.resolve(row, forms.shipped())
    last = day + timedelta(days=2)
    plan = Plan(row, found, "inspection", day, last, form, "for the test", practice=practice)
    return workspace.start(plan)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(
        tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", "a passphrase for tests"
    )
    yield made
    made.close()


def answered(
    workspace: Workspace, day: date, form: str = "jem-2025", practice: bool = False
) -> str:
    id = start(workspace, day, form, practice)
    workspace.put(id, f"answer:{ITEM}", result="met", note="All 20 records show it.")
    return id


def test_the_same_question_is_offered_and_taken_over_in_one_step(workspace: Workspace) -> None:
    answered(workspace, date(2024, 3, 10))
    id = start(workspace, date(2026, 3, 10))
    item = workspace.inspection(id).form.item(ITEM)
    (found,) = earlier_answers(item, earlier_visits(workspace, id))
    assert found.same and found.answer.result == "met"
    take_over(workspace, id, ITEM, found)
    answer = workspace.inspection(id).answer(ITEM)
    assert answer.result == "met" and answer.question == item.digest
    assert answer.note.startswith("As on the visit of March 12, 2024. All 20 records")
    workspace.undo(id)
    assert workspace.inspection(id).answer(ITEM).result is None


@pytest.mark.parametrize("in_step", [False, True])
def test_no_inspection_of_another_agency_is_read_for_it(
    workspace: Workspace, in_step: bool
) -> None:
    made = Program()
    for agency in (1, 2, 1):
        made.visit(agency, date(2024 + len(made.inspections), 3, 2))
    first, other, last = play(workspace, made).values()
    if in_step:
        rows(workspace)
    assert [one.id for one in earlier_visits(workspace, last)] == [first]
    assert first in workspace._open and other not in workspace._open


def test_a_reworded_question_is_shown_beside_and_not_taken_over(workspace: Workspace) -> None:
    answered(workspace, date(2024, 3, 10))
    id = start(workspace, date(2026, 3, 10))
    item = replace(workspace.inspection(id).form.item(ITEM), digest="0" * 64)
    (found,) = earlier_answers(item, earlier_visits(workspace, id))
    assert not found.same
    with pytest.raises(NotAllowed, match="worded differently"):
        take_over(workspace, id, ITEM, found)
    assert workspace.inspection(id).answer(ITEM).result is None


def test_a_question_under_its_earlier_id_is_found(workspace: Workspace) -> None:
    answered(workspace, date(2024, 3, 10))
    id = start(workspace, date(2026, 3, 10))
    renamed = replace(workspace.inspection(id).form.item(ITEM), id="j-470", was=(ITEM,))
    (found,) = earlier_answers(renamed, earlier_visits(workspace, id))
    assert found.answer.result == "met"


def test_later_visits_and_practice_are_no_earlier_visits(workspace: Workspace) -> None:
    answered(workspace, date(2026, 9, 1))
    answered(workspace, date(2024, 3, 10), practice=True)
    id = start(workspace, date(2026, 3, 10))
    assert earlier_visits(workspace, id) == []


def test_the_latest_visit_comes_first(workspace: Workspace) -> None:
    first = answered(workspace, date(2022, 3, 10))
    second = answered(workspace, date(2024, 3, 10))
    id = start(workspace, date(2026, 3, 10))
    assert [visit.id for visit in earlier_visits(workspace, id)] == [second, first]
