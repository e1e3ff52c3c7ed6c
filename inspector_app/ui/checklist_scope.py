"""Which items F8 goes through: the scope that an inspector picks, kept until he picks another."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.inspection.assignment import sections_of
from inspector_app.inspection.filing import photographed
from inspector_app.inspection.reviewing import altered_items

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

KEPT = "scope"
EVERYTHING = "all"
_DETAINED = re.compile(r"\b(detained (persons?|people)|detainees?)\b", re.IGNORECASE)

Holds = Callable[["Item", str, "Place"], bool]
"""An item, the section that asks it, and where somebody is."""


@dataclass(frozen=True, slots=True)
class Place:
    """The section that is open, those that are given to whoever looks, and the inspection."""

    section: str
    mine: frozenset[str]
    inspection: "Inspection"


def _everything(item: "Item", section: str, place: Place) -> bool:
    return True


def _this_section(item: "Item", section: str, place: Place) -> bool:
    return section == place.section


def _mine(item: "Item", section: str, place: Place) -> bool:
    return section in place.mine


def _by(evidence: str) -> Holds:
    return lambda item, section, place: evidence in item.evidence


def _detained(item: "Item", section: str, place: Place) -> bool:
    return any(_DETAINED.search(text) for text in (item.question, *item.look_at))


def _with_photo(item: "Item", section: str, place: Place) -> bool:
    return item.id in place.inspection.once(photographed)


def _altered(item: "Item", section: str, place: Place) -> bool:
    return item.id in place.inspection.once(altered_items)


def _by_law(item: "Item", section: str, place: Place) -> bool:
    cited = (place.inspection.form.document(cite.document) for cite in item.citations)
    return any(document.kind in ("policy", "regulation") for document in cited)


SCOPES: dict[str, tuple[str, Holds]] = {
    EVERYTHING: ("All items", _everything),
    "section": ("This section", _this_section),
    "mine": ("My sections", _mine),
    "saw": ("To see on the tour", _by("saw")),
    "read": ("To read in records", _by("read")),
    "told": ("To hear from people", _by("told")),
    "detained": ("About detained persons", _detained),
    "law": ("Also in policy or regulation", _by_law),
    "photo": ("With a photo", _with_photo),
    "altered": ("Changed since signed", _altered),
}
"""Scopes by name: their words, and whether an item is in them."""


def kept_scope(workspace: "Workspace") -> str:
    """The scope that was picked last."""
    from inspector_app.workspace.place import kept_apart

    found = kept_apart(workspace, KEPT)
    return found if isinstance(found, str) and found in SCOPES else EVERYTHING


def keep_scope(workspace: "Workspace", scope: str) -> None:
    """Keep the scope for the next time. StoreTrouble when it cannot be written."""
    from inspector_app.workspace.place import keep_apart

    keep_apart(workspace, KEPT, scope)


def items_in(workspace: "Workspace", id: str, scope: str, section: str = "") -> list["Item"]:
    """The items of a scope that are asked, in the order of the form."""
    inspection = workspace.inspection(id)
    mine = sections_of(inspection, f"member:{workspace.key}")
    place = Place(section, frozenset(one.id for one in mine), inspection)
    holds, form = SCOPES[scope][1], inspection.form
    return [i for i in inspection.shown_items() if holds(i, form.section_of(i.id).id, place)]


def left_words(workspace: "Workspace", id: str, scope: str, section: str) -> str:
    """How much of a scope is not answered."""
    inspection, items = workspace.inspection(id), items_in(workspace, id, scope, section)
    left = sum(inspection.answer(item.id).result is None for item in items)
    return f"{left} of {len(items)} left" if left else "none left"


def next_unanswered(workspace: "Workspace", id: str, after: str = "") -> "Item | None":
    """The first item without an answer after this one, round the scope; None: none is left.

    For F8 from anywhere: without `after` it begins at the first item.
    """
    inspection = workspace.inspection(id)
    items = inspection.form.items
    at = next((n for n, item in enumerate(items) if item.id == after), -1)
    section = inspection.form.section_of(after or items[0].id).id
    left = {item.id for item in items_in(workspace, id, kept_scope(workspace), section)}
    order = [*items[at + 1 :], *items[: at + 1]]
    waiting = (i for i in order if i.id in left and inspection.answer(i.id).result is None)
    return next(waiting, None)
