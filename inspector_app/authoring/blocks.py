"""A form's text in blocks: one for each table with a head of its own, each with its remarks.

Blocks move, come and go as they stand; what is inside one is changed by `changing`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.forms.lines import Place, lines_of
from inspector_app.forms.shapes import FORM, Kind

_REMARK_OR_TEXT = re.compile(
    r"""
      (?P<text>"{3}(?:\\.|[^\\])*?"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
    | (?P<remark>\#[^\n]*)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Block:
    """The lines of one table; `place` is `()` for the keys before the first head.

    `gap` is the run of line ends after the last line that says something.
    """

    place: Place
    text: str
    gap: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that lead to it."""
        return tuple(step for step in self.place if isinstance(step, str))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a form's text, in its order; joined again they are the text."""
    lines = text.split("\n")
    heads = _heads(text, lines)
    starts = [0, *_starts(lines, text, [line for line, _ in heads])]
    ends = [*starts[1:], len(lines)]
    places: list[Place] = [(), *(place for _, place in heads)]
    found: list[Block] = []
    for place, start, end in zip(places, starts, ends, strict=True):
        own = "\n".join(lines[start:end]) + ("\n" if end < len(lines) else "")
        core = own.rstrip("\n")
        found.append(Block(place, core, own[len(core) :]))
    return found


def is_row(place: Place) -> bool:
    """Whether a table is a row of a sheet, or the form's one table of its kind."""
    if len(place) == 1:
        return FORM[str(place[0])].kind is Kind.TABLE
    return len(place) in (2, 4) and isinstance(place[-1], int)


def _heads(text: str, lines: list[str]) -> list[tuple[int, Place]]:
    """The lines, from 0, on which tables begin that are rows, with their places."""
    found = [
        (line - 1, place)
        for place, line in lines_of(text).items()
        if place and is_row(place) and lines[line - 1].lstrip().startswith("[")
    ]
    return sorted(found)


def _starts(lines: list[str], text: str, heads: list[int]) -> Iterator[int]:
    """For each head the first line of the remarks that lead up to it.

    Remarks directly under the keys of the table before are that table's, where an empty line
    follows them.
    """
    remarks = _remark_lines(text)
    for head in heads:
        first = head
        while first and (first - 1 in remarks or not lines[first - 1].strip()):
            first -= 1
        below = range(first, head)
        empty = next((line for line in below if line not in remarks), first)
        yield next((line for line in below if line >= empty and line in remarks), head)


def _remark_lines(text: str) -> set[int]:
    """The lines, from 0, that hold a remark and nothing else."""
    found: set[int] = set()
    line, at = 0, 0
    for token in _REMARK_OR_TEXT.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        before = text[text.rfind("\n", 0, at) + 1 : at]
        if token["remark"] and not before.strip():
            found.add(line)
    return found
