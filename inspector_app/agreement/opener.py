"""The child's side: pdfium, within limits, with no key, no files and no network.

Runs in the process that `reader` starts. It opens one PDF and answers questions about its pages.
Filled form fields are drawn, since signatures often are ones; no script in a PDF is ever run.
"""

import ctypes
import io
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from inspector_app.agreement.limits import (
    MAX_LETTERS,
    MAX_PAGES,
    MAX_PIXELS,
    SIDE,
    USUAL_WIDTH,
    Fault,
)
from inspector_app.child import Reply, serve

MAX_MEMORY = 380 * 1024**2
"""Address space in bytes: enough for a page of 600 dots an inch in color."""

_PAGE = struct.Struct("<III")
_SIGN = struct.Struct("<IHHHH")
_ODD = 0xFFFD  # the sign for what cannot be read as one
_HYPHEN = 0x02  # what pdfium makes of a hyphen at the end of a line


class _Fault(Exception):
    """Why the PDF is not taken."""


class Opener:
    """The PDF that was opened last, and what is asked of it."""

    def __init__(self) -> None:
        self._document: pypdfium2.PdfDocument | None = None
        self._verbs: dict[str, Callable[[dict[str, Any], bytes], Reply]] = {
            "open": self._open,
            "page": self._page,
            "text": self._text,
            "texts": self._texts,
        }

    def answer(self, request: dict[str, Any], data: bytes) -> Reply:
        """The reply to one question; a fault where there is none."""
        try:
            return self._verbs[request["verb"]](request, data)
        except _Fault as fault:
            return {"fault": str(fault)}, b""
        except MemoryError:
            return {"fault": Fault.TOO_LARGE}, b""
        except Exception:  # a hostile PDF can make a library raise anything at all
            return {"fault": Fault.DAMAGED}, b""

    def _open(self, request: dict[str, Any], data: bytes) -> Reply:
        self._document = None
        if b"%PDF-" not in data[:1024]:
            raise _Fault(Fault.UNKNOWN)
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            asks = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise _Fault(Fault.PASSWORD if asks else Fault.DAMAGED) from None
        if not 0 < len(document) <= MAX_PAGES:
            raise _Fault(Fault.TOO_MANY if len(document) else Fault.DAMAGED)
        document.init_forms()  # before the first page, or its fields stay blank
        pages = b"".join(_PAGE.pack(*_facts(document[at])) for at in range(len(document)))
        self._document = document
        return {"fault": None, "pages": len(document)}, pages

    def _at(self, number: int) -> pypdfium2.PdfPage:
        if self._document is None:
            raise _Fault(Fault.DAMAGED)
        return self._document[number - 1]

    def _page(self, request: dict[str, Any], data: bytes) -> Reply:
        page = self._at(request["page"])
        width, height = page.get_size()
        scale = request["width"] / width
        if scale * height * request["width"] > MAX_PIXELS:
            raise _Fault(Fault.TOO_LARGE)
        image = page.render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=1)  # it goes no further than the next process
        return {"fault": None, "height": image.height, "width": image.width}, out.getvalue()

    def _text(self, request: dict[str, Any], data: bytes) -> Reply:
        signs = [_SIGN.pack(*sign) for sign in _signs(self._at(request["page"]))]
        return {"fault": None, "signs": len(signs)}, b"".join(signs)

    def _texts(self, request: dict[str, Any], data: bytes) -> Reply:
        pages = [self._at(number + 1) for number in range(len(self._document or ()))]
        texts = ("".join(chr(sign) for sign in _letters(page.get_textpage())) for page in pages)
        return {"fault": None, "pages": len(pages)}, "\f".join(texts).encode()


def _facts(page: pypdfium2.PdfPage) -> tuple[int, int, int]:
    """Width and height in hundredths of a point, and how many letters and digits there are."""
    width, height = page.get_size()
    if min(width, height) < 1 or USUAL_WIDTH**2 * height / width > MAX_PIXELS:
        raise _Fault(Fault.TOO_LARGE)
    text = page.get_textpage()
    if text.count_chars() > MAX_LETTERS:
        raise _Fault(Fault.TOO_LARGE)
    letters = sum(map(str.isalnum, text.get_text_range()))
    return round(width * 100), round(height * 100), letters


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[int]:
    return (sign for _, sign in _numbered(text))


def _numbered(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int]]:
    """Every sign of a page with its number; a line ends in a line feed, and nothing else does."""
    for at in range(text.count_chars()):
        sign = raw.FPDFText_GetUnicode(text, at)
        if sign == _HYPHEN:
            yield at, ord("-")
        elif sign != ord("\r"):
            yield at, sign if _is_plain(sign) else _ODD


def _is_plain(sign: int) -> bool:
    """Whether it is one sign to everybody: the window counts those above U+FFFF as two."""
    is_half = 0xD800 <= sign <= 0xDFFF
    is_control = sign < 0x20 and sign != ord("\n")
    return not is_half and not is_control and sign < 0xFFFE


def _signs(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int, int, int, int]]:
    """Every sign with its left, top, right and bottom as the page is shown, turned and cut."""
    text = page.get_textpage()
    for at, sign in _numbered(text):
        left, bottom, right, top = text.get_charbox(at)
        one, other = _shown(page, left, top), _shown(page, right, bottom)
        across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
        yield sign, across[0], down[0], across[1], down[1]


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    """A point of the page in ten-thousandths of its width and height, from the top left."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, SIDE, SIDE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return min(max(across.value, 0), SIDE), min(max(down.value, 0), SIDE)


def loop() -> None:
    """Answer questions until the parent goes away."""
    serve(Opener().answer, MAX_MEMORY)
