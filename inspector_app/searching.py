"""What can be searched: which text of which record, and from how far away it may be found.

Inside an open inspection everything that a person typed is found. From outside of it only its
agency, the clauses its checklist cites and its findings are; never what somebody said, a row of a
sample or a person. Names are sealed, and a sealed value is no text. Of an agency's file only the
agency is found: its complaints are choices and days.
"""

import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspector_app import canonical
from inspector_app.inspection import Inspection
from inspector_app.inspection.agency_file import FACTS, AgencyFile
from inspector_app.log import Log
from inspector_app.records import (
    INSPECTION_RECORDS,
    Answer,
    Conference,
    DocumentReview,
    Finding,
    Frame,
    Interview,
    Link,
    Member,
    Observation,
    Photo,
    Record,
    SampledFile,
    SignOff,
    Visit,
)
from inspector_app.records.agency_file import HeldAgreement

EDITION = 4
"""Counted up when a rule here changes, so that every index is made anew."""

CLAUSE, AGENCY, AGENCY_FILE = "clause", "agency", "agency-file"
"""The kinds of text that are no record of their own."""

FOUND_FROM_OUTSIDE = (AGENCY, AGENCY_FILE, CLAUSE, Finding.kind)

_WITHOUT_TEXT = (Answer, Link, SignOff)  # an answer is found with its question
_NO_TEXT = {
    *("item", "area", "photo", "point", "review", "record", "poster", "part", "finding"),
    *("candidate", "document", "sample_kind", "media_type", "class", "type", "role", "seen"),
    *("replaces_file", "replaces", "violated", "seed", "positions", "draw", "aside", "numbers"),
}
"""Fields that hold an id or a choice, or repeat what another field says."""

_CONFERENCES = {
    "entrance": "Entrance conference",
    "exit": "Exit conference",
    "annual-meeting": "Annual meeting",
    "steering-committee": "Steering committee",
}
_SHORTEST_NAME = 3
_PUNCTUATION = string.punctuation + "“”‘’„«»…–—"
_WORDS, _WORD = 12, 64
_INSTEAD = {"Cc": " ", "Cf": ""}


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text that can be found, and the record that it leads to.

    `inside`: found in its own inspection; `outside`: found from others.
    """

    record: str
    kind: str
    title: str
    body: str
    inside: bool = True
    outside: bool = False


def stamp(log: Log) -> str:
    """What an index of this log was made from: its heads, which fields hold text, the edition."""
    heads = sorted(id for ids in log.heads().values() for id in ids)
    return canonical.sha256(canonical.encode([EDITION, _indexed_fields(), *heads]))


@cache
def _indexed_fields() -> str:
    return " ".join(f"{c.kind}.{name}" for c in INSPECTION_RECORDS for name, _ in _text_fields(c))


def plain(text: str) -> str:
    """The text in NFC on one line, without what has no shape of its own."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")  # nearly every text, and there may be thousands
    if text.isprintable():
        return " ".join(unicodedata.normalize("NFC", text).split())
    shapeless = {ord(c): _INSTEAD[unicodedata.category(c)] for c in set(text) if _shapeless(c)}
    return " ".join(unicodedata.normalize("NFC", text.translate(shapeless)).split())


def _shapeless(character: str) -> bool:
    return unicodedata.category(character) in _INSTEAD


def expression(words: str) -> str:
    """What SQLite is asked for: every word, in any order, as the beginning of a word; or ""."""
    found = [w[:_WORD] for w in plain(words).split() if any(c.isalnum() for c in w)]
    return " ".join('"' + word.replace('"', '""') + '" *' for word in found[:_WORDS])


def texts(inspection: Inspection) -> list[Text]:
    """Everything of one inspection that can be found."""
    titles = Titles(inspection)
    found = [*_items(inspection), *_clauses(inspection), *_records(inspection, titles)]
    return [*found, *_outside(inspection, titles)]


def texts_of_file(file: AgencyFile) -> list[Text]:
    """What can be found of an agency's file: whose it is, its agreements, its field office."""
    held = (f"{one.model or ''} agreement" for one in file.all(HeldAgreement))
    about = ("The agency’s file", *held, file.facts.field_office)
    return [_text(FACTS, AGENCY_FILE, file.title, about, inside=False, outside=True)]


def _items(inspection: Inspection) -> Iterator[Text]:
    """A question with its answer, and what to look at."""
    for item in inspection.form.items:
        answer = inspection.answer(item.id)
        body = (answer.note, answer.reason, *item.look_at)
        yield _text(answer.id, Answer.kind, f"{item.id.upper()} {item.question}", body)


def _clauses(inspection: Inspection) -> Iterator[Text]:
    """Each quoted clause once, as long as it is quoted, leading to the first item that cites it."""
    form = inspection.form
    headings = {clause.section: clause.title for clause in form.clauses}
    cited: dict[tuple[str, str], dict[str, str]] = {}
    for item in form.items:
        for cite in item.citations:
            cited.setdefault((cite.document, cite.section), {}).setdefault(cite.quotation, item.id)
    for (name, section), quoted in cited.items():
        document = form.document(name)
        named = document.number or ("MOA" if document.kind == "agreement" else document.title)
        heading = headings.get(section, "") if document.kind == "agreement" else ""
        for quotation, item_id in quoted.items():
            if quotation and not any(quotation in other for other in quoted if other != quotation):
                title = f"{named} {section} {heading}"
                yield _text(f"answer:{item_id}", CLAUSE, title, (quotation,), outside=True)


