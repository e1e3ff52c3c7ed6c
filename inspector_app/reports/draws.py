"""How the files of a sample came into it: the draws with seed and reason, what replaced what."""

from inspector_app.inspection import samples
from inspector_app.records import DocumentReview, Draw, Frame, SampledFile
from inspector_app.reports.flow import para, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, when
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import label, say, word
from inspector_app.reports.typed import Markup, lines, strong, text


def shown_file(subject: Subject, name: str) -> str:
    """A file as this edition names it: by its last characters, or by its row alone."""
    keep = subject.under.last_of_file_number
    name = name.strip() if keep else ""
    return f"…{name[-keep:]}" if len(name) > keep else name or "–"


def draws(subject: Subject, review: DocumentReview) -> Story:
    """Every draw of a review: when, how many of how many, why; enough to draw it again."""
    found = samples.draws_of(subject.inspection, review.id)
    if not found:
        return []
    columns = [Column(36), Column(138), Column(150), Column(180, 0)]
    heads = head(columns, *map(label, ("draw", "when", "method", "reason")))
    named = para(label("draws"), "table-title", before=9)
    table = Grid(columns, [heads, *map(_draw_row, found)], least=1)
    notes = [*map(_seed, found), *_source(subject, review), *_aside(subject, review)]
    return [room_for(120), named, table, para(lines(notes), "note", before=5, after=3)]


def _draw_row(draw: Draw) -> Row:
    size, of = draw.size or 0, draw.frame_size or 0
    how = lines([say("draw-size", n=size, frame=of), text(word("method", draw.method))])
    return row(
        para(strong(text(str(draw.number or "–"))), "cell"),
        para(when(draw.drawn), "cell"),
        para(how, "cell"),
        para(text(draw.reason.strip() or "–"), "cell"),
    )


def _seed(draw: Draw) -> Markup:
    """What anybody needs to draw it again, beside the list itself."""
    key = "draw-seed" if draw.seed else "draw-list"
    return say(key, number=str(draw.number or "–"), seed=draw.seed, digest=draw.frame or "–")


def _source(subject: Subject, review: DocumentReview) -> list[Markup]:
    listed = subject.inspection.get(Frame, samples.frame_record(review.id))
    source = listed.source.strip() if listed else ""
    return [say("frame-source", source=source)] if source else []


def _aside(subject: Subject, review: DocumentReview) -> list[Markup]:
    """How many files of earlier draws no longer count, and how many had been examined."""
    gone = [
        file
        for file in samples.files_aside(subject.inspection, review.id)
        if file.aside.startswith(f"{Draw.kind}:")
    ]
    begun = sum(bool(file.results) for file in gone)
    return [say("draws-aside", n=len(gone), begun=begun)] if gone else []


def replacements(subject: Subject, review: DocumentReview) -> Story:
    """Which file is examined instead of which, and why."""
    files = subject.inspection.files_of(review.id)
    replaced = [(place, f) for place, f in enumerate(files, 1) if f.replaces_file]
    if not replaced:
        return []
    columns = [Column(26, 8), Column(72), Column(96), Column(310, 0)]
    heads = head(columns, *map(label, ("number", "file", "in-place-of", "reason")))
    rows = [_replaced_row(subject, place, file) for place, file in replaced]
    named = para(label("replacements"), "table-title", before=9)
    return [room_for(100), named, Grid(columns, [heads, *rows], least=1)]


def _replaced_row(subject: Subject, place: int, file: SampledFile) -> Row:
    return row(
        para(text(str(place)), "cell-right"),
        para(text(shown_file(subject, file.file)), "cell"),
        para(text(shown_file(subject, file.replaces_file)), "cell"),
        para(text(file.replaced_reason.strip() or "–"), "cell"),
    )
