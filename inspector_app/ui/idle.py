"""When to lock by itself: nobody does anything, or the computer goes to sleep.

The clock is the wall's, not the processor's, so that an hour asleep counts as an hour.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QWindow
from PySide6.QtWidgets import QFrame

from inspector_app.ui import preferences
from inspector_app.ui.announcing import announce
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import label, row, symbol
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

    from inspector_app.ui.session import Session
    from inspector_app.ui.shell import Shell

WARNING = 60.0
"""Seconds before the end at which somebody is told."""
_STEP, _LAST_STEP = 10.0, 1.0
_SERVICE, _PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER = f"{_SERVICE}.Manager"
_DONE_BY_PEOPLE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleClock(QObject):
    """Counts from the last thing that somebody did. `tick` looks at the clock."""

    warned = Signal(int)
    """Seconds that are left, once a second in the last minute."""
    woke = Signal()
    """Somebody did something after a warning."""
    ended = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        minutes: Callable[[], int] = preferences.lock_minutes,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self.now = now
        self._minutes = minutes
        self._last = now()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self._wait()

    def used(self) -> None:
        """Somebody pressed, moved or touched something."""
        self._last = self.now()
        if self._warning:
            self._warning = False
            self.woke.emit()
            self._wait()

    def tick(self) -> None:
        """Warn, or end, when it is time."""
        left = self._left()
        if left <= 0:
            self._timer.start(round(_STEP * 1000))  # again, should it not be possible now
            self.ended.emit()
            return
        if left <= WARNING:
            self._warning = True
            self.warned.emit(round(left))
        self._wait()

    def _left(self) -> float:
        now = self.now()
        self._last = min(self._last, now)  # the clock was set back
        return self._minutes() * 60 - (now - self._last)

    def _wait(self) -> None:
        until = self._left() - WARNING
        step = _LAST_STEP if until <= 0 else min(max(until, _LAST_STEP), _STEP)
        self._timer.start(round(step * 1000))


class InputWatch(QObject):
    """Sees keys, pointer and fingers as they reach a window, before any widget does."""

    seen = Signal()

    def __init__(self, window: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _DONE_BY_PEOPLE:
            self.seen.emit()
        return False


class IdleNote(QFrame):
    """A line under the top bar in the last minute. It takes no key and no focus."""

    stay = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self._words = label("", "small")
        self._stay = button("Stay", self.stay.emit)
        self._stay.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = row(symbol("lock", 18), self._words, self._stay, gap=12)
        box.setStretch(1, 1)
        box.setContentsMargins(px(16), px(6), px(12), px(6))
        self.setLayout(box)
        self.hide()

    def tell(self, seconds: int) -> None:
        """Say how long there still is; a screen reader is told once."""
        words = "1 second" if seconds == 1 else f"{seconds} seconds"
        self._words.setText(
            f"Nothing was pressed for a while. This locks in {words}; everything is saved. "
            "Move the pointer or press Shift to stay."
        )
        if self.isHidden():
            self.setAccessibleName(self._words.text())
            self.show()
            announce(self, self._words.text(), urgent=True)


class SleepWatch(QObject):
    """Hears from the system that it goes to sleep, and asks it to wait until that was heard.

    Silent where there is no bus or nobody on it who would say so.
    """

    sleeping = Signal()

    def __init__(self, parent: QObject | None = None, bus: "QDBusConnection | None" = None) -> None:
        from PySide6.QtDBus import QDBusConnection

        super().__init__(parent)
        self._bus = bus or QDBusConnection.systemBus()
        self._held: Any = None
        self._asked: QDBusPendingCallWatcher | None = None
        if self._bus.isConnected():
            slot: Any = SLOT("prepare(bool)")  # Qt for Python says bytes and takes a text alone
            self._bus.connect(_SERVICE, _PATH, _MANAGER, "PrepareForSleep", self, slot)
            self._hold()

    @Slot(bool)
    def prepare(self, going: bool) -> None:
        """The system is about to sleep, or has woken up again."""
        if going:
            self.sleeping.emit()
            self._held = None  # closes the file that holds the system back
        else:
            self._hold()

    def _hold(self) -> None:
        """Ask for the seconds that it takes to save and to lock."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "Inspector", "Saving what was typed", "delay"])
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)
        self._asked.finished.connect(self._keep)

    def _keep(self, asked: "QDBusPendingCallWatcher") -> None:
        given = asked.reply().arguments()
        self._held = given[0] if given and not asked.isError() else None


class FilledClipboard(QObject):
    """Knows whether what is on the clipboard came from this program, and clears it then."""

    def __init__(self, parent: QObject | None, in_front: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._in_front = in_front
        self._board = QGuiApplication.clipboard()
        self._ours: set[QClipboard.Mode] = set()
        self._board.changed.connect(self._changed)

    def _changed(self, mode: QClipboard.Mode) -> None:
        """Ours when it was filled while this program was in front."""
        (self._ours.add if self._in_front() else self._ours.discard)(mode)

    def clear(self) -> None:
        """Take away what this program put there; what others put there stays."""
        for mode in sorted(self._ours, key=lambda mode: mode.value):
            self._board.clear(mode)
        self._ours.clear()


class Guard(QObject):
    """Watches over a window that is open, and locks it when it is time."""

    def __init__(self, shell: "Shell", session: "Session", lock: Callable[[], None]) -> None:
        super().__init__(shell)
        window = shell.window()
        window.winId()  # makes the system's window, whose input is watched
        self.clock, self.note = IdleClock(self), shell.idle
        self.clock.warned.connect(self.note.tell)
        self.clock.woke.connect(self.note.hide)
        self.clock.ended.connect(lock)
        self.note.stay.connect(self.clock.used)
        self.input = InputWatch(window.windowHandle(), self)
        self.input.seen.connect(self.clock.used)
        self.input.seen.connect(session.touch)
        self.sleep = SleepWatch(self)
        self.sleep.sleeping.connect(lock)


def lock_chooser() -> Chips:
    """After how long without a key the workspace locks; it holds for this laptop, at once."""
    chips = Chips(
        [(str(minutes), words) for minutes, words in preferences.LOCK_WORDS.items()],
        name="Lock after",
    )
    chips.set_value(str(preferences.lock_minutes()))
    chips.chosen.connect(lambda minutes: preferences.keep_lock_minutes(int(minutes)))
    return chips
