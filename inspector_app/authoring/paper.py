"""Plain text for a terminal or a printer: wrapped at 88 columns, no color codes."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

WIDTH = 88
_GAP = "   "


def wrapped(text: str, *, indent: int = 0, first: str = "", hang: int = 0) -> str:
    """Lines of at most 88 columns; `first` leads the first one, the others hang under it."""
    lead = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead + first,
        subsequent_indent=lead + " " * (hang or len(first)),
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str, *, rule: str = "") -> str:
    """A heading, underlined where a rule is given."""
    shown = wrapped(text)
    width = max(map(len, shown.split("\n")))
    return f"{shown}\n{rule * width}" if rule else shown


def listed(text: str, beside: str = "") -> str:
    """A line with a dash; with a text beside it both are wrapped, each in its half of the page."""
    if not beside:
        return wrapped(text, first="- ")
    half = (WIDTH - len(_GAP)) // 2
    left = textwrap.wrap(text, half, initial_indent="- ", subsequent_indent="  ")
    pairs = zip_longest(left, textwrap.wrap(beside, half), fillvalue="")
    return "\n".join(f"{one:<{half}}{_GAP}{other}".rstrip() for one, other in pairs)


def block(parts: Sequence[str]) -> str:
    """Paragraphs with an empty line between them."""
    return "\n\n".join(part for part in parts if part)
