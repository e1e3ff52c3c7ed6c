"""Backups in the window: planned, made beside it when due, told calmly when the stick is away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.backing_up import BackupPanel, backups_of
from inspector_app.workspace import Workspace, backing_up
from inspector_app.workspace.backup import BUNDLE_FILE
from tests.ui.open_pages import new_workspace


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Workspace]:
    workspace, _ = new_workspace(tmp_path)
    yield workspace
    workspace.close()


def _shown(qtbot: QtBot, workspace: Workspace) -> tuple[QWidget, BackupPanel]:
    host = QWidget()
    qtbot.addWidget(host)
    box = QHBoxLayout(host)
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    panel = BackupPanel(workspace)
    box.addWidget(panel)
    host.resize(500, 400)
    host.show()
    return host, panel


def _words(panel: BackupPanel) -> str:
    return " ".join(w.text() for w in panel.findChildren(QLabel) if w.isVisibleTo(panel))


def test_a_folder_is_chosen_and_a_backup_made(
    qtbot: QtBot, ana: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    _host, panel = _shown(qtbot, ana)
    assert "There is no backup yet" in _words(panel) and not panel.now.isEnabled()
    monkeypatch.setattr("inspector_app.ui.choosing.choose_folder", lambda *_: stick)
    qtbot.keyClick(panel.choose, Qt.Key.Key_Space)
    assert backing_up.plan_of(ana).days == 7 and panel.now.isEnabled()
    qtbot.keyClick(panel.now, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not backups_of(ana).is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: "read back and found whole" in _words(panel))
    assert (stick / BUNDLE_FILE).exists()
    panel.often.chip("1").click()
    assert backing_up.plan_of(ana).days == 1


def test_one_that_is_due_is_made_by_itself(qtbot: QtBot, ana: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backing_up.set_plan(ana, stick, 7)
    told: list[str] = []
    backups = backups_of(ana)
    backups.told.connect(told.append)
    backups.look()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert backing_up.last_made(ana) and (stick / BUNDLE_FILE).exists()
    told.clear()
    backups.look()
    assert not backups.is_busy and not told


def test_a_stick_that_is_away_is_said_and_nothing_fails(
    qtbot: QtBot, ana: Workspace, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backing_up.set_plan(ana, stick, 7)
    shutil.rmtree(stick)
    _host, panel = _shown(qtbot, ana)
    backups_of(ana).look()
    qtbot.waitUntil(lambda: "plug it in" in _words(panel))
    assert not stick.exists()
    panel.now.click()
    qtbot.waitUntil(lambda: not backups_of(ana).is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: "plug it in" in _words(panel))


def test_one_under_way_is_cancelled_and_the_one_before_stays(
    qtbot: QtBot, ana: Workspace, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backing_up.set_plan(ana, stick, 0)
    _host, panel = _shown(qtbot, ana)
    panel.now.click()
    qtbot.waitUntil(lambda: backing_up.last_made(ana) is not None, timeout=20_000)
    before = (stick / BUNDLE_FILE).read_bytes()
    assert panel.cancel.isHidden()
    panel.now.setFocus()
    qtbot.keyClick(panel.now, Qt.Key.Key_Space)
    assert panel.focusWidget() is panel.cancel
    qtbot.keyClick(panel.cancel, Qt.Key.Key_Space)  # at once: it ends before it is read back
    qtbot.waitUntil(lambda: not backups_of(ana).is_busy, timeout=20_000)
    assert panel.focusWidget() is panel.now
    qtbot.waitUntil(lambda: "read back and found whole" in _words(panel))
    assert panel.cancel.isHidden() and len([*stick.iterdir()]) == 3  # and no half of a file
    assert (stick / BUNDLE_FILE).read_bytes() == before
