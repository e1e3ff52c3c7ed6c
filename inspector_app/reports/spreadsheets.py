"""Tables as a workbook or as CSV in which no typed text is ever a formula.

A cell that begins with `=`, `+`, `-` or `@` is run by spreadsheet programs as a formula, which may
send what stands beside it elsewhere. In a workbook text is written as text. CSV has no types, so
such a text gets an apostrophe before it, which spreadsheet programs do not show as part of it.
XlsxWriter only here.
"""

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from inspector_app.reports.tabular import Table, Value

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LONGEST = 32_767
"""The most characters of a cell of a workbook (Excel specifications and limits)."""
_LEFT_OUT = " … (cut: a cell holds no more; the CSV has all)"
_WIDEST, _NARROWEST = 60, 10


def workbook(tables: Sequence[Table], title: str, note: str, instant: datetime) -> bytes:
    """A workbook, a sheet each, heads frozen and filtered; the same tables, the same bytes.

    `note` says of what record it was made; it stands in the properties of the file.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(out, settings)
    created = instant.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "comments": note, "created": created})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
    }
    for table in tables:
        _fill(book.add_worksheet(table.name.capitalize()), table, looks)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, table: Table, looks: dict[str, Any]) -> None:
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, looks["head"])
        texts = (str(row[column]) for row in table.rows if row[column] is not None)
        longest = max((len(words) for words in texts), default=0)
        sheet.set_column(column, column, min(max(longest, len(head), _NARROWEST) + 2, _WIDEST))
    for place, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _write(sheet, place, column, value, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()


def _write(sheet: Any, row: int, column: int, value: Value, looks: dict[str, Any]) -> None:
    """Each by its own type: nothing is left to the library to guess."""
    if isinstance(value, date):
        sheet.write_datetime(
            row, column, datetime(value.year, value.month, value.day), looks["day"]
        )
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["text"])
    elif value:
        sheet.write_string(row, column, _fitting(_printable(value)), looks["text"])


def _fitting(words: str) -> str:
    """Excel counts in UTF-16; more than it holds would make it call the file damaged."""
    if len(words.encode("utf-16-le")) // 2 <= _LONGEST:
        return words
    room = (_LONGEST - len(_LEFT_OUT)) * 2
    return words.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _LEFT_OUT


def comma_separated(table: Table) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8 with a mark of its encoding, as Excel wants it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.heads)
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    words = _printable(value)
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words


def _printable(words: str) -> str:
    """Without what no file of this kind may hold, nor the marks around withheld text."""
    return "".join(map(_shown, words))


def _shown(character: str) -> str:
    if character == "\u00a0":
        return " "
    if "\ufdd0" <= character <= "\ufdef":
        return ""
    is_none = unicodedata.category(character) in ("Cc", "Cs", "Cn") and character not in "\t\n"
    return "□" if is_none else character
