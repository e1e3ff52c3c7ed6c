"""Dividing an agreement's text into its sections, by the headings that a form says it has.

The headings are looked for in their order, so that a damaged one ("RESPONSmILITIES", "B." for "H.")
is found and a stray line that looks like one is not. A heading that is missing or beyond reading
leaves its section inside the one before: what is cited there is looked for there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.auditing.letters import reduced
from inspector_app.forms import Clause

Pages = Sequence[str]

_LIKE = 0.75  # how like its heading a line must be
_EDGE = 3  # running lines stand among the first and the last lines of a page
_RUNNING = 0.8
_HEADING = re.compile(r"\s*(?:[IVXLD1l]{1,6}|[A-I])\s?[.,]\s+([A-Z][A-Za-z,&/ ]{7,70})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A clause and the line that heads it."""

    clause: Clause
    line: int


@dataclass(frozen=True, slots=True)
class Division:
    """An agreement's lines without page feet, reduced, and where each section of it begins."""

    lines: tuple[str, ...]
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    strange: tuple[str, ...]
    _regions: dict[str, tuple[int, int]]

    @property
    def text(self) -> str:
        """The whole agreement, reduced."""
        return "".join(self.lines)

    def section(self, name: str) -> str:
        """One section's text, reduced; "" when the form has no such section."""
        start, end = self._regions.get(name, (0, 0))
        return "".join(self.lines[start:end])


def divided(pages: Pages, clauses: Sequence[Clause]) -> Division:
    """The sections of an agreement whose pages are given as text."""
    printed = body_lines(pages)
    lines = tuple(reduced(line) for line in printed)
    headings = _headings(printed, clauses)
    found = {heading.clause.section: heading.line for heading in headings}
    missing = tuple(clause.section for clause in clauses if clause.section not in found)
    regions = _regions(clauses, found, len(lines))
    return Division(lines, headings, missing, _strange(printed, clauses), regions)


def body_lines(pages: Pages) -> list[str]:
    """The lines of all pages without running heads, feet and page numbers."""
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    edges = [[_plain(line) for line in (*page[:_EDGE], *page[-_EDGE:])] for page in split]
    body: list[str] = []
    for at, page in enumerate(split):
        others = [line for other, edge in enumerate(edges) if other != at for line in edge]
        last = len(page) - _EDGE
        for number, line in enumerate(page):
            if _EDGE <= number < last or not _runs(_plain(line), others, len(pages)):
                body.append(line)
    return body


def _plain(line: str) -> str:
    return re.sub(r"[\d\W_]+", "", line).lower()


def _runs(line: str, others: Sequence[str], pages: int) -> bool:
    """Whether a line at a page's edge stands at the edge of at least a third of the others."""
    from rapidfuzz import fuzz

    if len(line) < 4:
        return True
    alike = sum(bool(fuzz.ratio(line, other, score_cutoff=100 * _RUNNING)) for other in others)
    return alike >= max(2, pages // 3)


def _headings(lines: Sequence[str], clauses: Sequence[Clause]) -> tuple[Heading, ...]:
    """The best way to find the clauses' headings in their order: the highest sum of likenesses."""
    best: list[tuple[float, tuple[Heading, ...]]] = [(0.0, ())] * (len(clauses) + 1)
    for number, line in enumerate(lines):
        likeness = [_likeness(line, clause) for clause in clauses]
        for at in range(len(clauses), 0, -1):
            if likeness[at - 1] >= _LIKE:
                score, chain = max(best[:at], key=lambda one: one[0])
                if score + likeness[at - 1] > best[at][0]:
                    found = Heading(clauses[at - 1], number)
                    best[at] = (score + likeness[at - 1], (*chain, found))
    return max(best, key=lambda one: one[0])[1]


def _likeness(line: str, clause: Clause) -> float:
    """How like a line is to a clause's heading: with and without its number, at its beginning."""
    from rapidfuzz import fuzz

    appendix = clause.section.startswith("Appendix")
    number, title = reduced(clause.section.rsplit(".", 1)[-1]), reduced(clause.title)
    words, wanted = reduced(line), number if appendix else number + title
    if abs(len(words) - len(wanted)) > 6 and not _capital(line, len(wanted)):
        return 0.0
    begun = words[: len(wanted) + 2]
    whole = fuzz.ratio(begun, wanted) / 100
    return whole if appendix else max(whole, _titled(begun, title))


def _titled(words: str, title: str) -> float:
    """The likeness to the title alone, when its number was read as something else."""
    from rapidfuzz import fuzz

    return max(fuzz.ratio(words[skip : skip + len(title)], title) / 100 for skip in range(5)) - 0.05


def _capital(line: str, length: int) -> bool:
    """Whether a line begins in capitals, as a heading does whose text goes on behind it."""
    letters = [sign for sign in line if sign.isalpha()][:length]
    return bool(letters) and sum(sign.isupper() for sign in letters) >= 0.8 * len(letters)


def _regions(
    clauses: Sequence[Clause], found: dict[str, int], end: int
) -> dict[str, tuple[int, int]]:
    """From each section's heading, or the nearest one before it, to the next heading."""
    regions: dict[str, tuple[int, int]] = {}
    start = 0
    for at, clause in enumerate(clauses):
        start = found.get(clause.section, start)
        later = [found[c.section] for c in clauses[at + 1 :] if c.section in found]
        regions[clause.section] = (start, later[0] if later else end)
    return regions


def _strange(lines: Sequence[str], clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Headings in capitals that the form does not list."""
    from rapidfuzz import fuzz

    titles = [reduced(clause.title) for clause in clauses]
    strange = []
    for line in lines:
        found = _HEADING.fullmatch(line.rstrip())
        if found and _capital(found[1], 60) and len(found[1].split()) <= 9:
            words = reduced(found[1])
            if all(fuzz.partial_ratio(words, title) < 100 * _LIKE for title in titles):
                strange.append(" ".join(line.split()))
    return tuple(strange)
