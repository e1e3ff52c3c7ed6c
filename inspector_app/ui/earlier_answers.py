"""Beside a question: what earlier visits to this agency found, to take over or only to read."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.kit import column, holding, label, row, section, state_line
from inspector_app.ui.page import Page

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.workspace.earlier import EarlierAnswer

_WORDS = {
    "met": "Met",
    "not-met": "Not met",
    "not-applicable": "Not applicable",
    "could-not-assess": "Could not be assessed",
}


def earlier_part(page: Page, item: "Item") -> list[QWidget]:
    """A block for each earlier answer; nothing where there is none."""
    from inspector_app.workspace.earlier import earlier_answers, earlier_visits

    visits = earlier_visits(page.workspace, page.inspection_id)
    found = list(earlier_answers(item, visits))
    return [section("Earlier visits"), *(_block(page, item, one) for one in found)] if found else []


def _block(page: Page, item: "Item", found: "EarlierAnswer") -> QWidget:
    result = found.answer.result or ""
    visit = found.visit[:1].upper() + found.visit[1:]
    parts: list[QWidget] = [state_line(result, f"{visit}: {_WORDS[result].lower()}")]
    if found.answer.note.strip():
        parts.append(label(found.answer.note, "muted"))
    if not found.same:
        parts.append(label(f"Asked then in other words: {found.question}", "small"))
    elif page.inspection.answer(item.id).result is None:
        parts.append(holding(row(button("Take over", lambda: _take(page, item, found)), 1)))
    return holding(column(*parts, gap=4))


def _take(page: Page, item: "Item", found: "EarlierAnswer") -> None:
    from inspector_app.workspace.earlier import take_over

    page.attempt(lambda: take_over(page.workspace, page.inspection_id, item.id, found))
