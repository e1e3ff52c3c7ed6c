"""Timed observations and areas without a camera, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.errors import BadInput
from inspector_app.records import NoCamera, Observation, Photo
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace, touring
from tests.ui.open_pages import choose, go_to, named, new_workspace, open_tour, press, type_into

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def texts(page: QWidget) -> str:
    return " ".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))


def only_observation(desk: Desk) -> Observation:
    (found,) = desk[0].inspection(desk[1]).all(Observation)
    return found


def test_an_observation_is_timed_from_one_key_to_its_stop(qtbot: QtBot, desk: Desk) -> None:
    page, window = open_tour(qtbot, *desk)
    type_into(qtbot, named(page, "What do you see?"), "One person is processed")
    press(qtbot, Key.Key_T, Control)
    found = only_observation(desk)
    assert (found.text, found.timed, found.until) == ("One person is processed", True, None)
    assert found.held
    stop = named(page, "Stop T-01")
    stop.setFocus()
    press(qtbot, Key.Key_Space)
    assert only_observation(desk).until
    assert "Stop" not in texts(page)
    inbox = named(page, "Not filed yet")
    assert isinstance(inbox, RowList)
    (row,) = inbox.rows()
    assert row.right.endswith("min")
    assert window.refusals() == []


def test_it_is_stopped_from_its_own_page_too(qtbot: QtBot, desk: Desk) -> None:
    page, _ = open_tour(qtbot, *desk)
    record = touring.start_timed(*desk, "Watched")
    go_to(page, record)
    named(page, "Stop").setFocus()
    press(qtbot, Key.Key_Space)
    assert only_observation(desk).until


def test_a_stopped_or_plain_observation_has_nothing_to_stop(desk: Desk) -> None:
    workspace, id = desk
    plain = workspace.new(id, "observation", text="A door").record
    record = touring.start_timed(workspace, id, "Watched")
    touring.stop_timed(workspace, id, record)
    for each in (plain, record, "observation:none"):
        with pytest.raises(BadInput, match="nothing to stop"):
            touring.stop_timed(workspace, id, each)


def test_an_area_without_a_camera_asks_why_at_once(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    page, window = open_tour(qtbot, workspace, id)
    choose(qtbot, named(page, "No camera here"))
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "The whole facility Reason"
    qtbot.keyClicks(focused, "Phones stay at the gate")
    press(qtbot, Key.Key_Tab)
    (found,) = workspace.inspection(id).all(NoCamera)
    assert (found.area, found.reason) == ("facility", "Phones stay at the gate")
    assert found.held
    assert window.refusals() == []


def test_the_area_says_so_and_the_mark_can_be_taken_away(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    area = workspace.inspection(id).form.areas[0]
    touring.no_camera(workspace, id, area.id)
    page, _ = open_tour(qtbot, workspace, id)
    assert "0 seen, no camera" in texts(page)
    named(page, f"Remove {area.title}").setFocus()
    press(qtbot, Key.Key_Space)
    assert workspace.inspection(id).all(NoCamera) == []
    assert "no camera" not in texts(page)
    with pytest.raises(BadInput):
        touring.no_camera(workspace, id, "nowhere")


def test_the_inbox_counts_what_is_not_filed_and_is_worked_off_by_keys(
    qtbot: QtBot, desk: Desk
) -> None:
    workspace, id = desk
    page, _ = open_tour(qtbot, workspace, id)
    line = named(page, "What do you see?")
    for words in ("A door", "A desk"):
        type_into(qtbot, named(page, "What do you see?"), words)
        press(qtbot, Key.Key_Return)
    assert line is not None
    assert "Not filed yet (2)" in texts(page)
    inbox = named(page, "Not filed yet")
    inbox.setFocus()
    press(qtbot, Key.Key_Return)
    item = named(page, "Item of the checklist")
    item.setFocus()
    press(qtbot, Key.Key_Down)
    go_to(page, "")
    assert "Not filed yet (1)" in texts(page)
    (filed,) = (o for o in workspace.inspection(id).all(Observation) if o.item)
    lists = {shown.accessibleName(): shown for shown in page.findChildren(RowList)}
    assert [row.key for row in lists["No area"].rows()] == [filed.id]


def test_the_inbox_and_what_is_left_name_the_same_things(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    for n in range(3):
        workspace.new(id, "photo", caption=f"Wall {n}")
        workspace.new(id, "observation", text=f"Door {n}")
    workspace.put(id, "answer:j-70", note="Seen on the tour.")
    for found in (workspace.inspection(id).all(cls)[0] for cls in (Photo, Observation)):
        workspace.link(id, "answer:j-70", found.id)  # evidence: no longer in the inbox
    page, _ = open_tour(qtbot, workspace, id)
    inbox = named(page, "Not filed yet")
    assert isinstance(inbox, RowList)
    left = [p.record for p in workspace.problems(id) if p.kind == "unfiled"]
    assert sorted(row.key for row in inbox.rows()) == sorted(left) and len(left) == 4
    assert "Not filed yet (4)" in texts(page)
