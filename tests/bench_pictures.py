"""How long the thumbnail of a large photo takes, and how much memory the window takes."""

import io
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from inspector_app.photos import PictureReader
from tests.bench_clock import best_in_turn
from tests.bench_grid import opened_window, started

TIMES, IDLE_MB, GALLERY_MB = 7, 150.0, 300.0


def thumbnail(_: Path) -> tuple[float, float]:
    """Milliseconds for the thumbnail of a 12-megapixel photo, and to decode it at an eighth."""
    photo = _photo()
    with PictureReader() as reader:
        reader.thumbnail(photo)  # the child starts
        return best_in_turn(lambda: reader.thumbnail(photo), lambda: _eighth(photo), TIMES)


def idle_memory(folder: Path) -> tuple[float, float]:
    """Megabytes of a window at rest with one inspection open, and the most that it may take."""
    return _of_child("idle", folder), IDLE_MB


def gallery_memory(folder: Path) -> tuple[float, float]:
    """Megabytes of a window that shows an inspection of 2,000 photos, and the most."""
    return _of_child("gallery", folder), GALLERY_MB


def _photo() -> bytes:
    """4,000 × 3,000 pixels of noise on a gradient: no camera's photo is harder to decode."""
    noise = Image.effect_noise((4000, 3000), 40)
    made = io.BytesIO()
    Image.merge("RGB", (noise, Image.linear_gradient("L").resize((4000, 3000)), noise)).save(
        made, "JPEG", quality=88
    )
    return made.getvalue()


def _eighth(photo: bytes) -> None:
    with Image.open(io.BytesIO(photo)) as image:
        image.draft("RGB", (500, 375))
        image.load()


def _of_child(what: str, folder: Path) -> float:
    """The resident megabytes of a fresh process, so that what was measured before is not in it."""
    command = [sys.executable, "-m", "tests.bench_pictures", what, str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _shown(what: str, folder: Path) -> None:
    from PySide6.QtTest import QTest

    from inspector_app.ui.page_stack import Place
    from inspector_app.workspace import pictures
    from tests.bench_pages import PHOTOS, small_photo

    window, workspace = opened_window(folder)
    id = started(workspace)
    if what == "gallery":
        sources = [small_photo(number) for number in range(PHOTOS)]
        pictures.add(workspace, id, pictures.intake_job(workspace, id, sources)())
    assert window.shell is not None
    place = Place(id, "tour", "photos") if what == "gallery" else Place(id, "overview")
    window.shell.go(place)
    QTest.qWait(3_000)
    kilobytes = next(
        line.split()[1]
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    )
    sys.stdout.write(f"{int(kilobytes) / 1024}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    _shown(sys.argv[1], Path(sys.argv[2]))
