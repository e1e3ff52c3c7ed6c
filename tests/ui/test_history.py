"""The past, at the side and on its page: values, who, when, restoring; undo over restarts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.change import new_record
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.history_menu import HISTORY_WORDS, menu_of
from inspector_app.ui.history_page import HistoryPage
from inspector_app.ui.history_panel import HistoryPanel
from inspector_app.ui.history_words import seen_edits, slot_words
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.shell import Shell
from inspector_app.workspace import Workspace
from inspector_app.workspace.history import History
from tests.harness import count
from tests.ui.open_pages import SECRET, desk_copy, disagree, named, press

CONTROL = Qt.KeyboardModifier.ControlModifier
NOTES = ("First seen", "Seen again on Tuesday", "Both pages are there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk_copy(tmp_path)


@pytest.fixture
def shell(qtbot: QtBot, folder: Path) -> Iterator[Shell]:
    """An open window at the note of J-02, which was written three times."""
    theme.apply(application(), "light", 1.0)
    window = MainWindow(folder)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    workspace = Workspace.open(folder, passphrase=SECRET)
    for note in NOTES:
        workspace.put(inspection(workspace), "answer:j-02", note=note)
    window.enter(workspace)
    assert window.shell is not None
    window.shell.go(Place(inspection(workspace), "checklist", "answer:j-02"))
    note_of(window.shell).setFocus()
    yield window.shell
    window.close()


def inspection(workspace: Workspace) -> str:
    return workspace.inspection_ids()[0]


def note_of(shell: Shell) -> QPlainTextEdit:
    found = named(shell.stack.page, "Note")
    assert isinstance(found, QPlainTextEdit)
    return found


def note(shell: Shell) -> str:
    return shell.workspace.inspection(inspection(shell.workspace)).answer("j-02").note


def panel_of(shell: Shell) -> HistoryPanel:
    QApplication.processEvents()
    panel = shell.past.panel
    assert panel is not None and panel.isVisible()
    return panel


def rows(panel: "HistoryPanel | HistoryPage") -> list[str]:
    shown = panel.values if isinstance(panel, HistoryPanel) else panel.changes
    model = shown.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(at, 0).data(role)) for at in range(model.rowCount())]


def click(qtbot: QtBot, inside: QWidget, name: str) -> None:
    def found() -> list[QPushButton]:
        named = [b for b in inside.findChildren(QPushButton) if b.accessibleName() == name]
        return [button for button in named if button.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


# -- of one field --------------------------------------------------------------------------------


def test_a_key_shows_every_value_with_its_person_and_time(qtbot: QtBot, shell: Shell) -> None:
    press(qtbot, Qt.Key.Key_H, CONTROL)
    panel = panel_of(shell)
    listed = rows(panel)
    assert [row.partition(",")[0] for row in listed] == list(reversed(NOTES))
    assert all("Ana Sample" in row for row in listed)
    assert panel.values.hasFocus() and panel.note.text() == "This is what stands now."
    assert panel.text.toPlainText() == NOTES[2]
    press(qtbot, Qt.Key.Key_Escape)
    assert shell.past.panel is None and note_of(shell).hasFocus()


def test_what_is_being_typed_is_in_it(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClicks(note_of(shell), "x")
    press(qtbot, Qt.Key.Key_H, CONTROL)
    assert rows(panel_of(shell))[0].startswith(f"x{NOTES[2]}")


def test_an_old_value_is_restored_by_key_and_undone(qtbot: QtBot, shell: Shell) -> None:
    before = len(shell.workspace.history(inspection(shell.workspace)))
    press(qtbot, Qt.Key.Key_H, CONTROL)
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Return)
    assert note(shell) == NOTES[0] == note_of(shell).toPlainText()
    assert len(shell.workspace.history(inspection(shell.workspace))) == before + 1
    assert rows(panel_of(shell))[0].startswith(NOTES[0])
    shell.refresh()
    assert shell.status.saved.text() == "Restored: note of J-02"
    shell.undo()
    assert note(shell) == NOTES[2]
    assert "undone" in rows(panel_of(shell))[0]


def test_the_menu_of_an_editor_offers_it(qtbot: QtBot, shell: Shell) -> None:
    asked: list[str] = []
    menu = menu_of(note_of(shell), lambda: asked.append("history"))
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[-1] == HISTORY_WORDS and len(words) > 3  # after what the editor itself offers
    menu.actions()[-1].trigger()
    assert asked == ["history"]
    menu.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_at_the_pointer(qtbot: QtBot, shell: Shell) -> None:
    note_of(shell).customContextMenuRequested.emit(QPoint(10, 10))
    menus = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
    assert len(menus) == 1
    menus[0].actions()[-1].trigger()
    menus[0].close()
    assert panel_of(shell).field == "note"


def test_a_choice_is_told_in_its_own_words(qtbot: QtBot, shell: Shell) -> None:
    id = inspection(shell.workspace)
    shell.workspace.put(id, "answer:j-02", result="could-not-assess")
    shell.go(Place(id, "checklist", "answer:j-02"))
    shell.past.open("answer:j-02", "result")
    assert rows(panel_of(shell))[0].startswith("Could not assess, Ana Sample")


def test_a_cell_of_the_grid_has_one_too(qtbot: QtBot, shell: Shell) -> None:
    workspace, id = shell.workspace, inspection(shell.workspace)
    kind = workspace.inspection(id).form.sample_kinds[0]
    review = workspace.new(id, "document-review", sample_kind=kind.id, title="Files").record
    given = {"review": review, "position": 1, "file": "A-1"}
    file = workspace.new(id, "sampled-file", **given).record
    for result in ("yes", "no"):
        workspace.put(id, file, results={kind.attributes[0].id: result})
    shell.go(Place(id, "documents", file))
    QApplication.processEvents()
    press(qtbot, Qt.Key.Key_H, CONTROL)
    panel = panel_of(shell)
    assert panel.field == f"results.{kind.attributes[0].id}"
    assert [row.partition(",")[0] for row in rows(panel)] == ["No", "Yes"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    found = workspace.inspection(id).log.value(file, panel.field)
    assert found == "yes" and shell.workspace.undo_step(id) == (
        f"restored {kind.attributes[0].label[:1].lower()}{kind.attributes[0].label[1:]} of File 01"
    )


def test_another_page_puts_it_away(shell: Shell) -> None:
    shell.past.open("answer:j-02", "note")
    shell.go(Place(inspection(shell.workspace), "overview"))
    QApplication.processEvents()
    assert shell.past.panel is None


# -- of a record and of the inspection -----------------------------------------------------------


@pytest.fixture
def page(shell: Shell) -> HistoryPage:
    return history(shell)


def history(shell: Shell, record: str = "") -> HistoryPage:
    shell.go(Place(inspection(shell.workspace), "history", record))
    QApplication.processEvents()
    found = shell.stack.page
    assert isinstance(found, HistoryPage)
    return found


def test_the_history_of_a_record_is_one_link_away(qtbot: QtBot, shell: Shell) -> None:
    press(qtbot, Qt.Key.Key_H, CONTROL)
    click(qtbot, panel_of(shell), "History of the record")
    found = shell.stack.page
    assert isinstance(found, HistoryPage) and shell.place.record == "answer:j-02"
    assert len(rows(found)) == len(NOTES)
    click(qtbot, found, "All of the inspection")
    assert len(rows(found)) > len(NOTES)


def test_it_is_filtered_by_person_and_kind(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    id = inspection(shell.workspace)
    disagree(shell.workspace, id, tmp_path, "answer:j-03", note="Two views")
    found = history(shell)
    choose(found.people, "Marcus Example")
    listed = rows(found)
    assert listed and all("Marcus Example" in row for row in listed)
    assert all("came in a bundle on" in row for row in listed)
    choose(found.kinds, "Answers")
    assert [row.partition(",")[0] for row in rows(found)] == ["J-03"]
    choose(found.people, "Everybody")
    assert len(rows(found)) == len(NOTES) + 2


def choose(box: QComboBox, words: str) -> None:
    at = box.findText(words)
    assert at >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)
    QApplication.processEvents()


def test_the_side_says_what_stood_before_and_restores_it(
    qtbot: QtBot, shell: Shell, page: HistoryPage
) -> None:
    page.changes.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    click(qtbot, shell.body.side, "Restore this: Note of J-02")
    assert note(shell) == NOTES[1]


def test_a_removed_record_is_brought_back_whole(qtbot: QtBot, shell: Shell) -> None:
    id, record = inspection(shell.workspace), new_record("observation")
    shell.workspace.put(id, record, text="Poster torn", area="booking")
    shell.workspace.remove(id, record)
    before = len(shell.workspace.history(id))
    history(shell)
    click(qtbot, shell.body.side, "Bring it back")
    fields = shell.workspace.inspection(id).log.fields(record)
    assert fields == {"text": "Poster torn", "area": "booking"}
    assert len(shell.workspace.history(id)) == before + 1


def test_thousands_of_changes_are_put_into_words_only_where_they_are_seen(
    qtbot: QtBot, shell: Shell
) -> None:
    id = inspection(shell.workspace)
    log, changes = shell.workspace.inspection(id).log, count(300, 5_000)
    with shell.workspace.desk.store.transaction():
        for number in range(changes):
            edits = log.setting(f"answer:j-{number % 90 + 10}", {"note": f"note {number}"})
            shell.workspace.desk.commit(log, edits, "note")
    found = history(shell)
    assert found.changes.model().rowCount() > changes
    assert 0 < found.changes.lines.worded() < 40
    QTest.keyClick(found.changes, Qt.Key.Key_End)
    QApplication.processEvents()
    assert found.changes.lines.worded() < 80


def test_a_signed_part_asks_for_a_reason_before_it_is_restored(qtbot: QtBot, shell: Shell) -> None:
    id = inspection(shell.workspace)
    form = shell.workspace.inspection(id).form
    shell.workspace.sign_off(id, f"section:{form.section_of('j-02').id}")
    shell.past.open("answer:j-02", "note")
    panel = panel_of(shell)
    panel.values.setCurrentIndex(panel.values.model().index(2, 0))
    panel.restore()
    assert note(shell) == NOTES[2] and shell.strip.isVisible()
    qtbot.keyClicks(shell.strip.reason, "The wrong page was meant")
    shell.strip.amend_button.click()
    assert note(shell) == NOTES[0]


# -- undo ----------------------------------------------------------------------------------------


def test_how_an_inspection_began_is_told_in_words(folder: Path) -> None:
    workspace = Workspace.open(folder, passphrase=SECRET)
    found = workspace.inspection(inspection(workspace))
    edits = seen_edits(found.log.changes[found.log.id])
    words = [slot_words(found, edit.record, edit.field) for edit in edits]
    workspace.close()
    assert "Kind of the inspection" in words and "First day of the visit" in words
    assert not any("once" in word or "The" in word for word in words)


def test_two_hundred_steps_are_undone_and_done_again_over_restarts(folder: Path) -> None:
    workspace = Workspace.open(folder, passphrase=SECRET)
    id = inspection(workspace)
    items = [item.id for item in workspace.inspection(id).shown_items()][:70]
    given = [(item, word) for word in ("one", "two", "three") for item in items][:205]
    start = workspace.digest(id)
    for item, word in given:
        workspace.put(id, f"answer:{item}", note=word)
    end = workspace.digest(id)
    for step in range(2 * len(given)):
        if step % 100 == 50:  # a restart in the middle of undoing and of doing again
            workspace.close()
            workspace = Workspace.open(folder, passphrase=SECRET)
        if step == len(given):
            assert workspace.digest(id) == start
        words = workspace.undo_step(id) if step < len(given) else workspace.redo_step(id)
        assert words and words.startswith("answer J-")
        (workspace.undo if step < len(given) else workspace.redo)(id)
    assert workspace.digest(id) == end
    assert workspace.redo_step(id) is None
    workspace.close()


def test_the_foot_says_what_undo_and_redo_would_do(qtbot: QtBot, shell: Shell) -> None:
    shell.undo()
    shell.refresh()
    words = {label.text() for label in shell.status.findChildren(QWidget) if hasattr(label, "text")}
    assert {"undo: answer J-02", "redo: answer J-02"} <= words
    assert note(shell) == NOTES[1]


def test_the_past_of_a_field_is_read_from_the_log_alone(shell: Shell) -> None:
    id = inspection(shell.workspace)
    past = History(shell.workspace, id)
    values = past.values("answer:j-02", "note")
    edits = [past.change(change).edit_of(("answer:j-02", "note")) for change in values]
    assert [edit.value for edit in edits if edit] == list(reversed(NOTES))
    assert [past.before(edit) for edit in edits if edit] == [NOTES[1], NOTES[0], None]


def test_the_foot_says_saving_until_the_disk_has_it(qtbot: QtBot, shell: Shell) -> None:
    editor = note_of(shell)
    shell.refresh()
    qtbot.keyClicks(editor, "x")
    assert shell.status.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: shell.status.saved.text() != "Saving…")
    assert shell.workspace.desk.last_saved is not None
    assert shell.status.saved.text() == f"Saved {shell.workspace.desk.last_saved:%H:%M:%S}"
    kept = [draft.value for draft in shell.workspace.desk.store.drafts()]
    assert kept == [editor.toPlainText()] and note(shell) == NOTES[2]
    before = shell.workspace.desk.last_saved
    shell.stack.leave()
    shell.refresh()
    assert shell.workspace.desk.last_saved > before and note(shell) == editor.toPlainText()
