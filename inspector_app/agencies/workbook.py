"""Reading the workbook of participating agencies that ICE publishes, today's and older ones.

The headings are found by name, wherever they stand: over the years the list has lost and gained
columns and called them differently. Nothing is guessed in silence: what cannot be read is refused
with its sheet, row and column. No cell is quoted, because a wrong file may hold names of persons.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspector_app.agencies.rows import AgencyRow, collapsed, state_code
from inspector_app.errors import BadInput

_HEADINGS = {
    "state": ("STATE", "STATE TERRITORY", "STATE OR TERRITORY"),
    "name": ("LAW ENFORCEMENT AGENCY", "LAW ENFORCEMENT AGENCY NAME", "LAW ENFORCEMENT AGENCY LEA",
             "AGENCY", "AGENCY NAME", "LEA", "LEA NAME", "MOA NAME"),
    "type": ("TYPE", "AGENCY TYPE", "LEA TYPE", "TYPE OF AGENCY"),
    "county": ("COUNTY", "COUNTY NAME", "COUNTY PARISH", "COUNTY OR PARISH"),
    "model": ("SUPPORT TYPE", "MODEL", "PROGRAM", "PROGRAM MODEL", "PROGRAM TYPE", "MOA TYPE",
              "AGREEMENT TYPE", "287G MODEL", "287G PROGRAM", "TYPE OF SUPPORT"),
    "signed": ("SIGNED", "DATE SIGNED", "DATES SIGNED", "SIGNED DATE", "SIGNED ON", "MOA SIGNED",
               "MOA SIGNED DATE", "DATE MOA SIGNED", "MOA DATE", "SIGNATURE DATE",
               "OFFICIAL APPROVAL"),
    "moa": ("MOA", "MOA LINK", "LINK TO MOA", "LINK"),
    "addendum": ("ADDENDUM", "ADDENDA", "MOA ADDENDUM", "ADDENDUM LINK"),
}  # fmt: skip
_NEEDED = ("state", "name", "model", "signed")
_HEADING_ROWS = 20  # a title or a date may stand above the headings
_MOST_ROWS, _MOST_COLUMNS = 50_000, 60
_MOST_BYTES = 200 << 20  # unpacked; the list of 2026 has 2 MB

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_COUNTY = {"", "#N/A", "#NA", "N/A", "NA", "NONE"}
_FOOTNOTE_MARKS = "*†‡ "
# Every way the list has written a model since 2006, letters only; one cell may name two.
_MODELS = re.compile(
    "(?P<JEM>JAIL(?:ENFORCEMENT)?(?:MODEL|OFFICERS?)?|JEM|JEO)"
    "|(?P<TFM>TASKFORCE(?:MODEL|OFFICERS?)?|TFM|TFO)"
    "|(?P<WSO>WARRANTSERVICES?(?:MODEL|PROGRAM|OFFICERS?|OFFICE)?|WSO)"
    "|AND"
)
_DAY = re.compile(r"(\d{1,2})\W+(\d{1,2})\W*(\d{4}|\d\d)")  # 05/082025 has been printed
_DAY_FORMS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y")


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the list stands: its sheet, the number of the heading row, the column of each field."""

    sheet: Any
    heading: int
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]

    @property
    def place(self) -> str:
        return f"sheet {self.sheet.title}, row {self.heading}"


