"""A form as an inspector reads it: plain text, 88 columns, fit to be printed."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from inspector_app.authoring.entries import clock_in_words
from inspector_app.authoring.paper import block, heading, listed, wrapped
from inspector_app.forms import (
    Area,
    Citation,
    Document,
    Form,
    InterviewRole,
    Item,
    SampleKind,
    Section,
    TrainingRule,
    finding_types,
)
from inspector_app.paths import resource

_EVIDENCE = {"saw": "seen on site", "read": "read in records", "told": "told in an interview"}
_VERIFY = {"desk": "at the desk", "site": "on site"}
_OF = {"lea": " (agency)", "ice": " (ICE)"}
_RESULTS = {
    "met": "met",
    "not-met": "not met",
    "not-applicable": "not applicable",
    "could-not-assess": "could not be assessed",
}
_NO_TYPE = "A failure has no type yet; the inspector chooses."
_CERTAINTY = {
    "seed": "Taken from a report; nobody here has read the document itself.",
    "unverified": "Not verified: offered, never a hard rule, and no deficiency rests on it alone.",
}


def as_text(form: Form) -> str:
    """The whole form: head, documents, questions, samples, tour, interviews, what is not asked."""
    return block(
        [
            *_head(form),
            *_listed("Documents", [_document(document) for document in form.documents]),
            *_contents(form),
            *(part for section in form.sections for part in _section(form, section)),
            *_listed("Samples", [_sample(kind) for kind in form.sample_kinds], apart=True),
            *_listed("Tour", [_area(area) for area in form.areas], apart=True),
            *_interviews(form.interview_roles),
            *_not_asked(form),
        ]
    )


# -- head ------------------------------------------------------------------------------------------


def _head(form: Form) -> Iterator[str]:
    yield heading(form.title, rule="=")
    released = "released" if form.released else "not one of the forms that were released"
    facts = [
        f"Form {form.id}, {form.model}, {form.revision}; {len(form.items)} questions.",
        f"Text seen in copies signed from {_day(form.seen_from)} to {_day(form.seen_to)}.",
        *_training(form.training),
        f"SHA-256 {form.digest} ({released}).",
    ]
    yield "\n".join(wrapped(fact) for fact in facts)
    if form.recognized_by:
        phrases = [wrapped(f"“{phrase}”", indent=2) for phrase in form.recognized_by]
        yield "\n".join(["The agreement is recognized by:", *phrases])


def _training(rule: TrainingRule) -> Iterator[str]:
    """The numbers of the training clause that the form has."""
    scope = {"course": "in the whole course", "exam": "of the exam"}.get(rule.retakes_in or "", "")
    parts = [
        (rule.pass_percent, f"{rule.pass_percent} percent to pass"),
        (rule.retakes, f"retakes allowed {scope}: {rule.retakes}".replace("  ", " ")),
        (rule.refresher_months, f"refresher every {rule.refresher_months} months, by practice"),
        (rule.authorized_months, f"authorized for {rule.authorized_months} months"),
    ]
    said = [words for number, words in parts if number is not None]
    if said:
        yield f"Training: {'; '.join(said)}."


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _document(document: Document) -> str:
    number = f", {document.number}" if document.number else ""
    force = {
        (True, True): "in force from {0} to {1}",
        (True, False): "in force from {0}",
        (False, True): "in force until {1}",
        (False, False): "",
    }[document.in_force_from is not None, document.in_force_to is not None]
    days = [_day(day) if day else "" for day in (document.in_force_from, document.in_force_to)]
    held = "" if document.text_held else "text not held here: quote the copy at hand"
    facts = "; ".join(filter(None, [document.kind, force.format(*days), held]))
    return wrapped(
        f"{document.title}{number} ({facts}).", indent=2, first=f"{document.id}: ", hang=2
    )


def _contents(form: Form) -> Iterator[str]:
    """The agreement's own sections and what it says where agreements differ."""
    letters = max((len(clause.section) for clause in form.clauses), default=0) + 2
    clauses = [wrapped(c.title, indent=2, first=f"{c.section:<{letters}}") for c in form.clauses]
    yield from _listed("Sections of the agreement", clauses)
    points = []
    for point in form.points:
        where = f" ({point.section})" if point.section else ""
        clock = f" [{clock_in_words(point.clock)}]" if point.clock else ""
        points.append(wrapped(f"{point.topic}: {point.says}{where}{clock}", indent=2, hang=2))
    yield from _listed("Where agreements differ, this one says", points)


