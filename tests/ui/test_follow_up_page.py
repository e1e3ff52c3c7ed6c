"""The follow-up page with real keys: plans, results of a focus review, the memo, due dates."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.inspection import following as rules
from inspector_app.records import EarlierFinding
from inspector_app.ui.follow_up_page import FollowUpPage
from inspector_app.ui.rows import RowData, RowList
from inspector_app.workspace import Workspace, following
from tests.test_following import concern
from tests.test_workspace import _start
from tests.ui.open_pages import choose, named, open_page

SECRET = "a passphrase for tests only"


@pytest.fixture(scope="module")
def ero(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("desk") / "ero"
    made, _ = Workspace.create(folder, "R. Placeholder", "ero-headquarters", "Unit", SECRET)
    yield made
    made.close()


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("desk") / "ana"
    made, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", SECRET)
    yield made
    made.close()


def words(page: FollowUpPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def typed(page: FollowUpPage, name: str, text: str) -> None:
    editor = named(page, name)
    editor.setFocus()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)


def press(page: FollowUpPage, name: str) -> None:
    chip = named(page, name)
    assert isinstance(chip, QAbstractButton)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)


def test_ero_plans_accepts_and_closes_with_keys_alone(qtbot: QtBot, ero: Workspace) -> None:
    id = _start(ero, reason="For this test.")
    finding = concern(ero, id)
    page, window = open_page(qtbot, FollowUpPage, ero, id)
    assert "There is no closeout memo." in words(page)
    [listed] = [one for one in page.findChildren(RowList) if one.rows()]
    listed.setFocus()
    listed.select(finding)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert page.current_record() == finding
    press(page, "Yes")
    typed(page, "Action", "The courses are done.")
    typed(page, "Done on", "3/1/2026")
    assert "before the report" in window.refusals()[-1]
    typed(page, "Owner", "Administrator")
    action = rules.action_of(ero.inspection(id), finding)
    assert action and (action.agrees, action.owner) == ("yes", "Administrator")
    assert action.done is None and action.action == "The courses are done."
    done = named(page, "Done on")
    assert isinstance(done, QLineEdit)
    done.setFocus()
    done.selectAll()
    typed(page, "Done on", "April 30, 2026")
    press(page, "Accept as done")
    assert "Accepted by ERO headquarters as done" in words(page)
    page.show_record("")
    typed(page, "From", "287(g) Unit")
    typed(page, "To", "OPR")
    press(page, "Write the memo")
    assert following.standing(ero, id) == "closed"
    assert "Now: closed." in words(page)


def test_what_is_recorded_is_linked_to_a_plan_as_evidence(qtbot: QtBot, ero: Workspace) -> None:
    id = _start(ero, reason="For this test.")
    finding = concern(ero, id)
    seen = ero.new(id, "observation", text="The poster hangs at the counter now.").record
    page, _ = open_page(qtbot, FollowUpPage, ero, id)
    page.show_record(finding)
    choose(qtbot, named(page, "Add evidence"))
    plan = rules.action_record(finding)
    assert ero.inspection(id).ends_from(plan) == [seen]
    qtbot.waitUntil(lambda: "counter now" in str(rows_of(named(page, "Evidence"))))
    listed = named(page, "Evidence")
    listed.setFocus()
    listed.select(seen)  # type: ignore[attr-defined]
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert ero.inspection(id).ends_from(plan) == []


def rows_of(listed: QWidget) -> list[RowData]:
    assert isinstance(listed, RowList)
    return listed.rows()


def test_an_inspector_reads_the_plan_and_cannot_write_it(qtbot: QtBot, ana: Workspace) -> None:
    id = _start(ana)
    finding = concern(ana, id)
    page, _ = open_page(qtbot, FollowUpPage, ana, id)
    page.show_record(rules.action_record(finding))
    assert page.current_record() == finding
    assert "ERO has recorded no plan for this finding yet." in words(page)
    assert page.bindings == []


def test_a_focus_review_is_started_and_its_checklist_tested(qtbot: QtBot, ana: Workspace) -> None:
    id = _start(ana)
    for n in range(4):
        concern(ana, id, f"Finding {n}", verify="desk")
    page, _ = open_page(qtbot, FollowUpPage, ana, id)
    assert "due by September 12, 2026, here at a desk." in words(page)
    typed(page, "First day", "9/1/2026")
    with qtbot.waitSignal(page.opened) as opened:
        press(page, "Start the focus review")
    review = opened.args[0]
    there, _ = open_page(qtbot, FollowUpPage, ana, review)
    assert "4 of 4 not tested" in words(there)
    one = ana.inspection(review).all(EarlierFinding)[0]
    there.show_record(one.id)
    press(there, "Unresolved")
    typed(there, "Condition now, or why it was not tested", "Still 3 of 11.")
    said = ana.inspection(review).get(EarlierFinding, one.id)
    assert said and (said.result, said.now) == ("unresolved", "Still 3 of 11.")
    press(there, "Unresolved")
    said = ana.inspection(review).get(EarlierFinding, one.id)
    assert said and said.result is None  # nothing chosen is "not tested" again
    concern(ana, id, "Came later")
    there.show_record("")
    press(there, "Add 1 finding that came later")
    assert len(ana.inspection(review).all(EarlierFinding)) == 5


def test_a_start_that_is_refused_says_why_and_starts_nothing(qtbot: QtBot, ana: Workspace) -> None:
    id = _start(ana)
    concern(ana, id)
    before = len(ana.inspection_ids())
    page, window = open_page(qtbot, FollowUpPage, ana, id)
    press(page, "Start the focus review")
    assert "not a day" in window.refusals()[-1]
    typed(page, "First day", "9/1/2026")
    press(page, "Start the focus review")
    assert "needs a reason" in window.refusals()[-1]
    assert len(ana.inspection_ids()) == before


def test_due_dates_are_written_where_the_person_says(
    qtbot: QtBot, ana: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = _start(ana)
    for n in range(4):
        concern(ana, id, f"Finding {n}")
    page, _ = open_page(qtbot, FollowUpPage, ana, id)
    out = tmp_path / "due.ics"
    monkeypatch.setattr("inspector_app.ui.choosing.save_file", lambda *_: out)
    press(page, "Due dates…")
    assert b"20260912" in out.read_bytes()
    ana.put(id, "visit:self", last_day=date(2026, 3, 12), no_focus_review_reason="It ended.")
    press(page, "Due dates…")
    assert b"20260912" not in out.read_bytes()
