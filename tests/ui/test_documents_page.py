"""The grid of documents by keyboard: results, fills, counts, files, findings, conflicts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.records import DocumentReview, Finding, SampledFile
from inspector_app.ui.documents_page import DocumentsPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import (
    Window,
    disagree,
    named,
    new_workspace,
    open_page,
    press,
)

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def new_review(desk: Desk, files: int = 3) -> str:
    workspace, id = desk
    fields = {"sample_kind": "case-file", "title": "Case files", "period": "Jul–Sep 2025"}
    review = workspace.new(id, "document-review", **fields, frame=212).record
    for n in range(1, files + 1):
        workspace.new(id, "sampled-file", review=review, position=n, file=f"41{n:02}")
    return review


def open_review(qtbot: QtBot, desk: Desk, review: str) -> tuple[DocumentsPage, Window]:
    page, window = open_page(qtbot, DocumentsPage, *desk)
    page.show_record(review)
    return page, window


def results(desk: Desk, review: str, row: int) -> dict[str, str]:
    workspace, id = desk
    return dict(workspace.inspection(id).files_of(review)[row].results)


def test_an_empty_page_says_what_it_is_for_and_makes_a_review_by_keyboard(
    qtbot: QtBot, desk: Desk
) -> None:
    workspace, id = desk
    page, _ = open_page(qtbot, DocumentsPage, workspace, id)
    press(qtbot, Key.Key_N, Control)
    (review,) = workspace.inspection(id).all(DocumentReview)
    assert review.sample_kind == "case-file"
    assert page.current_record() == review.id
    press(qtbot, Key.Key_Tab)
    qtbot.keyClicks(page.focusWidget(), " of July")
    press(qtbot, Key.Key_Tab)
    (review,) = workspace.inspection(id).all(DocumentReview)
    assert review.title.endswith(" of July")


def test_files_are_added_one_a_line_and_never_twice(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk, files=1)
    page, _ = open_review(qtbot, desk, review)
    press(qtbot, Key.Key_I, Control)
    assert page.grid is not None
    page.grid.adding.text.insertPlainText("4101\n 4188 \n\n4205\n4188")
    press(qtbot, Key.Key_Return, Control)
    files = workspace.inspection(id).files_of(review)
    assert [(f.position, f.file) for f in files] == [(1, "4101"), (2, "4188"), (3, "4205")]
    workspace.undo(id)
    assert len(workspace.inspection(id).files_of(review)) == 1


def test_letters_set_results_and_go_on_to_the_next_attribute(qtbot: QtBot, desk: Desk) -> None:
    review = new_review(desk)
    open_review(qtbot, desk, review)
    for key in (Key.Key_Y, Key.Key_N, Key.Key_A, Key.Key_U):
        press(qtbot, key)
    assert results(desk, review, 0) == {
        "a-number": "yes",
        "name": "no",
        "birth": "not-applicable",
        "entry": "unclear",
    }
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Delete)
    assert "entry" not in results(desk, review, 0)


def test_enter_goes_to_the_next_file_and_tab_to_the_next_attribute(
    qtbot: QtBot, desk: Desk
) -> None:
    review = new_review(desk)
    open_review(qtbot, desk, review)
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_N)
    assert results(desk, review, 1) == {"name": "no"}


def test_tab_leaves_the_grid_after_its_last_cell(qtbot: QtBot, desk: Desk) -> None:
    page, _ = open_review(qtbot, desk, new_review(desk, files=1))
    assert page.grid is not None
    page.grid.view.go_to(0, page.grid.model.columnCount() - 1)
    press(qtbot, Key.Key_Tab)
    assert not page.grid.view.hasFocus()


def test_a_fill_of_many_cells_is_one_step_of_undo(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk, files=4)
    open_review(qtbot, desk, review)
    press(qtbot, Key.Key_Y)
    press(qtbot, Key.Key_Left)
    for _ in range(3):
        press(qtbot, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Key.Key_D, Control)
    assert [results(desk, review, row) for row in range(4)] == [{"a-number": "yes"}] * 4
    assert workspace.undo_step(id) == "fill of 3 cells"
    workspace.undo(id)
    assert [results(desk, review, row) for row in range(4)] == [{"a-number": "yes"}, {}, {}, {}]


def test_one_cell_is_filled_down_and_taken_from_above(qtbot: QtBot, desk: Desk) -> None:
    review = new_review(desk)
    open_review(qtbot, desk, review)
    press(qtbot, Key.Key_N)
    press(qtbot, Key.Key_A)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_D, Control)
    assert results(desk, review, 1) == {"a-number": "no"}
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Apostrophe, Control)
    assert results(desk, review, 1) == {"a-number": "no", "name": "not-applicable"}


def test_counts_are_those_of_the_inspection(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk)
    page, _ = open_review(qtbot, desk, review)
    press(qtbot, Key.Key_N)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_N)
    assert page.grid is not None
    count = workspace.inspection(id).sample_count(review, "a-number")
    assert (count.no, count.of) == (2, 2)
    assert page.grid.foot.accessibleName() == "Not met: A-no. 2"


def test_a_note_belongs_to_its_cell(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk)
    page, window = open_review(qtbot, desk, review)
    assert page.grid is not None
    press(qtbot, Key.Key_F2)
    assert page.side.note.hasFocus()
    qtbot.keyClicks(page.side.note, "Page 2 is blank")
    press(qtbot, Key.Key_Escape)
    assert page.grid.view.hasFocus()
    press(qtbot, Key.Key_Tab)
    qtbot.waitUntil(lambda: page.side.note.toPlainText() == "" and page.side.note.isVisible())
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_F2)
    assert page.side.note.toPlainText() == "Page 2 is blank"
    file = workspace.inspection(id).files_of(review)[0]
    assert file.notes == {"a-number": "Page 2 is blank"}
    assert window.refusals() == []


def test_a_finding_from_a_column_carries_its_live_count(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk)
    page, window = open_review(qtbot, desk, review)
    press(qtbot, Key.Key_N)
    press(qtbot, Key.Key_Left)
    qtbot.mouseClick(page.side.column.to_finding, Qt.MouseButton.LeftButton)
    inspection = workspace.inspection(id)
    (finding,) = inspection.all(Finding)
    assert window.went == [("findings", finding.id)]
    assert (finding.item, finding.document, finding.section) == ("j-27", "moa", "Appendix A")
    assert inspection.numbers(finding.title).startswith("1\u00a0of\u00a01 files lack it")
    assert review in inspection.ends_from(finding.id)


def test_a_filter_finds_files_and_keeps_the_one_being_worked_on(qtbot: QtBot, desk: Desk) -> None:
    page, _ = open_review(qtbot, desk, new_review(desk))
    assert page.grid is not None
    press(qtbot, Key.Key_F, Control)
    qtbot.keyClicks(page.grid.finder, "4102")
    press(qtbot, Key.Key_Return)
    assert [file.file for file in page.grid.model.files] == ["4102"]
    press(qtbot, Key.Key_N)
    assert [file.results for file in page.grid.model.files] == [{"a-number": "no"}]


def test_a_file_is_removed_by_key_and_comes_back(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    review = new_review(desk)
    page, _ = open_review(qtbot, desk, review)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Delete, Control)
    assert [f.file for f in workspace.inspection(id).files_of(review)] == ["4101", "4103"]
    workspace.undo(id)
    assert page.grid is not None
    assert [f.file for f in page.grid.model.files] == ["4101", "4102", "4103"]


def test_a_review_goes_only_without_files(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    new_review(desk, files=2)
    new_review(desk, files=0)
    page, window = open_page(qtbot, DocumentsPage, workspace, id)
    page.rows.setFocus()
    for row in page.rows.rows():
        page.rows.select(row.key)
        press(qtbot, Key.Key_Delete)
    assert [len(workspace.inspection(id).files_of(r.id)) for r in reviews(desk)] == [2]
    assert "still holds 2 files" in window.refusals()[0]
    assert len(workspace.inspection(id).all(SampledFile)) == 2


def reviews(desk: Desk) -> list[DocumentReview]:
    workspace, id = desk
    return workspace.inspection(id).all(DocumentReview)


def test_two_values_of_a_file_are_decided_under_the_grid(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    workspace, id = desk
    review = new_review(desk)
    page, _ = open_review(qtbot, desk, review)
    file = workspace.inspection(id).files_of(review)[0].id
    disagree(workspace, id, tmp_path, file, note="Signed")
    qtbot.mouseClick(named(page, "Keep what Marcus Example recorded"), Qt.MouseButton.LeftButton)
    assert workspace.inspection(id).files_of(review)[0].note == "Signed too"
    assert workspace.inspection(id).conflicts() == []
