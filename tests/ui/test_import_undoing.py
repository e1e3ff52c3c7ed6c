"""Taking a whole import back in the window: what it would do first, then one act, also reversed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.import_undoing import Imports
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace
from tests.test_workspace import PASSPHRASE
from tests.ui.open_pages import Window, named, new_workspace, open_page, press

Two = tuple[Workspace, Workspace, str]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Ana's inspection, into which Marcus brought two notes after she handed it to him."""
    ana, id = new_workspace(tmp_path)
    marcus, _ = Workspace.create(
        tmp_path / "m", "Marcus Example", "opr-inspector", "Unit", PASSPHRASE
    )
    ana.accept(marcus.card())
    marcus.accept(ana.card())
    ana.put(id, "answer:j-70", result="met", note="as it was")
    ana.bundle([id], tmp_path / "there", to=[marcus.desk.card])
    marcus.merge(tmp_path / "there")
    marcus.put(id, "answer:j-70", note="as Marcus has it")
    marcus.put(id, "answer:j-71", note="new from Marcus")
    marcus.bundle([id], tmp_path / "back", to=[ana.desk.card])
    ana.merge(tmp_path / "back")
    yield ana, marcus, id
    ana.close()
    marcus.close()


def opened(qtbot: QtBot, ana: Workspace, id: str) -> tuple[HandOverPage, Window, Imports]:
    page, window = open_page(qtbot, HandOverPage, ana, id)
    page.show_record("")
    QApplication.processEvents()
    return page, window, page.findChildren(Imports)[-1]


def words(part: Imports) -> str:
    QApplication.processEvents()
    return " ".join(w.text() for w in part.findChildren(QLabel) if w.isVisibleTo(part))


def test_what_would_change_is_shown_down_to_fields_before_a_merge(
    qtbot: QtBot, two: Two, tmp_path: Path
) -> None:
    ana, marcus, id = two
    ana.put(id, "answer:j-70", note="Ana again")
    marcus.put(id, "answer:j-70", note="Marcus again")
    marcus.put(id, "answer:j-71", note="longer")
    marcus.put(id, "answer:j-72", result="not-met")
    marcus.bundle([id], tmp_path / "more", to=[ana.desk.card])
    page, _window, _part = opened(qtbot, ana, id)
    page.open_bundle(tmp_path / "more")
    name = "Fields of Hamilton County Sheriff's Office, IN"
    qtbot.waitUntil(
        lambda: name in [w.accessibleName() for w in page.findChildren(RowList)], timeout=20_000
    )
    rows = named(page, name).rows()  # type: ignore[attr-defined]
    assert [(row.mark, row.title, row.text, row.right) for row in rows] == [
        ("conflict", "J-70: Note", "Ana again → Ana again or Marcus again", "Marcus Example"),
        ("changed", "J-71: Note", "new from Marcus → longer", "Marcus Example"),
        ("new", "J-72: Result", "Not met", "Marcus Example"),
    ]


def test_an_import_is_taken_back_after_its_preview(qtbot: QtBot, two: Two) -> None:
    ana, _, id = two
    ana.put(id, "answer:j-71", note="Ana has it otherwise by now")
    _page, _window, part = opened(qtbot, ana, id)
    part.list.setFocus()
    part.list.select(part.list.rows()[0].key)
    press(qtbot, Qt.Key.Key_Return)
    said = words(part)
    assert "everybody who merges it" in said and "changes of Marcus Example" in said
    left = named(part, "Left as it is in Hamilton County Sheriff’s Office, IN, March 2026")
    assert ("J-71: Note", "somebody has written here since") in [
        (row.title, row.text)
        for row in left.rows()  # type: ignore[attr-defined]
    ]
    back = named(part, "Gets back in Hamilton County Sheriff’s Office, IN, March 2026")
    note = ("J-70: Note", "as Marcus has it → as it was", "Marcus Example")
    assert note in [(row.title, row.text, row.right) for row in back.rows()]  # type: ignore[attr-defined]
    log = ana.inspection(id).log
    assert log.value("answer:j-70", "note") == "as Marcus has it"
    press(qtbot, Qt.Key.Key_Escape)
    assert not part.below.count()
    part.choose(part.list.rows()[0].key)
    part.take_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert log.value("answer:j-70", "note") == "as it was"
    assert log.value("answer:j-71", "note") == "Ana has it otherwise by now"


def test_where_a_part_is_signed_the_strip_asks_for_the_reason(qtbot: QtBot, two: Two) -> None:
    ana, _, id = two
    ana.sign_off(id, "item:j-70")
    _page, window, part = opened(qtbot, ana, id)
    part.choose(part.list.rows()[0].key)
    part.take_button.click()
    told = window.told[-1]
    assert told is not None and told.amend is not None
    assert ana.inspection(id).log.value("answer:j-70", "note") == "as Marcus has it"
    told.amend("Marcus was at another desk")
    assert ana.inspection(id).log.value("answer:j-70", "note") == "as it was"
