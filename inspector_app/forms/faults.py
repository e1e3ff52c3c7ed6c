"""Collecting every fault of a form file, each with its line."""

import re
from difflib import get_close_matches

from inspector_app.errors import BadInput

Place = tuple[tuple[str, int], ...]
"""Which table: `(("section", 2), ("item", 3))` is the third item of the second section."""

_TABLE = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_]+)\s*=")


class Faults:
    """All faults of one file. TOML's own reader gives no lines, so a small scan finds them."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = _lines(text)
        self._found: list[tuple[int, str]] = []

    def add(self, place: Place, key: str, sentence: str) -> None:
        """Note a fault of one key, or of a whole table where the key is not there."""
        line = self._lines.get((place, key)) or self._lines.get((place, "")) or 1
        self._found.append((line, f"{self._name}:{line}: {sentence}"))

    def sentences(self) -> list[str]:
        """The faults without file and line."""
        return [sentence.split(": ", 1)[1] for _, sentence in self._found]

    def raise_any(self) -> None:
        """BadInput with every fault, in the order of the file."""
        if self._found:
            count = len(self._found)
            raise BadInput(
                f"The form {self._name} has {count} fault{'s' if count > 1 else ''}; it cannot be "
                "used until they are mended.",
                [sentence for _, sentence in sorted(self._found)],
            )


def did_you_mean(word: str, known: "list[str]") -> str:
    """` Did you mean “…”?` where something is close, else nothing."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""


def _lines(text: str) -> dict[tuple[Place, str], int]:
    """The line of each table head (key "") and of each key in it."""
    lines: dict[tuple[Place, str], int] = {}
    place: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            place = _entered(place, head[1].split("."), lines)
            lines.setdefault((place, ""), number)
        elif key := _KEY.match(line):
            lines.setdefault((place, key[1]), number)
    return lines


def _entered(place: Place, names: list[str], lines: dict[tuple[Place, str], int]) -> Place:
    """The place of a table head: one further than the last of its name in the same parent."""
    parent: Place = place[: len(names) - 1]
    if tuple(n for n, _ in parent) != tuple(names[:-1]):
        parent = tuple((name, 0) for name in names[:-1])
    at = 0
    while ((*parent, (names[-1], at)), "") in lines:
        at += 1
    return (*parent, (names[-1], at))
