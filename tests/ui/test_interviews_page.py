"""Interviews by keyboard: a label that comes by itself, two at once, refusals, words kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.records import Interview
from inspector_app.ui.buttons import Chips
from inspector_app.ui.interviews_page import InterviewsPage
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace, names
from tests.ui.open_pages import (
    Window,
    choose,
    disagree,
    go_to,
    named,
    new_workspace,
    open_page,
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


def new_interview(desk: Desk, role: str = "designated-officer", **fields: object) -> str:
    workspace, id = desk
    return workspace.new(id, "interview", role=role, **fields).record


def interview(desk: Desk, record: str) -> Interview:
    workspace, id = desk
    found = workspace.inspection(id).get(Interview, record)
    assert found is not None
    return found


def opened(qtbot: QtBot, desk: Desk, record: str) -> tuple[InterviewsPage, Window]:
    page, window = open_page(qtbot, InterviewsPage, *desk)
    go_to(page, record)
    return page, window


def rows(page: QWidget) -> RowList:
    return page.findChildren(RowList)[-1]


def topic(page: InterviewsPage, number: int, what: str) -> QWidget:
    role = next(r for r in page.inspection.form.interview_roles if r.id == "designated-officer")
    return named(page, f"{role.topics[number].english} {what}")


def test_a_new_interview_asks_for_the_role_and_labels_the_person(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    page, _ = open_page(qtbot, InterviewsPage, workspace, id)
    press(qtbot, Key.Key_N, Control)
    choose(qtbot, named(page, "New interview"))
    (made,) = workspace.inspection(id).all(Interview)
    assert made.role == workspace.inspection(id).form.interview_roles[0].id
    assert made.label == "ICE official A-1"
    assert made.held and made.held.endswith("[America/Indiana/Indianapolis]")
    assert page.trail() == ["ICE official A-1"]


def test_summary_and_own_words_are_kept_apart(qtbot: QtBot, desk: Desk) -> None:
    record = new_interview(desk)
    page, window = opened(qtbot, desk, record)
    type_into(qtbot, topic(page, 0, "Summary"), "Screens at booking")
    press(qtbot, Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is topic(page, 0, "In their own words")
    qtbot.keyClicks(focused, "Only when it is obvious")
    press(qtbot, Key.Key_Tab)
    found = interview(desk, record)
    assert list(found.answers.values()) == ["Screens at booking"]
    assert list(found.quotes.values()) == ["Only when it is obvious"]
    assert found.answers.keys() == found.quotes.keys()
    assert window.refusals() == []


def test_ctrl_tab_goes_between_two_interviews_and_keeps_what_was_typed(
    qtbot: QtBot, desk: Desk
) -> None:
    first, second = new_interview(desk), new_interview(desk)
    page, _ = opened(qtbot, desk, first)
    go_to(page, second)
    type_into(qtbot, topic(page, 0, "Summary"), "said by the second")
    press(qtbot, Key.Key_Tab, Control)
    assert page.current_record() == first
    type_into(qtbot, topic(page, 0, "Summary"), "said by the first")
    press(qtbot, Key.Key_Tab, Control)
    assert page.current_record() == second
    told = [list(interview(desk, r).answers.values()) for r in (first, second)]
    assert told == [["said by the first"], ["said by the second"]]


def test_a_refusal_asks_for_its_reason_and_hides_the_topics(qtbot: QtBot, desk: Desk) -> None:
    record = new_interview(desk)
    page, _ = opened(qtbot, desk, record)
    check = named(page, "The person refused")
    check.setFocus()
    press(qtbot, Key.Key_Space)
    assert interview(desk, record).refused
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "Reason"
    qtbot.keyClicks(focused, "On advice of counsel")
    press(qtbot, Key.Key_Return)
    assert interview(desk, record).refused_reason == "On advice of counsel"
    go_to(page, "")
    assert [row.right for row in rows(page).rows()] == ["refused"]


def test_consent_is_given_not_given_or_not_asked(qtbot: QtBot, desk: Desk) -> None:
    record = new_interview(desk)
    page, _ = opened(qtbot, desk, record)
    for name, consent in (("Given", True), ("Not given", False), ("Not given", None)):
        chip = named(page, name)
        assert isinstance(chip, QAbstractButton)
        chip.setFocus()
        press(qtbot, Key.Key_Space)
        assert interview(desk, record).consent is consent


def test_undo_is_seen_at_once(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = new_interview(desk)
    page, _ = opened(qtbot, desk, record)
    type_into(qtbot, named(page, "Language"), "Spanish")
    press(qtbot, Key.Key_Return)
    assert interview(desk, record).language == "Spanish"
    workspace.undo(id)
    assert named(page, "Language").property("text") == ""


def test_spanish_stands_beside_what_is_read_out(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk, new_interview(desk, "detained-person"))
    texts = [found.text() for found in page.findChildren(QLabel)]
    assert any("¿" in text for text in texts)
    assert any("working translation, not official" in text for text in texts)


def test_which_prompt_was_read_out_is_kept_per_topic(qtbot: QtBot, desk: Desk) -> None:
    record = new_interview(desk, "detained-person")
    page, _ = opened(qtbot, desk, record)
    role = next(r for r in page.inspection.form.interview_roles if r.id == "detained-person")
    chips = named(page, f"{role.topics[1].english} Read out in")
    assert isinstance(chips, Chips)
    chips.chip("es").setFocus()
    press(qtbot, Key.Key_Space)
    assert interview(desk, record).read_out == {role.topics[1].id: "es"}
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Space)
    assert interview(desk, record).read_out == {role.topics[1].id: "en"}
    press(qtbot, Key.Key_Space)
    assert interview(desk, record).read_out == {}
    written = named(page, f"{role.topics[1].english} Quote written in")
    assert isinstance(written, Chips)
    written.chip("es").setFocus()
    press(qtbot, Key.Key_Space)
    assert interview(desk, record).quoted_in == {role.topics[1].id: "es"}


# -- names ---------------------------------------------------------------------------------------


def name_line(page: InterviewsPage) -> QLineEdit:
    line = named(page, "Name (sealed)")
    assert isinstance(line, QLineEdit)
    return line


def test_a_name_is_sealed_as_it_is_typed_and_shown_only_on_demand(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = new_interview(desk)
    page, window = opened(qtbot, desk, record)
    line = name_line(page)
    type_into(qtbot, line, "R. Placeholder")
    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert line.displayText() == "●" * len("R. Placeholder")
    press(qtbot, Key.Key_Tab)
    assert names.name_of(workspace, id, record).text == "R. Placeholder"
    press(qtbot, Key.Key_Space)  # the focus is at Show
    assert line.displayText() == "R. Placeholder"
    page.leave()
    assert line.echoMode() == QLineEdit.EchoMode.Password
    press(qtbot, Key.Key_Space)
    window.hide()
    assert line.echoMode() == QLineEdit.EchoMode.Password
    shown = " ".join(found.text() for found in window.findChildren(QLabel))
    assert "Placeholder" not in shown
    assert "sealed" in shown


def test_a_name_that_was_typed_and_not_left_is_a_sealed_draft(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = new_interview(desk)
    page, _ = opened(qtbot, desk, record)
    type_into(qtbot, name_line(page), "T. Mock")
    qtbot.waitUntil(lambda: bool(workspace.desk.store.drafts()), timeout=2000)
    (draft,) = workspace.desk.store.drafts()
    assert isinstance(draft.value, dict)
    assert names.opened(workspace, id, draft.value).text == "T. Mock"
    again = InterviewsPage(workspace, id)
    qtbot.addWidget(again)
    again.show_record(record)
    assert name_line(again).text() == "T. Mock"


def test_the_names_end_only_by_the_typed_word(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    record = new_interview(desk)
    names.put_name(workspace, id, record, "J. Specimen")
    page, window = open_page(qtbot, InterviewsPage, workspace, id)
    window.resize(1048, 420)
    named(page, "Destroy the names").setFocus()
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: not named(page, "Cancel").visibleRegion().isEmpty())
    qtbot.keyClicks(QApplication.focusWidget(), "destroy")
    press(qtbot, Key.Key_Return)
    assert names.has_key(workspace, id)
    press(qtbot, Key.Key_Escape)
    named(page, "Destroy the names").setFocus()
    press(qtbot, Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "Destroy")
    press(qtbot, Key.Key_Return)
    assert not names.has_key(workspace, id)
    go_to(page, record)
    texts = [found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page)]
    assert any(text.startswith("Name destroyed on ") for text in texts)
    assert not any(w.accessibleName() == "Name (sealed)" for w in page.findChildren(QLineEdit))


def test_the_list_finds_and_removes(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    new_interview(desk, "designated-officer", title="Sergeant")
    booking = new_interview(desk, "booking-officer", title="Clerk")
    page, _ = open_page(qtbot, InterviewsPage, workspace, id)
    press(qtbot, Key.Key_F, Control)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, "clerk")
    assert [row.key for row in rows(page).rows()] == [booking]
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Delete)
    assert [i.title for i in workspace.inspection(id).all(Interview)] == ["Sergeant"]


def test_two_values_are_shown_beside_each_other_until_one_is_kept(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    record = new_interview(desk)
    page, _ = opened(qtbot, desk, record)
    disagree(*desk, tmp_path, record, notes="Spoke freely")
    qtbot.mouseClick(named(page, "Keep what Marcus Example recorded"), Qt.MouseButton.LeftButton)
    assert interview(desk, record).notes == "Spoke freely too"
    assert named(page, "Other notes").property("plainText") == "Spoke freely too"
