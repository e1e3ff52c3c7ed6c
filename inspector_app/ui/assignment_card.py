"""On the overview of an inspection that an office prepared: who did, when, and what it says."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import Moment, day_in_words
from inspector_app.ui.kit import column, facts, framed, label
from inspector_app.workspace import assigned

if TYPE_CHECKING:
    from inspector_app.records import Assignment
    from inspector_app.ui.page import Page


def assignment_card(page: "Page") -> list[QWidget]:
    """The card, or nothing where nobody prepared the inspection for others."""
    found = assigned.of(page.inspection.log)
    if found is None:
        return []
    head = label(f"Assigned by {_who(page, found)}", "strong")
    about = [("Instructions", found.instructions), ("Ask for as well", found.documents)]
    said = [(name, words) for name, words in about if words]
    told = [facts(said)] if said else []
    return [framed(column(head, *told, gap=8, margins=14), "box")]


def _who(page: "Page", found: "Assignment") -> str:
    name = (
        page.workspace.name if found.by == page.workspace.key else page.workspace.person(found.by)
    )
    day = f" on {day_in_words(Moment.parse(found.prepared).local.date())}" if found.prepared else ""
    return f"{name}, {found.office}{day}" if found.office else f"{name}{day}"
