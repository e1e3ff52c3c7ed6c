"""Buttons that stay pressed, pressed by a screen reader.

Qt lets a reader toggle them without a click, so that they would look pressed and nothing be done:
on AT-SPI “toggle” is even the first act of such a button.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QAbstractButton


class Toggling(QObject):
    """Makes a click of a toggle that is neither a click nor done by the program."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._known = False
        button.toggled.connect(self._toggled)

    @contextmanager
    def known(self) -> Iterator[None]:
        """While a click or the program changes the button."""
        self._known = True
        try:
            yield
        finally:
            self._known = False

    def _toggled(self, on: bool) -> None:
        if self._known or not self._button.isEnabled():
            return
        with QSignalBlocker(self._button), self.known():
            self._button.setChecked(not on)
        self._button.click()
