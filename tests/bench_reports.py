"""How long a tagged report of 100 pages and 100 photos takes, against plain reportlab: P7.

Both lay out the same words, tables and pictures in the same typeface; the plain file has no tags,
no running parts and no page numbers in its text, so it takes one pass. Both are given the bytes of
the pictures, which never lie on a disk unsealed. `python -m tests.bench_reports` prints time,
memory, size and text pages a second, and the floor with pictures as files, which reportlab copies
without decoding them.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from PIL import Image as Drawn
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, LongTable, PageBreak, Paragraph, SimpleDocTemplate

from inspector_app.reports.flow import fresh_page, heading, para, prose
from inspector_app.reports.page import Story, render
from inspector_app.reports.pictures import Picture, pictures
from inspector_app.reports.tables import Column, Grid, head, row
from inspector_app.reports.typed import text
from inspector_app.reports.typeface import REGULAR
from tests.bench_clock import best_in_turn, most_memory
from tests.reports.test_page import RUNNING

PAGES, TIMES, ROWS, MOST_MB = 100, 3, 6, 300.0
WORDS = "The room was seen from the door; the poster stands beside the desk, in English only. "
_BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=10.5, leading=15)
_CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=9, leading=12)
_HEAD = ParagraphStyle("head", fontName=REGULAR, fontSize=14, leading=18)


@cache
def photos() -> tuple[bytes, ...]:
    """A hundred pictures of which none is like another, of the size that a report takes."""
    noise = Drawn.effect_noise((1125, 750), 30)
    return tuple(_jpeg(noise, number) for number in range(PAGES))


def _jpeg(noise: Drawn.Image, number: int) -> bytes:
    made = io.BytesIO()
    light = Drawn.new("L", noise.size, 2 * number)
    Drawn.merge("RGB", (noise, light, noise)).save(made, "JPEG", quality=80)
    return made.getvalue()


# -- ours ----------------------------------------------------------------------------------------

_COLUMNS = (Column(60), Column(260), Column(184, 0))


def tagged(with_photos: bool = True) -> bytes:
    """The file as the program makes it."""
    found = photos() if with_photos else ()
    return render(RUNNING, lambda _: [p for n in range(PAGES) for p in _page(n, found)])


def _page(n: int, found: tuple[bytes, ...]) -> Story:
    named = heading(text(f"Page {n}"), f"page-{n}", 2)
    shown = pictures([_picture(found[n])]) if found else [prose(text(WORDS * 12))]
    return [fresh_page(), named, prose(text(WORDS * 6)), _table(n), *shown]


def _table(n: int) -> Grid:
    rows = [row(*(para(text(words), "cell", "TD") for words in cells)) for cells in _cells(n)]
    return Grid(_COLUMNS, [head(_COLUMNS, *map(text, ("No.", "What", "Where"))), *rows])


def _cells(n: int) -> list[tuple[str, str, str]]:
    return [(f"T-{n}-{k}", WORDS, "Processing room 1, north wall") for k in range(ROWS)]


def _picture(jpeg: bytes) -> Picture:
    said = text("Processing room 1, north wall.")
    return Picture(jpeg, 1125, 750, said, said, "A wall with a poster.", text("Not here."))


# -- the floor -----------------------------------------------------------------------------------


def plain(with_photos: bool = True, folder: Path | None = None) -> bytes:
    """The same by reportlab alone; its pictures as bytes, or as files of a folder."""
    out = io.BytesIO()
    found: Sequence[bytes | Path] = photos() if with_photos else ()
    if folder:
        found = [folder / f"{number}.jpg" for number in range(PAGES)]
    SimpleDocTemplate(out, pagesize=(612, 792), invariant=1).build(
        [part for n in range(PAGES) for part in _plain_page(n, found)]
    )
    return out.getvalue()


def _plain_page(n: int, found: Sequence[bytes | Path]) -> list[Flowable]:
    rows = [[Paragraph(words, _CELL) for words in cells] for cells in _cells(n)]
    heads = [Paragraph(words, _CELL) for words in ("No.", "What", "Where")]
    table = LongTable([heads, *rows], colWidths=(60, 260, 130), repeatRows=1)
    shown = _plain_picture(found[n]) if found else Paragraph(WORDS * 12, _BODY)
    body = Paragraph(WORDS * 6, _BODY)
    return [Paragraph(f"Page {n}", _HEAD), body, table, shown, PageBreak()]


def _plain_picture(of: bytes | Path) -> Flowable:
    return Image(io.BytesIO(of) if isinstance(of, bytes) else str(of), 375, 250)


# -- figures -------------------------------------------------------------------------------------


def report_laid(_: Path) -> tuple[float, float]:
    """Milliseconds of the tagged report, and of the plain one."""
    photos()
    return best_in_turn(tagged, plain, TIMES)


def text_laid(_: Path) -> tuple[float, float]:
    """Milliseconds of a hundred pages without photos, tagged and plain."""
    return best_in_turn(lambda: tagged(False), lambda: plain(False), TIMES)


def report_memory(_: Path) -> tuple[float, float]:
    """The most megabytes that a fresh process takes for the tagged report, and what it may take."""
    return float(_child("tagged")[0]), MOST_MB


def report_size(_: Path) -> tuple[float, float]:
    """Kilobytes of the tagged report, and of its pictures."""
    return len(tagged()) / 1000, sum(map(len, photos())) / 1000


def _child(what: str) -> list[str]:
    command = [sys.executable, "-m", "tests.bench_reports", what]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


_MADE: dict[str, Callable[..., bytes]] = {"tagged": tagged, "plain": plain}


def main() -> int:
    """Print the figures, or, of a child, its memory and the size of what it made."""
    if len(sys.argv) > 1:
        size = len(_MADE[sys.argv[1]]())
        print(most_memory(), size / 1e6)
        return 0
    photos()
    for what, make in _MADE.items():
        took, words = _cpu(make), _cpu(partial(make, False))
        memory, megabytes = map(float, _child(what))
        print(
            f"{what}: {took:.2f} s, {memory:.0f} MB of memory, {megabytes:.1f} MB in the file, "
            f"{PAGES / words:.0f} text pages a second"
        )
    with tempfile.TemporaryDirectory() as folder:
        for number, jpeg in enumerate(photos()):
            (Path(folder) / f"{number}.jpg").write_bytes(jpeg)
        print(f"plain, pictures as files: {_cpu(partial(plain, folder=Path(folder))):.2f} s")
    return 0


def _cpu(make: Callable[[], bytes]) -> float:
    """The fewest seconds of the processor, which others on the machine hardly lengthen."""
    spans = []
    for _ in range(TIMES):
        before = time.process_time()
        make()
        spans.append(time.process_time() - before)
    return min(spans)


if __name__ == "__main__":
    sys.exit(main())
