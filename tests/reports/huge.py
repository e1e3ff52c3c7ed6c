"""An inspection with very much of everything, for what reports do over many pages."""

from typing import Any

from inspector_app.inspection import reviewing
from tests.harness import count
from tests.reports.following import EARLIER, PLANNED
from tests.reports.inspections import (
    ANA,
    MARCUS,
    Case,
    answered,
    deficiency,
    found,
    interviewed,
    moment,
    sampled,
    small_form,
    toured,
    visited,
)

FINDINGS, FILES, POINTS = count(6, 30), count(30, 150), count(12, 80)
INTERVIEWS, LONG = count(6, 50), count(120, 1_000)
"""How much there is of each; the words of a long text."""
_WORDS = "Seen, read and told at length: {b7E: behind the desk} the poster stands on the shelf. "


def long_text(n: int) -> str:
    """Several pages in `make torture`: paragraphs, marked passages, a word that fits no line."""
    lines = [_WORDS * (LONG // 16), "w" * LONG, f"The end of text {n}."]
    return "\n".join(lines)


def huge(case: Case | None = None) -> Case:
    """Findings, samples, tour and interviews over many pages."""
    case = sampled(answered(visited(case or Case(small_form(15)))), FILES, 9_999)
    case = found(interviewed(toured(sampled(case, FILES, 4_000, "s2"), POINTS)))
    for n in range(FINDINGS):
        _finding(case, n)
    for n in range(INTERVIEWS):
        _interview(case, n)
    return case


def _finding(case: Case, n: int) -> None:
    own = f"more-{n}"
    title = f"Poster missing in area {n}" + " and in the one beside it" * (n % 9)
    more: dict[str, Any] = {"condition": long_text(n), "effect": long_text(n)} if n % 5 == 0 else {}
    deficiency(case, own, f"supervision-{1 + n % 7}", title, "D02", **more)
    of = [f"observation:t{1 + k}" for k in range(POINTS) if k % FINDINGS in (n, n - 1)]
    case.link(f"finding:{own}", *of, "interview:i1", "party:lea-management")
    if n % 3 == 0:
        _dispute(case, f"finding:{own}", long_text(n))
    if n % 2:
        case.put(f"corrective-action:{own}", **PLANNED)


def _dispute(case: Case, finding: str, words: str) -> None:
    """What ERO says against it, and OPR's answer."""
    said = reviewing.disagreeing(case.inspection, finding, words, "ero-unit", moment(20, 9))
    case._write(said, MARCUS, finding)
    told = reviewing.answering(case.inspection, finding, "It stands.", moment(21, 9))
    case._write(told, ANA, finding)


def _interview(case: Case, n: int) -> None:
    case.put(f"interview:more-{n}", MARCUS if n % 2 else ANA, role="detainee" if n % 2 else
             "officer", label=f"Person {n}", language="Spanish" if n % 2 else "English",
             interpreter="none", consent=True, held=moment(11, 9, n % 60), read_spanish=True,
             quotes={"t1": long_text(n) if n % 20 == 3 else "It was there."})  # fmt: skip


def huge_review() -> Case:
    """A focus review of many earlier findings."""
    case = visited(Case(purpose="focus-review"))
    for n in range(FINDINGS * 3):
        record = f"earlier-finding:{'ab' * 32}/f{n}"
        case.put(record, **{**EARLIER, "number": f"INT-{n}", "finding": f"finding:f{n}",
                            "title": f"Need for an interpreter not recorded ({n})"})  # fmt: skip
        result = ("resolved", "unresolved", None)[n % 3]
        case.put(record, now=long_text(n) if n % 10 == 0 else "0 of 15.")
        if result:
            case.put(record, result=result)
    return case
