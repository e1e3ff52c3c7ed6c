"""The one door for text: what a person typed never becomes markup, and never stops an export.

A Paragraph reads its text as markup, so only `Markup` may reach it, and only this module makes
`Markup` of a string.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import SupportsIndex

from inspector_app.reports.edition import CLOSE, OPEN
from inspector_app.reports.typeface import covered

MISSING = "□"
"""Stands for a character that the typeface does not have, or that would reorder its neighbors."""

NBSP = "\u00a0"

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Default ignorable (Unicode, DerivedCoreProperties): they have no shape and leave no trace.
_WITHOUT_SHAPE = {
    0x00AD, 0x034F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10),
}  # fmt: skip
_WITHHELD = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_GROUND = "DDE2E8"
_N_OF_N = re.compile(rf"(?<![\d,.])(\d[\d,]*)[ {NBSP}]of[ {NBSP}](\d[\d,]*)(?![\d,]*\d)")
_NUMBERED = re.compile(r"\b([Pp]hoto|[Ff]rame|[Pp]age|[Ss]ection|[Ii]tem) (\d+)\b")


class Markup(str):
    """Text that a Paragraph may read as markup."""

    __slots__ = ()

    def __add__(self, other: str) -> "Markup":
        if not isinstance(other, Markup):
            raise TypeError("only text that went through the door can be joined to markup")
        return Markup(str.__add__(self, other))

    def __mul__(self, times: SupportsIndex) -> "Markup":
        return Markup(str.__mul__(self, times))


class Spanish(Markup):
    """A passage that is Spanish as a whole: it stands in a paragraph of its own, which says so."""

    __slots__ = ()


def text(typed: str) -> Markup:
    """Whatever was typed, word for word, with its line breaks; harmless in a Paragraph."""
    lines = _LINE_ENDS.split(unicodedata.normalize("NFC", typed))
    return Markup("<br/>".join(map(_marked_up, lines)))


def counted(typed: str) -> Markup:
    """As `text`, with counts such as “7 of 20” semibold and kept on one line."""
    return Markup(_N_OF_N.sub(rf"<b>\1{NBSP}of{NBSP}\2</b>", _kept(text(typed))))


def strong(inner: Markup) -> Markup:
    """Semibold."""
    return Markup(f"<b>{inner}</b>")


def join(parts: Iterable[Markup], between: str = " ") -> Markup:
    """The parts in one line of text."""
    return Markup(text(between).join(parts))


def lines(parts: Iterable[Markup]) -> Markup:
    """Each part on a line of its own."""
    return Markup("<br/>".join(parts))


def unbroken(string: str) -> str:
    """The string with no-break spaces, for dates and numbers."""
    return string.replace(" ", NBSP)


def plain(typed: str) -> str:
    """For what is not a Paragraph: a bookmark, an alternative text, the document's title."""
    if not _is_plainest(typed):
        typed = "".join(_drawn(c) for c in unicodedata.normalize("NFC", typed))
    return " ".join(typed.split())


def _is_plainest(line: str) -> bool:
    """Whether all of it is drawn as it is, which most lines are: nothing to look up."""
    return line.isascii() and line.isprintable()


def _kept(markup: Markup) -> Markup:
    return Markup(_NUMBERED.sub(rf"\1{NBSP}\2", markup))


def _marked_up(line: str) -> str:
    """A line, with what was put in the place of other text on its own ground, unbroken."""
    parts = _WITHHELD.split(line)
    for place in range(1, len(parts), 2):
        inside = f"{NBSP}{_escaped(unbroken(parts[place]))}{NBSP}"
        parts[place] = f'<font backColor="#{_GROUND}">{inside}</font>'
    return "".join(_escaped(p) if n % 2 == 0 else p for n, p in enumerate(parts))


def _escaped(line: str) -> str:
    shown = line
    if not _is_plainest(line):
        shown = "".join(map(_taken if _every.get() else _drawn, line))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_every: ContextVar[bool] = ContextVar("every", default=False)


@contextmanager
def every_character() -> Iterator[None]:
    """For a file that names its typeface and does not hold it: nearly every character stays."""
    token = _every.set(True)
    try:
        yield
    finally:
        _every.reset(token)


@cache
def _taken(character: str) -> str:
    """All but controls, what is no character, and what would reorder its neighbors."""
    if character == "\t":
        return " "
    reorders = character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    is_none = unicodedata.category(character) in ("Cc", "Cs", "Cn")
    return MISSING if reorders or is_none else character


@cache
def _drawn(character: str) -> str:
    """What is drawn for one character: itself, nothing, a space or the sign that it is missing."""
    if character == "\t":
        return " "
    if ord(character) in _WITHOUT_SHAPE or character in (OPEN, CLOSE):
        return ""
    category = unicodedata.category(character)
    if category[0] == "C" or ord(character) not in covered():
        return " " if category == "Zs" else MISSING
    return character
