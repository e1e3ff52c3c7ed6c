"""What the window finds again: texts that were never taken, and the place where somebody was."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.editors import LineEditor
from inspector_app.ui.overview_page import OverviewPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import named, new_workspace, open_page, type_into

SECRET = "a passphrase for tests only"


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one inspection, made once; each test opens a copy."""
    folder = tmp_path_factory.mktemp("desk")
    workspace, _ = new_workspace(folder)
    workspace.close()
    return folder / "desk"


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "desk"))


# -- texts that were never taken -----------------------------------------------------------------


@pytest.fixture
def overview(qtbot: QtBot, folder: Path) -> Iterator[OverviewPage]:
    workspace = Workspace.open(folder, passphrase=SECRET)
    page, _ = open_page(qtbot, OverviewPage, workspace, workspace.inspection_ids()[0])
    yield page
    page.bindings.clear()
    workspace.close()


def line(page: QWidget, name: str) -> LineEditor:
    found = named(page, name)
    assert isinstance(found, LineEditor)
    return found


def test_what_was_typed_and_deleted_again_does_not_come_back(
    qtbot: QtBot, overview: OverviewPage, folder: Path
) -> None:
    id, facility = overview.inspection_id, line(overview, "Facility")
    type_into(qtbot, facility, "Not this one")
    facility.typing.keep_draft()
    facility.selectAll()
    facility.del_()
    facility.typing.typed()
    qtbot.waitUntil(lambda: overview.workspace.desk.store.drafts() == [])
    overview.workspace.close()  # as a kill leaves it
    again = Workspace.open(folder, passphrase=SECRET)
    try:
        assert again.recovered == []
        assert again.inspection(id).visit.facility == ""
    finally:
        again.close()


def test_half_a_date_stands_there_again_with_the_reason(
    qtbot: QtBot, overview: OverviewPage
) -> None:
    """It can never be a change; it is kept as typed, and the page made anew shows it."""
    day = line(overview, "First day")
    type_into(qtbot, day, "xx")
    typed = day.text()
    day.flush()
    overview.show_record("")
    again = line(overview, "First day")
    assert again is not day and again.text() == typed
    qtbot.waitUntil(lambda: "not a day" in again.accessibleDescription())


def test_a_date_that_was_only_a_draft_becomes_a_change_when_it_is_seen(
    qtbot: QtBot, overview: OverviewPage, folder: Path
) -> None:
    id, day = overview.inspection_id, line(overview, "First day")
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "3/11/2026")
    day.typing.keep_draft()
    overview.bindings.clear()
    overview.workspace.close()  # as a kill leaves it
    again = Workspace.open(folder, passphrase=SECRET)
    page, _ = open_page(qtbot, OverviewPage, again, id)
    try:
        qtbot.waitUntil(lambda: again.desk.store.drafts() == [])
        assert str(again.inspection(id).visit.first_day) == "2026-03-11"
        assert line(page, "First day").text() == "March 11, 2026"
    finally:
        page.bindings.clear()
        again.close()
