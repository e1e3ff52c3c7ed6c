"""The strip under the top bar: what happened, what is safe, what to do; no stack of dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame

from inspector_app.errors import UserError
from inspector_app.ui.kit import button, column, holding, label, mark, row


class ErrorStrip(QFrame):
    """Hidden while there is nothing to tell. Told to a screen reader when it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = label("", "strong")
        self._details = label("", "body")
        self._close = button("Close", self.clear, style="quiet", symbol="close")
        texts = holding(column(self._words, self._details, gap=2), "plain")
        box = row(mark("refused"), texts, self._close, gap=12)
        box.setContentsMargins(16, 8, 8, 8)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.hide()

    def tell(self, error: UserError | None) -> None:
        """Show an error, or nothing when all is well again."""
        if error is None:
            self.clear()
            return
        self._words.setText(error.message)
        self._details.setText("\n".join(error.details[:6]))
        self._details.setVisible(bool(error.details))
        self.setAccessibleName(error.message)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        self.hide()
        self._words.setText("")
