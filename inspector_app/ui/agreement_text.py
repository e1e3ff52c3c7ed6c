"""The text of an agreement's pages: where a cited sentence stands, and what a selection says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from inspector_app.agreement import PageText
from inspector_app.auditing.dividing import body_lines
from inspector_app.auditing.letters import best_passage, reduced

Span = tuple[int, int]
"""From the first sign of a page's text up to, and not with, the last."""

Area = tuple[int, int, int, int]
"""Left, top, right and bottom in ten-thousandths of the page's width and height."""

_LEAST = 20
"""Letters of a sentence that can be found: fewer stand anywhere."""

_MANY = 60
"""Of so many pages what runs at head and foot is not compared: it would take seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sentence stands: its spans by page; empty where it was not found."""

    spans: dict[int, Span]

    @property
    def page(self) -> int | None:
        """The page on which it begins, counted from 1."""
        return min(self.spans, default=None)


def find(sentence: str, pages: Sequence[str], cited: int | None) -> Found:
    """Look on the cited page first, then in the whole agreement, as a scan may have misread it.

    A sentence that goes over to the next page stands before and after what runs at the foot.
    """
    wanted, texts = reduced(sentence), list(enumerate(pages, 1))
    if len(wanted) < _LEAST:
        return Found({})
    on_cited = _found(wanted, [(number, text) for number, text in texts if number == cited])
    found = on_cited if on_cited.spans else _found(wanted, texts)
    if found.spans or len(pages) > _MANY:
        return found
    return _found(wanted, texts, frozenset(body_lines(pages)))


def _found(
    wanted: str, pages: Sequence[tuple[int, str]], lines: frozenset[str] | None = None
) -> Found:
    """Where the letters stand in these numbered pages, or in some lines of them only."""
    letters = [(page, at, sign) for page, text in pages for at, sign in _letters(text, lines)]
    passage = best_passage(wanted, "".join(sign for _, _, sign in letters))
    if not passage.same:
        return Found({})
    spans: dict[int, Span] = {}
    for page, at, _ in letters[passage.start : passage.end]:
        first, _ = spans.get(page, (at, at))
        spans[page] = (first, at + 1)
    texts = dict(pages)
    return Found({page: _with_mark(texts[page], span) for page, span in spans.items()})


def _letters(text: str, lines: frozenset[str] | None) -> Iterator[tuple[int, str]]:
    """Each letter and digit as `reduced` makes it, with its place in the text."""
    start = 0
    for line in text.split("\n"):
        if lines is None or line in lines:
            yield from ((start + at, x) for at, sign in enumerate(line) for x in reduced(sign))
        start += len(line) + 1


def _with_mark(text: str, span: Span) -> Span:
    """The span with the full stop or bracket that ends it."""
    end = span[1]
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return span[0], end


def plain(text: str) -> str:
    """Selected lines as one line. A hyphen at a line's end stays: it may belong to the word."""
    return " ".join(text.replace("-\n", "-").split())


class PageLayout:
    """A page's signs with their boxes, for marks and for the pointer."""

    def __init__(self, page: PageText) -> None:
        self.text = page.text
        self._boxes = page.boxes

    @cached_property
    def _lines(self) -> list[Span]:
        lines, start = [], 0
        for line in self.text.split("\n"):
            lines.append((start, start + len(line)))
            start += len(line) + 1
        return [span for span in lines if self._union(span) is not None]

    def areas(self, span: Span) -> list[Area]:
        """What to mark for a span: an area for each line of it."""
        parts = ((max(a, span[0]), min(b, span[1])) for a, b in self._lines)
        return [area for part in parts if (area := self._union(part)) is not None]

    def sign_at(self, across: float, down: float) -> int | None:
        """The sign nearest to a point, of the nearest line; None where there is no text."""

        def beside(line: Span) -> float:
            area = self._union(line)
            return _off(down, area[1], area[3]) if area else 0.0

        if not self._lines:
            return None
        line = min(self._lines, key=beside)
        signs = [at for at in range(*line) if _has_room(self._boxes[at])]
        return min(signs, key=lambda at: _off(across, self._boxes[at][0], self._boxes[at][2]))

    def words(self, one: int, other: int) -> Span:
        """From the word of one sign to the word of the other, whole."""
        start, end = min(one, other), max(one, other) + 1
        while start > 0 and not self.text[start - 1].isspace():
            start -= 1
        while end < len(self.text) and not self.text[end].isspace():
            end += 1
        return start, end

    def _union(self, span: Span) -> Area | None:
        boxes = [box for box in self._boxes[slice(*span)] if _has_room(box)]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)


def _has_room(box: Area) -> bool:
    return box[2] > box[0] and box[3] > box[1]


def _off(at: float, low: int, high: int) -> float:
    """How far a point is off a range, 0 inside it."""
    return max(low - at, at - high, 0.0)
