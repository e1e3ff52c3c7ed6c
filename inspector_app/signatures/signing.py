"""Signing: one more signature in one of the places that the report has for it.

The file is only added to: what stood before is its beginning, byte for byte, so a second
signature leaves the first one whole, and the digest of the issued file can be checked for ever.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.signatures.keys import Key
from inspector_app.signatures.reading import read_whole

_UNCHANGED = "Nothing was signed."


@dataclass(frozen=True, slots=True)
class Place:
    """A signature field: its name, how it is read, and whether somebody has signed there."""

    name: str
    words: str
    is_signed: bool


def places(data: bytes) -> list[Place]:
    """Where this file can be signed, in reading order; none in a draft or a file of others."""
    with read_whole(data) as reader:
        return list(_places(reader))


def _places(reader: Any) -> Iterator[Place]:
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, value, field in enumerate_sig_fields(reader):
        words = field.get_object().get("/TU", "")
        yield Place(str(name), str(words), value is not None)


def sign(data: bytes, key: Key, place: str = "") -> bytes:
    """The file with a PAdES signature more, in the first free place or the named one.

    NotAllowed without a free place: drafts have none. BadInput for what is no report.
    """
    free = [each.name for each in places(data) if not each.is_signed]
    if not free:
        raise NotAllowed(
            "The file has no free place for a signature: a draft has none, and one signs a line "
            f"once. {_UNCHANGED}"
        )
    if place and place not in free:
        raise BadInput(f"There is no free place of this name. {_UNCHANGED}", free)
    with key.opened() as signer:
        return _signed(data, signer, place or free[0])


def _signed(data: bytes, signer: Any, place: str) -> bytes:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    about = PdfSignatureMetadata(
        field_name=place, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    pdf_signer = PdfSigner(about, signer, stamp_style=_without_stamp())
    out = pdf_signer.sign_pdf(_writer(data), existing_fields_only=True)
    return bytes(out.getvalue())


def _writer(data: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class OnlyAdding(IncrementalPdfFileWriter):  # type: ignore[misc,unused-ignore]
        def _update_meta(self) -> None:
            """Leave XMP alone: pyHanko's own would lose that the file is PDF/A and PDF/UA."""

    return OnlyAdding(io.BytesIO(data))


def _without_stamp() -> Any:
    """The page already bears the line and the name; a stamp would need a typeface of its own."""
    from pyhanko.stamp import BaseStampStyle

    class Nothing(BaseStampStyle):  # type: ignore[misc,unused-ignore]
        def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Any:
            return None

    return Nothing()
