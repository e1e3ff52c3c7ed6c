"""The manual: whole, offline, at the page one is on, found by words, read by keys alone."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.paths import resource
from inspector_app.ui import help_pages, theme
from inspector_app.ui.app import application
from inspector_app.ui.chrome import KEYS
from inspector_app.ui.help_drawer import HelpDrawer, marked
from inspector_app.ui.help_text import HelpText
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page import Page
from inspector_app.ui.pages import DESK_PAGES, PAGES, PageKind
from inspector_app.ui.shell import Shell
from tests.ui.open_shell import SHIFT, go, opened, press, type_text, write_two_inspections

NAMES = list(help_pages.CONTENTS)
WINDOW_PAGES = [kind for kind in (*PAGES, *DESK_PAGES) if kind.exists()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("help"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        yield shell


def class_of(kind: PageKind) -> type[Page]:
    found: type[Page] = getattr(import_module(kind.module), kind.place.partition(":")[2])
    return found


# -- the files -----------------------------------------------------------------------------------


def test_the_contents_are_the_files() -> None:
    files = {path.stem for path in resource("help").iterdir()}
    assert files == set(NAMES) and len(NAMES) == len(set(NAMES))
    assert {"starting", "photos", "people", "agreement", "practice", "keys"} <= files
    assert {"glossary", "limits"} <= files


@pytest.mark.parametrize("kind", WINDOW_PAGES, ids=lambda kind: kind.name)
def test_every_page_of_the_window_has_help_that_names_its_keys(kind: PageKind) -> None:
    assert kind.name in NAMES
    text = help_pages.page(kind.name).text
    named = set(re.findall(r"`([^`]+)`", text))
    for key, words in class_of(kind).keys:
        assert {*key.split(" ")} - {"/"} <= named, f"{kind.name}.md does not name {key} ({words})"


def test_the_keys_of_the_window_are_named_with_the_keys() -> None:
    named = set(re.findall(r"`([^`]+)`", help_pages.page("keys").text))
    assert {key for key, _ in KEYS} <= named


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_pages_and_nowhere_else(name: str) -> None:
    text = help_pages.page(name).text
    for link in re.findall(r"\]\(([^)]*)\)", text):
        assert link.removesuffix(".md") in NAMES, link
    assert "://" not in text and "www." not in text and "mailto:" not in text


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_one_title_and_is_short(name: str) -> None:
    text = help_pages.page(name).text
    assert len(re.findall(r"^# ", text, re.M)) == 1 and text.startswith("# ")
    assert len(text.split()) < 700
    for word in ("please", "oops", "successfully", "simply"):
        assert not re.search(rf"\b{word}\b", text, re.I), word
    assert "!" not in text


def test_every_page_is_reached_by_links_from_the_first() -> None:
    reached, waiting = set[str](), [help_pages.FIRST, "checklist"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            links = re.findall(r"\]\(([^)]*)\.md\)", help_pages.page(name).text)
            waiting += [*links]
    assert set(NAMES) - reached <= {"home", "keys", "limits"}


# -- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("recovery key paper", "starting"),
        ("fill down", "documents"),
        ("six words compare", "people"),
        ("focus review", "findings"),
        ("no camera", "tour"),
        ("DRAFT signed", "report"),
        ("Warrant Service", "glossary"),
    ],
)
def test_words_in_any_order_find_their_page(words: str, page: str) -> None:
    for asked in (words, " ".join(reversed(words.split())), words.upper()):
        found = {passage.page.name for passage in help_pages.find(asked)}
        assert page in found


def test_passages_have_no_signs_of_markdown() -> None:
    for name in NAMES:
        for words in help_pages.page(name).passages:
            assert not re.search(r"[`*|]|\]\(|^#|---", words), words


def test_found_words_are_marked_whatever_their_accents() -> None:
    assert marked("The Résumé here", "resume") == (
        ("The ", False),
        ("Résumé", True),
        (" here", False),
    )
    assert marked("nothing", "") == (("nothing", False),)


# -- in the window -------------------------------------------------------------------------------


def open_help(qtbot: QtBot, shell: Shell) -> HelpDrawer:
    press(qtbot, Qt.Key.Key_F1)
    drawer = shell.about.help
    assert drawer.isVisible() and drawer.line.hasFocus()
    return drawer


@pytest.mark.parametrize("page", ["overview", "checklist", "report", "what-is-left"])
def test_f1_opens_the_help_of_the_page(qtbot: QtBot, shell: Shell, page: str) -> None:
    go(shell, page)
    drawer = open_help(qtbot, shell)
    assert drawer.page == page
    shown = drawer.text.document().toPlainText()
    assert shown.startswith(help_pages.page(page).title) and "`" not in shown


def test_it_does_not_cover_the_bars_and_the_page_still_works(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    drawer = open_help(qtbot, shell)
    assert drawer.geometry().top() == shell.top.height()
    assert not drawer.geometry().intersects(shell.status.geometry())
    press(qtbot, Qt.Key.Key_F8)
    assert shell.stack.page.current_record() != "answer:j-70" and drawer.isVisible()


def test_it_follows_the_window_unless_somebody_went_his_own_way(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist")
    drawer = open_help(qtbot, shell)
    go(shell, "tour")
    assert drawer.page == "tour"
    drawer.follow("glossary")
    go(shell, "report")
    assert drawer.page == "glossary"


def test_esc_and_f1_put_it_away(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist", "answer:j-70")
    before = QApplication.focusWidget()
    drawer = open_help(qtbot, shell)
    press(qtbot, Qt.Key.Key_Escape)
    assert not drawer.isVisible() and QApplication.focusWidget() is before
    open_help(qtbot, shell)
    press(qtbot, Qt.Key.Key_F1)
    assert not drawer.isVisible()


def test_a_passage_is_found_opened_and_marked_by_keys(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist")
    drawer = open_help(qtbot, shell)
    type_text(qtbot, "words voice altered")
    press(qtbot, Qt.Key.Key_Return)
    assert drawer.page == "people" and drawer.line.text() == ""
    assert "six words" in drawer.text.textCursor().selectedText()
    press(qtbot, Qt.Key.Key_Backspace)
    assert drawer.page == "checklist"


def test_links_are_followed_by_keys_and_the_way_goes_back(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist")
    drawer = open_help(qtbot, shell)
    drawer.text.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    assert drawer.page == "findings"
    press(qtbot, Qt.Key.Key_Backspace)
    assert drawer.page == "checklist"
    qtbot.mouseClick(drawer.findChildren(type(drawer._back))[0], Qt.MouseButton.LeftButton)


def test_all_pages_are_listed(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "checklist")
    drawer = open_help(qtbot, shell)
    drawer.follow("contents")
    shown = drawer.text.document().toPlainText()
    assert all(help_pages.page(name).title in shown for name in NAMES)


def test_nothing_is_loaded_from_anywhere(qtbot: QtBot) -> None:
    text = HelpText()
    qtbot.addWidget(text)
    followed: list[str] = []
    text.followed.connect(followed.append)
    text.show_text("# T\n\n![x](https://example.org/x.png) [y](tour.md)\n")
    assert not text.openLinks() and not text.openExternalLinks()
    assert text.loadResource(2, QUrl("https://example.org/x.png")) is None
    text.anchorClicked.emit(QUrl("tour.md"))
    assert followed == ["tour"]


def test_before_a_workspace_is_open_f1_shows_how_to_start(qtbot: QtBot, tmp_path: Path) -> None:
    theme.apply(application(), "light", 1.0)
    window = MainWindow(tmp_path / "none")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, Qt.Key.Key_F1)
    assert window.gate is not None
    drawer = window.gate.findChild(HelpDrawer)
    assert isinstance(drawer, HelpDrawer) and drawer.isVisible() and drawer.page == "starting"
    press(qtbot, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    window.close()


def test_the_question_mark_lists_keys_of_the_page(qtbot: QtBot, shell: Shell) -> None:
    go(shell, "report")
    press(qtbot, Qt.Key.Key_Question, SHIFT)
    assert shell.body.side.isVisible() and not shell.about.help.isVisible()


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_larger_and_keys_stand_out(qtbot: QtBot, name: str) -> None:
    theme.apply(application(), "light", 1.0)
    text = HelpText()
    qtbot.addWidget(text)
    text.show_text(help_pages.page(name).text)
    title = QTextCursor(text.document().firstBlock())
    title.movePosition(QTextCursor.MoveOperation.NextCharacter)
    assert title.charFormat().font().pixelSize() == theme.px(20)
    if key := re.search(r"`([^`]+)`", help_pages.page(name).text):
        place = text.document().find(key[1])
        assert place.charFormat().font().family() == theme.FAMILY
