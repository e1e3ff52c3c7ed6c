"""All conflicts of an inspection by kind, each decided by itself or all of a kind at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.kit import holding, label, row, section
from inspector_app.ui.pages import page_of
from inspector_app.workspace import deciding

if TYPE_CHECKING:
    from inspector_app.conflicts import Conflict
    from inspector_app.ui.page import Page

_MOST_OF_A_KIND = 20


def disputes(page: "Page") -> list[QWidget]:
    """A part for each kind with its number; nothing where nobody disagrees."""
    by_kind: dict[str, list[Conflict]] = {}
    for conflict in page.inspection.conflicts():
        by_kind.setdefault(conflict.record.partition(":")[0], []).append(conflict)
    return [part for kind, found in by_kind.items() for part in _of_kind(page, kind, found)]


def _of_kind(page: "Page", kind: str, found: "list[Conflict]") -> list[QWidget]:
    parts: list[QWidget] = [section(f"Conflicts: {kind_words(kind)} ({len(found)})")]
    if len(found) > 1:
        parts.append(_all_at_once(page, kind, found))
    for conflict in found[:_MOST_OF_A_KIND]:
        parts += [_way_to(page, conflict.record), ConflictCard(page, conflict.record)]
    if len(found) > _MOST_OF_A_KIND:
        more = len(found) - _MOST_OF_A_KIND
        parts.append(label(f"{more} more come up here as these are decided.", "muted"))
    return parts


def _all_at_once(page: "Page", kind: str, found: "list[Conflict]") -> QWidget:
    """A button for each person who has a side: how many it decides stands on it."""
    authors = dict.fromkeys(side.author for c in found for side in c.alternatives)
    acts = []
    for author in authors:
        number = len(deciding.of_kind(found, kind, author))
        mine = author == page.workspace.key
        whose = "mine" if mine else f"those of {page.workspace.person(author)}"
        if number:
            acts.append(button(f"Keep {whose} in all {number}", _keeper(page, kind, author)))
    return holding(row(*acts, 1, gap=8))


def _keeper(page: "Page", kind: str, author: str) -> Callable[[], None]:
    def keep() -> None:
        page.attempt(lambda: deciding.keep_all(page.workspace, page.inspection_id, kind, author))

    return keep


def _way_to(page: "Page", record: str) -> QWidget:
    return button(_name(record), lambda: page.navigate.emit(page_of(record), record), style="link")


def kind_words(kind: str) -> str:
    """`answers`, `sampled files`: a kind of record, in the plural."""
    words = kind.replace("-", " ")
    return "the visit" if kind == "visit" else f"{words}s"


def _name(record: str) -> str:
    kind, _, name = record.partition(":")
    return name.upper() if kind == "answer" else kind.replace("-", " ").capitalize()
