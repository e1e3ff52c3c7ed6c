"""The roster page: candidates are decided by a person, and the clocks of the agreement answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.records import Finding
from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.ui.clock_sheet import ClockSheet
from inspector_app.ui.roster_page import RosterPage
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace, rosters
from tests.test_rosters import ACTS, ROSTER
from tests.ui.open_pages import Window, go_to, named, new_workspace, open_page, type_into

Desk = tuple[Workspace, str]
CANDIDATE = "candidate:act-unauthorized/hard"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def opened(qtbot: QtBot, desk: Desk, *, roster: bool = True) -> tuple[RosterPage, Window]:
    if roster:
        rosters.take_in(*desk, ROSTER.encode())
        rosters.take_in(*desk, ACTS.encode(), "acts")
    return open_page(qtbot, RosterPage, *desk)


def press_button(qtbot: QtBot, window: QWidget, text: str) -> None:
    """Press a button as soon as it is there."""

    def there() -> list[QAbstractButton]:
        found = window.findChildren(QAbstractButton)
        return [one for one in found if one.text() == text and one.isVisibleTo(window)]

    qtbot.waitUntil(lambda: bool(there()))
    there()[0].click()


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_without_a_roster_the_page_says_what_to_ask_for(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk, roster=False)
    assert "No roster yet" in words(page)


def test_a_candidate_becomes_a_finding_when_a_person_accepts_it(qtbot: QtBot, desk: Desk) -> None:
    page, window = opened(qtbot, desk)
    go_to(page, CANDIDATE)
    press_button(qtbot, window, "Accept as a finding")
    workspace, id = desk
    (finding,) = workspace.inspection(id).all(Finding)
    assert finding.class_ is None
    press_button(qtbot, window, "Open the finding")
    assert window.went == [("findings", finding.id)]


def test_declining_without_a_reason_is_refused_and_with_one_is_kept(
    qtbot: QtBot, desk: Desk
) -> None:
    page, window = opened(qtbot, desk)
    go_to(page, CANDIDATE)
    press_button(qtbot, window, "Decline")
    assert any("Say why" in refusal for refusal in window.refusals())
    type_into(qtbot, named(window, "Reason to decline"), "The letter was at the field office.")
    press_button(qtbot, window, "Decline")
    lists = {shown.accessibleName(): shown for shown in page.findChildren(RowList)}
    row = next(r for r in lists["Candidate findings"].rows() if r.key == CANDIDATE)
    assert row.right == "declined"
    assert desk[0].inspection(desk[1]).all(Finding) == []


def test_an_officer_is_shown_with_what_the_roster_says(qtbot: QtBot, desk: Desk) -> None:
    page, window = opened(qtbot, desk)
    go_to(page, "officer:B-2")
    qtbot.waitUntil(lambda: any("before the letter" in text for text in words(window)))


def test_what_falls_due_soon_and_a_year_without_verification_stand_beside_the_officer(
    qtbot: QtBot, desk: Desk
) -> None:
    head = "Officer,Trained to,Letter,Refresher dates,Annual verification"
    roster = f"{head}\n5,2022-03-20,2022-04-01,2024-03-20,2023-05-01; 2025-05-01\n"
    rosters.take_in(*desk, roster.encode())
    page, window = open_page(qtbot, RosterPage, *desk)
    go_to(page, "officer:5")
    qtbot.waitUntil(lambda: "Refresher training, by March 20, 2026" in words(window))
    assert {"Due within 60 days", "FY2024"} <= set(words(window))
    lists = {shown.accessibleName(): shown for shown in page.findChildren(RowList)}
    assert "due soon: Refresher training" in str(lists["Officers"].rows()[0])
    [asked] = lists["Candidate findings"].rows()
    assert "annual verification of fiscal year 2024" in asked.title


def test_the_clock_of_the_agreement_says_whether_it_was_in_time(qtbot: QtBot, desk: Desk) -> None:
    page, _ = opened(qtbot, desk, roster=False)
    sheet = page.findChild(ClockSheet)
    assert sheet is not None
    sheet.clock.set_value("complaint-designated")
    type_into(qtbot, sheet.start, "March 13, 2026 17:00")
    type_into(qtbot, sheet.ended, "March 17, 2026 17:01")
    assert "late" in sheet.sentence().casefold()
    sheet.ended.clear()
    type_into(qtbot, sheet.ended, "March 17, 2026 17:00")
    assert sheet.sentence().startswith("In time")
    sheet.clock.set_value("usc-claim")
    sheet.start.clear()
    type_into(qtbot, sheet.start, "March 13, 2026 17:00")
    assert sheet.sentence().endswith("alone violates nothing.")  # generally within one hour


def test_an_item_whose_sentence_sets_a_term_leads_to_its_clock(qtbot: QtBot, desk: Desk) -> None:
    asked, _ = open_page(qtbot, ChecklistPage, *desk)
    go_to(asked, "answer:j-14")
    panel = asked.side_panel()
    assert panel is not None and "Detainer notice to ICE: 24 hours" in words(panel)
    with qtbot.waitSignal(asked.navigate) as gone:
        press_button(qtbot, panel, "Work it out")
    assert gone.args == ["roster", "clock:detainer-notice"]

    page, _ = opened(qtbot, desk)
    go_to(page, gone.args[1])
    assert page.clocks.clock.currentText() == "Detainer notice to ICE"
    assert page.clocks.start.hasFocus() and not page.clocks.start.visibleRegion().isEmpty()
