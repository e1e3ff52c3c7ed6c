"""A page's content with the agreement beside it; below it where the window is narrow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QSplitter, QWidget
from shiboken6 import isValid

from inspector_app.inspection.guard import SIGNED
from inspector_app.ui.agreement_attach import attach_from_file
from inspector_app.ui.agreement_view import AgreementPanel
from inspector_app.ui.body import enter_page
from inspector_app.ui.buttons import button
from inspector_app.ui.kit import column, holding, label, row
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.theme import px
from inspector_app.workspace import signed_copy

if TYPE_CHECKING:
    from inspector_app.forms import Citation, Item
    from inspector_app.records import Agreement

_BESIDE = 840
_WITH_SIDE = 1560
KEY = "Ctrl+G"


class AgreementBeside(QSplitter):
    """Opens the attached copy at a question's clause, follows the question, and closes again.

    For a page with questions: `act(cite)` is the button beside a clause; `follow(item)`,
    `changed(slots)` and `leave()` are told what the page is told.
    """

    def __init__(self, page: Page, content: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setChildrenCollapsible(False)
        self._page = page
        self._content = content
        self._item: Item | None = None
        self._copy = ""
        self._came_from: QWidget | None = None
        self.panel: AgreementPanel | None = None
        self.addWidget(content)
        self.setStretchFactor(0, 1)
        QShortcut(QKeySequence(KEY), page).activated.connect(self.toggle)

    @property
    def is_open(self) -> bool:
        """Whether the agreement is to be seen."""
        return self.panel is not None and not self.panel.isHidden()

    def needs_room(self) -> bool:
        """Whether the right side has to give way: the clause is marked in the agreement itself."""
        return self.is_open and self.window().width() < px(_WITH_SIDE)

    # -- what a page tells -------------------------------------------------------------------

    def follow(self, item: "Item") -> None:
        """The question is another one: an open agreement goes to its clause."""
        before, self._item = self._item, item
        if self.is_open and before is not item:
            self._open(self._first_clause())

    def changed(self, slots: Slots) -> None:
        """Findings, and copies that came or went."""
        if self.panel is None or not self.is_open:
            return
        kinds = {record.partition(":")[0] for record, _ in slots}
        if "agreement" in kinds and self._shown_copy() is None:
            self.close_panel()
        if kinds & {"finding", "answer"}:
            self.panel.quote.refresh()

    def leave(self) -> None:
        """The page is left: no child stays behind."""
        if self.panel is not None:
            self.panel.close_copy()

    # -- opening and closing -----------------------------------------------------------------

    def act(self, cite: "Citation") -> QWidget | None:
        """What can be done beside a clause: open the agreement there, or attach it first."""
        if self._page.inspection.form.document(cite.document).kind not in SIGNED:
            return None
        where = f" at page\u00a0{cite.page}" if cite.page else ""
        copy = self._copy_for(cite)
        if copy is None and cite != self._first_clause():
            return None  # it is said once, beside the first
        if copy is None:
            attach = button("Attach the signed agreement…", lambda: self._attach(cite))
            return _told(attach, f"No copy is attached that could be opened{where}.")
        opener = button(f"Open the agreement{where}", lambda: self._open(cite), cap=KEY)
        here = signed_copy.is_here(self._page.workspace, self._page.inspection_id, copy)
        opener.setEnabled(here)
        late = "It is attached, but has not come here yet: ask for a bundle with it."
        return _told(opener, "" if here else late)

    def toggle(self) -> None:
        """Open the agreement at the question's first clause, attach it first, or close it."""
        cite = self._first_clause()
        if self.is_open:
            self.close_panel()
        elif cite is None:
            self._page.message.emit("This question cites no section of the agreement")
        elif self._copy_for(cite) is None:
            self._attach(cite)
        else:
            self._open(cite)

    def close_panel(self) -> None:
        """The question has the room again, and the focus goes back to where it was."""
        if self.panel is None:
            return
        self.panel.close_copy()
        self.panel.hide()
        self._copy = ""
        self._page.placed.emit()
        came_from = self._came_from
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            enter_page(self._content)

    def _attach(self, cite: "Citation") -> None:
        part: signed_copy.Part = "addendum" if self._wants_addendum(cite) else "signed-copy"
        attach_from_file(self._page, lambda: self._open(cite), part)

    def _open(self, cite: "Citation | None") -> None:
        copy = self._copy_for(cite) if cite else self._shown_copy()
        digest = (copy and copy.sha256) or ""
        data = self._page.workspace.agreement_bytes(self._page.inspection_id, digest)
        if data is None or self._item is None or copy is None:
            return
        panel = self._shown_panel()
        if digest != self._copy:
            self._copy = digest
            panel.show_copy(_title_of(copy), data)
        document = cite.document if cite else "moa"
        panel.show_clause(cite, self._item.id, document)
        self._page.placed.emit()

    def _shown_panel(self) -> AgreementPanel:
        if self.panel is None:
            self.panel = AgreementPanel(self._page)
            self.panel.closed.connect(self.close_panel)
            self.panel.hide()
            self.addWidget(self.panel)
            self.setStretchFactor(1, 1)
        if self.panel.isHidden():
            focused = QApplication.focusWidget()
            inside = focused is not None and self._content.isAncestorOf(focused)
            self._came_from = focused if inside else None
            self.panel.show()
            self._arrange()
            self.panel.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.panel

    # -- which copy --------------------------------------------------------------------------

    def _first_clause(self) -> "Citation | None":
        form = self._page.inspection.form
        cites = self._item.citations if self._item else ()
        return next((c for c in cites if form.document(c.document).kind in SIGNED), None)

    def _wants_addendum(self, cite: "Citation") -> bool:
        return self._page.inspection.form.document(cite.document).kind == "addendum"

    def _copy_for(self, cite: "Citation") -> "Agreement | None":
        """The copy that was compared, else the newest; a signed copy may hold its addendum too."""
        inspection = self._page.inspection
        copies = [copy for copy in signed_copy.attached(inspection) if copy.sha256]
        if self._wants_addendum(cite):
            copies.sort(key=lambda copy: copy.part != "addendum")
        else:
            seen = inspection.visit.agreement_seen
            copies = [copy for copy in copies if copy.part != "addendum"]
            copies.sort(key=lambda copy: copy.sha256 != seen)
        return next(iter(copies), None)

    def _shown_copy(self) -> "Agreement | None":
        copies = signed_copy.attached(self._page.inspection)
        return next((copy for copy in copies if copy.sha256 and copy.sha256 == self._copy), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside each other where both have room to be read, else one below the other."""
        beside = self.width() >= px(_BESIDE)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.orientation() != wanted or not any(self.sizes()[1:]):
            self.setOrientation(wanted)
            whole = self.width() if beside else self.height()
            self.setSizes([whole * 45 // 100, whole * 55 // 100])


def _title_of(copy: "Agreement") -> str:
    what = "Addendum" if copy.part == "addendum" else "Signed agreement"
    return copy.title or f"{what}, {copy.pages} pages"


def _told(act: QWidget, words: str) -> QWidget:
    """A button as wide as its words, with the reason where it cannot do what one expects."""
    parts = [holding(row(act, 1)), *([label(words, "muted")] if words else [])]
    return holding(column(*parts, gap=4))
