"""Follow-up: what became of the findings, ERO's plan for each, the focus review, the closeout."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.files import write_whole
from inspector_app.inspection import VISIT
from inspector_app.inspection import following as rules
from inspector_app.records import EarlierFinding, Finding
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.follow_up_earlier import EarlierView
from inspector_app.ui.follow_up_ending import ending, focus_parts
from inspector_app.ui.follow_up_plan import STATES, PlanView
from inspector_app.ui.kit import column, emptied, empty_state, page_head, reading, section
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.rows import RowData, RowList
from inspector_app.workspace import following
from inspector_app.workspace.due_dates import calendar_file
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

CALENDARS = "Calendars (*.ics)"
RESULTS = {"resolved": "Resolved", "unresolved": "Unresolved", None: "Not tested"}
_RESULT_MARKS = {"resolved": "check", "unresolved": "problem", None: "unanswered"}
_STATE_MARKS = {
    "accepted": "check",
    "done": "partly",
    "open": "unanswered",
    "late": "problem",
    "none": "unanswered",
    "conflict": "conflict",
}


class FollowUpPage(Page):
    """The findings with what becomes of each, or one of them."""

    title = "Follow-up"
    keys = (("Enter", "open"), ("Alt+Left", "back"), ("Ctrl+Z", "undo"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._view: PlanView | EarlierView | None = None
        self._box = column(gap=14)
        self.fill(reading(self._box))

    def show_record(self, record: str) -> None:
        """One finding, by its record or that of its plan; one earlier finding; else the list."""
        record = record.replace("corrective-action:", "finding:")
        known = (Finding.kind, EarlierFinding.kind)
        here = record.partition(":")[0] in known and self.inspection.record(record)
        self._record = record if here else ""
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def trail(self) -> list[str]:
        numbers = {**self.inspection.finding_numbers(), **rules.earlier_numbers(self.inspection)}
        return [numbers.get(self._record, "")] if self._record else []

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if not self._shown(slots):
            self._build()

    def _shown(self, slots: Slots) -> bool:
        """Whether the editors here show the commit already: none goes from under a caret."""
        if self._view is not None:
            return self._view.shows(slots)
        return slots <= {(VISIT, "no_focus_review_reason")}

    def _build(self) -> None:
        for binding in list(self.bindings):
            binding.release()
        self._view = None
        emptied(self._box)
        for part in self._one() if self._record else self._all():
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _one(self) -> list[QWidget]:
        back = button("All findings", lambda: self.show_record(""), style="link")
        if self._record.startswith("earlier"):
            self._view = EarlierView(self, self._record)
        else:
            self._view = PlanView(self, self._record)
        return [page_head(self._view.title, self._view.subtitle, back), *self._view.widgets]

    # -- the list ------------------------------------------------------------------------------

    def _all(self) -> list[QWidget]:
        reviews = following.held_reviews(self.workspace, self.inspection_id)
        planned = rules.plan(self.inspection, self.workspace.moment(self.inspection_id).day)
        standing = following.standing(self.workspace, self.inspection_id)
        due = button("Due dates…", self._write_calendar)
        words = f"Now: {standing}." if standing else "What becomes of each finding, late first."
        shown: list[QWidget] = [page_head("Follow-up", words, due), *self._earlier()]
        if planned:
            rows = [self._row(one, reviews) for one in planned]
            listed = RowList(rows, name="Findings and plans", title_width=90)
            listed.activated.connect(self.show_record)
            shown += [section("Findings and plans", "Late first"), listed]
        elif not self.inspection.all(EarlierFinding):
            text = "Deficiencies and areas of concern stand here with what ERO does about each."
            return [*shown, empty_state("Nothing to follow yet", text)]
        return [*shown, *focus_parts(self, reviews), *(ending(self) if planned else [])]

    def _row(self, one: rules.Planned, reviews: list[rules.HeldReview]) -> RowData:
        title = self.inspection.numbers(one.finding.title)
        late = f"{counted(one.late, 'day', 'days')} late" if one.late else STATES[one.state]
        said = rules.result_of(reviews, one.finding.id)
        right = ", ".join([late, *([RESULTS[said.result].lower()] if said else [])])
        return RowData(one.finding.id, one.number, title, right, _STATE_MARKS[one.state])

    def _earlier(self) -> list[QWidget]:
        """The checklist of a focus review, or what findings here repeat."""
        found = self.inspection.all(EarlierFinding)
        if not found:
            return []
        rows = [
            RowData(one.id, one.number, one.title, RESULTS[one.result], _RESULT_MARKS[one.result])
            for one in sorted(found, key=lambda one: one.number)
        ]
        open_ones = sum(one.result is None for one in found)
        listed = RowList(rows, name="Earlier findings", title_width=90)
        listed.activated.connect(self.show_record)
        where = "on site" if rules.mode(one.verify for one in found) == "site" else "at a desk"
        tested = f"{open_ones} of {len(found)} not tested" if open_ones else "all tested"
        hint = f"Verified {where}, {tested}"
        return [section("Earlier findings", hint), listed, *self._missing()]

    def _missing(self) -> list[QWidget]:
        count = len(following.missing(self.workspace, self.inspection_id))
        words = f"Add {counted(count, 'finding', 'findings')} that came later"
        return [button(words, self._take_missing)] if count else []

    def _take_missing(self) -> None:
        self.attempt(lambda: following.take_missing(self.workspace, self.inspection_id))

    def _write_calendar(self) -> None:
        """Write what is due here as a calendar file, which names no person."""
        data = calendar_file(self.workspace, [self.inspection_id])
        chosen = choosing.save_file(self, "Write the due dates", "due-dates.ics", CALENDARS)
        if chosen and self.attempt(lambda: write_whole(Path(chosen), data)):
            self.message.emit(f"Due dates written: {Path(chosen).name}")