def _listed(title: str, entries: Sequence[str], *, apart: bool = False) -> Iterator[str]:
    if entries and apart:
        yield heading(title, rule="=")
        yield from entries
    elif entries:
        yield heading(title, rule="-") + "\n" + "\n".join(entries)


# -- questions -------------------------------------------------------------------------------------


def _section(form: Form, section: Section) -> Iterator[str]:
    yield heading(f"{section.title}", rule="=")
    yield from (_item(form, item) for item in section.items)


def _item(form: Form, item: Item) -> str:
    indent = len(item.id) + 2
    lines = [wrapped(item.question, first=f"{item.id}  ")]
    lines += [wrapped(line, indent=indent, first="- ") for line in item.look_at]
    lines += [wrapped(_clause(form, cited), indent=indent, hang=2) for cited in item.citations]
    lines += [wrapped(text, indent=indent, hang=2) for text in _ways(form, item)]
    return "\n".join(lines)


def _clause(form: Form, cited: Citation) -> str:
    """A clause as it is cited: the document, its section and page, and the words."""
    document = form.document(cited.document)
    name = "Agreement" if document.kind == "agreement" else document.number or document.title
    name = "" if name in cited.section else name
    words = [f"section {cited.section}" if _is_letter(cited.section) else cited.section]
    words += [f"page {cited.page}"] if cited.page else []
    quoted = f": “{cited.quotation}”" if cited.quotation else "."
    return ", ".join(filter(None, [name, *words])) + quoted


def _is_letter(section: str) -> bool:
    """Whether a section is one of those that an agreement numbers, such as IV.G."""
    return re.fullmatch(r"[IVX]+(\.\w+)*", section) is not None


def _ways(form: Form, item: Item) -> Iterator[str]:
    """How it is found out, what a failure is, who answers for it, and when it is asked at all."""
    evidence = ", ".join(_EVIDENCE[kind] for kind in item.evidence)
    yield f"Evidence: {evidence}. A correction is verified {_VERIFY[item.verify]}."
    known = finding_types()
    failures = "; ".join(f"{code} {known[code].title}" for code in item.types)
    failure = f"A failure is: {failures}." if failures else _NO_TYPE
    yield f"{failure} Its number begins with {item.topic}."
    yield f"Who answers: {', '.join(_members()[party] for party in item.parties)}."
    if item.shown_when:
        results = " or ".join(_RESULTS[result] for result in item.shown_when.result)
        yield f"Asked only when {item.shown_when.item} is {results}."
    if item.certainty in _CERTAINTY:
        yield _CERTAINTY[item.certainty]
    if item.was:
        yield f"Earlier: {', '.join(item.was)}."


@cache
def _members() -> dict[str, str]:
    """Who is meant by a party, in the words of the reports."""
    words = tomllib.loads(resource("report-texts.toml").read_text("utf-8"))
    return {str(key): str(value) for key, value in words["party-member"].items()}


# -- samples, tour, interviews ---------------------------------------------------------------------


def _sample(kind: SampleKind) -> str:
    lines = [heading(kind.title, rule="-")]
    for attribute in kind.attributes:
        source = _source(attribute.item, attribute.section)
        lines.append(
            wrapped(f"{attribute.question}{source}", first=f"[{attribute.label}] ", hang=2)
        )
    return "\n".join(lines)


def _area(area: Area) -> str:
    points = [listed(f"{point.text}{_source(point.item, '')}") for point in area.points]
    return "\n".join([heading(area.title, rule="-"), *points])


def _source(item: str | None, section: str) -> str:
    found = ", ".join(filter(None, [item, section]))
    return f" ({found})" if found else ""


def _interviews(roles: Sequence[InterviewRole]) -> Iterator[str]:
    """The topics by role, with the Spanish beside those that have it."""
    yield from _listed("Interviews", [_role(role) for role in roles], apart=True)


def _role(role: InterviewRole) -> str:
    lines = [heading(role.title + _OF.get(role.party, ""), rule="-")]
    if any(topic.spanish for topic in role.topics):
        lines.append("The Spanish is a working translation, not official.")
    return "\n".join([*lines, *(listed(t.english, t.spanish or "") for t in role.topics)])


def _not_asked(form: Form) -> Iterator[str]:
    if form.not_asked:
        reasons = [wrapped(n.reason, first=f"{n.ref}: ", hang=2) for n in form.not_asked]
        yield heading("Not asked, and why", rule="=") + "\n" + "\n".join(reasons)
