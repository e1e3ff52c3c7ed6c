"""Whatever a person does in whatever order: no traceback, no lost text, no dead page, no leak."""

import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.exceptions import capture_exceptions

from inspector_app.errors import UserError
from inspector_app.ui import preferences, theme
from inspector_app.ui.app import application
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, OF_RECORD, page_of, pages_here
from inspector_app.ui.shell import Shell
from inspector_app.workspace import Workspace, agency_file, pictures
from inspector_app.workspace.history import History
from inspector_app.workspace.place import drafts_of
from tests import agency_files
from tests.conftest import ROOT, Told
from tests.harness import TORTURE, count
from tests.ui.open_pages import desk_copy
from tests.ui.open_shell import write_two_inspections

SECRET = "a passphrase for tests only"
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key

KEYS = (
    (Key.Key_Tab, NONE),
    (Key.Key_Backtab, SHIFT),
    (Key.Key_Escape, NONE),
    (Key.Key_Return, NONE),
    (Key.Key_Space, NONE),
    (Key.Key_Delete, NONE),
    (Key.Key_Up, NONE),
    (Key.Key_Down, NONE),
    (Key.Key_Up, ALT),
    (Key.Key_Down, ALT),
    (Key.Key_Home, ALT),
    (Key.Key_Left, ALT),
    (Key.Key_1, NONE),
    (Key.Key_2, NONE),
    (Key.Key_3, NONE),
    (Key.Key_0, NONE),
    (Key.Key_F1, NONE),
    (Key.Key_F4, NONE),
    (Key.Key_F6, NONE),
    (Key.Key_F8, NONE),
    (Key.Key_F9, NONE),
    (Key.Key_F, CONTROL),
    (Key.Key_F, CONTROL | SHIFT),
    (Key.Key_H, CONTROL),
    (Key.Key_K, CONTROL),
    (Key.Key_L, CONTROL),
    (Key.Key_N, CONTROL),
    (Key.Key_O, CONTROL),
    (Key.Key_V, CONTROL),
    (Key.Key_Z, CONTROL),
    (Key.Key_Z, CONTROL | SHIFT),
    (Key.Key_Question, SHIFT),
)
SIZES = ((1280, 800), (900, 600), (560, 400), (1920, 1080))
LETTERS = "abc xyz 19/:.,\n<&>ñéü’“—\u200b\u200f\u05d0\u0301\U0001f4f7"
Slot = tuple[str, str, str]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana's workspace: an inspection with one record of most kinds, and its agency's file."""
    folder = tmp_path_factory.mktemp("desk")
    workspace = Workspace.open(write_two_inspections(folder), passphrase=SECRET)
    agency_files.complaint(workspace, agency_files.start(workspace))
    Image.new("RGB", (64, 48), (90, 120, 150)).save(folder / "wall.jpg")
    pictures.add_photo(workspace, filled(workspace), (folder / "wall.jpg").read_bytes())
    workspace.close()
    return folder / "desk"


@pytest.fixture(scope="module")
def files(made_once: Path) -> tuple[str, ...]:
    """What a dialog may answer: nothing, a picture, a colleague's bundle and card, rubbish."""
    folder = made_once.parent
    marcus, _ = Workspace.create(folder / "m", "Marcus Example", "opr-inspector", "Unit", SECRET)
    ana = Workspace.open(made_once, passphrase=SECRET)
    for one, other in ((ana, marcus), (marcus, ana)):
        one.accept(other.card())
    ana.bundle([filled(ana)], folder / "out.inspection", to=[marcus.desk.card])
    marcus.merge(folder / "out.inspection")
    marcus.put(filled(marcus), "answer:j-70", result="met", note="Two of three did")
    marcus.bundle([filled(marcus)], folder / "in.inspection", to=[ana.desk.card])
    (folder / "marcus.card").write_bytes(marcus.card())
    (folder / "rubbish.pdf").write_bytes(b"<html>no file of ours</html>")
    marcus.close()
    ana.close()
    names = ("wall.jpg", "in.inspection", "marcus.card", "rubbish.pdf")
    return ("", *(str(folder / name) for name in names))


def filled(workspace: Workspace) -> str:
    """The inspection in which something is written."""
    return next(id for id in workspace.inspection_ids() if workspace.inspection(id).findings())


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...], tmp_path: Path) -> None:
    """Whoever is asked for a file chooses one after the other; a new one lies in a folder apart."""
    turn = itertools.cycle(files)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (next(turn), ""))
    monkeypatch.setattr(
        QFileDialog,
        "getOpenFileNames",
        lambda *_, **__: ([name] if (name := next(turn)) else [], ""),
    )
    out = itertools.count()
    new = lambda *_, **__: str(tmp_path / f"new-{next(out)}")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (new(), ""))

    def folder(*_: object, **__: object) -> str:
        made = Path(new())
        made.mkdir()
        return str(made)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)


