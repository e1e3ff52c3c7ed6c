"""The line above a page while something takes long: what, how far, Cancel where that is safe."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from inspector_app.ui.announcing import announce
from inspector_app.ui.buttons import button
from inspector_app.ui.kit import label, row
from inspector_app.ui.theme import px
from inspector_app.ui.work import Work

_MANY = 100
"""Pieces of work that are worth a line where it does not come at once."""


class WorkLine(QFrame):
    """Shown while there is work; one piece at a time."""

    moved = Signal(int, int)
    """How many pieces are done, of how many."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("intake")
        self._work: Work | None = None
        self._what = ""
        self._words = label("", "small", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("How far it is")
        self._bar.setMinimumWidth(px(120))
        self.cancel_button = button("Cancel", self.stop)
        line = row(self._words, self._bar, self.cancel_button, gap=12)
        line.setStretch(1, 1)
        line.setContentsMargins(px(24), px(8), px(24), px(8))
        self.setLayout(line)
        self.hide()

    @property
    def is_busy(self) -> bool:
        return not self.isHidden()

    def run(
        self,
        words: str,
        job: Callable[[Callable[[int, int], None]], object],
        owner: QObject,
        *,
        done: Callable[..., object],
        failed: Callable[..., object],
        stopped: Callable[[], object],
        at_once: bool = True,
    ) -> None:
        """Do `job` in a worker; it gets a `step` to call between its pieces.

        Not `at_once`: nothing is shown before the work says that it has many pieces.
        """
        work = Work(lambda: job(work.step), owner)
        self._work = work
        for signal, then in ((work.done, done), (work.failed, failed), (work.stopped, stopped)):
            signal.connect(self.end)
            signal.connect(then)
        work.progress.connect(self._go_on)
        self._what = words
        self.cancel_button.show()
        if at_once:
            self._begin(words)
        work.start()

    def tell_that_it_goes_through(self, words: str) -> None:
        """Say what happens now and that it cannot be cancelled; `end` follows soon."""
        self._work = None
        self._begin(f"{words} This cannot be cancelled; it takes a moment.")
        self.cancel_button.hide()

    def stop(self) -> None:
        """Ask the work to end where that is safe; it says itself when it has."""
        if self._work is not None:
            self._words.setText("Stopping …")
            self.cancel_button.hide()
            self._work.stop()

    def drop(self) -> None:
        """What comes of the work is no longer wanted, and nobody is told of its end."""
        if self._work is not None:
            self._work.cancel()
        self.end()

    def end(self, *_: object) -> None:
        self._work = None
        self.hide()

    def _begin(self, words: str) -> None:
        self._what = words
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    def _go_on(self, done: int, of: int) -> None:
        if self.isHidden() and self._work is not None and of >= _MANY:
            self._begin(self._what)
        self._bar.setRange(0, max(of, 1))
        self._bar.setValue(done)
        self._bar.setAccessibleDescription(f"{done} of {of}")
        if self._work is not None and not self.cancel_button.isHidden():
            self._words.setText(f"{self._what} {done:,} of {of:,}")
            self.moved.emit(done, of)
