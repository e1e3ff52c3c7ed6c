"""The register of what ERO does about what comes back, the planner over a workspace, commands."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.workspace import Workspace, planning, program
from inspector_app.workspace.verifying import verify_workspace
from tests.functional.terminal import PASSPHRASE, Terminal
from tests.synthetic_program import Program, play


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened, _ = Workspace.create(tmp_path / "desk", "T. Mock", "ero-headquarters", "HQ", PASSPHRASE)
    yield opened
    opened.close()


def test_s25_a_recurring_type_is_linked_to_actions_and_the_years_after(
    workspace: Workspace,
) -> None:
    made = Program()
    for year, times in ((2023, 1), (2024, 3), (2025, 2), (2026, 1)):
        for turn in range(times):
            made.visit(turn, date(year, 3, 2), types=["D10"])
    play(workspace, made)
    record = program.put_action(
        workspace, title="Training of field supervisors", types="D10 D11", day=date(2024, 9, 16)
    )
    figures = program.figures(workspace, 2026)
    assert figures.recurring() == ["D10"]
    assert figures.counts_of("D10") == (0, 1, 3, 2, 1)
    (action,) = program.actions(workspace)
    assert "D10" in action.types.split() and action.judged is None  # too soon to tell
    program.put_action(workspace, record, judged="fewer", reason="3, then 2, then 1")
    assert program.actions(workspace)[0].judged == "fewer"


def test_the_register_is_a_log_like_any_other(workspace: Workspace) -> None:
    program.put_action(workspace, title="Training", types="D10")
    verify_workspace(workspace)
    (log,) = program._registers(workspace)
    assert log.about["kind"] == "program" and len(log.changes) == 2
    assert log.id not in workspace.inspection_ids()


def test_the_register_is_handed_over_and_merged(workspace: Workspace, tmp_path: Path) -> None:
    program.put_action(workspace, title="Training", types="D10")
    (log,) = program._registers(workspace)
    other, _ = Workspace.create(tmp_path / "o", "R. Placeholder", "opr-reviewer", "U", PASSPHRASE)
    other.accept(workspace.desk.card_file)
    workspace.bundle([log.id], tmp_path / "it.inspection", passphrase=PASSPHRASE)
    other.merge(tmp_path / "it.inspection", passphrase=PASSPHRASE)
    assert [action.title for action in program.actions(other)] == ["Training"]
    other.close()


def test_a_removed_action_is_gone_and_kept(workspace: Workspace) -> None:
    record = program.put_action(workspace, title="Training", types="D10")
    program.remove_action(workspace, record)
    assert program.actions(workspace) == []
    (log,) = program._registers(workspace)
    assert len(log.changes) == 3


@pytest.mark.parametrize(
    ("record", "fields", "told"),
    [
        ("", {"title": "Training", "types": "D99"}, "no type of finding"),
        ("", {"title": "Training"}, "needs a title and the types"),
        ("program-action:none", {"title": "Training"}, "no such action"),
        ("", {"title": "T", "types": "D10", "judged": "surely"}, "judged"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    workspace: Workspace, record: str, fields: dict[str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        program.put_action(workspace, record, **fields)
    assert program.actions(workspace) == []


def test_opr_does_not_write_in_eros_register(tmp_path: Path) -> None:
    inspector, _ = Workspace.create(tmp_path / "i", "Ana Sample", "opr-inspector", "U", PASSPHRASE)
    with pytest.raises(NotAllowed):
        program.put_action(inspector, title="Training", types="D10")
    inspector.close()


def test_s14_a_visit_here_takes_its_agency_off_the_overdue_list(workspace: Workspace) -> None:
    on = date(2026, 3, 20)
    name = planning.program_plan(workspace, on).overdue[0]
    state, agency, _ = name.agreement.key
    row = next(
        r for r in workspace.agencies() if (r.state, r.name.casefold()) == (state, agency)
        and r.model == "JEM"
    )  # fmt: skip
    made = Program()
    made.visit(1, date(2025, 11, 3))
    made.inspections[0] = replace(made.inspections[0], state=row.state, agency=row.name)
    play(workspace, made)
    found = planning.program_plan(workspace, on)
    assert name.agreement.key not in [one.agreement.key for one in found.overdue]
    assert found.inspected == 1
    assert {one.agreement.key[2] for one in found.jem} == {"JEM"}


def test_a_focus_review_starts_no_new_two_years() -> None:
    made = Program()
    visit = made.visit(1, date(2024, 3, 4), types=["D01"] * 4)
    made.focus(visit, date(2024, 9, 2), [""] * 4)
    (days,) = planning.visits_of(made.rows).values()
    assert days == [visit.last_day]


def test_a_text_is_no_formula_in_a_sheet(workspace: Workspace, tmp_path: Path) -> None:
    made = Program()
    made.visit(1, date(2026, 3, 2), types=["D01"])
    made.findings[0] = replace(made.findings[0], title="=1+1")
    (path,) = [p for p in program.write_sheets(made.rows, tmp_path) if p.stem == "finding"]
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == "'=1+1"


def test_s24_figures_and_report_from_the_terminal(
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = Program()
    made.visit(1, date(2026, 3, 2), types=["D01", "D02", "A01", "A02"])
    play(workspace, made)
    workspace.close()
    terminal = Terminal(monkeypatch, capsys)
    desk, file = tmp_path / "desk", tmp_path / "report.pdf"
    found = terminal.done("fiscal-year", desk, "--year", "2026", "-o", file)
    shown = found["years"]["2026"]
    assert (shown["inspected"], shown["four_or_more"], shown["without_memo"]) == (1, 1, 1)
    assert file.read_bytes().startswith(b"%PDF")
    tied = terminal.done("fiscal-year", "--published")
    assert (tied["table-2"]["ties"], tied["table-3"]["ties"]) == (False, True)
    assert terminal.done("plan", desk, "--on", "2026-03-20")["fiscal_year"] == 2026
    terminal.done("program-action", desk, "--title", "Training", "--types", "D01")
    assert terminal.run("program-action", desk)[0]["title"] == "Training"
