"""Hand-over: what others do not have yet, making a bundle, and taking one in, in three steps."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from inspector_app.canonical import Value
from inspector_app.errors import UserError, WrongSecret
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.conflict_list import disputes
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.import_told import told_of
from inspector_app.ui.import_undoing import Imports
from inspector_app.ui.kit import (
    caution,
    column,
    emptied,
    facts,
    field_row,
    framed,
    holding,
    label,
    mark,
    page_head,
    reading,
    row,
)
from inspector_app.ui.left_list import Left, noticed
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.people_list import People, copies
from inspector_app.ui.preview_list import brought
from inspector_app.ui.waiting_list import keeping, waiting
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace import handing, names
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.parcels import Fetched, Merged, Preview, Written


class HandOverPage(Page):
    """The people, the difference, and both directions."""

    title = "Hand-over"
    keys = (("Ctrl+M", "make a bundle"), ("Ctrl+O", "open a bundle"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._box = column(gap=14)
        self._incoming: tuple[Path, str | None] | None = None
        self._out = Path()
        self.work = WorkLine()
        self.fill(self.work, reading(self._box, wide=True))

    def show_record(self, record: str) -> None:
        """The page as such."""
        self._incoming = None
        self._build()

    def trail(self) -> list[str]:
        return ["A bundle to merge"] if self._incoming else []

    def _build(self) -> None:
        emptied(self._box)
        for part in self._parts():
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _parts(self) -> list[QWidget]:
        return [*self._outgoing(), *self._disputes(), *self._rest(), People(self)]

    # -- out ---------------------------------------------------------------------------------

    def _outgoing(self) -> list[QWidget]:
        left = self.workspace.not_handed_over(self.inspection_id)
        words = (
            f"{left} of your changes are in no bundle yet"
            if left
            else "Every change of yours is in a bundle"
        )
        take = button("Open a bundle", self.choose_bundle, symbol="bundle", key="Ctrl+O")
        make = button(
            "Make a bundle", self._make, style="primary", symbol="hand-over", key="Ctrl+M"
        )
        self._to = Chips(
            [(p.card.fingerprint, p.card.name) for p in self.workspace.contacts()], several=True
        )
        self._to.set_values([p.card.fingerprint for p in self.workspace.contacts()])
        self._passphrase = LineEditor("At least 12 characters; tell it to the reader another way")
        head = page_head("Hand-over", words, take, make)
        if self.workspace.contacts():
            sealed_for = field_row("Sealed for", self._to, "nobody chosen: for a passphrase")
            return [head, sealed_for, self._secret(), *self._with_names()]
        return [head, self._secret(), *self._with_names()]

    def _with_names(self) -> list[QWidget]:
        """Where there is a key of names: whether it goes with the bundle, and to whom that is."""
        self._names = CheckEditor("With the names of people")
        if not names.has_key(self.workspace, self.inspection_id):
            return []
        self._names.on_commit = self._tell_readers
        self._to.chosen.connect(lambda _: self._tell_readers(self._names.value()))
        self._readers = label("", "muted")
        self._tell_readers(False)
        return [holding(column(self._names, self._readers, gap=2))]

    def _tell_readers(self, on: Value) -> bool:
        number = names.count(self.workspace, self.inspection_id)
        self._readers.setText(_names_words(number, self._readers_named(), bool(on)))
        return True

    def _readers_named(self) -> str:
        chosen = self._to.values()
        people = [p.card.name for p in self.workspace.contacts() if p.card.fingerprint in chosen]
        return " and ".join(people) or "whoever has the passphrase"

    def _secret(self) -> QWidget:
        return field_row("Or for a passphrase", self._passphrase)

    def _make(self) -> None:
        chosen = [
            p.card for p in self.workspace.contacts() if p.card.fingerprint in self._to.values()
        ]
        passphrase = None if chosen else self._passphrase.text()
        path = choosing.save_file(self, "Make a bundle", self._file_name(), choosing.BUNDLES)
        if path is None or self.work.is_busy:
            return
        self._out, id = path, self.inspection_id
        with_names = self._names.value()
        job = handing.bundle_job(
            self.workspace, [id], path, chosen, passphrase, with_names=with_names
        )
        self.work.run(
            "Writing the bundle …",
            job,
            self,
            done=self._made,
            failed=self._failed,
            stopped=self._not_made,
        )

    def _file_name(self) -> str:
        return f"{self.inspection.agency.state.lower()}-{self.inspection_id[:6]}.inspection"

    def _made(self, written: "Written") -> None:
        if self.attempt(lambda: self.workspace.note_bundle(written)):
            self.message.emit(f"Bundle written: {self._out.name}")
            self._build()

    def _not_made(self) -> None:
        self.message.emit("Cancelled. No bundle was written.")

    def _failed(self, error: UserError) -> None:
        self.told.emit(Told(error))

    # -- in ----------------------------------------------------------------------------------

    def choose_bundle(self) -> None:
        """Ask for a bundle's file and show what it would change."""
        path = choosing.open_file(self, "Open a bundle", choosing.BUNDLES)
        if path:
            self.open_bundle(path)

    def open_bundle(self, path: Path, passphrase: str | None = None) -> None:
        """Step one and two: what it is, and what it would change. Changes nothing."""
        if self.work.is_busy:
            return
        self._incoming = (path, passphrase)
        self.work.run(
            "Checking the bundle …",
            handing.preview_job(self.workspace, path, passphrase),
            self,
            done=self._look,
            failed=self._not_looked,
            stopped=self._not_merged,
        )

    def _look(self, preview: "Preview") -> None:
        self.told.emit(None)
        emptied(self._box)
        for part in self._previewed(preview):
            self._box.addWidget(part)
        self._box.addStretch(1)
        self.placed.emit()

    def _not_looked(self, error: UserError) -> None:
        if isinstance(error, WrongSecret):
            self._ask_passphrase(error.message)
        else:
            self._incoming = None
            self.told.emit(Told(error))

    def _ask_passphrase(self, words: str) -> None:
        emptied(self._box)
        path = self._incoming[0] if self._incoming else Path()
        secret = LineEditor()
        secret.setEchoMode(LineEditor.EchoMode.Password)
        go = button("Open", lambda: self.open_bundle(path, secret.text()), style="primary")
        back = button("Cancel", lambda: self.show_record(""))
        parts = (
            page_head("This bundle is sealed", path.name),
            caution(words),
            field_row("Passphrase of the bundle", secret),
            holding(row(go, back, 1)),
        )
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)
        secret.setFocus()

    def _previewed(self, preview: "Preview") -> list[QWidget]:
        path = self._incoming[0].name if self._incoming else ""
        sender = preview.sender
        head = page_head(
            "What this bundle would change", f"{path} · from {sender.name}, {sender.office}"
        )
        cancel = button("Cancel", lambda: self.show_record(""))
        if not preview.accepted and not preview.revoked:
            return [head, self._unknown(preview), holding(row(cancel, 1))]
        merge = button(
            f"Merge {counted(preview.new, 'change', 'changes')}", self._merge, style="primary"
        )
        note = label(
            "Nothing has changed yet. Both sides of a conflict are kept.", "muted", wrap=False
        )
        return [
            head,
            _tiles(preview),
            *told_of(preview),
            *noticed(self, preview),
            *self._refused(preview),
            *brought(self, preview),
            holding(row(merge, cancel, note, 1)),
        ]

    def _unknown(self, preview: "Preview") -> QWidget:
        words = " · ".join(preview.sender.words)
        return holding(
            column(
                caution("This person’s card is not accepted here, so the bundle stays closed."),
                facts([("Name", preview.sender.name), ("Six words", words)]),
                label(
                    "Compare the six words with the sender, then accept the card below.", "muted"
                ),
            )
        )

    def _refused(self, preview: "Preview") -> list[QWidget]:
        left = any(log.refused for log in preview.logs)
        return [Left(self, preview, self._incoming)] if left and self._incoming else []

    def _merge(self) -> None:
        if self._incoming is None or self.work.is_busy:
            return
        self.work.run(
            "Taking in photos …",
            handing.merge_job(self.workspace, *self._incoming),
            self,
            done=self._enter,
            failed=self._failed,
            stopped=self._not_merged,
        )

    def _enter(self, fetched: "Fetched") -> None:
        self._fetched = fetched
        self.work.tell_that_it_goes_through("Taking in the changes.")
        QTimer.singleShot(0, self, self._enter_now)

    def _enter_now(self) -> None:
        merged: list[Merged] = []
        well = self.attempt(lambda: merged.append(self.workspace.enter(self._fetched)))
        self.work.end()
        if well:
            self.message.emit("Merged. Undo works on your own changes as before.")
            self.show_record("")
            self._merged(merged[0])

    def _merged(self, merged: "Merged") -> None:
        """Changes came in; an assignment is opened at once."""
        if merged.assigned:
            self.opened.emit(merged.assigned[0])

    def _not_merged(self) -> None:
        self.message.emit("Cancelled. Nothing was merged.")
        self.show_record("")

    def _rest(self) -> list[QWidget]:
        return [*waiting(self), *keeping(self), *Imports.here(self)]

    def _disputes(self) -> list[QWidget]:
        return [*copies(self), *disputes(self)]

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if self._incoming is None:
            self._build()


def _tiles(preview: "Preview") -> QWidget:
    """The five counts of a preview."""
    counts = (
        ("new", "new", preview.new),
        ("changed", "records changed", sum(log.changed for log in preview.logs)),
        ("conflict", "in conflict", sum(log.conflicting for log in preview.logs)),
        ("same", "already here", sum(log.known for log in preview.logs)),
        ("refused", "refused", sum(len(log.refused) for log in preview.logs)),
    )
    tiles: list[QWidget] = [
        framed(
            row(
                mark(icon),
                label(str(count), "number", wrap=False),
                label(words, wrap=False),
                gap=8,
                margins=10,
            ),
            "box",
        )
        for icon, words, count in counts
    ]
    return holding(row(*tiles, 1, gap=8))


def _names_words(number: int, readers: str, on: bool) -> str:
    """What a bundle would tell of names, and whom."""
    sealed = "1 name is sealed" if number == 1 else f"{number} names are sealed"
    what = "it" if number == 1 else "them"
    if on:
        return f"{sealed}; {readers} will be able to read {what}."
    return f"{sealed}; without a tick here nobody who gets the bundle can read {what}."
