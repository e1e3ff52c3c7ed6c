"""The sample step: a list is pasted or imported, drawn from, and a file replaced, by keys."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inspector_app.inspection import samples
from inspector_app.records import DocumentReview, SampledFile
from inspector_app.ui.document_sample import SampleStep
from inspector_app.ui.documents_page import DocumentsPage
from inspector_app.workspace import Workspace
from inspector_app.workspace.recovering import recover_drafts
from tests.ui.open_pages import Window, disagree, named, new_workspace, open_page, press

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
FRAME = [f"26-{number:03}" for number in range(1, 31)]


class Step:
    """A review without files, opened by its number: the sample comes first."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, id: str) -> None:
        self.workspace, self.id, self.qtbot = workspace, id, qtbot
        fields = {"sample_kind": "case-file", "title": "Case files"}
        self.review = workspace.new(id, "document-review", **fields).record
        self.page: DocumentsPage
        self.window: Window
        self.page, self.window = open_page(qtbot, DocumentsPage, workspace, id)
        self.page.show_record(self.review)

    @property
    def step(self) -> SampleStep:
        assert self.page.sample is not None
        return self.page.sample

    def paste(self, text: str) -> None:
        entry = self.step.frame.entry.text
        entry.setFocus()
        QGuiApplication.clipboard().setText(text)
        press(self.qtbot, Key.Key_V, Control)

    def keep_list(self, names: list[str] = FRAME) -> None:
        self.paste("\n".join(names))
        press(self.qtbot, Key.Key_Return, Control)

    def draw(self, number: str = "") -> None:
        """Type how many, and Enter."""
        self.step.draw.number.setFocus()
        if number:
            press(self.qtbot, Key.Key_A, Control)
            self.qtbot.keyClicks(self.step.draw.number, number)
        press(self.qtbot, Key.Key_Return)

    def files(self) -> list[SampledFile]:
        return self.workspace.inspection(self.id).files_of(self.review)

    def review_record(self) -> DocumentReview:
        found = self.workspace.inspection(self.id).get(DocumentReview, self.review)
        assert found is not None
        return found

    def words(self) -> str:
        return self.step.draw.words.text()


@pytest.fixture
def step(qtbot: QtBot, tmp_path: Path) -> Iterator[Step]:
    workspace, id = new_workspace(tmp_path)
    yield Step(qtbot, workspace, id)
    workspace.close()


def test_a_list_is_counted_while_it_is_typed_and_faults_name_their_lines(step: Step) -> None:
    entry = step.step.frame.entry
    step.paste("26-001\n\n26-001")
    step.qtbot.waitUntil(lambda: "Line 2 is blank." in entry._faults.text())
    assert "Line 3 repeats line 1." in entry._faults.text()
    assert not entry.keep.isEnabled()
    entry.text.clear()
    step.paste("26-001\n26-002")
    step.qtbot.waitUntil(lambda: entry._count.text() == "2 files")
    step.qtbot.keyClicks(entry.source, "Booking log")
    named(step.page, "Keep this list").setFocus()
    press(step.qtbot, Key.Key_Space)
    inspection = step.workspace.inspection(step.id)
    assert samples.frame_of(inspection, step.review) == ("26-001", "26-002")
    assert step.workspace.undo_step(step.id) == "list of 2 files"
    assert step.page.sample is not None and not entry.isVisible()


def test_a_sample_is_drawn_by_keys_and_the_grid_opens(step: Step) -> None:
    step.keep_list()
    assert step.step.draw.number.hasFocus()
    assert step.step.draw.number.text() == "20"
    assert "20 of 30 files, by method sha256-1, draw 1" in step.words()
    assert step.step.draw.act.accessibleName() == "Draw 20 files"
    step.draw("5")
    assert len(step.files()) == 5
    assert step.review_record().method == "sha256-1"
    assert step.page.grid is not None and step.page.grid.view.hasFocus()
    assert "frame 30" in step.page.grid._facts.accessibleName()
    step.workspace.undo(step.id)
    assert step.files() == []


def test_a_small_list_is_taken_whole_where_nobody_says_how_many(step: Step) -> None:
    step.keep_list(FRAME[:12])
    assert step.step.draw.number.text() == "12"


def test_what_cannot_be_drawn_is_said_before_the_button_can_be_pressed(step: Step) -> None:
    step.keep_list()
    for text in ("31", "0", "x"):
        step.step.draw.number.setFocus()
        press(step.qtbot, Key.Key_A, Control)
        step.qtbot.keyClicks(step.step.draw.number, text)
        assert not step.step.draw.act.isEnabled()
    assert "whole number" in step.words()


