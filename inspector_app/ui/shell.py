"""The window once a workspace is open: bars, left list, pages, right side, and the keys of all."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.ui import choosing
from inspector_app.ui.backing_up import backups_of
from inspector_app.ui.body import Body
from inspector_app.ui.bridge import Bridge
from inspector_app.ui.checklist_scope import next_unanswered
from inspector_app.ui.chrome import key_groups, lines_of, own_keys, trail_of
from inspector_app.ui.error_strip import ErrorStrip
from inspector_app.ui.getting_about import GettingAbout
from inspector_app.ui.history_menu import HISTORY_KEY
from inspector_app.ui.history_panel import Past
from inspector_app.ui.idle import IdleNote
from inspector_app.ui.page import Slots, Told
from inspector_app.ui.page_stack import HOME, PageStack, Place
from inspector_app.ui.pages import LAST, is_desk_page, kind_of, page_of, pages_here
from inspector_app.ui.side_panel import key_list
from inspector_app.ui.status_line import StatusLine
from inspector_app.ui.top_bar import TopBar

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.pictures import Source

_SOON = 40


class Shell(QWidget):
    """Goes where a page says, shows what a page tells, refreshes what surrounds the pages."""

    locked = Signal()

    def __init__(self, workspace: "Workspace", bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workspace = workspace
        self._keys_shown = False
        self.top, self.strip, self.status = TopBar(), ErrorStrip(), StatusLine()
        self.idle = IdleNote()
        self.stack = PageStack(workspace)
        self.body = Body(self.stack)
        self.about = GettingAbout(self)
        self.past = Past(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.refresh)
        self._shown = QTimer(self)
        self._shown.setSingleShot(True)
        self._shown.timeout.connect(self._refresh_keys)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top)
        box.addWidget(self.idle)
        box.addWidget(self.strip)
        box.addWidget(self.body, 1)
        box.addWidget(self.status)
        self._connect()
        backups_of(workspace).told.connect(self.status.set_message)
        bridge.changed.connect(self._changed)
        self.keys = self._make_keys()
        self.top.set_person(workspace.name, workspace.role.replace("-", " "))

    def _connect(self) -> None:
        self.top.back.connect(self.back)
        self.top.trail_pressed.connect(self._trail_pressed)
        self.top.photo.connect(self.photo)
        self.top.search.connect(self.about.open_search)
        self.top.lock.connect(self.locked)
        self.top.panel.connect(self.body.toggle_drawer)
        self.body.sidebar.chosen.connect(self.navigate)
        self.stack.navigate.connect(self.navigate)
        self.stack.opened.connect(self.open_inspection)
        self.stack.message.connect(self.status.set_message)
        self.stack.told.connect(self.strip.tell)
        self.stack.placed.connect(self._soon.start)
        self.stack.history.connect(self.past.open)
        self.stack.brought.connect(self.take_pictures)
        self.status.saving.changed.connect(self._show_saved)

    def _make_keys(self) -> dict[str, QShortcut]:
        acts: dict[str, Callable[[], None]] = {
            "F1": self.about.open_help,
            "?": self.show_keys,
            "Ctrl+K": self.about.open_palette,
            "Ctrl+F": self.about.find_here,
            "Ctrl+Shift+F": self.about.open_search,
            HISTORY_KEY: self.past.open_here,
            "F6": self.body.next_panel,
            "F8": self.next_unanswered,
            "F9": self.photo,
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Ctrl+L": self.locked.emit,
            "Alt+Left": self.back,
            "Alt+Home": self.home,
            "Ctrl+N": lambda: self.go(Place(page="start")),
            "Ctrl+O": lambda: self.go(Place(page="import")),
        }
        made = {key: QShortcut(QKeySequence(key), self) for key in acts}
        for key, act in acts.items():
            made[key].activated.connect(act)
        return made

    # -- going -------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        return self.stack.place

    def go(self, place: Place, *, back: bool = False) -> None:
        """Show a page of an inspection, or one outside of all."""
        if not kind_of(place.page).exists():
            self.status.set_message(f"“{kind_of(place.page).title}” is not part of this version")
            return
        self.strip.clear()
        self.past.drop()
        try:
            self.stack.go(place, back=back)
        except UserError as error:
            self.strip.tell(Told(error))
        self._keys_shown = False
        self.body.close_drawer()
        self.refresh()

    def navigate(self, page: str, record: str) -> None:
        """Go to a page of the open inspection; without a page, to the one that shows the record."""
        name = page or page_of(record)
        self.go(Place("" if is_desk_page(name) else self.place.inspection, name, record))

    def open_inspection(self, id: str) -> None:
        self.go(Place(id, pages_here()[0].name))

    def back(self) -> None:
        if self.stack.has_way_back():
            self.go(self.stack.way_back(), back=True)
        elif self.place.page != HOME:
            self.home()

    def home(self) -> None:
        self.go(Place())

    def next_unanswered(self) -> None:
        """From any page to the first item without an answer, in the scope that was picked."""
        if not self.place.inspection:
            return
        item = next_unanswered(self.workspace, self.place.inspection)
        self.navigate("checklist" if item else LAST, f"answer:{item.id}" if item else "")

    def _trail_pressed(self, at: int) -> None:
        id, page = self.place.inspection, self.place.page
        shown = len(self._trail) - len(self._shown_trail)
        entry = self.stack.page.section_entry()
        places = [Place(), Place(id, pages_here()[0].name), Place(id, page), Place(id, page, entry)]
        self.go(places[min(at + shown, len(places) - 1)] if id else Place())

    # -- doing -------------------------------------------------------------------------------

    def undo(self) -> None:
        self._step(self.workspace.undo, self.workspace.undo_step, "Undone")

    def redo(self) -> None:
        self._step(self.workspace.redo, self.workspace.redo_step, "Done again")

    def _step(
        self, act: Callable[[str], object], step: Callable[[str], str | None], done: str
    ) -> None:
        id = self.place.inspection or self.stack.page.inspection_id
        if not id:
            return
        self.stack.leave()
        words = step(id)
        if self.stack.page.attempt(lambda: act(id)):
            self.status.set_message(f"{done}: {words}")

    def photo(self) -> None:
        """Pictures from files."""
        if self.place.inspection:
            self.take_pictures(choosing.open_files(self, "Pictures", choosing.PICTURES))

    def take_pictures(self, sources: "Sequence[Source]") -> None:
        """File pictures where the page is; else the tour takes them and shows them."""
        page = self.stack.page
        if sources and not page.take_photo(sources):
            owner = page.photo_owner()
            self.navigate("tour", "")
            self.stack.page.take_photo(sources, owner)

    def show_keys(self) -> None:
        """Every key that works here, at the right side; a second time puts the list away."""
        self._keys_shown = not self._keys_shown
        self.show_side()
        if self._keys_shown:
            self.body.open_drawer()
        else:
            self.body.close_drawer()

    # -- what surrounds the pages ------------------------------------------------------------

    def _changed(self, log: str, slots: Slots) -> None:
        self.stack.changed(log, slots)
        self.past.changed()
        self._soon.start()

    def refresh(self) -> None:
        """Show counts, breadcrumb, right side and foot as they are now."""
        self._soon.stop()
        if not self.workspace.desk.is_open:
            return  # a timer that was set before closing
        self._refresh_keys()
        self._shown.start(0)  # what a page has just made is to be seen only then
        self.show_side()
        self._refresh_list()
        self._refresh_foot()
        self.about.note()

    def _refresh_keys(self) -> None:
        """Leave its own keys to the page: two owners of a key, and Qt calls neither."""
        taken = own_keys(self.stack.page)
        for key, shortcut in self.keys.items():
            shortcut.setEnabled(key not in taken)

    def _refresh_list(self) -> None:
        id, page = self.place.inspection, self.place.page
        inspection = self.workspace.inspection(id) if id else None
        lines = lines_of(self.workspace, inspection, page) if inspection else []
        self.body.set_inside(inspection is not None)
        if inspection is not None:
            form, strange = inspection.form, "Not one of this program’s checklists"
            revision = f"{form.model}, {form.revision[:1].lower()}{form.revision[1:]}"
            caution = "" if form.released else strange
            self.body.sidebar.set_agency(inspection.agency.title, revision, caution)
            self.body.sidebar.set_lines(lines, page, self.stack.page.section_entry())
        self._trail = trail_of(inspection, page, self.stack.page, lines)
        self._shown_trail = self._trail[-2:] if self.body.is_narrow else self._trail
        self.top.set_trail(
            self._shown_trail,
            practice=inspection is not None and inspection.practice,
            inside=inspection is not None,
            back=self.stack.has_way_back() or page != HOME,
        )
        self.top.set_narrow(self.body.is_narrow)
        self.top.panel_button.setVisible(self.body.has_drawer())

    def show_side(self) -> None:
        """The history of a field or the list of keys where one is asked for, else the page's."""
        page = self.stack.page
        shown = self.past.panel or (key_list(key_groups(page)) if self._keys_shown else None)
        self.body.show_side(shown or page.side_panel())

    def _refresh_foot(self) -> None:
        id = self.place.inspection or self.stack.page.inspection_id
        self._show_saved()
        self.status.set_left(self.workspace.not_handed_over(id) if id else None)
        undo = self.workspace.undo_step(id) if id else None
        redo = self.workspace.redo_step(id) if id else None
        self.status.set_keys(undo, redo, self.stack.page.keys, narrow=self.body.is_narrow)

    def _show_saved(self) -> None:
        self.status.set_saved(self.workspace.desk.last_saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z from a text in which nothing is typed that is not committed."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()
