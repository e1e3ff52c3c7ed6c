"""The pages of a report in the window: a part opens its source, and what changes is painted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from inspector_app.reports.sources import Spot
from inspector_app.ui.report_page import ReportPage
from inspector_app.ui.report_preview import ReportPreview
from inspector_app.workspace import Workspace
from tests.ui.open_pages import named, new_workspace, open_page, press

LONG = 30_000


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    workspace, id = new_workspace(tmp_path)
    workspace.put(id, "finding:f1", title="No poster in Spanish", condition="The frame is empty.")
    workspace.put(id, "observation:t1", text="An empty frame.")
    yield workspace, id
    workspace.close()


@pytest.fixture
def page(qtbot: QtBot, ana: tuple[Workspace, str]) -> ReportPage:
    made, _ = open_page(qtbot, ReportPage, *ana)
    made.preview()
    qtbot.waitUntil(lambda: made.is_painted, timeout=LONG)
    return made


def pages_of(page: ReportPage) -> ReportPreview:
    found = named(page, "Pages of the report")
    assert isinstance(found, ReportPreview)
    return found


def go_until(pages: ReportPreview, wanted: Callable[[Spot], bool]) -> Spot:
    """From part to part until one is as wanted."""
    for _ in range(300):
        if pages.current and wanted(pages.current):
            return pages.current
        pages.go(1)
    raise AssertionError("there is no such part")


def gone_to(page: ReportPage) -> list[tuple[str, str]]:
    went: list[tuple[str, str]] = []
    page.navigate.connect(lambda name, record: went.append((name, record)))
    return went


def test_keys_go_from_part_to_part_and_enter_opens_the_source(
    qtbot: QtBot, page: ReportPage
) -> None:
    pages, went = pages_of(page), gone_to(page)
    pages.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(200):
        if pages.current and pages.current.words == "The frame is empty.":
            break
        press(qtbot, Qt.Key.Key_Down)
    assert "The frame is empty." in pages.accessibleDescription()
    press(qtbot, Qt.Key.Key_Return)
    assert went == [("findings", "finding:f1")]
    press(qtbot, Qt.Key.Key_Home)
    first = pages.current
    press(qtbot, Qt.Key.Key_Up)
    assert pages.current is first


def test_a_click_on_a_part_opens_its_source_and_one_beside_it_does_not(
    qtbot: QtBot, page: ReportPage
) -> None:
    pages, went = pages_of(page), gone_to(page)
    qtbot.mouseClick(pages, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert went == []
    seen = go_until(pages, lambda spot: spot.record == "observation:t1")
    middle = pages._box(seen).center().toPoint()
    qtbot.mouseClick(pages, Qt.MouseButton.LeftButton, pos=middle)
    assert went == [("tour", "observation:t1")]


def test_pages_that_are_shown_follow_what_is_written_and_the_place_stays(
    qtbot: QtBot, page: ReportPage, ana: tuple[Workspace, str]
) -> None:
    workspace, id = ana
    pages = pages_of(page)
    go_until(pages, lambda spot: spot.words == "The frame is empty.")
    workspace.put(id, "finding:f1", condition="The frame is empty since January.")

    def is_new() -> bool:
        return any("since January" in spot.words for spot in pages._spots)

    qtbot.waitUntil(is_new, timeout=LONG)
    assert pages.current is not None and pages.current.record == "finding:f1"


@pytest.mark.parametrize(
    ("name", "ending", "begins"),
    [
        ("Editable copy", ".docx", b"PK"),
        ("Tables", ".xlsx", b"PK"),
        ("Package for ERO", ".zip", b"PK"),
    ],
)
def test_the_other_forms_are_written_beside_the_window(
    qtbot: QtBot,
    ana: tuple[Workspace, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    ending: str,
    begins: bytes,
) -> None:
    page, window = open_page(qtbot, ReportPage, *ana)
    said: list[str] = []
    page.message.connect(said.append)
    out = tmp_path / f"out{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    pressed = named(page, name)
    assert isinstance(pressed, QPushButton)
    pressed.click()
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert out.read_bytes().startswith(begins) and out.name in said[0]
    assert window.refusals() == []
