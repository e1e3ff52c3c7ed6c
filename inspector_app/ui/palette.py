"""The command palette (Ctrl+K): every act, page, section and item by a few letters of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from inspector_app.ui import palette_entries as entries
from inspector_app.ui.page_stack import Place
from inspector_app.ui.palette_entries import Choice, fitting, folded
from inspector_app.ui.search_list import FoundRow, heading
from inspector_app.ui.search_overlay import Overlay

if TYPE_CHECKING:
    from inspector_app.ui.shell import Shell

_RECENT, _FITTING = 5, 60


class Palette(Overlay):
    """Without words: where one was, and what can be done. With words: all that fits, best first."""

    def __init__(self, shell: "Shell", recent: Callable[[], Sequence[Place]]) -> None:
        super().__init__(shell, "Go to or do", "An action, a page, a section, an item", 640, 520)
        self._shell = shell
        self._recent = recent
        self._shown: list[Choice | None] = []
        self._first: list[tuple[str, list[Choice]]] = []
        self._more: list[Choice] | None = None
        self.foot.setText("Arrows and Enter. What you typed in the inspection: Ctrl+Shift+F.")

    def open(self, words: str | None = None) -> None:
        """Read anew what there is; items only when words ask for them."""
        before = self.before() if self.isVisible() else QApplication.focusWidget()
        self._first = [
            ("Recent", entries.recent(self._shell, self._recent()[:_RECENT])),
            ("On this page", entries.page_acts(self._shell, before)),
            ("Pages", entries.pages(self._shell)),
            ("Inspections", list(entries.inspections(self._shell))),
            ("Everywhere", entries.window_acts(self._shell)),
        ]
        self._more = None
        super().open("" if words is None else words)

    def look(self) -> None:
        """Show what fits the words."""
        words = self.line.text()
        self._show_fitting(words) if folded(words) else self._show_first()
        if self.isVisible():
            self.fit()

    def enter(self, at: int) -> None:
        """Put the palette away, then do it."""
        choice = self._shown[at]
        if choice is not None:
            self.shut_down()
            choice.act()

    def choices(self) -> list[Choice]:
        """What is listed."""
        return [choice for choice in self._shown if choice is not None]

    def _show_first(self) -> None:
        rows: list[FoundRow] = []
        self._shown = []
        for title, choices in self._first:
            if choices:
                rows += [heading(title), *(_row(choice, "") for choice in choices)]
                self._shown += [None, *choices]
        self.list.set_rows(rows)

    def _show_fitting(self, words: str) -> None:
        if self._more is None:
            everything = entries.recent(self._shell, self._recent())
            self._more = [c for _, choices in self._first[1:] for c in choices]
            self._more += [*entries.parts(self._shell), *everything]
        found = fitting(words, self._more)[:_FITTING]
        self._shown = [*found]
        rows = [_row(choice, choice.what) for choice in found]
        self.list.set_rows(rows or [heading("Nothing fits. Every word must be in it.")])
        self._shown += [] if rows else [None]


def _row(choice: Choice, right: str) -> FoundRow:
    return FoundRow(((choice.title, False),), (), choice.icon, right, choice.cap)
