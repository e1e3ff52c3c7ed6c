"""What is missing, contradictory, stale or in conflict in an inspection, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from inspector_app.inspection import Inspection, following, provenance, reviewing, samples
from inspector_app.inspection.basis import without_basis
from inspector_app.inspection.counting import dead_numbers
from inspector_app.inspection.filing import unfiled
from inspector_app.inspection.parts import BESIDE, part_title
from inspector_app.records import (
    INSPECTION_RECORDS,
    Annotation,
    DocumentReview,
    Draw,
    EarlierFinding,
    Finding,
    Interview,
    Link,
    Member,
    Observation,
    Photo,
    Record,
    Review,
    SampledFile,
    SignOff,
)
from inspector_app.rules.identifiers import is_in
from inspector_app.rules.passages import unmarked


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be. `kind` groups them on the page What is left."""

    kind: str
    sentence: str
    record: str = ""
    field: str = ""


KINDS = {
    "conflict": "In conflict",
    "forbidden": "Not allowed as it stands",
    "unanswered": "Not answered",
    "incomplete": "Not complete",
    "finding": "Findings that lack something",
    "review": "From the review",
    "personal": "May tell who somebody is",
    "unfiled": "Not filed yet",
    "stale": "Changed since",
    "stream": "Nothing recorded",
    "newer": "From a newer version",
}


def problems(inspection: Inspection) -> list[Problem]:
    """Every problem, the gravest kinds first."""
    return list(inspection.once(_found))


def _found(inspection: Inspection) -> list[Problem]:
    found = [problem for check in _CHECKS for problem in check(inspection)]
    order = list(KINDS)
    return sorted(found, key=lambda problem: order.index(problem.kind))


def of_report(found: Iterable[Problem]) -> list[Problem]:
    """Those that keep a report from being final: a dispute over ERO's plan comes after it."""
    return [problem for problem in found if problem.record.partition(":")[0] not in BESIDE]


def _conflicts(inspection: Inspection) -> Iterator[Problem]:
    for conflict in inspection.conflicts():
        yield Problem(
            "conflict",
            f"{len(conflict.alternatives)} people recorded different values; choose one.",
            conflict.record,
            conflict.fields[0],
        )


def _answers(inspection: Inspection) -> Iterator[Problem]:
    for item in inspection.shown_items():
        answer = inspection.answer(item.id)
        if answer.result is None:
            if inspection.kind == "focus-review":
                continue  # its checklist is the earlier findings
            yield Problem("unanswered", item.question, f"answer:{item.id}", "result")
        elif answer.result == "not-met" and not answer.note.strip():
            yield Problem(
                "incomplete", "Not met, but no note says what was found.", answer.id, "note"
            )
        elif answer.result == "could-not-assess" and not (answer.reason or answer.note).strip():
            yield Problem("incomplete", "Could not be assessed, but not why.", answer.id, "reason")
        if answer.result and answer.question != item.digest:
            yield Problem("stale", "The question was worded differently.", answer.id, "question")


def _together(inspection: Inspection) -> Iterator[Problem]:
    for answer in without_basis(inspection):
        told = "Met together with other items, but nothing is named that they rest on."
        yield Problem("forbidden", told, answer.id, "result")


def _independence(inspection: Inspection) -> Iterator[Problem]:
    for member in inspection.all(Member):
        if not member.independence.strip():
            told = "Ties to the agency or the field office, or that there are none, are not stated."
            yield Problem("incomplete", told, member.id, "independence")


def _findings(inspection: Inspection) -> Iterator[Problem]:
    for finding in inspection.all(Finding):
        if finding.class_ is None:
            yield Problem("finding", "The finding has no class yet.", finding.id, "class")
            continue
        for fault in inspection.class_problems(finding)[finding.class_]:
            yield Problem("forbidden", fault, finding.id, "class")
        yield from _finding_lacks(inspection, finding)


def _finding_lacks(inspection: Inspection, finding: Finding) -> Iterator[Problem]:
    counted = finding.class_ != "best-practice"
    lacks = {
        "title": not finding.title.strip() and "The finding has no title.",
        "condition": not finding.condition.strip() and "The finding does not say what was found.",
        "type": counted and not finding.type and "The finding has no type.",
        "verify": counted
        and finding.verify is None
        and "It is not said how a fix is verified: at a desk or on site.",
        "parties": counted
        and not inspection.parties(finding.id)
        and "Nobody is named as responsible for the finding.",
        "evidence": not _evidence(inspection, finding.id) and "No evidence is linked.",
    }
    for field, sentence in lacks.items():
        if sentence:
            yield Problem("finding", sentence, finding.id, field)
    for field in ("title", "condition", "effect", "cause"):
        if dead_numbers(inspection, getattr(finding, field)):
            yield Problem("finding", "A live number points at nothing.", finding.id, field)


