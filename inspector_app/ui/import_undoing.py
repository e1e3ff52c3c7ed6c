"""Merges made here, newest first, and taking a whole one back, after saying whose changes it is."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import NotAllowed, UserError
from inspector_app.ui.buttons import button
from inspector_app.ui.history_words import field_words
from inspector_app.ui.kit import caution, column, holding, label, row, section
from inspector_app.ui.naming import name_of, title_of
from inspector_app.ui.opening import Opening
from inspector_app.ui.page import Told
from inspector_app.ui.preview_list import field_list
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import laptop_moment
from inspector_app.workspace import undo_import
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.ui.page import Page
    from inspector_app.workspace.books import Kept
    from inspector_app.workspace.undo_import import Import, Left, Taken

_MOST = 12
_MOST_LEFT = 40
TRAVELS = (
    "One change of yours gives every field the value it had before. It travels like any other: "
    "everybody who merges it gets the earlier values, and can restore what was taken back."
)


class Imports(Opening):
    """The list; Enter says below what taking that one back would do."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self._made = undo_import.imports(page.workspace)[:_MOST]
        self.list = RowList([_row(each) for each in self._made], name="Merged here")
        self.list.activated.connect(self.choose)
        box = column(section("Merged here", "Enter: what taking it back would do"), gap=4)
        box.addWidget(self.list)
        box.addLayout(self.below)
        self.setLayout(box)

    @staticmethod
    def here(page: "Page") -> "list[QWidget]":
        """The part, where anything was merged."""
        return [Imports(page)] if undo_import.imports(page.workspace) else []

    def first(self) -> QWidget:
        return self.list

    def choose(self, file: str) -> None:
        """Say what it would do, and whose changes they are. Nothing has changed yet."""
        page = self._page
        found: list[Taken] = []
        if not page.attempt(lambda: found.extend(undo_import.preview_undo(page.workspace, file))):
            return
        cancel = button("Cancel", self.away)
        self.take_button = button("Take this import back", partial(self._take, file))
        some = any(taken.edits for taken in found)
        acts = [self.take_button, cancel] if some else [cancel]
        told = caution(TRAVELS) if some else label("There is nothing of it to take back.", "body")
        self.open(told, holding(row(*acts, 1)), *self._told(found))
        acts[0].setFocus()

    def _told(self, found: "list[Taken]") -> Iterator[QWidget]:
        for taken in found:
            kept = self._page.workspace.kept(taken.inspection)
            fields = counted(len(taken.edits), "field", "fields")
            yield label(
                f"{title_of(kept)}: {fields}, changes of {' and '.join(taken.by)}", "strong"
            )
            if taken.edits:
                heading = f"Gets back in {title_of(kept)}"
                changed = undo_import.fields_taken(kept.log, taken)
                yield from field_list(self._page, heading, kept, changed)
            if rows := [
                RowData(f"{left.record} {left.field}", _left_words(kept, left), left.why)
                for left in taken.left[:_MOST_LEFT]
            ]:
                yield section(f"Left as it is ({len(taken.left)})")
                yield RowList(rows, name=f"Left as it is in {title_of(kept)}")

    def _take(self, file: str) -> None:
        """Where a signed part is altered by it, the strip asks for the reason."""
        page = self._page
        try:
            self._undo(file, "")
        except NotAllowed as error:
            page.told.emit(Told(error, partial(self._undo, file)))
        except UserError as error:
            page.told.emit(Told(error))

    def _undo(self, file: str, reason: str) -> None:
        page = self._page
        done = undo_import.undo_import(page.workspace, file, reason)
        number = sum(len(taken.edits) for taken in done)
        page.told.emit(None)
        page.message.emit(f"Taken back: {counted(number, 'field', 'fields')}")
        page.show_record("")


def _left_words(kept: "Kept", left: "Left") -> str:
    name = name_of(kept, left.record)
    return f"{name}: {field_words(kept, left.record, left.field)}" if left.field else name


def _row(each: "Import") -> RowData:
    words = counted(each.changes, "change", "changes")
    return RowData(each.file, each.sender, words, laptop_moment(each.merged), "bundle", quiet=True)
