"""What an item that is not met asks for: a note, evidence, and a finding. It stops nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.checklist_evidence import findings_of
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.kit import column, field_row, framed, holding, label, row
from inspector_app.workspace import answering

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.ui.page import Page

_LENGTH = 60


class NotMet(QFrame):
    """Stands around note and evidence while the item is not met; Esc puts it away.

    The item can be left as it is at any time: what is missing then stands under What is left.
    """

    closed = Signal()
    started = Signal(str)
    """The finding that was started."""

    def __init__(self, page: "Page", item: "Item", *parts: QWidget) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName("Not met")
        self._page, self._item = page, item
        close = button("Close", self.closed.emit, cap="Esc")
        head = row(label("Not met: what was found, and what becomes of it", "strong"), close)
        head.setStretch(0, 1)
        inside = column(holding(head), *parts, self._finding(), gap=12)
        self.setLayout(column(framed(inside, "box"), gap=0))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _finding(self) -> QWidget:
        """Start one, or say which one covers the item already."""
        here = findings_of(self._page.inspection, self._item)
        style = "" if here else "primary"
        words = "Start another finding" if here else "Start a finding"
        start = button(words, self._start, style=style)
        covered = field_row("Already covered by", self._covering({one.id for one in here}))
        line = row(start, covered, gap=16)
        line.setStretch(1, 1)
        line.setAlignment(start, Qt.AlignmentFlag.AlignBottom)
        return holding(line)

    def _covering(self, here: set[str]) -> ActChooser:
        inspection = self._page.inspection
        numbers = inspection.finding_numbers()
        others = [one for one in inspection.findings() if one.id not in here]
        choices = [
            (one.id, f"{numbers[one.id]}  {inspection.numbers(one.title)}"[:_LENGTH])
            for one in others
        ]
        none = "Choose a finding" if choices else "There is no other finding yet"
        chooser = ActChooser(choices, none=none)
        chooser.setEnabled(bool(choices))
        chooser.on_commit = lambda value: self._cover(str(value or ""))
        return chooser

    def _start(self) -> None:
        page, made = self._page, list[str]()
        if page.attempt(
            lambda: made.append(
                answering.start_finding(page.workspace, page.inspection_id, self._item.id)
            )
        ):
            self.started.emit(made[0])

    def _cover(self, finding: str) -> bool:
        page, id = self._page, self._page.inspection_id
        return bool(finding) and page.write(
            finding,
            lambda amends: answering.cover(page.workspace, id, self._item.id, finding, amends),
        )
