"""The checklist by keys alone: results, the panel of what is not met, several items, scopes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.inspection.basis import batches
from inspector_app.records import Finding
from inspector_app.ui.checklist_not_met import NotMet
from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.ui.checklist_scope import items_in
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.editors import TextEditor
from inspector_app.workspace import Workspace
from tests.ui.open_pages import (
    Window,
    choose,
    comes_back,
    go_to,
    named,
    new_workspace,
    open_page,
    press,
    type_into,
)

Desk = tuple[Workspace, str]
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> tuple[ChecklistPage, Window]:
    page, window = open_page(qtbot, ChecklistPage, *desk)
    go_to(page, "answer:j-70")
    return page, window


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def pick(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    """Choose an entry of a list that drops down, by its first words, with keys."""
    chooser = named(page, name)
    assert isinstance(chooser, QComboBox)
    chooser.setFocus()
    at = next(n for n in range(chooser.count()) if chooser.itemText(n).startswith(text))
    if isinstance(chooser, ActChooser):
        choose(qtbot, chooser, at)
        return
    for _ in range(abs(at - chooser.currentIndex())):
        qtbot.keyClick(chooser, KEY.Key_Down if at > chooser.currentIndex() else KEY.Key_Up)
        QApplication.processEvents()
        if not named_or_none(page, name):
            return
        chooser = named(page, name)
        assert isinstance(chooser, QComboBox)


def named_or_none(page: QWidget, name: str) -> bool:
    there = [w for w in page.findChildren(QWidget) if w.accessibleName() == name]
    return any(widget.isVisibleTo(page) for widget in there)


def pressed(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.processEvents()
        press(qtbot, key)
    QApplication.processEvents()


def result(desk: Desk, item: str) -> str | None:
    return desk[0].inspection(desk[1]).answer(item).result


def panel(page: ChecklistPage) -> NotMet | None:
    return next((p for p in page.findChildren(NotMet) if p.isVisibleTo(page)), None)


# -- not met -------------------------------------------------------------------------------------


def test_not_met_opens_a_panel_with_the_caret_in_the_note(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, window = opened
    pressed(qtbot, KEY.Key_2)
    note = QApplication.focusWidget()
    assert isinstance(note, TextEditor) and note.accessibleName() == "Note"
    open_panel = panel(page)
    assert open_panel is not None and open_panel.isAncestorOf(note)
    assert not window.isModal() and QApplication.activeModalWidget() is None
    qtbot.keyClicks(note, "Four files lack it.")
    pressed(qtbot, KEY.Key_Escape)
    assert panel(page) is None
    assert desk[0].inspection(desk[1]).answer("j-70").note == "Four files lack it."
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "Not met"
    named(page, "Finding for this item").setFocus()
    pressed(qtbot, KEY.Key_Space)
    assert panel(page) is not None


def test_a_finding_is_started_from_the_panel_with_clause_and_answer(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, window = opened
    pressed(qtbot, KEY.Key_2)
    named(page, "Start a finding").setFocus()
    pressed(qtbot, KEY.Key_Space)
    (finding,) = desk[0].inspection(desk[1]).all(Finding)
    assert finding.item == "j-70" and finding.quotation
    assert desk[0].inspection(desk[1]).ends_from(finding.id) == ["answer:j-70"]
    assert window.went == [("findings", finding.id)]


def test_already_covered_links_the_answer_to_the_finding(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    made = workspace.new(id, "finding", item="j-71", title="No interpreter is named").record
    pressed(qtbot, KEY.Key_2)
    pick(qtbot, page, "Already covered by", "INT-1")
    assert workspace.inspection(id).ends_from(made) == ["answer:j-70"]
    (row,) = [r for r in _evidence(page) if r[0] == "INT-1"]
    assert row == ("INT-1", "Finding, covers this")
    assert len(workspace.inspection(id).all(Finding)) == 1


def _evidence(page: ChecklistPage) -> list[tuple[str, str]]:
    shown = named(page, "Evidence")
    return [(r.title, r.right) for r in shown.rows()]  # type: ignore[attr-defined]


def test_evidence_is_linked_and_unlinked_by_keys(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    seen = workspace.new(id, "observation", text="No interpreter is offered.").record
    workspace.new(id, "observation", text="A second one, further down the list.")
    pressed(qtbot, KEY.Key_2)
    chooser = named(page, "Link evidence")
    assert isinstance(chooser, ActChooser)
    chooser.setFocus()
    pressed(qtbot, KEY.Key_Down)  # opens; what is passed is not linked
    for key in (KEY.Key_Down, KEY.Key_Up, KEY.Key_Escape):
        qtbot.keyClick(chooser.view(), key)
    comes_back(qtbot, page.window())
    assert workspace.inspection(id).ends_from("answer:j-70") == []
    number = workspace.inspection(id).record_numbers()[seen]
    pick(qtbot, page, "Link evidence", number)
    assert workspace.inspection(id).ends_from("answer:j-70") == [seen]
    assert _evidence(page) == [(number, "Tour")]
    shown = named(page, "Evidence")
    shown.setFocus()
    shown.select(seen)  # type: ignore[attr-defined]
    pressed(qtbot, KEY.Key_Delete)
    assert workspace.inspection(id).ends_from("answer:j-70") == []


# -- several items -------------------------------------------------------------------------------


def test_several_items_are_met_only_on_a_basis(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, window = opened
    workspace, id = desk
    pressed(qtbot, KEY.Key_F4)
    assert page.list.hasFocus()
    press(qtbot, KEY.Key_Down, SHIFT)
    press(qtbot, KEY.Key_Down, SHIFT)
    pressed(qtbot, KEY.Key_Down, KEY.Key_Down, KEY.Key_Space)  # one apart
    assert (
        page.list.chosen() == [f"answer:{i}" for i in ("j-70", "j-71", "j-72")] + ["answer:j-73"]
        or len(page.list.chosen()) == 4
    )
    pressed(qtbot, KEY.Key_Space)
    assert page.list.chosen() == ["answer:j-70", "answer:j-71", "answer:j-72"]
    pressed(qtbot, KEY.Key_1)
    assert any("rest on" in told for told in window.refusals())
    assert [result(desk, item) for item in ("j-70", "j-71", "j-72")] == [None] * 3
    page.together.kind.chip("paper").setFocus()
    pressed(qtbot, KEY.Key_Space)
    type_into(qtbot, page.together.paper, "Interpreter log of March 9")
    page.list.setFocus()
    pressed(qtbot, KEY.Key_1)
    assert [result(desk, item) for item in ("j-70", "j-71", "j-72")] == ["met"] * 3
    (batch,) = batches(workspace.inspection(id))
    assert batch.basis.text == "Interpreter log of March 9" and len(batch.answers) == 3
    assert page.list.chosen() == [] and not page.together.isVisible()
    workspace.undo(id)
    assert [result(desk, item) for item in ("j-70", "j-71", "j-72")] == [None] * 3


def test_a_tour_point_is_a_basis_and_shows_as_such_on_each_card(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    workspace.new(id, "observation", text="The offer is made in Spanish.")
    pressed(qtbot, KEY.Key_F4)
    press(qtbot, KEY.Key_Down, SHIFT)
    page.together.kind.chip("tour").click()
    pick(qtbot, page, "Which one", "T-01")
    page.list.setFocus()
    pressed(qtbot, KEY.Key_1)
    go_to(page, "answer:j-71")
    pressed(qtbot, KEY.Key_F4)
    assert ("Answered together", "Basis") in _evidence(page)


def test_nothing_selects_everything_as_met(opened: tuple[ChecklistPage, Window]) -> None:
    page, _ = opened
    names = [w.accessibleName().casefold() for w in page.findChildren(QWidget)]
    assert not [name for name in names if "all" in name.split() and "met" in name.split()]


def test_one_row_is_answered_in_the_list_and_escape_lets_go(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    pressed(qtbot, KEY.Key_F4, KEY.Key_1)
    assert result(desk, "j-70") == "met" and page.list.hasFocus()
    assert page.list.current_key() == "answer:j-71"  # as in the grid, one goes on at once
    assert not page.bindings and page._card.count() == 0  # no card is made that nobody sees
    pressed(qtbot, KEY.Key_F4)
    assert page._results is not None and page._card.count() > 1
    pressed(qtbot, KEY.Key_F4)
    pressed(qtbot, KEY.Key_Up, KEY.Key_0)
    assert result(desk, "j-70") is None
    pressed(qtbot, KEY.Key_Space)
    assert page.together.isVisible()
    pressed(qtbot, KEY.Key_1)  # a single one is not answered here
    assert result(desk, "j-70") is None
    pressed(qtbot, KEY.Key_Escape)
    assert not page.together.isVisible() and page.list.hasFocus()
    pressed(qtbot, KEY.Key_2)
    assert result(desk, "j-70") == "not-met" and panel(page) is not None


def test_a_paper_that_is_half_described_is_kept(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    pressed(qtbot, KEY.Key_F4)
    press(qtbot, KEY.Key_Down, SHIFT)
    page.together.kind.chip("paper").click()
    type_into(qtbot, page.together.paper, "Half a sent")

    def kept() -> bool:
        return any(d.value == "Half a sent" for d in desk[0].desk.store.drafts())

    qtbot.waitUntil(kept, timeout=1_500)
    again = ChecklistPage(*desk)
    qtbot.addWidget(again)
    assert again.together.paper.text() == "Half a sent"


# -- what is hidden ------------------------------------------------------------------------------


def test_a_hidden_item_keeps_its_answer_and_comes_back(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    go_to(page, "answer:j-17")
    pressed(qtbot, KEY.Key_2)
    go_to(page, "answer:j-18")
    pressed(qtbot, KEY.Key_1)
    go_to(page, "answer:j-17")
    pressed(qtbot, KEY.Key_1, KEY.Key_F4)
    assert "answer:j-18" not in [row.key for row in page.list.rows()]
    assert desk[0].inspection(desk[1]).answer("j-18").result == "met"
    pressed(qtbot, KEY.Key_2, KEY.Key_F4)
    (back,) = [row for row in page.list.rows() if row.key == "answer:j-18"]
    assert back.mark == "met"


# -- scopes --------------------------------------------------------------------------------------


def test_f8_goes_through_the_scope_that_was_picked(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, window = opened
    workspace, id = desk
    workspace.put(id, f"member:{workspace.key}", independence="None.")
    workspace.link(id, f"member:{workspace.key}", "section:meetings")
    pick(qtbot, page, "Go on in", "My sections")
    mine = [i.id for i in workspace.inspection(id).form.items if i.id in _meetings(desk)]
    pressed(qtbot, KEY.Key_F8)
    assert page.current_record() == f"answer:{mine[0]}"
    for item in mine:
        assert page.current_record() == f"answer:{item}"
        pressed(qtbot, KEY.Key_1, KEY.Key_F8)
    assert page.current_record() == f"answer:{mine[-1]}" and window.went == []
    again, _ = open_page(qtbot, ChecklistPage, *desk)
    assert again.scope.value() == "mine"


def _meetings(desk: Desk) -> list[str]:
    return [item.id for item in items_in(*desk, "section", "meetings")]


def test_scopes_hold_what_their_words_say(desk: Desk) -> None:
    everything = items_in(*desk, "all")
    for evidence in ("saw", "read", "told"):
        found = items_in(*desk, evidence)
        assert found == [item for item in everything if evidence in item.evidence]
    detained = {item.id for item in items_in(*desk, "detained")}
    assert {"j-68", "j-81"} <= detained and len(detained) < len(everything) / 2
    assert items_in(*desk, "mine") == []
    cited = {i.id: {c.document for c in i.citations} for i in everything}
    by_law = {i.id for i in items_in(*desk, "law")}
    assert by_law and all(len(cited[id]) > 1 for id in by_law) and len(by_law) < len(everything)


def test_scopes_follow_photos_and_what_is_altered_after_a_signature(desk: Desk) -> None:
    workspace, id = desk

    def items(scope: str) -> list[str]:
        return [item.id for item in items_in(workspace, id, scope)]

    assert items("photo") == items("altered") == []
    photo = workspace.new(id, "photo", caption="Block four").record
    seen = workspace.new(id, "observation", item="j-68").record
    for owner in ("answer:j-70", seen):
        workspace.link(id, owner, photo)
    assert set(items("photo")) == {"j-68", "j-70"}
    workspace.put(id, "answer:j-70", result="met")
    workspace.sign_off(id, "section:interpretation")
    workspace.put(id, "answer:j-01", result="met")
    assert items("altered") == []
    workspace.put(id, "answer:j-70", amends="A file was overlooked.", result="not-met")
    assert items("altered") == ["j-70"]
    workspace.sign_off(id, "section:interpretation")
    assert items("altered") == []


def test_the_head_says_whose_section_it_is(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    assert any(text == "item 3 of 6" for text in words(page))
    workspace.link(id, f"member:{workspace.key}", "section:interpretation")
    assert any("yours" in text for text in words(page))


def test_a_row_of_the_list_says_its_answer_and_its_evidence_and_ctrl_f_finds_it(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    workspace, id = desk
    page, _ = opened
    workspace.put(id, "answer:j-70", result="not-met", note="Four files lack it.")
    workspace.new(id, "observation", text="Asked in Spanish only", item="j-70")
    pressed(qtbot, KEY.Key_F4)
    qtbot.keyClick(page, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "files lack")
    (row,) = page.list.rows()
    assert row.title.startswith("J-70  ") and row.text == "Not met · Four files lack it."
    assert row.right == "Tour 1"
    page.list.setFocus()
    pressed(qtbot, KEY.Key_F4)
    focused = QApplication.focusWidget()
    assert (
        focused is not None and focused.accessibleName() == "Not met"
    )  # Space changes nothing else


def test_ctrl_enter_in_the_note_goes_to_the_next_unanswered(
    qtbot: QtBot, desk: Desk, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    page.resize(640, 300)  # as at 200 %: the note lies below the edge
    pressed(qtbot, KEY.Key_2)
    note = QApplication.focusWidget()
    assert isinstance(note, TextEditor)
    qtbot.waitUntil(lambda: not note.visibleRegion().isEmpty())
    qtbot.keyClicks(note, "Four files lack it.")
    qtbot.keyClick(note, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.current_record() == "answer:j-71"
    assert desk[0].inspection(desk[1]).answer("j-70").note == "Four files lack it."


def test_the_line_one_writes_stays_in_sight_while_the_note_grows(
    qtbot: QtBot, opened: tuple[ChecklistPage, Window]
) -> None:
    page, _ = opened
    page.window().resize(900, 420)
    pressed(qtbot, KEY.Key_4)
    note = QApplication.focusWidget()
    assert isinstance(note, TextEditor)

    def in_sight() -> bool:
        return note.viewport().visibleRegion().contains(note.cursorRect().center())

    for _ in range(9):
        qtbot.keyClick(note, KEY.Key_Return)
        qtbot.waitUntil(in_sight)
    note.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.waitUntil(in_sight)
