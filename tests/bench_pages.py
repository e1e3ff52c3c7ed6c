"""How long a page takes to be there when one goes to it, and a gallery of 2,000 photos to paint."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import PAGES
from inspector_app.workspace import pictures
from tests.bench_clock import milliseconds
from tests.bench_grid import opened_window, started

PHOTOS, GALLERY, CHANGE = 2_000, 300.0, 100.0


def page_change(folder: Path) -> tuple[float, float]:
    """Milliseconds from going to a page to its being painted: the slowest page; and the goal.

    Each page was seen once before; of three visits the best.
    """
    window, workspace = opened_window(folder)
    id = started(workspace)
    names = [page.name for page in PAGES]
    visits = [[_went(window, Place(id, name)) for name in names] for _ in range(4)]
    window.close()
    return max(min(times) for times in zip(*visits[1:], strict=True)), CHANGE


def gallery(folder: Path) -> tuple[float, float]:
    """Milliseconds from going to a gallery of 2,000 photos to its being painted; and the goal."""
    window, workspace = opened_window(folder)
    id = started(workspace)
    job = pictures.intake_job(workspace, id, [small_photo(number) for number in range(PHOTOS)])
    pictures.add(workspace, id, job())
    times = []
    for _ in range(3):
        _went(window, Place(id, "overview"))
        QTest.qWait(300)
        times.append(_went(window, Place(id, "tour", "photos")))
    window.close()
    return min(times), GALLERY


def _went(window: MainWindow, place: Place) -> float:
    assert window.shell is not None
    shell = window.shell

    def go() -> None:
        shell.go(place)
        QApplication.processEvents()
        shell.stack.page.repaint()

    return milliseconds(go)


def small_photo(number: int) -> bytes:
    made = io.BytesIO()
    color = (number % 256, number // 256 * 30 % 256, 90)
    Image.new("RGB", (64, 48), color).save(made, "JPEG", comment=str(number).encode())
    return made.getvalue()


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as root:
        for measure in (page_change, gallery):
            figure, goal = measure(Path(root))
            print(f"{measure.__name__}: {figure:.0f} ms, at most {goal:.0f} ms")
