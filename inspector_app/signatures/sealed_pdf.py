"""A PDF that opens only with a passphrase: AES-256 (ISO 32000-2, 7.6.4), as any reader knows it.

For whoever has no card and no copy of this program, such as an agency. This seal is of PDF 2.0,
so the file is neither PDF/A nor, by its number, PDF/UA-1; its tags stay, and screen readers may
read them.
"""

import io
import unicodedata
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.identity.envelope import accepted_passphrase

_MOST_BYTES = 127
"""What the standard takes of a passphrase (ISO 32000-2, 7.6.4.3.2)."""


def sealed_pdf(data: bytes, passphrase: str) -> bytes:
    """The PDF under a passphrase; without it nothing of it can be read, its title neither.

    BadInput for a passphrase that is too short or too long. Each sealing gives other bytes.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    if len(accepted_passphrase(passphrase)) > _MOST_BYTES:
        raise BadInput(f"This passphrase is too long for a PDF: at most {_MOST_BYTES} letters.")
    words = unicodedata.normalize("NFC", passphrase)
    writer: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    writer.encrypt(words, words, pdf_mac=False)  # readers of before 2023 refuse one with a MAC
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
