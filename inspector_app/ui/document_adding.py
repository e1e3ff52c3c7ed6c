"""Files added to a review by hand: typed or pasted identifiers, one a line."""

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from inspector_app.change import new_record
from inspector_app.inspection import samples
from inspector_app.records import SampledFile
from inspector_app.ui.buttons import button
from inspector_app.ui.document_draw import SAYS_NOTHING
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.kit import column, field_row, framed, holding, label, row, state_line
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px
from inspector_app.workspace import sampling

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection


def new_identifiers(inspection: "Inspection", review: str, text: str) -> tuple[list[str], int]:
    """The identifiers in the text, one a line, that are new here, and how many are not."""
    known = {file.file for file in inspection.files_of(review)}
    lines = [normalize("NFC", line.strip()) for line in text.split("\n")]
    typed = [line for line in dict.fromkeys(lines) if line]
    fresh = [line for line in typed if line not in known]
    return fresh, len(typed) - len(fresh)


class AddFiles(QFrame):
    """Identifiers typed or pasted, one a line; Ctrl+Enter adds them, Esc puts the panel away.

    Where there is a list of all files, they are chosen from it by judgment, with a reason.
    """

    closed = Signal()

    def __init__(self, page: Page, review: str) -> None:
        super().__init__()
        self._page, self._review = page, review
        self.text = QPlainTextEdit()  # of no record: nothing of it is kept until it is added
        self.text.setPlaceholderText("One identifier a line, as the agency numbers its files")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(112))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Named in a complaint")
        self._judged = holding(
            column(
                state_line("caution", SAYS_NOTHING),
                field_row("Why these files", self.reason),
                gap=8,
            )
        )
        self._add = button("Add files", self.add, cap="Ctrl+Enter")
        self._told = label("", "muted")
        acts = row(self._add, button("Close", self.closed.emit, cap="Esc"), self._told)
        acts.setStretch(2, 1)
        parts = (field_row("Files to add", self.text, "one a line"), self._judged, acts)
        outer = column(framed(column(*parts, gap=8), "box"))
        outer.setContentsMargins(px(24), 0, px(24), px(8))
        self.setLayout(outer)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.add)
        self.unsent = Unsent(page, review, adding=self.text, why_added=self.reason)
        self.text.textChanged.connect(self.count)
        self.count()

    def count(self) -> None:
        """Say how many are new here; follows the list and what was drawn, too."""
        inspection, typed = self._page.inspection, self.text.toPlainText()
        fresh, known = new_identifiers(inspection, self._review, typed)
        plural = "file" if len(fresh) == 1 else "files"
        self._add.setText(f"Add {len(fresh)} {plural}" if fresh else "Add files")
        self._add.setEnabled(bool(fresh))
        none = "" if typed.strip() else "Type or paste identifiers first."
        self._told.setText(f"{known} already in this review" if known else none)
        self._judged.setVisible(bool(samples.frame_of(inspection, self._review)))

    def add(self) -> None:
        """Add them after the files that are there, in one change."""
        page, review = self._page, self._review
        fresh, _ = new_identifiers(page.inspection, review, self.text.toPlainText())
        if fresh and page.write(review, lambda amends: self._keep(fresh, amends)):
            self.text.clear()
            self.reason.clear()
            self.unsent.keep()
            self.closed.emit()

    def _keep(self, fresh: list[str], amends: str) -> None:
        page, review = self._page, self._review
        if frame := samples.frame_of(page.inspection, review):
            how: dict[str, Any] = {"reason": self.reason.text(), "keep": True, "amends": amends}
            places = sampling.places_of(frame, fresh)
            sampling.choose(page.workspace, page.inspection_id, review, places, **how)
            return
        taken = [file.position or 0 for file in page.inspection.files_of(review)]
        first = max(taken, default=0) + 1
        records = {
            new_record(SampledFile.kind): {"review": review, "position": at, "file": name}
            for at, name in enumerate(fresh, first)
        }
        words = f"added {len(fresh)} files" if len(fresh) > 1 else "added a file"
        page.workspace.put_many(page.inspection_id, records, words, amends)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
