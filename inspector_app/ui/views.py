"""One of several parts at a time, in the same place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget


class Views(QWidget):
    """Like Qt's own stack, which a screen reader calls a "layered pane" on the way into a page."""

    currentChanged = Signal(int)

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._box = QStackedLayout(self)
        for part in parts:
            self._box.addWidget(part)
        self._box.currentChanged.connect(self.currentChanged)

    def addWidget(self, widget: QWidget) -> None:
        self._box.addWidget(widget)

    def removeWidget(self, widget: QWidget) -> None:
        self._box.removeWidget(widget)

    def count(self) -> int:
        return self._box.count()

    def currentIndex(self) -> int:
        return self._box.currentIndex()

    def currentWidget(self) -> QWidget | None:
        return self._box.currentWidget()

    def setCurrentIndex(self, index: int) -> None:
        self._box.setCurrentIndex(index)

    def setCurrentWidget(self, widget: QWidget) -> None:
        self._box.setCurrentWidget(widget)
