"""Backups in the window: the clock that makes one when it is due, and the panel on home."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.errors import UserError
from inspector_app.moments import Moment, day_in_words
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import caution, column, emptied, facts, holding, label, row, section
from inspector_app.ui.work import Work

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.backup import WrittenBackup

_FIRST, _AGAIN = 20_000, 600_000
"""Milliseconds until it is first looked whether a backup is due, and between two looks."""
_USUAL = 7
BUSY = "A backup is being written and read back …"
INTERVALS = {1: "every day", 7: "every week", 30: "every 30 days", 0: "only when asked"}


class Backups(QObject):
    """One for an open workspace: makes a backup in a worker when one is due or asked for."""

    changed = Signal()
    told = Signal(str)
    moved = Signal(int, int)
    """How many pictures are written, of how many."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(QApplication.instance())
        self.workspace = workspace
        self.is_busy = False
        self.trouble = ""
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST)

    def look(self) -> None:
        """Make one if it is due and its folder is there."""
        from inspector_app.workspace import backing_up

        self._timer.setInterval(_AGAIN)
        if not self.workspace.desk.is_open:
            self._timer.stop()
            return
        state = backing_up.state(self.workspace)
        if state.due and not state.away:
            self.make()
        elif state.due:
            self.changed.emit()

    def make(self) -> None:
        """Make one now, beside the window."""
        from inspector_app.workspace import backing_up

        if self.is_busy:
            return
        job = backing_up.job(self.workspace)
        self.is_busy, self.trouble = True, ""
        work = self._work = Work(lambda: job(work.step), self)
        work.done.connect(self._made)
        work.failed.connect(self._failed)
        work.stopped.connect(self._stopped)
        work.progress.connect(self.moved)
        work.start()
        self.changed.emit()

    def _made(self, written: "WrittenBackup") -> None:
        from inspector_app.workspace import backing_up

        self.is_busy = False
        if self.workspace.desk.is_open:
            backing_up.note(self.workspace, written)
            self.told.emit("Backup made and read back")
        self.changed.emit()

    def stop(self) -> None:
        """Ask it to end where that is safe; the backup before stays as it is."""
        if self._work is not None:
            self._work.stop()

    def _stopped(self) -> None:
        self.is_busy = False
        self.told.emit("Cancelled. No new backup was made; an earlier one is as it was.")
        self.changed.emit()

    def _failed(self, error: UserError) -> None:
        self.is_busy, self.trouble = False, error.message
        self.changed.emit()


_HERE: list[Backups] = []


def backups_of(workspace: "Workspace") -> Backups:
    """The one of this workspace; a process has one workspace open at a time."""
    if not _HERE or _HERE[0].workspace is not workspace:
        for other in _HERE:
            other.deleteLater()
        _HERE[:] = [Backups(workspace)]
    return _HERE[0]


class BackupPanel(QWidget):
    """On home: when the last backup was verified, where it goes and how often, and Back up now."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._workspace, self._backups = workspace, backups_of(workspace)
        self._said = column(gap=6)
        self.often = Chips(
            [(str(days), words) for days, words in INTERVALS.items()], name="A backup"
        )
        self.often.chosen.connect(lambda _: self._planned())
        self.choose = button("Choose a folder", self._choose)
        self.now = button("Back up now", self._make)
        self.cancel = button("Cancel the backup", self._cancel)
        box = column(section("Backup"), gap=8)
        box.addLayout(self._said)
        box.addWidget(self.often)
        box.addWidget(holding(row(self.choose, self.now, self.cancel, 1, gap=8)))
        self.setLayout(box)
        self._backups.changed.connect(self.show_state)
        self._backups.moved.connect(self._go_on)
        self.show_state()

    def show_state(self) -> None:
        """What holds now."""
        from inspector_app.workspace import backing_up

        state = backing_up.state(self._workspace)
        emptied(self._said)
        busy = self._backups.is_busy
        self._words = label(BUSY if busy else last_words(state.last))
        self._said.addWidget(self._words)
        if state.folder:
            self._said.addWidget(facts([("Folder", state.folder)]))
        trouble = self._backups.trouble or (state.away if state.due else "")
        if trouble:
            self._said.addWidget(caution(trouble))
        self.often.set_value(str(state.days))
        self.often.setVisible(bool(state.folder))
        self._offer(bool(state.folder), busy)

    def _offer(self, planned: bool, busy: bool) -> None:
        """One of the two acts; the focus stays on what can be pressed."""
        self.cancel.setVisible(True)
        self.now.setEnabled(planned)
        before, after = (self.now, self.cancel) if busy else (self.cancel, self.now)
        if before.hasFocus():
            after.setFocus()
        self.now.setEnabled(planned and not busy)
        self.cancel.setVisible(busy)

    def _go_on(self, done: int, of: int) -> None:
        if self._backups.is_busy and of:
            self._words.setText(f"{BUSY} {done:,} of {of:,} pictures")

    def _cancel(self) -> None:
        self._words.setText("Stopping …")
        self._backups.stop()

    def _choose(self) -> None:
        folder = choosing.choose_folder(self, "Folder for backups")
        if folder is not None:
            self._plan(folder, int(self.often.value() or 0) or _USUAL)

    def _planned(self) -> None:
        from inspector_app.workspace import backing_up

        folder = Path(backing_up.plan_of(self._workspace).folder)
        self._plan(folder, int(self.often.value() or 0))

    def _plan(self, folder: Path, days: int) -> None:
        from inspector_app.workspace import backing_up

        self._backups.trouble = ""
        try:
            backing_up.set_plan(self._workspace, folder, days)
        except UserError as error:
            self._backups.trouble = error.message
        self._backups.changed.emit()

    def _make(self) -> None:
        try:
            self._backups.make()
        except UserError as error:
            self._backups.trouble = error.message
            self.show_state()


def last_words(last: str | None) -> str:
    """When the last backup was verified, in words."""
    if last is None:
        return "There is no backup yet: what is written here is on this laptop only."
    local = Moment.parse(last).local
    return (
        f"Last backup, read back and found whole: {day_in_words(local.date())}, {local:%H:%M} UTC"
    )