def _earlier(inspection: Inspection) -> Iterator[Problem]:
    """A focus review says of each earlier finding: resolved, unresolved, or why not tested."""
    for one in following.untested(inspection):
        told = f"Not tested: {one.number} {one.title}".strip()
        yield Problem("unanswered", told, one.id, "result")
    for one in inspection.all(EarlierFinding):
        if one.result and not one.now.strip():
            told = f"{one.number} is {one.result}, but it is not said what was found now."
            yield Problem("incomplete", told, one.id, "now")


def _plans(inspection: Inspection) -> Iterator[Problem]:
    """What only a merge can bring: a plan for a finding that went, a day before the report."""
    for action in following.without_finding(inspection):
        told = "This corrective action is for a finding that is no longer here."
        yield Problem("unfiled", told, action.id)
    for action, field in following.too_early(inspection):
        told = "This day is before that of the report; look at it again."
        yield Problem("incomplete", told, action.id, field)


def _support(inspection: Inspection) -> Iterator[Problem]:
    """Findings whose ground moved after they were written."""
    for finding, moved in provenance.moved(inspection).items():
        if moved:
            told = "What it rests on changed after it was written; read it again."
            yield Problem("stale", told, finding, "support")


def _reviews(inspection: Inspection) -> Iterator[Problem]:
    """What a reviewer returned, and signatures that a change made unseen has ended."""
    if not inspection.all(Review) and not inspection.all(SignOff):
        return
    for part in reviewing.all_parts(inspection):
        record = part if inspection.record(part) else part.replace("item:", "answer:")
        verdicts = {review.verdict for review in reviewing.holding(inspection, part)}
        if len(verdicts) > 1:
            told = f"One reviewer accepted {part_title(inspection, part)}, another returned it."
            yield Problem("review", told, record)
        elif "returned" in verdicts:
            told = f"A reviewer returned {part_title(inspection, part)}; see the review."
            yield Problem("review", told, record)
        if not inspection.signed(part):
            unseen = [c for lapse in reviewing.lapses(inspection, part) for c in lapse.same_time]
            if unseen:
                told = f"Made at the same time as {part_title(inspection, part)} was signed:"
                told += " sign it again once you have read what came."
                yield Problem("review", told, unseen[0].edits[0].record)


def _evidence(inspection: Inspection, finding: str) -> list[str]:
    ends = inspection.ends_from(finding)
    return [end for end in ends if not end.startswith("party:") and inspection.record(end)]


def _photos(inspection: Inspection) -> Iterator[Problem]:
    for photo in inspection.all(Photo):
        if not (photo.alt.strip() or photo.decorative):
            yield Problem("incomplete", "The photo has no alternative text.", photo.id, "alt")


def _interviews(inspection: Inspection) -> Iterator[Problem]:
    for interview in inspection.all(Interview):
        if interview.refused and not interview.refused_reason.strip():
            yield Problem("incomplete", "Refused, but no reason.", interview.id, "refused_reason")
        elif not interview.refused and interview.consent is None:
            yield Problem("incomplete", "Consent is not recorded.", interview.id, "consent")


def _unfiled(inspection: Inspection) -> Iterator[Problem]:
    for loose in inspection.once(unfiled):
        if isinstance(loose, Photo):
            yield Problem("unfiled", "The photo belongs to nothing yet.", loose.id)
        else:
            yield Problem("unfiled", "The observation belongs to no item yet.", loose.id, "item")
    for file in inspection.all(SampledFile):
        if inspection.get(DocumentReview, file.review) is None:
            yield Problem("unfiled", "The file's document review was removed.", file.id, "review")
    asked = inspection.asked()
    for link in inspection.all(Link):
        ends = {link.from_, link.to} - asked
        ends = {end for end in ends if end.partition(":")[0] not in _PLAIN_ENDS}
        if not all(inspection.record(end) for end in ends):
            yield Problem("unfiled", "What this link joined was removed.", link.id)
    for mark in inspection.all(Annotation):
        if inspection.get(Photo, mark.photo) is None:
            sentence = "The photo that this mark lies on was removed."
            yield Problem("unfiled", sentence, mark.id, "photo")
    for aside in inspection.set_aside():
        if aside.id not in asked:
            yield Problem("unfiled", "The form has no such item.", aside.id)


