"""What every page is, and how its editors reach the log.

The protocol, for whoever writes a page (`inspector_app/ui/<name>_page.py`, one line in pages.py):

    class TourPage(Page):
        title = "Tour"
        keys = (("F9", "photo"),)                    # shown at the foot
        def show_record(self, record: str) -> None   # somebody came here; "" is the page as such
        def current_record(self) -> str              # what a way back should show again
        def changed(self, slots: Slots) -> None      # after each commit; call super() first
        def leave(self) -> None                      # commits what is typed (super does it)
        def side_panel(self) -> QWidget | None       # asked for anew after `placed` and `changed`
        def section_entry(self) -> str               # the line under the page that is open
        def trail(self) -> list[str]                 # what follows the title in the breadcrumb
        def take_photo(self, files, owner) -> bool   # F9: file pictures where this page is
        def photo_owner(self) -> str                 # F9: the record that the tour files them under
        def field_in_focus(self) -> tuple[str, str]  # whose history Ctrl+H shows

What lines stand under a page in the left list, and its count there, are functions in pages.py.
A page is made once for each inspection and kept; `show_record` builds it. It gets a Workspace and
an inspection's id, holds no value, reads `self.inspection` anew, and writes through `self.attempt`
or `self.write`. Editors are joined to fields by `RecordFields(self, record).bind(field, editor)`,
which also drafts, commits and refreshes; `release()` them before their widgets are thrown away. Lay
the body out with `self.fill(reading(column(...)))`; nothing is styled in a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from inspector_app.canonical import Value
from inspector_app.errors import NotAllowed, UserError
from inspector_app.ui.editors import Drafting, Editor
from inspector_app.ui.history_menu import offer_history
from inspector_app.ui.incoming_pictures import copied, holds_pictures, sources_of
from inspector_app.ui.kit import emptied

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.log import Log
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.books import Kept
    from inspector_app.workspace.pictures import Source

Slots = frozenset[tuple[str, str]]
AnyEditor = TypeVar("AnyEditor", bound=Editor)


@dataclass(frozen=True, slots=True)
class Told:
    """What the strip shows. With `amend`, it asks for a reason and calls that with it."""

    error: UserError
    amend: Callable[[str], object] | None = None


class Page(QWidget):
    """The base of all pages of an inspection."""

    navigate = Signal(str, str)
    """A page's name and a record ("" for the page as such): where to go."""
    opened = Signal(str)
    """The id of an inspection to open, from a page outside of all inspections."""
    message = Signal(str)
    """A line for the foot, such as "Report written"."""
    told = Signal(object)
    """A Told for the strip, or None to take it away."""
    placed = Signal()
    """The place within the page is another one: breadcrumb, left list and side panel follow."""

    brought = Signal(object)
    """Pictures that were dropped or pasted, as a list of files or bytes, for the tour to take."""
    history = Signal(str, str)
    """A record and one of its fields, whose history is to stand at the right side."""

    title = ""
    keys: Sequence[tuple[str, str]] = ()
    """Keys of this page with their words, for the foot, the palette and the list of keys (?)."""

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workspace = workspace
        self.inspection_id = inspection
        self.bindings: list[RecordFields] = []
        self._built: tuple[str, int, date] | None = None

    @property
    def inspection(self) -> "Inspection":
        return self.workspace.inspection(self.inspection_id)

    @property
    def log(self) -> "Log":
        """The log that the page writes in: an inspection's, or an agency's file."""
        return self.kept.log

    @property
    def kept(self) -> "Kept":
        """The inspection or the agency's file that the page shows."""
        return self.workspace.kept(self.inspection_id)

    def fill(self, *parts: QWidget) -> None:
        """Put the parts into the page, from top to bottom; what was there is thrown away."""
        body = self.layout()
        if body is None:
            body = QVBoxLayout(self)
            body.setContentsMargins(0, 0, 0, 0)
            body.setSpacing(0)
        emptied(body)
        for part in parts:
            body.addWidget(part)

    def show_record(self, record: str) -> None:
        """Show what the navigation asked for; the empty text means the page as such."""

    def build_once(self, record: str, build: Callable[[], None]) -> None:
        """Build what shows a record, unless that stands here and nothing was written since.

        A page that builds by itself as well calls `built_anew` whenever it does.
        """
        now = record, self.workspace.desk.store.newest(), date.today()
        if now != self._built:
            build()
            self._built = now

    def built_anew(self) -> None:
        """What stands here is another thing than what was built for a record."""
        self._built = None

    def current_record(self) -> str:
        """What a way back should show again."""
        return ""

    def changed(self, slots: Slots) -> None:
        """Some fields are different now: refresh the editors that show them."""
        for binding in list(self.bindings):
            binding.changed(slots)

    def leave(self) -> None:
        """Commit what was typed."""
        for binding in list(self.bindings):
            binding.flush()

    def side_panel(self) -> QWidget | None:
        """What belongs to the thing in focus, for the right side."""
        return None

    def section_entry(self) -> str:
        """Which of the lines under this page in the left list (pages.py makes them) is open."""
        return self.current_record()

    def trail(self) -> list[str]:
        """What follows the page's title in the breadcrumb."""
        return []

    def field_in_focus(self) -> tuple[str, str]:
        """The record and field that somebody is at; two empty texts where there is none."""
        focused = QApplication.focusWidget()
        for binding in self.bindings:
            for field, editor in binding.editors():
                if focused and (editor is focused or editor.isAncestorOf(focused)):
                    return binding.record, field
        return "", ""

    def take_photo(self, files: "Sequence[Source]", owner: str = "") -> bool:
        """File pictures where this page is, under `owner` if given. False: the tour takes them."""
        return False

    def photo_owner(self) -> str:
        """The record that a photo belongs to which the tour takes from here; empty: to none yet."""
        return ""

    def accept_pictures(self) -> None:
        """Let pictures be dropped here, or pasted with Ctrl+V; they go where F9 puts them."""
        self.setAcceptDrops(True)
        QShortcut(QKeySequence("Ctrl+V"), self).activated.connect(self._paste_pictures)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._bring(sources_of(event.mimeData()))

    def _paste_pictures(self) -> None:
        if not self._bring(sources_of(copied())):
            self.message.emit("There is no picture on the clipboard")

    def _bring(self, sources: "list[Source]") -> bool:
        if sources and not self.take_photo(sources):
            self.brought.emit(sources)
        return bool(sources)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; what goes wrong is told in the strip and loses nothing."""
        try:
            act()
        except UserError as error:
            self.told.emit(Told(error))
            return False
        self.told.emit(None)
        return True

    def write(self, record: str, act: Callable[[str], object]) -> bool:
        """`act("")`; where the record is signed, the strip asks for a reason and acts with it.

        For example `self.write(id, lambda amends: ws.remove(self.inspection_id, id, amends))`.
        """
        try:
            act("")
        except UserError as error:
            again = act if isinstance(error, NotAllowed) and self._is_signed(record) else None
            self.told.emit(Told(error, again))
            return False
        self.told.emit(None)
        return True

    def _is_signed(self, record: str) -> bool:
        from inspector_app.inspection.parts import signed_parts

        return bool(signed_parts(self.inspection, record))


class RecordFields(QObject):
    """Binds editors to the fields of one record: typing to drafts, leaving to changes."""

    def __init__(self, page: Page, record: str) -> None:
        from inspector_app.workspace.place import drafts_of

        super().__init__(page)
        self.record = record
        self._page = page
        self._editors: dict[str, Editor] = {}
        self._kept = drafts_of(page.workspace, page.inspection_id, record)
        page.bindings.append(self)

    def bind(self, field: str, editor: AnyEditor) -> AnyEditor:
        """Show a field in an editor and write what is typed there.

        A field that holds one entry per key is named with it: `answers.duty`, `results.oath`.
        """
        self._editors[field] = editor
        editor.set_value(self._value(field))
        editor.on_draft = lambda value: self._draft(field, value)
        editor.on_commit = lambda value: self._commit(field, value)
        widget: object = editor
        if field in self._kept and isinstance(widget, Drafting):
            widget.retype(self._kept[field])  # it was never taken, and is not lost
        if isinstance(widget, QWidget):
            offer_history(widget, lambda: self._page.history.emit(self.record, field))
        return editor

    def editors(self) -> list[tuple[str, QWidget]]:
        """Every editor that is bound, with its field."""
        return [(f, editor) for f, editor in self._editors.items() if isinstance(editor, QWidget)]

    def refresh(self) -> None:
        """Show every field as it is now."""
        for field, editor in self._editors.items():
            editor.set_value(self._value(field))

    def changed(self, slots: Slots) -> None:
        for field, editor in self._editors.items():
            if (self.record, field) in slots:
                editor.set_value(self._value(field))

    def flush(self) -> None:
        for editor in list(self._editors.values()):
            editor.flush()

    def release(self) -> None:
        """Commit what was typed and let go of the editors, which are about to be deleted."""
        self.flush()
        self._editors.clear()
        if self in self._page.bindings:
            self._page.bindings.remove(self)
        self.deleteLater()

    def _value(self, field: str) -> Value:
        return self._page.log.value(self.record, field)

    def _draft(self, field: str, value: Value) -> None:
        page, id = self._page, self._page.inspection_id
        try:
            if value is None:
                page.workspace.drop_draft(id, self.record, field)
            else:
                page.workspace.draft(id, self.record, field, value)
        except UserError as error:
            page.told.emit(Told(error))

    def _commit(self, field: str, value: Value) -> bool:
        page, id = self._page, self._page.inspection_id

        def write(amends: str) -> None:
            name, _, key = field.partition(".")
            given: dict[str, Any] = {name: {key: value or None} if key else _or_none(value)}
            page.workspace.put_many(id, {self.record: given}, self._words(field), amends)
            page.workspace.drop_draft(id, self.record, field)
            if amends:
                self.refresh()

        return page.write(self.record, write)

    def _words(self, field: str) -> str:
        kind, _, name = self.record.partition(":")
        what = name.upper() if kind == "answer" else kind.replace("-", " ")
        return f"{field.partition('.')[0].replace('_', ' ')} of {what}"


def _or_none(value: Value) -> Value:
    return None if value == "" else value
