"""The evidence index: every piece of evidence, who recorded it and when, which findings use it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from inspector_app.inspection.guard import SIGNED, authority
from inspector_app.inspection.marks import marks_of, parts_blurred
from inspector_app.records import (
    Agreement,
    DocumentReview,
    Interview,
    Observation,
    Photo,
    RosterFile,
    SampledFile,
)
from inspector_app.reports.findings import photos_of
from inspector_app.reports.flow import para, room_for, space
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, when
from inspector_app.reports.tables import Column, Grid, Row, group, head, row
from inspector_app.reports.texts import entry, label, listed, say, title, word
from inspector_app.reports.typed import Markup, join, lines, strong, text


@dataclass(frozen=True)
class Piece:
    """One piece of evidence. `held` is a stored moment, `sha256` that of the kept original."""

    record: str
    kind: str
    number: str
    shows: Markup
    held: str | None
    by: str
    sha256: str
    limits: tuple[Markup, ...] = ()
    """What the piece cannot show, or only in part."""


def story(subject: Subject) -> Story:
    """The pieces by kind, then the files among them with their whole SHA-256."""
    found = pieces(subject)
    return [
        room_for(120),
        para(title("evidence-index"), "table-title", "H2", before=8, after=3),
        *_table(subject, found),
        *_digests(subject, [piece for piece in found if piece.sha256]),
    ]


def pieces(subject: Subject) -> list[Piece]:
    """All of them: tour, documents, interviews, photos, agreement and roster."""
    inspection = subject.inspection
    return [
        *_observations(subject),
        *(_review(subject, review) for review in inspection.all(DocumentReview)),
        *_interviews(subject),
        *_photos(subject),
        *(_agreement(subject, n, copy) for n, copy in enumerate(inspection.all(Agreement), 1)),
        *(_roster(subject, n, file) for n, file in enumerate(inspection.all(RosterFile), 1)),
    ]


def used_in(subject: Subject) -> dict[str, list[str]]:
    """By record, the numbers of the findings that rest on it.

    A photo counts through the observation it belongs to as well, a file of a sample through its
    sample, an attached agreement where its words are cited.
    """
    found: dict[str, list[str]] = {}
    for finding in subject.findings:
        records = [*subject.inspection.ends_from(finding.id)]
        records += [photo.id for photo in photos_of(subject, finding)]
        files = subject.inspection.linked(finding.id, SampledFile)
        records += [file.review for file in files]
        cited = authority(subject.inspection, finding)
        if cited and cited.document.kind in SIGNED:
            records += [copy.id for copy in subject.inspection.all(Agreement)]
        for record in dict.fromkeys(records):
            found.setdefault(record, []).append(subject.finding_numbers[finding.id])
    return found


def number_of(subject: Subject, record: str) -> str:
    """`T-01`, `Photo 1`; empty where a record bears no number."""
    return subject.record_numbers.get(record, "").replace("photo ", "Photo\u00a0")


def author_of(subject: Subject, record: str) -> str:
    """Who wrote the first of a record."""
    born = subject.inspection.log.born(record)
    change = subject.inspection.log.changes[born[1]] if born else None
    return subject.inspection.person(change.author) if change else "–"


def written_at(subject: Subject, record: str) -> str | None:
    """When the first of a record was written, as its author's clock claimed."""
    born = subject.inspection.log.born(record)
    return subject.inspection.log.changes[born[1]].at if born else None


# -- the pieces ------------------------------------------------------------------------------


def _piece(
    subject: Subject, record: str, kind: str, shows: Markup, held: str | None, sha256: str = ""
) -> Piece:
    number = number_of(subject, record)
    return Piece(record, kind, number, shows, held, author_of(subject, record), sha256)


def _by_number(subject: Subject, records: list[str]) -> list[str]:
    order = list(subject.record_numbers)
    return sorted(records, key=order.index)


def _observations(subject: Subject) -> Iterator[Piece]:
    seen = {o.id: o for o in subject.inspection.all(Observation)}
    for record in _by_number(subject, list(seen)):
        area = subject.area_title(seen[record].area)
        where = say("saw-in", area=area) if area else say("saw")
        shows = join([where, subject.live(seen[record].text)])
        yield _piece(subject, record, "observation", shows, seen[record].held)


def _review(subject: Subject, review: DocumentReview) -> Piece:
    files = subject.inspection.files_of(review.id)
    examined = sum(map(subject.inspection.examined, files))
    counts = say("work-documents", n=examined, files=len(files))
    shows = join([text(subject.review_title(review)), counts], ": ")
    made = _piece(subject, review.id, "documents", shows, written_at(subject, review.id))
    return replace(made, limits=_review_limits(review))


