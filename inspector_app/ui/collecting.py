"""Python's collection of unreachable objects, in the window's thread alone.

By itself it runs in whichever thread makes an object next. In a worker's it would take widgets
apart there, which Qt forbids and does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EACH = 1_000
"""Milliseconds between looks at whether there is enough to collect."""


class Collecting(QObject):
    """Collects when as much has gathered as would have started a collection by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EACH)

    def collect(self) -> None:
        """The oldest generation that is due, with those younger than it."""
        pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(pairs) if count > most]
        if due:
            gc.collect(due[-1])
