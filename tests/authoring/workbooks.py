"""Opening, editing and saving a form's workbook as a person with a spreadsheet program would."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import openpyxl

from inspector_app.authoring.spreadsheet import exported
from tests.test_forms import WHOLE

ITEMS = "Sections and items"


def book_of(text: str = WHOLE) -> Any:
    """The workbook of a form's text, open."""
    return openpyxl.load_workbook(io.BytesIO(_exported(text)))


@cache
def _exported(text: str) -> bytes:
    return exported(text.encode(), "test.toml")


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet: Any, heading: str) -> int:
    """The number of the column under this heading."""
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def row_of(sheet: Any, value: Any) -> int:
    """The first row that has a cell with this value."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == value)


def cell(sheet: Any, row_value: Any, heading: str) -> Any:
    """The cell under the heading in the row that has the value."""
    return sheet.cell(row_of(sheet, row_value), column(sheet, heading))


def put(target: Any, value: Any) -> None:
    """Types a value; a text stays a text, whatever it begins with."""
    target.value = value
    if isinstance(value, str):
        target.data_type = "s"


def values(sheet: Any, row: int) -> list[Any]:
    return [found.value for found in sheet[row]]


def put_row(sheet: Any, row: int, cells: list[Any]) -> None:
    for at, value in enumerate(cells, 1):
        put(sheet.cell(row, at), value)


def visible(book: Any) -> Iterator[Any]:
    return (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
