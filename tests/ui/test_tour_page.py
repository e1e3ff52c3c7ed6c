"""The tour by keyboard: one line and Enter, the inbox, points, photos, what is typed is kept."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.records import Observation, Photo
from inspector_app.ui.rows import RowList
from inspector_app.ui.tour_page import TourPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import (
    ZONE,
    Window,
    choose,
    disagree,
    go_to,
    named,
    new_workspace,
    open_tour,
    press,
    type_into,
)

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def observe(desk: Desk, text: str, **fields: object) -> str:
    workspace, id = desk
    held = str(workspace.moment(id))
    return workspace.new(id, "observation", text=text, held=held, **fields).record


def observations(desk: Desk) -> list[Observation]:
    workspace, id = desk
    return workspace.inspection(id).all(Observation)


def photos(desk: Desk) -> list[Photo]:
    workspace, id = desk
    return workspace.inspection(id).all(Photo)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "#3a6").save(made, "JPEG")
    return made.getvalue()


def opened(qtbot: QtBot, desk: Desk, record: str = "") -> tuple[TourPage, Window]:
    page, window = open_tour(qtbot, *desk)
    go_to(page, record)
    return page, window


def inbox(page: QWidget) -> RowList:
    found = named(page, "Not filed yet")
    assert isinstance(found, RowList)
    return found


def test_one_line_and_enter_is_an_observation_with_its_moment(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk)
    press(qtbot, Key.Key_N, Control)
    for text in ("Poster torn", "Screen faces the corridor"):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, text)
        press(qtbot, Key.Key_Return)
        QApplication.processEvents()
        line = named(page, "What do you see?")  # in sight for the next one, made anew or not
        assert line.hasFocus() and not line.visibleRegion().isEmpty()
    texts = {o.text for o in observations(desk)}
    assert texts == {"Poster torn", "Screen faces the corridor"}
    assert all(o.held and o.held.endswith(f"[{ZONE}]") for o in observations(desk))
    assert {row.title for row in inbox(page).rows()} == {"T-01", "T-02"}


def test_what_is_typed_in_the_line_outlives_a_change_from_elsewhere(
    qtbot: QtBot, desk: Desk
) -> None:
    page, _ = opened(qtbot, desk)
    type_into(qtbot, named(page, "What do you see?"), "half a sen")
    observe(desk, "from elsewhere")
    line = named(page, "What do you see?")
    assert line.property("text") == "half a sen"
    assert line.hasFocus()


def test_the_area_stays_for_the_next_line(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk)
    named(page, "Area").setFocus()
    press(qtbot, Key.Key_Down)
    for text in ("one", "two"):
        type_into(qtbot, named(page, "What do you see?"), text)
        press(qtbot, Key.Key_Return)
    area = page.inspection.form.areas[0].id
    assert [o.area for o in observations(desk)] == [area, area]


def test_the_inbox_empties_when_an_item_is_chosen(qtbot: QtBot, desk: Desk) -> None:
    record = observe(desk, "Poster torn")
    page, _ = opened(qtbot, desk)
    inbox(page).setFocus()
    inbox(page).select(record)
    press(qtbot, Key.Key_Return)
    assert page.current_record() == record
    named(page, "Item of the checklist").setFocus()
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    (found,) = observations(desk)
    assert found.item == page.inspection.shown_items()[0].id
    go_to(page, "")
    assert all(
        w.accessibleName() != "Not filed yet" for w in page.findChildren(RowList) if w.isVisible()
    )


def test_a_point_is_observed_from_the_list_and_claims_nothing_by_itself(
    qtbot: QtBot, desk: Desk
) -> None:
    page, _ = opened(qtbot, desk)
    area = page.inspection.form.areas[0]
    listed = named(page, area.title)
    assert isinstance(listed, RowList)
    listed.setFocus()
    listed.select(f"point:{area.id}/{area.points[0].id}")
    press(qtbot, Key.Key_Return)
    QApplication.processEvents()
    (found,) = observations(desk)
    assert (found.area, found.point, found.item) == (
        area.id,
        area.points[0].id,
        area.points[0].item,
    )
    assert found.text == ""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPlainTextEdit)
    assert focused.accessibleName() == "What was seen"


def test_the_editor_keeps_the_focus_while_a_result_is_set_and_undone(
    qtbot: QtBot, desk: Desk
) -> None:
    workspace, id = desk
    record = observe(desk, "Poster torn")
    page, _ = opened(qtbot, desk, record)
    button = next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "Not met")
    button.setFocus()
    press(qtbot, Key.Key_Space)
    assert observations(desk)[0].result == "not-met"
    assert button.hasFocus()
    workspace.undo(id)
    assert not button.isChecked()
    assert observations(desk)[0].result is None


def test_find_shows_what_holds_the_words(qtbot: QtBot, desk: Desk) -> None:
    observe(desk, "Poster torn")
    observe(desk, "Screen faces the corridor")
    page, _ = opened(qtbot, desk)
    press(qtbot, Key.Key_F, Control)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, "corridor")
    assert [row.text for row in inbox(page).rows()] == ["Screen faces the corridor"]


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = observe(desk, "Poster torn")
    page, _ = opened(qtbot, desk)
    inbox(page).setFocus()
    inbox(page).select(record)
    press(qtbot, Key.Key_Delete)
    assert observations(desk) == []
    workspace.undo(id)
    assert [row.key for row in inbox(page).rows()] == [record]


def test_a_dropped_picture_belongs_to_the_open_observation(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    workspace, id = desk
    record = observe(desk, "Poster torn", area="processing-area")
    page, window = opened(qtbot, desk, record)
    file = tmp_path / "poster.jpg"
    file.write_bytes(picture())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    page.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none.NoModifier))
    qtbot.waitUntil(lambda: len(photos(desk)) == 1, timeout=20_000)
    (photo,) = photos(desk)
    assert workspace.inspection(id).ends_from(record) == [photo.id]
    assert photo.area == "processing-area"
    assert window.refusals() == []
    qtbot.waitUntil(lambda: named(page, "Caption").hasFocus())
    qtbot.keyClicks(named(page, "Caption"), "Lower edge of the poster")
    press(qtbot, Key.Key_Tab)
    (photo,) = photos(desk)
    assert photo.caption == "Lower edge of the poster"


def test_the_small_picture_comes_from_a_worker(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    owner = observe(desk, "Poster torn")
    record = workspace.add_photo(id, picture(), caption="Poster").record
    workspace.link(id, owner, record)
    page, _ = opened(qtbot, desk, owner)
    label = named(page, "Poster")
    assert isinstance(label, QLabel)
    qtbot.waitUntil(lambda: not label.pixmap().isNull(), timeout=20_000)


def test_a_picture_is_pasted_and_filed_later(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = observe(desk, "Poster torn")
    page, _ = opened(qtbot, desk)
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    inbox(page).setFocus()
    press(qtbot, Key.Key_V, Control)
    qtbot.waitUntil(lambda: len(photos(desk)) == 1, timeout=20_000)
    (photo,) = photos(desk)
    assert page.current_record() == photo.id
    choose(qtbot, named(page, "Belongs to"))
    assert workspace.inspection(id).ends_from(record) == [photo.id]


def test_what_is_no_picture_is_told_and_nothing_is_kept(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    page, window = opened(qtbot, desk)
    file = tmp_path / "notes.jpg"
    file.write_text("not a picture")
    page.take_photo([file, tmp_path / "gone.jpg"])
    page.take_photo([file])
    qtbot.waitUntil(lambda: len(window.refusals()) == 2, timeout=20_000)
    assert photos(desk) == []


def test_where_no_camera_was_allowed_is_a_limit_of_the_visit(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    page, _ = opened(qtbot, desk)
    type_into(qtbot, named(page, "Other limits imposed by the facility"), "Housing unit C")
    press(qtbot, Key.Key_Tab)
    assert workspace.inspection(id).visit.limits == "Housing unit C"


def test_two_values_are_shown_beside_each_other_until_one_is_kept(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    record = observe(desk, "Poster")
    page, _ = opened(qtbot, desk, record)
    disagree(*desk, tmp_path, record, text="Poster torn")
    qtbot.mouseClick(named(page, "Keep what Ana Sample recorded"), Qt.MouseButton.LeftButton)
    assert observations(desk)[0].text == "Poster torn"
    assert named(page, "What was seen").property("plainText") == "Poster torn"
