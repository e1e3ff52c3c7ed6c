"""What of one's own no bundle has carried, change by change, and how the inspection is kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.kit import label, section
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
    """How long the agency keeps this and whether it may go, and the way to where that is said."""
    held = "under legal hold" if retention.is_held(page.log) else "no legal hold"
    go = button("How it is kept", lambda: page.navigate.emit("keeping", page.log.id))
    return [section("Keeping", f"{retention.class_of(page.log)}, {held}", go)]
