"""The menu of an editor: what its kind of editor offers, and the history of its field."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

HISTORY_KEY = "Ctrl+H"
HISTORY_WORDS = "History of this field"


def offer_history(editor: QWidget, show: Callable[[], None]) -> None:
    """Have the editor's menu, by mouse or menu key, offer the history of its field."""
    editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    editor.customContextMenuRequested.connect(lambda at: _open(editor, at, show))


def menu_of(editor: QWidget, show: Callable[[], None]) -> QMenu:
    """The menu; whoever opens it deletes it."""
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        menu = editor.createStandardContextMenu()
        menu.addSeparator()
    else:
        menu = QMenu(editor)
    menu.addAction(f"{HISTORY_WORDS}\t{HISTORY_KEY}").triggered.connect(lambda _: show())
    return menu


def _open(editor: QWidget, at: QPoint, show: Callable[[], None]) -> None:
    menu = menu_of(editor, show)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(editor.mapToGlobal(at))
