"""What every editor begins with, apart from the editors: a window starts without any of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.canonical import Value


def kept_nowhere(value: "Value") -> None:
    """The draft of an editor that nobody has bound yet."""


def taken_by_nobody(value: "Value") -> bool:
    """The commit of an editor that nobody has bound yet: shown as typed, never lost in silence."""
    return True


def mark_refused(editor: "QWidget", words: str) -> None:
    """A red edge, and the words where a screen reader finds them."""
    editor.setProperty("invalid", "true" if words else "false")
    editor.setAccessibleDescription(words)
    editor.style().polish(editor)
