"""What every page is: it gets a workspace and an inspection and holds no truth of its own.

The main window calls `show_record` when somebody navigates here, `changed` after each commit with
the fields that are different now, and `leave` before another page is shown.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.errors import UserError
from inspector_app.ui.editors import Editor

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

Slots = frozenset[tuple[str, str]]


class Page(QWidget):
    """The base of all pages of an inspection."""

    navigate = Signal(str, str)
    """A page's name and a record: where to go."""
    told = Signal(object)
    """A UserError to be shown in the strip, or None to take it away."""

    keys: Sequence[tuple[str, str]] = ()
    """Keys of this page with their words, for the status line."""

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.workspace = workspace
        self.inspection_id = inspection
        self.bindings: list[RecordFields] = []

    @property
    def inspection(self) -> "Inspection":
        return self.workspace.inspection(self.inspection_id)

    def show_record(self, record: str) -> None:
        """Show what the navigation asked for; the empty text means the page as such."""

    def current_record(self) -> str:
        """What a reopened window should show again."""
        return ""

    def changed(self, slots: Slots) -> None:
        """Some fields are different now: refresh the editors that show them."""
        for binding in self.bindings:
            binding.changed(slots)

    def leave(self) -> None:
        """Commit what was typed."""
        for binding in self.bindings:
            binding.flush()

    def side_panel(self) -> QWidget | None:
        """What belongs to the thing in focus, for the right side."""
        return None

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do something; what goes wrong is told in the strip and loses nothing."""
        try:
            act()
        except UserError as error:
            self.told.emit(error)
            return False
        self.told.emit(None)
        return True


class RecordFields(QObject):
    """Binds editors to the fields of one record: typing to drafts, leaving to changes."""

    def __init__(self, page: Page, record: str) -> None:
        super().__init__(page)
        self.record = record
        self._page = page
        self._editors: dict[str, Editor] = {}
        page.bindings.append(self)

    def bind(self, field: str, editor: Editor) -> Editor:
        """Show a field in an editor and write what is typed there."""
        self._editors[field] = editor
        editor.set_value(self._value(field))
        editor.drafted.connect(lambda value: self._draft(field, value))
        editor.committed.connect(lambda value: self._commit(field, value))
        return editor

    def refresh(self) -> None:
        """Show every field as it is now."""
        for field, editor in self._editors.items():
            editor.set_value(self._value(field))

    def changed(self, slots: Slots) -> None:
        for field, editor in self._editors.items():
            if (self.record, field) in slots:
                editor.set_value(self._value(field))

    def flush(self) -> None:
        for editor in self._editors.values():
            editor.flush()

    def release(self) -> None:
        """Commit what was typed and let go of the editors, which are about to be deleted."""
        self.flush()
        self._editors.clear()
        if self in self._page.bindings:
            self._page.bindings.remove(self)
        self.deleteLater()

    def _value(self, field: str) -> Any:
        return self._page.inspection.log.value(self.record, field)

    def _draft(self, field: str, value: Any) -> None:
        page = self._page
        page.attempt(lambda: page.workspace.draft(page.inspection_id, self.record, field, value))

    def _commit(self, field: str, value: Any) -> None:
        page = self._page

        def write() -> None:
            page.workspace.put_many(
                page.inspection_id, {self.record: {field: value}}, self._words(field)
            )
            page.workspace.drop_draft(page.inspection_id, self.record, field)

        page.attempt(write)

    def _words(self, field: str) -> str:
        kind, _, name = self.record.partition(":")
        what = name.upper() if kind == "answer" else kind.replace("-", " ")
        return f"{field.partition('.')[0].replace('_', ' ')} of {what}"
