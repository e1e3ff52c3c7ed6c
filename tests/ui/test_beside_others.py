"""What one answer shows and asks, counted: the figures of docs/decisions/beside-others.md."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.records import Photo
from inspector_app.ui import choosing
from inspector_app.ui.shell import Shell
from tests.ui.open_shell import first, go, opened, press, write_two_inspections

SOON = 20_000
CONTROLS = 12
"""What can be pressed or typed in on the page of an item without an answer."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("beside"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as found:
        yield found


def test_the_page_of_an_item_has_few_controls_and_asks_one_thing(
    qtbot: QtBot, shell: Shell
) -> None:
    id = first(shell)
    go(shell, "checklist", "answer:j-71")
    inside = shell.stack.page.findChildren(QWidget)
    stops = [w for w in inside if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == CONTROLS, [w.accessibleName() for w in stops]
    before = {p.record for p in shell.workspace.problems(id)}
    press(qtbot, Qt.Key.Key_1)
    after = {p.record for p in shell.workspace.problems(id)}
    assert before - after == {"answer:j-71"} and not after - before  # nothing more is asked


def test_an_answer_with_a_note_and_a_photo_is_five_acts(
    qtbot: QtBot, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, workspace = first(shell), shell.workspace
    file = tmp_path / "form.jpg"
    Image.new("RGB", (64, 40), "gray").save(file)
    monkeypatch.setattr(choosing, "open_files", lambda *_: [file])  # the system's own chooser
    go(shell, "checklist", "answer:j-71")
    press(qtbot, Qt.Key.Key_2)  # 1: the answer
    qtbot.keyClicks(QApplication.focusWidget(), "Block four is blank.")  # 2: the note
    press(qtbot, Qt.Key.Key_F9)  # 3: photo; 4: the file
    qtbot.waitUntil(lambda: bool(workspace.inspection(id).all(Photo)), timeout=SOON)
    caption = QApplication.focusWidget()
    assert isinstance(caption, QPlainTextEdit) and caption.accessibleName() == "Caption"
    qtbot.keyClicks(caption, "Block four of the form")  # 5: one line
    press(qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    inspection = workspace.inspection(id)
    (photo,) = inspection.all(Photo)
    assert photo.caption == "Block four of the form"
    assert inspection.answer("j-71").note == "Block four is blank."
    assert photo.id in inspection.ends_from("answer:j-71")
    assert shell.place.record == "answer:j-71"
