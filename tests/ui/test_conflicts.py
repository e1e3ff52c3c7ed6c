"""Conflicts on the hand-over page: mine, theirs, before; by key; all of a kind at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import disagree, go_to, named, new_workspace, open_page


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    workspace, id = new_workspace(tmp_path)
    workspace.put(id, "visit:self", limits="nothing yet")
    disagree(workspace, id, tmp_path, "visit:self", limits="No photos")
    yield workspace, id
    workspace.close()


def _limits(workspace: Workspace, id: str) -> str:
    return workspace.inspection(id).visit.limits


@pytest.mark.parametrize("key", ["Left", "Right", "B"])
def test_a_key_decides_a_conflict(qtbot: QtBot, ana: tuple[Workspace, str], key: str) -> None:
    workspace, id = ana
    page, _ = open_page(qtbot, HandOverPage, workspace, id)
    go_to(page, "")
    button = named(page, "Keep both")
    (card,) = (c for c in page.findChildren(ConflictCard) if c.isAncestorOf(button))
    words = " ".join(w.text() for w in card.findChildren(QLabel))
    assert "nothing yet" in words and "No photos too" in words and "Mine" in words
    button.setFocus()
    sides = [side.values["limits"] for side in workspace.inspection(id).conflicts()[0].alternatives]
    qtbot.keyClick(button, Qt.Key[f"Key_{key}"])
    assert not workspace.inspection(id).conflicts()
    kept = {"Left": sides[0], "Right": sides[1], "B": "\n\n".join(map(str, sides))}
    assert _limits(workspace, id) == kept[key]


def test_all_of_a_kind_stand_with_their_number(qtbot: QtBot, tmp_path: Path) -> None:
    workspace, id = new_workspace(tmp_path)
    other = tmp_path / "between"
    other.mkdir()
    disagree(workspace, id, other, "answer:j-70", note="A door")
    marcus = Workspace.open(other / "other", passphrase="another passphrase for tests")
    for one, word in ((workspace, "mine"), (marcus, "theirs")):
        one.put(id, "answer:j-82", note=word)
    marcus.bundle([id], other / "more", to=[workspace.desk.card])
    workspace.merge(other / "more")
    page, _ = open_page(qtbot, HandOverPage, workspace, id)
    go_to(page, "")
    named(page, "Keep those of Marcus Example in all 2").click()  # type: ignore[attr-defined]
    assert not workspace.inspection(id).conflicts()
    assert workspace.inspection(id).answer("j-82").note == "theirs"
    marcus.close()
    workspace.close()


def test_notes_are_read_beside_the_result_that_stands(qtbot: QtBot, tmp_path: Path) -> None:
    workspace, id = new_workspace(tmp_path)
    workspace.put(id, "answer:j-70", result="not-met")
    disagree(workspace, id, tmp_path, "answer:j-70", note="A door")
    page, _ = open_page(qtbot, ChecklistPage, workspace, id)
    go_to(page, "answer:j-70")
    (card,) = page.findChildren(ConflictCard)
    words = [w.text() for w in card.findChildren(QLabel)]
    assert words[words.index("Result, not disputed") + 1] == "Not met"
    workspace.close()
