"""The signatures and the samples file by file."""

from inspector_app.forms import Attribute
from inspector_app.inspection import samples as sampled
from inspector_app.inspection.parts import signer
from inspector_app.moments import Moment
from inspector_app.records import DocumentReview, Finding, SampledFile, SignOff
from inspector_app.reports.amending import amended
from inspector_app.reports.blocks import facts, signature_lines
from inspector_app.reports.draws import draws, replacements, shown_file
from inspector_app.reports.flow import RailLabel, fresh_page, heading, para, room_for, space
from inspector_app.reports.method import annex_title, section_title, typed_or_dash
from inspector_app.reports.page import Story
from inspector_app.reports.samples import Check, FileLine, Words, has_note_column, sample_table
from inspector_app.reports.sources import of
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.tables import Column, Grid, head, row
from inspector_app.reports.texts import label, say, word
from inspector_app.reports.typed import Markup, join, lines, plain, strong, text


def signatures(subject: Subject) -> Story:
    """Who signed and when; in a draft, lines that nobody has signed.

    A final report can be signed as a file too, on the same lines.
    """
    signed = {sign_off.role: sign_off for sign_off in subject.signatures}
    roles = list(dict.fromkeys([*subject.spec.signers, *signed]))
    labels = [_signature(subject, role, signed.get(role)) for role in roles]
    places = [_place(subject, role, signed.get(role)) for role in roles]
    return [
        *section_title("signatures"),
        *signature_lines(labels, places if subject.is_final else ()),
    ]


def _place(subject: Subject, role: str, sign_off: SignOff | None) -> str:
    """How the signature field on a line is read: `Signature, Reviewer, R. Placeholder`."""
    who = word("signature-line", role or "opr-inspector")
    return plain(", ".join(filter(None, ("Signature", who, _name(subject, sign_off)))))


def _name(subject: Subject, sign_off: SignOff | None) -> str:
    if sign_off is None:
        return ""
    return sign_off.name or subject.inspection.person(signer(sign_off))


def _signature(subject: Subject, role: str, sign_off: SignOff | None) -> Markup:
    who = strong(text(word("signature-line", role or "opr-inspector")))
    if sign_off is None:
        return lines([who, say("signature-missing")])
    held = [text(on_day(Moment.parse(sign_off.held).day))] if sign_off.held else []
    return lines([who, text(_name(subject, sign_off)), *held])


def samples(subject: Subject) -> Story:
    """Every sample, file by file."""
    reviews = [
        review
        for review in subject.inspection.all(DocumentReview)
        if subject.inspection.files_of(review.id)
    ]
    found = [part for review in reviews for part in [room_for(300), *_sample(subject, review)]]
    under = found[1:] or [para(say("none"))]
    return [fresh_page(), *annex_title(subject, "samples"), *under]


def _sample(subject: Subject, review: DocumentReview) -> Story:
    number = subject.record_numbers[review.id]
    named = text(f"Sample {number}: {subject.review_title(review)}")
    attributes = _attributes(subject, review)
    checks = [_check(subject, review, attribute) for attribute in attributes]
    files = [
        _line(subject, place, file, attributes)
        for place, file in enumerate(subject.inspection.files_of(review.id), 1)
    ]
    told = [
        heading(named, f"sample-{number}", 3, name="h3", before=10, after=8),
        RailLabel(label("how-drawn"), before=0, first=13),
        facts(_how_drawn(subject, review), across=3),
        *draws(subject, review),
        *replacements(subject, review),
        para(label("file-by-file"), "table-title", before=9),
        para(say("sample-signs"), "note", after=3),
        *amended(subject, _changed_files(subject, review), [sample_table(checks, files, _words())]),
        para(_limits(subject, review), "note", before=5),
        *_notes(checks, files),
        *_key(attributes),
    ]
    return of(review.id, told)


def _changed_files(subject: Subject, review: DocumentReview) -> list[Markup]:
    """How many files say something else than in the version before; the change list has each."""
    n = sum(file.id in subject.amended for file in subject.inspection.files_of(review.id))
    page = subject.places.page("change-list")
    return [say("amended-files", n=n, page=page)] if n else []


def _attributes(subject: Subject, review: DocumentReview) -> tuple[Attribute, ...]:
    kinds = (k for k in subject.inspection.form.sample_kinds if k.id == review.sample_kind)
    return next((kind.attributes for kind in kinds), ())


