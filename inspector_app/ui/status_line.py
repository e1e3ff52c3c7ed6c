"""The line at the foot: what is saved, what is not handed over, what undo and redo would do, keys.

"Saved 10:41:07" is the moment of the newest transaction that the disk confirmed, never a guess.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from inspector_app.ui.announcing import announce
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import emptied, holding, key_cap, label, row, symbol
from inspector_app.ui.theme import px
from inspector_app.ui.unbound import kept_nowhere

_MESSAGE_STAYS = 8_000
_MOST_WORDS = 44
_GAP, _AROUND = 12, 72
HELP = ("?", "keys")


class Saving(QObject):
    """Whether what is typed in the editor in focus stands on the disk."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: TextEditor | LineEditor | None = None
        self._typed_at: datetime | None = None
        self._waiting = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def words(self, last_saved: datetime | None) -> str:
        """What stands at the foot, given when the disk confirmed something last."""
        if self._waiting:
            return "Saving…"
        if self._typed_at and (last_saved is None or last_saved < self._typed_at):
            return "Not saved"
        return f"Saved {last_saved:%H:%M:%S}" if last_saved else "Everything is saved"

    def is_settled(self) -> bool:
        """Whether nothing is being typed: drafts come every second and are no news."""
        return not self._waiting and self._typed_at is None

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._editor is not None and isValid(self._editor):
            self._editor.textChanged.disconnect(self._typed)
            self._editor.typing.kept.disconnect(self._kept)
        self._editor = None
        if isinstance(new, TextEditor | LineEditor) and new.on_draft is not kept_nowhere:
            self._editor = new
            new.textChanged.connect(self._typed)
            new.typing.kept.connect(self._kept)
        elif self._waiting:
            self._kept()

    def _typed(self) -> None:
        if self._editor is not None and self._editor.is_dirty():
            self._typed_at = datetime.now().astimezone()
            self._waiting = True
            self.changed.emit()

    def _kept(self) -> None:
        self._waiting = False
        if self._editor is not None and not self._editor.is_dirty():
            self._typed_at = None
        self.changed.emit()


class StatusLine(QWidget):
    """Quiet words; a failed write is told in the strip above, loudly."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(28))
        self._marks = {name: symbol(name, 14) for name in ("check", "partly", "refused")}
        self.saved = label("", "saved", wrap=False)
        self.left = label("", "saved", wrap=False)
        self._keys = row(gap=_GAP)
        self._pairs: list[QWidget] = []
        self._held: object = None
        self.saving = Saving(self)
        box = row(*self._marks.values(), self.saved, self.left, 1, holding(self._keys), gap=8)
        box.setSpacing(px(10))
        box.setContentsMargins(px(14), 0, px(14), 0)
        self.setLayout(box)
        self._message = ""
        self._state, self._unheard = "", False
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_MESSAGE_STAYS)
        self._forget.timeout.connect(lambda: self.set_message(""))
        self._at: datetime | None = None
        self._show_words()

    def set_saved(self, at: datetime | None) -> None:
        self._at = at
        self._show_words()

    def set_message(self, words: str) -> None:
        """Something that was done, for a while in the place of the time of saving."""
        self._message = words
        self._show_words()
        if words:
            self._forget.start()
            announce(self.saved, words)

    def set_left(self, changes: int | None) -> None:
        """How many changes no bundle has carried; None where no inspection is open."""
        words = {None: "", 0: "all handed over", 1: "1 change not handed over"}
        self.left.setText(words.get(changes, f"{changes} changes not handed over"))
        self._fit()

    def set_keys(
        self,
        undo: str | None,
        redo: str | None,
        keys: Sequence[tuple[str, str]],
        *,
        narrow: bool,
    ) -> None:
        """What undo and redo would do, in words, and as many of the page's keys as fit."""
        held = (undo, redo, tuple(keys), narrow)
        if held == self._held:
            return
        self._held = held
        emptied(self._keys)
        shown = [("Ctrl+Z", f"undo: {_short(undo)}")] if undo else []
        shown += [("Ctrl+Shift+Z", f"redo: {_short(redo)}")] if redo else []
        own = [pair for pair in keys if pair[0] not in ("?", "Ctrl+Z")][: 0 if narrow else 2]
        self._pairs = [_pair(*pair) for pair in (*shown, *own, ("Ctrl+K", "all actions"), HELP)]
        for pair in self._pairs:
            self._keys.addWidget(pair)
        self._fit()

    def _fit(self) -> None:
        """Undo first, then the way to all keys, then what there is room for; nothing is cut."""
        texts = self.saved.sizeHint().width() + self.left.sizeHint().width()
        room = self.width() - texts - px(_AROUND)
        last = len(self._pairs) - 1
        for at in [0, last, *range(1, last)][: len(self._pairs)]:
            wanted = self._pairs[at].sizeHint().width() + px(_GAP)
            self._pairs[at].setVisible(wanted <= room)
            room -= wanted if wanted <= room else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_words(self) -> None:
        words = self.saving.words(self._at)
        mark = {"Saving…": "partly", "Not saved": "refused"}.get(words, "check")
        for name, made in self._marks.items():
            made.setVisible(name == mark)
        shown = self._message if mark == "check" and self._message else words
        self.saved.setText(shown)
        self.saved.setAccessibleName(shown)
        self._tell_saving(words)
        self._fit()

    def _tell_saving(self, words: str) -> None:
        """Say once that what was typed is saved, when it is left; at once that it is not."""
        if words == "Not saved" and words != self._state:
            announce(self.saved, words, urgent=True)
        elif self._unheard and self.saving.is_settled():
            announce(self.saved, words)
        self._state, self._unheard = words, not self.saving.is_settled()


def _pair(key: str, words: str) -> QWidget:
    """A key and what it does."""
    text = label(words, "saved", wrap=False)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return holding(row(key_cap(key), text, gap=6))


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"
