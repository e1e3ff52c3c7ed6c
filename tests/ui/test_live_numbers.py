"""A number that the program computes reads as a number until somebody goes into the text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.ui.editors import LineEditor
from inspector_app.ui.findings_page import FindingsPage
from inspector_app.ui.live_numbers import AtRest
from inspector_app.workspace import Workspace
from tests.ui.open_pages import named, new_workspace, open_page, press

Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def test_the_name_of_a_number_is_seen_only_with_the_caret_in_it(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    kind = workspace.inspection(id).form.sample_kinds[0]
    review = workspace.new(id, "document-review", sample_kind=kind.id).record
    text = f"Missing in {{count:{review}:{kind.attributes[0].id}}} files <b>"
    finding = workspace.new(id, "finding", title=text).record
    page, _ = open_page(qtbot, FindingsPage, workspace, id)
    page.show_record(finding)
    line = named(page, "Title")
    assert isinstance(line, LineEditor)
    [shown] = line.findChildren(AtRest)
    read = shown.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert shown.isVisible() and read == "Missing in 0 of 0 files <b>"
    assert "&lt;b&gt;" in shown.text() and "{" not in shown.text()
    line.setFocus()
    assert not shown.isVisible() and line.text() == text
    press(qtbot, Qt.Key.Key_Tab)
    assert shown.isVisible()
    workspace.put(id, finding, title="Missing in three files")
    qtbot.waitUntil(lambda: not shown.isVisible())
