"""Text typed is on the disk within one second, whatever happens next."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getsource
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from inspector_app.store import Store
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.workspace import Workspace
from inspector_app.workspace import place as kept_place
from inspector_app.workspace.desk import STORE_FILE
from tests.conftest import ROOT, Told
from tests.harness import count
from tests.ui.open_pages import SECRET, desk_copy

WORDS = "Seen at the second desk"
KILLS = count(4, 100)
LIMIT = 1.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk_copy(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """An open window with the caret in the note of J-02."""
    theme.apply(application(), "light", 1.0)
    made = MainWindow(folder)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.enter(Workspace.open(folder, passphrase=SECRET))
    assert made.shell is not None
    made.shell.go(Place(inspection(made), "checklist", "answer:j-02"))
    QApplication.processEvents()
    editors = made.findChildren(QPlainTextEdit)
    next(e for e in editors if e.accessibleName() == "Note" and e.isVisible()).setFocus()
    yield made
    made.close()


def inspection(window: MainWindow) -> str:
    assert window.workspace is not None
    return window.workspace.inspection_ids()[0]


def type_words(window: MainWindow, words: str = WORDS) -> None:
    """By keys as the system sends them to the window."""
    for letter in words:
        QTest.keyClick(window.windowHandle(), letter)


def on_the_disk(folder: Path, key: bytes) -> set[object]:
    """Every value of a change or a draft, read through a connection of its own."""
    store = Store.open(folder / STORE_FILE, key)
    try:
        changes = [change for log in store.logs() for change in store.changes(log)]
        drafts = {draft.value for draft in store.drafts()}
        return drafts | {e.value for c in changes for e in c.edits if isinstance(e.value, str)}
    finally:
        store.close()


ACTS: dict[str, Callable[[MainWindow], object]] = {
    "another page": lambda window: go(window, "overview"),
    "another item": lambda window: go(window, "checklist", "answer:j-03"),
    "all inspections": lambda window: window.shell and window.shell.home(),
    "lock": MainWindow.lock,
    "close": MainWindow.close,
    "theme": lambda window: window.set_theme("dark"),
    "undo": lambda window: window.shell and window.shell.undo(),
    "history": lambda window: window.shell and window.shell.past.open_here(),
    "Tab": lambda window: QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab),
}


def go(window: MainWindow, page: str, record: str = "") -> None:
    assert window.shell is not None
    window.shell.go(Place(inspection(window), page, record))


@pytest.mark.parametrize("act", ACTS)
def test_it_is_kept_at_once_when_the_field_is_left(
    window: MainWindow, folder: Path, act: str
) -> None:
    assert window.workspace is not None
    key = window.workspace.desk.keys.database
    type_words(window)
    ACTS[act](window)
    assert WORDS in on_the_disk(folder, key)
    theme.apply(application(), "light", 1.0)


@pytest.mark.parametrize("act", ["nothing", "resize", "minimize", "keys"])
def test_it_is_kept_soon_while_the_field_stays(
    qtbot: QtBot, window: MainWindow, folder: Path, act: str
) -> None:
    assert window.workspace is not None
    key = window.workspace.desk.keys.database
    type_words(window)
    if act == "resize":
        window.resize(700, 500)
    elif act == "minimize":
        window.showMinimized()
    elif act == "keys":
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: WORDS in on_the_disk(folder, key), timeout=5_000)


def test_a_line_that_belongs_to_no_field_is_kept_with_the_place(
    qtbot: QtBot, window: MainWindow
) -> None:
    go(window, "tour")
    QApplication.processEvents()
    lines = window.findChildren(QLineEdit)
    line = next(e for e in lines if e.accessibleName() == "What do you see?" and e.isVisible())
    line.setFocus()
    type_words(window)
    workspace = window.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: WORDS in str(kept_place.kept(workspace).get("typed")))


# -- kills ---------------------------------------------------------------------------------------


def waited(process: "int | str") -> float:
    """Seconds that a process was ready to run and did not, where the system tells."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


TYPIST = (
    f"""
{getsource(waited)}"""
    + """
import os, random, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from inspector_app.ui import app
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place

chance = random.Random(int(sys.argv[2]))
ITEMS = ("j-02", "j-03", "j-05")

class Typist:
    def __init__(self):
        (self.window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        self.inspection = self.window.workspace.inspection_ids()[0]
        self.item = ""
        self.turn()

    def turn(self):
        '''Go to another item, or change the window under the hands of whoever types.'''
        act = chance.choice(("item", "item", "size", "theme")) if self.item else "item"
        if act == "item":
            self.item = chance.choice([item for item in ITEMS if item != self.item])
            self.window.shell.go(Place(self.inspection, "checklist", "answer:" + self.item))
            QTimer.singleShot(0, self.enter)
        elif act == "size":
            self.window.resize(chance.choice((700, 1000, 1300)), 700)
        else:
            self.window.set_theme(chance.choice(("light", "dark")))
        QTimer.singleShot(chance.randrange(300, 2500), self.turn)

    def enter(self):
        shell = self.window.shell
        found = [e for e in shell.stack.page.findChildren(QPlainTextEdit)
                 if e.accessibleName() == "Note" and e.isVisible()]
        found[0].setFocus()
        found[0].moveCursor(found[0].textCursor().MoveOperation.End)
        self.type(self.item)

    def type(self, item):
        '''One letter, told before it is typed: a key lets clocks run, which may keep it.'''
        editor = QApplication.focusWidget()
        if item != self.item:
            return
        if isinstance(editor, QPlainTextEdit) and editor.accessibleName() == "Note":
            letter = chance.choice("abcdefghij ")
            now = time.monotonic()
            os.write(1, f"{item} {ord(letter)} {now!r} {waited('self')!r}\\n".encode())
            QTest.keyClick(self.window.windowHandle(), letter)
        QTimer.singleShot(chance.randrange(5, 90), lambda: self.type(item))

sys.excepthook = lambda *raised: os._exit(1)
app.application()
QTimer.singleShot(0, Typist)
app.main(Path(sys.argv[1]))
"""
)


