"""Marks on a photo: one geometry for window and report, a blur that takes away."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection.marks import marks_of, parts_blurred
from inspector_app.photos import Mark, PictureReader
from inspector_app.photos.marks import COLORS, SIDE, Area, Cells, Line, Words, figures, figures_of
from inspector_app.playing import perform
from inspector_app.records import Annotation
from inspector_app.workspace import Workspace
from tests.test_photos import opened
from tests.ui.open_pages import new_workspace

Desk = tuple[Workspace, str]
SIZE = (800, 600)
LETTER = 7

places = st.integers(0, SIDE)
marks = st.builds(
    Mark,
    st.sampled_from(["arrow", "box", "circle", "text", "blur"]),
    places,
    places,
    places,
    places,
    st.sampled_from(sorted(COLORS)),
    st.text(max_size=60),
)


@pytest.fixture(scope="module")
def pictures() -> Iterator[PictureReader]:
    with PictureReader() as reader:
        yield reader


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def width_of(text: str, size: float) -> float:
    return len(text) * size / 2


def written(text: str = "A123 456 789") -> Image.Image:
    """A white picture with black words in the middle."""
    image = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(image).text((300, 280), text, "black", font_size=40)
    return image


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


COVERING = Mark("blur", 3500, 4300, 7500, 5700)


# -- geometry ----------------------------------------------------------------------------------


@given(marks, st.integers(1, 5000), st.integers(1, 5000))
def test_every_mark_can_be_drawn_on_every_picture(mark: Mark, width: int, height: int) -> None:
    for figure in figures_of(mark, width, height, width_of):
        if isinstance(figure, Cells):
            for left, top, right, bottom in figure.rects:
                assert 0 <= left < right <= width and 0 <= top < bottom <= height
        if isinstance(figure, Words):
            assert figure.rect[0] >= 0 and figure.rect[1] >= 0


@given(st.builds(Mark, st.just("blur"), places, places, places, places))
def test_a_blur_covers_its_whole_box_and_has_at_most_sixteen_cells(mark: Mark) -> None:
    (cells, _) = figures_of(mark, *SIZE, width_of)
    assert isinstance(cells, Cells)
    covered = {
        (x, y) for x1, y1, x2, y2 in cells.rects for x in range(x1, x2) for y in range(y1, y2)
    }
    wide, high = (range_of(one, other, most) for one, other, most in _sides(mark))
    assert len(cells.rects) <= 16
    assert len(covered) == sum((x2 - x1) * (y2 - y1) for x1, y1, x2, y2 in cells.rects)
    assert set(wide) <= {x for x, _ in covered} and set(high) <= {y for _, y in covered}


def _sides(mark: Mark) -> tuple[tuple[int, int, int], ...]:
    return (mark.x1, mark.x2, SIZE[0]), (mark.y1, mark.y2, SIZE[1])


def range_of(one: int, other: int, most: int) -> range:
    """The pixels that a side of the box touches."""
    low, high = sorted((one * most / SIDE, other * most / SIDE))
    return range(min(int(low), most - 1), min(max(-(-high // 1).__int__(), int(low) + 1), most))


def test_blurs_are_drawn_before_everything_else() -> None:
    """So that nothing they cover can show, and an arrow to them can."""
    drawn = figures([Mark("arrow", 0, 0, 9, 9), COVERING], *SIZE, width_of)
    assert [mark.shape for mark, _ in drawn] == ["blur", "arrow"]


def test_the_tip_of_an_arrow_is_its_second_point() -> None:
    (area,) = figures_of(Mark("arrow", 1000, 1000, 5000, 5000), *SIZE, width_of)
    assert isinstance(area, Area)
    assert (400, 300) in [(round(x), round(y)) for x, y in area.points]


def test_words_wrap_at_the_picture_s_side() -> None:
    mark = Mark(
        "text", 6000, 5000, 9000, 5600, "black", "The lower edge is torn off, hours illegible"
    )
    (words,) = figures_of(mark, *SIZE, width_of)
    assert isinstance(words, Words)
    assert len(words.lines) > 1 and words.rect[2] <= SIZE[0]
    assert " ".join(words.lines) == mark.text


@given(st.builds(Mark, st.just("box"), places, places, places, places))
def test_a_mark_looks_the_same_on_a_thumbnail_and_in_print(mark: Mark) -> None:
    small, large = (figures_of(mark, *size, width_of)[0] for size in ((800, 600), (3200, 2400)))
    assert isinstance(small, Line) and isinstance(large, Line)
    for (x, y), (wide, high) in zip(small.points, large.points, strict=True):
        assert (4 * x, 4 * y) == pytest.approx((wide, high))
    assert large.width == pytest.approx(4 * small.width)


@pytest.mark.parametrize("color", sorted(COLORS))
def test_each_color_and_its_casing_are_far_apart(color: str) -> None:
    """4.5:1, so that words can be read and lines be seen on whatever they lie."""
    one, other = (_luminance(tone) for tone in COLORS[color])
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5


def _luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# -- what is reported --------------------------------------------------------------------------


def test_what_a_blur_covers_is_in_no_copy(pictures: PictureReader) -> None:
    """Two pictures that differ under the blur alone give the same copy: nothing of it is left."""
    one, other = (png(written(text)) for text in ("A123 456 789", "A987 654 321"))
    assert pictures.report_copy(one).jpeg != pictures.report_copy(other).jpeg
    copies = [pictures.report_copy(data, 800, [COVERING]) for data in (one, other)]
    first, second = (opened(copy.jpeg).crop((270, 250, 610, 350)) for copy in copies)
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("longest", [320, 800, 4096])
def test_a_blur_is_one_color_per_cell_at_every_size(pictures: PictureReader, longest: int) -> None:
    copy = opened(pictures.report_copy(png(written()), longest, [COVERING]).jpeg)
    (cells, _) = figures_of(COVERING, *copy.size, width_of)
    assert isinstance(cells, Cells)
    for left, top, right, bottom in cells.rects:
        inner = copy.crop(
            (left + 10, top + 10, max(right - 10, left + 11), max(bottom - 10, top + 11))
        )
        assert all(high - low <= 12 for low, high in inner.getextrema())


def test_the_original_is_untouched_by_marks(desk: Desk) -> None:
    workspace, id = desk
    data = png(written())
    photo = workspace.add_photo(id, data).record
    workspace.put(id, "annotation:a", photo=photo, shape="blur", x1=0, y1=0, x2=SIDE, y2=SIDE)
    found = workspace.inspection(id).record(photo)
    assert workspace.photo_bytes(id, found.sha256) == data  # type: ignore[union-attr]


@pytest.mark.parametrize("shape", ["arrow", "box", "circle", "text"])
def test_each_shape_is_in_the_report_s_copy(pictures: PictureReader, shape: str) -> None:
    mark = Mark(shape, 2000, 2000, 6000, 6000, "red", "Torn edge")
    copy = opened(pictures.report_copy(png(Image.new("RGB", SIZE, "white")), 800, [mark]).jpeg)
    reds = sum(count for count, (r, g, b) in copy.getcolors(10**6) if r > 150 and g < 90 and b < 90)
    assert reds > 200


@given(st.lists(marks, max_size=4))
def test_no_mark_can_break_a_copy(marks: list[Mark]) -> None:
    reader = _reader()
    copy = reader.report_copy(png(Image.new("RGB", (160, 120), "gray")), 320, marks)
    assert (copy.width, copy.height) == (160, 120)


_READERS: list[PictureReader] = []


def _reader() -> PictureReader:
    """One child for all examples; it ends with this process."""
    if not _READERS:
        _READERS.append(PictureReader())
    return _READERS[0]


def test_more_marks_than_can_be_drawn_are_refused_with_a_sentence(pictures: PictureReader) -> None:
    many = [Mark("text", 0, 0, 9, 9, "red", "x" * 1000)] * 10_000
    with pytest.raises(BadInput, match="marks"):
        pictures.report_copy(png(written()), marks=many)


# -- records -----------------------------------------------------------------------------------


def put(desk: Desk, name: str, **fields: object) -> None:
    workspace, id = desk
    whole = {"photo": "photo:p", "shape": "box", "x1": 1, "y1": 2, "x2": 3000, "y2": 4000}
    workspace.put(id, f"annotation:{name}", **{**whole, **fields})


@pytest.fixture
def photo(desk: Desk) -> str:
    workspace, id = desk
    return workspace.add_photo(id, png(written()), record="photo:p").record


def test_a_mark_lies_on_a_photo_that_is_there(desk: Desk) -> None:
    with pytest.raises(BadInput):
        put(desk, "a")


def test_a_mark_is_recorded_from_a_terminal_too(desk: Desk, photo: str) -> None:
    workspace, id = desk
    line = {"verb": "annotation", "id": "a", "photo": photo, "shape": "arrow", "color": "blue"}
    places = {"x1": 100, "y1": 100, "x2": 900, "y2": 900}
    perform(workspace, id, {**line, **places})
    assert marks_of(workspace.inspection(id), photo) == (Mark("arrow", 100, 100, 900, 900, "blue"),)


@pytest.mark.parametrize(
    "wrong", [{"x1": -1}, {"y2": SIDE + 1}, {"x1": 1.5}, {"shape": "star"}, {"color": "#ff0000"}]
)
def test_what_is_no_mark_is_refused(desk: Desk, photo: str, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        put(desk, "a", **wrong)


def test_each_act_on_a_mark_is_one_step_of_undo(desk: Desk, photo: str) -> None:
    workspace, id = desk
    put(desk, "a")
    workspace.put(id, "annotation:a", x1=500)
    workspace.undo(id)
    assert marks_of(workspace.inspection(id), photo)[0].x1 == 1
    workspace.undo(id)
    assert marks_of(workspace.inspection(id), photo) == ()
    workspace.redo(id)
    workspace.redo(id)
    assert marks_of(workspace.inspection(id), photo)[0].x1 == 500


def test_a_mark_on_a_signed_report_needs_a_reason(desk: Desk, photo: str) -> None:
    workspace, id = desk
    workspace.sign_off(id, "report")
    with pytest.raises(NotAllowed):
        put(desk, "a")
    put(desk, "a", amends="the face was visible")
    assert len(marks_of(workspace.inspection(id), photo)) == 1


def test_blurred_parts_are_counted(desk: Desk, photo: str) -> None:
    put(desk, "a", shape="blur")
    put(desk, "b", shape="blur")
    put(desk, "c", shape="arrow")
    workspace, id = desk
    assert parts_blurred(marks_of(workspace.inspection(id), photo)) == 2


def test_where_people_disagree_about_a_blur_all_of_it_is_blurred(
    desk: Desk, photo: str, tmp_path: Path
) -> None:
    """Until somebody decides, nobody sees what one of them covered."""
    workspace, id = desk
    put(desk, "a", shape="blur", x1=3000, x2=4000)
    other, _ = Workspace.create(
        tmp_path / "other", "Marcus Example", "opr-inspector", "Unit", "another passphrase"
    )
    try:
        for one, two in ((other, workspace), (workspace, other)):
            one.accept(two.card())
        workspace.bundle([id], tmp_path / "there.inspection", to=[other.desk.card])
        other.merge(tmp_path / "there.inspection")
        other.put(id, "annotation:a", x1=1000, x2=2000)
        workspace.put(id, "annotation:a", x1=6000, x2=7000)
        other.bundle([id], tmp_path / "back.inspection", to=[workspace.desk.card])
        workspace.merge(tmp_path / "back.inspection")
    finally:
        other.close()
    (mark,) = marks_of(workspace.inspection(id), photo)
    assert (mark.x1, mark.x2) == (1000, 7000)


def test_a_record_read_after_each_change_is_as_when_read_anew(desk: Desk, photo: str) -> None:
    """A change reads its own records anew and no others."""
    workspace, id = desk
    inspection = workspace.inspection(id)
    for act in range(6):
        inspection.all(Annotation)
        put(desk, f"m{act % 3}", x1=act)
        if act == 4:
            workspace.remove(id, "annotation:m0")
        fresh = type(inspection)(inspection.log, inspection.form)
        assert inspection.all(Annotation) == fresh.all(Annotation)
