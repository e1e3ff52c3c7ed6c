"""What should never come to the window and does: a sentence, nothing lost, the window alive."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from inspector_app.inspection import Inspection
from inspector_app.records import Observation, Photo
from inspector_app.workspace.desk import STORE_FILE
from tests.functional.window import Hands, Palette
from tests.test_photos import huge_jpeg
from tests.test_pictures import files_no_larger_than

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


def test_broken_pictures_are_named_and_the_good_one_among_them_is_kept(
    hands: Hands, tmp_path: Path, choose: Callable[..., None]
) -> None:
    for name, content in BROKEN.items():
        (tmp_path / name).write_bytes(content())
    choose(*(tmp_path / name for name in BROKEN), good(tmp_path / "good.jpg"))
    Palette(hands).go("tour")
    hands.key("F9")
    hands.waits("1 of 4 photos was added; 3 were kept out.")
    assert all(hands.sees(name) and hands.sees(why) for name, why in SAYS.items())
    assert [photo.width for photo in inspection(hands).all(Photo)] == [640]
    is_alive(hands)


def test_a_long_text_and_odd_letters_are_kept_to_the_last_one(hands: Hands) -> None:
    """Compared and shown, never altered: a file number may be copied with them."""
    assert len(LONG.encode()) > 50_000
    for item, text in (("j-70", LONG), ("j-71", ODD)):
        Palette(hands).go(item)
        hands.click("Note")
        QGuiApplication.clipboard().setText(text)
        hands.key("Ctrl+V")
        hands.key("F8")
        assert inspection(hands).answer(item).note == text
    Palette(hands).go("j-71")
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
