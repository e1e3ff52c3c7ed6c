"""Marks by key and pointer: put, moved, resized, written, colored, removed, undone."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.inspection.marks import annotations_of
from inspector_app.records import Annotation
from inspector_app.ui.annotation_canvas import Canvas
from inspector_app.ui.annotation_shapes import TOOLS, described, where
from inspector_app.ui.rows import RowList
from inspector_app.ui.tour_page import TourPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import (
    Window,
    disagree,
    go_to,
    named,
    new_workspace,
    open_tour,
    press,
    type_into,
)

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
Desk = tuple[Workspace, str]
PHOTO = "photo:wall"
SOON = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    workspace.add_photo(id, picture(), record=PHOTO, caption="Wall")
    yield workspace, id
    workspace.close()


def picture() -> bytes:
    """White, with black stripes in the middle that a blur must take away."""
    image = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(image)
    for left in range(300, 500, 8):
        draw.rectangle((left, 200, left + 3, 400), "black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def marks(desk: Desk) -> list[Annotation]:
    workspace, id = desk
    return annotations_of(workspace.inspection(id), PHOTO)


def places(mark: Annotation) -> tuple[int | None, ...]:
    return mark.x1, mark.y1, mark.x2, mark.y2


def opened(qtbot: QtBot, desk: Desk) -> tuple[TourPage, Canvas, Window]:
    page, window = open_tour(qtbot, *desk)
    go_to(page, PHOTO)
    canvas = named(page, "Picture")
    assert isinstance(canvas, Canvas)
    qtbot.waitUntil(lambda: not canvas._image.isNull(), timeout=SOON)
    qtbot.waitUntil(lambda: canvas.width() > 300)
    canvas.setFocus()
    return page, canvas, window


def put(desk: Desk, name: str, shape: str = "box", **fields: object) -> str:
    workspace, id = desk
    whole = {"x1": 2000, "y1": 2000, "x2": 4000, "y2": 4000, "color": "red", **fields}
    return workspace.put(
        id, f"annotation:{name}", photo=PHOTO, shape=shape, words=f"mark {name}", **whole
    ).record


def at(canvas: Canvas, across: int, down: int) -> QPoint:
    """A place of the picture on the widget."""
    target = canvas.target()
    x = target.left() + across / 10_000 * target.width()
    return QPointF(x, target.top() + down / 10_000 * target.height()).toPoint()


def drag(qtbot: QtBot, canvas: Canvas, start: tuple[int, int], end: tuple[int, int]) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=at(canvas, *start))
    qtbot.mouseMove(canvas, at(canvas, (start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
    qtbot.mouseMove(canvas, at(canvas, *end))
    qtbot.mouseRelease(canvas, left, pos=at(canvas, *end))


def near(mark: Annotation, expected: tuple[int, int, int, int]) -> bool:
    """Within two pixels of the screen."""
    return all(abs((a or 0) - b) < 60 for a, b in zip(places(mark), expected, strict=True))


# -- the keyboard ------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", sorted(TOOLS))
def test_each_tool_has_a_key_and_enter_puts_its_mark(qtbot: QtBot, desk: Desk, shape: str) -> None:
    _, canvas, _ = opened(qtbot, desk)
    qtbot.keyClicks(canvas, TOOLS[shape].lower())
    assert canvas.tool() == shape
    qtbot.keyClick(canvas, Key.Key_Return)
    (mark,) = marks(desk)
    assert (mark.shape, mark.photo, canvas.tool()) == (shape, PHOTO, "")
    assert canvas.selected() == mark.id


def test_arrows_move_and_shift_changes_the_size_and_a_run_of_keys_is_one_act(
    qtbot: QtBot, desk: Desk
) -> None:
    workspace, id = desk
    record = put(desk, "a")
    _, canvas, _ = opened(qtbot, desk)
    before = len(workspace.history(id))
    qtbot.keyClick(canvas, Key.Key_N)
    assert canvas.selected() == record
    for _ in range(10):
        qtbot.keyClick(canvas, Key.Key_Right)
    qtbot.waitUntil(lambda: marks(desk)[0].x1 == 3000)
    for _ in range(5):
        qtbot.keyClick(canvas, Key.Key_Down, Shift)
    qtbot.waitUntil(lambda: places(marks(desk)[0]) == (3000, 2000, 5000, 4500))
    assert len(workspace.history(id)) == before + 2
    workspace.undo(id)
    assert places(marks(desk)[0]) == (3000, 2000, 5000, 4000)


def test_a_mark_stops_at_the_picture_s_sides(qtbot: QtBot, desk: Desk) -> None:
    put(desk, "a", x1=200, x2=900)
    _, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    for _ in range(8):
        qtbot.keyClick(canvas, Key.Key_Left)
    canvas.flush()
    assert (marks(desk)[0].x1, marks(desk)[0].x2) == (0, 700)
    for _ in range(12):
        qtbot.keyClick(canvas, Key.Key_Left, Shift)
    canvas.flush()
    assert (marks(desk)[0].x1, marks(desk)[0].x2) == (0, 150)


@pytest.mark.parametrize("leaving", ["tab", "page", "leave"])
def test_what_was_moved_is_kept_when_somebody_goes_on_at_once(
    qtbot: QtBot, desk: Desk, leaving: str
) -> None:
    put(desk, "a")
    page, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    qtbot.keyClick(canvas, Key.Key_Right)
    acts = {
        "tab": lambda: qtbot.keyClick(canvas, Key.Key_Tab),
        "page": lambda: page.show_record(""),
        "leave": page.leave,
    }
    acts[leaving]()
    assert marks(desk)[0].x1 == 2100


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = put(desk, "a")
    _, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    qtbot.keyClick(canvas, Key.Key_Delete)
    assert marks(desk) == [] and canvas.selected() == ""
    workspace.undo(id)
    assert [mark.id for mark in marks(desk)] == [record]
    assert len(canvas._marks) == 1


def test_escape_lets_go_one_thing_at_a_time(qtbot: QtBot, desk: Desk) -> None:
    put(desk, "a")
    page, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert canvas.selected() == "" and page.current_record() == PHOTO
    qtbot.keyClicks(canvas, "b")
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert canvas.tool() == "" and page.current_record() == PHOTO
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert page.current_record() == "photos"


def test_letters_in_a_text_are_letters(qtbot: QtBot, desk: Desk) -> None:
    page, canvas, _ = opened(qtbot, desk)
    type_into(qtbot, named(page, "Caption"), "abctu")
    assert canvas.tool() == "" and marks(desk) == []


def test_words_are_typed_beside_the_picture(qtbot: QtBot, desk: Desk) -> None:
    page, canvas, _ = opened(qtbot, desk)
    qtbot.keyClicks(canvas, "t")
    qtbot.keyClick(canvas, Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "Words"
    qtbot.keyClicks(focused, "Lower edge torn")
    press(qtbot, Key.Key_Return)
    assert marks(desk)[0].text == "Lower edge torn"
    assert [row.title for row in listed(page).rows()] == ["Text 1, red: Lower edge torn"]


def listed(page: QWidget) -> RowList:
    found = named(page, "Marks on the picture")
    assert isinstance(found, RowList)
    return found


def test_the_list_names_the_marks_and_enter_takes_one_in_hand(qtbot: QtBot, desk: Desk) -> None:
    put(desk, "a")
    second = put(desk, "b", "blur", x1=7000, x2=9000, y1=7000, y2=9000)
    page, canvas, _ = opened(qtbot, desk)
    names = {row.key: row.title for row in listed(page).rows()}
    assert names[second].startswith("Blurred part") and names[second].endswith("lower right")
    listed(page).setFocus()
    listed(page).select(second)
    press(qtbot, Key.Key_Return)
    assert canvas.selected() == second and canvas.hasFocus()


def test_a_color_is_chosen_by_its_word(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    put(desk, "a")
    page, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    qtbot.mouseClick(named(page, "Yellow"), Qt.MouseButton.LeftButton)
    assert marks(desk)[0].color == "yellow"
    workspace.undo(id)
    assert marks(desk)[0].color == "red"
    assert named(page, "Red").isChecked()  # type: ignore[attr-defined]


# -- the pointer -------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["arrow", "box", "circle", "blur"])
def test_a_tool_and_a_drag_draw_a_mark(qtbot: QtBot, desk: Desk, shape: str) -> None:
    page, canvas, _ = opened(qtbot, desk)
    qtbot.mouseClick(named(page, shape.capitalize()), Qt.MouseButton.LeftButton)
    drag(qtbot, canvas, (7000, 6000), (2000, 3000))
    (mark,) = marks(desk)
    upright = (2000, 3000, 7000, 6000)
    assert mark.shape == shape
    assert near(mark, (7000, 6000, 2000, 3000) if shape == "arrow" else upright)


def test_a_click_alone_puts_a_usual_mark_there(qtbot: QtBot, desk: Desk) -> None:
    page, canvas, _ = opened(qtbot, desk)
    qtbot.mouseClick(named(page, "Box"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 1000, 1000))
    assert near(marks(desk)[0], (1000, 1000, 4000, 4000))


def test_a_mark_is_dragged_and_its_corner_too(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    put(desk, "a")
    _, canvas, _ = opened(qtbot, desk)
    before = len(workspace.history(id))
    drag(qtbot, canvas, (3000, 3000), (5000, 6000))
    assert near(marks(desk)[0], (4000, 5000, 6000, 7000))
    drag(qtbot, canvas, (6000, 7000), (8000, 7500))
    assert near(marks(desk)[0], (4000, 5000, 8000, 7500))
    assert len(workspace.history(id)) == before + 2


def test_a_click_beside_lets_a_mark_go_and_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    put(desk, "a")
    _, canvas, _ = opened(qtbot, desk)
    before = len(workspace.history(id))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 3000, 3000))
    assert canvas.selected()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 9000, 9000))
    assert not canvas.selected() and len(workspace.history(id)) == before


# -- what is seen ------------------------------------------------------------------------------


def test_what_a_blur_covers_is_not_on_the_screen(qtbot: QtBot, desk: Desk) -> None:
    _, canvas, _ = opened(qtbot, desk)
    stripes = QRect(at(canvas, 3900, 3500), at(canvas, 6000, 6400))
    assert _contrast(canvas.grab().toImage(), stripes, canvas) > 200
    put(desk, "a", "blur", x1=3600, y1=3200, x2=6400, y2=6800)
    assert _contrast(canvas.grab().toImage(), stripes, canvas) < 60


def test_what_a_blur_covers_is_not_in_the_gallery(qtbot: QtBot, desk: Desk) -> None:
    page, _, _ = opened(qtbot, desk)
    go_to(page, "photos")
    view = named(page, "Pictures")
    loader = page.photos.gallery.view.loader
    qtbot.waitUntil(lambda: not loader.is_busy(), timeout=SOON)
    middle = QRect(80, 60, 35, 30)
    assert _contrast(view.grab().toImage(), middle, view) > 60
    put(desk, "a", "blur", x1=3800, y1=3400, x2=6200, y2=6600)
    assert _contrast(view.grab().toImage(), middle, view) < 60


def _contrast(image: QImage, area: QRect, widget: QWidget) -> int:
    """How far the lightest and the darkest pixel of an area are apart."""
    ratio = image.width() / widget.width()
    found = image.copy(
        QRect(*(round(side * ratio) for side in (area.x(), area.y(), area.width(), area.height())))
    )
    grays = [
        found.pixelColor(x, y).lightness()
        for x in range(0, found.width(), 2)
        for y in range(0, found.height(), 2)
    ]
    return max(grays) - min(grays)


def test_blurred_parts_are_counted_below_the_picture(qtbot: QtBot, desk: Desk) -> None:
    put(desk, "a", "blur")
    put(desk, "b", "blur")
    page, _, _ = opened(qtbot, desk)
    texts = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    assert any(text.startswith("2 parts blurred. ") for text in texts)


@pytest.mark.parametrize(
    ("across", "down", "words"),
    [
        (0, 0, "upper left"),
        (20_000, 20_000, "lower right"),
        (10_000, 10_000, "middle"),
        (10_000, 0, "upper middle"),
        (0, 10_000, "left"),
    ],
)
def test_places_in_words(across: int, down: int, words: str) -> None:
    assert where(across, down) == words


def test_each_mark_of_a_photo_has_a_name_of_its_own(qtbot: QtBot, desk: Desk) -> None:
    for name in "abc":
        put(desk, name)
    page, canvas, _ = opened(qtbot, desk)
    names = [described(mark, number) for number, mark in enumerate(canvas._marks.values(), 1)]
    assert len(set(names)) == 3 and names == [row.title for row in listed(page).rows()]


# -- others ------------------------------------------------------------------------------------


def test_a_signed_report_asks_for_a_reason(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    put(desk, "a")
    workspace.sign_off(id, "report")
    _, canvas, window = opened(qtbot, desk)
    drag(qtbot, canvas, (3000, 3000), (5000, 6000))
    (told,) = [told for told in window.told if told]
    assert told.amend is not None
    assert places(marks(desk)[0]) == (2000, 2000, 4000, 4000)
    assert canvas._marks["annotation:a"].x1 == 2000
    told.amend("the wrong poster was marked")
    assert near(marks(desk)[0], (4000, 5000, 6000, 7000))


def test_two_values_of_a_mark_are_shown_until_one_is_kept(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    record = put(desk, "a", "text", text="Poster")
    page, _, _ = opened(qtbot, desk)
    disagree(*desk, tmp_path, record, text="Poster torn")
    qtbot.mouseClick(named(page, "Keep what Ana Sample recorded"), Qt.MouseButton.LeftButton)
    assert marks(desk)[0].text == "Poster torn"


def test_a_mark_somebody_else_removed_leaves_the_hand(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = put(desk, "a")
    _, canvas, _ = opened(qtbot, desk)
    qtbot.keyClick(canvas, Key.Key_N)
    qtbot.keyClick(canvas, Key.Key_Right)
    workspace.remove(id, record)
    assert canvas.selected() == ""
    canvas.flush()
    assert marks(desk) == []


def test_from_a_problem_with_a_mark_one_comes_to_its_photo(qtbot: QtBot, desk: Desk) -> None:
    record = put(desk, "a")
    page, _, _ = opened(qtbot, desk)
    go_to(page, "")
    go_to(page, record)
    assert page.current_record() == PHOTO
