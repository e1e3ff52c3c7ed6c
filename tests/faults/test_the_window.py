"""R3: the disk fails while somebody types in the window, and is well again later.

A sentence says so, what was typed is on the screen still or again, nothing is given up by leaving,
and without a new start the next thing typed brings all of it to the disk.
"""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector_app.workspace import Workspace
from tests.conftest import ROOT, Told
from tests.faults.machine import HALVES, WRITES
from tests.harness import TORTURE
from tests.ui.open_pages import SECRET, desk_copy

HANDS = """
import ctypes, json, os, signal, sys, traceback
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from inspector_app.ui import app
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place

shim, folder = ctypes.CDLL(None), sys.argv[1]

def disk(kind, error):
    '''From now on it fails so; without an error it is well.'''
    shim.shim_arm(folder.encode(), ctypes.c_long(1 if error else 0), kind, error, 1, None)

class Hands:
    def __init__(self):
        (self.window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        self.shell = self.window.shell
        self.inspection = self.shell.workspace.inspection_ids()[0]

    def open(self, item):
        self.shell.go(Place(self.inspection, "checklist", "answer:" + item))
        QTest.qWait(1)
        found = [e for e in self.shell.stack.page.findChildren(QPlainTextEdit)
                 if e.accessibleName() == "Note" and e.isVisible()]
        found[0].setFocus()
        found[0].moveCursor(found[0].textCursor().MoveOperation.End)
        return found[0]

    def type(self, words):
        for letter in words:
            QTest.keyClick(self.window.windowHandle(), letter)

    def told(self):
        strip = self.shell.strip
        for _ in range(100):
            if not strip.isVisible():
                QTest.qWait(50)
        return strip.words.text() if strip.isVisible() else ""

    def leave(self, way):
        if way == "another item":
            self.open("j-01")
        elif way == "another page":
            self.shell.go(Place(self.inspection, "overview"))
        elif way == "all inspections":
            self.shell.home()
        elif way == "lock":
            self.window.lock()
        elif way == "close":
            self.window.close()

def play():
    hands = Hands()
    for item, way, kind, error in json.loads(sys.argv[2]):
        hands.open(item)
        hands.type("before")
        disk(kind, error)
        hands.type(" during")
        hands.leave(way)
        said = {"way": way, "told": hands.told(), "open": hands.window.isVisible()}
        said["shown"] = hands.open(item).toPlainText()
        disk(0, 0)
        hands.type(" after")
        print(json.dumps(said), flush=True)
    QTest.qWait(1500)
    os.kill(os.getpid(), signal.SIGKILL)

def begin():
    try:
        play()
    except BaseException:
        traceback.print_exc()
        os._exit(1)

app.application()
QTimer.singleShot(0, begin)
app.main(Path(folder))
"""
WAYS = ("rest", "another item", "another page", "all inspections", "lock", "close")
ITEMS = ("j-02", "j-03", "j-05", "j-07", "j-09", "j-49")
FAILS = [(WRITES, errno.ENOSPC), (WRITES, errno.EIO), (HALVES, errno.ENOSPC)]
Round = tuple[str, str, int, int]


def rounds(kind: int, error: int) -> list[Round]:
    """An item for each way to leave it; in `make test` a few of them."""
    all_ways = [(item, way, kind, error) for item, way in zip(ITEMS, WAYS, strict=True)]
    return all_ways if TORTURE else [all_ways[3], all_ways[4], all_ways[1]]


def words_survive(shim: Path, tmp_path: Path, played: list[Round], package: Path = ROOT) -> None:
    """Let hands type while the disk fails; then kill the window and look at the disk."""
    folder = desk_copy(tmp_path)
    for said in _said(shim, folder, played, package):
        assert "disk" in said["told"], said
        assert said["shown"] == "before during" and said["open"], said
    workspace = Workspace.open(folder, passphrase=SECRET)
    try:
        inspection = workspace.inspection(workspace.inspection_ids()[0])
        kept = {way: inspection.answer(item).note for item, way, *_ in played}
    finally:
        workspace.close()
    assert kept == {way: "before during after" for _, way, *_ in played}


def _said(shim: Path, folder: Path, played: list[Round], package: Path) -> list[Any]:
    path = os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")])
    given = {"INSPECTOR_PASSPHRASE": SECRET, "LD_PRELOAD": str(shim), "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-P", "-c", HANDS, str(folder), json.dumps(played)],
        env={**os.environ, **given},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("kind, error", FAILS if TORTURE else FAILS[:1])
def test_words_typed_while_the_disk_fails_are_kept(
    shim: Path, tmp_path: Path, kind: int, error: int, told: Told
) -> None:
    played = rounds(kind, error)
    words_survive(shim, tmp_path, played)
    told(f"the disk failed {len(played)} times under the window: told, shown and kept afterwards")
