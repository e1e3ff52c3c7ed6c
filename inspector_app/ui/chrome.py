"""What surrounds a page, in words: the left list, the breadcrumb, every key that works."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from inspector_app.ui.page import Page
from inspector_app.ui.pages import LAST, kind_of, pages_here
from inspector_app.ui.sidebar import Line

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

HOME_TITLE = "Inspections"
KEYS = (
    ("Ctrl+K", "all actions"),
    ("Ctrl+F", "find on this page"),
    ("Ctrl+Shift+F", "search everything"),
    ("F8", "next unanswered"),
    ("F9", "photo"),
    ("F6", "next panel"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+Shift+Z", "redo"),
    ("Ctrl+H", "history of this field"),
    ("Alt+Left", "back"),
    ("Alt+Home", "all inspections"),
    ("Ctrl+N", "new inspection"),
    ("Ctrl+O", "open a bundle"),
    ("Ctrl+L", "lock"),
    ("F1", "help"),
    ("?", "keys of this page"),
)


def lines_of(workspace: "Workspace", inspection: "Inspection", page: str) -> list[Line]:
    """The left list: every page with its count, and under the open one its parts."""
    lines: list[Line] = []
    for kind in pages_here():
        count = kind.count(workspace, inspection)
        last = kind.name == LAST
        lines.append(Line(kind.name, "", kind.title, kind.name, count, apart=last))
        if kind.name == page:
            lines += [
                Line(kind.name, entry.record, entry.title, entry.mark, entry.count, inner=True)
                for entry in kind.entries(inspection)
            ]
    return lines


def trail_of(
    inspection: "Inspection | None", name: str, page: Page, lines: Sequence[Line]
) -> list[str]:
    """Inspections › agency › page › part › thing."""
    if inspection is None:
        return [HOME_TITLE, *([] if name == "home" else [kind_of(name).title]), *page.trail()]
    part = [x.title for x in lines if x.inner and x.record == page.section_entry()]
    return [HOME_TITLE, short_name(inspection), kind_of(name).title, *part[:1], *page.trail()]


def short_name(inspection: "Inspection") -> str:
    """`Hamilton County`, where the breadcrumb has no room for the sheriff."""
    return inspection.agency.name.partition(" Sheriff")[0]


def own_keys(page: Page) -> set[str]:
    """Keys that something to be seen on the page answers itself."""
    found = [(s, s.parent()) for s in page.findChildren(QShortcut)]
    there = [s for s, owner in found if isinstance(owner, QWidget) and owner.isVisible()]
    buttons = [b.shortcut() for b in page.findChildren(QAbstractButton) if b.isVisible()]
    return {keys.toString() for keys in (*(s.key() for s in there), *buttons)}


def key_groups(page: Page) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """The keys of this page, then those that work everywhere."""
    own = [("Keys of this page", list(page.keys))] if page.keys else []
    here = {key for key, _ in page.keys}
    return [*own, ("Everywhere", [pair for pair in KEYS if pair[0] not in here])]
