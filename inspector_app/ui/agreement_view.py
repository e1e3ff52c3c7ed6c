"""The signed agreement beside the question: its pages, the cited words marked, a quotation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from inspector_app.agreement.limits import MAX_PIXELS
from inspector_app.ui.agreement_pages import AgreementPages, Fetched, Located
from inspector_app.ui.agreement_quote import QuoteBox
from inspector_app.ui.agreement_sheet import Sheet, SheetArea
from inspector_app.ui.agreement_text import Span
from inspector_app.ui.agreement_words import PageWords
from inspector_app.ui.buttons import Chips, button, icon_button
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.kit import (
    ElidedLabel,
    column,
    emptied,
    holding,
    label,
    row,
    scrolled,
    state_line,
)
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px
from inspector_app.ui.views import Views

if TYPE_CHECKING:
    from inspector_app.errors import UserError
    from inspector_app.forms import Citation

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""How wide a page is shown, in shares of the room there is."""

_SHARPEN_AFTER = 200
_WIDEST = 4000


class AgreementPanel(QWidget):
    """Shows one attached copy. It asks a child for pages and writes nothing but quotations."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName("Agreement")
        self._page = page
        self._pages: AgreementPages | None = None
        self._located: Located | None = None
        self._cite: Citation | None = None
        self._shown: Fetched | None = None
        self._marked: Span | None = None
        self._number = 1
        self._zoom = 0
        self.sheet, self.words = Sheet(), PageWords()
        self.area = SheetArea(self.sheet)
        self.quote = QuoteBox(page)
        self._title = ElidedLabel("", "heading")
        self._state = column(gap=0)
        self._place = QLineEdit()
        self._of = QLabel()
        self._mode = Chips([("page", "Page"), ("text", "Text")], name="How the page is shown")
        self._views = Views(self.area, self.words)
        self._sharpen = QTimer(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        close = icon_button("Close the agreement", "close", self.closed.emit, "Esc")
        self._mode.set_value("page")
        head = row(self._title, self._mode, close, gap=8)
        head.setStretch(0, 1)
        body = column(holding(head), self._bar(), holding(self._state), gap=8)
        body.setContentsMargins(px(16), px(8), px(16), px(12))
        body.addWidget(self._views, 1)
        self._open_quote = button("Quote from this page", self.start_quote, style="link")
        body.addWidget(self._open_quote)
        body.addWidget(self.quote)
        self.quote.hide()
        self._scroll = scrolled(body)
        self.setLayout(column(self._scroll))

    def _bar(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar)
        self._place.setAccessibleName("Page number")
        self._place.setFixedWidth(px(48))
        self._of.setObjectName("muted")
        for part in (
            _turner("Previous", "PgUp", lambda: self.turn(-1)),
            holding(row(self._place, self._of, gap=6)),
            _turner("Next", "PgDn", lambda: self.turn(1)),
            button("Smaller", lambda: self.zoom(-1)),
            button("Larger", lambda: self.zoom(1)),
        ):
            flow.addWidget(part)
        return bar

    def _connect(self) -> None:
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(_SHARPEN_AFTER)
        self._sharpen.timeout.connect(self._fetch)
        self.area.resized.connect(self._fit)
        self.sheet.selected.connect(self._select)
        self.words.selected.connect(self._select)
        self._place.returnPressed.connect(self._go_to_typed)
        self._mode.chosen.connect(lambda mode: self._views.setCurrentIndex(int(mode == "text")))
        keys = {
            "Esc": self.closed.emit,
            "Ctrl++": lambda: self.zoom(1),
            "Ctrl+=": lambda: self.zoom(1),
            "Ctrl+-": lambda: self.zoom(-1),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- which copy, which clause ------------------------------------------------------------

    def show_copy(self, title: str, data: bytes) -> None:
        """Open the bytes of a copy; `show_clause` then says at which page."""
        self.close_copy()
        self._title.set_text(title)
        self._shown, self._located = None, None
        self._pages = AgreementPages(data, self)
        self._pages.located.connect(self._found)
        self._pages.fetched.connect(self._show)
        self._pages.failed.connect(self._fail)

    def close_copy(self) -> None:
        """End the child; what is asked later starts a new one."""
        if self._pages is not None:
            self._pages.close()

    def show_clause(self, cite: "Citation | None", item: str, document: str) -> None:
        """Go to where a question's clause stands in this copy, and mark it."""
        self._cite = cite
        self.quote.set_question(item, document)
        if self._pages is not None:
            self._tell(label("Opening the agreement …", "muted"))
            sentence = cite.quotation if cite else ""
            self._pages.locate(sentence, cite.page if cite else None)

    def _found(self, located: Located) -> None:
        self._located = located
        cited = self._cite.page if self._cite else None
        self._of.setText(f"of {located.facts.pages}")
        self._tell(*self._words_of(located, cited))
        if located.found.page or cited or self._shown is None:
            self.go_to(located.found.page or cited or 1)

    def _words_of(self, located: Located, cited: int | None) -> list[QWidget]:
        """How sure it is that this page says what was cited."""
        found, facts, cite = located.found, located.facts, self._cite
        if cite is None:
            return [label("This question cites no section of the agreement.", "muted")]
        if not facts.has_text:
            words = "A scan without text: look at the page yourself, and type what you quote."
            return [state_line("caution", words)]
        if not cite.quotation:
            return []
        if found.page is None:
            words = "The cited sentence was not found in this copy: compare it with the checklist."
            return [state_line("caution", words)]
        if found.page != cited:
            words = f"Cited from page {cited}; in this copy the sentence stands on {found.page}."
            return [state_line("caution", words)]
        words = f"The sentence cited from {cite.section} is marked on page {found.page}."
        return [label(words, "muted")]

    def _tell(self, *parts: QWidget) -> None:
        emptied(self._state)
        for part in parts:
            self._state.addWidget(part)

    def _fail(self, error: "UserError") -> None:
        self._tell(state_line("problem", error.message))

    # -- pages -------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """The page that is shown or on its way."""
        return self._number

    def is_settled(self) -> bool:
        """Whether nothing is on its way."""
        return not (self._pages and self._pages.is_busy()) and not self._sharpen.isActive()

    def turn(self, step: int) -> None:
        """The page before or after; at the ends nothing happens."""
        self.go_to(self._number + step)

    def go_to(self, number: int) -> None:
        """A page, counted from 1, as far as there is one."""
        if self._located is None:
            return
        self._number = min(max(number, 1), self._located.facts.pages)
        self._place.setText(str(self._number))
        self._fetch()

    def _go_to_typed(self) -> None:
        typed = self._place.text().strip()
        self.go_to(int(typed) if typed.isascii() and typed.isdecimal() else self._number)

    def zoom(self, step: int) -> None:
        """Larger or smaller, up to three times the room there is."""
        self._zoom = min(max(self._zoom + step, 0), len(ZOOMS) - 1)
        self._fit()

    def _fit(self) -> None:
        self.area.set_page_width(round(self.area.room() * ZOOMS[self._zoom]))
        if self._shown is not None and abs(self._shown.image.width() - self._width()) > 2:
            self._sharpen.start()

    def _width(self) -> int:
        """In pixels of the screen, as many as the largest picture of a page may have."""
        wanted = round(self.sheet.width() * self.devicePixelRatioF())
        if self._located is None:
            return min(wanted, _WIDEST)
        width, height = self._located.facts.sizes[self._number - 1]
        return max(min(wanted, _WIDEST, int((MAX_PIXELS * width / height) ** 0.5)), 1)

    def _fetch(self) -> None:
        if self._pages is not None and self._located is not None:
            self._pages.fetch(self._number, self._width())

    def _show(self, fetched: Fetched) -> None:
        if fetched.number != self._number or self._located is None:
            return  # turned on meanwhile
        is_other = self._shown is None or self._shown.number != fetched.number
        self._shown = fetched
        marked = self._located.found.spans.get(fetched.number)
        place = f"{fetched.number} of {self._located.facts.pages} of the agreement"
        self.sheet.show_page(f"Page {place}", fetched.image, fetched.text, marked)
        if is_other or marked != self._marked:
            self._marked = marked
            self.words.show_page(f"Text of page {place}", fetched.text.text, marked)
            self.area.scroll_to(self.sheet.mark_top() or 0)
            self.quote.set_place(fetched.number, self._section_here())
        self._fit()

    def _section_here(self) -> str:
        """The cited section, on the page where its sentence stands; elsewhere it is not known."""
        if self._cite is None or self._located is None:
            return ""
        found, is_scan = self._located.found, not self._located.facts.has_text
        is_there = self._number in found.spans or (is_scan and self._number == self._cite.page)
        return self._cite.section if is_there else ""

    # -- quoting -----------------------------------------------------------------------------

    def start_quote(self) -> None:
        """Show where a quotation is typed, and go there."""
        self._unfold_quote()
        self.quote.sentence.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold_quote(self) -> None:
        self._open_quote.hide()
        self.quote.show()
        QTimer.singleShot(0, self, self._reveal_quote)  # once it has its place

    def _reveal_quote(self) -> None:
        self._scroll.ensureWidgetVisible(self.quote)

    def _select(self, start: int, end: int) -> None:
        if self._shown is None:
            return
        self.sheet.select((start, end))
        self._unfold_quote()
        self.quote.take(self._shown.text.text[start:end])


def _turner(word: str, cap: str, act: Callable[[], object]) -> QWidget:
    """A button that turns the page; its key works from the question as well."""
    made = button(word, act, cap=cap)
    made.setAccessibleName(f"{word} page")
    made.setToolTip(f"{word} page ({cap})")
    key = Qt.Key.Key_PageUp if cap == "PgUp" else Qt.Key.Key_PageDown  # Qt says PgDown
    QShortcut(QKeySequence(key), made).activated.connect(made.click)
    return made
