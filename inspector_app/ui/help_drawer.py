"""Help (F1): the manual at the right of the window, at the page one is on; searchable."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget
from shiboken6 import isValid

from inspector_app.ui import help_pages
from inspector_app.ui.buttons import button, icon_button
from inspector_app.ui.help_text import HelpText
from inspector_app.ui.kit import column, hairline, label, row, symbol
from inspector_app.ui.palette_entries import folded
from inspector_app.ui.search_list import FoundList, FoundRow, heading
from inspector_app.ui.theme import px
from inspector_app.ui.views import Views

_WIDTH = 420
_KEYS = "Esc closes · Tab to a link, Enter follows it · Backspace goes back"


class HelpDrawer(QFrame):
    """Lies at the right over its host and leaves the rest of the window as it is.

    `top` and `bottom`: how much of the host it leaves free there, in pixels of the window.
    """

    def __init__(self, host: QWidget, top: int = 0, bottom: int = 0) -> None:
        super().__init__(host)
        self.setObjectName("drawer")
        self.setAccessibleName("Help")
        self._host, self._top, self._bottom = host, top, bottom
        self._before: QWidget | None = None
        self._way: list[str] = []
        self._asked_for = ""
        self._found: list[help_pages.Passage | None] = []
        self.page = ""
        self.line = QLineEdit()
        self.line.setPlaceholderText("Find in the manual")
        self.line.setAccessibleName("Find in the manual")
        self.text, self.list = HelpText(), FoundList("Found in the manual")
        self._views = Views()
        self._back = button("Back", self.back, style="link")
        self._lay_out()
        self.hide()
        self.line.textChanged.connect(lambda _: self._look())
        self.line.installEventFilter(self)
        self.text.installEventFilter(self)
        self.text.followed.connect(self.follow)
        self.list.entered.connect(self._open_found)
        host.installEventFilter(self)

    def _lay_out(self) -> None:
        close = icon_button("Close help", "close", self.shut_down, "Esc")
        head = row(label("Help", "heading", wrap=False), 1, close, gap=8)
        contents = button("All pages", lambda: self.follow("contents"), style="link")
        way = row(contents, 1, self._back, gap=12)
        box = column(head, row(symbol("search"), self.line, gap=8), way, gap=8)
        box.setContentsMargins(px(16), px(8), px(14), px(4))
        for view in (self.text, self.list):
            self._views.addWidget(view)
        foot = row(label(_KEYS, "muted"))
        foot.setContentsMargins(px(16), px(6), px(16), px(8))
        outer = column(gap=0)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addLayout(box)
        outer.addWidget(self._views, 1)
        outer.addWidget(hairline())
        outer.addLayout(foot)
        self.setLayout(outer)

    # -- opening and closing -----------------------------------------------------------------

    def open(self, page: str) -> None:
        """Show the help of a page of the window; a second time puts it away."""
        if self.isVisible() and self.page == page and not self.line.text():
            self.shut_down()
            return
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._way, self._asked_for = [], page
        self.line.clear()
        self._show(page)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep_up(self, page: str) -> None:
        """The window went to another page: follow, unless somebody went his own way in here."""
        if self.isVisible() and self.page == self._asked_for != page and not self.line.text():
            self._way, self._asked_for = [], page
            self._show(page)

    def shut_down(self) -> None:
        """Put it away; the focus is again where it was."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._host)
        before, self._before = self._before, None
        self.hide()
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        width = min(px(_WIDTH), self._host.width())
        height = self._host.height() - self._top - self._bottom
        self.setGeometry(QRect(self._host.width() - width, self._top, width, height))

    # -- reading -----------------------------------------------------------------------------

    def follow(self, page: str) -> None:
        """Go to another page of the manual."""
        if page != self.page or self.line.text():
            self._way.append(self.page)
        self.line.clear()
        self._show(page)

    def back(self) -> None:
        """To the page before."""
        if self.line.text():
            self.line.clear()
        elif self._way:
            self._show(self._way.pop())

    def _show(self, page: str) -> None:
        self.page = page
        if page == "contents":
            links = [help_pages.page(name) for name in help_pages.CONTENTS]
            lines = "\n".join(f"- [{one.title}]({one.name}.md)" for one in links)
            self.text.show_text(f"# The manual\n\n{lines}\n")
        else:
            self.text.show_text(help_pages.page(page).text)
        self._views.setCurrentWidget(self.text)
        self._back.setVisible(bool(self._way))

    # -- finding -----------------------------------------------------------------------------

    def _look(self) -> None:
        words = self.line.text()
        if not folded(words):
            self._views.setCurrentWidget(self.text)
            return
        rows: list[FoundRow] = []
        self._found = []
        for passage in help_pages.find(words):
            if not rows or passage.page != self._found[-1].page:  # type: ignore[union-attr]
                rows.append(heading(passage.page.title))
                self._found.append(None)
            rows.append(FoundRow(marked(passage.words, words), lines=3))
            self._found.append(passage)
        self.list.set_rows(rows or [heading("The manual has no such words.")])
        self._views.setCurrentWidget(self.list)

    def _open_found(self, at: int) -> None:
        passage = self._found[at] if at < len(self._found) else None
        if passage is not None:
            self.follow(passage.page.name)
            self.text.mark(passage.words)

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self):
            return False
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if isinstance(event, QKeyEvent) and watched in (self.line, self.text):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # not a page's own Esc
            elif event.type() == QEvent.Type.KeyPress:
                return self._took(event, finding=watched is self.line)
        return False

    def _took(self, event: QKeyEvent, *, finding: bool) -> bool:
        key = Qt.Key(event.key())
        listed = self._views.currentWidget() is self.list
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if key == Qt.Key.Key_Escape:
            self.shut_down()
        elif key == Qt.Key.Key_Backspace and not (finding and self.line.text()):
            self.back()
        elif finding and key in steps:
            self.list.step(steps[key]) if listed else self._scroll(steps[key])
        elif finding and listed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.list.current()
            self._open_found(at if at is not None else -1)
        else:
            return False
        return True

    def _scroll(self, steps: int) -> None:
        bar = self.text.verticalScrollBar()
        bar.setValue(
            bar.value() + (bar.pageStep() if abs(steps) > 1 else px(44)) * (steps // abs(steps))
        )


def marked(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces; those that were looked for are marked, whatever their accents."""
    said, asked = "".join(folded(c) or " " for c in text), folded(words).split()
    if len(said) != len(text):
        return ((text, False),)
    found = [False] * len(text)
    for word in asked:
        at = said.find(word)
        while at >= 0:
            found[at : at + len(word)] = [True] * len(word)
            at = said.find(word, at + 1)
    pieces: list[tuple[str, bool]] = []
    for character, hit in zip(text, found, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return tuple(pieces)
