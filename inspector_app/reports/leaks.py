"""The leak scan: a finished file is read back with other tools than made it.

It looks for what an edition must not say: numbers of persons, sealed names, names and file numbers
that are withheld, what cameras write into pictures, files within the file. What it finds is told by
its page and its kind, never by its text.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector_app.errors import NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.reports.edition import Edition, leak_words, secret_fields, words
from inspector_app.rules import identifiers

if TYPE_CHECKING:
    import pypdfium2

Secrets = Mapping[str, Collection[str]]
"""By kind (`name`, `person`, `file`): texts that an edition which scans for them must not hold."""

_CAMERA = re.compile(rb"Exif\x00\x00|http://ns\.adobe\.com/xap/1\.0/\x00|Photoshop 3\.0\x00")
_TAG = re.compile(r"<[^>]*>")
_BROKEN = re.compile("\u00ad|\ufffe\\s*")
_LEAST = 6
"""A file number shorter than this is found anywhere; it names no file."""


@dataclass(frozen=True)
class Part:
    """A piece of a file's text, and where it stands in words."""

    where: str
    text: str


def check(data: bytes, under: Edition, secrets: Secrets, name: str = "") -> bytes:
    """The file, once nothing was found in it or in its `name`. NotAllowed says what and where."""
    found = list(dict.fromkeys(leaks(data, under, secrets, name)))
    if found:
        raise NotAllowed(words("refused").format(edition=under.name), found)
    return data


def leaks(data: bytes, under: Edition, secrets: Secrets, name: str = "") -> Iterator[str]:
    """Each kind of leak with where it stands."""
    wanted = {kind: secrets.get(kind, ()) for kind in under.scan}
    if not ({"a-number", "ssn"} & set(wanted) or any(wanted.values())):
        return
    for part in (Part("The file’s name", name), *parts_of(data)):
        yield from _in_text(part, wanted)
    if "picture" in wanted and _CAMERA.search(b"".join(_raw(data))):
        yield leak_words("picture")
    if "attachment" in wanted and _attachments(data):
        yield leak_words("attachment")


def secrets_of(inspection: Inspection, names: Collection[str]) -> Secrets:
    """What every edition of an inspection withholds; of removed records and earlier wordings too.

    `names` are the sealed names that could be opened here.
    """
    found: dict[str, set[str]] = {"name": {n.strip() for n in names if n.strip()}}
    fields = secret_fields()
    for change in inspection.log.changes.values():
        for edit in change.edits:
            kind = fields.get((edit.record.partition(":")[0], edit.field))
            if kind and isinstance(edit.value, str):
                found.setdefault(kind, set()).update(filter(_TELLING[kind], edit.value.split("\n")))
    return found


def _is_full_name(text: str) -> bool:
    return " " in text.strip()


def _is_number(text: str) -> bool:
    return len(text.strip()) >= _LEAST and any(map(str.isdigit, text))


_TELLING = {"person": _is_full_name, "file": _is_number}


def _in_text(part: Part, wanted: Mapping[str, Collection[str]]) -> Iterator[str]:
    text = _plain(part.text)
    for kind, _, _ in identifiers.found(text):
        if kind in wanted:
            yield leak_words(kind).format(where=part.where)
    folded = text.casefold()
    for secret, texts in wanted.items():
        if any(_stands_in(_plain(one), text, folded) for one in texts):
            yield leak_words(secret).format(where=part.where)


def _stands_in(secret: str, text: str, folded: str) -> bool:
    """Whole words; several words in whatever case, one alone as it is written."""
    several = " " in secret
    searched, within = (secret.casefold(), folded) if several else (secret, text)
    if searched not in within:
        return False
    return re.search(rf"(?<!\w){re.escape(searched)}(?!\w)", within) is not None


def _plain(text: str) -> str:
    """With single spaces and joined again where a line ended in a hyphen."""
    return " ".join(unicodedata.normalize("NFKC", _BROKEN.sub("", text)).split())


# -- reading the file --------------------------------------------------------------------------


def parts_of(data: bytes) -> Iterator[Part]:
    """All text of a PDF, of a packed office file, or of a plain file."""
    if data.startswith(b"%PDF"):
        yield from _pdf_parts(data)
    elif data.startswith(b"PK"):
        for name, inner in _members(data):
            text = inner.decode("utf-8", "ignore") if name.endswith((".xml", ".rels")) else ""
            yield Part(name, f"{name} {_TAG.sub(' ', text)} {_TAG.sub('', text)}")
    else:
        yield Part("The file", data.decode("utf-8", "replace"))


def _pdf_parts(data: bytes) -> Iterator[Part]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        about = " ".join(document.get_metadata_dict().values())
        marks = " ".join(mark.get_title() for mark in document.get_toc())
        yield Part("The file’s description", about)
        yield Part("The bookmarks", marks)
        for number, page in enumerate(document, 1):
            yield Part(f"Page {number}", f"{_page_text(page)} {' '.join(_alternatives(page))}")
    finally:
        document.close()


def _page_text(page: "pypdfium2.PdfPage") -> str:
    text_page = page.get_textpage()
    text = str(text_page.get_text_range())
    text_page.close()
    return text


def _alternatives(page: "pypdfium2.PdfPage") -> Iterator[str]:
    """What is read aloud in the place of drawings."""
    import pypdfium2.raw as raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    waiting = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, n)
        for n in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop()
        if element:
            yield _alternative(element)
            children = raw.FPDF_StructElement_CountChildren(element)
            waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(children)]
    raw.FPDF_StructTree_Close(tree)


def _alternative(element: Any) -> str:
    import ctypes

    import pypdfium2.raw as raw

    size = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetAltText(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            yield name, packed.read(name)


def _raw(data: bytes) -> Iterator[bytes]:
    """The bytes in which pictures stand as they are; an office template's own are nobody's."""
    if data.startswith(b"PK"):
        yield from (inner for name, inner in _members(data) if not name.startswith("docProps/"))
    else:
        yield data


def _attachments(data: bytes) -> int:
    if not data.startswith(b"%PDF"):
        return 0
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return int(document.count_attachments())
    finally:
        document.close()
