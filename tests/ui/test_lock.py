"""Locking: by key, by idle time, when the system sleeps; the process that had the key has ended."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from inspector_app.ui import preferences, theme
from inspector_app.ui.app import application
from inspector_app.ui.idle import FilledClipboard, IdleClock, SleepWatch, lock_chooser
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.unlock_page import UnlockPage
from inspector_app.workspace import Workspace
from inspector_app.workspace.desk import open_desk_keys
from tests.conftest import ROOT
from tests.ui.open_pages import SECRET, desk_copy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk_copy(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """The window, open at the note of J-02."""
    theme.apply(application(), "light", 1.0)
    made = MainWindow(folder)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.enter(Workspace.open(folder, passphrase=SECRET))
    assert made.shell is not None
    made.shell.go(Place(made.shell.workspace.inspection_ids()[0], "checklist", "answer:j-02"))
    note_of(made).setFocus()
    yield made
    made.close()


def note_of(window: MainWindow) -> QPlainTextEdit:
    QApplication.processEvents()
    assert window.shell is not None
    editors = window.shell.stack.page.findChildren(QPlainTextEdit)
    return next(e for e in editors if e.accessibleName() == "Note" and e.isVisible())


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


# -- idle time -----------------------------------------------------------------------------------


def test_it_warns_a_minute_before_and_ends_on_time(qtbot: QtBot) -> None:
    now = Clock()
    clock = IdleClock(minutes=lambda: 15, now=now)
    said: list[object] = []
    clock.warned.connect(said.append)
    clock.ended.connect(lambda: said.append("end"))
    for seconds in (0, 600, 839, 840, 870, 899, 900):
        now.at = 1_000.0 + seconds
        clock.tick()
    assert said == [60, 30, 1, "end"]


def test_a_key_in_the_last_minute_starts_it_anew(qtbot: QtBot) -> None:
    now = Clock()
    clock = IdleClock(minutes=lambda: 15, now=now)
    said: list[object] = []
    clock.warned.connect(said.append)
    clock.woke.connect(lambda: said.append("woke"))
    clock.ended.connect(lambda: said.append("end"))
    now.at += 850
    clock.tick()
    clock.used()
    now.at += 800
    clock.tick()
    assert said == [50, "woke"]


def test_an_hour_asleep_counts_and_a_clock_set_back_does_not(qtbot: QtBot) -> None:
    now = Clock()
    clock = IdleClock(minutes=lambda: 15, now=now)
    said: list[object] = []
    clock.ended.connect(lambda: said.append("end"))
    now.at -= 5_000
    clock.tick()
    assert said == []
    now.at += 3_600
    clock.tick()
    assert said == ["end"]


def test_how_long_is_chosen_and_holds_at_once(qtbot: QtBot) -> None:
    chooser = lock_chooser()
    qtbot.addWidget(chooser)
    assert chooser.value() == "15"
    chooser.chip("30").click()
    now = Clock()
    clock = IdleClock(now=now)
    said: list[object] = []
    clock.ended.connect(lambda: said.append("end"))
    now.at += 29 * 60
    clock.tick()
    assert said == [] and preferences.lock_minutes() == 30
    chooser.chip("15").click()
    clock.tick()
    assert said == ["end"]


def test_the_warning_stands_under_the_bar_and_a_moved_pointer_takes_it_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    shell, clock = window.shell, window.guard.clock
    assert shell is not None
    clock.now = lambda: time.time() + 14 * 60 + 10
    clock.tick()
    assert shell.idle.isVisible()
    assert re.search(r"(4\d|50) seconds", shell.idle.accessibleName())
    assert note_of(window).hasFocus()  # it takes neither a key nor the focus
    QTest.mouseMove(window.windowHandle(), QPoint(300, 300))
    qtbot.waitUntil(lambda: not shell.idle.isVisible())
    clock.tick()
    assert not shell.idle.isVisible() and window.shell is shell


def test_after_the_time_it_locks_and_opens_with_the_caret_where_it_was(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    note = note_of(window)
    qtbot.keyClicks(note, "Both pages are here")
    for _ in range(4):
        qtbot.keyClick(note, Qt.Key.Key_Left)
    window.guard.clock.now = lambda: time.time() + 16 * 60
    window.guard.clock.tick()
    assert window.shell is None and isinstance(window.gate, UnlockPage)
    window.gate.secret.line.setText(SECRET)
    window.gate.unlock()
    again = note_of(window)
    assert again is not note and again.hasFocus()
    qtbot.keyClicks(again, "still ")
    assert again.toPlainText() == "Both pages are still here"


# -- what leaves with it -------------------------------------------------------------------------


def test_what_was_copied_here_is_taken_off_the_clipboard(qtbot: QtBot, window: MainWindow) -> None:
    note = note_of(window)
    qtbot.keyClicks(note, "Detainee C-3 said so")
    note.selectAll()
    note.copy()
    assert QGuiApplication.clipboard().text() == "Detainee C-3 said so"
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(qtbot: QtBot) -> None:
    application()
    in_front = [True, False]
    filled = FilledClipboard(None, lambda: in_front.pop(0))
    QGuiApplication.clipboard().setText("from here")
    QGuiApplication.clipboard().setText("from elsewhere")
    filled.clear()
    assert QGuiApplication.clipboard().text() == "from elsewhere"


def test_words_that_the_disk_does_not_take_keep_it_open(qtbot: QtBot, window: MainWindow) -> None:
    shell = window.shell
    assert shell is not None
    note = note_of(window)
    qtbot.keyClicks(note, "On the screen alone")
    may_write(shell.workspace, may=False)
    window.lock()
    assert window.shell is shell and note.toPlainText() == "On the screen alone"
    assert "could not be saved" in shell.strip.accessibleName()
    shell.refresh()
    assert shell.status.saved.text() == "Not saved"
    window.close()
    assert window.isVisible()  # once more is asked for
    may_write(shell.workspace, may=True)
    window.lock()
    assert window.shell is None


def may_write(workspace: Workspace, *, may: bool) -> None:
    """Whether the store takes anything: no is what a disk that is full or read-only says."""
    workspace.desk.store._db.execute(f"PRAGMA query_only = {'OFF' if may else 'ON'}")


# -- sleep ---------------------------------------------------------------------------------------


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a bus of our own."""
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert daemon.stdout
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_it_hears_that_the_system_goes_to_sleep(qtbot: QtBot, bus: str) -> None:
    application()
    system = QDBusConnection.connectToBus(bus, "system that sleeps")
    assert system.registerService("org.freedesktop.login1")
    watch = SleepWatch(bus=QDBusConnection.connectToBus(bus, "window"))
    heard: list[str] = []
    watch.sleeping.connect(lambda: heard.append("sleep"))
    for going in (False, True):
        told = QDBusMessage.createSignal(
            "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"
        )
        told.setArguments([going])
        assert system.send(told)
    qtbot.waitUntil(lambda: heard == ["sleep"])


