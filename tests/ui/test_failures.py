"""A failure of the program in the window: a sentence in the strip, and the work goes on."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from inspector_app import crashes
from inspector_app.ui.failures import Failures
from inspector_app.ui.main_window import MainWindow
from tests.ui.open_pages import new_workspace

CANARY = "what Specimen said at the gate"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr("inspector_app.crashes.log_folder", lambda: tmp_path / "log")
    hooks = sys.excepthook, threading.excepthook
    workspace, _ = new_workspace(tmp_path)
    made = MainWindow(workspace.folder)
    qtbot.addWidget(made)
    made.enter(workspace)
    crashes.catch(Failures(made).happened.emit)
    yield made
    sys.excepthook, threading.excepthook = hooks
    made.close()


@pytest.mark.parametrize("where", ["window", "thread"])
def test_a_failure_is_told_in_a_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, where: str
) -> None:
    def fail() -> None:
        raise ValueError(CANARY)

    assert window.shell is not None
    strip = window.shell.strip
    if where == "window":
        QTimer.singleShot(0, lambda: sys.excepthook(ValueError, ValueError(CANARY), None))
    else:
        threading.Thread(target=fail).start()
    qtbot.waitUntil(lambda: not strip.isHidden())
    assert "what is saved is safe" in strip.words.text() and CANARY not in strip.words.text()
    (path,) = (tmp_path / "log").iterdir()
    assert CANARY not in path.read_text("utf-8")
