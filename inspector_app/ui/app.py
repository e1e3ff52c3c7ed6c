"""Starting the window. Until it is seen, nothing is loaded that it does not show."""

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from inspector_app import crashes
from inspector_app.ui import preferences, theme
from inspector_app.ui.collecting import Collecting
from inspector_app.ui.failures import Failures
from inspector_app.ui.icons import pixmap
from inspector_app.ui.main_window import TITLE, MainWindow
from inspector_app.ui.unlock_page import SOON, UnlockPage
from inspector_app.ui.work import stop_all

LOCKED = "INSPECTOR_LOCKED"
"""Says to a process that follows another one that there was something to lock, and why."""
_PATIENCE = 5_000
"""Milliseconds that workers have to finish when the window is closed; they write nothing."""
SECRETS = ("INSPECTOR_PASSPHRASE", "INSPECTOR_BUNDLE_PASSPHRASE")


def application() -> QApplication:
    """The application with its fonts and theme."""
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", theme.STYLE])
    assert isinstance(app, QApplication)
    app.setApplicationName("inspector-app")
    app.setApplicationDisplayName(TITLE)
    theme.load_fonts(theme.FIRST_FONTS)
    theme.apply(app, preferences.theme_name(), touch=preferences.touch())
    if gc.isenabled():  # to look for one among the children loads the class of each
        Collecting(app)
    QTimer.singleShot(SOON, app, partial(_set_icon, app))
    return app


def _set_icon(app: QApplication) -> None:
    from PySide6.QtGui import QIcon

    app.setWindowIcon(QIcon(pixmap("checklist", 64, theme.active().accent)))


def main(folder: Path | None) -> NoReturn:
    """Open the window on a workspace, or on the one that was open last, until it is closed.

    A passphrase in INSPECTOR_PASSPHRASE unlocks it at once, and leaves the environment either way.
    """
    ended = crashes.catch_fatal()
    secret, _, locked = (os.environ.pop(name, None) for name in (*SECRETS, LOCKED))
    app = application()
    window = MainWindow(folder or preferences.last_folder())
    window.restoreGeometry(preferences.window_shape())
    window.relock = lambda folder: begin_anew(window, folder)
    failures = Failures(window, ended or "")
    crashes.catch(failures.happened.emit)
    if locked:
        window.why = locked
        window.tell_locked()
    if secret and isinstance(window.gate, UnlockPage):
        window.gate.secret.line.setText(secret)
        window.gate.unlock()
    window.show()
    end(app.exec())


def end(code: int) -> NoReturn:
    """End the process once its windows are closed and its workers done.

    The interpreter is not taken apart: Qt would still call widgets whose Python half is gone.
    """
    QThreadPool.globalInstance().waitForDone(_PATIENCE)
    sys.stdout.flush()
    sys.stderr.flush()
    crashes.end()
    os._exit(code)


def begin_anew(window: MainWindow, folder: Path) -> None:
    """End the process that had the key and the texts, and ask for the passphrase in a fresh one.

    Nothing is handed over but the folder's name, the shape of the window and that it was locked.
    Where one process can follow another in its place, it does: whoever started the first still
    waits for this one.
    """
    preferences.keep_window_shape(window.saveGeometry())
    stop_all(_PATIENCE)
    crashes.end()
    os.environ[LOCKED] = window.why
    given = len(sys.orig_argv) - len(sys.argv) + 1
    command = [sys.executable, *sys.orig_argv[1:given], str(folder.resolve())]
    if os.name == "nt":
        import subprocess

        subprocess.Popen(command)
        os._exit(0)
    with suppress(OSError):
        os.execv(sys.executable, command)
    window.show_gate(folder)  # no room for a process: better this one, with what it remembers
