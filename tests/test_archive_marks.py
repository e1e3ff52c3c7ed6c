"""The page of an archive shows the marks on photos, and nothing that a blur took away."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from inspector_app.archive import marked
from inspector_app.photos.marks import COLORS, Mark
from inspector_app.workspace import Workspace
from inspector_app.workspace.unpacking import unpack_inspections
from tests.test_workspace import PASSPHRASE, _start

HOSTILE = '"/><script>alert(1)</script>'


@pytest.fixture
def case(tmp_path: Path) -> Iterator[tuple[Workspace, str, str]]:
    made, _ = Workspace.create(tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    id = _start(made)
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 130, 140)).save(picture, "JPEG")
    photo = made.add_photo(id, picture.getvalue(), caption="North wall", alt="A gray wall").record
    yield made, id, photo
    made.close()


def _mark(workspace: Workspace, id: str, photo: str, name: str, **fields: object) -> None:
    places = {"x1": 1000, "y1": 2000, "x2": 5000, "y2": 6000}
    workspace.put(id, f"annotation:{name}", **{"photo": photo, **places, **fields})


def _page(workspace: Workspace, id: str, out: Path) -> str:
    unpack_inspections(workspace, [id], out)
    return (out / "index.html").read_text("utf-8")


def test_every_shape_is_drawn_over_its_picture(
    case: tuple[Workspace, str, str], tmp_path: Path
) -> None:
    workspace, id, photo = case
    for shape in ("arrow", "box", "circle", "text"):
        _mark(workspace, id, photo, shape, shape=shape, color="blue", text="the latch", y2=2500)
    shown = _page(workspace, id, tmp_path / "out")
    (drawn,) = re.findall(r"<svg.*?</svg>", shown, re.S)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["viewBox"] == "0 0 640 480"
    kinds = [child.tag for child in root]
    assert kinds.count("ellipse") == 2 and "text" in kinds and kinds.count("polygon") == 4
    assert COLORS["blue"][0] in drawn and "the latch" in drawn
    assert re.search(r'<span class="pic"><img [^>]*>' + re.escape(drawn), shown)
    (told,) = re.findall(r"Marks: ([^<]*)<", shown)
    assert set(told.split(", ")) == {"arrow", "box", "circle", "text “the latch”"}


def test_what_a_blur_covers_is_covered_and_the_original_is_not_linked(
    case: tuple[Workspace, str, str], tmp_path: Path
) -> None:
    workspace, id, photo = case
    before = _page(workspace, id, tmp_path / "before")
    assert re.search(r'<a href="data/[^"]*\.jpg"><span class="pic">', before)
    assert "<svg" not in before
    _mark(workspace, id, photo, "b", shape="blur")
    shown = _page(workspace, id, tmp_path / "after")
    root = ElementTree.fromstring(re.findall(r"<svg.*?</svg>", shown, re.S)[0])
    rects = [child for child in root if child.tag == "rect"]
    left = min(float(r.attrib["x"]) for r in rects)
    right = max(float(r.attrib["x"]) + float(r.attrib["width"]) for r in rects)
    assert (left, right) == (64.0, 320.0) and all("opacity" not in r.attrib for r in rects)
    assert not re.search(r'href="data/[^"]*\.jpg"', shown)
    assert "Parts are covered here" in shown


def test_words_of_a_mark_are_words_only(case: tuple[Workspace, str, str], tmp_path: Path) -> None:
    workspace, id, photo = case
    _mark(workspace, id, photo, "t", shape="text", text=HOSTILE, x2=9000)
    shown = _page(workspace, id, tmp_path / "out")
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert not re.search(r"\son\w+=|\sstyle=", shown)


def test_marks_look_alike_on_every_size() -> None:
    mark = Mark("box", 1000, 1000, 9000, 9000, "red")
    small, large = (marked.drawing([mark], *size) for size in ((400, 300), (4000, 3000)))
    assert 'stroke-width="2.0"' in small and 'stroke-width="18.2"' in large
