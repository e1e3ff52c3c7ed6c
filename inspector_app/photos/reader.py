"""Pictures from outside, decoded by a child process that never had the key.

The child gets the bytes of one picture at a time and gives back facts or a fresh JPEG. A picture
that kills it or keeps it busy is refused with a sentence, and the next one gets a new child.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from inspector_app.child import MAX_BODY, PATIENCE, BrokenFrame, Child, Reply, command
from inspector_app.errors import BadInput

DECODER = command("decode-pictures")
MAX_PICTURE = MAX_BODY

_EMPTY = "The picture file is empty; choose another one."
_TOO_LONG = f"The picture file is larger than {MAX_PICTURE // 2**20} MB and was not taken."
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

    Every method raises BadInput, with a sentence, for what is no picture that can be shown.
    """

    def __init__(self, command: Sequence[str] = DECODER, patience: float = PATIENCE) -> None:
        self._child = Child(command, patience)

    def __enter__(self) -> Self:
        self._child.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.stop()

    def facts(self, data: bytes) -> PictureFacts:
        """What the picture says of itself, once all of it was decoded: a copy can be made too."""
        head, _ = self._ask({"verb": "facts"}, data)
        taken = head["taken"]
        return PictureFacts(
            str(head["media-type"]), *_size(head), None if taken is None else str(taken)
        )

    def report_copy(self, data: bytes, longest: int = 1600) -> ReportCopy:
        """The picture for a report: upright, its longer side at most `longest` pixels."""
        head, jpeg = self._ask({"verb": "copy", "longest": longest}, data)
        return ReportCopy(jpeg, *_size(head))

    def thumbnail(self, data: bytes, size: int = 320) -> bytes:
        """A small upright JPEG, its longer side at most `size` pixels."""
        return self._ask({"verb": "copy", "longest": size}, data)[1]

    def _ask(self, request: dict[str, Any], data: bytes) -> Reply:
        if not data:
            raise BadInput(_EMPTY)
        if len(data) > MAX_PICTURE:
            raise BadInput(_TOO_LONG)
        try:
            head, body = self._child.ask(request, data, _trusted)
        except BrokenFrame:
            raise BadInput(_STOPPED) from None
        if head["fault"] is not None:
            raise BadInput(_FAULTS[head["fault"]])
        return head, body


def _trusted(reply: Reply) -> Reply:
    """The reply, if it has the shape of one: the child may have become the picture's."""
    head, body = reply
    if set(head) == {"fault"} and head["fault"] in _FAULTS and not body:
        return reply
    if set(head) != {"fault", "media-type", "width", "height", "taken"}:
        raise BrokenFrame
    numbers = all(type(head[side]) is int and head[side] > 0 for side in ("width", "height"))
    taken = head["taken"]
    known = taken is None or (isinstance(taken, str) and len(taken) <= 25)
    if head["fault"] is not None or head["media-type"] not in _MEDIA_TYPES or not numbers & known:
        raise BrokenFrame
    return reply


def _size(head: dict[str, Any]) -> tuple[int, int]:
    return int(head["width"]), int(head["height"])
