"""What one cell of a roster says: days, yes or no, scores, an officer's number.

Several entries in a cell are separated by semicolons or lines. What cannot be read raises an
`Unreadable` with the reason and without the cell's text.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from inspector_app.agencies.cells import day_of
from inspector_app.rules.spans import NOTHING, Said, Span

_YES = {"YES", "Y", "X", "TRUE", "DONE", "COMPLETE", "COMPLETED", "ON FILE", "✓"}
_NO = {"NO", "N", "FALSE", "NOT DONE", "NONE", "NEVER", "NOT COMPLETED", "NOT ON FILE"}
_NOT_SAID = {"", "-", "–", "—", "?", "N/A", "NA", "UNKNOWN"}
_YEARS = range(1996, 2100)  # section 287(g) is of September 1996
# Words that may stand in a label beside its number; any longer one could be a name.
_LABEL_WORDS = {
    "OFFICER",
    "OFC",
    "DIO",
    "WSO",
    "JEM",
    "TFO",
    "BADGE",
    "NO",
    "NUMBER",
    "LABEL",
    "ID",
}
_LONGEST_LABEL = 24


class Unreadable(Exception):
    """Why a cell cannot be read, in words for a person and without its text."""


def said(value: Any, epoch: datetime) -> Said:
    """Days, a bare yes or no, or nothing."""
    days: list[date] = []
    words: set[bool] = set()
    for part in _parts(value):
        word = _word(part)
        if word is not None:
            words.add(word)
        else:
            days.append(_day(part, epoch))
    if len(words) > 1 or (days and False in words):
        raise Unreadable("it says no beside something else")
    return Said(tuple(sorted(days)), words.pop() if words else None) if days or words else NOTHING


def one_day(value: Any, epoch: datetime) -> date:
    """Exactly one day."""
    found = said(value, epoch)
    if len(found.days) != 1:
        raise Unreadable("it must be one day, such as 2026-03-10")
    return found.days[0]


def scores(value: Any) -> tuple[float, ...]:
    """Percentages in the order in which they stand."""
    return tuple(_score(part) for part in _parts(value))


def spans(start: Said, end: Said) -> tuple[Span, ...]:
    """Suspensions from their first and last days, in order; the last one may still run."""
    if start.word and not start.days:
        raise Unreadable("a suspension needs the day on which it began")
    if len(end.days) > len(start.days):
        raise Unreadable("more suspensions end than begin")
    ends = [*end.days, *[None] * (len(start.days) - len(end.days))]
    found = [Span(first, last) for first, last in zip(start.days, ends, strict=True)]
    for span in found:
        if span.last is not None and span.last < span.first:
            raise Unreadable("a suspension ends before it begins")
    for one, following in pairwise(found):
        if one.last is None or following.first < one.last:
            raise Unreadable("a suspension begins before the one before it ends")
    return tuple(found)


def label(value: Any) -> str:
    """An officer's number or label, such as `12` or `B-2`, without the word Officer.

    A name is refused: it has no digit, or a word as no label has it.
    """
    text = " ".join(_text(value).split())
    if not text:
        raise Unreadable("the officer has no number")
    like_a_name = any(_could_be_a_name(word) for word in re.findall(r"[^\W\d_]+", text))
    if like_a_name or len(text) > _LONGEST_LABEL or not re.search("[0-9]", text):
        raise Unreadable("it must be a number or a label such as B-2; names are not read")
    kept = re.sub(r"\b(" + "|".join(_LABEL_WORDS) + r")\b[.:#]*", " ", text.upper())
    return " ".join(kept.split()) or text.upper()


def _could_be_a_name(word: str) -> bool:
    """Long, or written like a name: `PBSO-12` is a label, `Ana 12` is none."""
    if word.upper() in _LABEL_WORDS:
        return False
    return len(word) > 5 or (len(word) > 2 and word.istitle())


def short_text(value: Any, longest: int) -> str:
    """A text as it stands, on one line."""
    text = " ".join(_text(value).split())
    if len(text) > longest:
        raise Unreadable(f"it is longer than {longest} characters")
    return text


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _parts(value: Any) -> Iterator[Any]:
    """The entries of a cell: what Excel keeps as a day, a number or a truth is one."""
    if not isinstance(value, str):
        yield from () if value is None else (value,)
        return
    parts = (part.strip() for part in re.split(r"[;\n\r]", value))
    yield from (part for part in parts if part.upper() not in _NOT_SAID)


def _word(part: Any) -> bool | None:
    if isinstance(part, bool):
        return part
    text = part.upper().rstrip(".") if isinstance(part, str) else ""
    return True if text in _YES else False if text in _NO else None


def _day(part: Any, epoch: datetime) -> date:
    day = day_of(part, epoch)
    if day is None:
        raise Unreadable("it is no day, such as 2026-03-10 or 3/10/2026, and neither yes nor no")
    if day.year not in _YEARS:
        raise Unreadable(f"the year must be from {_YEARS[0]} to {_YEARS[-1]}")
    return day


def _score(part: Any) -> float:
    """A percentage. Excel keeps 85% as 0.85; a text says `85` or `85%`."""
    try:
        if isinstance(part, str):
            score = float(part.removesuffix("%"))
            share = False
        else:
            score = float(part)
            share = 0 < score <= 1
    except (TypeError, ValueError):
        raise Unreadable("it is no percentage, such as 85") from None
    score = round(score * 100, 2) if share else score
    if isinstance(part, bool) or not (score == 0 or 1 < score <= 100):
        raise Unreadable("it is no percentage from 0 to 100, such as 85")
    return score
