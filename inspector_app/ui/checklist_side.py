"""What belongs to an item, beside it: the clause, what to look at, the history of its answer."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import Moment
from inspector_app.ui.buttons import button
from inspector_app.ui.finding_provenance import used_by_parts
from inspector_app.ui.history_words import UNSEEN, edit_words
from inspector_app.ui.kit import bullets, clause, column, holding, label, section

if TYPE_CHECKING:
    from inspector_app.forms import Citation, Item
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page

_SHOWN, _MOST, _LENGTH = 6, 4, 120
"""Changes that are shown, values of each, and letters of each value."""


def item_panel(page: "Page", item: "Item", act: Callable[["Citation"], QWidget | None]) -> QWidget:
    """The whole panel of one item; `act` makes what can be done with a clause."""
    parts: list[QWidget] = []
    for cite in item.citations:
        parts.append(_clause(page.inspection, cite))
        parts += [made] if (made := act(cite)) else []
    parts += [section("What to look at"), bullets(item.look_at)]
    parts += _clocks(page, item)
    parts += used_by_parts(page, f"answer:{item.id}")
    parts += [section("History"), answer_history(page, f"answer:{item.id}")]
    box = column(*parts, gap=10, margins=16)
    box.addStretch(1)
    return holding(box)


def _clause(inspection: "Inspection", cite: "Citation") -> QWidget:
    document = inspection.form.document(cite.document)
    since = inspection.agency.signed if document.id == "moa" else document.in_force_from
    hint = f"in force since {since:%b} {since.day}, {since.year}" if since else ""
    name = " ".join(p for p in (document.number or document.title, cite.section) if p)
    text = cite.quotation or "The text is not held here: quote it from your own copy."
    words = clause(text, cite.quotation) if cite.quotation else label(text, "muted")
    return holding(column(section("Clause", hint), label(name, "strong"), words, gap=4))


def _clocks(page: "Page", item: "Item") -> list[QWidget]:
    """The terms that the cited sentences set, each with the way to where it is worked out."""
    parts: list[QWidget] = []
    for point in page.inspection.form.timed(item):
        assert point.clock is not None
        clock, words = f"clock:{point.clock.id}", f"{point.topic}: {point.clock.in_words}"
        act = button("Work it out", partial(page.navigate.emit, "roster", clock), style="link")
        act.setAccessibleName(f"Work it out: {point.topic}")
        parts.append(holding(column(label(words, "small"), act, gap=0)))
    return [section("Clock"), *parts] if parts else []


def answer_history(page: "Page", record: str) -> QWidget:
    """The newest changes of a record in words: when, who, what."""
    inspection = page.inspection
    entries = page.workspace.history(page.inspection_id, record)
    lines: list[QWidget] = []
    for entry in reversed(entries[-_SHOWN:]):
        seen = [edit for edit in entry.edits if edit.field not in UNSEEN]
        said = [_cut(edit_words(inspection, edit)) for edit in seen[:_MOST]]
        more = [f"and {len(seen) - _MOST} more"] if len(seen) > _MOST else []
        words = [label(each, "small") for each in [*said, *more] or ["Seen again"]]
        head = label(f"{_clock(entry.at)}  {entry.name}", "muted")
        lines.append(holding(column(head, *words, gap=0)))
    return holding(column(*lines, gap=8)) if lines else label("Nothing written yet.", "muted")


def _clock(at: str) -> str:
    return f"{Moment.parse(at).local:%a %H:%M}"


def _cut(words: str) -> str:
    return words if len(words) <= _LENGTH else f"{words[:_LENGTH].rstrip()}…"