_PLAIN_ENDS = {"party", "section"}


def _files(inspection: Inspection) -> Iterator[Problem]:
    for file in inspection.all(SampledFile):
        if not file.aside and not inspection.examined(file):
            yield Problem("incomplete", "The file is not examined to the end.", file.id, "results")


def _draws(inspection: Inspection) -> Iterator[Problem]:
    """What makes a drawn sample say less than it seems to."""
    for review in inspection.all(DocumentReview):
        draws = samples.draws_of(inspection, review.id)
        if not draws:
            continue
        if samples.list_changed(inspection, draws[-1]):
            yield Problem("stale", "The list of files is not the one drawn from.", review.id)
        for file in inspection.files_of(review.id):
            if not file.draw:
                told = "The file was added to a drawn sample and was not drawn."
                yield Problem("incomplete", told, file.id, "draw")


def _streams(inspection: Inspection) -> Iterator[Problem]:
    """GAO-21-186: an inspection has a tour, documents and interviews, or says why not.

    ERO's plan for WSO reviews names interviews and documents; there a tour is optional.
    """
    visit = inspection.visit
    streams: tuple[tuple[type[Observation | DocumentReview | Interview], str, str, str], ...] = (
        (Observation, "no_tour_reason", visit.no_tour_reason, "No tour"),
        (DocumentReview, "no_documents_reason", visit.no_documents_reason, "No document review"),
        (Interview, "no_interviews_reason", visit.no_interviews_reason, "No interview"),
    )
    for cls, field, reason, words in streams:
        optional = cls is Observation and inspection.kind == "oversight-review"
        optional |= inspection.kind == "focus-review"
        if not (inspection.all(cls) or reason.strip() or optional):
            yield Problem("stream", f"{words} is recorded, and no reason.", visit.id, field)
    for field in ("first_day", "last_day"):
        if getattr(visit, field) is None:
            yield Problem("stream", "The days on site are not recorded.", visit.id, field)
    if not inspection.form_released:
        yield Problem("stale", "The checklist is not one that this program's makers released.")


def _newer(inspection: Inspection) -> Iterator[Problem]:
    for record, field in inspection.unread_fields():
        yield Problem(
            "newer", "Written by a newer version; it is kept and handed on.", record, field
        )


_FILE_NUMBERS = {
    ("sampled-file", "file"), ("sampled-file", "replaces_file"), ("frame", "identifiers"),
}  # fmt: skip
"""Where the number of a file belongs; editions cut or withhold it there."""
_SHORT = 7
"""A text of so many characters has no room for such a number."""
_PROSE = [cls for cls in INSPECTION_RECORDS if cls is not Draw]
"""A draw's positions are numbers too, but nobody's."""


def _personal(inspection: Inspection) -> Iterator[Problem]:
    """Text that looks like an A-number or a Social Security number; marked passages are known."""
    for cls in _PROSE:
        for record in inspection.all(cls):
            for name, text in _texts(record):
                if (cls.kind, name) not in _FILE_NUMBERS and _tells(text):
                    told = "A text looks as if it held an A-number or a Social Security number."
                    yield Problem("personal", told, record.id, name)


@lru_cache(maxsize=100_000)
def _tells(text: str) -> bool:
    """Whether it looks so; each text is read once, however often `checks` is asked."""
    return is_in(text) and is_in(unmarked(text))


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record that hold a text of some length, also one for each key."""
    for name, value in record.__dict__.items():
        if isinstance(value, str):
            if len(value) > _SHORT:
                yield name, value
        elif isinstance(value, dict):
            for each in value.values():
                if isinstance(each, str) and len(each) > _SHORT:
                    yield name, each


_CHECKS = (
    _conflicts,
    _answers,
    _together,
    _independence,
    _findings,
    _earlier,
    _plans,
    _support,
    _reviews,
    _photos,
    _interviews,
    _files,
    _draws,
    _unfiled,
    _streams,
    _personal,
    _newer,
)
