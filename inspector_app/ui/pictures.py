"""Pictures of every page of the window, painted without a screen: for the demo and the manual."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from inspector_app.records import DocumentReview, Finding, Interview, Observation, Record
from inspector_app.ui import picture_states, theme
from inspector_app.ui.app import application, end
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import kind_of
from inspector_app.ui.report_page import ReportPage
from inspector_app.workspace import Workspace

_SIZE = (1280, 800)
_MOMENT = 0.3
"""Seconds for what is painted beside the window, such as small pictures."""

LOOKS = [(name, scale) for name in ("light", "dark", "contrast") for scale in (1.0, 2.0)]


def paint(folder: Path, out: Path, looks: str = "") -> NoReturn:
    """Paint every page of the first inspection in a workspace; the passphrase comes on stdin.

    With `looks` “every”, each page in each theme and at 200 % too, in a folder for each.
    """
    passphrase = sys.stdin.readline().rstrip("\n")
    app = application()
    out.mkdir(parents=True, exist_ok=True)
    if looks == "every":
        _paint_every_look(app, folder, out, passphrase)
    else:
        _paint_usual(app, folder, out, passphrase)
    end(0)


def _paint_every_look(app: QApplication, folder: Path, out: Path, passphrase: str) -> None:
    for name, scale in LOOKS:
        theme.apply(app, name, scale)
        into = out / f"{name}-{scale:.0%}".removesuffix("%")
        into.mkdir(exist_ok=True)
        window, workspace = _opened(app, folder, into, passphrase)
        _paint_pages(app, window, workspace, into)
        shown = picture_states.scenes(workspace, workspace.inspection_ids()[0])
        _paint_scenes(app, window, shown, into, 30)
        window.close()
        _paint_states(app, folder, passphrase, into)


def _paint_usual(app: QApplication, folder: Path, out: Path, passphrase: str) -> None:
    theme.apply(app, "light", 1.0)
    window, workspace = _opened(app, folder, out, passphrase)
    _paint_pages(app, window, workspace, out)
    theme.apply(app, "dark", 1.0)
    window.enter(workspace)
    if window.shell:
        window.shell.go(Place(workspace.inspection_ids()[0], "checklist", "answer:j-70"))
    _kept(app, window, out / "20-checklist-dark.png", "the checklist in the dark theme")
    window.close()


def _opened(
    app: QApplication, folder: Path, out: Path, passphrase: str
) -> tuple[MainWindow, Workspace]:
    """The window on a workspace, once its unlock page is painted."""
    window = MainWindow(folder)
    window.resize(*_SIZE)
    window.show()
    _kept(app, window, out / "01-unlock.png", "the unlock page")
    workspace = Workspace.open(folder, passphrase=passphrase)
    window.enter(workspace)
    return window, workspace


def _paint_pages(app: QApplication, window: MainWindow, workspace: Workspace, out: Path) -> None:
    for number, (name, place, words) in enumerate(_places(workspace), 2):
        if window.shell and kind_of(place.page).exists():
            window.shell.go(place)
            if isinstance(page := window.shell.stack.page, ReportPage):
                _wait_for_preview(app, page)
            _kept(app, window, out / f"{number:02}-{name}.png", words)


def _paint_states(app: QApplication, folder: Path, passphrase: str, out: Path) -> None:
    """Nothing yet, long text, conflict, error: in a copy, which is thrown away."""
    with tempfile.TemporaryDirectory() as into:
        copy = picture_states.copied(folder, Path(into))
        workspace = Workspace.open(copy, passphrase=passphrase)
        id = workspace.inspection_ids()[0]
        shown = picture_states.states(workspace, id, Path(into))
        window = MainWindow(copy)
        window.resize(*_SIZE)
        window.show()
        window.enter(workspace)
        _paint_scenes(app, window, shown, out, 60)
        window.close()


def _paint_scenes(
    app: QApplication, window: MainWindow, shown: "list[picture_states.Scene]", out: Path, at: int
) -> None:
    """What lies over a page is put away before the next."""
    assert window.shell is not None
    for number, (name, place, act, words) in enumerate(shown, at):
        window.shell.go(place)
        _let_paint(app)
        act(window.shell)
        _let_paint(app)
        _kept(app, window, out / f"{number:02}-{name}.png", words)
        for over in (
            window.shell.about.palette,
            window.shell.about.search,
            window.shell.about.help,
        ):
            over.hide()


def _let_paint(app: QApplication) -> None:
    """Pictures and lists come from workers: give them a moment."""
    end = time.monotonic() + _MOMENT
    while time.monotonic() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


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
    yield "roster", Place(id, "roster"), "the roster and the clocks"
    yield "checklist", Place(id, "checklist", "answer:j-70"), "an item of the checklist"
    yield "findings", Place(id, "findings"), "the findings"
    yield "finding", Place(id, "findings", first(Finding)), "a finding"
    yield "report", Place(id, "report"), "the report"
    yield "hand-over", Place(id, "hand-over"), "the hand-over"
    yield "history", Place(id, "history"), "the history"
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
