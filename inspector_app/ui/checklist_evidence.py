"""What in this inspection speaks to an item, and linking more of it to the item's answer."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.records import (
    Basis,
    DocumentReview,
    Finding,
    Interview,
    Observation,
    Photo,
    Record,
)
from inspector_app.ui.checklist_together import basis_words
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.kit import section
from inspector_app.ui.rows import RowData, RowList

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page

_LENGTH = 60
_LINKED = (Observation, Photo, DocumentReview, Interview)
_WHERE = {"observation": "Tour", "photo": "Tour", "interview": "Interview"}


def evidence(page: "Page", item: "Item", go: Callable[[str], None]) -> list[QWidget]:
    """The rows, and a list from which to link one more; Delete takes a link away."""
    rows = evidence_rows(page, item)
    adder = link_evidence(page, item)
    head = section("Evidence", "" if rows else "nothing linked yet", *([adder] if adder else []))
    if not rows:
        return [head]
    found = RowList(rows, name="Evidence")
    found.activated.connect(go)
    found.removal.connect(lambda record: _unlink(page, item, record))
    return [head, found]


def evidence_rows(page: "Page", item: "Item") -> list[RowData]:
    """Observations, samples, what is linked, what the answer rests on, and findings of an item."""
    inspection = page.inspection
    linked = inspection.ends_from(f"answer:{item.id}")
    seen = [o for o in inspection.all(Observation) if o.item == item.id or o.id in linked]
    rows = [_row(inspection, o, "Tour", o.result or "seen", quiet=o.result is None) for o in seen]
    rows += _samples(inspection, item, linked)
    for cls, where, mark in ((Photo, "Tour", "photo"), (Interview, "Interview", "interviews")):
        found = [one for one in inspection.all(cls) if one.id in linked]
        rows += [_row(inspection, one, where, mark) for one in found]
    for basis in inspection.linked(f"answer:{item.id}", Basis):
        words = basis_words(inspection, basis)
        rows.append(RowData(basis.record, "Answered together", words, "Basis", "link", True))
    return rows + _findings(inspection, item)


def evidence_words(page: "Page", item: "Item") -> str:
    """How much there is of each kind: `Tour 2, Documents 1`."""
    counts = Counter(row.right for row in evidence_rows(page, item))
    return ", ".join(f"{where} {count}" for where, count in counts.items())


def _row(
    inspection: "Inspection", found: Record, where: str, mark: str, *, quiet: bool = True
) -> RowData:
    number, words = _named(inspection, found)
    return RowData(found.id, number, words, where, mark, quiet)


def _named(inspection: "Inspection", found: Record) -> tuple[str, str]:
    """The number of a record and what it says."""
    number = inspection.record_numbers().get(found.id, "")
    match found:
        case Observation():
            words = found.text
        case Photo():
            words = found.caption or "no caption yet"
        case Interview():
            words = f"{found.label} {found.title}"
        case DocumentReview():
            words = found.title or found.sample_kind.replace("-", " ")
        case _:
            words = ""
    return number[:1].upper() + number[1:], " ".join(words.split())


def _samples(inspection: "Inspection", item: "Item", linked: list[str]) -> list[RowData]:
    rows = []
    for review in inspection.all(DocumentReview):
        kinds = [k for k in inspection.form.sample_kinds if k.id == review.sample_kind]
        asked = [a for kind in kinds for a in kind.attributes if a.item == item.id]
        for attribute in asked:
            count = inspection.sample_count(review.id, attribute.id)
            words = f"{count.text} files lack it: {attribute.question}"
            rows.append(RowData(review.id, review.title, words, "Documents", "documents", True))
        if not asked and review.id in linked:
            rows.append(_row(inspection, review, "Documents", "documents"))
    return rows


def findings_of(inspection: "Inspection", item: "Item") -> list[Finding]:
    """The findings of an item, and those that are linked to its answer: they cover it."""
    ends = inspection.ends_to(f"answer:{item.id}")
    return [f for f in inspection.findings() if f.item == item.id or f.id in ends]


def _findings(inspection: "Inspection", item: "Item") -> list[RowData]:
    numbers = inspection.finding_numbers()
    return [
        RowData(
            found.id,
            numbers[found.id],
            inspection.numbers(found.title) or "Finding without a title",
            "Finding" if found.item == item.id else "Finding, covers this",
            found.class_ or "findings",
        )
        for found in findings_of(inspection, item)
    ]


# -- linking -------------------------------------------------------------------------------------


def link_evidence(page: "Page", item: "Item") -> ActChooser | None:
    """A list of what is recorded and not yet evidence here; None before there is an answer."""
    inspection, answer = page.inspection, f"answer:{item.id}"
    if inspection.record(answer) is None:
        return None
    known = {row.key for row in evidence_rows(page, item)}
    free = [one for cls in _LINKED for one in inspection.all(cls) if one.id not in known]
    choices = [(one.id, _short("  ".join(_named(inspection, one)))) for one in free]
    adder = ActChooser(choices, none="Link evidence" if choices else "Nothing more to link")
    adder.setAccessibleName("Link evidence")
    adder.setEnabled(bool(choices))
    adder.on_commit = lambda value: _link(page, answer, str(value or ""))
    return adder


def _short(words: str) -> str:
    return words if len(words) <= _LENGTH else f"{words[:_LENGTH]}…"


def _link(page: "Page", answer: str, record: str) -> bool:
    id = page.inspection_id
    return bool(record) and page.write(
        answer, lambda amends: page.workspace.link(id, answer, record, amends)
    )


def _unlink(page: "Page", item: "Item", record: str) -> None:
    answer = f"answer:{item.id}"
    if record not in page.inspection.ends_from(answer):
        words = "It belongs to this item by itself and is not a link: open it to change that."
        page.message.emit(words)
        return
    id = page.inspection_id
    page.write(answer, lambda amends: page.workspace.unlink(id, answer, record, amends))
