"""The end of the names of an inspection: what it does, what still holds the key, a typed word."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.focus import opened_in_sight
from inspector_app.ui.kit import caution, column, emptied, field_row, holding, label, row, section
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px
from inspector_app.workspace import names

WORD = "Destroy"


class NamesPart(QWidget):
    """How many names are sealed and whether they can be read here; the way to their end."""

    def __init__(self, page: Page, ended: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._ended = page, ended
        self._box = column(gap=8)
        self.setLayout(self._box)
        self._word, self._go = QLineEdit(), QWidget()
        self._show([])

    @staticmethod
    def needed(page: Page) -> bool:
        """Whether there is something to say: a name, or the key of one."""
        workspace, id = page.workspace, page.inspection_id
        return bool(names.count(workspace, id)) or names.has_key(workspace, id)

    def _show(self, asking: list[QWidget]) -> None:
        emptied(self._box)
        self._end = button("Destroy the names", self._ask, style="link")
        acts = [self._end] if not asking and not self._gone() else []
        for part in [section("Names", "", *acts), label(self._state(), "muted"), *asking]:
            self._box.addWidget(part)
            part.setVisible(True)  # at once, so that it can take the focus

    def _gone(self) -> str:
        return names.destroyed_at(self._page.inspection.log)

    def _state(self) -> str:
        workspace, id = self._page.workspace, self._page.inspection_id
        number = names.count(workspace, id)
        words = "1 name is sealed" if number == 1 else f"{number} names are sealed"
        if self._gone():
            return f"{words}; the key was destroyed, so nobody can read them here."
        here = "the key is here" if names.has_key(workspace, id) else "the key is not here"
        return f"{words}; {here}. It leaves only in a bundle that is made with names."

    def _ask(self) -> None:
        self._word = QLineEdit()
        self._word.setMaximumWidth(px(240))
        self._word.textChanged.connect(self._typed)
        self._word.returnPressed.connect(self._destroy)
        self._go = button("Destroy the names", self._destroy)
        self._go.setEnabled(False)
        cancel = button("Cancel", self._cancel)
        warnings = names.warning(self._page.workspace, self._page.inspection_id)
        parts: list[QWidget] = [
            *(caution(words) for words in warnings),
            field_row(f"Type {WORD} to go on", self._word),
            holding(row(self._go, cancel, 1)),
        ]
        self._show(parts)
        self._word.setFocus()
        opened_in_sight(self)

    def _typed(self, text: str) -> None:
        self._go.setEnabled(text.strip() == WORD)

    def _cancel(self) -> None:
        self._show([])
        self._end.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._word.isVisible():
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _destroy(self) -> None:
        if self._word.text().strip() != WORD:
            return
        page = self._page
        if page.attempt(lambda: names.destroy(page.workspace, page.inspection_id)):
            page.message.emit("The names are destroyed. The labels stay.")
            self._ended()
