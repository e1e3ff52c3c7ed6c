"""A new passphrase, typed twice, with a plain measure of how hard it is to guess."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.ui.kit import bar, column, holding, label
from inspector_app.ui.secret_line import SecretLine
from inspector_app.ui.strength import strength


class NewPassphrase(QWidget):
    """Two lines and the measure between them; nothing of it is kept."""

    entered = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.secret = SecretLine(words)
        self.again = SecretLine("The same once more")
        self._bar = bar(0, 3)
        self._words = label(
            "At least 12 characters; four or five unrelated words work well", "muted"
        )
        self.secret.edited.connect(self._measure)
        self.secret.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.entered)
        measure = holding(column(self._bar, self._words, gap=6))
        self.setLayout(column(self.secret, measure, self.again, gap=14))
        self.setFocusProxy(self.secret)

    def text(self) -> str:
        return self.secret.text()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.secret.clear()
        self.again.clear()

    def is_taken(self) -> bool:
        """Whether it is long enough and was typed twice the same; what is not, is told there."""
        found = strength(self.secret.text())
        self.secret.refuse("" if found.level else f"{found.words}.")
        if not found.level:
            return False
        same = self.secret.text() == self.again.text()
        self.again.refuse("" if same else "The two are not the same.")
        return same

    def _measure(self, text: str) -> None:
        found = strength(text)
        self._bar.setValue(found.level)
        self._bar.setProperty("state", found.state)
        self._bar.style().polish(self._bar)
        self._words.setText(found.words)
        self._bar.setAccessibleName(found.words)
