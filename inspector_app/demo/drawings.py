"""The photos of the practice inspection: drawn here, so that they show nobody and nothing real.

Some are stored turned, with the EXIF mark that says so, as a camera does.
"""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIZE = (1600, 1000)
_WALL, _FLOOR, _DESK, _INK = "#dcdad2", "#a9a599", "#5e4a36", "#33373d"
_BLUE, _PAPER, _METAL, _DARK = "#24457a", "#fbfbf8", "#80888f", "#20242a"
ORIENTATION = {"room-1-wall": 6, "booking-phone": 8, "stamp": 3, "station": 2, "workstation": 5}
"""EXIF orientation of the stored picture; the others are stored upright."""


def draw(name: str) -> bytes:
    """One drawn photo as JPEG bytes."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, _WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 760, *SIZE), fill=_FLOOR)
    pen.line((0, 760, SIZE[0], 760), fill=_METAL, width=14)
    DRAWINGS[name](pen)
    return _stored(picture, ORIENTATION.get(name, 1))


def _stored(upright: "Image", orientation: int) -> bytes:
    """The picture as a camera held that way stores it."""
    from PIL import Image
    from PIL.Image import Transpose

    turns = {
        2: [Transpose.FLIP_LEFT_RIGHT],
        3: [Transpose.ROTATE_180],
        5: [Transpose.TRANSPOSE],
        6: [Transpose.ROTATE_90],
        8: [Transpose.ROTATE_270],
    }
    stored = upright
    for turn in turns.get(orientation, []):
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=86, exif=exif)
    return out.getvalue()


def _poster(pen: "ImageDraw", left: int, title: str) -> None:
    pen.rectangle((left, 150, left + 330, 600), fill=_PAPER, outline=_BLUE, width=5)
    pen.rectangle((left, 150, left + 330, 230), fill=_BLUE)
    pen.text((left + 40, 170), title, fill=_PAPER, font_size=40)
    for line in range(9):
        right = left + 300 - 60 * (line % 3 == 2)
        pen.line((left + 40, 280 + line * 34, right, 280 + line * 34), fill=_INK, width=6)


def _table(pen: "ImageDraw", left: int, right: int) -> None:
    pen.rectangle((left, 640, right, 700), fill="#6f5a43")
    pen.rectangle((left, 700, right, 960), fill=_DESK)


def _room_2_wall(pen: "ImageDraw") -> None:
    _poster(pen, 260, "COMPLAINTS")
    pen.rectangle((860, 150, 1190, 600), outline="#6d6a60", width=14)
    pen.rectangle((874, 164, 1176, 586), fill="#cdcac0")
    _table(pen, 120, 1000)


def _room_1_wall(pen: "ImageDraw") -> None:
    _poster(pen, 420, "COMPLAINTS")
    _poster(pen, 860, "QUEJAS")
    _table(pen, 100, 760)


def _lobby(pen: "ImageDraw") -> None:
    _table(pen, 60, 1540)
    for left, tint in ((420, _PAPER), (820, "#eef3fb")):
        for sheet in range(6):
            pen.rectangle(
                (left + sheet * 6, 560 - sheet * 8, left + 260 + sheet * 6, 640), fill=tint
            )
            pen.rectangle(
                (left + sheet * 6, 560 - sheet * 8, left + 260 + sheet * 6, 640),
                outline=_BLUE,
                width=3,
            )


def _booking_phone(pen: "ImageDraw") -> None:
    pen.rectangle((520, 130, 1080, 330), fill=_PAPER, outline=_INK, width=5)
    pen.text((560, 165), "INTERPRETER", fill=_BLUE, font_size=56)
    pen.text((560, 245), "555-0100", fill=_INK, font_size=56)
    _table(pen, 60, 1540)
    pen.rounded_rectangle((660, 500, 960, 640), 30, fill=_DARK)
    pen.rounded_rectangle((620, 460, 1000, 520), 30, fill=_INK)


def _stamp(pen: "ImageDraw") -> None:
    _table(pen, 60, 1540)
    pen.polygon([(420, 640), (500, 540), (1120, 540), (1200, 640)], fill=_METAL)
    pen.rectangle((700, 470, 920, 560), fill="#7a2d22")
    pen.rounded_rectangle((760, 330, 860, 480), 40, fill=_DESK)


def _workstation(pen: "ImageDraw") -> None:
    _table(pen, 60, 1540)
    pen.rectangle((500, 220, 1120, 580), fill=_DARK, outline=_METAL, width=14)
    pen.rectangle((770, 580, 850, 640), fill=_METAL)
    pen.ellipse((780, 370, 840, 430), outline=_METAL, width=6)


def _release_sheet(pen: "ImageDraw") -> None:
    _table(pen, 60, 1540)
    pen.rectangle((460, 120, 1160, 900), fill="#8a6a45")
    pen.rectangle((500, 190, 1120, 870), fill=_PAPER)
    pen.rectangle((500, 190, 760, 870), fill="#e9e6da")
    for line in range(12):
        top = 260 + line * 48
        pen.line((500, top, 1120, top), fill=_METAL, width=3)
        if line < 11:
            pen.text(
                (800, top + 6), f"{8 + line % 9}:{(line * 17) % 60:02}", fill=_INK, font_size=32
            )
            pen.text((960, top + 6), f"+{3 + line * 2} h", fill=_INK, font_size=32)


def _station(pen: "ImageDraw") -> None:
    _table(pen, 60, 1540)
    pen.rounded_rectangle((520, 540, 820, 640), 18, fill=_DARK)
    pen.rectangle((560, 560, 780, 600), fill="#4fa37a")
    pen.line((1000, 640, 1000, 240), fill=_METAL, width=18)
    pen.rounded_rectangle((930, 170, 1070, 270), 16, fill=_DARK)
    pen.ellipse((970, 190, 1030, 250), fill=_METAL)


DRAWINGS: dict[str, Callable[["ImageDraw"], None]] = {
    "room-2-wall": _room_2_wall,
    "room-1-wall": _room_1_wall,
    "lobby": _lobby,
    "booking-phone": _booking_phone,
    "stamp": _stamp,
    "workstation": _workstation,
    "release-sheet": _release_sheet,
    "station": _station,
}
