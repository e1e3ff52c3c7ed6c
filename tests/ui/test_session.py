"""What the window finds again: texts that were never taken, and the place where somebody was."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.buttons import Chips
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.overview_page import OverviewPage
from inspector_app.ui.page_stack import Place
from inspector_app.ui.session import place_of
from inspector_app.ui.shell import Shell
from inspector_app.workspace import Workspace
from inspector_app.workspace import place as kept_place
from tests.ui.open_pages import SECRET, desk_copy, named, open_page, type_into

LONG = "\n".join(f"Line {number} of what was said" for number in range(40))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk_copy(tmp_path)


# -- texts that were never taken -----------------------------------------------------------------


@pytest.fixture
def overview(qtbot: QtBot, folder: Path) -> Iterator[OverviewPage]:
    workspace = Workspace.open(folder, passphrase=SECRET)
    page, _ = open_page(qtbot, OverviewPage, workspace, workspace.inspection_ids()[0])
    yield page
    page.bindings.clear()
    workspace.close()


def line(page: QWidget, name: str) -> LineEditor:
    found = named(page, name)
    assert isinstance(found, LineEditor)
    return found


def test_what_was_typed_and_deleted_again_does_not_come_back(
    qtbot: QtBot, overview: OverviewPage, folder: Path
) -> None:
    id, facility = overview.inspection_id, line(overview, "Facility")
    type_into(qtbot, facility, "Not this one")
    facility.typing.keep_draft()
    facility.selectAll()
    facility.del_()
    facility.typing.typed()
    qtbot.waitUntil(lambda: overview.workspace.desk.store.drafts() == [])
    overview.workspace.close()  # as a kill leaves it
    again = Workspace.open(folder, passphrase=SECRET)
    try:
        assert again.recovered == []
        assert again.inspection(id).visit.facility == ""
    finally:
        again.close()


def test_half_a_date_stands_there_again_with_the_reason(
    qtbot: QtBot, overview: OverviewPage
) -> None:
    """It can never be a change; it is kept as typed, and the page made anew shows it."""
    day = line(overview, "First day")
    type_into(qtbot, day, "xx")
    typed = day.text()
    day.flush()
    overview.built_anew()
    overview.show_record("")
    again = line(overview, "First day")
    assert again is not day and again.text() == typed
    qtbot.waitUntil(lambda: "not a day" in again.accessibleDescription())


def test_a_date_that_was_only_a_draft_becomes_a_change_when_it_is_seen(
    qtbot: QtBot, overview: OverviewPage, folder: Path
) -> None:
    id, day = overview.inspection_id, line(overview, "First day")
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "3/11/2026")
    day.typing.keep_draft()
    overview.bindings.clear()
    overview.workspace.close()  # as a kill leaves it
    again = Workspace.open(folder, passphrase=SECRET)
    page, _ = open_page(qtbot, OverviewPage, again, id)
    try:
        qtbot.waitUntil(lambda: again.desk.store.drafts() == [])
        assert str(again.inspection(id).visit.first_day) == "2026-03-11"
        assert line(page, "First day").text() == "March 11, 2026"
    finally:
        page.bindings.clear()
        again.close()


# -- the place -----------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator["Opened"]:
    theme.apply(application(), "light", 1.0)
    made = Opened(qtbot)
    yield made
    for window in made.windows:
        window.close()


class Opened:
    """Windows on a folder, each as after a start of the program."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.windows: list[MainWindow] = []

    def __call__(self, folder: Path, height: int = 800) -> Shell:
        window = MainWindow(folder)
        self.qtbot.addWidget(window)
        self.windows.append(window)
        window.resize(1280, height)
        with self.qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        window.enter(Workspace.open(folder, passphrase=SECRET))
        assert window.shell is not None
        QApplication.processEvents()
        return window.shell

    def as_a_kill_leaves_it(self, folder: Path) -> Path:
        """What stands on the disk at this moment."""
        return Path(shutil.copytree(folder, folder.parent / "after"))


def inspection(shell: Shell) -> str:
    return shell.workspace.inspection_ids()[0]


def go(shell: Shell, page: str, record: str = "") -> None:
    shell.go(Place(inspection(shell), page, record))
    QApplication.processEvents()


