"""A tour with ten photos, taken in by key, drop and paste; their questions come later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from inspector_app.records import Photo
from inspector_app.workspace import Workspace
from tests.conftest import Told
from tests.functional.window import Card, Clipboard, Hands, Palette, Tour, hands_on
from tests.ui.open_pages import new_workspace

SEEN = (
    "Door of the processing room", "English poster alone", "Telephone of the interpreters",
    "Locked cabinet with the files", "Board with the hold times", "Two workstations, locked",
    "Sign of the entrance", "List of who may enter", "Rubber stamp in an open drawer",
    "Spanish leaflets at the counter",
)  # fmt: skip


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    workspace, id = new_workspace(tmp_path)
    with hands_on(qtbot, workspace) as hands:
        hands.window.shell.open_inspection(id)
        yield hands


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Ten small photos, each another shade."""
    paths = [tmp_path / f"IMG_{number:04}.jpg" for number in range(10)]
    for shade, path in enumerate(paths):
        Image.new("RGB", (320, 240), (20 * shade, 90, 160)).save(path, "JPEG")
    return paths


def photos(workspace: Workspace) -> list[Photo]:
    return workspace.inspection(workspace.inspection_ids()[0]).all(Photo)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a list that drops down
def test_ten_photos_first_and_their_questions_later(
    hands: Hands,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    told: Told,
) -> None:
    tour, most = Tour(hands), 0
    for number, (path, words) in enumerate(zip(files, SEEN, strict=True)):
        before = hands.actions
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, p=path: ([str(p)], ""))
        Clipboard.holds(path)
        (tour.by_key, tour.by_drop, tour.by_paste)[number % 3](path)
        tour.says(words)
        most = max(most, hands.actions - before)
    captured = hands.actions
    Palette(hands).go("what is left")  # leaves the last line, which is then a change
    assert sorted(photo.caption for photo in photos(hands.workspace)) == sorted(SEEN)
    told(f"ten photos with a line each: {captured} actions, at most {most} for one")
    assert most <= 3

    Card(hands, "J-82").rests_on("English poster alone", "1")
    inspection = hands.workspace.inspection(hands.workspace.inspection_ids()[0])
    (evidence,) = inspection.ends_from("answer:j-82")
    assert inspection.get(Photo, evidence).caption == "English poster alone"


def test_a_picture_dropped_or_pasted_on_an_item_is_its_evidence_though_it_has_no_answer(
    hands: Hands, files: list[Path]
) -> None:
    """Photo first, answer later: with the caret in the note as well as on the card."""
    inspection = hands.workspace.inspection(hands.workspace.inspection_ids()[0])

    def is_evidence(item: str, count: int) -> bool:
        return len(inspection.linked(f"answer:{item}", Photo)) == count

    Palette(hands).go("J-70")
    hands.click("Note")
    hands.drop([files[0]], "Note")
    hands.qtbot.waitUntil(lambda: is_evidence("j-70", 1), timeout=10_000)
    Palette(hands).go("J-70")
    Clipboard.holds(files[1])
    hands.key("Ctrl+V")
    hands.qtbot.waitUntil(lambda: is_evidence("j-70", 2), timeout=10_000)
    Palette(hands).go("J-71")
    hands.click("Note")
    hands.key("Ctrl+V")  # the same picture again: it is linked, not added
    hands.qtbot.waitUntil(lambda: is_evidence("j-71", 1), timeout=10_000)
    assert len(photos(hands.workspace)) == 2
    assert not any(map(inspection.record, ("answer:j-70", "answer:j-71")))
    assert not [p for p in hands.workspace.problems(inspection.id) if p.kind == "unfiled"]
