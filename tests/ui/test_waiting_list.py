"""On the hand-over page: what no bundle has carried yet, and the way to how it is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.workspace import Workspace, retention
from tests.ui.open_pages import go_to, named, new_workspace, open_page

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


def test_how_it_is_kept_is_said_and_one_button_away(qtbot: QtBot, made: Made) -> None:
    workspace, id, _ = made
    retention.hold(workspace, id, "a request for records")
    page, _ = open_page(qtbot, HandOverPage, workspace, id)
    go_to(page, "")
    hint = named(page, "do not destroy, under legal hold")
    assert hint.isVisible()
    with qtbot.waitSignal(page.navigate) as gone:
        named(page, "How it is kept").click()  # type: ignore[attr-defined]
    assert gone.args == ["keeping", id]
