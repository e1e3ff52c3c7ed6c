"""A line for a passphrase, with a way to see what is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.ui.buttons import Button
from inspector_app.ui.kit import column, holding, label, row


class SecretLine(QWidget):
    """Label, line, Show, and under it why it was refused. It is never kept, drafted or logged."""

    entered = Signal()
    edited = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(words)
        self.line.returnPressed.connect(self.entered)
        self.line.textEdited.connect(self.edited)
        buddy = label(words, "label", wrap=False)
        buddy.setBuddy(self.line)
        self._show = Button("Show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._reveal)
        self._refusal = label("", "refused")
        self._refusal.hide()
        line = holding(row(self.line, self._show))
        self.setLayout(column(buddy, line, self._refusal, gap=4))
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        self.line.clear()

    def refuse(self, words: str) -> None:
        """Say under the line why it was not taken."""
        self.line.setProperty("invalid", "true" if words else "false")
        self.line.setAccessibleDescription(words)
        self.line.style().polish(self.line)
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))

    def _reveal(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
