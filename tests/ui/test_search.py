"""The search of the window: the open inspection first, then what others may show; by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from inspector_app.ui.editors import TextEditor
from inspector_app.ui.page_stack import Place
from inspector_app.ui.search_everything import Search
from inspector_app.ui.shell import Shell
from inspector_app.workspace.searching import unmarked
from tests import agency_files
from tests.ui.open_shell import (
    CONTROL,
    SHIFT,
    first,
    go,
    opened,
    press,
    type_text,
    write_two_inspections,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("search"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        yield shell


def search(qtbot: QtBot, shell: Shell, words: str) -> Search:
    """Open the search by its key, type, and wait until the answer is there."""
    press(qtbot, Qt.Key.Key_F, CONTROL | SHIFT)
    found = shell.about.search
    assert found.isVisible() and found.line.hasFocus()
    type_text(qtbot, words)
    qtbot.waitUntil(lambda: not found._soon.isActive())
    return found


def records(found: Search) -> list[str]:
    return [hit.record for hit in found.hits()]


def headings(found: Search) -> list[str]:
    return [row.title[0][0] for row in found.list.rows() if row.heading]


def marked_words(found: Search) -> set[str]:
    rows = found.list.rows()
    return {said for row in rows for said, hit in (*row.title, *row.body) if hit}


def test_results_stand_in_groups_with_the_words_marked(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "overview")
    found = search(qtbot, shell, "interp record")
    assert headings(found)[0].startswith("Questions and answers  ")
    assert any(h.startswith("Clauses  ") for h in headings(found))
    assert "answer:j-70" in records(found)
    assert {"interpreter", "record"} <= marked_words(found)
    for heading in headings(found):
        title, _, count = heading.rpartition("  ")
        assert title and int(count) > 0
    assert sum(int(h.rpartition("  ")[2]) for h in headings(found)) == len(found.hits())


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("munoz oath", "checklist"),
        ("green door", "tour"),
        ("4711", "documents"),
        ("zebra", "interviews"),
        ("counter", "findings"),
    ],
)
def test_enter_goes_to_the_record(qtbot: QtBot, shell: Shell, words: str, page: str) -> None:
    go(shell, "report")
    found = search(qtbot, shell, words)
    wanted = records(found)[0]
    press(qtbot, Qt.Key.Key_Return)
    assert not found.isVisible()
    assert shell.place == Place(first(shell), page, wanted)


def test_what_was_typed_a_moment_ago_is_found(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    note = next(e for e in shell.stack.page.findChildren(TextEditor) if e.isVisible())
    note.setFocus()
    note.moveCursor(note.textCursor().MoveOperation.End)
    type_text(qtbot, " quagga")
    assert records(search(qtbot, shell, "quagga")) == ["answer:j-70"]
    press(qtbot, Qt.Key.Key_Escape)
    assert note.hasFocus()


def test_other_inspections_show_findings_and_no_interview(qtbot: QtBot, shell: Shell) -> None:
    other = shell.workspace.inspection_ids()[1]
    shell.go(Place(other, "overview"))
    found = search(qtbot, shell, "counter")
    qtbot.waitUntil(lambda: bool(found.hits()))
    assert headings(found) == ["Findings in other inspections  1"]
    press(qtbot, Qt.Key.Key_Return)
    assert (shell.place.inspection, shell.place.page) == (first(shell), "findings")
    shell.go(Place(other, "overview"))
    for words in ("zebra", "4711", "munoz", "green door"):
        found = search(qtbot, shell, words)
        assert found.hits() == [] and "Nothing was found" in headings(found)[0]
        press(qtbot, Qt.Key.Key_Escape)


def test_outside_of_all_inspections_an_agency_is_found(qtbot: QtBot, shell: Shell) -> None:
    shell.home()
    found = search(qtbot, shell, "hamilton")
    qtbot.waitUntil(lambda: len(found.hits()) == 2)
    assert headings(found) == ["Agencies  2"]
    press(qtbot, Qt.Key.Key_Return)
    assert shell.place.page == "overview" and shell.place.inspection


def test_an_agencys_file_opens_from_the_search(qtbot: QtBot, shell: Shell) -> None:
    shell.home()
    file = agency_files.start(shell.workspace, agency_files.row())
    found = search(qtbot, shell, "example county")
    qtbot.waitUntil(lambda: len(found.hits()) == 1)
    assert headings(found) == ["Agencies’ files  1"]
    press(qtbot, Qt.Key.Key_Return)
    assert (shell.place.page, shell.place.record) == ("agency-file", file)


def test_it_opens_with_what_was_looked_for_last(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "overview")
    found = search(qtbot, shell, "interp record")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    at = found.list.current()
    press(qtbot, Qt.Key.Key_Return)
    again = search(qtbot, shell, "")
    assert again.line.text() == "interp record" and again.list.current() == at
    type_text(qtbot, "door")
    assert again.line.text() == "door"


def test_words_in_the_palette_are_taken_along(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "overview")
    press(qtbot, Qt.Key.Key_K, CONTROL)
    type_text(qtbot, "green door")
    found = search(qtbot, shell, "")
    assert found.line.text() == "green door" and not shell.about.palette.isVisible()
    assert "A green door without a sign" in {unmarked(hit.body) for hit in found.hits()}


def test_the_button_in_the_bar_opens_it(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "overview")
    qtbot.mouseClick(shell.top.search_button, Qt.MouseButton.LeftButton)
    assert shell.about.search.isVisible()


@pytest.mark.parametrize("page", ["overview", "report", "hand-over", "what-is-left"])
def test_ctrl_f_on_a_page_without_a_line_searches(qtbot: QtBot, shell: Shell, page: str) -> None:
    go(shell, page)
    press(qtbot, Qt.Key.Key_F, CONTROL)
    assert shell.about.search.isVisible()


@pytest.mark.parametrize("page", ["home", "checklist", "tour", "interviews", "findings"])
def test_ctrl_f_goes_to_the_line_of_a_page_that_has_one(
    qtbot: QtBot, shell: Shell, page: str
) -> None:
    shell.go(Place("" if page == "home" else first(shell), page))
    press(qtbot, Qt.Key.Key_F, CONTROL)
    focused = shell.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.accessibleName().startswith("Find")
