"""What is behind a finding, sentence by sentence; what moved since; ERO's position beside it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.inspection import provenance, reviewing
from inspector_app.inspection.provenance import Sentence
from inspector_app.records import Disagreement, Finding, Record
from inspector_app.ui.buttons import button
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import caution, column, field_row, holding, label, row, section
from inspector_app.ui.naming import name_of
from inspector_app.ui.pages import page_of
from inspector_app.ui.review_part import day_of
from inspector_app.ui.rows import RowData, RowList
from inspector_app.workspace import reviewing as verbs

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

_MOST = 8
"""How many records of one sentence are listed: a count may stand for hundreds of files."""
_SHOWN = ("text", "note", "caption", "title")


def provenance_parts(page: "Page", finding: Finding) -> list[QWidget]:
    """For the side of a finding: what moved, the clause, and the records behind each sentence."""
    inspection = page.inspection
    numbers = {**inspection.record_numbers(), **inspection.finding_numbers()}
    found = provenance.behind(inspection, finding, numbers)
    return [
        *_moved(page, finding),
        section("Behind each sentence"),
        *_clause(finding),
        *(part for sentence in found for part in _sentence(page, sentence)),
        *([] if found else [label("Nothing is written yet.", "muted")]),
    ]


def _clause(finding: Finding) -> list[QWidget]:
    if not finding.quotation.strip():
        return []
    page = [f"page {finding.page}"] if finding.page else []
    place = ", ".join([finding.section or "without a section", *page])
    state = "confirmed as violated" if finding.confirmed else "cited"
    return [label(f"Clause {place}: {state}", "small")]


def _sentence(page: "Page", sentence: Sentence) -> list[QWidget]:
    text = label(page.inspection.numbers(sentence.text), "small")
    if not sentence.names:
        return [text, label("Names nothing: rests on all the evidence.", "muted")]
    shown = [_row(page, record) for record in sentence.names[:_MOST]]
    left = len(sentence.names) - len(shown)
    more = [label(f"and {left} more", "muted")] if left else []
    return [text, _rows(page, shown, "What the sentence names"), *more]


def _rows(page: "Page", rows: list[RowData], name: str) -> RowList:
    listed = RowList(rows, name=name, title_width=70)
    listed.activated.connect(lambda record: page.navigate.emit(page_of(record), record))
    return listed


def _row(page: "Page", record: str) -> RowData:
    return RowData(record, _name(page, record), _words(page.inspection.record(record)))


def _name(page: "Page", record: str) -> str:
    found = page.inspection.record(record)
    if record.startswith("sampled-file:") and found is not None:
        return f"File {getattr(found, 'position', None) or ''}".strip()
    return name_of(page.inspection, record)


def _words(record: Record | None) -> str:
    """What the record says first; never the identifier of a file."""
    texts = (str(getattr(record, field, "")) for field in _SHOWN)
    return next((text[:60] for text in texts if text.strip()), "")


def _moved(page: "Page", finding: Finding) -> list[QWidget]:
    moved = provenance.moved_since(page.inspection, finding)
    if not moved:
        return []
    rows = [_row(page, record) for record in moved[:_MOST]]

    def holds() -> None:
        digest = provenance.support_digest(page.inspection, finding)
        page.write(finding.id, lambda amends: _confirm(page, finding, digest, amends))

    return [
        caution("What this rests on changed after it was written. Read it again."),
        _rows(page, rows, "Changed since"),
        button("It still holds", holds),
    ]


def _confirm(page: "Page", finding: Finding, digest: str, amends: str) -> None:
    fields = {finding.id: {"support": digest}}
    page.workspace.put_many(page.inspection_id, fields, "read again: still holds", amends)


def used_by_parts(page: "Page", record: str) -> list[QWidget]:
    """The way back, for the side of a record: the findings that rest on it; none, nothing."""
    numbers = page.inspection.finding_numbers()
    titles = {f.id: page.inspection.numbers(f.title) for f in page.inspection.findings()}
    rows = [
        RowData(id, numbers[id], titles[id], mark="findings", quiet=True)
        for id in provenance.used_by(page.inspection, record)
    ]
    return [section("Findings that rest on it"), _rows(page, rows, "Findings")] if rows else []


# -- ERO's position ------------------------------------------------------------------------------


def position_parts(page: "Page", finding: Finding) -> list[QWidget]:
    """What ERO said against the finding and OPR's answer; an editor for whoever may say it."""
    said = page.inspection.get(Disagreement, reviewing.disagreement_of(finding.id))
    is_ero = page.workspace.role in reviewing.ERO_ROLES
    if page.inspection.kind == "oversight-review" or (said is None and not is_ero):
        return []
    shown: list[QWidget] = [section("ERO’s position", "the finding stays as it is")]
    if said and said.ero:
        shown.append(label(f"Disagrees, {day_of(said.held)}: {said.ero}"))
    if said and said.answer:
        shown.append(label(f"OPR’s answer, {day_of(said.answered)}: {said.answer}"))
    return [*shown, _position(page, finding, is_ero)]


def _position(page: "Page", finding: Finding, is_ero: bool) -> QWidget:
    words = "ERO disagrees" if is_ero else "OPR answers"
    editor = TextEditor(2, "In whole sentences; it is printed beside the finding")
    unsent = Unsent(page, f"position:{finding.id.partition(':')[2]}-position", position=editor)

    def act() -> None:
        unsent.keep()
        verb = verbs.disagree if is_ero else verbs.answer
        text, id = editor.text_here(), page.inspection_id
        if page.attempt(lambda: verb(page.workspace, id, finding.id, text)):
            page.workspace.drop_draft(id, unsent.record, "position")
            page.show_record(finding.id)

    return holding(column(field_row(words, editor), row(button("Record it", act), 1)))
