"""Text editors: they show a value and say what a person typed. They hold no truth.

While somebody types, `set_value` waits, so that the caret never jumps. `on_draft` is called within
a second of a key (with None when there is nothing to keep any more), `on_commit` on leaving the
field, after 15 seconds of rest, or on `flush`.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMimeData, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from inspector_app.errors import UserError
from inspector_app.ui.focus import caret_in_sight
from inspector_app.ui.incoming_pictures import copied, holds_pictures
from inspector_app.ui.theme import px, target
from inspector_app.ui.unbound import kept_nowhere, mark_refused, taken_by_nobody

if TYPE_CHECKING:
    from inspector_app.canonical import Value
    from inspector_app.ui.choices import FieldChoice

DRAFT_AFTER = 600
"""Milliseconds; what is left of a second is for a slow disk and a busy machine."""
COMMIT_AFTER = 15_000
MOST_LINES = 12


class Editor(Protocol):
    """What every editor can do. `on_commit` says whether the value was taken."""

    on_draft: "Callable[[Value], None]"
    on_commit: "Callable[[Value], bool]"

    def set_value(self, value: Any) -> None:
        """Show a value from the log, unless somebody is typing here."""

    def is_dirty(self) -> bool:
        """Whether something is shown here that was not committed."""

    def flush(self) -> None:
        """Commit what was typed, now."""

    def refuse(self, words: str) -> None:
        """Show that the value was not taken, and why; empty words take that back."""


@runtime_checkable
class Drafting(Protocol):
    """An editor whose value stands here for a while before it is committed."""

    def retype(self, text: str) -> None:
        """Show what stood here earlier and is still only a draft; it is tried again soon."""


class Typing(QObject):
    """One editor's typing: what the log is known to say, what stands here, and the two clocks."""

    refused = Signal(str)
    kept = Signal()
    """What stands here went to the disk, as a draft or as a change, or was refused there."""

    def __init__(self, editor: "TextEditor | LineEditor | FieldChoice") -> None:
        super().__init__(editor)  # the clocks end with the editor
        self.known = ""
        self._editor = editor
        self._drafted = False
        self._draft = self._clock(DRAFT_AFTER, self.keep_draft)
        self._rest = self._clock(COMMIT_AFTER, editor.flush)

    def _clock(self, after: int, act: Callable[[], None]) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(True)
        clock.setInterval(after)
        clock.timeout.connect(act)
        return clock

    def typed(self) -> None:
        """A key: a draft within a second of it, however long somebody goes on typing."""
        if not self._draft.isActive():
            self._draft.start()
        self._rest.start()

    def is_dirty(self) -> bool:
        return self._editor.text_here() != self.known

    def may_show(self, text: str) -> bool:
        """Whether to replace what stands here: it is another text, and nobody is typing."""
        here = self._editor.text_here()
        if here != text and self.is_dirty():
            return False
        self.known = text
        return here != text

    def keep_draft(self) -> None:
        """Keep what is typed; once it is as it was before, forget the draft of what it was."""
        self._draft.stop()
        dirty = self.is_dirty()
        if dirty or self._drafted:
            self._editor.on_draft(self._editor.text_here() if dirty else None)
            self._drafted = dirty
        self.kept.emit()

    def resume(self) -> None:
        """Somebody typed this earlier and it is still only a draft: it is tried again soon."""
        self._drafted = True
        QTimer.singleShot(0, self, self._editor.flush)

    def flush(self) -> None:
        """Commit. What is not taken stays as typed, and its draft stays kept."""
        self._rest.stop()
        if not self.is_dirty():
            self.keep_draft()
            return
        text = self._editor.text_here()
        try:
            value = self._editor.read(text)
        except UserError as error:
            self.keep_draft()
            self._editor.refuse(error.message)
            return
        before, self.known = self.known, text  # so that what comes back is shown
        if self._editor.on_commit(value):
            self._draft.stop()
            self._drafted = False
            self._editor.refuse("")
            self.kept.emit()
        else:
            self.known = before
            self.keep_draft()

    def leaves_undo(self, event: QKeyEvent) -> bool:
        """Whether Ctrl+Z belongs to the window: what is typed and not committed is undone here."""
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        return not self.is_dirty() and (event.matches(undo) or event.matches(redo))


