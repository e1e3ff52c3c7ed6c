"""The overview: the visit, the team, the agreement, conferences, how far the work is."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.inspection import VISIT
from inspector_app.inspection.independence import self_assessed_items
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Conference
from inspector_app.ui.agreement_state import AgreementState
from inspector_app.ui.assignment_card import assignment_card
from inspector_app.ui.buttons import button
from inspector_app.ui.checklist_card import SELF_ASSESSED
from inspector_app.ui.checklist_side import answer_history
from inspector_app.ui.choices import FieldChoice
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import (
    bar,
    caution,
    column,
    emptied,
    facts,
    field_row,
    holding,
    label,
    page_head,
    reading,
    row,
    section,
)
from inspector_app.ui.overview_streams import stream_reasons
from inspector_app.ui.overview_team import Team
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import day_editor, moment_editor
from inspector_app.workspace.following import standing
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

CONFERENCES = {
    "entrance": "Entrance conference",
    "exit": "Exit conference",
    "annual-meeting": "Annual meeting",
    "steering-committee": "Steering committee",
}
_KINDS = {
    "inspection": "OPR inspection",
    "oversight-review": "Oversight review by ERO",
    "focus-review": "Focus review",
}


class OverviewPage(Page):
    """The page on which an inspection opens."""

    title = "Overview"
    keys = (("F8", "next unanswered"), ("Ctrl+Z", "undo"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._conference = ""
        self._team_part: Team | None = None
        self._box = column(gap=16)
        self.fill(reading(self._box))

    def show_record(self, record: str) -> None:
        """A conference, or the page as such."""
        self._conference = record if record.startswith("conference:") else ""
        self.build_once(self._conference, self._build)
        self.placed.emit()

    def current_record(self) -> str:
        return self._conference

    def _build(self) -> None:
        self.built_anew()
        for binding in list(self.bindings):
            binding.release()
        emptied(self._box)
        for part in self._conference_parts() if self._conference else self._parts():
            self._box.addWidget(part)
        self._box.addStretch(1)

    # -- the inspection ----------------------------------------------------------------------

    def _parts(self) -> list[QWidget]:
        inspection = self.inspection
        days = _days(inspection.visit.first_day, inspection.visit.last_day)
        kind = _KINDS.get(inspection.kind, inspection.kind)
        head = page_head(inspection.agency.title, f"{kind} · {inspection.form.title} · {days}")
        warnings = [caution(words) for words in self._warnings()]
        team = self._team_part = Team(self)
        rest = [*self._visit(), AgreementState(self), team, *self._meetings()]
        assigned = assignment_card(self)
        return [head, *assigned, team.asked, *warnings, self._progress(), *rest]

    def _warnings(self) -> list[str]:
        inspection = self.inspection
        found = []
        if not inspection.form_released:
            found.append("This checklist is not one that the program’s makers released.")
        after = standing(self.workspace, self.inspection_id)
        if after and after != "closed":
            found.append(f"Follow-up: {after}. The page Follow-up says what is open.")
        if own := len(self_assessed_items(inspection)):
            items = counted(own, "item", "items")
            found.append(f"{items} on ICE’s own duties: {SELF_ASSESSED.lower()}.")
        return found

    def _progress(self) -> QWidget:
        counts = self.inspection.counts()
        classified = counts.findings + counts.practices
        numbers = (
            ("Items answered", counts.answered, counts.in_scope),
            ("Findings with a class", classified, classified + counts.unclassified),
            ("Photos described", counts.photos_described, counts.photos),
        )
        cells = [
            holding(
                column(
                    label(f"{done} of {of}" if of else "none yet", "number"),
                    label(words, "muted"),
                    bar(done, of),
                    gap=4,
                )
            )
            for words, done, of in numbers
        ]
        box = row(*cells, gap=24)
        for at in range(3):
            box.setStretch(at, 1)
        return holding(box)

    def _visit(self) -> list[QWidget]:
        if ConflictCard.needed(self, VISIT):
            return [section("Visit"), ConflictCard(self, VISIT)]
        fields = RecordFields(self, VISIT)
        first = fields.bind("first_day", day_editor())
        last = fields.bind("last_day", day_editor())
        facility = fields.bind("facility", LineEditor("Name of the jail"))
        zone = fields.bind("zone", LineEditor("America/Chicago"))
        office = fields.bind("field_office", LineEditor("ERO field office"))
        limits = fields.bind("limits", TextEditor(2, "What the facility did not allow"))
        return [
            section("Visit"),
            _pair(field_row("First day", first), field_row("Last day", last)),
            _pair(field_row("Facility", facility), field_row("Time zone", zone)),
            field_row("Field office", office, "first guess by state; correct it here"),
            field_row("Limits imposed by the facility", limits),
            *stream_reasons(self, fields),
        ]

    def _meetings(self) -> list[QWidget]:
        rows = [self._meeting(c) for c in self.inspection.all(Conference)]
        listed = RowList(rows, name="Conferences")
        listed.activated.connect(self.show_record)
        listed.removal.connect(self._remove)
        new = button("Add a conference", self._new, symbol="plus")
        empty = [] if rows else [label("No conference recorded yet.", "muted")]
        return [section("Conferences", "", new), *empty, listed]

    def _meeting(self, found: Conference) -> RowData:
        at = f"{Moment.parse(found.held).local:%a %H:%M}" if found.held else "no time yet"
        title = CONFERENCES.get(found.type or "", "Conference")
        return RowData(found.id, title, found.present or found.notes, at, "people", quiet=True)

    def _new(self) -> None:
        made: list[str] = []
        moment = str(self.workspace.moment(self.inspection_id))
        if self.attempt(
            lambda: made.append(
                self.workspace.new(
                    self.inspection_id, "conference", type="entrance", held=moment
                ).record
            )
        ):
            self.show_record(made[0])

    def _remove(self, record: str) -> None:
        id = self.inspection_id
        self.write(record, lambda amends: self.workspace.remove(id, record, amends))
        self.show_record("")

    # -- one conference ----------------------------------------------------------------------

    def _conference_parts(self) -> list[QWidget]:
        back = button("All of the overview", lambda: self.show_record(""), style="link")
        remove = button("Remove", lambda: self._remove(self._conference), style="link")
        head = page_head("Conference", "", remove, back)
        if ConflictCard.needed(self, self._conference):
            return [head, ConflictCard(self, self._conference)]
        fields = RecordFields(self, self._conference)
        kind = fields.bind("type", FieldChoice(list(CONFERENCES.items())))
        held = fields.bind("held", self._moment_editor())
        texts = (
            ("place", "Place", 1),
            ("present", "Present, by role", 2),
            ("ground_rules", "Ground rules", 2),
            ("limits", "Limits imposed", 2),
            ("notes", "What was said", 5),
        )
        editors = [
            field_row(words, fields.bind(field, TextEditor(lines))) for field, words, lines in texts
        ]
        return [head, _pair(field_row("Kind", kind), field_row("Held", held)), *editors]

    def _moment_editor(self) -> LineEditor:
        visit = self.inspection.visit
        return moment_editor(visit.zone or "UTC", lambda: visit.first_day or date.today())

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        kinds = {"conference", "agreement"}
        if self._team_part is not None and not self._conference:
            self._team_part.changed(slots)
        shape = {
            "removed",
            "type",
            "name",
            "place",
            "zone",
            "first_day",
            "last_day",
            "agreement",
            "agreement_seen",
            "sha256",
        }
        if any(r.partition(":")[0] in kinds and f in shape for r, f in slots) or any(
            r == VISIT and f in shape for r, f in slots
        ):
            self._build()

    def _open_file(self) -> None:
        self.navigate.emit("agency-file", f"of:{self.inspection_id}")

    def side_panel(self) -> QWidget:
        inspection = self.inspection
        agency = inspection.agency
        about = [
            ("Agreement", agency.model),
            ("Signed", day_in_words(agency.signed)),
            ("Form", inspection.form.revision),
            ("County", agency.county or "not stated"),
            ("Field office", inspection.visit.field_office or "not stated"),
        ]
        file = button("The agency’s file", self._open_file, symbol="agency-file")
        history = answer_history(self, self._conference or VISIT)
        parts = [section("Agreement"), facts(about), file, section("History"), history]
        box = column(*parts, gap=10, margins=16)
        box.addStretch(1)
        return holding(box)


def _pair(left: QWidget, right: QWidget) -> QWidget:
    box = row(left, right, gap=16)
    box.setStretch(0, 1)
    box.setStretch(1, 1)
    return holding(box)


def _days(first: object, last: object) -> str:
    words = [day_in_words(day) for day in (first, last) if day]  # type: ignore[arg-type]
    return " to ".join(dict.fromkeys(words)) or "days not recorded yet"
