"""The history of an inspection, or of one record: each change in words, by person and kind."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.history_list import HistoryList
from inspector_app.ui.history_words import (
    Line,
    change_line,
    edit_words,
    foot_of,
    kind_words,
    seen_edits,
    slot_words,
    value_words,
)
from inspector_app.ui.kit import column, emptied, field_row, holding, label, page_head, row, section
from inspector_app.ui.naming import name_of
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.pages import page_of
from inspector_app.ui.theme import px
from inspector_app.workspace.history import History
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.canonical import Value
    from inspector_app.change import Change, Edit
    from inspector_app.workspace import Workspace

_MOST_EDITS = 12


class HistoryPage(Page):
    """Newest first. What a change did, and what it took the place of, stands at the right side."""

    title = "History"
    keys = (("Enter", "restore or go there"), ("Alt+Left", "back"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._history = History(workspace, inspection)
        self._record, self._person, self._kind = "", "", ""
        self.people = ChoiceEditor([], none="Everybody")
        self.people.on_commit = self._choose_person
        self.kinds = ChoiceEditor([], none="Everything")
        self.kinds.on_commit = self._choose_kind
        self.changes = HistoryList("Changes", self._line)
        self.changes.moved.connect(lambda _: self.placed.emit())
        self.changes.entered_row.connect(lambda _: self._enter())
        self._head = column(gap=0)
        self._count = label("", "muted")
        filters = row(field_row("By", self.people), field_row("About", self.kinds), 1, gap=16)
        self._filters = holding(filters)
        box = column(holding(self._head), self._filters, self._count, self.changes, gap=12)
        box.setStretch(3, 1)
        box.setContentsMargins(px(24), px(16), px(24), 0)
        self.fill(holding(box))

    # -- what is listed ----------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        """The history of a record; without one, of the whole inspection."""
        self._record = record
        self._history = History(self.workspace, self.inspection_id)  # names and bundles are new
        self._show_head()
        self._list()
        self.changes.setFocus()
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def section_entry(self) -> str:
        return ""

    def trail(self) -> list[str]:
        return [name_of(self.inspection, self._record)] if self._record else []

    def _show_head(self) -> None:
        emptied(self._head)
        if self._record:
            name = name_of(self.inspection, self._record)
            everything = button("All of the inspection", lambda: self.show_record(""), style="link")
            self._head.addWidget(page_head(f"History of {name}", "", everything))
        else:
            self._head.addWidget(page_head("History", "Nothing here is ever lost or altered."))

    def _list(self) -> None:
        self.people.set_choices(self._history.authors())
        self.kinds.set_choices([(kind, kind_words(kind)) for kind in self._history.kinds()])
        self.kinds.set_value(self._kind)
        self.people.set_value(self._person)
        keys = self._history.changes(self._record, self._person, self._kind)
        self._count.setText(counted(len(keys), "change", "changes"))
        self.changes.show_keys(keys)

    def _choose_person(self, person: "Value") -> bool:
        self._person = str(person or "")
        self._list()
        self.placed.emit()
        return True

    def _choose_kind(self, kind: "Value") -> bool:
        self._kind = str(kind or "")
        self._list()
        self.placed.emit()
        return True

    def _line(self, key: str) -> Line:
        change = self._history.change(key)
        return change_line(self.inspection, change, self._history.told(change))

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        self._list()

    # -- one change --------------------------------------------------------------------------

    def _current(self) -> "Change | None":
        key = self.changes.current_key()
        return self._history.change(key) if key else None

    def _enter(self) -> None:
        """Restore the one value of a change, or go to what it is about."""
        change = self._current()
        if change is None:
            return
        edits = [edit for edit in seen_edits(change) if self._history.may_restore(edit)]
        if len(edits) == 1:
            self._restore(edits[0])
        elif change.edits:
            record = change.edits[0].record
            self.navigate.emit(page_of(record), record)

    def side_panel(self) -> QWidget | None:
        """Everything that a change set, with what stood there before."""
        change = self._current()
        if change is None:
            return None
        told = self._history.told(change)
        edits = seen_edits(change)
        parts: list[QWidget] = [section("This change"), label(foot_of(told), "muted")]
        if self._history.removed_by(change):
            parts.append(button("Bring it back", lambda: self._bring_back(change), symbol="undo"))
        for edit in edits[:_MOST_EDITS]:
            parts.append(self._edit(edit))
        if len(edits) > _MOST_EDITS:
            parts.append(label(f"and {len(edits) - _MOST_EDITS} more", "muted"))
        box = column(*parts, gap=12, margins=16)
        box.addStretch(1)
        return holding(box)

    def _edit(self, edit: "Edit") -> QWidget:
        inspection = self.inspection
        what = label(slot_words(inspection, edit.record, edit.field), "strong")
        now = edit_words(inspection, edit).partition(": ")[2] or edit_words(inspection, edit)
        parts: list[QWidget] = [what, label(now, "small")]
        before = self._history.before(edit)
        if before is not None:
            was = value_words(inspection, edit.record, edit.field, before)
            parts.append(label(f"Before: {was}", "muted"))
        if self._history.may_restore(edit):
            restore = button("Restore this", lambda: self._restore(edit), symbol="undo")
            restore.setAccessibleName(f"Restore this: {what.text()}")
            parts.append(holding(row(restore, 1)))
        return holding(column(*parts, gap=4))

    def _restore(self, edit: "Edit") -> None:
        words = slot_words(self.inspection, edit.record, edit.field)
        words = words[:1].lower() + words[1:]
        if self.write(edit.record, lambda amends: self._history.restore(edit, words, amends)):
            self.message.emit(f"Restored: {words}")

    def _bring_back(self, change: "Change") -> None:
        record = self._history.removed_by(change)
        words = record.partition(":")[0].replace("-", " ")
        if self.write(record, lambda amends: self._history.bring_back(change, words, amends)):
            self.message.emit(f"Brought back: {words}")
