"""No word is lost between a key and the disk, and the caret never jumps."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from inspector_app.errors import BadInput
from inspector_app.records import Interview
from inspector_app.ui.choices import CheckEditor, ChoiceEditor, FieldChoice, ResultButtons
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import column, field_row, reading
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.strength import strength
from inspector_app.ui.typed import day_editor, read_count, read_day, read_moment, show_moment
from inspector_app.workspace import Workspace
from inspector_app.workspace.place import drafts_of
from tests.ui.open_pages import Window, new_workspace, open_page

VISIT = "visit:self"
AGREEMENTS = [("on-file", "On file"), ("presumed", "Presumed"), ("not-on-file", "Not on file")]
KEY = Qt.Key


class SmallPage(Page):
    """Two texts, a day, a result: enough to type in."""

    def __init__(self, workspace: Workspace, inspection: str) -> None:
        super().__init__(workspace, inspection)
        fields = RecordFields(self, VISIT)
        self.limits = fields.bind("limits", TextEditor())
        self.facility = fields.bind("facility", LineEditor())
        self.first_day = fields.bind("first_day", day_editor())
        self.agreement = fields.bind("agreement", FieldChoice(AGREEMENTS, none="Not said"))
        answer = RecordFields(self, "answer:j-01")
        self.result = answer.bind("result", ResultButtons(self))
        parts = (
            field_row("Limits", self.limits),
            field_row("Facility", self.facility),
            field_row("First day", self.first_day),
            field_row("Agreement", self.agreement),
            self.result,
        )
        self.fill(reading(column(*parts)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


@pytest.fixture
def opened(qtbot: QtBot, desk: tuple[Workspace, str]) -> tuple[SmallPage, Window]:
    return open_page(qtbot, SmallPage, *desk)


def put_elsewhere(page: SmallPage, **fields: object) -> None:
    page.workspace.put(page.inspection_id, VISIT, **fields)


def drafts(page: SmallPage) -> dict[str, object]:
    return {draft.field: draft.value for draft in page.workspace.desk.store.drafts()}


def test_typing_is_drafted_while_somebody_still_types(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, _ = opened
    page.limits.setFocus()
    qtbot.keyClicks(page.limits, "No cameras in room 2")
    for _ in range(40):
        qtbot.keyClicks(page.limits, ".", delay=50)
        if drafts(page):
            break
    kept = str(drafts(page)["limits"])
    assert kept.startswith("No cameras in room 2") and page.limits.is_dirty()
    assert page.inspection.visit.limits == ""


def test_a_draft_comes_back_after_a_sudden_end(
    qtbot: QtBot, opened: tuple[SmallPage, Window], tmp_path: Path
) -> None:
    page, _ = opened
    page.limits.setFocus()
    qtbot.keyClicks(page.limits, "Half a sen")
    page.limits.typing.keep_draft()
    page.workspace.close()  # as a kill leaves it: nothing was committed
    again = Workspace.open(tmp_path / "desk", passphrase="a passphrase for tests only")
    try:
        assert again.inspection(page.inspection_id).visit.limits == "Half a sen"
        assert again.recovered
    finally:
        again.close()
        page.bindings.clear()


def test_leaving_a_field_commits_it_once(qtbot: QtBot, opened: tuple[SmallPage, Window]) -> None:
    page, _ = opened
    page.limits.setFocus()
    qtbot.keyClicks(page.limits, "No phones")
    page.limits.typing.keep_draft()
    assert drafts(page) == {"limits": "No phones"}
    page.facility.setFocus()
    assert page.inspection.visit.limits == "No phones"
    assert drafts(page) == {}
    before = len(page.workspace.history(page.inspection_id))
    page.leave()
    assert len(page.workspace.history(page.inspection_id)) == before


def test_what_somebody_else_writes_does_not_move_the_caret(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, _ = opened
    put_elsewhere(page, limits="As it was")
    page.limits.setFocus()
    page.limits.moveCursor(page.limits.textCursor().MoveOperation.End)
    qtbot.keyClicks(page.limits, " and is")
    put_elsewhere(page, facility="County Jail", limits="What somebody else wrote")
    assert page.facility.text() == "County Jail"
    assert page.limits.toPlainText() == "As it was and is"
    assert page.limits.textCursor().position() == len("As it was and is")


def test_a_refused_text_stays_and_says_why(qtbot: QtBot, opened: tuple[SmallPage, Window]) -> None:
    page, _ = opened
    page.first_day.setFocus()
    page.first_day.selectAll()
    qtbot.keyClicks(page.first_day, "tomorrow")
    page.facility.setFocus()
    assert page.first_day.text() == "tomorrow"
    assert page.first_day.property("invalid") == "true"
    assert "not a day" in page.first_day.accessibleDescription()
    assert page.inspection.visit.first_day == date(2026, 3, 10)
    page.first_day.setFocus()
    page.first_day.selectAll()
    qtbot.keyClicks(page.first_day, "3/11/2026")
    page.facility.setFocus()
    assert page.inspection.visit.first_day == date(2026, 3, 11)
    assert page.first_day.text() == "March 11, 2026"
    assert page.first_day.accessibleDescription() == ""


def test_a_text_that_the_log_refuses_is_kept_and_told(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, window = opened
    page.workspace.sign_off(page.inspection_id, "report")
    page.limits.setFocus()
    qtbot.keyClicks(page.limits, "Too late")
    page.facility.setFocus()
    assert page.inspection.visit.limits == ""
    assert page.limits.toPlainText() == "Too late" and drafts(page) == {"limits": "Too late"}
    told = window.told[-1]
    assert told and "signed" in told.error.message and told.amend
    told.amend("The facility sent its list late.")
    assert page.inspection.visit.limits == "Too late"
    assert not page.limits.is_dirty()
    page.leave()
    assert page.workspace.history(page.inspection_id)[-1].label.startswith("amendment")


def test_result_keys_work_on_the_page_and_not_in_text(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, _ = opened
    page.facility.setFocus()
    qtbot.keyClicks(page.facility, "2")
    assert page.inspection.answer("j-01").result is None
    page.result.button("met").setFocus()
    qtbot.keyClicks(page.result.button("met"), "2")
    assert page.inspection.answer("j-01").result == "not-met"
    qtbot.keyClicks(page.result.button("met"), "0")
    assert page.inspection.answer("j-01").result is None
    assert page.result.value() is None


def test_ctrl_z_undoes_typing_first_and_is_then_the_windows(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, _ = opened
    page.facility.setFocus()
    qtbot.keyClicks(page.facility, "Jail")
    qtbot.keyClick(page.facility, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.facility.text() == ""
    qtbot.keyClicks(page.facility, "Jail")
    page.facility.flush()
    qtbot.keyClick(page.facility, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.facility.text() == "Jail"  # nothing typed is left here: the key goes on


def test_an_editor_that_is_thrown_away_takes_its_clocks_along(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    for editor in (TextEditor(), LineEditor()):
        clocks = editor.typing
        qtbot.keyClicks(editor, "typed")
        delete(editor)
        assert not isValid(clocks)


def said(page: SmallPage) -> tuple[object, int]:
    """What the log says of the agreement, and how many changes there are."""
    return page.log.value(VISIT, "agreement"), page.workspace.desk.store.newest()


def passed(qtbot: QtBot, page: SmallPage, *keys: Qt.Key) -> None:
    page.agreement.setFocus()
    for key in keys:
        qtbot.keyClick(page.agreement, key)


@pytest.mark.parametrize("end", [KEY.Key_Return, KEY.Key_Tab])
def test_arrows_pass_a_closed_list_and_one_change_comes_of_it(
    qtbot: QtBot, opened: tuple[SmallPage, Window], end: Qt.Key
) -> None:
    """WCAG 2.2, 3.2.2: nothing is written by looking; one undo step takes all of it back."""
    page, _ = opened
    _, before = said(page)
    passed(qtbot, page, *[KEY.Key_Down] * 3)
    assert page.agreement.currentText() == "Not on file" and said(page) == (None, before)
    qtbot.keyClick(page.agreement, end)
    assert said(page) == ("not-on-file", before + 1)
    page.workspace.undo(page.inspection_id)
    assert page.agreement.currentText() == "Not said" and said(page)[0] is None


def test_escape_takes_back_what_was_passed(qtbot: QtBot, opened: tuple[SmallPage, Window]) -> None:
    page, _ = opened
    _, before = said(page)
    passed(qtbot, page, KEY.Key_Down, KEY.Key_Escape, KEY.Key_Tab)
    assert page.agreement.currentText() == "Not said" and said(page) == (None, before)


def test_what_was_passed_is_a_draft_and_is_found_after_a_kill(
    qtbot: QtBot, opened: tuple[SmallPage, Window]
) -> None:
    page, _ = opened
    passed(qtbot, page, KEY.Key_Down, KEY.Key_Down)
    with qtbot.waitSignal(page.agreement.typing.kept, timeout=2_000):
        pass
    fields = drafts_of(page.workspace, page.inspection_id, VISIT)
    assert fields == {"agreement": "presumed"}
    again = SmallPage(page.workspace, page.inspection_id)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: said(again)[0] == "presumed")
    assert drafts_of(page.workspace, page.inspection_id, VISIT) == {}


def test_a_choice_that_is_refused_goes_back() -> None:
    field = FieldChoice([("a", "A"), ("b", "B")])
    field.set_value("a")
    field.on_commit = lambda value: False
    field.setCurrentIndex(2)
    field.activated.emit(2)
    assert field.value() == "a" and not field.is_dirty()
    choice = ChoiceEditor([("a", "A"), ("b", "B")])
    choice.set_value("a")
    choice.on_commit = lambda value: False
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert choice.value() == "a"
    check = CheckEditor("Practice")
    check.on_commit = lambda value: False
    check.click()
    assert not check.value()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-10", date(2026, 3, 10)),
        ("3/10/2026", date(2026, 3, 10)),
        ("March 10, 2026", date(2026, 3, 10)),
        (" Mar 10 2026 ", date(2026, 3, 10)),
    ],
)
def test_days_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed) == day


def test_moments_are_at_the_place() -> None:
    zone, day = "America/Indiana/Indianapolis", date(2026, 3, 10)
    moment = read_moment("2:51 pm", zone, day)
    assert str(moment) == "2026-03-10T14:51:00-04:00[America/Indiana/Indianapolis]"
    assert show_moment(str(moment)) == "March 10, 2026, 14:51"
    assert read_moment(show_moment(str(moment)), zone, date(2020, 1, 1)) == moment
    assert read_moment("3/11/2026 9:05", zone, day).day == date(2026, 3, 11)


def test_an_hour_that_comes_twice_asks_for_its_offset_and_keeps_it() -> None:
    zone, night = "America/New_York", date(2026, 11, 1)
    with pytest.raises(BadInput, match="comes twice"):
        read_moment("1:30", zone, night)
    second = read_moment("1:30 -05:00", zone, night)
    assert str(second).startswith("2026-11-01T01:30:00-05:00")
    assert read_moment(show_moment(str(second)), zone, date(2020, 1, 1)) == second
    with pytest.raises(BadInput, match="does not exist"):
        read_moment("2:30", zone, date(2026, 3, 8))


@pytest.mark.parametrize("typed", ["soon", "25:00", "3/10", "12:61"])
def test_a_moment_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_moment(typed, "America/Chicago", date(2026, 3, 10))


def test_counts_are_whole_numbers() -> None:
    assert read_count("1,212") == 1212
    for typed in ("-1", "1.5", "many", "9" * 30):
        with pytest.raises(BadInput):
            read_count(typed)


def test_the_measure_of_a_passphrase_warns_of_short_and_repeating_ones() -> None:
    assert strength("short").level == 0
    assert strength("aaaaaaaaaaaaaaaaaaaa").level == 1
    assert strength("123456789012345").level == 1
    assert strength("lamp river stone anchor violet").level == 3


def test_a_field_with_one_entry_a_key_is_drafted_and_committed(
    qtbot: QtBot, desk: tuple[Workspace, str]
) -> None:
    workspace, id = desk
    topic = workspace.inspection(id).form.interview_roles[0]
    record = workspace.new(id, "interview", role=topic.id).record

    class Talk(Page):
        def __init__(self, workspace: Workspace, inspection: str) -> None:
            super().__init__(workspace, inspection)
            name = f"answers.{topic.topics[0].id}"
            self.said = RecordFields(self, record).bind(name, TextEditor())
            self.fill(field_row("Said", self.said))

    page, _ = open_page(qtbot, Talk, workspace, id)
    page.said.setFocus()
    qtbot.keyClicks(page.said, "Asks in Spanish")
    page.leave()
    interview = workspace.inspection(id).get(Interview, record)
    assert interview and interview.answers == {topic.topics[0].id: "Asks in Spanish"}
    assert isinstance(page.said, TextEditor) and not isinstance(page.said, QLineEdit)
