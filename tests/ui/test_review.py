"""The review page, the panel behind a finding, and ERO's position, as people use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app import forms
from inspector_app.identity import read_card
from inspector_app.inspection import provenance, reviewing
from inspector_app.records import Disagreement, Finding
from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.findings_page import FindingsPage
from inspector_app.ui.review_page import ReviewPage
from inspector_app.ui.rows import RowList
from inspector_app.workspace import Workspace
from tests.ui.open_pages import go_to, named, new_workspace, open_page, type_into

ITEM = "j-70"
CITE = forms.load("jem-2025").item(ITEM).citations[0]


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    workspace, id = new_workspace(tmp_path)
    workspace.put(id, f"answer:{ITEM}", result="not-met", note="No line.")
    workspace.put(id, "observation:t1", text="English poster only.", item=ITEM)
    fields = {
        "title": "No interpreter line", "document": "moa", "section": CITE.section,
        "quotation": CITE.quotation, "item": ITEM,
        "condition": "At T-01 an English poster hung alone. The line did not answer.",
    }  # fmt: skip
    links = [("finding:f", "observation:t1")]
    workspace.put_many(id, {"finding:f": fields}, "a finding", links=links)
    yield workspace, id
    workspace.close()


@pytest.fixture
def rita(ana: tuple[Workspace, str], tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    yield from _colleague(ana, tmp_path, "R. Placeholder", "opr-reviewer")


@pytest.fixture
def ero(ana: tuple[Workspace, str], tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    yield from _colleague(ana, tmp_path, "J. Specimen", "ero-headquarters")


def _colleague(
    ana: tuple[Workspace, str], folder: Path, name: str, role: str
) -> Iterator[tuple[Workspace, str]]:
    workspace, id = ana
    other, _ = Workspace.create(folder / role, name, role, "Unit", "a passphrase for tests only")
    other.accept(workspace.card())
    workspace.accept(other.card())
    workspace.bundle([id], folder / f"{role}.inspection", to=[read_card(other.card())])
    other.merge(folder / f"{role}.inspection")
    yield other, id
    other.close()


def _press(page: QWidget, words: str) -> None:
    buttons = [b for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page)]
    (found,) = [button for button in buttons if button.text() == words]
    found.click()


def _texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_reviewer_returns_a_section_with_a_reason_that_is_kept_while_he_types(
    qtbot: QtBot, rita: tuple[Workspace, str]
) -> None:
    page, window = open_page(qtbot, ReviewPage, *rita)
    workspace, id = rita
    go_to(page, "section:interpretation")
    _press(page, "Return")
    assert window.refusals() and "words" in window.refusals()[0]
    editor = named(page, "Comment or reason")
    assert isinstance(editor, TextEditor)
    type_into(qtbot, editor, "Which line was called?")
    go_to(page, "")
    go_to(page, "section:interpretation")
    editor = named(page, "Comment or reason")
    assert isinstance(editor, TextEditor)
    assert editor.text_here() == "Which line was called?"
    _press(page, "Return")
    (said,) = reviewing.reviews_of(workspace.inspection(id), "section:interpretation")
    assert (said.verdict, said.reason) == ("returned", "Which line was called?")
    assert "Returned by a reviewer" in _texts(page)
    left = named(page, "Comment or reason")
    assert isinstance(left, TextEditor) and left.text_here() == ""


def test_an_inspector_signs_and_sees_what_ended_his_signature(
    qtbot: QtBot, ana: tuple[Workspace, str]
) -> None:
    page, _ = open_page(qtbot, ReviewPage, *ana)
    workspace, id = ana
    go_to(page, "section:interpretation")
    _press(page, "Sign section Interpretation")
    assert workspace.inspection(id).signed("section:interpretation")
    workspace.put(id, f"answer:{ITEM}", amends="called again", note="No line on March 11.")
    assert "holds no more" in _texts(page) and "called again" in _texts(page)
    assert not [b for b in page.findChildren(QAbstractButton) if b.text() == "Accept"]


def test_issuing_tells_a_reviewer_what_is_in_the_way(
    qtbot: QtBot, rita: tuple[Workspace, str]
) -> None:
    page, _ = open_page(qtbot, ReviewPage, *rita)
    assert "No reviewer has accepted the report as it stands." in _texts(page)
    assert not [b for b in page.findChildren(QAbstractButton) if b.text() == "Issue the report"]


def test_a_sentence_leads_to_what_it_names(qtbot: QtBot, ana: tuple[Workspace, str]) -> None:
    page, window = open_page(qtbot, FindingsPage, *ana)
    go_to(page, "finding:f")
    listed = named(window, "What the sentence names")
    assert isinstance(listed, RowList)
    assert [row.key for row in listed.rows()] == ["observation:t1"]
    listed.setFocus()
    listed.select("observation:t1")
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window.went == [("tour", "observation:t1")]
    assert "rests on all the evidence" in _texts(window)


def test_an_answer_leads_to_the_findings_that_rest_on_it(
    qtbot: QtBot, ana: tuple[Workspace, str]
) -> None:
    page, window = open_page(qtbot, ChecklistPage, *ana)
    go_to(page, f"answer:{ITEM}")
    listed = named(window, "Findings")
    assert isinstance(listed, RowList)
    listed.setFocus()
    listed.select("finding:f")
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window.went[-1] == ("findings", "finding:f")


def test_what_moved_is_shown_until_somebody_says_that_it_still_holds(
    qtbot: QtBot, ana: tuple[Workspace, str]
) -> None:
    page, window = open_page(qtbot, FindingsPage, *ana)
    workspace, id = ana
    go_to(page, "finding:f")
    written = workspace.moment(id).instant  # moments are whole seconds
    qtbot.waitUntil(lambda: workspace.moment(id).instant > written)
    workspace.put(id, "observation:t1", text="Both posters hang.")
    assert any(p.field == "support" for p in workspace.problems(id))
    _press(window, "It still holds")
    assert not any(p.field == "support" for p in workspace.problems(id))
    finding = workspace.inspection(id).get(Finding, "finding:f")
    assert finding and not provenance.moved_since(workspace.inspection(id), finding)


def test_ero_says_beside_a_finding_that_it_disagrees(
    qtbot: QtBot, ero: tuple[Workspace, str]
) -> None:
    page, _ = open_page(qtbot, FindingsPage, *ero)
    workspace, id = ero
    go_to(page, "finding:f")
    (editor,) = [e for e in page.findChildren(TextEditor) if "beside" in e.placeholderText()]
    type_into(qtbot, editor, "The line answered twice.")
    _press(page, "Record it")
    said = workspace.inspection(id).get(Disagreement, "disagreement:f")
    assert said and said.ero == "The line answered twice."
    assert "Disagrees, " in _texts(page)


def test_who_is_not_ero_is_asked_for_nothing(qtbot: QtBot, ana: tuple[Workspace, str]) -> None:
    page, _ = open_page(qtbot, FindingsPage, *ana)
    go_to(page, "finding:f")
    assert "position" not in _texts(page)
