"""A block of results as tab-separated text: what Excel copies, and what it can take."""

import csv
import io
from collections.abc import Sequence

from inspector_app.errors import BadInput
from inspector_app.ui.document_grid import RESULT_WORDS

Block = list[list[str]]
"""Rows of results; the empty text takes a result away."""

_UNDERSTOOD = {
    "": "",
    "y": "yes",
    "yes": "yes",
    "✓": "yes",
    "n": "no",
    "no": "no",
    "a": "not-applicable",
    "na": "not-applicable",
    "n/a": "not-applicable",
    "n.a.": "not-applicable",
    "not applicable": "not-applicable",
    "u": "unclear",
    "unclear": "unclear",
    "?": "unclear",
}
_WORDS = {**RESULT_WORDS, "not-applicable": "n/a", "no": "no", "": "", "disputed": ""}
_TOLD = 12
_NOTHING = "nothing was pasted."


def as_text(block: Block) -> str:
    """The block as Excel takes it: words, a tab between columns, a line for each row."""
    return "\n".join("\t".join(_WORDS[result] for result in row) for row in block)


def read_block(text: str) -> list[list[str | None]]:
    """The results that a pasted text says; None for a cell that says something else.

    BadInput when there is nothing in it, or when its rows are not equally long.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        raise BadInput("What is on the clipboard is not a block of cells; " + _NOTHING) from None
    while rows and not any(rows[-1]):
        rows.pop()  # Excel ends its text with a line feed
    if not rows:
        raise BadInput("There is no text on the clipboard; " + _NOTHING)
    wide = max(map(len, rows))
    if any(len(row) != wide for row in rows if row):
        raise BadInput("The rows on the clipboard are not equally long; " + _NOTHING)
    return [[_result(cell) for cell in row] or [""] * wide for row in rows]


def _result(cell: str) -> str | None:
    return _UNDERSTOOD.get(" ".join(cell.split()).casefold())


def checked(
    read: Sequence[Sequence[str | None]], files: Sequence[str], attributes: Sequence[str]
) -> Block:
    """The block for these files and attributes. BadInput names every cell that says nothing."""
    rows, columns = len(read), len(read[0])
    if rows > len(files) or columns > len(attributes):
        raise BadInput(
            f"The clipboard holds {rows} × {columns} cells, and from here on there are "
            f"{len(files)} × {len(attributes)}; {_NOTHING}"
        )
    strange = [
        f"{file}, {attribute}"
        for row, file in zip(read, files, strict=False)
        for result, attribute in zip(row, attributes, strict=False)
        if result is None
    ]
    if strange:
        more = len(strange) - _TOLD
        told = [*strange[:_TOLD], *([f"and {more} more"] if more > 0 else [])]
        words = "A cell is" if len(strange) == 1 else f"{len(strange)} cells are"
        raise BadInput(f"{words} not yes, no, n/a or unclear; {_NOTHING}", told)
    return [[result or "" for result in row] for row in read]
