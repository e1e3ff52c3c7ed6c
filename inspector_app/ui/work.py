"""Long work beside the window: a worker thread gives back a result or an error, never writes."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from inspector_app.errors import UserError


class Stopped(Exception):
    """Raised in the worker by `Work.step` when the work is not to go on."""


class Work(QObject):
    """One piece of work. `done`, `failed` and `stopped` come in the window's thread.

    Work that can end between two pieces calls `step` there. `stop` asks it to, and it still says
    how it ended, for it may have been too late; after `cancel` nobody is told anything.
    """

    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    progress = Signal(int, int)
    """How many pieces are done, of how many."""
    _ended = Signal()

    def __init__(self, act: Callable[[], Any], owner: QObject) -> None:
        super().__init__()
        self._cancelled = False
        self._stopping = threading.Event()
        self._task = _Task(act, self)
        owner.destroyed.connect(self.cancel)
        self._ended.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        _RUNNING.add(self)
        QThreadPool.globalInstance().start(self._task)

    def step(self, done: int, of: int) -> None:
        """Called by the work between two pieces, in the worker's thread. Raises Stopped."""
        if self._stopping.is_set():
            raise Stopped
        self.progress.emit(done, of)

    def stop(self) -> None:
        """Ask it to end at its next step."""
        self._stopping.set()

    def cancel(self) -> None:
        """What comes of it is no longer wanted; nothing was written."""
        self._cancelled = True
        self.stop()

    def finish(
        self, result: object, error: UserError | None = None, *, stopped: bool = False
    ) -> None:
        """Called in the worker's thread; the signals cross over to the window's."""
        if not self._cancelled and error is not None:
            self.failed.emit(error)
        elif not self._cancelled and stopped:
            self.stopped.emit()
        elif not self._cancelled:
            self.done.emit(result)
        self._ended.emit()

    def _forget(self) -> None:
        """In the window's thread: with this may go the last that holds a page."""
        _RUNNING.discard(self)


_RUNNING: set[Work] = set()
"""Work under way: it outlives the page that asked for it, whose end cancels it."""


class _Task(QRunnable):
    def __init__(self, act: Callable[[], Any], work: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._act = act
        self._work = work

    def run(self) -> None:
        try:
            result = self._act()
        except UserError as error:
            self._work.finish(None, error)
        except Stopped:
            self._work.finish(None, stopped=True)
        else:
            self._work.finish(result)


def stop_all(patience: int) -> None:
    """Before this process ends: let whatever is under way take its half-written files with it.

    `patience`: how many milliseconds to wait for it.
    """
    for work in list(_RUNNING):
        work.cancel()
    QThreadPool.globalInstance().waitForDone(patience)
