"""Pictures on their way in: decoded and kept by a worker, then added, with progress and cancel."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QProgressBar

from inspector_app.errors import UserError
from inspector_app.ui.buttons import button
from inspector_app.ui.kit import label, row
from inspector_app.ui.theme import px
from inspector_app.ui.work import Work
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.pictures import Added, Intake, Source


@dataclass(frozen=True, slots=True)
class Ending:
    """How an import ended: what was added, what to say, and a line for each picture kept out.

    `again` adds with a reason where the report is signed.
    """

    added: "Added | None" = None
    words: str = ""
    kept_out: tuple[str, ...] = ()
    error: UserError | None = None
    again: "Callable[[str], Added] | None" = None


class PhotoIntake(QObject):
    """One import. It goes on whatever page is shown, and ends when the workspace is closed."""

    progress = Signal(int, int)
    ended = Signal(object)

    def __init__(
        self,
        workspace: "Workspace",
        inspection: str,
        sources: "Sequence[Source]",
        owner: str = "",
        area: str = "",
    ) -> None:
        super().__init__()
        from inspector_app.workspace import pictures

        self._workspace = workspace
        self._about = {"owner": owner, "area": area}
        self._inspection = inspection
        self._names = [s.name if isinstance(s, Path) else "The pasted picture" for s in sources]
        self._stop = threading.Event()
        job = pictures.intake_job(workspace, inspection, sources, self._tell, self._is_unwanted)
        self._work = Work(lambda: self._taken_in(job), self)
        self._work.done.connect(self._done)
        self._work.failed.connect(self._failed)
        QCoreApplication.instance().aboutToQuit.connect(self.cancel)  # type: ignore[union-attr]

    def start(self) -> None:
        _UNDER_WAY.add(self)
        self._work.start()

    def cancel(self) -> None:
        """Stop before the next picture; then nothing is added."""
        self._stop.set()

    def _is_unwanted(self) -> bool:
        return self._stop.is_set() or not self._workspace.desk.is_open

    def _add(self, intake: "Intake", amends: str = "") -> "Added":
        from inspector_app.workspace import pictures

        about = {**self._about, "amends": amends}
        return pictures.add(self._workspace, self._inspection, intake, **about)

    def _tell(self, done: int) -> None:
        self.progress.emit(done, len(self._names))  # from the worker; it crosses over by itself

    def _taken_in(self, job: "Callable[[], Intake]") -> "Intake | None":
        from inspector_app.workspace.pictures import Cancelled

        try:
            return job()
        except Cancelled:
            return None

    def _done(self, intake: "Intake | None") -> None:
        if intake is None or self._is_unwanted():
            self._end(Ending(words="Adding photos was cancelled: none of them was added."))
            return
        try:
            added = self._add(intake) if intake.kept else None
        except UserError as error:
            self._end(Ending(error=error, again=partial(self._add, intake)))
        else:
            words = said(self._names, intake, added)
            self._end(Ending(added, words, kept_out(self._names, intake)))

    def _failed(self, error: UserError) -> None:
        self._end(Ending(error=error))

    def _end(self, ending: Ending) -> None:
        _UNDER_WAY.discard(self)
        self.ended.emit(ending)


_UNDER_WAY: set[PhotoIntake] = set()
"""Imports that have not ended: they outlive the page on which they began."""


def said(names: Sequence[str], intake: "Intake", added: "Added | None") -> str:
    """`9 of 10 photos were added; 1 was kept out.`"""
    of, again = len(names), added.again if added else 0
    new, out = len(intake.kept) - again, len(intake.refused)
    left = of - len(intake.kept) - out
    some = f"{new} of {_photos(of)} {_was(new or of)} added"
    parts = [some if new != of else f"{_photos(of)} added"]
    parts += [f"{again} {_was(again)} here already"] if again else []
    parts += [f"{out} {_was(out)} kept out"] if out else []
    parts += [f"{left} {_was(left)} not reached"] if left else []
    return "; ".join(parts) + "."


def kept_out(names: Sequence[str], intake: "Intake") -> tuple[str, ...]:
    """A sentence for each picture that was kept out, and why the work ended early, if it did."""
    lines = [f"{names[refused.place]}: {refused.why}" for refused in intake.refused]
    return (*lines, *([intake.trouble] if intake.trouble else ()))


def _photos(count: int) -> str:
    return counted(count, "photo", "photos")


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


class IntakeLine(QFrame):
    """The line above the page while pictures come in: how many, how far, Cancel."""

    ended = Signal(object)
    """An Ending, once for each import."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("intake")
        self._intakes: list[PhotoIntake] = []
        self._words = label("", "small", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Photos added")
        self._bar.setMinimumWidth(px(120))
        self._cancel = button("Cancel", self.cancel)
        line = row(self._words, self._bar, self._cancel, gap=12)
        line.setStretch(1, 1)
        line.setContentsMargins(px(24), px(8), px(24), px(8))
        self.setLayout(line)
        self.hide()

    def add(self, intake: PhotoIntake) -> None:
        """Start an import, or let it wait for the one under way."""
        intake.progress.connect(self._progressed)
        intake.ended.connect(self._ended)
        self._intakes.append(intake)
        if len(self._intakes) == 1:
            self._begin()

    def is_busy(self) -> bool:
        return bool(self._intakes)

    def cancel(self) -> None:
        """Cancel what is under way and what waits."""
        for intake in self._intakes:
            intake.cancel()

    def _begin(self) -> None:
        self._words.setText("Reading photos …")
        self._bar.setRange(0, 0)
        self.show()
        self._intakes[0].start()

    def _progressed(self, done: int, of: int) -> None:
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._words.setText(f"Adding photos: {done} of {of}")

    def _ended(self, ending: Ending) -> None:
        self._intakes.pop(0)
        if self._intakes:
            self._begin()
        else:
            self.hide()
        told = ending.words or (ending.error.message if ending.error else "")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
        self.ended.emit(ending)