def _as_typed(text: str) -> "Value":
    return text


def _as_stored(value: Any) -> str:
    return "" if value is None else str(value)


class TextEditor(QPlainTextEdit):
    """Several lines of text: from `lines` to twelve, then it scrolls."""

    def __init__(self, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self._lines = lines
        self.typing = Typing(self)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._typed)
        self.cursorPositionChanged.connect(self._to_caret)
        self._fit()

    def _to_caret(self) -> None:
        if self.hasFocus():
            QTimer.singleShot(0, self, partial(caret_in_sight, self))

    def text_here(self) -> str:
        return self.toPlainText()

    def read(self, text: str) -> "Value":
        return text

    def set_value(self, value: Any) -> None:
        """Show a value from the log, unless somebody is typing here."""
        if not self.typing.may_show(_as_stored(value)):
            return
        caret = self.textCursor()
        place = caret.position()
        with QSignalBlocker(self):
            self.setPlainText(self.typing.known)
        caret.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(caret)
        self.typing.known = self.toPlainText()
        self._fit()

    def retype(self, text: str) -> None:
        """Show what was typed here earlier and is still only a draft."""
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._fit()
        self.typing.resume()

    def is_dirty(self) -> bool:
        return self.typing.is_dirty()

    def flush(self) -> None:
        """Commit what was typed, now."""
        self.typing.flush()

    def refuse(self, words: str) -> None:
        """Show that the value was not taken, and why; empty words take that back."""
        mark_refused(self, words)
        self.typing.refused.emit(words)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Pictures are for the page on which the text stands."""
        return not holds_pictures(source) and super().canInsertFromMimeData(source)

    def event(self, event: QEvent) -> bool:
        """Copied pictures leave Ctrl+V to the page, where that has a use for the key."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        pastes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste)
        if is_asked and pastes and holds_pictures(copied()):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.typing.leaves_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _typed(self) -> None:
        self._fit()
        self.typing.typed()

    def _fit(self) -> None:
        shown = min(max(self.document().size().height(), self._lines), max(MOST_LINES, self._lines))
        least = round(shown * self.fontMetrics().lineSpacing()) + px(24)
        self.setFixedHeight(max(least, target(30)))


class LineEditor(QLineEdit):
    """One line. `read` makes a value of what is typed (BadInput where it cannot), `show` a text."""

    def __init__(
        self,
        placeholder: str = "",
        *,
        read: "Callable[[str], Value]" = _as_typed,
        show: Callable[[Any], str] = _as_stored,
    ) -> None:
        super().__init__()
        self.on_draft: Callable[[Value], None] = kept_nowhere
        self.on_commit: Callable[[Value], bool] = taken_by_nobody
        self._read = read
        self._show = show
        self.typing = Typing(self)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._typed)  # a method: a closure over the editor outlives it
        self.returnPressed.connect(self.flush)

    def text_here(self) -> str:
        return self.text()

    def read(self, text: str) -> "Value":
        return self._read(text) if text.strip() else ""

    def set_value(self, value: Any) -> None:
        """Show a value from the log, unless somebody is typing here."""
        if not self.typing.may_show("" if value is None else self._show(value)):
            return
        place = self.cursorPosition() if self.hasFocus() else 0
        with QSignalBlocker(self):
            self.setText(self.typing.known)
        self.typing.known = self.text()
        self.setCursorPosition(min(place, len(self.text())))

    def retype(self, text: str) -> None:
        """Show what was typed here earlier and is still only a draft."""
        with QSignalBlocker(self):
            self.setText(text)
        self.typing.resume()

    def is_dirty(self) -> bool:
        return self.typing.is_dirty()

    def flush(self) -> None:
        """Commit what was typed, now."""
        self.typing.flush()

    def refuse(self, words: str) -> None:
        """Show that the value was not taken, and why; empty words take that back."""
        mark_refused(self, words)
        self.typing.refused.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.typing.leaves_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.typing.typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