class Person:
    """Somebody at the window. Each act takes a number that chooses, and a text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window = MainWindow(folder)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.unlock()
        self.inspection = filled(self.shell.workspace)
        self.shell.open_inspection(self.inspection)

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def unlock(self) -> None:
        if self.window.shell is None:
            if self.window.folder != self.folder:
                self.window.show_gate(self.folder)
            self.window.enter(Workspace.open(self.folder, passphrase=SECRET))

    # -- acts --------------------------------------------------------------------------------

    def go(self, number: int, text: str) -> None:
        pages = pages_here()
        self.shell.go(Place(self.inspection, pages[number % len(pages)].name))

    def go_outside(self, number: int, text: str) -> None:
        """To a page that is of no inspection; some show one inspection or agency's file."""
        kind = DESK_PAGES[number % len(DESK_PAGES)].name
        ids = ["", self.inspection, *agency_file.file_ids(self.shell.workspace)]
        shown = ids[number % len(ids)] if kind in ("keeping", "agency-file") else ""
        self.shell.go(Place(page=kind, record=shown))

    def open_item(self, number: int, text: str) -> None:
        items = self.shell.workspace.inspection(self.inspection).shown_items()
        item = items[number % len(items)].id
        self.shell.go(Place(self.inspection, "checklist", f"answer:{item}"))

    def open_record(self, number: int, text: str) -> None:
        log = self.shell.workspace.inspection(self.inspection).log
        records = [record for kind in OF_RECORD for record in log.records(kind)]
        record = records[number % len(records)]
        self.shell.go(Place(self.inspection, page_of(record), record))

    def type(self, number: int, text: str) -> None:
        if (editor := self._editor(number)) is not None:
            editor.setFocus()
            for letter in text:
                press = QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter)
                QApplication.sendEvent(editor, press)

    def erase(self, number: int, text: str) -> None:
        if (editor := self._editor(number)) is not None:
            editor.setFocus()
            editor.selectAll()
            QTest.keyClick(editor, Key.Key_Backspace)

    def press(self, number: int, text: str) -> None:
        key, modifier = KEYS[number % len(KEYS)]
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def click(self, number: int, text: str) -> None:
        buttons = [b for b in self.window.findChildren(QAbstractButton) if b.isVisible()]
        if buttons:
            QTest.mouseClick(buttons[number % len(buttons)], Qt.MouseButton.LeftButton)

    def undo(self, number: int, text: str) -> None:
        (self.shell.undo if number % 3 else self.shell.redo)()

    def lock(self, number: int, text: str) -> None:
        self.window.lock()
        QApplication.processEvents()
        self.unlock()

    def at_the_gate(self, number: int, text: str) -> None:
        """Locked, or in front of a folder in which no workspace is: some clicks and words there."""
        self.window.lock()
        if self.window.shell is None and number % 2:
            self.window.show_gate(self.folder.parent / "none")
        for step in range(3):
            self.type(number + step, text)
            self.click(number + step, text)
            QApplication.processEvents()

    def resize(self, number: int, text: str) -> None:
        self.window.resize(*SIZES[number % len(SIZES)])

    def theme(self, number: int, text: str) -> None:
        self.window.set_theme(("light", "dark", "contrast")[number % 3])

    def colleague(self, number: int, text: str) -> None:
        """What came with a bundle lands in fields that may be open here."""
        items = self.shell.workspace.inspection(self.inspection).shown_items()
        item = items[number % 4].id
        self.shell.workspace.put(self.inspection, f"answer:{item}", note=f"{number}")

    def rest(self, number: int, text: str) -> None:
        """Everything that was put off happens."""
        QTest.qWait(60)

    def _editor(self, number: int) -> "QLineEdit | QPlainTextEdit | None":
        lines = self.window.findChildren(QLineEdit) + self.window.findChildren(QPlainTextEdit)
        there = [e for e in lines if e.isVisible() and not e.isReadOnly()]
        return there[number % len(there)] if there else None

    # -- what must hold ----------------------------------------------------------------------

    def typed(self) -> dict[Slot, tuple[str, object]]:
        """Words on the screen that are not committed, with the value they would become."""
        if self.window.shell is None:
            return {}
        return {
            (page.inspection_id, binding.record, field): (editor.text_here(), value_of(editor))
            for page in self.shell.stack.pages()
            for binding in page.bindings
            for field, editor in binding.editors()
            if isinstance(editor, LineEditor | TextEditor) and editor.is_dirty()
        }

    def holds(self, slot: Slot, text: str, value: object) -> bool:
        """Whether words are still on the screen, a draft, or a change."""
        id, record, field = slot
        workspace = self.shell.workspace
        if self.typed().get(slot, ("", None))[0] == text:
            return True
        if drafts_of(workspace, id, record).get(field) == text:
            return True
        past = History(workspace, id)
        edits = [
            past.change(change).edit_of((record, field)) for change in past.values(record, field)
        ]
        return any(edit and edit.value in (text, value) for edit in edits) or not text.strip()

    def is_alive(self) -> None:
        """The page is there, shows something, and keys reach it."""
        QApplication.processEvents()
        QApplication.processEvents()
        if self.window.shell is None:
            assert self.window.gate is not None and self.window.gate.isVisible()
            return
        page = self.shell.stack.page
        assert page.isVisible() and page.isEnabled()
        assert any(child.isVisible() for child in page.findChildren(QWidget)), "an empty page"
        if self.window.isActiveWindow():
            assert QApplication.focusWidget() is not None, "no key reaches anything"