def test_without_a_bus_it_is_silent(qtbot: QtBot) -> None:
    application()
    SleepWatch(bus=QDBusConnection("there is no such bus"))


# -- the process ---------------------------------------------------------------------------------

PROGRAM = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from inspector_app.ui import app
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place

def act():
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    if window.shell is None:
        print("locked", os.getpid(), flush=True)
        sys.stdin.readline()
        os._exit(0)
    inspection = window.shell.workspace.inspection_ids()[0]
    window.shell.go(Place(inspection, "checklist", "answer:j-02"))
    QApplication.processEvents()
    editors = window.shell.stack.page.findChildren(QPlainTextEdit)
    note = next(e for e in editors if e.accessibleName() == "Note" and e.isVisible())
    note.setFocus()
    note.insertPlainText("".join(chr(int(c)) for c in sys.argv[2].split(",")))
    print("typed", os.getpid(), flush=True)
    window.lock()

app.application()
QTimer.singleShot(0, act)
app.main(Path(sys.argv[1]))
"""
WORDS = "Quetzalcoatlus northropi"
"""Words that no library holds."""


def test_the_process_that_had_the_key_and_the_words_has_ended(folder: Path) -> None:
    """Its successor, which waits for the passphrase, holds neither: its memory is searched.

    Nor does any file (S3): workspace, home, caches and temporary files are searched afterwards.
    """
    letters = ",".join(str(ord(letter)) for letter in WORDS)
    kept = folder.parent
    places = {name: str(kept) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), letters],
        env={**os.environ, **places, "INSPECTOR_PASSPHRASE": SECRET},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    try:
        assert child.stdout.readline().startswith("typed")
        assert child.stdout.readline().startswith("locked")
        memory = memory_of(child.pid)
        key = open_desk_keys(folder, SECRET, None).database
        secrets = (WORDS.encode(), WORDS.encode("utf-16-le"), SECRET.encode(), key)
        for secret in secrets:
            assert not any(secret in part for part in memory)
    finally:
        child.communicate("end\n", timeout=30)
    files = [path.read_bytes() for path in kept.rglob("*") if path.is_file()]
    assert files and not any(secret in data for secret in secrets for data in files)
    workspace = Workspace.open(folder, passphrase=SECRET)
    try:
        inspection = workspace.inspection(workspace.inspection_ids()[0])
        assert inspection.answer("j-02").note == WORDS  # and nothing was lost by it
    finally:
        workspace.close()


def memory_of(pid: int) -> list[bytes]:
    """What a process holds in memory that it may write; only root may look."""
    parts = []
    try:
        with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                place, rights = line.split()[:2]
                if rights.startswith("rw"):
                    start, end = (int(at, 16) for at in place.split("-"))
                    memory.seek(start)
                    parts.append(memory.read(end - start))
    except (PermissionError, FileNotFoundError):
        pytest.skip("only root on Linux may search another process's memory")
    assert sum(map(len, parts)) > 10_000_000
    return parts