def test_after_a_kill_the_caret_stands_where_it_stood(
    qtbot: QtBot, opened: Opened, folder: Path
) -> None:
    shell = opened(folder)
    shell.workspace.put(inspection(shell), "answer:j-02", note=LONG)
    go(shell, "checklist", "answer:j-02")
    note = named(shell.stack.page, "Note")
    assert isinstance(note, TextEditor)
    note.setFocus()
    window = shell.window().windowHandle()
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_Down)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    where = note.textCursor().anchor(), note.textCursor().position()
    assert where[1] == where[0] + 1
    qtbot.waitUntil(lambda: kept_place.kept(shell.workspace).get("caret") == list(where))
    again = opened(opened.as_a_kill_leaves_it(folder))
    assert again.place == Place(inspection(again), "checklist", "answer:j-02")
    found = named(again.stack.page, "Note")
    assert isinstance(found, TextEditor) and found.hasFocus()
    assert (found.textCursor().anchor(), found.textCursor().position()) == where


def test_view_scroll_and_a_line_not_yet_entered_come_back(opened: Opened, folder: Path) -> None:
    shell = opened(folder, 420)
    form = shell.workspace.inspection(inspection(shell)).form
    longest = max(form.sections, key=lambda section: len(section.items))
    go(shell, "checklist", f"section:{longest.id}")
    page = shell.stack.page
    (view,) = (chips for chips in page.findChildren(Chips) if chips.accessibleName() == "View")
    view.chip("list").click()
    QApplication.processEvents()
    scroll(opened.qtbot, page, 120)
    shell.window().close()
    again = opened(folder, 420)
    page = again.stack.page
    (view,) = (chips for chips in page.findChildren(Chips) if chips.accessibleName() == "View")
    assert view.value() == "list"
    opened.qtbot.waitUntil(lambda: 120 in scrolled(page))
    go(again, "tour")
    seen = named(again.stack.page, "What do you see?")
    assert isinstance(seen, QLineEdit)
    seen.setFocus()
    opened.qtbot.keyClicks(seen, "No poster in the sally port")
    again.window().session.keep()  # type: ignore[attr-defined]
    third = opened(opened.as_a_kill_leaves_it(folder))
    seen = named(third.stack.page, "What do you see?")
    assert isinstance(seen, QLineEdit) and seen.text() == "No poster in the sally port"
    assert seen.hasFocus() and seen.cursorPosition() == len(seen.text())


def scrolled(page: QWidget) -> list[int]:
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    return [area.verticalScrollBar().value() for area in areas]


def scroll(qtbot: QtBot, page: QWidget, value: int) -> None:
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    qtbot.waitUntil(lambda: any(a.verticalScrollBar().maximum() >= value for a in areas))
    for area in areas:
        area.verticalScrollBar().setValue(value)
    assert value in scrolled(page)


def test_a_passphrase_that_is_being_typed_is_kept_nowhere(opened: Opened, folder: Path) -> None:
    shell = opened(folder)
    go(shell, "hand-over")
    lines = [w for w in shell.stack.page.findChildren(QLineEdit) if w.isVisible()]
    for typed in lines:
        opened.qtbot.keyClicks(typed, "Xyzzy plugh")
    shell.window().session.keep()  # type: ignore[attr-defined]
    assert lines and "Xyzzy" not in str(kept_place.kept(shell.workspace))


def test_the_theme_changes_under_the_caret(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    shell = opened(folder)
    window = shell.window()
    assert isinstance(window, MainWindow)
    go(shell, "overview")
    facility = named(shell.stack.page, "Facility")
    assert isinstance(facility, LineEditor)
    type_into(qtbot, facility, "East jail")
    qtbot.keyClick(facility, Qt.Key.Key_Home)
    window.set_theme("dark")
    qtbot.waitUntil(lambda: window.shell is not shell)
    assert window.shell is not None
    again = named(window.shell.stack.page, "Facility")
    assert isinstance(again, LineEditor) and again.hasFocus()
    assert (again.text(), again.cursorPosition()) == ("East jail", 0)
    window.set_theme("light")
    qtbot.waitUntil(lambda: theme.active().name == "light")


def test_a_place_that_cannot_be_opened_is_tried_once(
    opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(folder, passphrase=SECRET)
    there = {"inspection": workspace.inspection_ids()[0], "page": "overview", "record": ""}
    kept_place.keep(workspace, there)
    window = MainWindow(folder)
    opened.qtbot.addWidget(window)

    def broken(self: OverviewPage) -> list[QWidget]:
        raise RuntimeError("as a bug would")

    with monkeypatch.context() as patch:
        patch.setattr(OverviewPage, "_parts", broken)
        with pytest.raises(RuntimeError):
            window.enter(workspace)
    workspace.close()
    window.shell = None
    assert opened(folder).place == Place()


@pytest.mark.parametrize(
    "spot",
    [
        {},
        {"inspection": "", "page": "checklist", "record": ""},
        {"inspection": 3, "page": [], "record": None},
        {"inspection": "x", "page": "a page of another version", "record": ""},
    ],
)
def test_what_is_no_place_is_home(spot: dict[str, object]) -> None:
    assert place_of(spot) == Place()
