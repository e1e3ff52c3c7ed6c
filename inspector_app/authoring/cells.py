"""A value of a form as a cell of a spreadsheet, and back."""

import re
from datetime import date, datetime, time
from typing import Any, TypeAlias

from inspector_app.forms.shapes import Kind

CellValue: TypeAlias = str | int | date | None

MOST_CHARACTERS = 32_767
"""What a cell can hold; spreadsheet programs cut off the rest without a word."""

_FIRST_SAFE_DAY = date(1900, 3, 1)  # before it spreadsheets count a day that never was
# Characters that XML forbids or changes, and what spreadsheet programs read as an escape of such.
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
_LINE_END = re.compile("(?:\r|_x000D_)?\n")


class Unreadable(Exception):
    """Why a cell cannot be read, as a sentence that quotes nothing of it."""


def shown(value: Any, kind: Kind) -> CellValue:
    """What stands in the cell: a list one member a line, nothing for what is empty."""
    if kind is Kind.TEXTS:
        return "\n".join(value or ()) or None
    if kind is Kind.DAY and value is not None and value < _FIRST_SAFE_DAY:
        return str(value.isoformat())
    return None if value == "" else value


def fits(value: Any, kind: Kind) -> bool:
    """Whether a cell can hold the value and give back the same."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and _UNFIT.search(text) for text in texts):
        return False
    if kind is Kind.TEXTS and any("\n" in text for text in value or ()):
        return False
    cell = shown(value, kind)
    return not isinstance(cell, str) or len(cell) <= MOST_CHARACTERS


def read(content: Any, kind: Kind, *, formula: bool = False) -> Any:
    """The value of a cell; None where it is blank. Raises Unreadable."""
    if formula:
        raise Unreadable("This is a formula; write the text itself.")
    if content is None or content == "":
        return None
    text = _LINE_END.sub("\n", content) if isinstance(content, str) else None
    match kind:
        case Kind.NUMBER:
            return _number(content if text is None else text)
        case Kind.DAY:
            return _day(content if text is None else text)
    if text is None:
        raise Unreadable("This must be text; format the cell as text and type it again.")
    if kind is Kind.TEXTS:
        return [line for line in text.split("\n") if line.strip()] or None
    return text


def _number(content: Any) -> int:
    """A whole number, also where the program made a fraction or a text of it."""
    if isinstance(content, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", content):
        return int(content)
    if isinstance(content, int | float) and not isinstance(content, bool) and content % 1 == 0:
        return int(content)
    raise Unreadable(f"This must be {Kind.NUMBER.value}.")


def _day(content: Any) -> date:
    """A day, as a date of the spreadsheet or in the only spelling that cannot be misread."""
    if isinstance(content, datetime) and content.time() == time():
        return content.date()
    if isinstance(content, date) and not isinstance(content, datetime):
        return content
    if isinstance(content, str) and re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", content):
        try:
            return date.fromisoformat(content.strip())
        except ValueError:
            pass
    raise Unreadable(f"This must be {Kind.DAY.value}.")
