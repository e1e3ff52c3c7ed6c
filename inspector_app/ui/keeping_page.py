"""Keys and keeping: what opens this workspace, what it holds, how long, and whether all is whole.

A desk page. Its record is the log of an inspection or agency's file that is kept here, or "".
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import UserError
from inspector_app.ui.buttons import button
from inspector_app.ui.keeping_checks import Checks
from inspector_app.ui.keeping_log import ArchivePart, Keeping, RemovePart
from inspector_app.ui.keeping_secrets import EscrowPart, PassphrasePart
from inspector_app.ui.kit import column, emptied, holding, label, page_head, reading, section
from inspector_app.ui.naming import title_of
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace import retention
from inspector_app.workspace.books import kind_of, shared_ids

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

KINDS = {"inspection": "checklist", "agency": "agency-file", "program": "program"}
"""The icon of a log, by its kind."""


class KeepingPage(Page):
    """The list and the keys, or how one log is kept."""

    title = "Keys and keeping"
    keys = (("Enter", "how it is kept"), ("Alt+Left", "back"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._box = column(gap=24)
        self.work = WorkLine()
        self.fill(self.work, reading(self._box))

    def show_record(self, record: str) -> None:
        """How one log is kept; for one that is not here, and for none, the page as such."""
        self.inspection_id = record if record in shared_ids(self.workspace.desk) else ""
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self.inspection_id

    def trail(self) -> list[str]:
        return [title_of(self.kept)] if self.inspection_id else []

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if self.inspection_id and any(record == retention.RECORD for record, _ in slots):
            self._build()

    def run(
        self,
        words: str,
        job: Callable[[Callable[[int, int], None]], object],
        owner: QWidget,
        done: Callable[..., object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Long work of a part, one piece at a time; what goes wrong is told in the strip."""
        if not self.work.is_busy:
            self.work.run(
                words, job, owner, done=done, failed=failed or self.failed, stopped=self._cancelled
            )

    def failed(self, error: UserError) -> None:
        """Long work ended with a sentence."""
        self.told.emit(Told(error))

    def _cancelled(self) -> None:
        self.message.emit("Cancelled. Nothing was changed.")

    def _build(self) -> None:
        emptied(self._box)
        for part in self._one() if self.inspection_id else self._all():
            self._box.addWidget(part)
        self._box.addStretch(1)

    # -- the page as such ----------------------------------------------------------------------

    def _all(self) -> list[QWidget]:
        words = "What opens this workspace, what it holds and how long, and whether it is whole."
        return [
            page_head(self.title, words),
            *self._listed(),
            PassphrasePart(self),
            EscrowPart(self),
            Checks(self),
        ]

    def _listed(self) -> list[QWidget]:
        rows = [self._row(id) for id in reversed(shared_ids(self.workspace.desk))]
        if not rows:
            return [section("Kept here"), label("Nothing is kept here yet.", "muted")]
        listed = RowList(rows, name="Kept here", title_width=340)
        listed.activated.connect(lambda id: self.navigate.emit("keeping", id))
        head = section("Kept here", "Enter: how long, legal hold, archive, removal")
        return [holding(column(head, listed, gap=4))]

    def _row(self, id: str) -> RowData:
        kept = self.workspace.kept(id)
        held = "under legal hold" if retention.is_held(kept.log) else ""
        mark = KINDS[kind_of(self.workspace.desk, id)]
        return RowData(id, title_of(kept), retention.class_of(kept.log), held, mark, quiet=True)

    # -- one log -------------------------------------------------------------------------------

    def _one(self) -> list[QWidget]:
        back = button("All that is kept here", lambda: self.navigate.emit("keeping", ""))
        head = page_head(title_of(self.kept), "How it is kept on this laptop", back)
        return [head, Keeping(self), ArchivePart(self), RemovePart(self)]