class _Fault(Exception):
    """A cell that cannot be read: its field and why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def read_workbook(data: bytes) -> list[AgencyRow]:
    """Every agreement of a published workbook, in its order, with the targets of its links.

    A row that names two models gives two agreements. BadInput names the sheet, row and column of
    what is missing, renamed or unreadable; then nothing is taken from the file.
    """
    table = _find_table(_open(data).worksheets)
    rows: list[AgencyRow] = []
    faults: list[str] = []
    for number, cells in _agreements(table):
        try:
            rows += _read(cells)
        except _Fault as fault:
            column = _letter(table.columns[fault.field])
            faults.append(f"sheet {table.sheet.title}, row {number}, column {column}: {fault}")
    if faults:
        words = "a row" if len(faults) == 1 else f"{len(faults)} rows"
        raise BadInput(f"The workbook has {words} that cannot be read; nothing was taken.", faults)
    if not rows:
        raise BadInput(f"The workbook has headings ({table.place}) but no agreements under them.")
    return rows


# -- the file --------------------------------------------------------------------------------------


def _open(data: bytes) -> Any:
    from openpyxl import load_workbook

    _check_container(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), data_only=True)
    except Exception:  # a damaged file makes the library raise whatever comes to hand
        raise BadInput("The workbook is damaged and cannot be read; download it again.") from None


def _check_container(data: bytes) -> None:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise BadInput("The workbook is protected by a password; save it without one first.")
    if data.startswith(_OLE):
        raise BadInput("The workbook is in the old .xls format; save it as .xlsx first.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise BadInput("The file is not an Excel workbook (.xlsx).") from None
    if size > _MOST_BYTES:
        raise BadInput("The workbook unpacks to an absurd size; it is not the published list.")


# -- the headings ----------------------------------------------------------------------------------


def _find_table(sheets: Sequence[Any]) -> _Table:
    candidates = [table for sheet in sheets for table in _heading_rows(sheet)]
    best = max(candidates, key=_likeness, default=None)
    if best is None or len(best.columns) < 2:
        raise BadInput(
            "No sheet of the workbook has the list's headings, such as STATE and SUPPORT TYPE."
        )
    needed = [name for name in _NEEDED if name not in best.columns]
    renamed = [name for name in _HEADINGS if name not in best.columns] if best.unknown else []
    if needed or renamed:
        raise BadInput(_missing_in_words(best, needed or renamed))
    if best.sheet.max_row > _MOST_ROWS:
        raise BadInput(f"The sheet {best.sheet.title} has more than {_MOST_ROWS} rows.")
    return best


def _likeness(table: _Table) -> tuple[int, int]:
    return sum(name in table.columns for name in _NEEDED), len(table.columns)


def _heading_rows(sheet: Any) -> Iterator[_Table]:
    last = min(getattr(sheet, "max_row", 0) or 0, _HEADING_ROWS)  # a chart sheet has no rows
    width = min(getattr(sheet, "max_column", 0) or 0, _MOST_COLUMNS)
    known = {heading: name for name, group in _HEADINGS.items() for heading in group}
    for number in range(1, last + 1):
        columns: dict[str, int] = {}
        unknown: list[tuple[int, str]] = []
        for at in range(1, width + 1):
            title = _text(sheet.cell(number, at).value)
            name = known.get(_heading(title))
            if name is not None:
                columns.setdefault(name, at)
            elif title:
                unknown.append((at, title))
        yield _Table(sheet, number, columns, tuple(unknown))


def _heading(title: str) -> str:
    """A heading as it is compared: capitals, digits and single spaces."""
    return collapsed(re.sub(r"[^A-Z0-9 ]", "", re.sub(r"[/\-–]", " ", title.upper())))


def _missing_in_words(table: _Table, names: Sequence[str]) -> str:
    missing = " and ".join(_HEADINGS[name][0] for name in names)
    words = f"The workbook has no column {missing} ({table.place})"
    if table.unknown:
        strange = ", ".join(
            f"“{title[:40]}” in column {_letter(at)}" for at, title in table.unknown
        )
        return f"{words}; not known there: {strange}. Rename the column and import it again."
    return f"{words}; it is not the list of participating agencies, or a column was taken out."


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


# -- the rows --------------------------------------------------------------------------------------


def _agreements(table: _Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number and the cells of each row that has at least two of the four things needed.

    Fewer is no agreement: an empty row, a total, a footnote.
    """
    for number in range(table.heading + 1, table.sheet.max_row + 1):
        cells = {name: table.sheet.cell(number, at) for name, at in table.columns.items()}
        if sum(bool(_text(cells[name].value)) for name in _NEEDED) >= 2:
            yield number, cells


def _read(cells: dict[str, Any]) -> list[AgencyRow]:
    text = {name: _text(cell.value).strip(_FOOTNOTE_MARKS) for name, cell in cells.items()}
    if not text["name"]:
        raise _Fault("name", "the name of the agency is missing")
    county, addendum = text.get("county", ""), _link(cells.get("addendum"))
    moa = _link(cells.get("moa"))
    return [
        AgencyRow(
            state=_state(text["state"]),
            name=text["name"],
            type=text.get("type", ""),
            county="" if county.upper() in _NO_COUNTY else county,
            model=model,
            signed=_signed(cells["signed"]),
            moa=_moa_state(text.get("moa", ""), moa),
            moa_url=moa,
            addendum=bool(addendum or text.get("addendum")),
            addendum_url=addendum,
        )
        for model in _models(text["model"])
    ]


def _text(value: Any) -> str:
    return "" if value is None else collapsed(str(value))


def _state(text: str) -> str:
    try:
        return state_code(text)
    except BadInput:
        raise _Fault("state", "there is no such state or territory") from None


def _models(text: str) -> list[str]:
    letters = re.sub("[^A-Z]", "", text.upper())
    found: list[str] = []
    at = 0
    while word := _MODELS.match(letters, at):
        at = word.end()
        if word.lastgroup and word.lastgroup not in found:
            found.append(word.lastgroup)
    if not found or at < len(letters):
        raise _Fault("model", "no known model; it must name JEM, WSO or TFM")
    return found


def _signed(cell: Any) -> date:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = _day_of_number(value) if isinstance(value, int | float) else _day_of_text(_text(value))
    if day is None:
        raise _Fault("signed", "no day of signing")
    return day


def _day_of_number(value: float) -> date | None:
    """A day that lost its format: Excel counts days from 1899-12-30."""
    from openpyxl.utils.datetime import from_excel

    if not 30_000 <= value < 60_000:  # 1982 to 2064
        return None
    day: datetime = from_excel(value)
    return day.date()


def _day_of_text(text: str) -> date | None:
    text = text.strip(_FOOTNOTE_MARKS).removesuffix(" 00:00:00")
    if found := _DAY.fullmatch(text):
        month, day, year = (int(part) for part in found.groups())
        try:
            return date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            return None
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _link(cell: Any) -> str:
    """Where a cell leads: its link's target, or the address that it spells out."""
    target = cell.hyperlink.target if cell is not None and cell.hyperlink else None
    if target:
        return collapsed(str(target))
    text = _text(cell.value) if cell is not None else ""
    return text if text.lower().startswith(("http://", "https://")) else ""


def _moa_state(text: str, target: str) -> str:
    if target:
        return "link"
    if "pending" in text.casefold():
        return "pending"
    return "link" if text.casefold() == "link" else ""
