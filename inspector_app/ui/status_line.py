"""The line at the foot: what is saved, what is not handed over, what Ctrl+Z would undo, keys."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from inspector_app.ui.kit import emptied, holding, key_cap, label, row, symbol
from inspector_app.ui.theme import px

_MESSAGE_STAYS = 8_000
_KEY_ROOM = 560


class StatusLine(QWidget):
    """Quiet words; a failed write is told in the strip above, loudly."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(28))
        self._check = symbol("check", 14)
        self.saved = label("", "saved", wrap=False)
        self.left = label("", "saved", wrap=False)
        self._keys = row(gap=6)
        self._held: tuple[str | None, tuple[tuple[str, str], ...], bool] = (None, (), False)
        box = row(self._check, self.saved, self.left, 1, holding(self._keys), gap=8)
        box.setSpacing(px(10))
        box.setContentsMargins(px(14), 0, px(14), 0)
        self.setLayout(box)
        self._message = ""
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_MESSAGE_STAYS)
        self._forget.timeout.connect(lambda: self.set_message(""))
        self._at: datetime | None = None
        self._show_words()

    def set_saved(self, at: datetime | None) -> None:
        self._at = at
        self._show_words()

    def set_message(self, words: str) -> None:
        """Something that was done, for a while in the place of the time of saving."""
        self._message = words
        self._show_words()
        if words:
            self._forget.start()
            QAccessible.updateAccessibility(QAccessibleEvent(self.saved, QAccessible.Event.Alert))

    def set_left(self, changes: int | None) -> None:
        """How many changes no bundle has carried; None where no inspection is open."""
        words = {None: "", 0: "all handed over", 1: "1 change not handed over"}
        self.left.setText(words.get(changes, f"{changes} changes not handed over"))

    def set_keys(self, undo: str | None, keys: Sequence[tuple[str, str]], *, narrow: bool) -> None:
        """What Ctrl+Z would undo, in words, and as many of the page's keys as there is room for."""
        held = (undo, tuple(keys), narrow)
        if held == self._held:
            return
        self._held = held
        emptied(self._keys)
        shown = [("Ctrl+Z", f"undo: {undo}")] if undo else []
        shown += [pair for pair in keys if pair[0] not in ("?", "Ctrl+Z")][: 0 if narrow else 2]
        for key, words in [*shown, ("Ctrl+K", "all actions"), ("?", "keys")]:
            self._keys.addWidget(key_cap(key))
            text = label(words, "saved", wrap=False)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._keys.addWidget(text)
            self._keys.addSpacing(px(6))

    def _show_words(self) -> None:
        saved = f"Saved {self._at:%H:%M:%S}" if self._at else "Everything is saved"
        self.saved.setText(self._message or saved)
        self.saved.setAccessibleName(self.saved.text())
