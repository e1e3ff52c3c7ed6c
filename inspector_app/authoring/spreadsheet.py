"""A form as a workbook, a sheet for each table, for people who do not read TOML.

The workbook also carries the form file itself, in a hidden sheet, so that what comes back is that
file with the changed cells changed.
"""

import base64
import tomllib
from collections.abc import Iterator
from typing import Any

from inspector_app import canonical, forms
from inspector_app.authoring.cells import CellValue, fits, shown
from inspector_app.authoring.changing import Table
from inspector_app.authoring.looks import Book
from inspector_app.authoring.sheets import (
    CITATIONS,
    FORM_SHEET,
    HEADING,
    ITEM,
    VALUE,
    Column,
    Sheet,
    form_columns,
    sheets,
)
from inspector_app.errors import BadInput

ORIGINAL = "Original"
ORIGINAL_HEAD = "The form file, from which the untouched parts are taken. Do not change this sheet."
CHUNK = 30_000


def exported(data: bytes, name: str) -> bytes:
    """The workbook of a form file without faults.

    BadInput when the file has faults, or a text that no cell can hold.
    """
    forms.parse(data, name)
    form = tomllib.loads(data.decode("utf-8").replace("\r\n", "\n"))
    _refuse_unfit(form, name)
    book = Book()
    once = [_cell(form, column) for column in form_columns()]
    book.add_upright(FORM_SHEET, [HEADING, VALUE], form_columns(), once)
    for sheet in sheets():
        book.add(sheet.title, sheet.columns, _rows(sheet, form))
    book.add_hidden(ORIGINAL, [ORIGINAL_HEAD, canonical.sha256(data), *_chunks(data)])
    return book.finished()


def _rows(sheet: Sheet, form: Table) -> list[list[CellValue]]:
    """The rows of a sheet; where tables hold tables, one row for the outer, then its inner ones."""
    return [
        [_cell(table, column) if column.outer is outer else None for column in sheet.columns]
        for table, outer in _tables(sheet, form)
    ]


def _tables(sheet: Sheet, form: Table) -> Iterator[tuple[Table, bool]]:
    """The tables of a sheet in order, and whether each is an outer one."""
    if sheet.names == CITATIONS:
        for item in (item for section in form["section"] for item in section["item"]):
            yield from (({ITEM: item["id"], **cited}, False) for cited in item["cites"])
        return
    for table in form.get(sheet.names[0], ()):
        yield table, sheet.nested
        if sheet.nested:
            yield from ((inner, False) for inner in table[sheet.names[1]])


def _cell(table: Table, column: Column) -> CellValue:
    return shown(value_at(table, column.keys), column.key.kind)


def value_at(table: Table, keys: tuple[str, ...]) -> Any:
    """What stands under these keys, one inside the other; None where nothing does."""
    value: Any = table
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _refuse_unfit(form: Table, name: str) -> None:
    """No value is exported that would not come back as it was."""
    unfit = [
        f"{name}: {title}, row {row}, {column.heading}: the text is too long for a cell, or has a "
        "character or a line end that a cell cannot hold."
        for title, row, table, column in _values(form)
        if not fits(value_at(table, column.keys), column.key.kind)
    ]
    if unfit:
        raise BadInput(f"The form {name} has texts that a workbook cannot hold.", unfit)


def _values(form: Table) -> Iterator[tuple[str, int, Table, Column]]:
    """Every value of the workbook, with its sheet and row."""
    yield from ((FORM_SHEET, row, form, column) for row, column in enumerate(form_columns(), 2))
    for sheet in sheets():
        for row, (table, outer) in enumerate(_tables(sheet, form), 2):
            found = (column for column in sheet.columns if column.outer is outer)
            yield from ((sheet.title, row, table, column) for column in found)


def _chunks(data: bytes) -> list[str]:
    """The file as text that no spreadsheet program touches, in pieces that fit into cells."""
    text = base64.b64encode(data).decode("ascii")
    return [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
