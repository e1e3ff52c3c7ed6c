"""Home with many inspections: painted at once, whole soon after, and usable in between."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector_app.ui import home_page
from inspector_app.ui.home_page import HomePage
from inspector_app.workspace import Workspace
from inspector_app.workspace.summary import UNKNOWN
from tests.synthetic_program import Program, play


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HomePage]:
    monkeypatch.setattr(home_page, "_AT_ONCE", 2)
    monkeypatch.setattr(home_page, "_SECONDS", 0.001)  # one row a step, however fast the machine is
    monkeypatch.setattr(home_page, "_PAUSE", 100)
    workspace, _ = Workspace.create(
        tmp_path / "desk", "T. Mock", "ero-headquarters", "HQ", "a passphrase for tests"
    )
    made = Program()
    for agency in range(6):
        made.visit(agency, date(2026, 3, 2))
    play(workspace, made)
    page = HomePage(workspace, "")
    qtbot.addWidget(page)
    page.show_record("")
    yield page
    workspace.close()


def test_names_are_there_at_once_and_the_rest_follows(page: HomePage, qtbot: QtBot) -> None:
    assert page._rows[0].agency == "Example County 0005 Sheriff, ZZ"
    assert {row.left for row in page._rows} == {UNKNOWN}
    qtbot.waitUntil(lambda: all(row.left > 0 for row in page._rows))
    assert all(row.not_handed_over == 1 for row in page._rows)


def test_the_current_row_stays_while_the_rest_follows(page: HomePage, qtbot: QtBot) -> None:
    page.table.selectRow(3)
    chosen = page.table.current_id()
    qtbot.waitUntil(lambda: all(row.left > 0 for row in page._rows))
    assert page.table.current_id() == chosen


def test_a_workspace_that_is_closed_meanwhile_is_let_alone(page: HomePage) -> None:
    page.workspace.desk.is_open = False
    page._fill_some()
    assert {row.left for row in page._rows} == {UNKNOWN}
