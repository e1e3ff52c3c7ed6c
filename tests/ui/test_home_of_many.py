"""Home with many inspections: the newest at once, all soon after, and then whole."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui import home_page
from inspector_app.ui.home_page import HomePage
from inspector_app.workspace import Workspace, derived_rows, listing
from inspector_app.workspace.derived_rows import rows
from inspector_app.workspace.summary import UNKNOWN
from tests.synthetic_program import Program, play

MADE = 6


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(derived_rows, "MANY", 2)
    monkeypatch.setattr(listing, "_NEWEST", 3)
    monkeypatch.setattr(listing, "_KEPT_OPEN", 2)
    monkeypatch.setattr(home_page, "_SECONDS", 0.001)  # one row a step, however fast the machine is
    workspace, _ = Workspace.create(
        tmp_path / "desk", "T. Mock", "ero-headquarters", "HQ", "a passphrase for tests"
    )
    made = Program()
    for agency in range(MADE):
        made.visit(agency, date(2026, 3, 2))
    play(workspace, made)
    yield workspace
    workspace.close()


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> Iterator[HomePage]:
    rows(workspace)
    page = HomePage(workspace, "")
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    yield page
    page.leave()


def is_whole(page: HomePage) -> bool:
    return len(page._rows) == MADE and all(row.left > 0 for row in page._rows)


def chips(page: HomePage) -> list[str]:
    return [page.chips.chip(name).text() for name in home_page.FILTERS]


def test_the_newest_are_there_at_once_with_the_count_of_all(page: HomePage) -> None:
    page.show_record("")
    assert [row.agency[:19] for row in page._rows] == [f"Example County 000{n}" for n in (5, 4, 3)]
    assert {row.left for row in page._rows} == {UNKNOWN}
    assert chips(page) == ["All  6", "Mine  …", "Conflicts  …", "Practice  6"]
    assert page.work.isHidden()


def test_the_others_follow_and_are_made_whole(page: HomePage, qtbot: QtBot) -> None:
    page.show_record("")
    qtbot.waitUntil(lambda: is_whole(page))
    assert all(row.not_handed_over == 1 for row in page._rows)
    assert chips(page) == ["All  6", "Mine  0", "Conflicts  0", "Practice  6"]
    assert not page.workspace._open


def test_the_current_row_stays_while_the_rest_follows(page: HomePage, qtbot: QtBot) -> None:
    page.show_record("")
    page.table.selectRow(2)
    chosen = page.table.current_id()
    qtbot.waitUntil(lambda: is_whole(page))
    assert page.table.current_id() == chosen


def test_what_was_written_meanwhile_is_seen_when_one_comes_back(
    page: HomePage, qtbot: QtBot
) -> None:
    page.show_record("")
    qtbot.waitUntil(lambda: is_whole(page))
    page.leave()
    id = page._rows[0].id
    page.workspace.put(id, "visit:self", facility="Wing B")
    page.show_record("")
    qtbot.waitUntil(lambda: page._rows[0].not_handed_over > 1)
    assert is_whole(page)


def test_of_a_workspace_that_nobody_read_the_first_look_says_so(
    workspace: Workspace, qtbot: QtBot
) -> None:
    page = HomePage(workspace, "")
    qtbot.addWidget(page)
    page.show()
    page.show_record("")
    said = [label.text() for label in page.findChildren(QLabel)]
    assert not page._rows and "Reading the inspections …" in said
    qtbot.waitUntil(lambda: is_whole(page))


def test_cancelled_it_lists_what_was_read(page: HomePage, qtbot: QtBot) -> None:
    page.show_record("")
    page.work.stop()
    qtbot.waitUntil(lambda: page._listing.is_listed)
    assert len(page._rows) == MADE and chips(page)[0] == "All  6"


def test_a_workspace_that_is_closed_meanwhile_is_let_alone(page: HomePage) -> None:
    page.show_record("")
    page.leave()
    page.workspace.desk.is_open = False
    page._fill_some()
    assert {row.left for row in page._rows} == {UNKNOWN}
