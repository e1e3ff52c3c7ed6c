"""The roster: who was authorized when, what lapsed, candidate findings to decide; and clocks."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.clock_sheet import ClockSheet
from inspector_app.ui.kit import column, emptied, empty_state, label, page_head, reading, section
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.roster_side import candidate_panel, officer_panel
from inspector_app.ui.rows import RowData, RowList

if TYPE_CHECKING:
    from inspector_app.rules.roster import Standing
    from inspector_app.rules.roster_findings import Candidate
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.rosters import Judged, Part

TABLES = "Rosters (*.csv *.xlsx)"
_OFFICER, _CANDIDATE, _CLOCK = "officer:", "candidate:", "clock:"
_RECORDS = {"roster", "decision", "finding"}


class RosterPage(Page):
    """The newest roster under this agreement. Nothing on it is a violation until a person says."""

    title = "Roster"
    keys = (("Enter", "show beside"), ("Alt+Left", "back"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._chosen = ""
        self._body = column(gap=12)
        self.fill(reading(self._body))
        self._build()

    @cached_property
    def _judged(self) -> "Judged | None":
        from inspector_app.workspace.rosters import judged

        return judged(self.workspace, self.inspection_id)

    def show_record(self, record: str) -> None:
        if record.startswith(_CLOCK):
            self.clocks.take(record.removeprefix(_CLOCK))
        self._chosen = record if record.startswith((_OFFICER, _CANDIDATE)) else self._chosen
        self.placed.emit()

    def current_record(self) -> str:
        return self._chosen

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        kinds = {record.partition(":")[0] for record, _ in slots}
        if kinds & _RECORDS or ("visit:self", "last_day") in slots:
            self.__dict__.pop("_judged", None)
            self._build()

    # -- the page ----------------------------------------------------------------------------

    def _build(self) -> None:
        emptied(self._body)
        judged = self._judged
        self._body.addWidget(self._head(judged))
        parts = self._parts(judged) if judged else [self._nothing()]
        self.clocks = ClockSheet(self)
        for part in [*parts, section("Clocks"), self.clocks]:
            self._body.addWidget(part)
        self._body.addStretch(1)

    def _head(self, judged: "Judged | None") -> QWidget:
        words = "Officers by label or number; names are never kept."
        if judged:
            n = len(judged.standings)
            words = f"{n} officer{'s' * (n != 1)}, as of {day_in_words(judged.on)}. {words}"
        acts = button("Take in acts…", lambda: self._take_in("acts"))
        return page_head(
            "Roster", words, acts, button("Take in a roster…", lambda: self._take_in("officers"))
        )

    def _nothing(self) -> QWidget:
        text = (
            "Ask the agency for its designated officers as CSV or Excel: letters, Form 70-006, "
            "training, credentials, suspensions. The program holds it against this agreement."
        )
        return empty_state(
            "No roster yet", text, button("Write an empty roster…", self._write_template)
        )

    def _parts(self, judged: "Judged") -> list[QWidget]:
        from inspector_app.workspace.rosters import decision

        found = {c.key: decision(self.inspection, c) for c in judged.candidates}
        open_ones = sum(one is None for one in found.values())
        rows = [self._candidate_row(c) for c in judged.candidates]
        parts = [section("Candidate findings", f"{open_ones} of {len(found)} to decide")]
        parts.append(self._list(rows, "Candidate findings") if rows else self._none())
        parts.append(section("Officers", str(len(judged.standings))))
        parts.append(self._list([_officer_row(s) for s in judged.standings], "Officers", 110))
        if judged.absent:
            parts.append(label(f"The file has no column for {', '.join(judged.absent)}.", "small"))
        if judged.unread:
            parts.append(label(f"Not read: {judged.unread}.", "small"))
        return parts

    def _none(self) -> QWidget:
        return label("The days of this roster raise no question under this agreement.", "muted")

    def _list(self, rows: list[RowData], name: str, width: int = 380) -> RowList:
        made = RowList(rows, name=name, title_width=width)
        made.activated.connect(self.show_record)
        return made

    def _candidate_row(self, candidate: "Candidate") -> RowData:
        from inspector_app.workspace.rosters import decision

        decided = decision(self.inspection, candidate)
        mark = {"accepted": "check", "declined": "not-applicable"}.get(
            (decided.verdict or "") if decided else "", "unanswered"
        )
        words = decided.verdict if decided and decided.verdict else "to decide"
        asked = "" if candidate.weight == "hard" else "ask first"
        right = ", ".join(word for word in (words, asked) if word)
        key = _CANDIDATE + candidate.key
        return RowData(key, candidate.sentence, ", ".join(candidate.officers), right, mark)

    # -- beside it ---------------------------------------------------------------------------

    def side_panel(self) -> QWidget | None:
        kind, _, name = self._chosen.partition(":")
        if self._judged is None:
            return None
        for standing in self._judged.standings:
            if kind + ":" == _OFFICER and standing.officer.number == name:
                return officer_panel(standing)
        for candidate in self._judged.candidates:
            if kind + ":" == _CANDIDATE and candidate.key == name:
                return candidate_panel(self, candidate)
        return None

    # -- files -------------------------------------------------------------------------------

    def _take_in(self, part: "Part") -> None:
        from inspector_app.workspace.rosters import take_in

        path = choosing.open_file(self, "A roster" if part == "officers" else "Acts", TABLES)
        if path is not None:
            self.attempt(
                lambda: take_in(
                    self.workspace, self.inspection_id, choosing.content(path), part, path.stem
                )
            )

    def _write_template(self) -> None:
        from inspector_app import roster_file
        from inspector_app.files import write_whole

        path = choosing.save_file(self, "An empty roster", "roster.csv", TABLES)
        if path is not None and self.attempt(lambda: write_whole(path, roster_file.template())):
            self.message.emit("An empty roster was written")


def _officer_row(standing: "Standing") -> RowData:
    officer, overdue = standing.officer, standing.overdue
    if standing.authorized is None:
        words, mark = "no day of an authorization letter is known", "unanswered"
    elif not standing.authorized:
        words, mark = "never authorized", "problem"
    else:
        span = standing.authorized[-1]
        until = f" to {day_in_words(span.last)}" if span.last else ""
        since = "" if until else "since "
        words, mark = f"authorized {since}{day_in_words(span.first)}{until}", "check"
    if overdue:
        words, mark = f"{words}; overdue: {overdue[-1].subject}", "caution"
    if standing.soon and not overdue:
        next_one = min(standing.soon, key=lambda lapse: lapse.due)
        words = f"{words}; due soon: {next_one.subject}, {day_in_words(next_one.due)}"
    doubtful = sum(act.verdict != "authorized" for act in standing.acts)
    right = f"{doubtful} of {len(standing.acts)} acts in question" if doubtful else ""
    return RowData(_OFFICER + officer.number, officer.number, words, right, mark)
