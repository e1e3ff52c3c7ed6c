"""The signed agreement, opened by a child process that never had the key.

The child gets the bytes of one PDF and gives back pictures of pages and their text. A PDF that
kills it or keeps it busy is refused with a sentence; what is asked next goes to a new child.
"""

import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from inspector_app.agreement.limits import (
    MAX_BYTES,
    MAX_LETTERS,
    MAX_PAGES,
    MAX_PIXELS,
    SIDE,
    Fault,
)
from inspector_app.child import PATIENCE, BrokenFrame, Child, Reply, command
from inspector_app.errors import BadInput

OPENER = command("read-agreement")

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in ten-thousandths of the page's width and height as shown."""

_KEPT = "it was not taken, everything else is as it was"
_EMPTY = "The PDF is empty; choose another file."
_TOO_LONG = f"The PDF is larger than {MAX_BYTES // 2**20} MB and was not taken; scan it coarser."
_STOPPED = f"The PDF could not be opened: it took too long or is built to do harm; {_KEPT}."
_FAULTS = {
    Fault.UNKNOWN: "The file is not a PDF; scan the agreement or save it as PDF and attach that.",
    Fault.PASSWORD: "The PDF is protected by a password; save it without one and attach that.",
    Fault.DAMAGED: "The PDF is damaged or cut short; copy it from where it came, or scan it again.",
    Fault.TOO_MANY: f"The PDF has more than {MAX_PAGES} pages; attach the agreement alone.",
    Fault.TOO_LARGE: "A page of the PDF is larger than a page of an agreement can be;"
    " scan or print it again on usual paper.",
}
_PAGE = struct.Struct("<III")
_SIGN = struct.Struct("<IHHHH")
_PNG = b"\x89PNG\r\n\x1a\n"
_LETTERS = 100


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What a PDF says of itself: each page's size in points, as shown, and its letters."""

    sizes: tuple[tuple[float, float], ...]
    letters: tuple[int, ...]

    @property
    def pages(self) -> int:
        return len(self.sizes)

    @property
    def has_text(self) -> bool:
        """Whether at least half of the pages can be read: a scan may bear a stamp of text."""
        return 2 * sum(map(_is_read, self.letters)) >= len(self.letters)

    def page_has_text(self, number: int) -> bool:
        """Whether the page, counted from 1, can be read and not only looked at."""
        return _is_read(self.letters[number - 1])


def _is_read(letters: int) -> bool:
    return letters >= _LETTERS


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it looks; width and height in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, lines ending in line feeds, and the box of each of its signs."""

    text: str
    boxes: tuple[Box, ...]


class AgreementReader:
    """Reads one PDF. Threads may share it; one is served at a time.

    Every method raises BadInput, with a sentence, for what is no agreement that can be shown.
    Pages are counted from 1.
    """

    def __init__(
        self, data: bytes, command: Sequence[str] = OPENER, patience: float = PATIENCE
    ) -> None:
        self._data = data
        self._child = Child(command, patience)
        self._turn = threading.Lock()
        self._facts: AgreementFacts | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. What is asked later gets a new one."""
        self._child.stop()

    def facts(self) -> AgreementFacts:
        """Pages, sizes and whether there is text, once the whole PDF was opened."""
        with self._turn:
            return self._opened()

    def picture(self, number: int, width: int) -> PagePicture:
        """A page as PNG, `width` pixels wide."""
        head, png = self._ask({"verb": "page", "page": number, "width": width}, _picture)
        return PagePicture(png, head["width"], head["height"])

    def text(self, number: int) -> PageText:
        """A page's text with the box of each sign; empty where the page is only a picture."""
        _, body = self._ask({"verb": "text", "page": number}, _signs)
        signs = list(_SIGN.iter_unpack(body))
        boxes = tuple((left, top, right, bottom) for _, left, top, right, bottom in signs)
        return PageText("".join(chr(sign[0]) for sign in signs), boxes)

    def texts(self) -> list[str]:
        """The text of the whole document, page by page."""
        return self._ask({"verb": "texts"}, _texts)[1].decode().split("\f")

    def _ask(self, request: dict[str, Any], trusted: Callable[[Reply], Reply]) -> Reply:
        with self._turn:
            facts = self._opened()
            assert 1 <= request.get("page", 1) <= facts.pages
            return self._exchange(request, b"", trusted)

    def _opened(self) -> AgreementFacts:
        """The facts; a child that has just been started gets the PDF first."""
        if self._facts is None or not self._child.is_running():
            if not self._data:
                raise BadInput(_EMPTY)
            if len(self._data) > MAX_BYTES:
                raise BadInput(_TOO_LONG)
            _, body = self._exchange({"verb": "open"}, self._data, _pages)
            pages = list(_PAGE.iter_unpack(body))
            sizes = tuple((width / 100, height / 100) for width, height, _ in pages)
            self._facts = AgreementFacts(sizes, tuple(letters for _, _, letters in pages))
        return self._facts

    def _exchange(
        self, request: dict[str, Any], data: bytes, trusted: Callable[[Reply], Reply]
    ) -> Reply:
        try:
            head, body = self._child.ask(request, data, lambda reply: _known(reply, trusted))
        except BrokenFrame:
            raise BadInput(_STOPPED) from None
        if head["fault"] is not None:
            raise BadInput(_FAULTS[head["fault"]])
        return head, body


# What a reply must look like to be believed: the child may have become the PDF's.


def _known(reply: Reply, trusted: Callable[[Reply], Reply]) -> Reply:
    head, body = reply
    if set(head) == {"fault"} and head["fault"] in _FAULTS and not body:
        return reply
    if head.get("fault", "") is not None:
        raise BrokenFrame
    return trusted(reply)


def _check(holds: bool) -> None:
    if not holds:
        raise BrokenFrame


def _pages(reply: Reply) -> Reply:
    head, body = reply
    _check(set(head) == {"fault", "pages"} and type(head["pages"]) is int)
    _check(0 < head["pages"] <= MAX_PAGES and len(body) == head["pages"] * _PAGE.size)
    _check(all(width and height for width, height, _ in _PAGE.iter_unpack(body)))
    return reply


def _picture(reply: Reply) -> Reply:
    head, body = reply
    _check(set(head) == {"fault", "height", "width"})
    width, height = head["width"], head["height"]
    _check(type(width) is int and type(height) is int and width > 0 and height > 0)
    _check(width * height <= 2 * MAX_PIXELS and body.startswith(_PNG))
    _check(body[16:24] == struct.pack(">II", width, height))  # so much is all that is unpacked
    return reply


def _signs(reply: Reply) -> Reply:
    head, body = reply
    _check(set(head) == {"fault", "signs"} and type(head["signs"]) is int)
    _check(0 <= head["signs"] <= MAX_LETTERS and len(body) == head["signs"] * _SIGN.size)
    for sign, *sides in _SIGN.iter_unpack(body):
        _check(_is_sign(sign) and max(sides) <= SIDE)
    return reply


def _texts(reply: Reply) -> Reply:
    head, body = reply
    _check(set(head) == {"fault", "pages"} and len(body) <= MAX_PAGES * MAX_LETTERS * 4)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BrokenFrame from None
    _check(text.count("\f") + 1 == head["pages"])
    return reply


def _is_sign(sign: int) -> bool:
    return sign <= 0xFFFF and not 0xD800 <= sign <= 0xDFFF and (sign >= 0x20 or sign == 0x0A)
