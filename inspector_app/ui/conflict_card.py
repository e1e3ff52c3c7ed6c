"""Two people wrote different things: both sides, and one decision."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.moments import Moment
from inspector_app.ui.buttons import button
from inspector_app.ui.history_words import UNSEEN, field_words
from inspector_app.ui.icons import WORDS
from inspector_app.ui.kit import column, facts, framed, holding, label, mark, row, state_line

if TYPE_CHECKING:
    from inspector_app.conflicts import Alternative, Conflict
    from inspector_app.ui.page import Page


_TWO = 2
_SUBJECT = ("result", "class")
"""What sentences are about: shown beside them where only the sentences are disputed."""


class ConflictCard(QWidget):
    """Shown in place of the editors of a disputed record until somebody decides."""

    def __init__(self, page: "Page", record: str) -> None:
        super().__init__()
        self._page = page
        self._record = record
        conflict = _conflict(page, record)
        box = column(state_line("conflict", "Two people recorded different values here."), gap=10)
        self._sides = conflict.alternatives if conflict else ()
        if conflict:
            for part in self._standing(conflict):
                box.addWidget(part)
            sides = row(*(self._side(side) for side in conflict.alternatives), gap=12)
            box.addLayout(sides)
            for part in self._below(conflict):
                box.addWidget(part)
            self._make_keys(conflict)
        box.addWidget(label("Whatever is chosen, both stay in the history.", "muted"))
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)

    def _standing(self, conflict: "Conflict") -> list[QWidget]:
        """The result or class that stands, whichever side is kept."""
        log, about = self._page.log, set(_SUBJECT) - set(conflict.fields)
        known = {name: value for name in sorted(about) if (value := log.value(self._record, name))}
        values = [(f"{self._word(name)}, not disputed", _shown(v)) for name, v in known.items()]
        return [facts(values)] if values else []

    def _below(self, conflict: "Conflict") -> list[QWidget]:
        """What was there before, both together where that is possible, and the keys."""
        from inspector_app.workspace import deciding

        old = deciding.before(self._page.log, conflict)
        values = [(f"{self._word(name)}, before", _shown(v)) for name, v in old.items()]
        parts: list[QWidget] = [facts(values)] if values else []
        keys = "← and → keep the left or the right one while this has the focus"
        if deciding.may_keep_both(conflict):
            parts.append(holding(row(button("Keep both", self._both, cap="B"), 1)))
        if len(self._sides) == _TWO:
            parts.append(label(f"{keys}.", "muted"))
        return parts

    def _make_keys(self, conflict: "Conflict") -> None:
        from inspector_app.workspace import deciding

        acts: dict[str, Callable[[], object]] = {}
        if len(self._sides) == _TWO:
            left, right = self._sides
            acts = {"Left": lambda: self._keep(left), "Right": lambda: self._keep(right)}
        if deciding.may_keep_both(conflict):
            acts["B"] = self._both
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _both(self) -> None:
        from inspector_app.workspace import deciding

        page = self._page
        page.attempt(lambda: deciding.keep_both(page.workspace, page.inspection_id, self._record))

    @staticmethod
    def needed(page: "Page", record: str) -> bool:
        """Whether people disagree about the record."""
        return _conflict(page, record) is not None

    def _side(self, side: "Alternative") -> QFrame:
        name = self._page.workspace.person(side.author)
        who = "Mine" if side.author == self._page.workspace.key else name
        at = f"{Moment.parse(side.at).local:%a %b %d, %H:%M}"
        head = row(
            mark("conflict"), label(who, "strong", wrap=False), label(at, "muted", wrap=False), 1
        )
        values = [(self._word(f), _shown(v)) for f, v in side.values.items() if f not in UNSEEN]
        keep = button(f"Keep {'mine' if who == 'Mine' else 'this'}", lambda: self._keep(side))
        keep.setAccessibleName(f"Keep what {name} recorded")
        inner = column(holding(head), facts(values), 1, holding(row(keep, 1)), gap=10, margins=14)
        return framed(inner, "conflictcard")

    def _word(self, field: str) -> str:
        return field_words(self._page.kept, self._record, field)

    def _keep(self, side: "Alternative") -> None:
        page = self._page
        page.attempt(
            lambda: page.workspace.decide(page.inspection_id, self._record, change=side.changes[0])
        )


def _conflict(page: "Page", record: str) -> "Conflict | None":
    from inspector_app.conflicts import conflict_on

    return conflict_on(page.log, record)


def _shown(value: object) -> str:
    if value is None:
        return "taken away"
    if value is True:
        return "removed"
    if isinstance(value, dict):
        return "a sealed name"
    return WORDS.get(str(value), str(value))
