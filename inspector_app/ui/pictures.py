"""Pictures of every page of the window, painted without a screen: for the demo and the manual."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from inspector_app.records import DocumentReview, Finding, Interview, Observation, Record
from inspector_app.ui import theme
from inspector_app.ui.app import application, end
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import kind_of
from inspector_app.ui.report_page import ReportPage
from inspector_app.workspace import Workspace

_SIZE = (1280, 800)


def paint(folder: Path, out: Path) -> NoReturn:
    """Paint every page of the first inspection in a workspace; the passphrase comes on stdin."""
    passphrase = sys.stdin.readline().rstrip("\n")
    app = application()
    theme.apply(app, "light", 1.0)
    out.mkdir(parents=True, exist_ok=True)
    window = MainWindow(folder)
    window.resize(*_SIZE)
    window.show()
    _kept(app, window, out / "01-unlock.png", "the unlock page")
    workspace = Workspace.open(folder, passphrase=passphrase)
    window.enter(workspace)
    for number, (name, place, words) in enumerate(_places(workspace), 2):
        if window.shell and kind_of(place.page).exists():
            window.shell.go(place)
            if isinstance(page := window.shell.stack.page, ReportPage):
                _wait_for_preview(app, page)
            _kept(app, window, out / f"{number:02}-{name}.png", words)
    theme.apply(app, "dark", 1.0)
    window.enter(workspace)
    if window.shell:
        window.shell.go(Place(workspace.inspection_ids()[0], "checklist", "answer:j-70"))
    _kept(app, window, out / "20-checklist-dark.png", "the checklist in the dark theme")
    window.close()
    end(0)


def _places(workspace: Workspace) -> Iterator[tuple[str, Place, str]]:
    inspection = workspace.inspection(workspace.inspection_ids()[0])
    id = inspection.id

    def first(cls: type[Record]) -> str:
        return next((record.id for record in inspection.all(cls)), "")

    yield "home", Place(), "the list of inspections"
    yield "new-inspection", Place(page="start"), "starting an inspection"
    yield "overview", Place(id, "overview"), "the overview"
    yield "tour", Place(id, "tour", first(Observation)), "the tour"
    yield "documents", Place(id, "documents", first(DocumentReview)), "a document review"
    yield "interviews", Place(id, "interviews", first(Interview)), "an interview"
    yield "checklist", Place(id, "checklist", "answer:j-70"), "an item of the checklist"
    yield "findings", Place(id, "findings"), "the findings"
    yield "finding", Place(id, "findings", first(Finding)), "a finding"
    yield "report", Place(id, "report"), "the report"
    yield "hand-over", Place(id, "hand-over"), "the hand-over"
    yield "what-is-left", Place(id, "what-is-left"), "what is left to do"


def _wait_for_preview(app: QApplication, page: ReportPage) -> None:
    """The pages are painted by a worker: give it half a minute."""
    page.preview()
    end = time.monotonic() + 30
    while not page.is_painted and time.monotonic() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


def _kept(app: QApplication, window: MainWindow, path: Path, words: str) -> None:
    for _ in range(3):
        app.processEvents()
    window.grab().save(str(path))
    sys.stdout.write(f"{path.name}: {words}\n")
