"""The command palette: every act, page, section and item by a few letters, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.ui import preferences
from inspector_app.ui.chrome import KEYS
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, pages_here
from inspector_app.ui.palette import Palette
from inspector_app.ui.palette_entries import Choice, fitting
from inspector_app.ui.shell import Shell
from tests.ui.open_shell import (
    CONTROL,
    first,
    go,
    opened,
    press,
    type_text,
    write_two_inspections,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("palette"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        yield shell


def open_palette(qtbot: QtBot, shell: Shell, words: str = "") -> Palette:
    press(qtbot, Qt.Key.Key_K, CONTROL)
    palette = shell.about.palette
    assert palette.isVisible() and palette.line.hasFocus()
    type_text(qtbot, words)
    return palette


def titles(palette: Palette) -> list[str]:
    return [choice.title for choice in palette.choices()]


def choose(qtbot: QtBot, palette: Palette, title: str) -> None:
    """Go down with the arrow until a row is current, and press Enter."""
    for _ in palette.choices():
        at = palette.list.current()
        if at is not None and palette.list.rows()[at].title[0][0] == title:
            break
        press(qtbot, Qt.Key.Key_Down)
    else:
        pytest.fail(f"{title} is not in {titles(palette)}")
    press(qtbot, Qt.Key.Key_Return)
    assert not palette.isVisible()


# -- what is in it -------------------------------------------------------------------------------


def test_every_act_of_the_window_and_the_page_is_listed_with_its_key(
    qtbot: QtBot, shell: Shell
) -> None:
    go(shell, "checklist", "answer:j-70")
    palette = open_palette(qtbot, shell)
    listed = {(c.title.lower(), c.cap) for c in palette.choices()}
    own = {key for key, _ in shell.stack.page.keys}
    wanted = {(words, key) for key, words in shell.stack.page.keys}
    wanted |= {(words, key) for key, words in KEYS if key not in own and key != "Ctrl+K"}
    assert {(words.lower(), key) for words, key in wanted} <= listed
    assert {"Start a finding", "Not met"} <= set(titles(palette))


def test_the_keys_told_are_the_keys_that_work(shell: Shell) -> None:
    assert {key for key, _ in KEYS} == set(shell.keys)


def test_every_page_section_and_item_is_found(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "tour")
    palette = open_palette(qtbot, shell)
    pages = [kind.title for kind in (*pages_here(), *DESK_PAGES) if kind.name != "tour"]
    assert set(pages) <= set(titles(palette))
    inspection = shell.workspace.inspection(first(shell))
    for part in inspection.form.sections:
        palette.line.setText(part.title)
        assert part.title in titles(palette)
    for item in inspection.form.items:
        palette.line.setText(item.id)
        assert titles(palette)[0].startswith(f"{item.id.upper()}  "), item.id


@pytest.mark.parametrize(
    "words", ["interpreter record", "record INTERPRETER", "j70", "rec inter j-7"]
)
def test_words_in_any_order_find_an_item(qtbot: QtBot, shell: Shell, words: str) -> None:
    go(shell, "overview")
    palette = open_palette(qtbot, shell, words)
    assert any(title.startswith("J-70") for title in titles(palette))


def test_what_does_not_fit_says_so_and_enter_does_nothing(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "overview")
    palette = open_palette(qtbot, shell, "qqqq")
    assert palette.choices() == [] and "Nothing fits" in palette.list.rows()[0].title[0][0]
    press(qtbot, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_places_where_one_was_come_first(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-02")
    go(shell, "checklist", "answer:j-70")
    go(shell, "report")
    palette = open_palette(qtbot, shell)
    assert titles(palette)[:2] == ["Checklist › J-70", "Checklist › J-02"]
    press(qtbot, Qt.Key.Key_Return)
    assert shell.place == Place(first(shell), "checklist", "answer:j-70")


def test_another_inspection_is_one_word_away(qtbot: QtBot, shell: Shell) -> None:
    other = shell.workspace.inspection_ids()[1]
    go(shell, "report")
    palette = open_palette(qtbot, shell, "hamilton")
    choose(qtbot, palette, shell.workspace.inspection(other).agency.title)
    assert shell.place.inspection == other


# -- doing ---------------------------------------------------------------------------------------


def test_an_item_is_opened_by_its_number(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "report")
    open_palette(qtbot, shell, "j-70")
    press(qtbot, Qt.Key.Key_Return)
    assert (shell.place.page, shell.stack.page.current_record()) == ("checklist", "answer:j-70")


def test_a_key_of_the_page_is_pressed(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    choose(qtbot, open_palette(qtbot, shell, "next unans"), "Next unanswered")
    assert shell.stack.page.current_record() != "answer:j-70"


def test_a_button_of_the_page_is_pressed(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    choose(qtbot, open_palette(qtbot, shell, "start a finding"), "Start a finding")
    assert shell.place.page == "findings" and shell.place.record


def test_a_key_that_no_shortcut_answers_goes_where_the_focus_was(
    qtbot: QtBot, shell: Shell
) -> None:
    go(shell, "what-is-left")
    page = shell.stack.page
    press(qtbot, Qt.Key.Key_F8)
    lists = page.lists()  # type: ignore[attr-defined]
    wanted = lists[0].rows()[0]
    choose(qtbot, open_palette(qtbot, shell, "go there"), "Go there")
    assert shell.place.page != "what-is-left" and wanted.title


def test_undo_and_lock_work_from_it(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    shell.workspace.put(first(shell), "answer:j-02", result="met")
    choose(qtbot, open_palette(qtbot, shell, "undo"), "Undo")
    assert shell.workspace.inspection(first(shell)).answer("j-02").result is None
    with qtbot.waitSignal(shell.locked):
        choose(qtbot, open_palette(qtbot, shell, "lock"), "Lock")


def test_the_appearance_is_changed_from_it(qtbot: QtBot, shell: Shell) -> None:
    window, place = shell.window(), Place(first(shell), "report")
    shell.go(place)
    choose(qtbot, open_palette(qtbot, shell, "dark"), "Appearance: dark")
    qtbot.waitUntil(lambda: window.shell is not shell)  # type: ignore[attr-defined]
    assert preferences.theme_name() == "dark"
    preferences.keep_theme("light")


# -- opening and closing -------------------------------------------------------------------------


def test_esc_puts_it_away_and_the_caret_is_where_it_was(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    note = next(e for e in shell.stack.page.findChildren(TextEditor) if e.isVisible())
    note.setFocus()
    note.moveCursor(note.textCursor().MoveOperation.End)
    type_text(qtbot, " and 03")
    at = note.textCursor().position()
    palette = open_palette(qtbot, shell, "zzz")
    press(qtbot, Qt.Key.Key_Escape)
    assert not palette.isVisible() and note.hasFocus() and note.textCursor().position() == at
    answer = shell.workspace.inspection(first(shell)).answer("j-70")
    assert answer.note.endswith("the oath and 03")


def test_the_same_key_puts_it_away_and_it_begins_empty(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "tour")
    palette = open_palette(qtbot, shell, "poster")
    press(qtbot, Qt.Key.Key_K, CONTROL)
    assert not palette.isVisible()
    assert open_palette(qtbot, shell).line.text() == ""


def test_it_goes_away_when_a_key_of_the_window_leads_elsewhere(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "tour")
    palette = open_palette(qtbot, shell, "poster")
    press(qtbot, Qt.Key.Key_F8)
    assert shell.place.page == "checklist" and not palette.isVisible()


def test_a_click_beside_it_puts_it_away_and_one_on_a_row_goes_there(
    qtbot: QtBot, shell: Shell
) -> None:
    go(shell, "tour")
    palette = open_palette(qtbot, shell, "j-70")
    row = palette.list.visualRect(palette.list.currentIndex()).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert shell.place.page == "checklist" and not palette.isVisible()
    palette = open_palette(qtbot, shell, "j-70")
    qtbot.mouseClick(shell.status, Qt.MouseButton.LeftButton, pos=QPoint(400, 5))
    assert not palette.isVisible()


def test_arrows_pass_over_headings_and_go_round(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "tour")
    palette = open_palette(qtbot, shell)
    seen = []
    for _ in palette.choices():
        at = palette.list.current()
        assert at is not None and not palette.list.rows()[at].heading
        seen.append(at)
        press(qtbot, Qt.Key.Key_Down)
    assert len(set(seen)) == len(seen) and palette.list.current() == seen[0]
    press(qtbot, Qt.Key.Key_Up)
    assert palette.list.current() == seen[-1]
    press(qtbot, Qt.Key.Key_PageUp)
    assert palette.list.current() != seen[-1]


def test_it_fits_a_small_window_and_follows_its_size(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    palette = open_palette(qtbot, shell)
    for size in ((1280, 800), (600, 420), (900, 600)):
        shell.window().resize(*size)
        QApplication.processEvents()
        assert shell.rect().contains(palette.geometry())


def test_a_screen_reader_hears_names_and_rows(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    palette = open_palette(qtbot, shell, "lock")
    for widget in (palette, palette.line, palette.list):
        reader = QAccessible.queryAccessibleInterface(widget)
        assert reader.text(QAccessible.Text.Name)
    assert palette.list.rows()[0].words == "Lock, Everywhere, Ctrl+L"


# -- fitting -------------------------------------------------------------------------------------

NAMES = st.lists(st.text("abc -", min_size=1, max_size=8), max_size=8)


@given(NAMES, st.text("abc ", max_size=6))
def test_only_what_holds_every_word_fits(names: list[str], words: str) -> None:
    choices = [Choice.of(name, "", str) for name in names]
    fits = {c.title for c in fitting(words, choices)}
    assert fits == {name for name in names if all(word in name for word in words.split())}


def test_what_begins_with_the_words_comes_first() -> None:
    names = ["Unlock the gate", "A clock", "Lock", "The lock"]
    found = [c.title for c in fitting("lock", [Choice.of(n, "", str) for n in names])]
    assert found == ["Lock", "The lock", "Unlock the gate", "A clock"]
