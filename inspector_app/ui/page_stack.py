"""The pages that are open, and the way one came."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.ui.page import Page, Slots
from inspector_app.ui.pages import kind_of
from inspector_app.ui.views import Views

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

HOME = "home"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: an inspection ("" outside of all), a page of it, a record on that."""

    inspection: str = ""
    page: str = HOME
    record: str = ""


class PageStack(Views):
    """Makes pages when they are first shown and keeps those of one inspection.

    A page that is not to be seen learns what changed when it is shown again.
    """

    navigate = Signal(str, str)
    opened = Signal(str)
    message = Signal(str)
    told = Signal(object)
    placed = Signal()
    history = Signal(str, str)
    brought = Signal(object)

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._pages: dict[tuple[str, str], Page] = {}
        self._missed: dict[tuple[str, str], Slots] = {}
        self._way: list[Place] = []
        self.place = Place()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    def pages(self) -> list[Page]:
        """Every page that was made and is kept."""
        return list(self._pages.values())

    def go(self, place: Place, *, back: bool = False) -> None:
        """Show a page; what was typed on the one before is committed first."""
        if self.count():
            self.page.leave()
            here = self.here()
            if not back and here != place:
                self._way.append(here)
        if place.inspection != self.place.inspection:
            self._drop_others(place.inspection)
        page = self._made(place)
        self.place = place
        self.setCurrentWidget(page)
        missed = self._missed.pop((place.inspection, place.page), frozenset())
        if missed:
            page.changed(missed)
        page.show_record(place.record)
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus()  # Tab goes on from the page's first part, not from the bar above

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """What had the focus is gone, such as a button of a list that was made anew."""
        if new is None and self.isVisible() and self.isActiveWindow():
            QTimer.singleShot(0, self, self._take_focus)

    def _take_focus(self) -> None:
        if QApplication.focusWidget() is None and self.isVisible() and self.isActiveWindow():
            self.page.setFocus()

    def here(self) -> Place:
        """Where one is, to come back to it."""
        return Place(self.place.inspection, self.place.page, self.page.current_record())

    def has_way_back(self) -> bool:
        return bool(self._way)

    def way_back(self) -> Place:
        """Where one came from; asked for once, since going there forgets it."""
        return self._way.pop()

    def changed(self, log: str, slots: Slots) -> None:
        """Tell the page that is shown; the others learn it when they are."""
        for (inspection, name), page in self._pages.items():
            if inspection not in ("", log):
                continue
            if page is self.currentWidget():
                page.changed(slots)
            else:
                before = self._missed.get((inspection, name), frozenset())
                self._missed[inspection, name] = before | slots

    def leave(self) -> None:
        """Commit what was typed, wherever it was."""
        for page in self._pages.values():
            page.leave()

    def _made(self, place: Place) -> Page:
        key = place.inspection, place.page
        if key not in self._pages:
            page = kind_of(place.page).make(self._workspace, place.inspection)
            page.setAccessibleName(page.title or kind_of(place.page).title)
            page.navigate.connect(self.navigate)
            page.opened.connect(self.opened)
            page.message.connect(self.message)
            page.told.connect(self.told)
            page.placed.connect(self.placed)
            page.history.connect(self.history)
            page.brought.connect(self.brought)
            self._pages[key] = page
            self.addWidget(page)
        return self._pages[key]

    def _drop_others(self, inspection: str) -> None:
        for key in [key for key in self._pages if key[0] not in ("", inspection)]:
            page = self._pages.pop(key)
            self._missed.pop(key, None)
            page.leave()
            self.removeWidget(page)
            page.deleteLater()