def _records(inspection: Inspection, titles: "Titles") -> Iterator[Text]:
    for cls in INSPECTION_RECORDS:
        if cls in _WITHOUT_TEXT:
            continue
        for record in inspection.all(cls):
            typed = _typed(inspection, record)
            yield _text(_leads_to(record), cls.kind, titles.of(record), typed)


def _leads_to(record: Record) -> str:
    """The record that is shown: what belongs to a review, photo or finding is found there."""
    if record.kind == "disagreement":
        return f"{Finding.kind}:{record.id.partition(':')[2]}"
    owner = _owner_field(type(record))
    return str(getattr(record, owner) or record.id) if owner else record.id


@cache
def _owner_field(cls: type[Record]) -> str:
    """The field that names what a record is shown with, if it is not shown by itself."""
    owners = [name for name in ("review", "photo") if name in cls.model_fields]
    return owners[0] if owners and cls is not SampledFile else ""


def _typed(inspection: Inspection, record: Record) -> list[str]:
    """Every text of a record, in the order of its fields."""
    found: list[str] = []
    for name, mapped in _text_fields(type(record)):
        value: Any = getattr(record, name)
        found += value.values() if mapped else [value]
    return [inspection.numbers(text) for text in found]


@cache
def _text_fields(cls: type[Record]) -> list[tuple[str, bool]]:
    """The fields of a kind of record that hold free text, and whether it is one text per key."""
    return [
        (name, field.annotation is not str)
        for name, field in cls.model_fields.items()
        if name != "id" and name.removesuffix("_") not in _NO_TEXT
        if not field.metadata and field.annotation in (str, dict[str, str])
    ]


class Titles:
    """What records are called: `T-03 Booking area`, `I-01 Officer B-2`, `S-1 file 4: K-114`."""

    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self._numbers = inspection.record_numbers() | inspection.finding_numbers()
        self._areas = {area.id: area.title for area in inspection.form.areas}
        self._roles = {role.id: role.title for role in inspection.form.interview_roles}

    def of(self, record: Record) -> str:
        """The number of a record, where it has one, and its words."""
        number = self._numbers.get(record.id, "")
        return f"{number[:1].upper()}{number[1:]} {self._words(record)}".strip()

    def _words(self, record: Record) -> str:
        match record:
            case Observation() | Photo():
                return self._areas.get(record.area, record.area)
            case SampledFile():
                review = self._numbers.get(record.review, "File")
                return f"{review} file {record.position or ''}: {record.file}"
            case Interview():
                return f"{record.label} {self._roles.get(record.role, '')}"
            case Finding() | DocumentReview():
                return self._inspection.numbers(record.title)
            case Member():
                return record.name
            case Conference():
                return _CONFERENCES.get(record.type or "", "Conference")
            case Visit():
                return "The visit"
        return str(getattr(record, "title", "") or record.kind.replace("-", " ").capitalize())


# -- from outside --------------------------------------------------------------------------------


def _outside(inspection: Inspection, titles: Titles) -> Iterator[Text]:
    """The agency and the findings, as they may be found from other inspections."""
    agency = inspection.agency
    about = (agency.type, agency.county, inspection.form.title)
    yield _text("visit:self", AGENCY, agency.title, about, inside=False, outside=True)
    people = _people(inspection)
    for finding in inspection.findings():
        title = _without(people, titles.of(finding))
        body = [_without(people, text) for text in _typed(inspection, finding)]
        yield _text(finding.id, Finding.kind, title, body, inside=False, outside=True)


def _people(inspection: Inspection) -> set[str]:
    """The labels of people and the numbers of files, which a finding may name."""
    named = {interview.label for interview in inspection.all(Interview)}
    named |= {member.name for member in inspection.all(Member)}
    named |= {file.file for file in inspection.all(SampledFile)}
    named |= {line for frame in inspection.all(Frame) for line in frame.identifiers.splitlines()}
    folded = {_folded(name) for name in named}
    return {name for name in folded if len(name) >= _SHORTEST_NAME}


def _without(people: set[str], text: str) -> str:
    """The text with an ellipsis in the place of each of these names."""
    words, kept = plain(text).split(), list[str]()
    longest = max((name.count(" ") + 1 for name in people), default=0)
    while words:
        sizes = range(min(longest, len(words)), 0, -1)
        size = next((n for n in sizes if _folded(" ".join(words[:n])) in people), 0)
        kept.append("…" if size else words[0])
        del words[: size or 1]
    return " ".join(kept)


def _folded(name: str) -> str:
    return plain(name).casefold().strip(_PUNCTUATION)


def _text(
    record: str,
    kind: str,
    title: str,
    body: "tuple[str, ...] | list[str]",
    *,
    inside: bool = True,
    outside: bool = False,
) -> Text:
    title = plain(title)
    said = " · ".join(text for text in map(plain, body) if text and text not in title)
    return Text(record, kind, title, said, inside, outside)
