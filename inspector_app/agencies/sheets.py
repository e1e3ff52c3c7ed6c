"""The sheets of a file: an Excel workbook, or a CSV file as one sheet.

A file that is something else is refused in one sentence that says what it is.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from inspector_app.errors import BadInput
from inspector_app.workbook_size import MOST_ELEMENTS, too_large, weight_of

_MOST_BYTES = 40 << 20  # unpacked; the list of May 2026 has 1.5 MB
_MOST_ROWS = 50_000
_MOST_CELLS = 1_000_000  # of a CSV file
_START = 100_000  # letters in which a CSV file shows by what its cells are apart

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HYPERLINK = re.compile(r'=HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_DAY_ZERO = datetime(1899, 12, 30)

# What else a ZIP archive can be, by a part that it has.
_OTHER_ARCHIVES = {
    "xl/workbook.bin": "The workbook is in the .xlsb format; save it as .xlsx first.",
    "content.xml": "The workbook is in the .ods format; save it as .xlsx first.",
    "word/document.xml": "The file is a Word document, not a workbook.",
}
# Parts that hold cells and links; the library may fail on the others, and on ornaments in these.
_WORTH_READING = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(styles|sharedStrings)\.xml|xl/worksheets/(_rels/)?[^/]+)"
)
_RELATIONS = ("officeDocument", "worksheet", "styles", "sharedStrings", "hyperlink")
_ORNAMENTS = {
    *("conditionalFormatting", "dataValidations", "autoFilter", "tableParts", "drawing"),
    *("legacyDrawing", "extLst", "definedNames", "externalReferences", "pivotCaches"),
}
_MOST_READ_TWICE = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of a sheet, by row and column, both counted from 1.

    `place` names the sheet to a person, `row` says what one of its rows is called. `links` holds
    the targets of links. A formula that was never computed stands as its text, with its "=".
    `epoch` is the day from which the workbook counts days.
    """

    place: str
    cells: dict[int, dict[int, Any]]
    links: dict[tuple[int, int], str]
    hidden: bool = False
    row: str = "row"
    epoch: datetime = _DAY_ZERO


def sheets_of(data: bytes) -> list[Sheet]:
    """Every sheet of the file, in its order. BadInput says why there is none."""
    if len(data) > _MOST_BYTES:
        raise BadInput("The file is absurdly big; it is not the published list.")
    if data.startswith(b"PK"):
        sheets = _of_workbook(data, _weight_of(data))
    else:
        _check_signature(data)
        sheets = [_of_csv(data)]
    for sheet in sheets:
        if len(sheet.cells) > _MOST_ROWS:
            raise BadInput(f"The {sheet.place} has more than {_MOST_ROWS} rows.")
    return sheets


# -- what the file is ------------------------------------------------------------------------------


def _check_signature(data: bytes) -> None:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise BadInput("The file is empty; download it again.")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise BadInput("The workbook is protected by a password; save it without one first.")
    if data.startswith(_OLE):
        raise BadInput("The workbook is in the old .xls format; save it as .xlsx first.")
    if start.startswith(b"<"):
        raise BadInput("The file is a web page (HTML or XML), not a workbook; download it again.")
    if start.startswith(b"%PDF"):
        raise BadInput("The file is a PDF, not an Excel workbook (.xlsx).")
    if data.startswith(_UTF16):
        raise BadInput("The CSV file is in UTF-16 (line 1); save it as CSV in UTF-8 first.")
    if b"\0" in data:
        raise BadInput("The file is not an Excel workbook (.xlsx) and not a CSV file.")


def _weight_of(data: bytes) -> int:
    """How many elements reading it goes through. BadInput for another kind of archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts({part.filename: part for part in archive.infolist()})
            return weight_of(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise BadInput("The workbook is damaged or cut short; download it again.") from None


def _check_parts(parts: Mapping[str, zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts.values()) > _MOST_BYTES:
        raise BadInput("The workbook unpacks to an absurd size; it is not the published list.")
    if any(part.flag_bits & 1 for part in parts.values()):
        raise BadInput("The file is protected by a password; save it without one first.")
    for name, sentence in _OTHER_ARCHIVES.items():
        if name in parts:
            raise BadInput(sentence)
    if not any(name.startswith("xl/") for name in parts):
        raise BadInput("The file is a ZIP archive, not an Excel workbook; unpack it first.")


# -- a workbook ------------------------------------------------------------------------------------


def _of_workbook(data: bytes, weight: int) -> list[Sheet]:
    has_formulas = _has_formulas(data)
    if weight * (1 + has_formulas) > MOST_ELEMENTS:
        raise too_large()
    again = weight < _MOST_READ_TWICE
    book = _load(data, again=again, data_only=True)
    formulas = _load(data, again=again, data_only=False) if has_formulas else None
    return [
        _of_worksheet(sheet, formulas[sheet.title] if formulas else None, book.epoch)
        for sheet in book.worksheets
    ]


def _load(data: bytes, *, again: bool, data_only: bool) -> Any:
    """The workbook as the library gives it; should it fail, without all that is no cell or link."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(data), data_only=data_only)
        except Exception:  # a pivot table or a comment is enough to make the library raise
            pass
        try:
            if again:
                return load_workbook(io.BytesIO(_bare(data)), data_only=data_only)
        except Exception:  # a damaged file makes it raise whatever comes to hand
            pass
    raise BadInput("The workbook is damaged; open it in Excel and save it anew.")


