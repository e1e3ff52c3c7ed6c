"""Why a part of the visit was not made: a reason in the place of a tour, documents, interviews.

A report without it is silent on that part, and `checks` names it as left.
"""

from PySide6.QtWidgets import QWidget

from inspector_app.records import DocumentReview, Interview, Observation, Record
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import field_row
from inspector_app.ui.page import Page, RecordFields

_STREAMS: tuple[tuple[type[Record], str, str], ...] = (
    (Observation, "no_tour_reason", "Why there is no tour"),
    (DocumentReview, "no_documents_reason", "Why there is no document review"),
    (Interview, "no_interviews_reason", "Why there is no interview"),
)


def stream_reasons(page: Page, fields: RecordFields) -> list[QWidget]:
    """A field for each part of the visit of which nothing is recorded, or that has a reason."""
    inspection = page.inspection
    return [
        field_row(words, fields.bind(name, TextEditor(1, "Leave empty where it is still to come")))
        for cls, name, words in _STREAMS
        if getattr(inspection.visit, name) or not inspection.all(cls)
    ]
