"""Answering several items in one act: they share one basis, and are one step of undo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from inspector_app.change import new_record
from inspector_app.errors import BadInput
from inspector_app.inspection import basis as bases
from inspector_app.records import Basis, Finding

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace


def answer_together(
    workspace: "Workspace",
    id: str,
    items: Sequence[str],
    result: str,
    basis: Basis,
    amends: str = "",
) -> "Commit":
    """Give these items one result that rests on one basis, in one change.

    BadInput where an item is named twice, is not asked now or has this answer already, or where
    the basis lacks something; then nothing is written. The commit's record is the basis.
    """
    inspection = workspace.inspection(id)
    asked = {item.id for item in inspection.shown_items()}
    if len(set(items)) != len(items) or len(items) < 2:
        raise BadInput("Name two or more different items to answer together.")
    if strange := [item for item in items if item not in asked]:
        raise BadInput(f"Item {strange[0][:40]} is not asked now. Nothing was answered.")
    had = [item for item in items if inspection.answer(item).result == result]
    if had:
        raise BadInput(
            f"{had[0].upper()} has this answer already: leave it out. Nothing was answered."
        )
    if lacking := bases.lacks(inspection, basis):
        raise BadInput(f"{lacking} Nothing was answered.")
    record = new_record(Basis.kind)
    said = {"what": basis.what, "record": basis.record or None, "text": basis.text.strip() or None}
    records: dict[str, dict[str, Any]] = {record: said}
    records |= {f"answer:{item}": {"result": result} for item in items}
    links = [(f"answer:{item}", record) for item in items]
    words = f"{len(items)} items answered together"
    return workspace.put_many(id, records, words, amends, links=links)


def start_finding(workspace: "Workspace", id: str, item: str, gesture: str | None = None) -> str:
    """A finding of an item, with the clause that it cites and its answer as evidence."""
    asked = workspace.inspection(id).form.item(item)
    cite = next((c for c in asked.citations if c.quotation), asked.citations[0])
    record = new_record(Finding.kind)
    values = {
        "item": item,
        "type": asked.types[0] if asked.types else None,
        "document": cite.document,
        "section": cite.section,
        "quotation": cite.quotation,
        "verify": asked.verify,
    }
    links = [(record, f"answer:{item}")]
    workspace.put_many(id, {record: values}, "new finding", gesture=gesture, links=links)
    return record


def cover(workspace: "Workspace", id: str, item: str, finding: str, amends: str = "") -> "Commit":
    """Say that a finding that is there already covers this item: the answer is its evidence."""
    if workspace.inspection(id).get(Finding, finding) is None:
        raise BadInput("There is no such finding.")
    return workspace.link(id, finding, f"answer:{item}", amends)
