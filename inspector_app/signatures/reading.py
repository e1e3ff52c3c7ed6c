"""Opening a PDF to look at its signatures; a file that does harm is refused with a sentence."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from inspector_app.errors import BadInput, UserError

MOST_BYTES = 512 * 1024**2


def reader_of(data: bytes) -> Any:
    """pyHanko's reader. Use it within `read_whole`."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(io.BytesIO(data))


@contextmanager
def read_whole(data: bytes) -> Iterator[Any]:
    """The reader of a PDF; whatever reading it raises is BadInput, since anybody can write one."""
    if b"%PDF-" not in data[:1024] or len(data) > MOST_BYTES:
        raise BadInput(
            "This is no PDF, or it is too large. Nothing was changed; choose another file."
        )
    try:
        yield reader_of(data)
    except UserError:
        raise
    except Exception:  # a hostile PDF can make a library raise anything at all
        raise BadInput(
            "The PDF is damaged or cut short. Nothing was changed; get it anew."
        ) from None
