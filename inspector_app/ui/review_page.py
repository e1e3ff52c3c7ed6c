"""Review and sign-off: where every part stands, and one part with what was said of it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.inspection import parts, reviewing
from inspector_app.ui.buttons import button
from inspector_app.ui.kit import column, emptied, page_head, reading, section
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.review_issue import issue_parts
from inspector_app.ui.review_part import MARKS, STATES, PartView
from inspector_app.ui.rows import RowData, RowList
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


class ReviewPage(Page):
    """The list of parts, or one of them."""

    title = "Review"
    keys = (("Ctrl+Z", "undo"),)

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._part = ""
        self._view: PartView | None = None
        self._box = column(gap=14)
        self.fill(reading(self._box))

    def show_record(self, record: str) -> None:
        """One part, such as `report` or `section:a`; the empty text is the list."""
        self._part = record if record in reviewing.all_parts(self.inspection) else ""
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self._part

    def trail(self) -> list[str]:
        return [part_name(self, self._part)] if self._part else []

    def leave(self) -> None:
        super().leave()
        if self._view is not None:
            self._view.keep()

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        self._build()

    def _build(self) -> None:
        if self._view is not None:
            self._view.keep()
            self._view = None
        emptied(self._box)
        for part in self._one() if self._part else self._all():
            self._box.addWidget(part)
        self._box.addStretch(1)

    # -- the list ------------------------------------------------------------------------------

    def _all(self) -> list[QWidget]:
        words = "A signature holds as long as its part says the same."
        shown: list[QWidget] = [page_head("Review and sign-off", words)]
        for title, kind in _GROUPS.items():
            found = [p for p in reviewing.all_parts(self.inspection) if p.startswith(kind)]
            if found:
                listed = RowList(list(map(self._row, found)), name=title, title_width=360)
                listed.activated.connect(self.show_record)
                shown += [section(title), listed]
        return [*shown, *issue_parts(self)]

    def _row(self, part: str) -> RowData:
        state = reviewing.state_of(self.inspection, part)
        said = len(reviewing.reviews_of(self.inspection, part))
        comments = counted(said, "remark", "remarks") if said else ""
        name = part_name(self, part).removeprefix("Section ")
        return RowData(part, name, STATES[state], comments, MARKS[state])

    # -- one part ------------------------------------------------------------------------------

    def _one(self) -> list[QWidget]:
        back = button("All parts", lambda: self.show_record(""), style="link")
        self._view = PartView(self, self._part)
        show = button("Show it", self._show, style="link")
        acts = [back] if self._part == parts.REPORT else [show, back]
        return [page_head(part_name(self, self._part), "", *acts), *self._view.widgets]

    def _show(self) -> None:
        """Go where the part is written."""
        record = self._part.replace("item:", "answer:")
        self.navigate.emit("findings" if record.startswith("finding:") else "checklist", record)


_GROUPS = {"Report": "report", "Findings": "finding:", "Sections": "section:", "Items": "item:"}


def part_name(page: Page, part: str) -> str:
    """How a part is called on the page: `The report`, `INT-1 …`, `Section Interpretation`."""
    inspection = page.inspection
    if part.startswith("finding:"):
        titles = {f.id: inspection.numbers(f.title) for f in inspection.findings()}
        return f"{inspection.finding_numbers().get(part, '')}  {titles.get(part, '')}".strip()
    title = parts.part_title(inspection, part)
    return title[:1].upper() + title[1:]
