"""The line at the foot: what is saved, what is not handed over, what Ctrl+Z would undo, keys."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector_app.ui.kit import ElidedLabel, emptied, holding, key_cap, label, mark, row

MOST_KEYS = 3


class StatusLine(QWidget):
    """Quiet words; a failed write is told in the strip above, loudly."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._saved = label("", "saved", wrap=False)
        self._left = label("", "saved", wrap=False)
        self._undo = ElidedLabel("", "saved")
        self._undo_cap = key_cap("Ctrl+Z")
        self._keys = row(gap=6)
        box = row(mark("check", 14), self._saved, self._left, 1, gap=10)
        box.addWidget(self._undo_cap)
        box.addWidget(self._undo, 1)
        box.addWidget(holding(self._keys, "plain"))
        box.setContentsMargins(14, 0, 14, 0)
        self.setLayout(box)
        self._undo.setMaximumWidth(260)
        self.set_undo(None)

    def set_saved(self, at: datetime | None) -> None:
        self._saved.setText(f"Saved {at:%H:%M:%S}" if at else "Everything is saved")

    def set_left(self, changes: int | None) -> None:
        """How many changes no bundle has carried; None where no inspection is open."""
        words = {None: "", 0: "all handed over", 1: "1 change not handed over"}
        self._left.setText(words.get(changes, f"{changes} changes not handed over"))

    def set_undo(self, words: str | None) -> None:
        self._undo_cap.setVisible(words is not None)
        self._undo.setVisible(words is not None)
        self._undo.set_text(f"undo: {words}" if words else "")

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        emptied(self._keys)
        for key, words in list(keys)[:MOST_KEYS]:
            self._keys.addWidget(key_cap(key))
            self._keys.addWidget(label(words, "saved", wrap=False))
