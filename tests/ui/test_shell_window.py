"""The window from the first start to locking, by keys and clicks, on real workspaces."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_app.errors import BadInput
from inspector_app.ui import preferences, theme
from inspector_app.ui.app import application
from inspector_app.ui.create_page import CreatePage
from inspector_app.ui.home_page import HomePage
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page import Told
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import pages_here
from inspector_app.ui.shell import Shell
from inspector_app.ui.sidebar import RAIL, WIDTH
from inspector_app.ui.start_page import StartPage
from inspector_app.ui.unlock_page import UnlockPage
from inspector_app.ui.what_is_left_page import WhatIsLeftPage
from inspector_app.workspace import Workspace
from tests.conftest import ROOT
from tests.ui.open_pages import SECRET, desk_copy

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk_copy(tmp_path)


def show(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """The window, locked, before a workspace with one inspection."""
    theme.apply(application(), "light", 1.0)
    made = show(qtbot, MainWindow(folder))
    yield made
    made.close()
    theme.apply(application(), "light", 1.0)


@pytest.fixture
def shell(qtbot: QtBot, window: MainWindow) -> Shell:
    """The open window, at home."""
    return unlock(qtbot, window)


def unlock(qtbot: QtBot, window: MainWindow) -> Shell:
    assert isinstance(window.gate, UnlockPage)
    window.gate.secret.line.setFocus()
    qtbot.keyClicks(window.gate.secret.line, SECRET)
    qtbot.keyClick(window.gate.secret.line, Qt.Key.Key_Return)
    assert window.shell is not None
    return window.shell


def only_inspection(shell: Shell) -> str:
    return shell.workspace.inspection_ids()[0]


def press(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    qtbot.keyClick(focused, key, modifier)
    QApplication.processEvents()


# -- the gate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("there", "page"), [(True, "UnlockPage"), (False, "CreatePage")])
def test_the_start_loads_nothing_that_is_not_seen(there: bool, page: str, folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from inspector_app.ui.app import application;"
        "from inspector_app.ui.main_window import MainWindow; app = application();"
        "folder = Path(sys.argv[1]); window = MainWindow(folder); window.show();"
        "app.processEvents(); window.grab();"
        "heavy = {'reportlab', 'PIL', 'pydantic', 'openpyxl', 'sqlcipher3', 'sqlite_utils'};"
        "print(type(window.gate).__name__, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder if there else folder / "nowhere")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{page} []"


def test_a_wrong_passphrase_is_told_under_the_line(qtbot: QtBot, window: MainWindow) -> None:
    gate = window.gate
    assert isinstance(gate, UnlockPage)
    qtbot.keyClicks(gate.secret.line, "not the passphrase")
    qtbot.keyClick(gate.secret.line, Qt.Key.Key_Return)
    assert window.shell is None
    assert "does not open" in gate.secret.line.accessibleDescription()
    assert gate.secret.text() == "not the passphrase"  # to be mended, not typed anew
    qtbot.keyClicks(gate.secret.line, SECRET)  # the wrong one is selected and typed over
    qtbot.keyClick(gate.secret.line, Qt.Key.Key_Return)
    assert window.workspace is not None


def test_a_workspace_in_use_says_so(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    other = Workspace.open(folder, passphrase=SECRET)
    try:
        gate = window.gate
        assert isinstance(gate, UnlockPage)
        qtbot.keyClicks(gate.secret.line, SECRET)
        gate.unlock()
        assert "another window" in gate.secret.line.accessibleDescription()
    finally:
        other.close()


def test_a_workspace_is_made_in_three_steps_and_opens_with_its_recovery_key(
    qtbot: QtBot, tmp_path: Path
) -> None:
    application()
    window = show(qtbot, MainWindow(tmp_path / "new"))
    gate = window.gate
    assert isinstance(gate, CreatePage)
    qtbot.keyClick(gate.who.name, Qt.Key.Key_Return)
    assert gate.steps.currentWidget() is gate.who  # nothing was filled in
    qtbot.keyClicks(gate.who.name, "Marcus Example")
    gate.who.role.set_value("opr-inspector")
    qtbot.keyClicks(gate.who.office, "Unit")
    qtbot.keyClick(gate.who.office, Qt.Key.Key_Return)
    step = gate.passphrase
    qtbot.keyClicks(step.secret.line, "too short")
    qtbot.keyClick(step.again.line, Qt.Key.Key_Return)
    assert "Too short" in step.secret.line.accessibleDescription()
    step.secret.clear()
    qtbot.keyClicks(step.secret.line, SECRET)
    qtbot.keyClicks(step.again.line, SECRET + "x")
    qtbot.keyClick(step.again.line, Qt.Key.Key_Return)
    assert "not the same" in step.again.line.accessibleDescription()
    qtbot.keyClick(step.again.line, Qt.Key.Key_Backspace)
    qtbot.keyClick(step.again.line, Qt.Key.Key_Return)
    key = gate.recovery.key.text()
    assert len(key.replace(" ", "")) == 52
    assert step.secret.text() == ""  # it is kept nowhere
    gate.recovery.check.setFocus()
    qtbot.keyClicks(gate.recovery.check, "0000")
    qtbot.keyClick(gate.recovery.check, Qt.Key.Key_Return)
    assert window.shell is None
    gate.recovery.check.selectAll()
    qtbot.keyClicks(gate.recovery.check, key[-4:].lower())
    qtbot.keyClick(gate.recovery.check, Qt.Key.Key_Return)
    assert window.workspace and window.workspace.name == "Marcus Example"
    window.lock()
    again = window.gate
    assert isinstance(again, UnlockPage)
    again.change_way()
    qtbot.keyClicks(again.recovery.line, key)
    qtbot.keyClick(again.recovery.line, Qt.Key.Key_Return)
    assert window.workspace is not None
    window.close()


# -- home and starting ---------------------------------------------------------------------------


def test_home_lists_filters_and_opens_by_key(qtbot: QtBot, shell: Shell) -> None:
    home = shell.stack.page
    assert isinstance(home, HomePage)
    model = home.table.model()
    assert model.index(0, 0).data() == "Hamilton County Sheriff’s Office, IN"
    assert model.index(0, 1).data() == "Mar 10–12, 2026"
    assert home.chips.chip("all").accessibleName() == "All  1"
    qtbot.keyClicks(home.search, "florida")
    assert not home.table.isVisible()
    home.search.clear()
    home.table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert shell.place.inspection == only_inspection(shell)
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert shell.stack.page is home


def test_an_inspection_is_started_by_keys(qtbot: QtBot, shell: Shell) -> None:
    press(qtbot, Qt.Key.Key_N, CONTROL)
    page = shell.stack.page
    assert isinstance(page, StartPage) and page.search.hasFocus()
    qtbot.keyClicks(page.search, "hamilton JEM IN")
    assert [row.title for row in page.results.rows()] == ["Hamilton County Sheriff's Office"]
    page.results.select("0")
    page.results.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert page.first_day.hasFocus() and page.purpose.value() == "inspection"
    assert not page.reason.isVisible()  # OPR and a jail: as usual
    page.first_day.selectAll()
    qtbot.keyClicks(page.first_day, "tomorrow")
    page.start_button.click()
    assert "not a day" in shell.strip.words.text()
    assert len(shell.workspace.inspection_ids()) == 1
    page.first_day.selectAll()
    qtbot.keyClicks(page.first_day, "3/10/2026")
    page.last_day.selectAll()
    qtbot.keyClicks(page.last_day, "3/12/2026")
    page.start_button.click()
    assert not shell.strip.isVisible()
    started = shell.workspace.inspection(shell.place.inspection)
    assert (started.agency.state, started.practice) == ("IN", False)
    assert started.visit.first_day and started.visit.first_day.isoformat() == "2026-03-10"


def test_what_is_unusual_asks_for_a_reason(qtbot: QtBot, shell: Shell) -> None:
    shell.go(Place(page="start"))
    page = shell.stack.page
    assert isinstance(page, StartPage)
    qtbot.keyClicks(page.search, "palm beach county sheriff WSO")
    page.results.activated.emit("0")
    assert page.purpose.value() == "oversight-review"
    assert page.reason.isVisible()
    page.start_button.click()
    assert "needs a reason" in shell.strip.words.text()
    assert len(shell.workspace.inspection_ids()) == 1


# -- inside an inspection ------------------------------------------------------------------------


def test_a_second_window_is_told_before_anybody_types_the_passphrase(
    qtbot: QtBot, folder: Path
) -> None:
    first = Workspace.open(folder, passphrase=SECRET)
    second = show(qtbot, MainWindow(folder))
    gate = second.gate
    assert isinstance(gate, UnlockPage)
    words = "This workspace is open in another window or command."
    qtbot.waitUntil(lambda: gate.secret.line.accessibleDescription().startswith(words))
    assert any(found.text().startswith(words) for found in gate.findChildren(QLabel))
    first.close()
    unlock(qtbot, second)
    second.close()


def test_every_page_opens_from_the_left_list_and_comes_back(qtbot: QtBot, shell: Shell) -> None:
    shell.open_inspection(only_inspection(shell))
    for kind in pages_here():
        shell.navigate(kind.name, "")
        assert shell.place.page == kind.name
        assert shell.body.sidebar.entrance().currentIndex().data() is not None
        assert not shell.strip.isVisible(), kind.name
    for kind in reversed(pages_here()[:-1]):
        press(qtbot, Qt.Key.Key_Left, ALT)
        assert shell.place.page == kind.name


@pytest.mark.parametrize("name", ["overview", "tour", "checklist"])
def test_a_way_back_builds_nothing_anew_until_something_was_written(
    qtbot: QtBot, shell: Shell, name: str
) -> None:
    id, gone = only_inspection(shell), list[str]()
    shell.go(Place(id, name))
    for part in shell.stack.page.findChildren(QPlainTextEdit):
        part.destroyed.connect(lambda: gone.append(name))
    shell.go(Place(id, "report"))
    shell.go(Place(id, name))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gone
    shell.go(Place(id, "report"))
    shell.workspace.put(id, "visit:self", facility="Wing B")
    shell.go(Place(id, name))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone


def test_what_is_left_counts_what_it_lists_and_leads_there(qtbot: QtBot, shell: Shell) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "what-is-left"))
    page = shell.stack.page
    assert isinstance(page, WhatIsLeftPage)
    problems = shell.workspace.problems(id)
    assert sum(len(shown.rows()) for shown in page.lists()) == len(problems)
    assert page.chips.chip("all").accessibleName().split()[-1] == str(len(problems))
    foot = shell.body.sidebar.foot  # in sight however long the list above it is
    assert shell.body.sidebar.entrance() is foot and foot.verticalScrollBar().maximum() == 0
    index = foot.currentIndex()
    accessible = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert accessible == f"What is left, {len(problems)}"
    press(qtbot, Qt.Key.Key_F8)
    first = page.lists()[0]
    assert first.hasFocus() and first.current_key() == first.rows()[0].key
    press(qtbot, Qt.Key.Key_F8)
    assert first.current_key() == first.rows()[1].key
    wanted = problems[int(first.current_key())].record
    press(qtbot, Qt.Key.Key_Return)
    assert shell.place.record == wanted


def test_answering_takes_a_line_away(shell: Shell) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "what-is-left"))
    page = shell.stack.page
    assert isinstance(page, WhatIsLeftPage)
    before = sum(len(shown.rows()) for shown in page.lists())
    shell.workspace.put(id, "answer:j-01", result="met")
    assert sum(len(shown.rows()) for shown in page.lists()) == before - 1
    shell.refresh()
    assert shell.status.saved.text().startswith("Saved ")
    assert "not handed over" in shell.status.left.text()


def test_undo_and_redo_by_keys_say_what_they_did(qtbot: QtBot, shell: Shell) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "what-is-left"))
    shell.workspace.put(id, "answer:j-01", result="met", words="result of J-01")
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert shell.workspace.inspection(id).answer("j-01").result is None
    assert shell.status.saved.text() == "Undone: result of J-01"
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert shell.workspace.inspection(id).answer("j-01").result == "met"


def test_locking_keeps_what_was_typed_and_comes_back_to_it(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "checklist", "answer:j-02"))
    QApplication.processEvents()
    editors = shell.stack.page.findChildren(QPlainTextEdit)
    note = next(e for e in editors if e.accessibleName() == "Note" and e.isVisible())
    note.setFocus()
    qtbot.keyClicks(note, "Both pages are there")
    press(qtbot, Qt.Key.Key_L, CONTROL)
    assert window.shell is None and window.workspace is None
    again = unlock(qtbot, window)
    assert again.place == Place(id, "checklist", "answer:j-02")
    assert again.workspace.inspection(id).answer("j-02").note == "Both pages are there"


def test_closing_commits_what_was_typed(
    qtbot: QtBot, window: MainWindow, shell: Shell, folder: Path
) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "checklist", "answer:j-02"))
    QApplication.processEvents()
    editors = shell.stack.page.findChildren(QPlainTextEdit)
    note = next(e for e in editors if e.accessibleName() == "Note" and e.isVisible())
    note.setFocus()
    qtbot.keyClicks(note, "Typed and closed")
    window.close()
    workspace = Workspace.open(folder, passphrase=SECRET)
    try:
        assert workspace.inspection(id).answer("j-02").note == "Typed and closed"
        assert workspace.recovered == []
    finally:
        workspace.close()


def test_a_photo_is_filed_and_the_tour_shows_it(
    qtbot: QtBot, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    picture, broken = tmp_path / "wall.png", tmp_path / "broken.jpg"
    Image.new("RGB", (40, 30), (90, 90, 90)).save(picture)
    broken.write_bytes(b"<html>")
    id = only_inspection(shell)
    shell.go(Place(id, "what-is-left"))
    chosen = [str(picture)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: (chosen, ""))
    shell.photo()
    inspection = shell.workspace.inspection(id)
    qtbot.waitUntil(lambda: inspection.counts().photos == 1, timeout=20_000)
    assert shell.place.page == "tour"
    chosen[:] = [str(broken)]
    shell.go(Place(id, "what-is-left"))
    shell.photo()
    qtbot.waitUntil(shell.strip.isVisible, timeout=20_000)
    assert inspection.counts().photos == 1


# -- what surrounds the pages --------------------------------------------------------------------


def test_a_narrow_window_has_a_rail_and_a_drawer(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    shell.go(Place(only_inspection(shell), "checklist", "answer:j-02"))
    QApplication.processEvents()
    body = shell.body
    assert not body.is_narrow and body.side.isVisible() and body.sidebar.width() == WIDTH
    window.resize(900, 600)
    QApplication.processEvents()
    assert body.is_narrow and not body.side.isVisible() and body.sidebar.width() == RAIL
    index = body.sidebar.tree.model().index(0, 0)
    name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert name and index.data(Qt.ItemDataRole.ToolTipRole) == name
    body.next_panel()  # from the page
    assert body.side.isVisible() and body.side.isAncestorOf(QApplication.focusWidget() or body)
    press(qtbot, Qt.Key.Key_Escape)
    assert not body.side.isVisible()
    window.resize(1280, 800)
    QApplication.processEvents()
    assert body.side.isVisible() and body.sidebar.width() == WIDTH


def test_big_text_makes_the_same_window_narrow(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    theme.apply(application(), "light", 2.0)
    window.enter(shell.workspace)
    assert window.shell is not None
    QApplication.processEvents()
    assert window.shell.body.is_narrow


def test_f6_goes_round_the_panels(qtbot: QtBot, shell: Shell) -> None:
    shell.go(Place(only_inspection(shell), "checklist", "answer:j-02"))
    body = shell.body
    body.sidebar.tree.setFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert body.pages.isAncestorOf(QApplication.focusWidget() or body)
    press(qtbot, Qt.Key.Key_F6)
    assert body.side.isAncestorOf(QApplication.focusWidget() or body)
    press(qtbot, Qt.Key.Key_F6)
    assert body.sidebar.isAncestorOf(QApplication.focusWidget() or body)


def test_the_list_of_keys_stands_at_the_side(qtbot: QtBot, shell: Shell) -> None:
    shell.go(Place(only_inspection(shell), "what-is-left"))
    press(qtbot, Qt.Key.Key_Question)
    words = {label.text() for label in shell.body.side.findChildren(QLabel)}
    assert {"Ctrl+Z", "undo", "next in the list"} <= words
    press(qtbot, Qt.Key.Key_Question)
    assert not shell.body.side.isVisible()


def seen(shortcut: QShortcut) -> bool:
    owner = shortcut.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def test_no_key_has_two_owners(shell: Shell) -> None:
    """Qt calls neither of two shortcuts with the same key."""
    for kind in pages_here():
        shell.go(Place(only_inspection(shell), kind.name))
        QApplication.processEvents()
        shell.refresh()
        of_page = {s.key().toString() for s in shell.stack.page.findChildren(QShortcut) if seen(s)}
        of_shell = {key for key, shortcut in shell.keys.items() if shortcut.isEnabled()}
        assert of_page & of_shell == set(), kind.name


def test_the_strip_says_what_happened_with_its_details(shell: Shell) -> None:
    shell.strip.tell(Told(BadInput("The form has faults.", [f"line {n}" for n in range(9)])))
    assert shell.strip.isVisible()
    assert shell.strip.accessibleName() == "The form has faults."
    assert not shell.strip.reason.isVisible()
    shell.go(Place())
    assert not shell.strip.isVisible()


def test_the_strip_shows_details_whole_and_leaves_the_page_room(shell: Shell, qtbot: QtBot) -> None:
    details = shell.strip.findChildren(QLabel, "small")[0]
    for words, fewer in (("why " * 10, False), ("why " * 200, True)):
        shell.strip.tell(Told(BadInput("Kept out.", [f"{n}: {words}" for n in range(6)])))
        qtbot.waitUntil(lambda: details.height() >= details.heightForWidth(details.width()) > 0)
        assert details.text().startswith("0: why") and ("more" in details.text()) == fewer
        assert shell.body.height() > shell.height() / 2


def test_an_amendment_asks_for_its_reason_in_the_strip(shell: Shell, qtbot: QtBot) -> None:
    reasons: list[str] = []
    shell.strip.tell(Told(BadInput("This is signed."), reasons.append))
    shell.strip.amend_button.click()
    assert reasons == [] and shell.strip.isVisible()
    qtbot.keyClicks(shell.strip.reason, "The page was missing")
    shell.strip.amend_button.click()
    assert reasons == ["The page was missing"] and not shell.strip.isVisible()


def test_another_theme_keeps_the_place_and_what_was_typed(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    id = only_inspection(shell)
    shell.go(Place(id, "what-is-left"))
    window.set_theme("contrast")
    qtbot.waitUntil(lambda: window.shell is not shell)
    assert window.shell and window.shell.place == Place(id, "what-is-left")
    assert theme.active().name == "contrast" and preferences.theme_name() == "contrast"
    window.shell.workspace.put(id, "answer:j-01", result="met")
    window.shell.refresh()
    preferences.keep_theme("light")


# -- for everybody -------------------------------------------------------------------------------

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def nameless(root: QWidget) -> list[str]:
    """Controls to be seen of which a screen reader could say nothing, or only a class."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else ""
        if not (name or widget.accessibleName()).strip() or name == type(widget).__name__:
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_every_control_of_the_shells_own_pages_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    QAccessible.setActive(True)
    assert nameless(window) == []
    shell = unlock(qtbot, window)
    for place in (Place(), Place(page="start"), Place(only_inspection(shell), "what-is-left")):
        shell.go(place)
        QApplication.processEvents()
        assert nameless(window) == [], place.page


def test_a_button_without_a_word_is_named_and_the_others_say_their_word(
    qtbot: QtBot, shell: Shell
) -> None:
    shell.go(Place(only_inspection(shell), "what-is-left"))
    bare = [b for b in shell.findChildren(QAbstractButton) if not b.text() and b.isVisible()]
    assert {b.accessibleName() for b in bare} == {"Back", "Lock"}
    for worded in (b for b in shell.findChildren(QAbstractButton) if b.text()):
        assert worded.accessibleName() == worded.text().replace("&&", "&")


def test_tab_reaches_every_control_of_a_page(qtbot: QtBot, shell: Shell) -> None:
    shell.go(Place(page="start"))
    page = shell.stack.page
    assert isinstance(page, StartPage)
    qtbot.keyClicks(page.search, "hamilton JEM IN")
    page.results.activated.emit("0")
    seen: list[QWidget] = []
    for _ in range(40):
        press(qtbot, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            seen.append(focused)
    wanted = (page.first_day, page.last_day, page.form, page.practice, page.start_button)
    assert set(wanted) <= set(seen)
    order = [seen.index(widget) for widget in (page.last_day, page.form, page.practice)]
    assert order == sorted(order)
