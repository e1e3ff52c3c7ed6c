"""The list of all files as it is given: pasted text, a text file, a column of a CSV or XLSX file.

Nothing is guessed: what cannot be one identifier a line is refused with line or row numbers, and
never with what stands there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector_app.agencies.sheets import Sheet, sheets_of
from inspector_app.errors import BadInput
from inspector_app.rules.sampling import SHOWN_FAULTS, read_frame

LONGEST = 200
"""Characters of an identifier."""

_PLACE = re.compile(r"(?P<letters>[A-Za-z]{1,3})(?P<row>[1-9]\d{0,6})?")
_EXACT = 10**15  # Excel keeps 15 digits of a number
_NOTHING = "nothing was taken."


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its letters, what stands in its first row, how many cells are filled."""

    letters: str
    heading: str
    filled: int

    @property
    def words(self) -> str:
        """`C: File number`, or `C` where the first row is empty."""
        return f"{self.letters}: {self.heading}" if self.heading else self.letters


def frame_of_text(text: str) -> tuple[str, ...]:
    """The identifiers of pasted text, one a line; empty lines at its end do not count."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    faults = [f"Line {at} {fault}." for at, line in enumerate(lines, 1) if (fault := _fault(line))]
    _refuse("The list of files is not one identifier a line; " + _NOTHING, faults)
    return read_frame(lines if text.strip() else [])


def frame_of_text_file(data: bytes) -> tuple[str, ...]:
    """The identifiers of a text file in UTF-8, one a line."""
    try:
        return frame_of_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadInput(
            f"The list of files is not a text in UTF-8 (line {line}); {_NOTHING} Save it as UTF-8, "
            "or name the column of a workbook."
        ) from None


def columns_of(data: bytes) -> list[Column]:
    """The columns of the one sheet that holds something, to choose from."""
    sheet = _the_sheet(data)
    filled: dict[int, int] = {}
    for cells in sheet.cells.values():
        for at, cell in cells.items():
            filled[at] = filled.get(at, 0) + bool(str(cell or "").strip())
    heading = sheet.cells[min(sheet.cells)]
    return [
        Column(_letters(at), " ".join(str(heading.get(at) or "").split()), filled[at])
        for at in sorted(filled)
        if filled[at]
    ]


def frame_of_column(data: bytes, column: str) -> tuple[str, ...]:
    """The identifiers of a column: named by its heading, or by its place.

    `C` is column C from row 1, `C2` from row 2. A heading goes before a place of the same name.
    """
    sheet = _the_sheet(data)
    at, first = _found(sheet, column)
    called = sheet.row.capitalize()
    last = max(sheet.cells)
    inner = _continued(sheet) if sheet.row == "line" else frozenset()
    rows = [row for row in range(first, last + 1) if row not in inner]
    cells = [sheet.cells.get(row, {}).get(at) for row in rows]
    read = [_read(cell, sheet) for cell in cells]
    faults = [f"{called} {n} {r[1]}." for n, r in zip(rows, read, strict=True) if r[1]]
    _refuse("Not every cell of this column can be an identifier; " + _NOTHING, faults)
    if inner:
        called = "Row"  # a record of several lines: rows are counted instead
        first = 1
    return read_frame([text for text, _ in read], first=first, called=called)


def _the_sheet(data: bytes) -> Sheet:
    filled = [sheet for sheet in sheets_of(data) if sheet.cells and not sheet.hidden]
    if not filled:
        raise BadInput("There is nothing in this file; " + _NOTHING)
    if len(filled) > 1:
        raise BadInput(
            f"The workbook has {len(filled)} sheets that hold something; {_NOTHING} Save the one "
            "with the list of files as a file of its own."
        )
    return filled[0]


def _found(sheet: Sheet, column: str) -> tuple[int, int]:
    """Number of a column and of its first row, from a heading or a place."""
    top = min(sheet.cells)
    wanted = _compared(column)
    named = [at for at, cell in sheet.cells[top].items() if wanted and _compared(cell) == wanted]
    if len(named) > 1:
        raise BadInput("Two columns have this heading; name the column by its letter.")
    if named:
        return named[0], top + 1
    place = _PLACE.fullmatch(column.strip())
    columns = {at for cells in sheet.cells.values() for at in cells}
    at = _number(place["letters"]) if place else 0
    if place is None or at not in columns:
        shown = ", ".join(map(_letters, sorted(columns)[:20]))
        raise BadInput(f"There is no such column; {_NOTHING} Columns that hold something: {shown}.")
    first = int(place["row"] or 1)
    if first > max(sheet.cells):
        raise BadInput("The column has nothing from that row on; " + _NOTHING)
    return at, first


def _compared(cell: Any) -> str:
    return " ".join(str(cell if cell is not None else "").split()).casefold()


def _continued(sheet: Sheet) -> frozenset[int]:
    """Lines of a CSV file that are inside a cell which goes over several lines."""
    inner: set[int] = set()
    for row, cells in sheet.cells.items():
        extra = sum(str(cell).count("\n") for cell in cells.values())
        inner |= set(range(row + 1, row + 1 + extra))
    return frozenset(inner)


def _read(cell: Any, sheet: Sheet) -> tuple[str, str]:
    """The text of a cell, and what is wrong with it; an empty cell is told by `read_frame`."""
    if cell is None:
        return "", ""
    if isinstance(cell, str):
        if sheet.row == "row" and cell.startswith("="):
            return "", "holds a formula that was never computed; open and save it in Excel"
        return cell, _fault(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return "", "holds a day, an hour or a truth value; make the column text in Excel"
    if abs(cell) >= _EXACT:
        return "", "holds a number of more than 15 digits, which Excel does not keep exactly"
    if cell != int(cell):
        return "", "holds a number with decimals; make the column text in Excel"
    return str(int(cell)), ""


def _fault(line: str) -> str:
    text = line.strip()
    if "\t" in text:
        return "has several columns; paste the one with the identifiers"
    if "\n" in text or "\r" in text:
        return "has a line break inside"
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return ""


def _refuse(sentence: str, faults: list[str]) -> None:
    if faults:
        more = len(faults) - SHOWN_FAULTS
        raise BadInput(sentence, [*faults[:SHOWN_FAULTS], *([f"And {more:,} more."] * (more > 0))])


def _letters(column: int) -> str:
    return "".join(_digits(column))


def _digits(column: int) -> Iterator[str]:
    if column > 26:
        yield from _digits((column - 1) // 26)
    yield chr(ord("A") + (column - 1) % 26)


def _number(letters: str) -> int:
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - ord("A") + 1
    return found
