"""A backup is restored where no workspace is yet, by keys, and the window enters it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.restore_step import RestoreStep
from inspector_app.workspace.backup import back_up
from tests.ui.open_pages import SECRET, named, new_workspace, type_into


def space(qtbot: QtBot, window: QWidget, name: str) -> None:
    found = named(window, name)
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)


def test_a_backup_becomes_the_workspace_of_a_new_laptop(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, id = new_workspace(tmp_path)
    digest = ana.digest(id)
    back_up(ana, tmp_path / "stick")
    ana.close()
    window = MainWindow(tmp_path / "new")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    monkeypatch.setattr("inspector_app.ui.choosing.choose_folder", lambda *_: tmp_path / "stick")
    space(qtbot, window, "Restore a backup")
    [step] = window.findChildren(RestoreStep)
    space(qtbot, window, "Restore it")
    assert "Choose the folder" in step.refusal.text()
    space(qtbot, window, "Choose the backup’s folder")
    type_into(qtbot, step.secret.line, "not the passphrase of it")
    qtbot.keyClick(step.secret.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: step.refusal.isVisible(), timeout=20_000)
    assert window.shell is None and not (tmp_path / "new").exists()
    step.secret.line.clear()
    type_into(qtbot, step.secret.line, SECRET)
    qtbot.keyClick(step.secret.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert window.workspace is not None and window.workspace.digest(id) == digest
    window.close()
