"""The overview says whether the signed agreement was compared, and lets a person say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.overview_page import OverviewPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import new_workspace, open_page

Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def words(page: OverviewPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def button(page: OverviewPage, text: str) -> QAbstractButton:
    found = page.findChildren(QAbstractButton)
    return next(one for one in found if one.text().startswith(text) and one.isVisibleTo(page))


def test_a_copy_is_compared_by_the_machine_and_then_by_the_person(
    qtbot: QtBot, desk: Desk, shared: Path
) -> None:
    workspace, id = desk
    workspace.add_agreement(
        id, (shared / "moa" / "jem-2025-hamilton-in.pdf").read_bytes(), "signed-copy"
    )
    page, window = open_page(qtbot, OverviewPage, workspace, id)
    button(page, "Compare with this checklist").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(text.endswith("all found.") for text in words(page)), timeout=20000)
    assert QApplication.focusWidget() is button(page, "I compared it")
    button(page, "I compared it").click()
    assert workspace.inspection(id).agreement_state == "confirmed"
    qtbot.waitUntil(lambda: any("was compared with this" in text for text in words(page)))
    assert window.refusals() == []


def test_comparing_is_cancelled(qtbot: QtBot, desk: Desk, shared: Path) -> None:
    workspace, id = desk
    workspace.add_agreement(
        id, (shared / "moa" / "jem-2025-hamilton-in.pdf").read_bytes(), "signed-copy"
    )
    page, _ = open_page(qtbot, OverviewPage, workspace, id)
    told: list[str] = []
    page.message.connect(told.append)
    button(page, "Compare with this checklist").click()
    button(page, "Cancel").click()
    qtbot.waitUntil(lambda: told == ["Cancelled. Nothing was compared."], timeout=20000)
    assert button(page, "Compare with this checklist").isEnabled()


def test_another_text_is_confirmed_only_with_a_reason(
    qtbot: QtBot, desk: Desk, shared: Path
) -> None:
    workspace, id = desk
    workspace.add_agreement(
        id, (shared / "moa" / "jem-2020-florida-doc.pdf").read_bytes(), "signed-copy"
    )
    page, window = open_page(qtbot, OverviewPage, workspace, id)
    button(page, "Compare with this checklist").click()
    qtbot.waitUntil(
        lambda: any("not of this checklist" in text for text in words(page)), timeout=20000
    )
    button(page, "I compared it").click()
    assert workspace.inspection(id).agreement_state == "by-day"
    assert any("give a reason" in refusal for refusal in window.refusals())


def test_an_agreement_that_is_not_on_file_is_said_and_taken_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    page, _ = open_page(qtbot, OverviewPage, workspace, id)
    button(page, "It is not on file").click()
    qtbot.waitUntil(lambda: "The signed agreement is not on file." in words(page))
    button(page, "It is on file").click()
    assert workspace.inspection(id).agreement_state == "by-day"
