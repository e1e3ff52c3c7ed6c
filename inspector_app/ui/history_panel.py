"""The history of one field beside its page: every value, who, when, and a way to bring one back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from shiboken6 import isValid

from inspector_app.ui.buttons import button, icon_button
from inspector_app.ui.choices import FieldChoice
from inspector_app.ui.history_list import HistoryList
from inspector_app.ui.history_words import Line, foot_of, slot_words, value_words
from inspector_app.ui.kit import column, holding, label, row, section
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.change import Edit
    from inspector_app.ui.page import Page
    from inspector_app.ui.shell import Shell

_STANDS = "This is what stands now."
_TEXT_HEIGHT = 132
_MOST = 400


class HistoryPanel(QWidget):
    """The values of a field, newest first. Esc closes it."""

    closed = Signal()
    whole = Signal(str)
    """The record whose whole history is wanted."""

    def __init__(self, page: "Page", record: str, field: str) -> None:
        from inspector_app.workspace.history import History

        super().__init__()
        self._page, self.record, self.field = page, record, field
        self._history = History(page.workspace, page.inspection_id)
        self._words = slot_words(page.kept, record, field)
        self.values = HistoryList("Values", self._line)
        self.values.moved.connect(lambda _: self._show())
        self.values.entered_row.connect(lambda _: self.restore())
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("The whole value")
        self.text.setFixedHeight(px(_TEXT_HEIGHT))
        self.note = label("", "muted")
        self.restore_button = button("Restore this", self.restore, symbol="undo")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.close_button = icon_button("Close the history", "close", self.closed.emit, "Esc")
        self.whole_button = button(
            "History of the record", lambda: self.whole.emit(self.record), style="link"
        )
        parts = (
            section("History", "", self.close_button),
            label(self._words, "strong"),
            self.values,
            self.text,
            self.note,
            holding(row(self.restore_button, 1)),
            holding(row(self.whole_button, 1)),
        )
        box = column(*parts, gap=8, margins=16)
        box.setStretch(2, 1)
        self.values.setMinimumHeight(px(_TEXT_HEIGHT))
        self.setLayout(box)
        self.setFocusProxy(self.values)

    def refresh(self) -> None:
        """List the values as they are now."""
        self.values.show_keys(self._history.values(self.record, self.field))
        self._show()

    def _edit(self, key: str) -> "Edit":
        edit = self._history.change(key).edit_of((self.record, self.field))
        assert edit is not None
        return edit

    def _line(self, key: str) -> Line:
        change, edit = self._history.change(key), self._edit(key)
        mark = "check" if self._history.stands(change, edit) else ""
        return Line(key, "", self._value(edit)[:_MOST], foot_of(self._history.told(change)), mark)

    def _value(self, edit: "Edit") -> str:
        """As the editor of the field says it, where it is chosen from a list."""
        for bound, editor in self._editors():
            if bound == self.field and isinstance(editor, FieldChoice):
                at = editor.findData(edit.value) if isinstance(edit.value, str) else -1
                if at > 0:
                    return editor.itemText(at)
        return value_words(self._page.kept, self.record, self.field, edit.value)

    def _editors(self) -> list[tuple[str, QWidget]]:
        bindings = [b for b in self._page.bindings if b.record == self.record]
        return [pair for binding in bindings for pair in binding.editors() if isValid(pair[1])]

    def _show(self) -> None:
        """The whole of the value that is current in the list, and what can be done with it."""
        key = self.values.current_key()
        edit = self._edit(key) if key else None
        may = edit is not None and self._history.may_restore(edit)
        self.text.setPlainText(self._value(edit) if edit else "")
        self.text.setVisible(edit is not None)
        self.restore_button.setVisible(may)
        self.note.setText("" if may else _STANDS if edit else "Nothing was written here yet.")
        self.note.setVisible(not may)

    def restore(self) -> None:
        """Set the field to the value that is current in the list; undo takes that back."""
        key = self.values.current_key()
        edit = self._edit(key) if key else None
        if edit is None or not self._history.may_restore(edit):
            return
        words = self._words[:1].lower() + self._words[1:]
        restored = self._page.write(
            self.record, lambda amends: self._history.restore(edit, words, amends)
        )
        if restored:
            self._page.message.emit(f"Restored: {words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class Past(QObject):
    """Opens and closes the history of a field for a shell, and knows where the focus was."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._came_from: QWidget | None = None
        self.panel: HistoryPanel | None = None
        shell.body.side.closed.connect(self._drawer_closed)

    def open_here(self) -> None:
        """The history of the field in focus; where there is none, of the record or inspection."""
        page = self._shell.stack.page
        record, field = page.field_in_focus()
        if self.panel is not None and (not field or self._is_open(record, field)):
            self.close()
        elif field:
            self.open(record, field)
        elif self._shell.place.inspection:
            self._shell.navigate("history", page.current_record())

    def _is_open(self, record: str, field: str) -> bool:
        panel = self.panel
        return panel is not None and (panel.record, panel.field) == (record, field)

    def open(self, record: str, field: str) -> None:
        """Show the history of a field at the right side; what is typed is committed first."""
        page = self._shell.stack.page
        self._came_from = QApplication.focusWidget()
        page.leave()
        self.drop()
        self.panel = HistoryPanel(page, record, field)
        self.panel.closed.connect(self.close)
        self.panel.whole.connect(lambda record: self._shell.navigate("history", record))
        self.panel.whole_button.setVisible(bool(self._shell.place.inspection))
        self.panel.close_button.setVisible(not self._shell.body.is_narrow)  # a drawer has its own
        self._shell.show_side()
        self._shell.body.open_drawer()
        self.panel.values.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Put it away; the focus goes back to the field."""
        self.drop()
        self._shell.show_side()
        self._shell.body.close_drawer()
        came_from = self._came_from
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._shell.stack.page.setFocus()

    def _drawer_closed(self) -> None:
        if self.panel is not None:
            self.close()

    def drop(self) -> None:
        """Another page is shown, which has its own right side."""
        if self.panel is not None:
            self.panel.deleteLater()
        self.panel = None

    def changed(self) -> None:
        """Something was written: perhaps here."""
        if self.panel is not None:
            self.panel.refresh()
