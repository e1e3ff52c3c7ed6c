"""Making a workspace in three steps: who you are, a passphrase, the recovery key."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.errors import UserError
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, field_row, holding, label, row
from inspector_app.ui.new_passphrase import NewPassphrase
from inspector_app.ui.paper_key import PaperKey
from inspector_app.ui.unlock_page import gate_layout, opened
from inspector_app.ui.views import Views

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


class CreatePage(QWidget):
    """Asks one thing at a time; the workspace exists once the passphrase is taken."""

    unlocked = Signal(object)
    elsewhere = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.folder = folder
        self._workspace: Workspace | None = None
        self.steps = Views()
        self.who, self.passphrase = _WhoStep(folder), _PassphraseStep()
        self.who.done.connect(lambda: self._go(self.passphrase))
        self.who.elsewhere.connect(self.elsewhere)
        self.who.backup.connect(self._restore)
        self.passphrase.done.connect(self._create)
        self.passphrase.back.connect(lambda: self._go(self.who))
        self.recovery = _RecoveryStep()
        self.recovery.done.connect(lambda: self.unlocked.emit(self._workspace))
        for step in (self.who, self.passphrase, self.recovery):
            self.steps.addWidget(step)
        box = column(self.steps, gap=0)
        self.setLayout(box)
        self.setFocusProxy(self.who.name)

    def _go(self, step: "_Step") -> None:
        self.steps.setCurrentWidget(step)
        step.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _create(self) -> None:
        from inspector_app.workspace import Workspace

        who, secret = self.who, self.passphrase.secret
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._workspace, key = Workspace.create(
                self.folder,
                who.name.text().strip(),
                who.role.value(),
                who.office.text().strip(),
                secret.text(),
            )
        except UserError as error:
            secret.refuse(error.message)
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.passphrase.forget()
        self.recovery.paper.show_key(key)
        self._go(self.recovery)

    def _restore(self) -> None:
        """Offer to make the workspace from a backup."""
        from inspector_app.ui.restore_step import RestoreStep

        step = RestoreStep(self.folder)
        step.back.connect(lambda: self._go(self.who))
        step.done.connect(self._enter_restored)
        self.steps.addWidget(step)
        self.steps.setCurrentWidget(step)
        step.choose.setFocus(Qt.FocusReason.TabFocusReason)

    def _enter_restored(self, passphrase: str) -> None:
        self.unlocked.emit(opened(self.folder, passphrase=passphrase))

    def leave(self) -> None:
        """Let go of a workspace that was made but not entered yet."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None


class _Step(QWidget):
    done = Signal()
    back = Signal()
    elsewhere = Signal(object)
    first: QWidget

    def head(self, number: int, title: str, text: str) -> list[QWidget]:
        """The head of a step: which of three, what it asks, why."""
        step = label(f"Step {number} of 3", "muted")
        return [step, label(title, "apptitle"), label(text, "small")]


class _WhoStep(_Step):
    backup = Signal()
    """There is a backup, from which the workspace is to be made."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from inspector_app.identity import roles

        self.name = LineEditor("Ana Sample")
        self.role = ChoiceEditor([(id, role.title) for id, role in roles().items()])
        self.office = LineEditor("OPR 287(g) Inspections Unit")
        self.first = self.name
        self._refusal = label("", "refused")
        self._refusal.hide()
        next_button = button("Next", self._next, style="primary")
        other = button("Choose another folder", self._choose, style="link")
        backup = button("Restore a backup", self.backup.emit, style="link")
        for line in (self.name, self.office):
            line.returnPressed.connect(self._next)
        self.setLayout(
            gate_layout(
                *self.head(1, "Who you are", "It stands on your card and in every report."),
                field_row("Name", self.name),
                field_row("Role", self.role),
                field_row("Office", self.office),
                self._refusal,
                holding(row(next_button, 1)),
                label(f"Everything is kept, encrypted, in {folder}.", "muted"),
                other,
                backup,
            )
        )

    def _next(self) -> None:
        wanted = {
            "your name": self.name.text().strip(),
            "your role": self.role.value(),
            "your office": self.office.text().strip(),
        }
        missing = [words for words, value in wanted.items() if not value]
        self._refusal.setText(f"Still missing: {', '.join(missing)}.")
        self._refusal.setVisible(bool(missing))
        if not missing:
            self.done.emit()

    def _choose(self) -> None:
        folder = choosing.choose_folder(self, "Folder for the workspace")
        if folder is not None:
            self.elsewhere.emit(folder)


class _PassphraseStep(_Step):
    def __init__(self) -> None:
        super().__init__()
        self.new = NewPassphrase("Passphrase")
        self.secret, self.again = self.new.secret, self.new.again
        self.first = self.secret
        self.new.entered.connect(self._next)
        acts = row(
            button("Make the workspace", self._next, style="primary"),
            button("Back", self.back.emit),
            1,
        )
        text = "It opens this workspace, and nobody can look it up: not your office, not us."
        self.setLayout(gate_layout(*self.head(2, "A passphrase", text), self.new, holding(acts)))

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.new.forget()

    def _next(self) -> None:
        if self.new.is_taken():
            self.done.emit()


class _RecoveryStep(_Step):
    def __init__(self) -> None:
        super().__init__()
        self.paper = PaperKey(
            "Recovery key", "Enter the workspace", "Recovery key of an inspection workspace"
        )
        self.paper.done.connect(self.done)
        self.key, self.check = self.paper.key, self.paper.check
        self.first = self.check
        text = (
            "With it the workspace can be opened when the passphrase is lost. It is shown this one "
            "time: write it on paper and keep that away from this laptop."
        )
        self.setLayout(gate_layout(*self.head(3, "The recovery key", text), self.paper))
