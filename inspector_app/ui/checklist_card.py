"""The head of one item's card: its number, its clause, how it is found out, whose it is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

from inspector_app.inspection.assignment import members_of
from inspector_app.inspection.independence import self_assessed
from inspector_app.ui.kit import (
    ElidedLabel,
    field_row,
    holding,
    key_cap,
    label,
    row,
    state_line,
)

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

EVIDENCE_WORDS = {"saw": "Seen on the tour", "read": "Read in records", "told": "Told by people"}
SELF_ASSESSED = "Self-assessed by the supervising office"


def card_head(inspection: "Inspection", item: "Item") -> list[QWidget]:
    """The line over the question, the question, and a mark where an office judges itself."""
    cite = item.citations[0]
    cited = cited_words(inspection.form.document(cite.document).number, cite)
    kinds = ", ".join(EVIDENCE_WORDS[kind].lower() for kind in item.evidence)
    number = label(item.id.upper(), "strong", wrap=False)
    head = row(number, label(cited, "small", wrap=False), ElidedLabel(kinds, "muted"), gap=12)
    head.setStretch(2, 1)
    parts: list[QWidget] = [holding(head), label(item.question, "question")]
    if self_assessed(inspection, item):
        words = f"{SELF_ASSESSED}, unless somebody of another office answers it"
        parts.append(state_line("caution", words))
    return parts


def note_row(note: QWidget) -> QWidget:
    """The note, and the key that ends it."""
    words = label("done, next unanswered", "muted", wrap=False)
    return field_row("Note", note, "", key_cap("Ctrl+Enter"), words)


def cited_words(number: str, cite: object) -> str:
    """`MOA IV.B, page 3`."""
    section = getattr(cite, "section", "")
    page = getattr(cite, "page", None)
    named = " ".join(p for p in (number or "MOA", section) if p)
    return f"{named}, page {page}" if page else named


def owner_words(workspace: "Workspace", inspection: "Inspection", section: str) -> str:
    """Whose section it is: `yours`, `Marcus Example’s`; empty while nobody has it."""
    found = members_of(inspection, section)
    names = ["yours" if m.id == f"member:{workspace.key}" else f"{m.name}’s" for m in found]
    return " and ".join(names)


def named_in(layout: QLayout, name: str) -> QWidget | None:
    """The first thing in a layout with this accessible name, shown yet or not."""
    items = (layout.itemAt(at) for at in range(layout.count()))
    parts = [part for item in items if item and (part := item.widget())]
    alike = (w for part in parts for w in (part, *part.findChildren(QWidget)))
    return next((w for w in alike if name and w.accessibleName() == name), None)
