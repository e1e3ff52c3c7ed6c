"""One key press in the window reaches the page of the report."""

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app import agencies, forms
from inspector_app.ui.app import application
from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.workspace import Plan, Workspace

NOTE = "Block four of the form is blank <b>& signed</b>."


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The main window on a workspace with one inspection."""
    application()
    folder = tmp_path / "ana"
    workspace, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", "a long secret")
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    days = (date(2026, 3, 10), date(2026, 3, 12))
    plan = Plan(row, agencies.resolve(row, forms.shipped()), "inspection", *days, practice=True)
    workspace.start(plan)
    made = MainWindow(folder)
    qtbot.addWidget(made)
    made.show()
    made.enter(workspace)
    yield made
    made.close()


def test_a_key_press_reaches_the_pdf(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.shell and window.workspace
    workspace = window.workspace
    id = workspace.inspection_ids()[0]
    window.shell.go(Place(id, "checklist", "answer:j-70"))
    QApplication.processEvents()
    page = window.shell.stack.page
    assert isinstance(page, ChecklistPage)

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    focused = QApplication.focusWidget()
    assert focused is not None and page.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_2)
    assert workspace.inspection(id).answer("j-70").result == "not-met"

    QApplication.processEvents()
    notes = [e for e in page.findChildren(TextEditor) if e.isVisible()]
    note = next(e for e in notes if e.accessibleName() == "Note")
    assert QApplication.focusWidget() is note  # what is not met wants a word
    qtbot.keyClicks(note, NOTE)
    assert workspace.inspection(id).answer("j-70").note == ""
    window.shell.go(Place(id, "report"))
    assert workspace.inspection(id).answer("j-70").note == NOTE

    pdf = tmp_path / "report.pdf"
    workspace.report(id, "inspection", pdf)
    text = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert NOTE in " ".join(text.split())

    window.shell.undo()
    window.shell.undo()
    assert workspace.inspection(id).answer("j-70").result is None


def test_the_window_that_asks_for_the_passphrase_loads_little() -> None:
    """Start-up: neither the report's library nor the one for pictures."""
    code = (
        "import sys; from pathlib import Path; from inspector_app.ui.app import application;"
        "from inspector_app.ui.main_window import MainWindow; application();"
        "w = MainWindow(Path('nowhere')); w.show();"
        "print(sorted({'reportlab', 'PIL', 'pydantic', 'openpyxl'} & set(sys.modules)))"
    )
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
