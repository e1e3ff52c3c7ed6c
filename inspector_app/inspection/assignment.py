"""Whose work something is: sections of the checklist are linked to members of the team."""

from functools import partial

from inspector_app.forms import Section
from inspector_app.inspection.reading import Reading
from inspector_app.records import (
    DocumentReview,
    Finding,
    Link,
    Member,
    Observation,
    SampledFile,
)


def members_of(reading: Reading, section: str) -> list[Member]:
    """The members of the team to whom a section is given, by their letters."""
    ends = reading.ends_to(f"section:{section}")
    found = [member for end in ends if (member := reading.get(Member, end))]
    return sorted(found, key=lambda member: (member.place, member.id))


def sections_of(reading: Reading, member: str) -> list[Section]:
    """The sections that are given to a member, in the order of the form."""
    ends = set(reading.ends_from(member))
    return [section for section in reading.form.sections if f"section:{section.id}" in ends]


def owners(reading: Reading, section: str) -> str:
    """The letters of those who have a section: `A`, `A, B`; empty where nobody has it."""
    return ", ".join(member.place or "?" for member in members_of(reading, section))


def section_of(reading: Reading, record: str) -> str:
    """The section that a record belongs to by its item; empty where it belongs to none."""
    try:
        return reading.form.section_of(_item(reading, record)).id
    except KeyError:
        return ""


def _item(reading: Reading, record: str) -> str:
    kind, _, name = record.partition(":")
    if kind == "answer":
        return name
    if kind == SampledFile.kind and (file := reading.get(SampledFile, record)):
        return _item(reading, file.review)
    if kind == Link.kind and (link := reading.get(Link, record)):
        return _item(reading, link.from_)
    for cls in (Observation, Finding, DocumentReview):
        found = reading.get(cls, record) if kind == cls.kind else None
        if isinstance(found, Observation | Finding | DocumentReview):
            return found.item
    ends = [*reading.ends_to(record), *reading.ends_from(record)]
    return next(filter(None, map(partial(_item, reading), _answers(ends))), "")


def _answers(ends: list[str]) -> list[str]:
    return [end for end in ends if end.startswith("answer:")]


def people_of(reading: Reading, record: str) -> list[str]:
    """Whose work a record is, as records of members: of those who have its section, else of
    whoever wrote in it last; of nobody while neither is so."""
    if record.startswith(f"{Member.kind}:"):
        return [record]
    given = members_of(reading, section_of(reading, record))
    if given:
        return [member.id for member in given]
    changes = {c for f in reading.log.field_names(record) for c in reading.log.current(record, f)}
    written = [reading.log.changes[change] for change in changes]
    last = max(written, key=lambda change: (change.instant, change.id), default=None)
    member = f"{Member.kind}:{last.author}" if last else ""
    return [member] if member and reading.get(Member, member) else []