def _bare(data: bytes) -> bytes:
    """The same workbook with nothing but what its cells and links need."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as bare:
        for name in filter(_WORTH_READING.fullmatch, given.namelist()):
            root = ElementTree.fromstring(given.read(name))
            root[:] = filter(_is_needed, root)
            bare.writestr(name, ElementTree.tostring(root))
    return out.getvalue()


def _is_needed(part: ElementTree.Element) -> bool:
    kind = part.tag.rpartition("}")[2]
    leads_to = part.get("Type", "").rpartition("/")[2]
    return kind not in _ORNAMENTS and (kind != "Relationship" or leads_to in _RELATIONS)


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ />]", parts.read(name)) for name in sheets)


def _of_worksheet(sheet: Any, formulas: Any, epoch: datetime) -> Sheet:
    rows: dict[int, dict[int, Any]] = {}
    links: dict[tuple[int, int], str] = {}
    # Only cells that are there: one stray format in the last row would make a million of them.
    for place, cell in sheet._cells.items():
        target = cell.hyperlink.target if cell.hyperlink else None
        if target:
            links[place] = str(target)
        if cell.value is not None or target:
            rows.setdefault(place[0], {})[place[1]] = cell.value
    if formulas is not None:
        _take_formulas(formulas, rows, links)
    _fill_down(sheet, rows, links)
    hidden = sheet.sheet_state != "visible"
    return Sheet(f"sheet {sheet.title}", dict(sorted(rows.items())), links, hidden, epoch=epoch)


def _take_formulas(
    sheet: Any, rows: dict[int, dict[int, Any]], links: dict[tuple[int, int], str]
) -> None:
    for (row, column), cell in sheet._cells.items():
        text = str(getattr(cell.value, "text", cell.value))
        if cell.data_type != "f":
            continue
        if found := _HYPERLINK.match(text):
            links.setdefault((row, column), found[1])
        cells = rows.setdefault(row, {})
        if cells.get(column) is None:
            cells[column] = text


def _fill_down(
    sheet: Any, rows: dict[int, dict[int, Any]], links: dict[tuple[int, int], str]
) -> None:
    """Give each row what a cell merged over several rows says of all of them."""
    for area in sheet.merged_cells.ranges:
        top, column = area.min_row, area.min_col
        if area.max_row - top > _MOST_ROWS or column not in rows.get(top, {}):
            continue
        for row in range(top + 1, area.max_row + 1):
            rows.setdefault(row, {})[column] = rows[top][column]
            if (top, column) in links:
                links[row, column] = links[top, column]


# -- a CSV file ------------------------------------------------------------------------------------


def _of_csv(data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadInput(
            f"The file is no workbook, and no CSV file in UTF-8 (line {line}); save it as such."
        ) from None
    start = "".join(text[:_START].splitlines(keepends=True)[:20])
    delimiter = max(",;\t", key=start.count)
    if len(data) > _MOST_BYTES // 2 or sum(map(text.count, (delimiter, "\n", "\r"))) > _MOST_CELLS:
        raise BadInput(
            "The CSV file is larger than can be read at once; save only the columns that are "
            "needed. Nothing was taken."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: dict[int, dict[int, Any]] = {}
    links: dict[tuple[int, int], str] = {}
    line = 1
    try:
        for given in reader:
            filled = {at: cell for at, cell in enumerate(given, 1) if cell.strip()}
            if filled:
                rows[line] = filled
            found = {at: _HYPERLINK.match(cell) for at, cell in filled.items()}
            links |= {(line, at): link[1] for at, link in found.items() if link}
            line = reader.line_num + 1
    except csv.Error:
        raise BadInput(
            f"The CSV file has quotation marks that do not pair (line {line})."
        ) from None
    return Sheet("CSV file", rows, links, row="line")
