"""What would change, field by field: what stands here, what would, and whose it is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.history_words import UNSEEN, field_words, value_words
from inspector_app.ui.kit import label, section
from inspector_app.ui.naming import name_of
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import short_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector_app.canonical import Value
    from inspector_app.ui.hand_over_page import HandOverPage
    from inspector_app.ui.page import Page
    from inspector_app.workspace.books import Kept
    from inspector_app.workspace.field_changes import FieldChange
    from inspector_app.workspace.parcels import LogPreview, Preview

_MOST = 200


def brought(page: "HandOverPage", preview: "Preview") -> list[QWidget]:
    """A list for each inspection or agency's file in the bundle, conflicts first."""
    return [part for log in preview.logs for part in _of_log(page, log) if log.new]


def _of_log(page: "HandOverPage", log: "LogPreview") -> list[QWidget]:
    here = log.log in page.workspace.desk.store.logs()
    if here:
        return field_list(page, f"Fields of {log.title}", page.workspace.kept(log.log), log.fields)
    return _listed(f"New here: {log.title}", _change_rows(page, log))


def field_list(
    page: "Page", heading: str, kept: "Kept", fields: "Iterable[FieldChange]"
) -> list[QWidget]:
    """Fields, with what stands there and what would, as far as they say a person something."""
    rows = [_row(page, kept, each) for each in fields if each.field not in UNSEEN]
    return _listed(heading, rows)


def _listed(heading: str, rows: list[RowData]) -> list[QWidget]:
    more = len(rows) - _MOST
    parts: list[QWidget] = [section(heading), RowList(rows[:_MOST], name=heading, title_width=220)]
    return [*parts, label(f"and {more:,} more", "muted")] if more > 0 else parts


def _row(page: "Page", kept: "Kept", each: "FieldChange") -> RowData:
    title = f"{name_of(kept, each.record)}: {field_words(kept, each.record, each.field)}"
    before, after = (_words(kept, each, values) for values in (each.before, each.after))
    text = {"new": after, "same": f"{after}, as here"}.get(each.state, f"{before} → {after}")
    whose = " and ".join(page.workspace.person(key) for key in each.by)
    return RowData(f"{each.record} {each.field}", title, text, whose, each.state)


def _words(kept: "Kept", each: "FieldChange", values: "Sequence[Value]") -> str:
    said = [value_words(kept, each.record, each.field, value) for value in values or [None]]
    return " or ".join(said)


def _change_rows(page: "HandOverPage", log: "LogPreview") -> list[RowData]:
    """Of what is not here yet there is nothing to compare with: who did what."""
    person = page.workspace.person
    return [
        RowData(c.id, person(c.author), c.label, short_moment(c.at), "new") for c in log.changes
    ]
