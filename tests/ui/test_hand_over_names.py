"""Hand-over of names: said beforehand to whom, and only where the box is ticked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui import choosing
from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.workspace import Workspace, names
from tests.ui.open_pages import named, new_workspace, open_page, press

BOX = "With the names of people"
Two = tuple[Workspace, Workspace, str]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    ana, id = new_workspace(tmp_path)
    marcus, _ = Workspace.create(
        tmp_path / "other", "Marcus Example", "opr-inspector", "Chicago", "a second passphrase here"
    )
    marcus.accept(ana.card())
    ana.accept(marcus.card())
    yield ana, marcus, id
    ana.close()
    marcus.close()


def words(page: HandOverPage) -> str:
    return " ".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))


@pytest.mark.parametrize("ticked", [False, True])
def test_the_box_says_who_can_read_the_names(
    qtbot: QtBot, two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticked: bool
) -> None:
    ana, marcus, id = two
    record = ana.new(id, "interview", role="designated-officer").record
    names.put_name(ana, id, record, "R. Placeholder")
    path = tmp_path / "handed.inspection"
    monkeypatch.setattr(choosing, "save_file", lambda *_: path)  # the system's own file chooser
    page, window = open_page(qtbot, HandOverPage, ana, id)
    assert "nobody who gets the bundle can read it" in words(page)
    if ticked:
        named(page, BOX).setFocus()
        press(qtbot, Qt.Key.Key_Space)
        assert "Marcus Example will be able to read it" in words(page)
    press(qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: path.exists() and not page.work.is_busy, timeout=20_000)
    assert window.refusals() == []
    marcus.merge(path)
    told = names.name_of(marcus, id, record)
    assert told.text == ("R. Placeholder" if ticked else "")


def test_without_a_key_there_is_no_box(qtbot: QtBot, two: Two) -> None:
    ana, _, id = two
    page, _ = open_page(qtbot, HandOverPage, ana, id)
    assert BOX not in [w.accessibleName() for w in page.findChildren(QLabel)]
    assert "names" not in words(page)
