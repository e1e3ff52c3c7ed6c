"""Numbers that the program computes, inside a text: shown as numbers while nobody types there.

What is stored is a name of the number in braces. It is seen only with the caret in the text.
"""

import re
from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel

from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.theme import active, px

_NAMED = re.compile(r"\{[a-z]+:[^{}\s]+\}")


class AtRest(QLabel):
    """Lies over an editor without the focus whose text has such numbers; it takes no click."""

    def __init__(self, editor: LineEditor | TextEditor, filled: Callable[[str], str]) -> None:
        super().__init__(editor)
        self._editor, self._filled, self._seen = editor, filled, ""
        self.setObjectName("atrest")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        several = isinstance(editor, TextEditor)
        self.setWordWrap(several)
        top = Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        self.setContentsMargins(px(10), px(6) if several else 0, px(10), 0)
        editor.installEventFilter(self)
        editor.textChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show the text with its numbers, or get out of the way."""
        text = self._seen = self._editor.text_here()
        resting = bool(_NAMED.search(text)) and not self._editor.hasFocus()
        if resting:
            self.setText(self._worded(text))
            self.setAccessibleName(self._filled(text))
            self.setGeometry(self._editor.rect().adjusted(1, 1, -1, -1))
        self.setVisible(resting)

    def _worded(self, text: str) -> str:
        look = f"background-color: {active().selected}; text-decoration: underline"
        parts, at = [], 0
        for found in _NAMED.finditer(text):
            number = escape(self._filled(found[0]))
            parts += [escape(text[at : found.start()]), f'<span style="{look}">{number}</span>']
            at = found.end()
        return "".join([*parts, escape(text[at:])]).replace("\n", "<br>")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self.look()
        elif event.type() == QEvent.Type.Paint and self._editor.text_here() != self._seen:
            QTimer.singleShot(0, self, self.look)  # a value from the log says no other word
        return False
