"""What a cell of the published list says: a state, a model, a day, a link.

Every spelling here has stood in a copy of the list, or is one that a spreadsheet makes of it.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from inspector_app.agencies.rows import collapsed

# Excel's own words for a cell that failed, and what people type where nothing applies.
_FAILED = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!"}
_NOTHING = _FAILED | {"", "0", "-", "–", "#NA", "N/A", "NA", "NO", "NONE", "NOT APPLICABLE"}
_FOOTNOTE_MARKS = "*†‡¹²³ "

# Every way the list has written a model since 2006, letters and digits only; one cell may name two.
_MODELS = re.compile(
    "(?P<JEM>JAIL(?:ENFORCEMENT)?(?:MODEL|PROGRAM|OFFICERS?)*|JEM|JEO)"
    "|(?P<TFM>TASKFORCE(?:MODEL|PROGRAM|OFFICERS?)*|TFM|TFO)"
    "|(?P<WSO>WARRANTSERVICES?(?:MODEL|PROGRAM|OFFICERS?|OFFICE)*|WSO)"
    "|287G|AND"
)
_USUAL_MODELS = {
    "JAILENFORCEMENTMODEL": "JEM",
    "JAILENFORCEMENT": "JEM",
    "TASKFORCEMODEL": "TFM",
    "TASKFORCEOFFICER": "TFM",
    "WARRANTSERVICEOFFICER": "WSO",
    "WARRANTSERVICEOFFICERMODEL": "WSO",
}
_MISPRINT = 0.88  # how alike letters must be to count as a misprint of a model

_TIME = re.compile(r"[ T]\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?[AP]M)?$", re.IGNORECASE)
# Each way to write a day; the groups are year, month and day. 05/082025 has been printed.
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<month>\d{1,2})\W+(?P<day>\d{1,2})(?:\W+(?=\d\d$|\d{4}$)|(?=\d{4}$))(?P<year>\d+)",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})[- ](?P<month>[a-z]{3,9})\.?[- ](?P<year>\d{4}|\d\d)",
    )
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_SERIALS = range(30_000, 60_000)  # days of 1982 to 2064


def text_of(value: Any) -> str:
    """The text of a cell: one kind of space, no footnote mark at its ends."""
    return "" if value is None else collapsed(str(value)).strip(_FOOTNOTE_MARKS)


def has_failed(text: str) -> bool:
    """Whether the cell holds an Excel error, or a formula that was never computed."""
    return text in _FAILED or text.startswith("=")


def unless_nothing(text: str) -> str:
    """The text, or "" where it only says that nothing applies."""
    return "" if text.upper() in _NOTHING or has_failed(text) else text


def models_in(text: str) -> list[str]:
    """The models that a cell names, in its order; none when it has a word that is no model."""
    letters = re.sub("[^A-Z0-9]", "", text.upper())
    found: dict[str, None] = {}
    at = 0
    while word := _MODELS.match(letters, at):
        at = word.end()
        if word.lastgroup:
            found[word.lastgroup] = None
    return list(found) if at == len(letters) else []


def misprinted_model(text: str) -> str | None:
    """The model whose name this is but for a letter or two."""
    letters = re.sub("[^A-Z0-9]", "", text.upper())
    names = [name for name in _USUAL_MODELS if abs(len(name) - len(letters)) <= 1]
    near = {_USUAL_MODELS[name] for name in get_close_matches(letters, names, 3, _MISPRINT)}
    return near.pop() if len(near) == 1 and not re.search("[0-9]", letters) else None


# -- days ------------------------------------------------------------------------------------------


def day_of(value: Any, epoch: datetime) -> date | None:
    """A day from a date, from text as written in the United States, or from Excel's count of days.

    None when it is no day: which of two numbers is the month is never guessed.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _day_of_serial(float(text), epoch)
    return _day_of_text(_TIME.sub("", text))


def _day_of_serial(serial: float, epoch: datetime) -> date | None:
    from openpyxl.utils.datetime import from_excel

    if int(serial) not in _SERIALS:
        return None
    day: datetime = from_excel(serial, epoch)
    return day.date()


def _day_of_text(text: str) -> date | None:
    found = next((found for form in _DAYS if (found := form.fullmatch(text))), None)
    if found is None:
        return None
    year, month = int(found["year"]), found["month"].casefold()
    named = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(month)]
    try:
        number = int(month) if month.isdigit() else named[0]
        return date(year if year > 99 else 2000 + year, number, int(found["day"]))
    except (ValueError, IndexError):
        return None


# -- links -----------------------------------------------------------------------------------------


def addresses_in(text: str) -> list[str]:
    """The addresses that a cell spells out. One that was published has a space in it."""
    parts = re.split(r"(?=https?://)", text)
    found = [part.strip(" |,;") for part in parts]
    return [part for part in found if part.lower().startswith("http") or "://" in part]


def moa_state(text: str, address: str) -> str | None:
    """`link`, `pending` or "" for an empty cell; None when it says something else."""
    said = text.casefold()
    if address or (said.startswith("link") and "pending" not in said):
        return "link"
    if "pending" in said:
        return "pending"
    return None if unless_nothing(text) else ""


def speaks_of_addendum(texts: Sequence[str]) -> bool:
    """Whether a name or a link cell has `addendum` or `amendment` in it, as older copies do."""
    return any(re.search(r"\b(addendum|amendment)\b", text.casefold()) for text in texts)
