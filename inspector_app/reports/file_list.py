"""The numbers of the files that were examined, by their row in the report's samples.

An agency must know which file is meant by row 7; a report that may be passed on does not say. So
the list goes apart, sealed (shared rules of reports, 3). It is never a report of its own.
"""

from inspector_app.records import DocumentReview, SampledFile
from inspector_app.reports.flow import heading, para, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.sources import of
from inspector_app.reports.subject import Subject
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import label, say
from inspector_app.reports.typed import strong, text


def story(subject: Subject) -> Story:
    """A table for each sample, its rows as they stand in the report."""
    reviews = subject.inspection.all(DocumentReview)
    found = [part for review in reviews for part in _sample(subject, review)]
    return found or [para(say("none"))]


def _sample(subject: Subject, review: DocumentReview) -> Story:
    files = subject.inspection.files_of(review.id)
    if not files:
        return []
    number = subject.record_numbers[review.id]
    named = text(f"Sample {number}: {subject.review_title(review)}")
    columns = [Column(40), Column(232, 14), Column(232, 0)]
    heads = head(columns, *map(label, ("number", "file", "in-place-of")))
    rows = [heads, *(_row(place, file) for place, file in enumerate(files, 1))]
    title = heading(named, f"sample-{number}", 2, in_text=False, before=16, after=6)
    return of(review.id, [room_for(120), title, Grid(columns, rows, pad=2.6)])


def _row(place: int, file: SampledFile) -> Row:
    return row(
        para(strong(text(str(place))), "cell"),
        para(text(file.file.strip() or "–"), "cell"),
        para(text(file.replaces_file.strip() or "–"), "cell-quiet"),
    )
