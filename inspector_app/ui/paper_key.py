"""A key for paper: shown this one time, printed or copied, and checked against the paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, field_row, holding, label, row

_GROUP = 4


class PaperKey(QWidget):
    """The key, a line for its last four characters, a button to go on, and Print.

    `name` is what the key is called, `go_on` what the button says, `heading` what is printed above.
    """

    done = Signal()

    def __init__(self, name: str, go_on: str, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self.key = label("", "key")
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.key.setAccessibleName(name)
        self.check = LineEditor()
        self.check.returnPressed.connect(self._next)
        self.go_on = button(go_on, self._next, style="primary")
        asked = field_row("The last four characters, read from your paper", self.check)
        acts = holding(row(self.go_on, button("Print", self._print), 1))
        self.setLayout(column(self.key, asked, acts, gap=14))

    def show_key(self, key: str) -> None:
        self.key.setText(key)

    def _next(self) -> None:
        typed = "".join(self.check.text().split()).upper()
        if typed != self.key.text().replace(" ", "")[-_GROUP:]:
            self.check.refuse("These are not its last four characters. Look at the paper again.")
            return
        self.check.refuse("")
        self.key.setText("")
        self.done.emit()

    def _print(self) -> None:
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            page = QTextDocument()
            page.setPlainText(f"{self._heading}\n\n{self.key.text()}")
            page.print_(printer)
