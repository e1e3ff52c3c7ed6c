"""Getting about in the window: palette, search and help, made when they are first asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from inspector_app.ui.page_stack import Place

if TYPE_CHECKING:
    from inspector_app.ui.help_drawer import HelpDrawer
    from inspector_app.ui.palette import Palette
    from inspector_app.ui.search_everything import Search
    from inspector_app.ui.shell import Shell

_MOST_RECENT = 12
_AT_REST = 400


class GettingAbout(QObject):
    """Belongs to the shell; remembers the places where somebody was, until the window closes."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._places: list[Place] = []
        self._palette: Palette | None = None
        self._search: Search | None = None
        self._help: HelpDrawer | None = None
        ready = QTimer(self)  # so that the first Ctrl+K is as quick as the next
        ready.setSingleShot(True)
        ready.timeout.connect(lambda: self.palette)
        ready.start(_AT_REST)

    def note(self) -> None:
        """The place that is shown is the newest of those where somebody was."""
        here = self._shell.stack.here()
        if not self._places or self._places[0] != here:
            others = [place for place in self._places if place != here]
            self._places = [here, *others][:_MOST_RECENT]
        if self._help is not None:
            self._help.keep_up(here.page)

    def recent(self) -> list[Place]:
        """Where somebody was before he came here, the last first."""
        here = self._shell.stack.here()
        return [place for place in self._places if place != here]

    @property
    def palette(self) -> "Palette":
        from inspector_app.ui.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._shell, self.recent)
            self._palette.shut.connect(self._keep_focus)
        return self._palette

    @property
    def search(self) -> "Search":
        from inspector_app.ui.search_everything import Search

        if self._search is None:
            self._search = Search(self._shell)
            self._search.shut.connect(self._keep_focus)
        return self._search

    @property
    def help(self) -> "HelpDrawer":
        from inspector_app.ui.help_drawer import HelpDrawer

        if self._help is None:
            top, foot = self._shell.top.height(), self._shell.status.height()
            self._help = HelpDrawer(self._shell, top, foot)
        return self._help

    def open_palette(self) -> None:
        """Ctrl+K; a second time puts it away."""
        if self.palette.isVisible():
            self.palette.shut_down()
        else:
            self.palette.open()

    def open_search(self) -> None:
        """Ctrl+Shift+F: the search, with the words that stand in the palette if that is open."""
        words = self.palette.line.text() if self._palette and self._palette.isVisible() else ""
        self.search.open(words or None)

    def open_help(self) -> None:
        """F1: the page of the manual about the page that is shown."""
        self.help.open(self._shell.place.page)

    def find_here(self) -> None:
        """Ctrl+F where the page has no such key: its line for finding, else the search."""
        lines = self._shell.stack.page.findChildren(QLineEdit)
        there = [w for w in lines if w.isVisible() and w.accessibleName().startswith("Find")]
        if there:
            there[0].setFocus()
            there[0].selectAll()
        else:
            self.open_search()

    def _keep_focus(self) -> None:
        """What had the focus may be gone, as when its text was committed: the page takes it."""
        focused: QWidget | None = QApplication.focusWidget()
        if focused is None or focused is self._shell.window():
            self._shell.stack.page.setFocus()
