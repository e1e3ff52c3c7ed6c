"""Pictures from outside, decoded by a child process that never had the key.

The child gets the bytes of one picture at a time and gives back facts or a fresh JPEG. A picture
that kills it or keeps it busy is refused with a sentence, and the next one gets a new child.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from types import TracebackType
from typing import Any, Self

from inspector_app.child import MAX_BODY, PATIENCE, BrokenFrame, Child, Reply, command
from inspector_app.errors import BadInput
from inspector_app.photos.marks import Mark

DECODER = command("decode-pictures")
MAX_PICTURE = 120 * 1024**2
"""Bytes: what goes to the child with its marks fits into one frame."""

LONGEST, SMALL = 1600, 320
"""The longer side, in pixels, of a copy for a report and of a thumbnail."""

_MAX_MARKS = MAX_BODY - MAX_PICTURE
_MAX_COPY = 8192

_EMPTY = "The picture file is empty; choose another one."
_TOO_LONG = f"The picture file is larger than {MAX_PICTURE // 2**20} MB and was not taken."
_TOO_MANY_MARKS = (
    "The picture has more marks on it than can be drawn; remove some of them. Nothing was changed."
)
_STOPPED = (
    "The picture could not be decoded: it took too long or is built to do harm;"
    " it was not taken, everything else is as it was."
)
_FAULTS = {
    "unknown": "The file is not a picture that can be read here:"
    " it must be JPEG, PNG, HEIC, WebP or TIFF.",
    "damaged": "The picture is damaged or cut short; copy it from the camera again.",
    "too-large": "The picture claims more than 120 megapixels, or needs more memory than"
    " a picture may have; it was not taken.",
}
_MEDIA_TYPES = {"image/jpeg", "image/png", "image/heic", "image/webp", "image/tiff"}


@dataclass(frozen=True)
class PictureFacts:
    """What a picture says of itself; width and height in pixels, upright."""

    media_type: str
    width: int
    height: int
    taken: str | None
    """EXIF's own claim, ISO 8601 local time, with its offset where the camera wrote one."""


@dataclass(frozen=True)
class ReportCopy:
    """An upright sRGB JPEG of the picture, without EXIF, place, comment or profile."""

    jpeg: bytes
    width: int
    height: int


class PictureReader:
    """Reads pictures, one at a time and from one thread, through one child for as long as it lives.

    The child is started when it is first asked. Every method raises BadInput, with a sentence, for
    what is no picture that can be shown.
    """

    def __init__(self, command: Sequence[str] = DECODER, patience: float = PATIENCE) -> None:
        self._child = Child(command, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the child, from whichever thread; a picture under way is refused."""
        self._child.stop()

    def facts(self, data: bytes) -> PictureFacts:
        """What the picture says of itself, once all of it was decoded: a copy can be made too."""
        return self._asked(data)[0]

    def taken_in(self, data: bytes) -> tuple[PictureFacts, ReportCopy, ReportCopy]:
        """The facts, the copy for a report and the thumbnail, decoded once."""
        facts, (copy, small) = self._asked(data, (LONGEST, SMALL))
        return facts, copy, small

    def report_copy(
        self,
        data: bytes,
        longest: int = LONGEST,
        marks: Iterable[Mark] = (),
        *,
        place: bool = False,
    ) -> ReportCopy:
        """The picture for a report: upright, its longer side at most `longest` pixels.

        `marks` are drawn into it. `place`: where the picture was taken stays in it.
        """
        _, (copy,) = self._asked(data, (longest,), marks, place)
        return copy

    def thumbnail(self, data: bytes, size: int = SMALL) -> bytes:
        """A small upright JPEG, its longer side at most `size` pixels."""
        return self.report_copy(data, size).jpeg

    def _asked(
        self,
        data: bytes,
        longest: tuple[int, ...] = (),
        marks: Iterable[Mark] = (),
        place: bool = False,
    ) -> tuple[PictureFacts, tuple[ReportCopy, ...]]:
        if not data:
            raise BadInput(_EMPTY)
        if len(data) > MAX_PICTURE:
            raise BadInput(_TOO_LONG)
        rows = json.dumps([astuple(mark) for mark in marks]).encode()
        if len(rows) > _MAX_MARKS or max(longest, default=0) > _MAX_COPY:
            raise BadInput(_TOO_MANY_MARKS)
        request = {"longest": [*longest], "marks": len(rows), "place": place}
        try:
            reply = self._child.ask(request, rows + data, lambda r: _trusted(r, longest))
        except BrokenFrame:
            raise BadInput(_STOPPED) from None
        if reply[0]["fault"] is not None:
            raise BadInput(_FAULTS[reply[0]["fault"]])
        return _facts(reply[0]), tuple(_copies(reply))


def _facts(head: dict[str, Any]) -> PictureFacts:
    return PictureFacts(head["media-type"], head["width"], head["height"], head["taken"])


def _copies(reply: Reply) -> Iterable[ReportCopy]:
    head, body = reply
    start = 0
    for width, height, length in head["copies"]:
        yield ReportCopy(body[start : start + length], width, height)
        start += length


# What a reply must look like to be believed: the child may have become the picture's.


def _check(holds: bool) -> None:
    if not holds:
        raise BrokenFrame


def _trusted(reply: Reply, longest: tuple[int, ...]) -> Reply:
    head, body = reply
    if set(head) == {"fault"} and head["fault"] in _FAULTS and not body:
        return reply
    _check(set(head) == {"copies", "fault", "height", "media-type", "taken", "width"})
    _check(head["fault"] is None and head["media-type"] in _MEDIA_TYPES)
    _check(all(type(head[side]) is int and head[side] > 0 for side in ("width", "height")))
    taken = head["taken"]
    _check(taken is None or (isinstance(taken, str) and len(taken) <= 25))
    copies = head["copies"]
    _check(isinstance(copies, list) and len(copies) == len(longest))
    _check(all(_is_size(copy, most) for copy, most in zip(copies, longest, strict=True)))
    _check(sum(copy[2] for copy in copies) == len(body))
    _check(all(jpeg_size(copy.jpeg) == (copy.width, copy.height) for copy in _copies(reply)))
    return reply


def _is_size(copy: Any, most: int) -> bool:
    numbers = isinstance(copy, list) and len(copy) == 3 and all(type(n) is int for n in copy)
    return numbers and all(n > 0 for n in copy) and max(copy[:2]) <= most


def jpeg_size(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height that a JPEG's frame claims: so much is all that is unpacked of it later."""
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            high, wide = jpeg[at + 5 : at + 7], jpeg[at + 7 : at + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        at += 2 + length
    return None


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame (ISO/IEC 10918-1, table B.1)."""
