"""Starting the window. Until it is seen, nothing is loaded that it does not show."""

import atexit
import os
import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from inspector_app.ui import preferences, theme
from inspector_app.ui.icons import pixmap
from inspector_app.ui.main_window import TITLE, MainWindow
from inspector_app.ui.unlock_page import UnlockPage

SECRETS = ("INSPECTOR_PASSPHRASE", "INSPECTOR_BUNDLE_PASSPHRASE")


def _delete_windows() -> None:
    """Before the interpreter takes apart the classes of their parts: Qt would still call them."""
    for window in QApplication.topLevelWidgets():
        if isValid(window):
            delete(window)


def application() -> QApplication:
    """The application with its fonts and theme."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    atexit.unregister(_delete_windows)
    atexit.register(_delete_windows)
    app.setApplicationName("inspector-app")
    app.setApplicationDisplayName(TITLE)
    theme.load_fonts()
    theme.apply(app, preferences.theme_name())
    app.setWindowIcon(QIcon(pixmap("checklist", 64, theme.active().accent)))
    return app


def main(folder: Path | None) -> int:
    """Open the window on a workspace, or on the one that was open last; returns the exit code.

    A passphrase in INSPECTOR_PASSPHRASE unlocks it at once, and leaves the environment either way.
    """
    secret, _ = (os.environ.pop(name, None) for name in SECRETS)
    app = application()
    window = MainWindow(folder or preferences.last_folder())
    if secret and isinstance(window.gate, UnlockPage):
        window.gate.secret.line.setText(secret)
        window.gate.unlock()
    window.show()
    return app.exec()
