"""Collecting every fault of a form file, each with its line."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from inspector_app.errors import BadInput
from inspector_app.forms.lines import Place, lines_of

_TOLD = 1_000
"""At most so many faults are told."""

_COMPARED = 500
_GUESSES = 100
"""At most so many words are guessed, out of so many: a hostile file must not buy hours of it."""


class Faults:
    """All faults of one file, and where they stand."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._found: list[tuple[Place, str]] = []
        self._guessed = 0

    def add(self, path: Place, sentence: str, word: str = "", known: Iterable[str] = ()) -> None:
        """Note what is wrong at `path`; where a `word` was to be one of `known`, with a guess."""
        self._guessed += bool(word)
        guess = did_you_mean(word, known) if word and self._guessed <= _GUESSES else ""
        self._found.append((path, sentence + guess))

    def raise_any(self) -> None:
        """BadInput with every fault, in the order of the file."""
        if not self._found:
            return
        lines = lines_of(self._text)
        placed = sorted((_nearest(lines, path), sentence) for path, sentence in self._found)
        if len(placed) > _TOLD:
            placed[_TOLD:] = [(placed[_TOLD][0], "There are more faults from here on.")]
        raise broken(self._name, [f"{self._name}:{line}: {sentence}" for line, sentence in placed])


def broken(name: str, details: list[str]) -> BadInput:
    """The error for a form file with these faults."""
    count = "1 fault" if len(details) == 1 else f"{len(details)} faults"
    return BadInput(f"The form {name} has {count}; it cannot be used until mended.", details)


def quoted(word: str) -> str:
    """A word of the file as a sentence shows it: short, and on one line."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in word[:41])
    return f"“{printable[:40]}{'…' if len(printable) > 40 else ''}”"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean “…”?` where something is close, else nothing."""
    near = get_close_matches(word[:60], islice(known, _COMPARED), n=1, cutoff=0.6)
    return f" Did you mean {quoted(near[0])}?" if near else ""


def _nearest(lines: dict[Place, int], path: Place) -> int:
    """The line of the path, or of what holds it: a missing key is told at its table."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
