"""How one inspection or agency's file is kept: how long, under hold, as an archive, or no more."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.records import Retention
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import (
    caution,
    column,
    facts,
    field_row,
    holding,
    label,
    row,
    section,
)
from inspector_app.ui.opening import Opening
from inspector_app.ui.secret_line import SecretLine
from inspector_app.workspace import retention

if TYPE_CHECKING:
    from inspector_app.archive import Written
    from inspector_app.ui.keeping_page import KeepingPage
    from inspector_app.ui.page import Page
    from inspector_app.workspace.removing import Prepared

_BOTTOM = Qt.AlignmentFlag.AlignBottom
REMOVING = (
    "It leaves this laptop with every answer, photo and change. It comes back only from a bundle "
    "or a backup that holds all of it, so one is read first. Colleagues keep theirs."
)
ARCHIVING = (
    "A folder that any browser opens, without this program. Nothing in it is encrypted but the "
    "names of people, which stay sealed: keep it where such papers are kept."
)


class Keeping(QWidget):
    """Retention class and legal hold of a log; both travel with it."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        said, held = retention.of(page.log), retention.is_held(page.log)
        self.words = LineEditor(f"None given: {retention.DEFAULT}")
        self.words.setText(said.class_)
        self.words.returnPressed.connect(self._set_class)
        self.reason = LineEditor("The matter, or who released it")
        act = "End the legal hold" if held else "Put under legal hold"
        self.class_button = button("Set the class", self._set_class)
        self.hold_button = button(act, self._release if held else self._hold)
        self.setLayout(
            column(
                section("How long", "Nothing is ever destroyed by a date"),
                _beside(field_row("Retention class", self.words), self.class_button),
                section("Legal hold"),
                *_told(said, held),
                _beside(field_row("Reason", self.reason), self.hold_button),
                gap=10,
            )
        )

    def _set_class(self) -> None:
        page, words = self._page, self.words.text()
        page.attempt(lambda: retention.set_class(page.workspace, page.inspection_id, words))

    def _hold(self) -> None:
        page, reason = self._page, self.reason.text()
        page.attempt(lambda: retention.hold(page.workspace, page.inspection_id, reason))

    def _release(self) -> None:
        page, reason = self._page, self.reason.text()
        page.attempt(lambda: retention.release(page.workspace, page.inspection_id, reason))


def _beside(field: QWidget, act: QWidget) -> QWidget:
    """A line to type in and, at its foot, what is done with it."""
    line = row(field, act, gap=8)
    line.setStretch(0, 1)
    line.setAlignment(act, _BOTTOM)
    return holding(line)


def _told(said: Retention, held: bool) -> list[QWidget]:
    reason = [facts([("Reason", said.reason)])] if said.reason else []
    if not held:
        return [label("There is none.", "muted"), *reason]
    since = f" since {day_in_words(said.since)}" if said.since else ""
    return [caution(f"Under legal hold{since}: this program removes it from no laptop."), *reason]


class ArchivePart(QWidget):
    """Write the log as an archive that outlives this program."""

    def __init__(self, page: "KeepingPage") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.write_button = button("Write an archive", self._write)
        words = label(ARCHIVING, "muted")
        self.setLayout(column(section("Archive"), words, _left(self.write_button), gap=10))

    def _write(self) -> None:
        from inspector_app.workspace import unpacking

        page = self._page
        parent = choosing.choose_folder(page, "Where the archive’s folder goes")
        if parent is None or page.work.is_busy:
            return
        out = parent / f"archive-{page.inspection_id[:6]}"
        job = unpacking.job(page.workspace, page.inspection_id, out)
        page.run("Writing the archive …", job, page, partial(self._written, out))

    def _written(self, out: Path, written: "Written") -> None:
        lacks = f"; {written.not_here} files are not here" if written.not_here else ""
        words = f"Archive written and checked: {out.name}, {written.changes} changes"
        self._page.message.emit(f"{words}, {written.files} files{lacks}")


def _left(*acts: QWidget) -> QWidget:
    return holding(row(*acts, 1))


class RemovePart(Opening):
    """Take the log off this laptop, once something else is found to hold all of it."""

    def __init__(self, page: "KeepingPage") -> None:
        super().__init__()
        self._page = page
        self.remove_button = button("Remove from this laptop", self._ask)
        box = column(section("Remove"), label(REMOVING, "muted"), _left(self.remove_button), gap=10)
        box.addLayout(self.below)
        self.setLayout(box)

    def _ask(self) -> None:
        self.newest = button("The newest backup holds it", partial(self._start, None))
        self.bundle = button("Choose a bundle", self._choose_bundle)
        self.backup = button("Choose a backup’s folder", self._choose_backup)
        self.secret = SecretLine("Passphrase of the bundle, where it has one")
        cancel = button("Cancel", self.away)
        held = "What holds all of it? It is read whole; then it is removed and this window locks."
        acts = (_left(self.newest, self.bundle), _left(self.backup, cancel))
        self.open(caution(held), self.secret, *acts)
        self.newest.setFocus()

    def first(self) -> QWidget:
        return self.remove_button

    def _choose_bundle(self) -> None:
        path = choosing.open_file(self._page, "A bundle that holds all of it", choosing.BUNDLES)
        if path:
            self._start(path)

    def _choose_backup(self) -> None:
        path = choosing.choose_folder(self._page, "A backup’s folder")
        if path:
            self._start(path)

    def _start(self, held_by: Path | None) -> None:
        from inspector_app.workspace import removing

        page, jobs = self._page, []
        if page.work.is_busy:
            return
        id, secret = page.inspection_id, self.secret.text() or None
        if page.attempt(lambda: jobs.append(removing.job(page.workspace, id, held_by, secret))):
            page.run("Reading what holds it …", jobs[0], page, self._finish)

    def _finish(self, prepared: "Prepared") -> None:
        from inspector_app.workspace import removing

        window, workspace = self._page.window(), self._page.workspace
        window.close_for(lambda: removing.finish(workspace, prepared), "removed")  # type: ignore[attr-defined]
