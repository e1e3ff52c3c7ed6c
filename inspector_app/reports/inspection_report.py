"""The inspection report, and the oversight review: the same parts under another issuer.

Which parts, in which order and under which titles is data (resources/report-texts.toml).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from inspector_app.records import Finding
from inspector_app.reports import (
    annexes,
    change_list,
    closing,
    findings,
    focus_review,
    method,
    opening,
    summary,
)
from inspector_app.reports.page import Places, Story
from inspector_app.reports.subject import Subject
from inspector_app.reports.telling import Telling, running_of
from inspector_app.reports.texts import entry

PARTS: Mapping[str, Callable[[Subject], Story]] = {
    "cover": opening.cover,
    "head": opening.review_head,
    "contents": opening.contents,
    "summary": summary.summary,
    "work-done": summary.work_done,
    "checklist-chart": summary.checklist_chart,
    "findings-table": summary.review_findings,
    "follows": summary.follows,
    "focus-head": opening.focus_head,
    "focus-results": focus_review.results,
    "then-and-now": focus_review.then_and_now,
    "focus-follows": focus_review.follows,
    "method": method.method,
    "agency": method.agency,
    "deficiencies": findings.deficiencies,
    "concerns": findings.concerns,
    "practices": findings.practices,
    "unclassed": findings.unclassed,
    "signatures": closing.signatures,
    "samples": closing.samples,
    "not-met": annexes.items_not_met,
    "checklist": annexes.checklist,
    "people": annexes.people,
    "documents": annexes.documents,
    "tour": annexes.tour,
    "set-aside": annexes.set_aside,
    "change-list": change_list.change_list,
    "open-problems": annexes.open_problems,
    "record": annexes.record,
}
"""Every part that a report may name in its list."""


def telling(subject: Subject) -> Telling:
    """The report of an inspection: the same records, the same story.

    With any problem open, or without a signature, it is a draft.
    """
    spec, line = subject.spec, subject.version_line

    def story(places: Places) -> Story:
        subject.places = places
        return [part for name in spec.parts for part in PARTS[name](subject)]

    running = running_of(
        subject,
        title=spec.title,
        head=spec.running,
        version=line[:1].upper() + line[1:],
        edge=() if subject.is_final else tuple(entry("marking", "draft")),
        cover=spec.cover,
    )
    rows = frozenset(r for r in subject.amended if not r.startswith(f"{Finding.kind}:"))
    return Telling(replace(running, amended=rows), story)
