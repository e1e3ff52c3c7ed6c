"""A section whose acts open something below them; Esc and Cancel put it away again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inspector_app.ui.focus import opened_in_sight
from inspector_app.ui.kit import column, emptied, framed


class Opening(QWidget):
    """What is asked for stands in a box in `below`, which its layout has somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.below = column(gap=10)

    def first(self) -> QWidget:
        """What the focus goes back to."""
        raise NotImplementedError

    def open(self, *parts: QWidget) -> None:
        """Show these in place of what was open."""
        emptied(self.below)
        box = framed(column(*parts, gap=12), "box")
        self.below.addWidget(box)
        box.setVisible(True)  # at once, so that something in it can take the focus
        opened_in_sight(box)

    def away(self) -> None:
        """Put it away; the focus goes back to what opened it."""
        emptied(self.below)
        self.first().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.below.count():
            self.away()
        else:
            super().keyPressEvent(event)
