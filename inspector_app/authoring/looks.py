"""How a form's workbook looks and what it lets one type: the only code that writes workbooks here.

Every text is stored as text, whatever it begins with: no cell of these workbooks is a formula.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from inspector_app.authoring.cells import CellValue
from inspector_app.authoring.sheets import Column, title_of
from inspector_app.forms import finding_types
from inspector_app.forms.shapes import Kind

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

WORDS = "Words"
_LAST_ROW = 2_000  # what is offered when a cell is typed into is offered down to here
_NARROWEST, _WIDEST = 9, 60
_MOST_PROMPT = 250
_HEAD_FILL, _OUTER_FILL = "1F3A5F", "E3E9F1"
_FORMATS = {Kind.NUMBER: "0", Kind.DAY: "yyyy-mm-dd"}
_BEGINS_LIKE_A_FORMULA = ("=", "+", "-", "@")


class Book:
    """A workbook being written."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = "inspector-app"
        self._lists: dict[tuple[str, ...], str] = {}

    def add(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[CellValue]]
    ) -> None:
        """A sheet with one column for each of `columns`."""
        sheet = self._sheet(title, [column.heading for column in columns])
        for at, column in enumerate(columns, 1):
            letter = _letter(at)
            self._offer(sheet, column, f"{letter}2:{letter}{_LAST_ROW}")
            _style_column(sheet, letter, column, [row[at - 1] for row in rows])
        for number, row in enumerate(rows, 2):
            outer = any(c.outer and v is not None for c, v in zip(columns, row, strict=True))
            for at, (column, value) in enumerate(zip(columns, row, strict=True), 1):
                _fill(_cell(sheet, number, at), value, column.key.kind, outer=outer)

    def add_upright(
        self, title: str, heads: Sequence[str], columns: Sequence[Column], row: Sequence[CellValue]
    ) -> None:
        """A sheet with one row for each of `columns`: its heading, its value."""
        sheet = self._sheet(title, heads)
        sheet.column_dimensions["A"].width = max(len(column.heading) for column in columns) + 2
        sheet.column_dimensions["B"].width = _WIDEST
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 2):
            _fill(_cell(sheet, number, 1), column.heading, Kind.TEXT, outer=True)
            _fill(_cell(sheet, number, 2), value, column.key.kind)
            self._offer(sheet, column, f"B{number}")

    def add_hidden(self, title: str, column: Sequence[str]) -> None:
        """A sheet that is not shown, with one column of texts."""
        sheet = self._book.create_sheet(title)
        sheet.sheet_state = "hidden"
        for number, text in enumerate(column, 1):
            _fill(_cell(sheet, number, 1), text, Kind.TEXT)

    def finished(self) -> bytes:
        """The workbook's bytes, with the words that may be chosen on a last sheet."""
        self._add_words()
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    def _sheet(self, title: str, heads: Sequence[str]) -> "Worksheet":
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet: Worksheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for at, head in enumerate(heads, 1):
            _head(_cell(sheet, 1, at), head)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = "1:1"
        return sheet

    def _offer(self, sheet: "Worksheet", column: Column, cells: str) -> None:
        """What may be chosen in a column, or else a line that says what is typed there."""
        rule = self._rule(column)
        if rule is not None:
            sheet.add_data_validation(rule)
            rule.add(cells)

    def _rule(self, column: Column) -> "DataValidation | None":
        from openpyxl.worksheet.datavalidation import DataValidation

        kind = column.key.kind
        if column.refers:
            title, letter = title_of(column.refers), "C" if len(column.refers) > 1 else "A"
            return _list_rule(f"'{title}'!${letter}$2:${letter}${_LAST_ROW}")
        if column.words and kind is Kind.TEXT:
            return _list_rule(self._range(column.words, column.heading))
        if kind is Kind.NUMBER:
            return DataValidation("whole", "1", operator="greaterThanOrEqual", allow_blank=True)
        prompt = self._prompt(column)
        return DataValidation(prompt=prompt, showInputMessage=True) if prompt else None

    def _prompt(self, column: Column) -> str:
        if column.key.kind is Kind.DAY:
            return f"{Kind.DAY.value.capitalize()}."
        if column.key.kind is not Kind.TEXTS:
            return ""
        if not column.words:
            return "One a line (Alt+Enter for the next line)."
        self._range(column.words, column.heading)
        listed = f"One a line, of: {', '.join(column.words)}."
        return listed if len(listed) <= _MOST_PROMPT else f"One a line, from the sheet {WORDS}."

    def _range(self, words: tuple[str, ...], heading: str) -> str:
        """Where these words stand on the last sheet."""
        self._lists.setdefault(words, heading)
        letter = _letter(list(self._lists).index(words) + 1)
        return f"{WORDS}!${letter}$2:${letter}${len(words) + 1}"

    def _add_words(self) -> None:
        meanings = {code: f"{code}: {known.title}" for code, known in finding_types().items()}
        lists = [*self._lists, tuple(meanings.values())]
        sheet = self._sheet(WORDS, [*self._lists.values(), "What the types mean"])
        for at, words in enumerate(lists, 1):
            letter = _letter(at)
            sheet.column_dimensions[letter].width = _width([*words, _cell(sheet, 1, at).value])
            for number, word in enumerate(words, 2):
                _fill(_cell(sheet, number, at), word, Kind.TEXT)


def _list_rule(cells: str) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation("list", cells, allow_blank=True, showErrorMessage=True, errorStyle="stop")


def _cell(sheet: "Worksheet", row: int, column: int) -> "Cell":
    return cast("Cell", sheet.cell(row, column))  # no cell of ours is merged


def _head(cell: "Cell", text: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = text
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _fill(cell: "Cell", value: CellValue, kind: Kind, *, outer: bool = False) -> None:
    """A value, as text where it is text: no spreadsheet program may take it for a formula."""
    from openpyxl.styles import Font, PatternFill

    cell.value = value
    cell.number_format = "@" if isinstance(value, str) else _FORMATS.get(kind, "@")
    cell.alignment = _wrapped()
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_BEGINS_LIKE_A_FORMULA):
            cell.quotePrefix = True
    if outer:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_OUTER_FILL)


def _wrapped() -> "Alignment":
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _style_column(
    sheet: "Worksheet", letter: str, column: Column, values: Sequence[CellValue]
) -> None:
    """The column's width, and its format also where nothing stands yet."""
    dimension = sheet.column_dimensions[letter]
    dimension.width = _width([*values, *column.heading.split()])
    dimension.number_format = _FORMATS.get(column.key.kind, "@")
    dimension.alignment = _wrapped()


def _width(values: Sequence[Any]) -> int:
    lines = [line for value in values if value is not None for line in str(value).split("\n")]
    return min(max([*map(len, lines), _NARROWEST]) + 2, _WIDEST)


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(at)
