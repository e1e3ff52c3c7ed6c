"""Finding a quotation in a text that a machine read from a scan.

Both are reduced to letters and digits, because scans lose spaces, hyphens and capitals. A passage
bears a quotation out when at least nine of ten of its letters stand there in order.
"""

import re
from dataclasses import dataclass

SAME = 0.9
_ODD = re.compile(r"[^a-z0-9]")
_SLACK = 0.06  # a passage may be a little longer than its quotation: stray marks, a page number


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quotation stands best: its share of letters in order, and the place in the text."""

    share: float
    start: int
    end: int

    @property
    def same(self) -> bool:
        return self.share >= SAME


def reduced(text: str) -> str:
    """Letters and digits alone, small."""
    return _ODD.sub("", text.lower())


def best_passage(quotation: str, text: str) -> Passage:
    """The passage of a reduced text that is most like a reduced quotation."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    at = text.find(quotation)
    if at >= 0 or not quotation:
        return Passage(1.0, max(at, 0), max(at, 0) + len(quotation))
    if len(text) <= len(quotation):
        return Passage(LCSseq.similarity(quotation, text) / len(quotation), 0, len(text))
    near = fuzz.partial_ratio_alignment(quotation, text)
    assert near is not None  # it is None only below a cutoff, and none is set
    slack = int(len(quotation) * _SLACK)
    start, end = max(0, near.dest_start - slack), min(len(text), near.dest_end + slack)
    share = LCSseq.similarity(quotation, text[start:end]) / len(quotation)
    return Passage(share, near.dest_start, near.dest_end)


def times(quotation: str, text: str, most: int = 2) -> int:
    """How often a reduced text bears a reduced quotation out, counted up to `most`."""
    found = 0
    while found < most:
        passage = best_passage(quotation, text)
        if not passage.same:
            break
        found += 1
        text = text[: passage.start] + text[passage.end :]
    return found