def _interviews(subject: Subject) -> Iterator[Piece]:
    """By role and label, never by name."""
    held = {i.id: i for i in subject.inspection.all(Interview)}
    for record in _by_number(subject, list(held)):
        interview = held[record]
        outcome = label("refused" if interview.refused else "interviewed")
        shows = join([text(subject.person_words(interview)), outcome], ": ")
        made = _piece(subject, record, "interview", shows, interview.held)
        yield replace(made, limits=_interview_limits(interview))


def _photos(subject: Subject) -> Iterator[Piece]:
    taken = {p.id: p for p in subject.inspection.all(Photo)}
    for record in _by_number(subject, list(taken)):
        photo = taken[record]
        shows = text(photo.caption.strip() or photo.alt.strip() or "–")
        made = _piece(subject, record, "photo", shows, photo.taken, photo.sha256 or "")
        yield replace(made, limits=_photo_limits(subject, photo))


def _agreement(subject: Subject, number: int, copy: Agreement) -> Piece:
    name = copy.title.strip() or word("agreement-part", copy.part)
    shows = say("agreement-copy", title=name, pages=copy.pages or 0)
    held, by = written_at(subject, copy.id), author_of(subject, copy.id)
    return Piece(copy.id, "agreement", f"A-{number}", shows, held, by, copy.sha256 or "")


def _roster(subject: Subject, number: int, file: RosterFile) -> Piece:
    shows = say("roster-file", title=file.title.strip() or "–", rows=file.rows or 0)
    held, by = written_at(subject, file.id), author_of(subject, file.id)
    return Piece(file.id, "roster", f"O-{number}", shows, held, by, file.sha256 or "")


# -- the tables ------------------------------------------------------------------------------


def _table(subject: Subject, found: list[Piece]) -> Story:
    if not found:
        return [para(say("none"))]
    uses = used_in(subject)
    columns = [
        Column(42), Column(144, 12), Column(76), Column(60), Column(64), Column(52),
        Column(66, 0),
    ]  # fmt: skip
    names = ("number", "shows", "when", "recorded-by", "sha256-short", "used-in", "limits-of")
    rows: list[Row] = [head(columns, *map(label, names))]
    for kind in dict.fromkeys(piece.kind for piece in found):
        of_kind = [piece for piece in found if piece.kind == kind]
        rows.append(group(text(f"{entry('evidence-kind', kind)}: {len(of_kind)}")))
        rows += [_row(subject, piece, uses.get(piece.record, [])) for piece in of_kind]
    return [Grid(columns, rows), para(say("evidence-note"), "note", before=5)]


def _row(subject: Subject, piece: Piece, uses: list[str]) -> Row:
    return row(
        para(strong(text(piece.number)), "cell"),
        para(piece.shows, "cell"),
        para(when(piece.held), "cell"),
        para(text(piece.by), "cell"),
        para(text(subject.digest_words(piece.sha256[:12])), "cell-quiet"),
        para(text(listed(uses) or str(entry("text", "used-nowhere"))), "cell"),
        para(lines(piece.limits) if piece.limits else text("–"), "cell-quiet"),
        record=piece.record,
    )


def _photo_limits(subject: Subject, photo: Photo) -> tuple[Markup, ...]:
    blurred = parts_blurred(marks_of(subject.inspection, photo.id))
    said = [say("limit-blurred", parts=blurred)] if blurred else []
    return (*said, *([say("limit-clock")] if photo.taken_from == "laptop" else []))


def _interview_limits(interview: Interview) -> tuple[Markup, ...]:
    if interview.refused:
        return (say("limit-refused"),)
    through = interview.interpreter not in (None, "none")
    return (say("limit-interpreter"),) if through else ()


def _review_limits(review: DocumentReview) -> tuple[Markup, ...]:
    if review.method == "judgmental":
        return (say("limit-judgment"),)
    return () if review.method else (say("limit-method"),)


def _digests(subject: Subject, found: list[Piece]) -> Story:
    """The whole digests: a short one finds a file, only the whole one proves it."""
    if not found:
        return []
    columns = [Column(60), Column(444, 0)]
    rows = [
        row(
            para(strong(text(piece.number)), "cell"),
            para(text(subject.digest_words(piece.sha256)), "cell"),
        )
        for piece in found
    ]
    heads = head(columns, *map(label, ("number", "sha256")))
    named = para(title("digests"), "table-title", "H2", before=16, after=3)
    return [room_for(120), named, Grid(columns, [heads, *rows]), space(4)]
