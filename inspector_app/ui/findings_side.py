"""What stands behind a finding: its evidence by kind, cautions, what it still lacks."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.inspection import provenance
from inspector_app.records import DocumentReview, Finding, Interview, Observation, Photo
from inspector_app.ui.finding_provenance import provenance_parts
from inspector_app.ui.kit import bullets, caution, column, holding, label, section
from inspector_app.ui.rows import RowData

if TYPE_CHECKING:
    from inspector_app.ui.page import Page


def evidence_of(page: "Page", finding: Finding) -> list[RowData]:
    """A row for each thing that is linked to the finding as evidence."""
    ends = page.inspection.ends_from(finding.id)
    return [_row(page, end) for end in ends if not end.startswith("party:")]


def evidence_choices(page: "Page", finding: Finding) -> list[tuple[str, str]]:
    """What could be linked and is not yet."""
    linked = set(page.inspection.ends_from(finding.id))
    records = [
        record.id
        for cls in (Observation, Photo, DocumentReview, Interview)
        for record in page.inspection.all(cls)
    ]
    found = [_row(page, record) for record in records if record not in linked]
    return [(row.key, f"{row.title}  {row.text}"[:90]) for row in found]


def _row(page: "Page", record: str) -> RowData:
    inspection = page.inspection
    number = inspection.record_numbers().get(record, record.partition(":")[2].upper())
    found = inspection.record(record)
    match found:
        case Observation():
            text, mark = found.text, "seen"
        case Photo():
            text, mark = found.caption, "photo"
        case DocumentReview():
            text, mark = found.title, "documents"
        case Interview():
            text, mark = f"{found.label}, {found.title}".strip(", "), "interviews"
        case None:
            text, mark = "Removed", "problem"
        case _:
            text, mark = str(getattr(found, "note", "")), "checklist"
    kind = provenance.KIND.get(record.partition(":")[0], "")
    return RowData(record, number, text, kind, mark, quiet=True)


def finding_panel(page: "Page", finding: Finding) -> QWidget:
    """The side of one finding."""
    kinds = provenance.kinds_of_evidence(page.inspection, finding)
    words = " · ".join(f"{kind} {count}" for kind, count in kinds.items())
    parts: list[QWidget] = [section("Kinds of evidence"), label(words, "small")]
    if only := provenance.one_kind(page.inspection, finding):
        parts.append(caution(f"One kind of evidence only: {_ONLY[only]}."))
    lacks = [
        p.sentence for p in page.workspace.problems(page.inspection_id) if p.record == finding.id
    ]
    if lacks:
        parts += [section("Still missing"), bullets(lacks)]
    parts += provenance_parts(page, finding)
    parts += [section("Live numbers"), label(_LIVE, "muted")]
    box = column(*parts, gap=10, margins=16)
    box.addStretch(1)
    return holding(box)


_ONLY = {"saw": "what was seen", "read": "what was read", "told": "what people told us"}
_LIVE = (
    "Numbers of a sample are computed: start a finding from a column of a document review, and its "
    "count stands in the text and follows the files."
)