def test_a_further_draw_says_what_becomes_of_the_files_and_asks_why(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    step.workspace.put(step.id, step.files()[0].id, results={"oath": "yes"})
    press(step.qtbot, Key.Key_F4)
    draw = step.step.draw
    assert not draw.act.isVisible()  # nobody is invited to draw until it fits
    draw.again.setFocus()
    press(step.qtbot, Key.Key_Space)
    assert "The 5 files that are here no longer count, 1 of them begun" in step.words()
    step.draw("6")
    assert "needs a reason" in step.window.refusals()[0]
    assert len(step.files()) == 5
    step.qtbot.keyClicks(draw.reason, "The list was cut off")
    step.draw("6")
    assert len(step.files()) == 6
    press(step.qtbot, Key.Key_F4)
    said = [label.text() for label in step.step.draws.findChildren(type(draw.words))]
    assert "Reason: The list was cut off" in said
    assert any(text == f"Seed {step.id} 2" for text in said)


def test_earlier_files_are_kept_on_purpose(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    before = {file.file for file in step.files()}
    press(step.qtbot, Key.Key_F4)
    step.step.draw.open()
    step.step.draw.keep.setFocus()
    press(step.qtbot, Key.Key_Space)
    assert "go on counting" in step.words()
    step.qtbot.keyClicks(step.step.draw.reason, "More were asked for")
    step.draw("5")
    assert before < {file.file for file in step.files()}


def test_files_chosen_by_judgment_are_marked(step: Step) -> None:
    step.keep_list()
    draw = step.step.draw
    draw.method.chip("judgmental").click()
    assert draw._mark.isVisible()
    draw.chosen.setFocus()
    step.qtbot.keyClicks(draw.chosen, "26-099")
    assert "Line 1 is not in the list of files." in step.words()
    draw.chosen.clear()
    step.qtbot.keyClicks(draw.chosen, "26-003")
    step.qtbot.keyClicks(draw.reason, "Named in a complaint")
    press(step.qtbot, Key.Key_Tab)
    draw.reason.setFocus()
    press(step.qtbot, Key.Key_Return)
    assert [file.file for file in step.files()] == ["26-003"]
    assert step.page.grid is not None
    assert "Judgmental: says nothing" in step.page.grid._facts.accessibleName()
    press(step.qtbot, Key.Key_R, Control)
    assert step.page.side.file.replacing is None  # there is no next one


def test_files_are_added_to_a_drawn_sample_only_with_a_reason(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    new = next(name for name in FRAME if name not in {file.file for file in step.files()})
    press(step.qtbot, Key.Key_I, Control)
    assert step.page.grid is not None
    adding = step.page.grid.adding
    step.qtbot.keyClicks(adding.text, new)
    press(step.qtbot, Key.Key_Return, Control)
    assert len(step.files()) == 5 and "reason" in step.window.refusals()[0]
    step.qtbot.keyClicks(adding.reason, "Named in a complaint")
    adding.text.setFocus()
    press(step.qtbot, Key.Key_Return, Control)
    assert len(step.files()) == 6
    assert step.review_record().method == "judgmental"


def test_a_file_is_replaced_from_the_grid_by_keys(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    press(step.qtbot, Key.Key_Down)
    gone = step.files()[1]
    press(step.qtbot, Key.Key_R, Control)
    replacing = step.page.side.file.replacing
    assert replacing is not None and replacing.reason.hasFocus()
    press(step.qtbot, Key.Key_Return)
    assert "needs a reason" in step.window.refusals()[0]
    step.qtbot.keyClicks(replacing.reason, "Sealed by a court")
    press(step.qtbot, Key.Key_Return)
    new = step.files()[1]
    assert (new.replaces_file, new.replaced_reason) == (gone.file, "Sealed by a court")
    assert step.page.grid is not None and step.page.grid.view.hasFocus()
    assert step.page.grid.view.currentIndex().row() == 1
    assert step.workspace.undo_step(step.id) == "replaced file 02"
    step.page.grid.chips.chip("aside").click()
    assert [file.file for file in step.page.grid.model.files] == [gone.file]


def test_escape_replaces_nothing(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    press(step.qtbot, Key.Key_R, Control)
    press(step.qtbot, Key.Key_Escape)
    assert step.page.grid is not None and step.page.grid.view.hasFocus()
    assert all(not file.replaces_file for file in step.files())


def test_the_draws_are_checked_in_the_window(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    press(step.qtbot, Key.Key_F4)
    draws = step.step.draws
    draws.again.click()
    kinds = type(step.step.draw.words)
    assert any("comes out the same" in label.text() for label in draws.findChildren(kinds))
    step.workspace.put(step.id, samples.draw_record(step.review, 1), positions="1 2 3 4 5")
    draws.again.click()
    assert any("does not come out" in label.text() for label in draws.findChildren(kinds))


def test_a_column_of_a_workbook_is_imported(step: Step) -> None:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in (["No.", "File number"], [1, "26-001"], [2, "26-002"], [3, "26-003"]):
        book.active.append(row)
    book.save(out)
    entry = step.step.frame.entry
    entry.chooser.take(out.getvalue())
    step.qtbot.waitUntil(lambda: entry.chooser.columns.count() == 3)
    entry.chooser.columns.setCurrentIndex(2)
    entry.chooser.columns.activated.emit(2)
    step.qtbot.waitUntil(lambda: entry.text.toPlainText() == "26-001\n26-002\n26-003")
    assert entry.source.text() == "Column B of the Excel file"
    entry.keep.click()
    inspection = step.workspace.inspection(step.id)
    assert len(samples.frame_of(inspection, step.review)) == 3


def test_a_file_that_is_no_list_is_refused_in_a_sentence(step: Step) -> None:
    step.step.frame.entry.chooser.take(b"%PDF-1.7")
    step.qtbot.waitUntil(lambda: bool(step.window.refusals()))
    assert "PDF" in step.window.refusals()[0]


def test_two_lists_are_decided_by_how_long_they_are(step: Step, tmp_path: Path) -> None:
    step.keep_list()
    record = samples.frame_record(step.review)
    disagree(step.workspace, step.id, tmp_path, record, identifiers="1\n2")
    qt = step.qtbot
    keep = named(step.page, "Keep what Marcus Example recorded")
    assert not step.step.draw.act.isEnabled() or "Two people" in _refusal(step)
    qt.mouseClick(keep, Qt.MouseButton.LeftButton)
    inspection = step.workspace.inspection(step.id)
    assert samples.frame_of(inspection, step.review) == ("1", "2 too")


def _refusal(step: Step) -> str:
    step.draw("2")
    return step.window.refusals()[-1]


def test_without_a_list_the_old_words_still_serve(step: Step) -> None:
    assert named(step.page, "How the files came into the sample").isVisible()
    named(step.page, "Chosen by judgment").setFocus()
    press(step.qtbot, Key.Key_Space)
    assert step.review_record().method == "judgmental"
    assert step.step._judged.isVisible()


def test_what_is_typed_and_not_used_is_kept_on_the_disk_and_shown_again(step: Step) -> None:
    step.keep_list()
    step.draw("5")
    press(step.qtbot, Key.Key_F4)
    step.step.draw.open()
    step.qtbot.keyClicks(step.step.draw.reason, "The list was")
    step.step.frame.replace.click()
    step.paste("26-001")
    changes = len(step.workspace.inspection(step.id).log.changes)
    drafts = step.workspace.desk.store.drafts
    step.qtbot.waitUntil(lambda: {d.value for d in drafts()} == {"The list was", "26-001"})
    assert recover_drafts(step.workspace) == []  # what the next start would do
    step.page.show_record("")
    step.page.show_record(step.review)
    press(step.qtbot, Key.Key_F4)
    assert step.step.draw.reason.text() == "The list was" and step.step.draw.reason.isVisible()
    assert step.step.frame.entry.text.toPlainText() == "26-001"
    step.qtbot.keyClicks(step.step.draw.reason, " cut off")
    step.page.leave()
    assert "The list was cut off" in {d.value for d in drafts()}
    step.draw("6")
    press(step.qtbot, Key.Key_F4)
    step.step.frame.entry._close.click()
    assert list(drafts()) == []
    assert len(step.workspace.inspection(step.id).log.changes) == changes + 1


def test_another_page_and_back_leaves_the_sample_as_it_was(step: Step) -> None:
    step.keep_list()
    step.step.draw.method.chip("judgmental").click()
    step.page.leave()
    step.page.show_record(step.review)
    assert step.step.draw.method.value() == "judgmental"
