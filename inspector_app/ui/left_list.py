"""What a preview leaves in the bundle, change by change; a reviewer admits some by hand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.admission import REVOKED
from inspector_app.identity import roles
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.history_words import when
from inspector_app.ui.kit import caution, column, field_row, holding, label, row, section
from inspector_app.ui.people_list import COPIED
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import short_moment
from inspector_app.workspace import people, revoking

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.change import Change
    from inspector_app.ui.hand_over_page import HandOverPage
    from inspector_app.workspace.parcels import FarOff, Preview

_MOST = 60
SENDER = "The sender’s key was revoked here. What it signed since then stays in the bundle."


def noticed(page: "HandOverPage", preview: "Preview") -> list[QWidget]:
    """Cautions about the sender's key, keys in two places, and clocks."""
    name = page.workspace.person
    told = [COPIED.format(name(key)) for log in preview.logs for key in log.copied]
    told += [clock_words(name(c.author), c) for log in preview.logs for c in log.clocks]
    if preview.revoked:
        told.insert(0, SENDER)
    return [caution(words) for words in dict.fromkeys(told)]


def clock_words(name: str, off: "FarOff") -> str:
    """Both times of a change that cannot have been written when it says."""
    claimed, came = when(off.claimed), when(off.received, at_place_of=off.claimed)
    if off.seconds > 0:
        return (
            f"A clock of {name} is ahead: a change says {claimed} and came {came}. Both are kept."
        )
    return (
        f"A clock of {name} is behind: a change says {claimed}, before what it builds on; it came "
        f"{came}. Both are kept."
    )


class Left(QWidget):
    """The refused changes of a preview."""

    def __init__(
        self, page: "HandOverPage", preview: "Preview", incoming: "tuple[Path, str | None]"
    ):
        super().__init__()
        self.setObjectName("plain")
        self._page, self._incoming = page, incoming
        why = {id: reason for log in preview.logs for id, reason in log.refused.items()}
        self._left = {c.id: c for log in preview.logs for c in log.left}
        rows = [self._row(c, why[c.id]) for c in list(self._left.values())[:_MOST]]
        more = len(self._left) - _MOST
        self.list = RowList(rows, name="Left in the bundle", title_width=160)
        title = section(f"Left in the bundle ({len(self._left)})")
        rest = [label(f"and {more:,} more", "muted")] if more > 0 else []
        self.setLayout(column(title, self.list, *rest, *self._by_hand(why), gap=10))

    def _row(self, change: "Change", why: str) -> RowData:
        name, at = self._page.workspace.person(change.author), short_moment(change.at)
        return RowData(change.id, name, f"{change.label}: {why}", at, "refused")

    def _by_hand(self, why: dict[str, str]) -> list[QWidget]:
        may = "admit-change" in roles()[self._page.workspace.role].may
        if not may or REVOKED not in why.values():
            return []
        self.reason = LineEditor("How you know that its owner wrote it; it is kept")
        self.admit_button = button("Admit the chosen change by hand", self._admit)
        words = label("With what it builds on, where that is refused too.", "muted", wrap=False)
        return [field_row("Reason", self.reason), holding(row(self.admit_button, words, 1))]

    def _admit(self) -> None:
        page, reason = self._page, self.reason.text()
        key = self.list.current_key()
        desk = page.workspace.desk
        ended = people.revoked_keys(desk)
        chosen = revoking.with_below([key] if key else [], self._left, ended)
        if page.attempt(lambda: revoking.admit_by_hand(desk, self._left, chosen, reason)):
            page.message.emit(f"Admitted: {len(chosen)}. They come in with the merge.")
            page.open_bundle(*self._incoming)
