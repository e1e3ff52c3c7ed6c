"""A WSO review by a field supervisor, from an empty workspace to its PDF, by real keys and clicks.

One press of a command, one click, one typed text is one action. A review on paper takes one tick an
item; here it is one key an item, and what surrounds it stays within what fits in a break.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from inspector_app.ui.checklist_scope import next_unanswered
from inspector_app.workspace import Workspace
from tests.conftest import Told
from tests.functional.window import Hands, ListOfItems, Palette, ReportPage, StartPage, hands_on

MOST = 90
TIES = "I supervise this program at the field office; no tie to the agency."
NOT_MET = {"w-10": "Two of the nine officers have no letter on file."}
STREAMS = {
    "Why there is no document review": "No file was handed over before the visit.",
    "Why there is no interview": "Officers are asked at the next meeting.",
}


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    workspace, _ = Workspace.create(
        tmp_path / "desk", "T. Mock", "field-supervisor", "Miami", "a passphrase for tests only"
    )
    with hands_on(qtbot, workspace) as hands:
        yield hands


def test_a_wso_review_from_its_start_to_the_pdf(
    hands: Hands,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: Told,
) -> None:
    start = StartPage(hands)
    start.agency("palm beach county sheriff WSO")
    start.begin()
    hands.click("My independence")
    hands.type(TIES)
    for field, why in STREAMS.items():
        hands.click(field)
        hands.type(why)
    items = answer_all(hands)
    id = hands.workspace.inspection_ids()[0]
    assert hands.workspace.problems(id) == []
    Palette(hands).go("report")
    pdf = tmp_path / "review.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(pdf), ""))
    ReportPage(hands).write("review.pdf")

    said = text_of(pdf)
    assert all(words in said for words in (TIES, *NOT_MET.values(), *STREAMS.values()))
    assert "self-assessed by the supervising office" in said.casefold()
    told(f"WSO review of {items} items from start to PDF: {hands.actions} actions")
    assert items <= hands.actions <= MOST


def answer_all(hands: Hands) -> int:
    """Each item by one key, in the order in which the list goes on; how many there were."""
    Palette(hands).go("checklist")
    items = ListOfItems(hands)
    id = hands.workspace.inspection_ids()[0]
    answered = 0
    while (item := next_unanswered(hands.workspace, id)) is not None:
        answered += 1
        if item.id in NOT_MET:
            items.not_met(NOT_MET[item.id])
        else:
            items.met()
        assert hands.workspace.inspection(id).answer(item.id).result is not None, item.id
    return answered


def text_of(pdf: Path) -> str:
    command = ["pdftotext", "-raw", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
