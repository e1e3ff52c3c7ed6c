"""The main window: the gate before a workspace is open, the shell after, and back by locking."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from inspector_app.errors import StoreTrouble, UserError
from inspector_app.ui import preferences, theme
from inspector_app.ui.focus import FocusRing
from inspector_app.ui.unlock_page import UnlockPage

if TYPE_CHECKING:
    from inspector_app.ui.bridge import Bridge
    from inspector_app.ui.create_page import CreatePage
    from inspector_app.ui.idle import FilledClipboard, Guard
    from inspector_app.ui.page import Told
    from inspector_app.ui.session import Session
    from inspector_app.ui.shell import Shell
    from inspector_app.workspace import Workspace

KEYS_FILE = "keys.json"
TITLE = "Inspector"
UNKEPT = (
    "The last words could not be saved: the disk is full or cannot be written. They stand here "
    "still, so this stays open. Make room and try again; closing a second time loses them."
)


def _create_page(folder: Path) -> "CreatePage":
    """Loaded only where no workspace is yet: most starts show the unlock page alone."""
    from inspector_app.ui.create_page import CreatePage

    return CreatePage(folder)


def _told(error: UserError) -> "Told":
    from inspector_app.ui.page import Told

    return Told(error)


class MainWindow(QMainWindow):
    """Holds the open workspace. Locking commits what was typed, closes it and asks again."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(1280, 800)
        self.setMinimumSize(560, 400)
        self._ring = FocusRing(self)
        self.gate: UnlockPage | CreatePage | None = None
        self.shell: Shell | None = None
        self.session: Session
        self.guard: Guard
        self.relock: Callable[[Path], object] = self.show_gate
        """What asks for the passphrase again; the program begins anew there (`app.begin_anew`)."""
        self._bridge: Bridge
        self._clipboard: FilledClipboard
        self._warned = False
        self.why = "1"
        self.folder = folder
        self.show_gate(folder)

    @property
    def workspace(self) -> "Workspace | None":
        """The workspace that is open."""
        return self.shell.workspace if self.shell else None

    def show_gate(self, folder: Path) -> None:
        """Ask for the passphrase of a workspace, or make one where there is none."""
        self.folder = folder
        if self.gate is not None:
            self.gate.leave()
        there = (folder / KEYS_FILE).is_file()
        self.gate = UnlockPage(folder) if there else _create_page(folder)
        self.gate.unlocked.connect(self.enter)
        self.gate.elsewhere.connect(self.show_gate)
        self._show(self.gate)
        self.gate.setFocus()
        QShortcut(QKeySequence("F1"), self.gate).activated.connect(self._help)

    def _help(self) -> None:
        """The first page of the manual, before a workspace is open."""
        from inspector_app.ui.help_drawer import HelpDrawer

        if self.gate is not None:
            drawer = self.gate.findChild(HelpDrawer) or HelpDrawer(self.gate)
            drawer.open("starting")

    def enter(self, workspace: "Workspace") -> None:
        """Show an open workspace, where one was before it was locked."""
        from inspector_app.ui.bridge import Bridge
        from inspector_app.ui.idle import FilledClipboard, Guard
        from inspector_app.ui.session import Session
        from inspector_app.ui.shell import Shell

        theme.load_fonts()
        preferences.keep_folder(workspace.folder)
        self.gate = None
        self.folder = workspace.folder
        if self.workspace is not workspace:
            self._bridge = Bridge(workspace)
            self._clipboard = FilledClipboard(self, self.isActiveWindow)
        self.shell = Shell(workspace, self._bridge)
        self.shell.locked.connect(self.lock)
        self._show(self.shell)
        self.session = Session(self.shell.stack, workspace)
        self.guard = Guard(self.shell, self.session, self.lock)
        self.session.resume(self.shell.go)
        if workspace.recovered:
            words = f"{len(workspace.recovered)} unfinished texts were recovered"
            self.shell.status.set_message(words)

    def lock(self) -> None:
        """Commit what was typed, close the workspace, ask for the passphrase."""
        if self.shell is not None and self._may_leave():
            self._close_workspace()
            self._ask_again("1")

    def close_for(self, act: Callable[[], object], why: str) -> None:
        """Do something that closes the workspace, then ask for the passphrase and say why.

        Where it is refused while the workspace is still open, that is told and all stays.
        """
        if self.shell is None or not self._may_leave():
            return
        self.session.end()
        workspace = self.shell.workspace
        try:
            act()
        except UserError as error:
            if workspace.desk.is_open:
                self.enter(workspace)
                self.shell.strip.tell(_told(error))
                return
            why = f"not-{why}"
        self.shell = None
        self._ask_again(why)

    def _ask_again(self, why: str) -> None:
        self.why = why
        self._clipboard.clear()
        self.relock(self.folder)
        self.tell_locked()

    def tell_locked(self) -> None:
        """Say why the passphrase is asked for again."""
        if isinstance(self.gate, UnlockPage):
            self.gate.tell_locked(self.why)

    def set_theme(self, name: str) -> None:
        """Change how everything looks; pages are made anew, since they hold nothing."""
        preferences.keep_theme(name)
        self._look()

    def set_touch(self, on: bool) -> None:
        """Change how high what is pressed is; pages are made anew."""
        preferences.keep_touch(on)
        self._look()

    def _look(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, preferences.theme_name(), touch=preferences.touch())
        if self.shell is not None:
            self.shell.stack.leave()
            QTimer.singleShot(0, self, self._make_anew)

    def _make_anew(self) -> None:
        """In one step, so that no key falls between where the caret was kept and is found again."""
        if self.shell is not None:
            self.shell.stack.leave()
            self.session.end()
            self.enter(self.shell.workspace)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.gate is not None:
            self.gate.leave()
        if self.shell is not None and not self._may_leave() and not self._warned:
            self._warned = True
            event.ignore()
            return
        preferences.keep_window_shape(self.saveGeometry())
        if self.shell is not None:
            self._close_workspace()
        event.accept()

    def _may_leave(self) -> bool:
        """Commit what was typed; False, and told, when words stand here that no disk has."""
        from inspector_app.ui.session import holds_unkept

        assert self.shell is not None
        self.shell.stack.leave()
        lost = holds_unkept(self.shell.stack, self.shell.workspace)
        if lost:
            self.shell.strip.tell(_told(StoreTrouble(UNKEPT)))
        return not lost

    def _close_workspace(self) -> None:
        assert self.shell is not None
        self.session.end()
        workspace, self.shell = self.shell.workspace, None
        workspace.close()

    def _show(self, widget: QWidget) -> None:
        old = self.takeCentralWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setCentralWidget(widget)
