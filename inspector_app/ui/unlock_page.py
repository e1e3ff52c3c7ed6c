"""Unlocking a workspace: one field and one button. Nothing is loaded before they are seen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from inspector_app.errors import UserError, WrongSecret
from inspector_app.ui.buttons import Button, button
from inspector_app.ui.kit import ElidedLabel, column, holding, label, row, scrolled
from inspector_app.ui.secret_line import SecretLine
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

GATE_WIDTH = 440
SOON = 100
"""Milliseconds after which the page is painted, and nothing that comes then delays it."""
LOCKED = "Locked. What was typed is saved, and it opens where you were."
WHY = {
    "1": LOCKED,
    "removed": "It was removed from this laptop. Everything else is here; open it again.",
    "not-removed": (
        "Nothing was removed: the disk failed, or something else still reads this workspace. "
        "Everything is here; open it and try again."
    ),
}
"""What is said where the passphrase is asked for again, by why that is so."""


class UnlockPage(QWidget):
    """Opens the workspace of a folder with a passphrase or the recovery key."""

    unlocked = Signal(object)
    elsewhere = Signal(object)
    """Another folder was chosen."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.folder = folder
        self._by_recovery = False
        self.secret = SecretLine("Passphrase")
        self.secret.entered.connect(self.unlock)
        self.recovery = SecretLine("Recovery key")
        self.recovery.entered.connect(self.unlock)
        self.recovery.hide()
        self.open_button = button("Unlock", self.unlock, style="primary")
        self.other_way = button("Use the recovery key", self.change_way, style="link")
        other = button("Open another workspace", self._choose, style="link")
        acts = holding(row(self.open_button, 1, gap=16))
        title = ElidedLabel(folder.resolve().name, "apptitle")
        where = ElidedLabel(str(folder.resolve().parent), "muted")
        self._told = label(LOCKED, "small")
        self._told.hide()
        parts = (title, where, self._told, self.secret, self.recovery, acts, self.other_way, other)
        self.setLayout(gate_layout(*parts))
        self.setFocusProxy(self.secret)
        QTimer.singleShot(SOON, self, self._look_whether_in_use)

    def _look_whether_in_use(self) -> None:
        """A second window says so before anybody types a passphrase in vain."""
        from inspector_app.locking import in_use

        if words := in_use(self.folder):
            self.tell(words)

    def tell_locked(self, why: str = "1") -> None:
        """Say that this comes after locking, or after a removal, not after a start."""
        self.tell(WHY.get(why, LOCKED))

    def tell(self, words: str) -> None:
        """Say something above the line for the passphrase."""
        self._told.setText(words)
        self._told.show()
        self.secret.line.setAccessibleDescription(words)

    def change_way(self) -> None:
        """Passphrase or recovery key: one of them is asked for."""
        self._by_recovery = not self._by_recovery
        self.secret.setVisible(not self._by_recovery)
        self.recovery.setVisible(self._by_recovery)
        words = "Use the passphrase" if self._by_recovery else "Use the recovery key"
        self.other_way.setText(words)
        self.other_way.setAccessibleName(words)
        asked = self.recovery if self._by_recovery else self.secret
        self.setFocusProxy(asked)
        asked.setFocus()

    def leave(self) -> None:
        """Let go of what was made and not entered: nothing is, before the secret is right."""

    def unlock(self) -> None:
        """Open the workspace, or say why not; what was typed stays."""
        asked = self.recovery if self._by_recovery else self.secret
        if not asked.text():
            asked.refuse("Type it first.")
            return
        name = "recovery_key" if self._by_recovery else "passphrase"
        workspace = with_wait(lambda: opened(self.folder, **{name: asked.text()}), asked)
        if workspace is not None:
            asked.clear()
            asked.refuse("")
            self.unlocked.emit(workspace)

    def _choose(self) -> None:
        from inspector_app.ui import choosing

        folder = choosing.choose_folder(self, "Folder of a workspace")
        if folder is not None:
            self.elsewhere.emit(folder)


def opened(folder: Path, **secret: str) -> "Workspace":
    """The workspace of a folder. What this imports is loaded now, not at the start."""
    from inspector_app.workspace import Workspace

    return Workspace.open(folder, **secret)


def with_wait(act: Callable[[], "Workspace"], asked: SecretLine) -> "Workspace | None":
    """Do something that takes a moment; what goes wrong is told under the line."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        return act()
    except UserError as error:
        asked.refuse(error.message)
        if isinstance(error, WrongSecret):
            asked.line.selectAll()
            asked.line.setFocus()
        return None
    finally:
        QApplication.restoreOverrideCursor()


def gate_layout(*parts: QWidget) -> QVBoxLayout:
    """A narrow column in the upper middle, for what is asked before anything else is shown."""
    box = column(*parts, gap=14)
    for part in parts:
        if isinstance(part, Button) and part.objectName() == "link":
            box.setAlignment(part, Qt.AlignmentFlag.AlignLeft)
    inside = holding(box)
    inside.setMaximumWidth(px(GATE_WIDTH))
    line = row(1, inside, 1)
    line.setStretch(1, 100)
    whole = column(1, line, 2)
    whole.setContentsMargins(px(24), px(24), px(24), px(24))
    return column(scrolled(whole))
