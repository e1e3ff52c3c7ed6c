"""A workbook that came back, as the data of a form, with the cell of each of its values."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from inspector_app.authoring.cells import Unreadable, read
from inspector_app.authoring.changing import Table
from inspector_app.authoring.sheets import (
    CITATIONS,
    FORM_SHEET,
    HEADING,
    ITEM,
    VALUE,
    Column,
    form_columns,
    sheets,
)
from inspector_app.authoring.sheets import Sheet as Known
from inspector_app.errors import BadInput
from inspector_app.forms.faults import did_you_mean, quoted
from inspector_app.forms.lines import Place
from inspector_app.forms.shapes import Kind
from inspector_app.workbook_size import weight_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_BYTES = 40 << 20  # unpacked; a form's workbook has half a megabyte
_NO_ITEM = "The row names no item."
_MOST_ROWS, _MOST_COLUMNS = 5_000, 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, or a whole row where `letter` is empty, or a whole sheet where `row` is 0."""

    sheet: str
    row: int
    letter: str = ""
    heading: str = ""

    def __str__(self) -> str:
        words = f"sheet “{self.sheet}”"
        words += f", row {self.row}" if self.row else ""
        return words + (f", column {self.letter} ({self.heading})" if self.letter else "")


@dataclass(slots=True)
class Filled:
    """What a workbook says: the form's data, the spots of its parts, and what cannot be read."""

    form: Table = field(default_factory=dict)
    spots: dict[Place, Spot] = field(default_factory=dict)
    faults: list[tuple[Spot, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def spot(self, place: Place) -> Spot | None:
        """The cell of a place in the form, or of what holds it."""
        while place and place not in self.spots:
            place = place[:-1]
        return self.spots.get(place)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of the workbook and in which of its columns each known heading stands."""

    sheet: Any
    at: dict[str, int]

    def rows(self, columns: Sequence[Column]) -> Iterator[int]:
        """The numbers of the rows under the headings that say something in these columns."""
        last: int = self.sheet.max_row
        yield from (number for number in range(2, last + 1) if self.says(number, columns))

    def says(self, number: int, columns: Sequence[Column]) -> bool:
        """Whether a row says something in one of these columns."""
        return any(self.cell(number, column).value not in (None, "") for column in columns)

    def cell(self, number: int, column: Column) -> Any:
        return self.sheet.cell(number, self.at[column.heading] + 1)

    def spot(self, row: int, heading: str) -> Spot:
        return Spot(self.sheet.title, row, _letter(self.at[heading] + 1), heading)


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(at)


# -- the file --------------------------------------------------------------------------------------


def opened(data: bytes) -> Any:
    """The workbook. BadInput where it is none, is damaged, or is closed by a password."""
    from openpyxl import load_workbook

    _check_container(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data))
    except Exception:  # a damaged file makes the library raise whatever comes to hand
        raise BadInput(
            "The workbook is damaged and cannot be read; export the form again."
        ) from None
    return book


def _check_container(data: bytes) -> None:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise BadInput("The workbook is protected by a password; save it without one first.")
    if data.startswith(_OLE):
        raise BadInput("The workbook is in the old .xls format; save it as .xlsx first.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise BadInput(
                    "The workbook unpacks to an absurd size; it is not a form's workbook."
                )
            weight_of(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise BadInput("The file is not an Excel workbook (.xlsx).") from None


# -- sheets and headings ---------------------------------------------------------------------------


def _found(book: Any, title: str, headings: Sequence[str], filled: Filled) -> _Sheet:
    """The sheet of that name with all its headings, wherever they stand."""
    if title not in book.sheetnames:
        guess = _near(title, book.sheetnames)
        raise BadInput(f"The workbook has no sheet “{title}”.{guess}")
    sheet = book[title]
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        raise BadInput(
            f"The sheet “{title}” has more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns; "
            "delete those that are empty."
        )
    first = next(sheet.iter_rows(min_row=1, max_row=1), ())
    names = [cell.value.strip() if isinstance(cell.value, str) else "" for cell in first]
    for heading in headings:
        _check_heading(title, heading, names)
    others = [at for at, name in enumerate(names, 1) if name and name not in headings]
    filled.ignored += [f"sheet “{title}”, column {_letter(at)}" for at in others]
    return _Sheet(sheet, {heading: names.index(heading) for heading in headings})


def _check_heading(title: str, heading: str, names: Sequence[str]) -> None:
    if heading not in names:
        guess = _near(heading, [name for name in names if name])
        raise BadInput(f"The sheet “{title}” has no column “{heading}” in row 1.{guess}")
    if names.count(heading) > 1:
        raise BadInput(f"The sheet “{title}” has two columns “{heading}” in row 1.")


def _near(word: str, known: Sequence[str]) -> str:
    """Under which other name it may stand: someone renamed it."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Is it the one that is called “{near[0][:40]}” now?" if near else ""


# -- rows ------------------------------------------------------------------------------------------


def filled(book: Any, ours: Sequence[str]) -> Filled:
    """What the workbook says. `ours`: further sheets of it that hold nothing to read.

    BadInput where a sheet or column is missing; whatever is wrong in a cell is in `faults`.
    """
    told = Filled()
    found = {known.title: _sheet(book, known, told) for known in sheets()}
    _take_form(_found(book, FORM_SHEET, [HEADING, VALUE], told), told)
    for known in sheets():
        _take(known, found[known.title], told)
    others = [name for name in book.sheetnames if name not in (FORM_SHEET, *found, *ours)]
    told.ignored += [f"sheet “{name}”" for name in others]
    return told


def _sheet(book: Any, known: Known, told: Filled) -> _Sheet:
    return _found(book, known.title, [column.heading for column in known.columns], told)


def _take_form(sheet: _Sheet, told: Filled) -> None:
    """The keys that a form has once, each in a row of the first sheet."""
    rows = [(_heading(row[sheet.at[HEADING]]), row) for row in sheet.sheet.iter_rows(min_row=2)]
    names = [name for name, _ in rows if name]
    for column in form_columns():
        if names.count(column.heading) != 1:
            what = "no row" if column.heading not in names else "two rows"
            guess = "" if column.heading in names else _near(column.heading, names)
            raise BadInput(f"The sheet “{FORM_SHEET}” has {what} “{column.heading}”.{guess}")
        cell = next(row for name, row in rows if name == column.heading)[sheet.at[VALUE]]
        letter = sheet.spot(cell.row, VALUE).letter
        _put(told, told.form, (), column, cell, Spot(FORM_SHEET, cell.row, letter, column.heading))
    known = {column.heading for column in form_columns()}
    others = [row[0].row for name, row in rows if name and name not in known]
    told.ignored += [f"sheet “{FORM_SHEET}”, row {number}" for number in others]


def _heading(cell: Any) -> str:
    return cell.value.strip() if isinstance(cell.value, str) else ""


def _take(known: Known, sheet: _Sheet, told: Filled) -> None:
    """The rows of one sheet, each put where it belongs in the form."""
    if known.names == CITATIONS:
        _take_citations(known, sheet, told)
        return
    holder: tuple[Table, Place] | None = None if known.nested else (told.form, ())
    outer = [column for column in known.columns if column.outer]
    inner = [column for column in known.columns if not column.outer]
    for number in sheet.rows(known.columns):
        if known.nested and sheet.says(number, outer):
            holder = _add(told, (told.form, ()), known.names[0], sheet, number, outer)
        if not sheet.says(number, inner):
            continue
        if holder is None:
            sentence = f"The row stands under no {known.names[0]}; give one in a row above it."
            told.faults.append((Spot(known.title, number), sentence))
        else:
            _add(told, holder, known.names[-1], sheet, number, inner)


def _add(
    told: Filled,
    holder: tuple[Table, Place],
    name: str,
    sheet: _Sheet,
    number: int,
    columns: Sequence[Column],
) -> tuple[Table, Place]:
    """One more table of that name in the holder, read from one row."""
    tables = holder[0].setdefault(name, [])
    place: Place = (*holder[1], name, len(tables))
    table: Table = {}
    tables.append(table)
    told.spots[place] = Spot(sheet.sheet.title, number)
    for column in columns:
        cell = sheet.cell(number, column)
        _put(told, table, place, column, cell, sheet.spot(number, column.heading))
    return table, place


def _take_citations(known: Known, sheet: _Sheet, told: Filled) -> None:
    """Each citation goes to the item that it names."""
    items: dict[str, tuple[Table, Place]] = {}
    for at, section in enumerate(told.form.get("section", ())):
        for number, item in enumerate(section.get(ITEM, ())):
            if item.get("id"):
                items.setdefault(item["id"], (item, ("section", at, ITEM, number)))
    names, columns = known.columns[0], known.columns[1:]
    for number in sheet.rows(known.columns):
        item = sheet.cell(number, names).value
        if item in items:
            _add(told, items[item], CITATIONS[-1], sheet, number, columns)
        else:
            guess = did_you_mean(str(item or ""), items)
            sentence = f"There is no item {quoted(str(item))}.{guess}" if item else _NO_ITEM
            told.faults.append((sheet.spot(number, names.heading), sentence))


def _put(told: Filled, table: Table, place: Place, column: Column, cell: Any, spot: Spot) -> None:
    """The value of one cell into its table, or a fault; what is blank as the grammar has it."""
    told.spots[(*place, *column.keys)] = spot
    told.spots.setdefault((*place, *column.keys[:1]), spot)
    try:
        value = read(cell.value, column.key.kind, formula=cell.data_type in ("f", "e"))
    except Unreadable as why:
        told.faults.append((spot, str(why)))
        return
    *outer, last = column.keys
    if value is None and column.key.needed and not outer:
        value = {Kind.TEXT: "", Kind.TEXTS: []}.get(column.key.kind)
    if value is not None:
        for key in outer:
            table = table.setdefault(key, {})
        table[last] = value
