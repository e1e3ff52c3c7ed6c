"""The inspection report, and the oversight review: the same parts under another issuer.

Which parts, in which order and under which titles is data (resources/report-texts.toml).
"""

from collections.abc import Callable, Mapping, Sequence

from inspector_app.checks import Problem
from inspector_app.inspection import Inspection
from inspector_app.reports import annexes, closing, findings, method, opening, summary
from inspector_app.reports.page import Places, Running, Story, render
from inspector_app.reports.subject import PhotoSource, Subject
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
    "open-problems": annexes.open_problems,
    "record": annexes.record,
}
"""Every part that a report may name in its list."""


def build(
    inspection: Inspection,
    problems: Sequence[Problem],
    photo: PhotoSource,
    edition: str = "internal",
    on_page: Callable[[int], None] | None = None,
) -> bytes:
    """The report of an inspection as a PDF: the same records, the same bytes.

    `problems` are what `checks` found: with any open, or without a signature, the report is a
    draft. `photo` gives the upright copy of a photo, None where its bytes are not here. `on_page`
    hears each page as it is laid out; what it raises ends the work.
    """
    subject = Subject(inspection, problems, photo, edition)

    def story(places: Places) -> Story:
        subject.places = places
        return [part for name in subject.spec.parts for part in PARTS[name](subject)]

    return render(_running(subject), story, on_page)


def _running(subject: Subject) -> Running:
    spec, edition = subject.spec, entry("edition", subject.edition)
    practice = subject.inspection.practice
    warned = not subject.inspection.form_released
    return Running(
        title=f"{spec.title}: {subject.agency}, {subject.number}",
        issuer=spec.author,
        agency=subject.agency,
        head=f"{spec.running} {subject.number}",
        version=subject.version_line[:1].upper() + subject.version_line[1:],
        foot=f"{edition['name']}  ·  data digest {_short(subject.digest)}",
        warning=entry("marking", "not-ours") if warned else "",
        marking=entry("marking", "practice") if practice else edition["banner"],
        boxed=practice,
        edge=() if subject.is_final else tuple(entry("marking", "draft")),
        instant=subject.instant,
        has_cover=spec.cover,
    )


def _short(digest: str) -> str:
    """Twelve hex digits in groups of four."""
    return f"{digest[:4]} {digest[4:8]} {digest[8:12]}"
