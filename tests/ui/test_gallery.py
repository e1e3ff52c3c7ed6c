"""Photos by hand and key: dropped, pasted, many at once, cancelled; the gallery and its filters."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPlainTextEdit, QProgressBar
from pytestqt.qtbot import QtBot

from inspector_app.records import Photo
from inspector_app.ui.gallery_view import GalleryView
from inspector_app.ui.tour_page import TourPage
from inspector_app.ui.tour_rows import MOST_PHOTOS
from inspector_app.workspace import Workspace, pictures
from tests.ui.open_pages import (
    Window,
    choose,
    go_to,
    named,
    new_workspace,
    open_tour,
    press,
    type_into,
)

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Desk = tuple[Workspace, str]
SOON = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def photos(desk: Desk) -> list[Photo]:
    workspace, id = desk
    return workspace.inspection(id).all(Photo)


def jpeg(number: int, size: tuple[int, int] = (64, 48)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (number * 9 % 256, 120, 60)).save(made, "JPEG")
    return made.getvalue()


def files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"IMG_{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(jpeg(number))
    return paths


def drop(page: TourPage, paths: Sequence[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier))


def opened(qtbot: QtBot, desk: Desk, record: str = "photos") -> tuple[TourPage, Window]:
    page, window = open_tour(qtbot, *desk)
    go_to(page, record)
    return page, window


def grid(page: TourPage) -> GalleryView:
    found = named(page, "Pictures")
    assert isinstance(found, GalleryView)
    return found


def added(desk: Desk, count: int, **fields: object) -> list[str]:
    """Photos that are here already, without a picture library at work."""
    workspace, id = desk
    records = {f"photo:{number:04}": {"caption": f"Wall {number}"} for number in range(count)}
    for number, values in enumerate(records.values()):
        values |= {"taken": f"2026-03-10T09:{number % 60:02}:00-04:00[America/New_York]"}
        values |= fields  # type: ignore[arg-type]
    workspace.put_many(id, records, "photos")
    return list(records)


# -- taking in ---------------------------------------------------------------------------------


def test_one_dropped_picture_opens_with_a_line_to_type(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    """Photo first: drop it, type one line, done."""
    page, _ = opened(qtbot, desk, "")
    drop(page, files(tmp_path, 1))
    qtbot.waitUntil(lambda: bool(photos(desk)), timeout=SOON)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPlainTextEdit) and focused.accessibleName() == "Caption"
    qtbot.keyClicks(focused, "Poster torn at the lower edge")
    press(qtbot, Key.Key_Tab)
    assert photos(desk)[0].caption == "Poster torn at the lower edge"


def test_many_wait_in_the_gallery_for_their_words_and_are_one_step_of_undo(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    workspace, id = desk
    page, window = opened(qtbot, desk, "")
    said: list[str] = []
    page.message.connect(said.append)
    drop(page, files(tmp_path, 4))
    line = page.photos.line
    qtbot.waitUntil(lambda: line.isVisible() and len(photos(desk)) < 4, timeout=SOON)
    qtbot.waitUntil(lambda: len(photos(desk)) == 4, timeout=SOON)
    qtbot.waitUntil(lambda: not line.isVisible(), timeout=SOON)
    assert said == ["4 photos added."] and window.refusals() == []
    assert len(grid(page).rows()) == 4 and grid(page).hasFocus()
    workspace.undo(id)
    assert photos(desk) == []
    assert grid(page).rows() == []


def test_what_is_no_picture_is_named_and_the_others_are_added(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    page, window = opened(qtbot, desk)
    paths = files(tmp_path, 3)
    paths[1].write_bytes(b"<html>Sign in</html>")
    page.take_photo(paths)
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=SOON)
    assert window.refusals() == ["2 of 3 photos were added; 1 was kept out."]
    told = next(told for told in window.told if told)
    assert told.error.details[0].startswith("IMG_1.jpg: The file is not a picture")
    assert len(photos(desk)) == 2


def test_cancel_adds_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page, window = opened(qtbot, desk)
    said: list[str] = []
    page.message.connect(said.append)
    page.take_photo(files(tmp_path, 30))
    bar = page.photos.line.findChild(QProgressBar)
    assert bar is not None
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=SOON)
    qtbot.mouseClick(named(page, "Cancel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said), timeout=SOON)
    assert "cancelled" in said[0] and photos(desk) == [] and window.refusals() == []


def test_what_somebody_types_meanwhile_is_left_alone(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    workspace, id = desk
    record = workspace.new(id, "observation", text="Poster").record
    page, _ = opened(qtbot, desk, record)
    page.take_photo(files(tmp_path, 1))
    type_into(qtbot, named(page, "What was seen"), " torn, ")
    qtbot.waitUntil(lambda: bool(photos(desk)), timeout=SOON)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "What was seen"
    assert "torn" in str(focused.property("plainText"))


def test_a_workspace_that_is_closed_meanwhile_gets_nothing_and_nothing_breaks(
    qtbot: QtBot, tmp_path: Path
) -> None:
    workspace, id = new_workspace(tmp_path)
    page, _ = opened(qtbot, (workspace, id))
    line = page.photos.line
    page.take_photo(files(tmp_path, 20))
    workspace.close()
    qtbot.waitUntil(lambda: not line.is_busy(), timeout=SOON)
    again = Workspace.open(tmp_path / "desk", passphrase="a passphrase for tests only")
    try:
        assert again.inspection(id).all(Photo) == []
    finally:
        again.close()


def test_files_and_pictures_are_pasted(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page, window = opened(qtbot, desk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files(tmp_path, 2)])
    QGuiApplication.clipboard().setMimeData(data)
    grid(page).setFocus()
    press(qtbot, Key.Key_V, Control)
    qtbot.waitUntil(lambda: len(photos(desk)) == 2, timeout=SOON)
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    press(qtbot, Key.Key_V, Control)
    qtbot.waitUntil(lambda: len(photos(desk)) == 3, timeout=SOON)
    assert window.refusals() == []


def test_a_signed_report_asks_for_a_reason_and_then_adds(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    workspace, id = desk
    workspace.sign_off(id, "report")
    page, window = opened(qtbot, desk)
    page.take_photo(files(tmp_path, 1))
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=SOON)
    (told,) = [told for told in window.told if told]
    assert told.amend is not None and photos(desk) == []
    told.amend("a photo that was forgotten")
    assert len(photos(desk)) == 1


# -- the gallery -------------------------------------------------------------------------------


def test_f4_goes_to_the_photos_and_back(qtbot: QtBot, desk: Desk) -> None:
    added(desk, 2)
    page, _ = opened(qtbot, desk, "")
    press(qtbot, Key.Key_F4)
    assert page.current_record() == "photos" and grid(page).hasFocus()
    assert page.trail() == ["Photos"]
    press(qtbot, Key.Key_F4)
    assert page.current_record() == ""


def test_arrows_and_enter_open_a_photo_and_escape_comes_back_to_it(
    qtbot: QtBot, desk: Desk
) -> None:
    records = added(desk, 6)
    page, _ = opened(qtbot, desk)
    grid(page).setFocus()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Return):
        press(qtbot, key)
    assert page.current_record() == records[2]
    named(page, "Area").setFocus()
    press(qtbot, Key.Key_Escape)
    assert page.current_record() == "photos"
    assert grid(page).current_record() == records[2] and grid(page).hasFocus()


def test_page_keys_go_from_photo_to_photo(qtbot: QtBot, desk: Desk) -> None:
    records = added(desk, 3)
    page, _ = opened(qtbot, desk, records[0])
    named(page, "Caption").setFocus()
    press(qtbot, Key.Key_PageDown)
    assert page.current_record() == records[1]
    assert named(page, "Caption").property("plainText") == "Wall 1"
    for _ in range(2):
        press(qtbot, Key.Key_PageUp)
        QApplication.processEvents()
    assert page.current_record() == records[2]


def test_where_a_photo_belongs_follows_undo(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    (record,) = added(desk, 1)
    owner = workspace.new(id, "observation", text="Wall").record
    page, _ = opened(qtbot, desk, record)
    choice = named(page, "Belongs to")
    choose(qtbot, choice)
    assert workspace.inspection(id).ends_from(owner) == [record]
    assert named(page, "Open T-01").isVisible() and choice.hasFocus()
    workspace.undo(id)
    assert choice.property("currentText") == "No observation yet"
    pictures.file_under(workspace, id, record, owner)
    qtbot.mouseClick(named(page, "Open T-01"), Qt.MouseButton.LeftButton)
    assert page.current_record() == owner


def test_each_filter_says_how_many_it_lists(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    records = added(desk, 5)
    workspace.put(id, records[0], caption=None, alt="A wall")
    workspace.put(id, records[1], decorative=True)
    owner = workspace.new(id, "observation", text="Wall", area="booking").record
    workspace.link(id, owner, records[2])
    page, _ = opened(qtbot, desk)
    expected = {
        "All 5": records,
        "Without caption 1": records[:1],
        "Without alternative text 3": records[2:],
        "Not linked 4": [*records[:2], *records[3:]],
    }
    for name, shown in expected.items():
        qtbot.mouseClick(named(page, name), Qt.MouseButton.LeftButton)
        assert [row.record for row in grid(page).rows()] == shown


def test_filter_and_area_are_combined(qtbot: QtBot, desk: Desk) -> None:
    """A photo without an area of its own is where its observation is."""
    workspace, id = desk
    records = added(desk, 4)
    areas = [area.id for area in workspace.inspection(id).form.areas]
    owner = workspace.new(id, "observation", text="Wall", area=areas[0]).record
    workspace.link(id, owner, records[1])
    workspace.put(id, records[2], area=areas[0])
    page, _ = opened(qtbot, desk)
    named(page, "Area of the photos").setFocus()
    press(qtbot, Key.Key_Down)
    assert [row.record for row in grid(page).rows()] == records[1:3]
    qtbot.mouseClick(named(page, "Not linked 3"), Qt.MouseButton.LeftButton)
    assert [row.record for row in grid(page).rows()] == records[2:3]


def test_a_photo_is_told_to_whoever_cannot_see_it(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    (record,) = added(desk, 1)
    workspace.put(id, "annotation:a", photo=record, shape="blur", x1=0, y1=0, x2=900, y2=900)
    page, _ = opened(qtbot, desk)
    said = grid(page).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Photo 1, Wall 0, Tue 09:00, 1 part blurred, no alternative text, not linked"


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    records = added(desk, 3)
    page, _ = opened(qtbot, desk)
    grid(page).setFocus()
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Delete)
    assert [row.record for row in grid(page).rows()] == [records[0], records[2]]
    workspace.undo(id)
    assert [row.record for row in grid(page).rows()] == records


def test_only_what_is_to_be_seen_is_read(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    for number in range(300):
        workspace.put(id, f"photo:{number:04}", sha256=f"{number:064x}", caption="Wall")
    page, _ = opened(qtbot, desk)
    loader = grid(page).loader
    qtbot.waitUntil(lambda: not loader.is_busy(), timeout=SOON)
    assert 0 < len(loader._held) < 60
    assert set(loader._held.values()) == {"Not here yet: it comes with a later bundle."}
    assert isinstance(grid(page), QListView) and grid(page).uniformItemSizes()


def test_a_picture_that_a_bundle_brings_later_is_shown(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    from inspector_app.canonical import sha256

    workspace.put(id, "photo:late", sha256=sha256(jpeg(3)), caption="Wall")
    page, _ = opened(qtbot, desk)
    loader = grid(page).loader
    qtbot.waitUntil(lambda: bool(loader.why_not(sha256(jpeg(3)))), timeout=SOON)
    workspace.desk.store.put_blob(id, jpeg(3))
    workspace.put(id, "photo:late", caption="Wall, north")
    qtbot.waitUntil(lambda: loader.picture(sha256(jpeg(3))) is not None, timeout=SOON)


def test_the_log_lists_a_dozen_loose_photos_and_leads_to_the_others(
    qtbot: QtBot, desk: Desk
) -> None:
    added(desk, MOST_PHOTOS + 5)
    page, _ = opened(qtbot, desk, "")
    inbox = named(page, "Not filed yet")
    rows = inbox.rows()  # type: ignore[attr-defined]
    assert len(rows) == MOST_PHOTOS + 1 and rows[-1].title == "5 more"
    inbox.setFocus()
    inbox.select("loose")  # type: ignore[attr-defined]
    press(qtbot, Key.Key_Return)
    assert page.current_record() == "photos" and len(grid(page).rows()) == MOST_PHOTOS + 5


# -- what it shows, asked once -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "caution"),
    [
        ("wall 0. ", "The caption again: it would be read twice."),
        ("IMG_4711", "A file’s name. Say what can be seen."),
        ("IMG 4711.JPG", "A file’s name. Say what can be seen."),
        ("20260310_094207", "A file’s name. Say what can be seen."),
        ("photo (2).heic", "A file’s name. Say what can be seen."),
        ("A wall with two posters", ""),
        ("3 posters", ""),
        ("", ""),
    ],
)
def test_an_alternative_text_that_helps_nobody_is_told(
    qtbot: QtBot, desk: Desk, alt: str, caution: str
) -> None:
    (record,) = added(desk, 1)
    page, _ = opened(qtbot, desk, record)
    type_into(qtbot, named(page, "Alternative text"), alt)
    press(qtbot, Key.Key_Tab)
    told = [w.text() for w in page.findChildren(QLabel) if w.isVisible() and w.text() in CAUTIONS]
    assert told == ([caution] if caution else [])


CAUTIONS = (
    "The caption again: it would be read twice.",
    "A file’s name. Say what can be seen.",
)


def test_a_decorative_photo_is_asked_for_no_text(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    (record,) = added(desk, 1)
    page, _ = opened(qtbot, desk, record)
    box = named(page, "Decorative: a reader may pass over it")
    alt = named(page, "Alternative text")
    box.setFocus()
    press(qtbot, Key.Key_Space)
    assert photos(desk)[0].decorative and not alt.isVisible()
    assert [p.kind for p in workspace.problems(id) if p.record == record] == ["unfiled"]
    workspace.undo(id)
    assert alt.isVisible()


def test_a_camera_whose_clock_says_another_day_is_told(qtbot: QtBot, desk: Desk) -> None:
    wrong = "2019-01-01T00:10:00-05:00[America/New_York]"
    (record,) = added(desk, 1, taken=wrong, taken_from="camera")
    page, _ = opened(qtbot, desk, record)
    texts = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    assert "The camera’s clock says January 1, 2019, which is no day of the visit." in texts


def test_a_copy_is_saved_with_its_marks_and_without_its_place(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, id = desk
    record = pictures.add_photo(workspace, id, jpeg(1)).record
    page, _ = opened(qtbot, desk, record)
    out = tmp_path / "copy.jpg"
    monkeypatch.setattr("inspector_app.ui.choosing.save_file", lambda *_: out)
    qtbot.mouseClick(named(page, "Save a copy"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(out.is_file, timeout=SOON)
    with Image.open(out) as copy:
        assert copy.size == (64, 48) and not dict(copy.getexif())
