"""The class of a finding: OPR's three definitions, and what is missing before each is allowed."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.buttons import ICON_GAP, Button
from inspector_app.ui.icons import WORDS, icon
from inspector_app.ui.kit import column, framed, label, row, state_line

DEFINITIONS = {
    "deficiency": "A breach of a written rule that can be named: a term of the agreement, an ICE "
    "policy or an operational procedure.",
    "area-of-concern": "Something that makes the program work less well without breaching the "
    "agreement or a written policy.",
    "best-practice": "Something done here that helps to keep the agreement. Never counted as a "
    "finding.",
}


class ClassChooser(QWidget):
    """Three cards; what is not allowed yet says why instead of only being grey."""

    chosen = Signal(object)
    """The class that was pressed, or None where a chosen one was pressed again."""

    def __init__(self, chosen: str | None, missing: Mapping[Any, Sequence[str]]) -> None:
        super().__init__()
        cards = [self._card(name, chosen, missing.get(name, ())) for name in DEFINITIONS]
        box = row(*cards, gap=10)
        for at in range(len(cards)):
            box.setStretch(at, 1)
        self.setLayout(box)

    def _card(self, name: str, chosen: str | None, missing: Sequence[str]) -> QFrame:
        pick = Button(WORDS[name])
        pick.setCheckable(True)
        pick.setChecked(name == chosen)
        pick.setIcon(icon(name, gap=ICON_GAP))
        pick.setEnabled(not missing or name == chosen)
        pick.clicked.connect(lambda on: self.chosen.emit(name if on else None))
        told = missing[:2] if name != chosen else ()
        pick.setAccessibleDescription(" ".join([DEFINITIONS[name], *told]))
        parts = [pick, label(DEFINITIONS[name], "small")]
        parts += [state_line("refused", words) for words in told]
        box = column(*parts, gap=8, margins=10)
        box.addStretch(1)
        return framed(box, "box")
