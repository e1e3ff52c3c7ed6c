"""What a screen reader meets on every page: names, unlike their neighbors', roles, a way by keys.

Section 508, 502.3 (names, roles, states), and WCAG 2.2, 2.1.1, 2.4.3, 2.4.7 and 4.1.2.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, PAGES
from inspector_app.ui.shell import Shell
from tests.ui.open_shell import opened, write_two_inspections

DESK = [kind.name for kind in DESK_PAGES]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("accessible"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        QAccessible.setActive(True)
        yield shell


def places(shell: Shell) -> Iterator[Place]:
    """Every page, and the pages of a record, of the fuller of the two inspections."""
    workspace = shell.workspace
    id = next(i for i in workspace.inspection_ids() if workspace.inspection(i).findings())
    inspection = workspace.inspection(id)
    yield from (Place(page=name) for name in DESK)
    yield from (Place(id, kind.name) for kind in PAGES)
    yield Place(page="keeping", record=id)
    yield Place(id, "checklist", "answer:j-70")
    yield Place(id, "findings", inspection.findings()[0].id)
    for kind, page in (("interview", "interviews"), ("sampled-file", "documents")):
        yield Place(id, page, inspection.log.records(kind)[0])


def focusable(shell: Shell) -> list[QWidget]:
    """What the Tab key can reach and somebody can see."""
    window = shell.window()
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)).strip() if interface else ""


def each_page(shell: Shell) -> Iterator[tuple[str, list[QWidget]]]:
    for place in places(shell):
        shell.go(place)
        QApplication.processEvents()
        yield f"{place.page} {place.record}".strip(), focusable(shell)


def test_everything_in_the_way_of_the_keys_has_a_name_unlike_its_neighbors(shell: Shell) -> None:
    for page, widgets in each_page(shell):
        names = Counter((id(widget.parent()), name_of(widget)) for widget in widgets)
        assert all(name for _, name in names), page
        assert [name for (_, name), times in names.items() if times > 1] == [], page


def test_no_name_is_that_of_a_class_or_an_object_of_the_program(shell: Shell) -> None:
    for page, widgets in each_page(shell):
        inner = {w.metaObject().className() for w in widgets} | {w.objectName() for w in widgets}
        assert not {name_of(widget) for widget in widgets} & (inner - {""}), page


def test_everything_in_the_way_of_the_keys_says_what_it_is(shell: Shell) -> None:
    vague = (QAccessible.Role.NoRole, QAccessible.Role.Pane, QAccessible.Role.Client)
    for page, widgets in each_page(shell):
        for widget in widgets:
            role = QAccessible.queryAccessibleInterface(widget).role()
            assert role not in vague, (page, name_of(widget), role)


def test_each_label_that_names_an_editor_is_joined_to_it(shell: Shell) -> None:
    for page, widgets in each_page(shell):
        window = shell.window()
        buddies = {
            label.buddy(): label.text().replace("&&", "&")
            for label in window.findChildren(QLabel)
            if label.buddy() is not None and label.isVisibleTo(window)
        }
        for widget in widgets:
            if widget in buddies:
                assert buddies[widget] in widget.accessibleName(), page  # WCAG 2.5.3


def test_tab_goes_through_everything_and_is_never_trapped(qtbot: QtBot, shell: Shell) -> None:
    for page, widgets in each_page(shell):
        widgets[0].setFocus()
        seen: set[str] = set()
        for _ in range(3 * len(widgets)):
            qtbot.keyClick(QApplication.focusWidget() or widgets[0], Qt.Key.Key_Tab)
            if focused := QApplication.focusWidget():
                seen.add(name_of(focused))
        wanted = {name_of(widget) for widget in focusable(shell)}
        assert wanted <= seen, (page, wanted - seen)
