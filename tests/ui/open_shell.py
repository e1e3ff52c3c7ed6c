"""The whole window on a workspace with two inspections, for tests of getting about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app import agencies, forms
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.shell import Shell
from inspector_app.workspace import Plan, Workspace
from tests.ui.open_pages import SECRET, ZONE, new_workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def write_two_inspections(folder: Path) -> Path:
    """Hamilton County, with a note, an observation, an interview and a file; and an empty one."""
    workspace, id = new_workspace(folder)
    workspace.put(id, "answer:j-70", result="not-met", note="The Muñoz file opens with the oath")
    workspace.new(id, "observation", text="A green door without a sign")
    workspace.new(id, "finding", title="Posters hang behind the counter")
    role = workspace.inspection(id).form.interview_roles[0]
    workspace.new(id, "interview", role=role.id, answers={role.topics[0].id: "Zebra crossing"})
    review = workspace.new(
        id, "document-review", sample_kind="case-file", title="Case files"
    ).record
    workspace.new(id, "sampled-file", review=review, position=1, file="26-4711")
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    found = agencies.resolve(row, [forms.load("jem-2025")])
    days = date(2027, 3, 9), date(2027, 3, 10)
    workspace.start(Plan(row, found, "inspection", *days, practice=True, zone=ZONE))
    workspace.close()
    return folder / "desk"


@contextmanager
def opened(qtbot: QtBot, made: Path, to: Path) -> Iterator[Shell]:
    """The window, open on a copy of a workspace."""
    theme.apply(application(), "light", 1.0, touch=False)
    folder = Path(shutil.copytree(made, to / "desk"))
    window = MainWindow(folder)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.enter(Workspace.open(folder, passphrase=SECRET))
    assert window.shell is not None
    yield window.shell
    window.close()
    theme.apply(application(), "light", 1.0, touch=False)


def first(shell: Shell) -> str:
    return shell.workspace.inspection_ids()[0]


def go(shell: Shell, page: str, record: str = "") -> None:
    shell.go(Place(first(shell), page, record))
    QApplication.processEvents()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is."""
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    qtbot.keyClick(focused, key, modifier)
    QApplication.processEvents()


def type_text(qtbot: QtBot, text: str) -> None:
    """Type wherever the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    qtbot.keyClicks(focused, text)
    QApplication.processEvents()