def value_of(editor: "LineEditor | TextEditor") -> object:
    """What the text would be as a value; nothing that is stored where it is none."""
    try:
        return editor.read(editor.text_here())
    except UserError:
        return object()


ACTS: dict[str, Callable[[Person, int, str], None]] = {
    "go": Person.go,
    "go outside": Person.go_outside,
    "open item": Person.open_item,
    "open record": Person.open_record,
    "type": Person.type,
    "type more": Person.type,
    "erase": Person.erase,
    "press": Person.press,
    "press more": Person.press,
    "click": Person.click,
    "undo": Person.undo,
    "lock": Person.lock,
    "at the gate": Person.at_the_gate,
    "resize": Person.resize,
    "theme": Person.theme,
    "colleague": Person.colleague,
    "rest": Person.rest,
}
EDITS = {"type", "type more", "erase", "press", "press more", "undo"}
"""After these the words in the field that has the focus may be others, as the person wants it."""

steps = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 400), st.text(LETTERS, max_size=8)),
    min_size=8,
    max_size=20,
)


@contextmanager
def at_the_window(made_once: Path) -> Iterator[Person]:
    """A person before a copy of the workspace, and none of what he left at the end."""
    theme.apply(application(), "light", 1.0)
    with tempfile.TemporaryDirectory() as place:
        person = Person(Path(shutil.copytree(made_once, Path(place) / "desk")))
        try:
            yield person
        finally:
            person.window.close()
            person.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
            preferences.keep_theme("light")


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.usefixtures("dialogs")
@settings(
    max_examples=count(8, 200),
    derandomize=not TORTURE,  # a change is not held up by luck; the torture run looks further
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(acts=steps)
def test_whatever_one_does_nothing_breaks_and_no_word_is_lost(
    made_once: Path, acts: list[tuple[str, int, str]]
) -> None:
    application()
    with capture_exceptions() as raised, at_the_window(made_once) as person:
        for name, number, text in acts:
            person.unlock()
            before, focused = person.typed(), QApplication.focusWidget()
            here = slot_of(person, focused) if name in EDITS else None
            ACTS[name](person, number, text)
            person.is_alive()
            note(f"{name} {number} {text!r}")
            assert not raised, raised
            person.unlock()
            for slot, (words, value) in before.items():
                assert slot == here or person.holds(slot, words, value), (name, slot, words)


def slot_of(person: Person, focused: QWidget | None) -> Slot | None:
    """The field that the focus is in."""
    if focused is None or person.window.shell is None:
        return None
    page = person.shell.stack.page
    record, field = page.field_in_focus()
    return (page.inspection_id, record, field) if field else None


# -- memory --------------------------------------------------------------------------------------

CALLS, ROUNDS, WARM = 200_000, count(6, 60), 2
USE = """
import gc, json, os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from shiboken6 import Shiboken
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import pages_here
from inspector_app.workspace import Workspace

calls = 0

def count(frame, event, called):
    global calls
    if event == "c_call" and isinstance(getattr(called, "__self__", None), Shiboken.Object):
        calls += 1

def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def settle():
    for _ in range(2):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

def use(window, inspection, turn):
    shell = window.shell
    for kind in pages_here():
        shell.go(Place(inspection, kind.name))
        settle()
    shell.go(Place(inspection, "checklist", "answer:j-0" + str(2 + turn % 3)))
    settle()
    notes = window.findChildren(QPlainTextEdit)
    note = next(e for e in notes if e.accessibleName() == "Note" and e.isVisible())
    note.setFocus()
    QTest.keyClicks(note, "seen")
    shell.past.open_here()
    settle()
    shell.past.close()
    shell.undo()
    window.resize(700 + 50 * (turn % 9), 600)
    settle()
    shell.home()
    settle()

folder, rounds, warm = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
app = application()
window = MainWindow(folder)
window.show()
window.enter(Workspace.open(folder, passphrase=sys.argv[4]))
inspection = window.workspace.inspection_ids()[0]
sys.setprofile(count)
seen = []
for turn in range(rounds):
    use(window, inspection, turn)
    if turn + 1 >= warm:
        seen.append((calls, resident()))
print(json.dumps(seen))
window.close()
"""


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="reads memory where Linux says it"
)
def test_memory_does_not_grow_with_use(tmp_path: Path, told: Told) -> None:
    folder = desk_copy(tmp_path)
    command = [sys.executable, "-c", USE, str(folder), str(ROUNDS), str(WARM), SECRET]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    (_, before), *seen = json.loads(done.stdout.splitlines()[-1])
    calls, asked = next(each for each in seen if each[0] >= CALLS)
    told(
        f"{calls:,} calls of Qt take the window from {before / 1e6:.0f} MB to {asked / 1e6:.0f}; "
        f"{seen[-1][0]:,}, in {ROUNDS} rounds of all pages, to {seen[-1][1] / 1e6:.0f} MB"
    )
    assert asked - before <= 0.10 * before
