"""What of one's own no bundle has carried, change by change, and how the inspection is kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import caution, column, facts, field_row, holding, label, row, section
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import short_moment
from inspector_app.workspace import difference, retention

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

_MOST = 60


def waiting(page: "Page") -> list[QWidget]:
    """The changes, newest first; nothing when the difference is empty."""
    found = difference.waiting(page.workspace.desk, page.log)[::-1]
    if not found:
        return []
    rows = [
        RowData(change.id, change.label, "", short_moment(change.at), "new", quiet=True)
        for change in found[:_MOST]
    ]
    more = len(found) - _MOST
    rest = [label(f"and {more:,} earlier ones", "muted")] if more > 0 else []
    title = section(f"In no bundle yet ({len(found)})")
    return [title, RowList(rows, name="In no bundle yet"), *rest]


def keeping(page: "Page") -> list[QWidget]:
    """The retention class, the legal hold, and the reason that either way of it asks for."""
    return [section("Keeping"), Keeping(page)]


class Keeping(QWidget):
    """Retention class and legal hold of the inspection; both travel with it."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        log = page.log
        said, held = retention.of(log), retention.is_held(log)
        since = f" since {day_in_words(said.since)}" if said.since else ""
        self.words = LineEditor(f"None given: {retention.DEFAULT}")
        self.words.setText(said.class_)
        self.reason = LineEditor("The matter, or who released it")
        act = "End the legal hold" if held else "Put under legal hold"
        self.class_button = button("Set the class", self._set_class)
        self.hold_button = button(act, self._release if held else self._hold)
        told: list[QWidget] = [
            label("No legal hold. Nothing is ever destroyed by a date.", "muted")
        ]
        if held:
            told = [caution(f"Under legal hold{since}: this program removes it from no laptop.")]
        if said.reason:
            told.append(facts([("Reason", said.reason)]))
        box = column(field_row("Retention class", self.words), gap=10)
        box.addWidget(holding(row(self.class_button, 1)))
        for part in (*told, field_row("Reason", self.reason), holding(row(self.hold_button, 1))):
            box.addWidget(part)
        self.setLayout(box)

    def _set_class(self) -> None:
        page, words = self._page, self.words.text()
        page.attempt(lambda: retention.set_class(page.workspace, page.inspection_id, words))

    def _hold(self) -> None:
        page, reason = self._page, self.reason.text()
        page.attempt(lambda: retention.hold(page.workspace, page.inspection_id, reason))

    def _release(self) -> None:
        page, reason = self._page, self.reason.text()
        page.attempt(lambda: retention.release(page.workspace, page.inspection_id, reason))
