"""How long a key takes in the grid of a document review, of 100 files by 15 attributes."""

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector_app import agencies, forms
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.workspace import Plan, Workspace, sampling

FILES, KEYS, MOST = 100, 120, 33.0
_KEYS = (Qt.Key.Key_Y, Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_Down)


def grid_key(folder: Path) -> tuple[float, float]:
    """Milliseconds from a key press to a painted window with the result on disk; and the goal.

    The median over results and arrows, in the whole window, with half of the grid filled.
    """
    window, workspace = opened_window(folder)
    id, review = _filled(workspace)
    assert window.shell is not None
    window.shell.go(Place(id, "documents", review))
    QTest.qWait(300)
    app = application()
    figures = [_key(app, _KEYS[number % len(_KEYS)]) for number in range(KEYS)]
    window.close()
    return statistics.median(figures), MOST


def opened_window(folder: Path) -> tuple[MainWindow, Workspace]:
    """The whole window, on a workspace of its own."""
    theme.apply(application(), "light", 1.0)
    desk = Path(tempfile.mkdtemp(dir=folder)) / "desk"
    workspace, _ = Workspace.create(
        desk, "Ana Sample", "opr-inspector", "Unit", "for the bench only"
    )
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    window.enter(workspace)
    QTest.qWaitForWindowActive(window)
    return window, workspace


def started(workspace: Workspace) -> str:
    """A practice inspection."""
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    days = (date(2026, 3, 10), date(2026, 3, 12))
    plan = Plan(row, agencies.resolve(row, forms.shipped()), "inspection", *days, practice=True)
    return workspace.start(plan)


def _filled(workspace: Workspace) -> tuple[str, str]:
    id = started(workspace)
    review = workspace.new(id, "document-review", sample_kind="case-file", title="Files").record
    sampling.set_frame(workspace, id, review, [f"26-{n:04}" for n in range(1, 1001)])
    sampling.draw(workspace, id, review, FILES)
    inspection = workspace.inspection(id)
    asked = next(k for k in inspection.form.sample_kinds if k.id == "case-file").attributes
    for file in inspection.files_of(review)[: FILES // 2]:
        workspace.put(id, file.id, results={attribute.id: "yes" for attribute in asked})
    return id, review


def _key(app: QApplication, key: Qt.Key) -> float:
    focused = QApplication.focusWidget()
    assert focused is not None
    before = time.perf_counter()
    QTest.keyClick(focused, key)
    app.processEvents()
    return (time.perf_counter() - before) * 1000


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as root:
        figure, goal = grid_key(Path(root))
    print(f"grid key: {figure:.1f} ms, goal {goal:.0f} ms")
