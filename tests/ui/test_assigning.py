"""The office prepares an assignment in the window; the other laptop's preview says what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ui.assign_page import AssignPage
from inspector_app.ui.import_page import ImportPage
from inspector_app.ui.overview_page import OverviewPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import go_to, named, new_workspace, open_page, type_into


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace, str]]:
    office, id = new_workspace(tmp_path)
    other, _ = Workspace.create(
        tmp_path / "o", "Marcus Example", "opr-inspector", "Chicago", "another passphrase here"
    )
    office.accept(other.card())
    other.accept(office.card())
    yield office, other, id
    office.close()
    other.close()


def _words(page: AssignPage | ImportPage | OverviewPage) -> str:
    return " ".join(w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page))


def test_one_file_starts_it_on_the_other_laptop(
    qtbot: QtBot,
    pair: tuple[Workspace, Workspace, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, other, id = pair
    out = tmp_path / "assignment.inspection"
    page, window = open_page(qtbot, AssignPage, office, "")
    go_to(page, "")
    page.which.on_commit(id)
    qtbot.waitUntil(lambda: "No roster is taken in" in _words(page))
    page.make.click()
    assert window.refusals() == ["Choose who is on the team first."]
    page.team.chip(other.desk.card.fingerprint).click()
    first = office.inspection(id).form.sections[0]
    chips = page.sections[other.desk.card.fingerprint]
    chips.chip(first.id).click()
    type_into(qtbot, page.instructions, "Begin with intake.")
    monkeypatch.setattr("inspector_app.ui.choosing.save_file", lambda *_: out)
    qtbot.keyClick(page.make, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: out.exists() and not page.work.is_busy, timeout=20_000)

    there, _ = open_page(qtbot, ImportPage, other, "")
    opened: list[str] = []
    there.opened.connect(opened.append)
    there.open_bundle(out)
    qtbot.waitUntil(lambda: "This is an assignment" in _words(there), timeout=20_000)
    assert "Begin with intake." in _words(there)
    named(there, f"Merge {other.preview(out).new} changes").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0] == id
    overview, _ = open_page(qtbot, OverviewPage, other, id)
    qtbot.waitUntil(lambda: "Assigned by Ana Sample" in _words(overview))
    assert first.title in [c.text() for c in overview.findChildren(type(page.make))]
