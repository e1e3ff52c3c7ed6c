"""On the hand-over page: what no bundle has carried yet, and the legal hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.waiting_list import Keeping
from inspector_app.workspace import Workspace, retention
from tests.ui.open_pages import go_to, named, new_workspace, open_page, type_into

Made = tuple[Workspace, str, Path]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id, tmp_path
    workspace.close()


def _words(page: HandOverPage) -> str:
    return " ".join(w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page))


def test_what_waits_is_listed_until_a_bundle_has_it(qtbot: QtBot, made: Made) -> None:
    workspace, id, at = made
    workspace.put(id, "answer:j-70", note="a door")
    page, _ = open_page(qtbot, HandOverPage, workspace, id)
    go_to(page, "")
    assert "In no bundle yet (2)" in _words(page)
    workspace.bundle([id], at / "b", passphrase="a passphrase for it")
    go_to(page, "")
    assert "In no bundle yet" not in _words(page) and "is in a bundle" in _words(page)


def test_a_hold_is_placed_and_ended_with_a_reason(qtbot: QtBot, made: Made) -> None:
    workspace, id, _ = made
    page, window = open_page(qtbot, HandOverPage, workspace, id)
    go_to(page, "")
    named(page, "Put under legal hold").click()  # type: ignore[attr-defined]
    assert "needs a reason" in window.refusals()[0]
    type_into(qtbot, _keeping(page).reason, "a request for records")
    named(page, "Put under legal hold").click()  # type: ignore[attr-defined]
    assert retention.is_held(workspace.desk.log(id))
    qtbot.waitUntil(lambda: "Under legal hold" in _words(page))
    type_into(qtbot, _keeping(page).reason, "released")
    named(page, "End the legal hold").click()  # type: ignore[attr-defined]
    assert not retention.is_held(workspace.desk.log(id))


def _keeping(page: HandOverPage) -> Keeping:
    (found,) = (w for w in page.findChildren(Keeping) if w.isVisibleTo(page))
    return found
