"""Long work beside the window: a worker thread gives back a result or an error, never writes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from inspector_app.errors import UserError


class Work(QObject):
    """One piece of work. `done` and `failed` come in the window's thread."""

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal()

    def __init__(self, act: Callable[[], Any], owner: QObject) -> None:
        super().__init__()
        self._cancelled = False
        self._task = _Task(act, self)
        owner.destroyed.connect(self.cancel)
        self._ended.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        _RUNNING.add(self)
        QThreadPool.globalInstance().start(self._task)

    def cancel(self) -> None:
        """What comes of it is no longer wanted; nothing was written."""
        self._cancelled = True

    def finish(self, result: object, error: UserError | None) -> None:
        """Called in the worker's thread; the signals cross over to the window's."""
        if not self._cancelled and error is not None:
            self.failed.emit(error)
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
        else:
            self._work.finish(result, None)