def _check(subject: Subject, review: DocumentReview, attribute: Attribute) -> Check:
    count = subject.inspection.sample_count(review.id, attribute.id)
    finding = _finding_of(subject, review, attribute)
    return Check(
        label=attribute.label,
        section=attribute.section.replace("Appendix ", "App.\u00a0"),
        no=count.no,
        of=count.of,
        class_=(finding.class_ or "") if finding else "",
        finding=subject.finding_numbers[finding.id] if finding else "",
    )


def _finding_of(subject: Subject, review: DocumentReview, attribute: Attribute) -> Finding | None:
    """The gravest finding on the attribute's item that rests on this sample."""
    found = (f for f in subject.findings if attribute.item and f.item == attribute.item)
    return next((f for f in found if review.id in subject.inspection.ends_from(f.id)), None)


def _line(
    subject: Subject, place: int, file: SampledFile, attributes: tuple[Attribute, ...]
) -> FileLine:
    notes = [file.note.strip(), *(file.notes.get(a.id, "").strip() for a in attributes)]
    return FileLine(
        number=place,
        file=shown_file(subject, file.file),
        results=[file.results.get(attribute.id) for attribute in attributes],
        note="; ".join(filter(None, notes)),
    )


def _how_drawn(subject: Subject, review: DocumentReview) -> list[tuple[Markup, Markup]]:
    files = subject.inspection.files_of(review.id)
    size = sampled.frame_size(subject.inspection, review.id)
    frame = f"{size:,}" if size is not None else "–"
    of = f"\u00a0of\u00a0{frame}" if size is not None else ""
    population = [text(review.population.strip())] if review.population.strip() else []
    replaced = sum(bool(file.replaces_file) for file in files)
    drawn = [text(review.drawn.strip())] if review.drawn.strip() else []
    examined = sum(map(subject.inspection.examined, files))
    return [
        (label("frame"), join([text(frame), *population], ": ")),
        (label("period"), typed_or_dash(review.period)),
        (label("sample"), text(f"{len(files)}{of}")),
        (label("drawn"), join([text(word("method", review.method)), *drawn], ", ")),
        (label("examined"), text(f"{examined}\u00a0of\u00a0{len(files)}")),
        (label("replaced"), say("replaced", n=replaced) if replaced else say("none-replaced")),
    ]


def _limits(subject: Subject, review: DocumentReview) -> Markup:
    files = len(subject.inspection.files_of(review.id))
    size = sampled.frame_size(subject.inspection, review.id)
    frame = f"{size:,}" if size is not None else "others"
    counts = say(f"sample-{review.method or 'unknown'}", files=files, frame=frame)
    return join([counts, text(subject.under.file_numbers)])


def _notes(checks: list[Check], files: list[FileLine]) -> Story:
    """Notes on files, where the table has no room for them."""
    noted = [line for line in files if line.note]
    if has_note_column(checks) or not noted:
        return []
    columns = [Column(26, 8), Column(48), Column(430, 0)]
    rows = [
        row(
            para(text(str(line.number)), "cell-right"),
            para(text(line.file), "cell"),
            para(text(line.note), "cell"),
        )
        for line in noted
    ]
    named = para(label("notes"), "table-title", before=12, after=2)
    heads = head(columns, *map(label, ("number", "file", "note")))
    return [room_for(120), named, Grid(columns, [heads, *rows])]


def _key(attributes: tuple[Attribute, ...]) -> Story:
    if not attributes:
        return []
    columns = [Column(104), Column(324, 14), Column(76, 0)]
    rows = [
        row(
            para(strong(text(attribute.label)), "cell"),
            para(text(attribute.question), "cell"),
            para(text(attribute.section or "–"), "cell-quiet"),
        )
        for attribute in attributes
    ]
    named = para(label("key"), "table-title", before=12, after=2)
    heads = head(columns, *map(label, ("check", "question", "section")))
    return [room_for(120), named, Grid(columns, [heads, *rows]), space(10)]


def _words() -> Words:
    return Words(
        number=label("number"),
        file=label("file"),
        note=label("note"),
        no=label("no"),
        not_applicable=label("not-applicable"),
        unclear=label("unclear"),
        open=label("open-check"),
        not_met=label("not-met"),
        finding=label("finding"),
    )
