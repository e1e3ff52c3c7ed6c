"""Inspections with what follows them, for tests: plans, a memo, a focus review of four findings."""

from datetime import date
from typing import Any

from tests.reports.inspections import Case, deficiency, moment, visited, whole

PLANNED: dict[str, Any] = {
    "agrees": "yes",
    "cause": "No one looked at due dates between annual reviews.",
    "action": "Three officers complete the courses; a list of due dates goes out each month.",
    "owner": "Jail administrator; field supervisor",
    "target": date(2026, 5, 15),
    "papers": "Three transcripts\nLists of May and June",
}
EARLIER: dict[str, Any] = {
    "inspection": "ab" * 32,
    "finding": "finding:f1",
    "class_": "deficiency",
    "type": "D02",
    "item": "interpreters-1",
    "section": "IV.G",
    "document": "moa",
    "condition": "7 of 20 files hold no question on the need for an interpreter.",
    "parties": "lea-officers",
    "day": date(2026, 3, 12),
}


def planned(case: Case | None = None) -> Case:
    """An inspection with a plan of each kind: accepted, done, open, late; one without."""
    case = case or whole()
    found = [f.id.partition(":")[2] for f in case.inspection.findings() if f.class_ in _COUNTED]
    more: list[dict[str, Any]] = [
        {"done": date(2026, 4, 30), "status": "accepted"},
        {"done": date(2026, 4, 29)},
        {"target": date(2027, 1, 5)},
        {"target": date(2026, 3, 12), "papers": None},
        {"agrees": "no", "reason": "The log was shown after the visit.", "action": None},
    ]
    for own, fields in zip(found, more, strict=False):
        case.put(f"corrective-action:{own}", **{**PLANNED, **fields})
    return case


_COUNTED = ("deficiency", "area-of-concern")


def closed(results: bool = True, case: Case | None = None) -> Case:
    """An inspection with its closeout memo."""
    case = case or whole()
    log = case.inspection.log
    own = [f.id.partition(":")[2] for f in case.inspection.findings() if f.class_ in _COUNTED]
    for id in own:
        done = {"done": date(2026, 5, 4), "status": "accepted"}
        case.put(f"corrective-action:{id}", **{**PLANNED, **done})
    memo = {"day": "2026-10-06", "from": "287(g) Unit, ERO headquarters", "to": "OPR; ERO Chicago"}
    if results:
        memo |= {"review": "26-FOC-3WRD", "review_day": "2026-09-01"}
        memo |= {f"results.{id}": "resolved" for id in own}
    case._write(log.setting("closeout:self", memo), "c3" * 32, "")
    return case


def reviewed(results: tuple[str | None, ...] = ("resolved", "unresolved", None, None)) -> Case:
    """A focus review of four earlier findings."""
    case = visited(Case(purpose="focus-review"))
    for n, result in enumerate(results, 1):
        fields = {
            **EARLIER,
            "number": f"INT-{n}",
            "title": f"Need for an interpreter not recorded ({n})",
            "verify": "site" if n == 2 else "desk",
            "finding": f"finding:f{n}",
        }
        record = f"earlier-finding:{'ab' * 32}/f{n}"
        case.put(record, **fields)
        if result or n == 3:
            case.put(record, result=result, now="0 of 15 later files lack it.")
    case.put("observation:o1", area="room-1", text="Poster up.", held=moment(10, 9))
    case.link(f"earlier-finding:{'ab' * 32}/f1", "observation:o1")
    return case


__all__ = ["EARLIER", "PLANNED", "closed", "deficiency", "planned", "reviewed"]
