"""The poster check by keyboard: ticks and typing are one text, and the result is one change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.errors import BadInput
from inspector_app.records import Observation
from inspector_app.ui.tour_page import TourPage
from inspector_app.workspace import Workspace, posters
from tests.ui.open_pages import Window, go_to, named, new_workspace, open_tour, press, type_into

Key = Qt.Key
Desk = tuple[Workspace, str]
HELD = "2026-03-10T14:51:00-04:00[America/Indiana/Indianapolis]"
OLD = "Joint.Intake@dhs.gov"
NEW = "ICEOPRIntake@ice.dhs.gov"
OIG, OPR = "800-323-8603", "877-246-8253"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def poster(desk: Desk, **fields: object) -> str:
    given = {"area": "processing-area", "point": "posters", "held": HELD, **fields}
    return desk[0].new(desk[1], "observation", **given).record


def seen(desk: Desk, record: str) -> Observation:
    found = desk[0].inspection(desk[1]).get(Observation, record)
    assert found is not None
    return found


def opened(qtbot: QtBot, desk: Desk, record: str) -> tuple[TourPage, Window]:
    page, window = open_tour(qtbot, *desk)
    go_to(page, record)
    return page, window


def text(page: QWidget, language: str) -> QPlainTextEdit:
    found = named(page, f"What the {language} poster shows")
    assert isinstance(found, QPlainTextEdit)
    return found


def tick(page: QWidget, name: str) -> QAbstractButton:
    found = named(page, name)
    assert isinstance(found, QAbstractButton)
    return found


def words(page: QWidget) -> str:
    return " ".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))


def test_a_tick_writes_the_line_and_a_typed_line_ticks(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk, poster(desk))
    box = tick(page, f"English poster Phone {OIG}")
    box.setFocus()
    press(qtbot, Key.Key_Space)
    assert text(page, "English").toPlainText() == OIG
    assert not tick(page, f"Spanish poster Phone {OIG}").isChecked()
    type_into(qtbot, text(page, "Spanish"), "tel. (800) 323-8603")
    assert tick(page, f"Spanish poster Phone {OIG}").isChecked()
    box.setFocus()
    press(qtbot, Key.Key_Space)
    assert text(page, "English").toPlainText() == ""


def test_the_result_is_one_change_filed_under_the_item_on_contacts(
    qtbot: QtBot, desk: Desk
) -> None:
    workspace, id = desk
    record = poster(desk, text="By the door")
    page, window = opened(qtbot, desk, record)
    type_into(qtbot, text(page, "English"), OIG)
    press(qtbot, Key.Key_Return)
    type_into(qtbot, text(page, "English"), OLD)
    none = tick(page, "No Spanish poster hangs here")
    none.setFocus()
    press(qtbot, Key.Key_Space)
    assert "contact of an earlier time" in words(page)
    before = len(workspace.history(id))
    go = named(page, "Note the result")
    go.setFocus()
    press(qtbot, Key.Key_Space)
    found = seen(desk, record)
    assert len(workspace.history(id)) == before + 1
    assert found.item == "j-83"
    assert found.result is None
    assert found.poster == {"en": f"{OIG}\n{OLD}", "es": "none hangs here"}
    assert found.text.startswith("By the door\nPosters compared with the contacts known for March")
    assert "The English poster shows 1 of the 4 contacts expected." in found.text
    assert "The English poster lacks the phone of the ICE Office" in found.text
    assert "No Spanish poster hangs here." in found.text
    assert window.refusals() == []
    assert workspace.desk.store.drafts() == []


def test_a_second_check_takes_the_place_of_the_first(desk: Desk) -> None:
    workspace, id = desk
    record = poster(desk, text="By the door")
    for read in (OLD, NEW):
        posters.note(workspace, id, record, {"en": read})
    found = seen(desk, record)
    assert found.text.count("Posters compared") == 1
    assert "earlier time" not in found.text
    assert "Nothing was read from a Spanish poster." in found.text


def test_nothing_read_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(BadInput, match="Tick or type"):
        posters.note(*desk, poster(desk), {"en": " ", "es": ""})


def test_what_is_half_read_is_on_the_disk_and_comes_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, _ = desk
    record = poster(desk)
    page, _ = opened(qtbot, desk, record)
    type_into(qtbot, text(page, "English"), OPR)
    qtbot.waitUntil(lambda: bool(workspace.desk.store.drafts()), timeout=2000)
    page.leave()
    again, _ = opened(qtbot, desk, record)
    assert text(again, "English").toPlainText() == OPR
    assert seen(desk, record).poster == {}


def test_the_day_is_that_of_the_observation(desk: Desk) -> None:
    workspace, id = desk
    early = poster(desk, held="2020-06-10T14:51:00-04:00[America/Indiana/Indianapolis]")
    values = {e.contact.value for e in posters.sheet_of(workspace, id, early).expected}
    assert NEW not in values
    assert NEW in {e.contact.value for e in posters.sheet_of(workspace, id, poster(desk)).expected}


def test_a_point_about_something_else_has_no_sheet(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk, poster(desk, point=None))
    assert "Poster check" not in words(page)
