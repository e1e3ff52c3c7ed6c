"""How hard a passphrase is to guess, in plain words. A measure for a person, not a proof."""

import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

LEAST = 12
"""Characters that a passphrase must have (identity/envelope.py refuses fewer)."""

_KINDS = ("Ll", "Lu", "Nd")
_SIZES = {"Ll": 26, "Lu": 26, "Nd": 10}
_OTHER = 33
_FAIR, _STRONG = 50, 75


@dataclass(frozen=True, slots=True)
class Strength:
    """`level` is 0 (too short) to 3 (strong); `words` say it, and what would help."""

    level: int
    words: str

    @property
    def state(self) -> str:
        """The state that the bar's color stands for."""
        return ("not-met", "not-met", "caution", "met")[self.level]


def strength(text: str) -> Strength:
    """Bits by kinds of characters and by how many differ; repeats and runs count for little."""
    plain = unicodedata.normalize("NFC", text)
    missing = LEAST - len(plain)
    if missing > 0:
        return Strength(0, f"Too short: {missing} more character{'s' * (missing > 1)}")
    bits = _bits(plain)
    if bits < _FAIR:
        return Strength(1, "Weak: it repeats itself; four or five unrelated words are better")
    if bits < _STRONG:
        return Strength(2, "Fair: one more word makes it strong")
    return Strength(3, "Strong")


def _bits(text: str) -> float:
    kinds = {unicodedata.category(char) for char in text}
    alphabet = sum(_SIZES[kind] for kind in _KINDS if kind in kinds)
    alphabet += _OTHER if kinds - set(_KINDS) else 0
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    surprising = 1 + sum(step not in (-1, 0, 1) for step in steps)
    return min(surprising, 2 * len(set(text))) * math.log2(max(alphabet, 2)) * 0.75
