"""Making a workspace from a backup, where there is none yet: by its passphrase or a printed key."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.errors import UserError
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import column, field_row, holding, label, row
from inspector_app.ui.new_passphrase import NewPassphrase
from inspector_app.ui.secret_line import SecretLine
from inspector_app.ui.unlock_page import gate_layout
from inspector_app.ui.work_line import WorkLine

if TYPE_CHECKING:
    from inspector_app.workspace.restoring import Restored

_TEXT = (
    "The same inspections on this laptop, under a new key of yours. Give your colleagues the new "
    "card, so that they take what you write from now on."
)


class RestoreStep(QWidget):
    """Chooses the backup's folder, asks for what opens it, and restores it beside the window."""

    done = Signal(str)
    """The passphrase that opens the workspace that was made."""
    back = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._out, self._backup = folder, Path()
        self.choose = button("Choose the backup’s folder", self._choose)
        self._chosen = label("None chosen yet.", "muted")
        self.way = Chips([("passphrase", "Its passphrase"), ("key", "A printed key")], name="By")
        self.way.set_value("passphrase")
        self.way.chosen.connect(lambda _: self._ask())
        self.secret, self.key = SecretLine("Passphrase of the backup"), SecretLine("Printed key")
        self.new = NewPassphrase("New passphrase")
        self.secret.entered.connect(self._restore)
        self.new.entered.connect(self._restore)
        self.refusal = label("", "refused")
        self.work = WorkLine()
        self.restore = button("Restore it", self._restore, style="primary")
        acts = holding(row(self.restore, button("Back", self.back.emit), 1))
        first = holding(column(label("A backup", "apptitle"), label(_TEXT, "small"), gap=4))
        place = holding(column(holding(row(self.choose, 1)), self._chosen, gap=6))
        asked = (field_row("Opened by", self.way), self.secret, self.key, self.new, self.refusal)
        self.setLayout(gate_layout(first, place, *asked, self.work, acts))
        self._ask()
        self._refuse("")

    def _ask(self) -> None:
        by_key = self.way.value() == "key"
        self.secret.setVisible(not by_key)
        self.key.setVisible(by_key)
        self.new.setVisible(by_key)

    def _choose(self) -> None:
        folder = choosing.choose_folder(self, "A backup’s folder")
        if folder is not None:
            self._backup = folder
            self._chosen.setText(str(folder))
            asked = self.key if self.way.value() == "key" else self.secret
            asked.setFocus(Qt.FocusReason.TabFocusReason)

    def _refuse(self, words: str) -> None:
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def _restore(self) -> None:
        by_key = self.way.value() == "key"
        if self.work.is_busy or (by_key and not self.new.is_taken()):
            return
        if not self._backup.name:
            self._refuse("Choose the folder that holds the backup first.")
            return
        self._refuse("")
        backup, out, key = self._backup, self._out, self.key.text() if by_key else None
        passphrase = self._passphrase()

        def job(step: object) -> "Restored":
            from inspector_app.workspace import restoring

            return restoring.restore(backup, out, passphrase=passphrase, recovery_key=key)

        self.work.run(
            "Reading the backup and writing it here …",
            job,
            self,
            done=self._restored,
            failed=self._failed,
            stopped=self.back.emit,
        )

    def _passphrase(self) -> str:
        return self.new.text() if self.way.value() == "key" else self.secret.text()

    def _restored(self, _: "Restored") -> None:
        passphrase = self._passphrase()
        for line in (self.secret, self.key):
            line.clear()
        self.new.forget()
        self.done.emit(passphrase)

    def _failed(self, error: UserError) -> None:
        self._refuse(error.message)
