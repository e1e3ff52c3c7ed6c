"""What the window says when the program itself fails: one sentence, nothing of what was typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector_app.errors import UserError
from inspector_app.ui.unlock_page import UnlockPage

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class Failures(QObject):
    """Belongs to the window. `happened` may be told from any thread."""

    happened = Signal(str)

    def __init__(self, window: "MainWindow", earlier: str = "") -> None:
        super().__init__(window)
        self._window = window
        self.happened.connect(self._tell)
        if earlier and isinstance(window.gate, UnlockPage):
            window.gate.tell(earlier)

    def _tell(self, words: str) -> None:
        from inspector_app.ui.page import Told

        if self._window.shell is not None:
            self._window.shell.strip.tell(Told(UserError(words)))
        elif isinstance(self._window.gate, UnlockPage):
            self._window.gate.tell(words)