STARTED = (
    f"""
{getsource(waited)}
"""
    + """
import os, sys, time
from pathlib import Path
from inspector_app.ui import app

class Window(app.MainWindow):
    def show(self):
        # the page that asks for the passphrase, then what is behind it
        super().show()
        self.painted()
        self.gate.secret.line.setText(sys.argv[2])
        self.gate.unlock()
        self.painted()
        os._exit(0)

    def painted(self):
        self.grab()
        print(time.monotonic(), waited('self'), flush=True)

app.MainWindow = Window
app.main(Path(sys.argv[1]))
"""
)


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal that only POSIX has")
def test_at_most_a_second_of_typing_is_lost_by_a_kill(folder: Path, told: Told) -> None:
    typed: dict[str, list[Typed]] = {}
    worst, by_the_program, letters = 0.0, 0.0, 0
    starts: list[Started] = []
    for seed in range(KILLS):
        killed = type_until_killed(folder, seed, typed)
        starts.append(start_again(folder))
        letters = sum(map(len, typed.values()))
        for item, kept in notes(folder).items():
            written = "".join(each.letter for each in typed.get(item, []))
            assert written.startswith(kept), (item, written, kept)
            for lost in typed.get(item, [])[len(kept) : len(kept) + 1]:
                worst = max(worst, killed.at - lost.at)
                waited_since = killed.waited - lost.waited
                by_the_program = max(by_the_program, killed.at - lost.at - waited_since)
            typed[item] = typed.get(item, [])[: len(kept)]
    told(
        f"{KILLS} kills of the window, {letters} letters: at worst {worst:.2f} s of typing were "
        f"lost, {by_the_program:.2f} s without what the window waited for a processor"
    )
    asking, opening = [each.asking for each in starts], [each.opening for each in starts]
    told(
        f"the next start asked for the passphrase after {worst_of(asking)} at worst, and was open "
        f"{worst_of(opening)} later"
    )
    assert letters > KILLS * 5
    assert by_the_program <= LIMIT


@dataclass(frozen=True)
class Typed:
    """A letter, or the kill: when, on the clock of both processes, and how long the window had
    waited by then for a processor that others held."""

    letter: str
    at: float
    waited: float


def type_until_killed(folder: Path, seed: int, typed: dict[str, list[Typed]]) -> Typed:
    """Let somebody type in a real window and kill it."""
    child = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(folder), str(seed)],
        env={**os.environ, "INSPECTOR_PASSPHRASE": SECRET},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    lines = [child.stdout.readline()]
    time.sleep(random.Random(seed).uniform(0.2, 4.0))
    killed = Typed("", time.monotonic(), waited(child.pid))
    child.send_signal(signal.SIGKILL)
    lines += list(child.stdout)
    child.wait()
    child.stdout.close()
    for line in lines:
        item, letter, at, waited_by_then = line.split()
        each = Typed(chr(int(letter)), float(at), float(waited_by_then))
        typed.setdefault(item, []).append(each)
    return killed


@dataclass(frozen=True)
class Started:
    """Seconds of a start, and those without what it waited for a processor that others held."""

    asking: tuple[float, float]
    opening: tuple[float, float]


def start_again(folder: Path) -> Started:
    """The first start after a kill: to the painted question for the passphrase, and on to the page
    that was open, painted with what was typed."""
    not_given = {"INSPECTOR_PASSPHRASE", "PYTHONDONTWRITEBYTECODE"}  # compiled, as users have it
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(folder), SECRET],
        env={name: of for name, of in os.environ.items() if name not in not_given},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    (asked, waited_for_it), (opened, waited_in_all) = (
        map(float, line.split()) for line in done.stdout.splitlines()
    )
    asking, open_after = asked - begun, opened - asked
    return Started(
        (asking, asking - waited_for_it), (open_after, open_after - waited_in_all + waited_for_it)
    )


def worst_of(times: list[tuple[float, float]]) -> str:
    whole, own = max(whole for whole, _ in times), max(own for _, own in times)
    return f"{whole:.2f} s ({own:.2f} s without waiting for a processor)"


def notes(folder: Path) -> dict[str, str]:
    """What the next start finds, drafts taken in."""
    workspace = Workspace.open(folder, passphrase=SECRET)
    try:
        inspection = workspace.inspection(workspace.inspection_ids()[0])
        return {item: inspection.answer(item).note for item in ("j-02", "j-03", "j-05")}
    finally:
        workspace.close()
