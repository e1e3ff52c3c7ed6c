"""What looks like the number of a person: an A-number or a Social Security number.

Shapes only; whether it is one, a person says. Text that was laid out may break such a number over
lines or write it with other hyphens, so both are read.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

Kind = Literal["a-number", "ssn"]

_GAP = r"[\s.\-]{0,2}"
_SHAPES: dict[Kind, re.Pattern[str]] = {
    "ssn": re.compile(r"(?<![\w.-])\d{3}[\s-]{1,2}\d{2}[\s-]{1,2}\d{4}(?![\w-])", re.ASCII),
    "a-number": re.compile(
        rf"(?<![^\W_])(?:A{_GAP}\d{{2,3}}{_GAP}\d{{3}}{_GAP}\d{{3}}"
        rf"|(?<![\d.,-])\d{{3}}-\d{{3}}-\d{{3}}|(?<![\d.,-])\d{{9}})(?![^\W_])",
        re.IGNORECASE | re.ASCII,
    ),
}
"""An A-number has eight or nine digits, mostly after an A; nine digits in a row may be either."""

_EIGHT_DIGITS = re.compile(r"(?:\d\W{0,3}){7}\d")
"""Less than this is no number of a person; most texts go no further."""

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufffe", "-"))


def found(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Each that was found, with its beginning and end in the text."""
    if not _EIGHT_DIGITS.search(text):
        return
    read = _plain(text)
    taken = 0
    spans = sorted(
        (match.start(), match.end(), kind)
        for kind, shape in _SHAPES.items()
        for match in shape.finditer(read)
    )
    for start, end, kind in spans:
        if start >= taken:
            taken = end
            yield kind, start, end


def is_in(text: str) -> bool:
    """Whether there is one in the text."""
    return next(found(text), None) is not None


def replaced(text: str, by: str) -> str:
    """The text with each of them taken out and `by` in its place."""
    parts, last = [], 0
    for _, start, end in found(text):
        parts += [text[last:start], by]
        last = end
    return "".join([*parts, text[last:]])


def _plain(text: str) -> str:
    """The same length, with one hyphen and the digits of ASCII."""
    return "".join(map(_digit, text.translate(_HYPHENS)))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None) if character > "\x7f" else None
    return character if value is None else str(value)
