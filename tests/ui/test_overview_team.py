"""The overview's team: sections are given and taken back, and everybody states his independence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.inspection.assignment import owners, sections_of
from inspector_app.records import Member
from inspector_app.ui.overview_page import OverviewPage
from inspector_app.ui.overview_team import ASKED
from inspector_app.ui.pages import PAGES
from inspector_app.workspace import Workspace
from tests.ui.open_pages import Window, choose, named, new_workspace, open_page, press, type_into

Desk = tuple[Workspace, str]
GIVER = "Give a section to Ana Sample"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> tuple[OverviewPage, Window]:
    return open_page(qtbot, OverviewPage, *desk)


def test_a_section_is_given_and_taken_back_by_keys(
    qtbot: QtBot, desk: Desk, opened: tuple[OverviewPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    me = f"member:{workspace.key}"
    giver = named(page, GIVER)
    assert isinstance(giver, QComboBox)
    choose(qtbot, giver)
    first = workspace.inspection(id).form.sections[0]
    assert sections_of(workspace.inspection(id), me) == [first]
    assert owners(workspace.inspection(id), first.id) == "A"
    assert QApplication.focusWidget() is giver and giver.currentIndex() == 0
    (checklist,) = [kind for kind in PAGES if kind.name == "checklist"]
    assert checklist.entries(workspace.inspection(id))[0].count.startswith("A  0 of ")
    named(page, first.title).setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert sections_of(workspace.inspection(id), me) == []
    workspace.undo(id)
    assert named(page, first.title).isVisible()


def test_independence_is_asked_until_it_is_stated(
    qtbot: QtBot, desk: Desk, opened: tuple[OverviewPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk

    def asked() -> bool:
        labels = [one for one in page.findChildren(QLabel) if one.text() == ASKED]
        return any(one.isVisible() for one in labels)

    qtbot.waitUntil(asked)
    type_into(qtbot, named(page, "My independence"), "No tie to either.")
    page.leave()
    member = workspace.inspection(id).get(Member, f"member:{workspace.key}")
    assert member is not None and member.independence == "No tie to either."
    assert not asked()
    workspace.undo(id)
    assert asked()
