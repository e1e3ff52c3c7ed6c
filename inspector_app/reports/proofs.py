"""What proves a finding: what the team saw, what it read, and what people told it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from inspector_app.forms import Attribute
from inspector_app.records import (
    DocumentReview,
    Finding,
    Interview,
    Observation,
    Photo,
    SampledFile,
)
from inspector_app.reports import style
from inspector_app.reports.amending import amended, is_new, phrases
from inspector_app.reports.flow import Para, labelled, para, prose, room_for, space
from inspector_app.reports.page import Story
from inspector_app.reports.spoken import Stack, passage
from inspector_app.reports.subject import Subject
from inspector_app.reports.tables import Cell, Column, Grid, Row, head
from inspector_app.reports.texts import entry, label, say
from inspector_app.reports.typed import Markup, Spanish, join, strong, text

_TABLE_FIRST = 13.0
_EVIDENCE = ("saw", "read", "told")


@dataclass(frozen=True)
class Proof:
    """One line of a finding's evidence: how it is known, what it shows, its number."""

    kind: str
    shows: Markup
    number: str
    spanish: Markup | None = None
    """The person's own words, where they are written down in Spanish."""

    def told(self, name: str, *, in_text: bool = False) -> list[Para]:
        """What it shows, a paragraph for each language."""
        said = [self.shows, *([self.spanish] if self.spanish else [])]
        return [passage(one, name, in_text=in_text) for one in said]


def proof(subject: Subject, finding: Finding) -> Story:
    """A finding’s evidence, marked where it moved since the version before."""
    return amended(subject, _proved_otherwise(subject, finding), _table(subject, finding))


def _proved_otherwise(subject: Subject, finding: Finding) -> list[Markup]:
    """How the evidence moved: what came or went, and whose words or count are other ones."""
    before = subject.before
    if before is None or is_new(subject, finding.id):
        return []
    were = {proof.number: proof for proof in evidence(before, finding)}
    other = [p.number for p in evidence(subject, finding) if were.get(p.number, p) != p]
    said = [say("amend-evidence", numbers=", ".join(other), version=before.version)]
    return [*phrases(subject, finding.id, ("link",)), *(said if other else [])]


def _table(subject: Subject, finding: Finding) -> Story:
    proofs = evidence(subject, finding)
    if not proofs:
        return labelled(label("evidence"), prose(say("no-evidence")))
    columns = [Column(48), Column(247, 14), Column(80, 0)]
    heads = head(columns, *map(label, ("kind", "source", "item")))
    rows = [heads, *map(_proof_row, proofs)]
    grid = Grid(columns, rows, x=style.TEXT_X)
    one = len({proof.kind for proof in proofs}) == 1
    note = prose(_kinds(proofs), name="note-strong" if one else "note")
    return [
        room_for(90),
        *labelled(label("evidence"), grid, space(3), note, before=14, first=_TABLE_FIRST),
    ]


def _proof_row(proof: Proof) -> Row:
    told = proof.told("cell")
    return Row(
        (
            Cell(para(strong(text(entry("evidence", proof.kind))), "cell")),
            Cell(Stack(told) if proof.spanish else told[0]),
            Cell(para(text(proof.number), "cell-quiet")),
        )
    )


def evidence(subject: Subject, finding: Finding) -> list[Proof]:
    """What proves a finding: what the team saw, what it read, what people told."""
    inspection = subject.inspection
    observations = inspection.linked(finding.id, Observation)
    shown = {p.id for o in observations for p in inspection.linked(o.id, Photo)}
    return [
        *(_observed(subject, o) for o in observations),
        *(_pictured(subject, p) for p in inspection.linked(finding.id, Photo) if p.id not in shown),
        *(_read(subject, finding, d) for d in inspection.linked(finding.id, DocumentReview)),
        *(_read_file(subject, f) for f in inspection.linked(finding.id, SampledFile)),
        *(_told(subject, i) for i in inspection.linked(finding.id, Interview)),
    ]


def _observed(subject: Subject, observation: Observation) -> Proof:
    photos = subject.inspection.linked(observation.id, Photo)
    numbers = [subject.record_numbers[r.id] for r in (observation, *photos)]
    area = subject.area_title(observation.area)
    where = say("saw-in", area=area) if area else say("saw")
    return Proof("saw", join([where, subject.live(observation.text)]), _glued(numbers))


def _pictured(subject: Subject, photo: Photo) -> Proof:
    caption = text(photo.caption.strip() or photo.alt.strip() or "–")
    return Proof("saw", caption, _glued([subject.record_numbers[photo.id]]))


def _read(subject: Subject, finding: Finding, review: DocumentReview) -> Proof:
    """The sample and, where a check of it stands for the finding's item, its count."""
    kinds = [k for k in subject.inspection.form.sample_kinds if k.id == review.sample_kind]
    checks = [a for kind in kinds for a in kind.attributes if a.item and a.item == finding.item]
    counts = [_read_count(subject, review, check) for check in checks]
    name = text(subject.review_title(review) + (":" if counts else "."))
    return Proof("read", join([name, *counts]), subject.record_numbers[review.id])


def _read_count(subject: Subject, review: DocumentReview, check: Attribute) -> Markup:
    count = subject.inspection.sample_count(review.id, check.id)
    said = strong(text(count.text))
    if count.frame is None:
        return say("read-count", check=check.label, count=said)
    return say("read-count-frame", check=check.label, count=said, frame=f"{count.frame:,}")


def _read_file(subject: Subject, file: SampledFile) -> Proof:
    number = subject.where(file.id)
    said = say("read-file", position=subject.position(file), note=file.note.strip() or "–")
    return Proof("read", said, number)


def _told(subject: Subject, interview: Interview) -> Proof:
    """Who said it; the inspector's summary and the person's own words are told apart."""
    summary = " ".join(each.strip() for each in interview.answers.values() if each.strip())
    quotes, spanish = (_quotes(interview, language) for language in ("en", "es"))
    person = subject.person_words(interview)
    said = [text(f"{person}:" if summary or quotes or spanish else f"{person}.")]
    if summary:
        said.append(say("in-summary", words=summary))
    if quotes:
        said.append(say("in-own-words", words=quotes))
    if spanish:
        said.append(say("in-own-words-spanish"))
    words = Spanish(text(f"“{spanish}”")) if spanish else None
    return Proof("told", join(said), subject.record_numbers[interview.id], words)


def _quotes(interview: Interview, language: str) -> str:
    """The quotes that are written down in this language; in English where nobody said."""
    quotes = ((topic, quote.strip()) for topic, quote in interview.quotes.items())
    found = (q for t, q in quotes if q and interview.quoted_in.get(t, "en") == language)
    return " … ".join(found)


def _glued(numbers: Iterable[str]) -> str:
    return ", ".join(number.replace(" ", "\u00a0") for number in numbers)


def _kinds(proofs: list[Proof]) -> Markup:
    counts = Counter(proof.kind for proof in proofs)
    if len(counts) == 1:
        return say("one-kind", kind=entry("evidence", f"only-{proofs[0].kind}"))
    kinds = (f"{kind}\u00a0{counts[kind]}" for kind in _EVIDENCE if counts[kind])
    return say("kinds", kinds=", ".join(kinds))
