"""What should never come to the window and does: a sentence, nothing lost, the window alive."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from inspector_app.inspection import Inspection
from inspector_app.records import Observation, Photo
from inspector_app.workspace.desk import STORE_FILE
from tests.functional.window import Hands, Palette, hands_on
from tests.test_photos import huge_jpeg
from tests.test_pictures import files_no_larger_than
from tests.ui.open_pages import new_workspace

BROKEN: dict[str, Callable[[], bytes]] = {
    "empty.jpg": bytes,
    "huge.jpg": lambda: huge_jpeg(62_500),
    "sign-in.jpg": lambda: b"<html><body>Sign in to the network</body></html>",
}
SAYS = {"empty.jpg": "empty", "huge.jpg": "megapixels", "sign-in.jpg": "not a picture"}
LONG = "".join(f"{line:04} The log of the night shift, copied whole.\n" for line in range(1_100))
ODD = (
    "Right to left: ضابط الحجز said “כן” twice.\n"
    "Zero width: A\u200b-file\u200d 26\u2060-4711\ufeff.\n"
    "Turned around: read \u202eback to front\u202c and on.\n"
    "Combining: Mun\u0303oz, e\u0301crit, Z\u0335\u0321\u0324a\u0310\u0352\u035b\u0311lgo."
)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    workspace, id = new_workspace(tmp_path)
    with hands_on(qtbot, workspace) as hands:
        assert hands.window.shell is not None
        hands.window.shell.open_inspection(id)
        yield hands


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the system's own dialog will answer."""
    return lambda *paths: monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], "")
    )


def is_alive(hands: Hands) -> None:
    """A line that is typed now is an observation."""
    Palette(hands).go("tour")
    hands.key("Ctrl+N")
    hands.type("The window is alive")
    hands.key("Return")
    seen = inspection(hands).all(Observation)
    assert [one.text for one in seen] == ["The window is alive"]


def inspection(hands: Hands) -> Inspection:
    return hands.workspace.inspection(hands.workspace.inspection_ids()[0])


def good(path: Path) -> Path:
    Image.new("RGB", (640, 480), (90, 120, 150)).save(path, "JPEG")
    return path


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_is_named_and_the_good_one_beside_it_is_kept(
    hands: Hands, tmp_path: Path, choose: Callable[..., None], name: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(BROKEN[name]())
    choose(bad, good(tmp_path / "good.jpg"))
    Palette(hands).go("tour")
    hands.key("F9")
    hands.waits("1 of 2 photos was added; 1 was kept out.")
    assert hands.sees(name) and hands.sees(SAYS[name])
    assert [photo.width for photo in inspection(hands).all(Photo)] == [640]
    is_alive(hands)


def test_fifty_kilobytes_pasted_into_a_note_are_kept_to_the_last_letter(hands: Hands) -> None:
    assert len(LONG.encode()) > 50_000
    Palette(hands).go("J-70")
    hands.click("Note")
    QGuiApplication.clipboard().setText(LONG)
    hands.key("Ctrl+V")
    hands.key("F8")
    assert inspection(hands).answer("j-70").note == LONG
    is_alive(hands)


def test_odd_letters_are_kept_as_they_are(hands: Hands) -> None:
    """Compared and shown, never altered: a file number may be copied with them."""
    Palette(hands).go("J-70")
    hands.click("Note")
    QGuiApplication.clipboard().setText(ODD)
    hands.key("Ctrl+V")
    hands.key("F8")
    assert inspection(hands).answer("j-70").note == ODD
    Palette(hands).go("J-70")
    assert hands.there("Note").property("plainText") == ODD
    is_alive(hands)


@pytest.mark.skipif(sys.platform != "linux", reason="files are limited this way on Linux alone")
def test_a_full_disk_during_a_photo_is_told_and_the_photo_comes_in_later(
    hands: Hands, tmp_path: Path, choose: Callable[..., None]
) -> None:
    path = tmp_path / "noise.png"
    Image.effect_noise((900, 700), 60).save(path)
    choose(path)
    Palette(hands).go("tour")
    with files_no_larger_than((hands.workspace.folder / STORE_FILE).stat().st_size):
        hands.key("F9")
        hands.waits("disk")
    assert inspection(hands).all(Photo) == []
    hands.key("F9")
    hands.qtbot.waitUntil(lambda: len(inspection(hands).all(Photo)) == 1, timeout=10_000)
    is_alive(hands)
