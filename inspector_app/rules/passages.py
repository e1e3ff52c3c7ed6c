"""Passages that a person marks in any text as exempt from release: `{b7E: words}`.

The code is that of the exemption in 5 U.S.C. 552(b); `{b(7)(E): words}` reads the same. A live
number, which has braces too, may stand in a passage.
"""

import re
from collections.abc import Callable

_MARKED = re.compile(
    r"\{\s*b\s*\(?(\d)\)?\s*(?:\(?([A-F])\)?)?\s*[:=]\s*((?:[^{}]|\{[^{}]*\})*)\}", re.IGNORECASE
)


def filled(text: str, of: Callable[[str, str], str]) -> str:
    """The text with `of(code, words)` in the place of each marked passage."""
    return _MARKED.sub(lambda found: of(_code(found), found[3].strip()), text)


def opened(text: str) -> str:
    """The text as if nothing were marked in it."""
    return filled(text, lambda _, words: words)


def unmarked(text: str) -> str:
    """The text without what is marked in it."""
    return filled(text, lambda *_: "")


def _code(found: re.Match[str]) -> str:
    """`b7E`, however it was typed."""
    return f"b{found[1]}{(found[2] or '').upper()}"
