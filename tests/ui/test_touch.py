"""Touch mode: whatever a finger presses is at least 44 px high (WCAG 2.2, 2.5.5), on every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_app.ui import preferences, theme
from inspector_app.ui.app import application
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, PAGES
from inspector_app.ui.palette_entries import window_acts
from inspector_app.ui.shell import Shell
from tests.ui.open_shell import opened, write_two_inspections

PRESSED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("touched"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        yield shell
        preferences.keep_theme(theme.SYSTEM)
        preferences.keep_touch(False)
        theme.apply(application(), "light", 1.0, touch=False)


def places(shell: Shell) -> Iterator[Place]:
    """Every page with something on it, and those outside of all inspections."""
    workspace = shell.workspace
    id = next(i for i in workspace.inspection_ids() if workspace.inspection(i).findings())
    inspection = workspace.inspection(id)
    yield from (Place(page=kind.name) for kind in DESK_PAGES)
    yield from (Place(id, kind.name) for kind in PAGES)
    yield Place(page="keeping", record=id)
    yield Place(id, "checklist", "answer:j-70")
    yield Place(id, "findings", inspection.findings()[0].id)
    for kind, page in (("observation", "tour"), ("interview", "interviews")):
        yield Place(id, page, inspection.log.records(kind)[0])
    yield Place(id, "documents", inspection.log.records("sampled-file")[0])


def pressed(window: QWidget) -> list[QWidget]:
    """Every button, check and field that is to be seen."""
    QApplication.processEvents()
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, PRESSED)
        and widget.isVisibleTo(window)
        and widget.width() > 0
        and not widget.inherits("QTableCornerButton")  # Qt's, without a function here
    ]


def words_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}” {widget.height()}"


def use_touch(shell: Shell, on: bool) -> Shell:
    """By the palette's line, which makes the pages anew."""
    window = shell.window()
    words = preferences.TOUCH_WORDS["touch" if on else "usual"].lower()
    (act,) = (a for a in window_acts(shell) if a.title == f"Buttons and fields: {words}")
    act.act()
    QApplication.processEvents()
    anew = window.findChildren(Shell)[-1]
    assert anew is not shell
    return anew


def test_in_touch_mode_everything_that_is_pressed_is_44_px_high(shell: Shell) -> None:
    assert shell.place == Place()
    window = shell.window()
    touched = use_touch(shell, on=True)
    for place in places(touched):
        touched.go(place)
        assert [words_of(w) for w in pressed(window) if w.height() < theme.TOUCH] == [], place.page
        assert cut(touched) == [], place.page
    assert (window.width(), window.height()) == (1280, 800)


def test_in_normal_mode_a_page_fits_its_window(shell: Shell) -> None:
    """What has to be pressed is never cut at the right, and the window never grows."""
    window = shell.window()
    for place in places(shell):
        shell.go(place)
        assert cut(shell) == [], place.page
        assert (window.width(), window.height()) == (1280, 800), place.page


def cut(shell: Shell) -> list[str]:
    """Buttons that stick out of the page at its right."""
    stack = shell.stack
    return [
        words_of(widget)
        for widget in pressed(stack)
        if isinstance(widget, QAbstractButton)
        and widget.mapTo(stack, widget.rect().topRight()).x() > stack.width()
    ]


def test_the_choice_is_kept_and_offered_at_home(qtbot: QtBot, shell: Shell) -> None:
    def chosen() -> QAbstractButton:
        names = {b.accessibleName(): b for b in shell.window().findChildren(QAbstractButton)}
        return names[preferences.TOUCH_WORDS["touch"]]

    assert not preferences.touch() and not chosen().isChecked()
    chosen().click()
    qtbot.waitUntil(lambda: preferences.touch() and chosen().isChecked())
    assert theme.target(30) == 44 and theme.target(56) == 56
