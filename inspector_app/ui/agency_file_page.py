"""Agencies' files: the list, one file, and each complaint, notification and meeting in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from inspector_app.records.agency_file import Complaint, HeldAgreement, Meeting, Notification
from inspector_app.ui import agency_file_records as editing
from inspector_app.ui.agency_file_rows import (
    agreement_row,
    complaint_row,
    file_row,
    meeting_row,
    notification_row,
)
from inspector_app.ui.agency_file_side import side_of
from inspector_app.ui.agency_file_start import StartFile
from inspector_app.ui.buttons import button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.kit import (
    caution,
    column,
    emptied,
    empty_state,
    label,
    page_head,
    reading,
    section,
)
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.rows import RowData, RowList

if TYPE_CHECKING:
    from inspector_app.inspection.agency_file import AgencyFile
    from inspector_app.ui.agency_file_hand_over import FileHandOver
    from inspector_app.workspace import Workspace

HAND_OVER = "hand-over"
_TITLES = {
    Complaint.kind: "Complaint",
    Notification.kind: "Management notification",
    Meeting.kind: "Meeting",
    HeldAgreement.kind: "Agreement",
}
_EMPTY = (
    "A file holds how an agency’s complaints were handled and which meetings there were: days, "
    "offices and outcomes, never a name. It is handed over and merged like an inspection."
)
_TWIN = (
    "Two people started a file of this agency, and both are here. Go on in one of them; what "
    "stands in the other stays there."
)


class AgencyFilePage(Page):
    """A desk page. Its record is `<file>` or `<file>/<record>`; the empty text is the list."""

    title = "Agencies’ files"
    keys = (("Enter", "open"), ("Alt+Left", "back"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._box = column(gap=14)
        self._reading = reading(self._box)
        self._handing: FileHandOver | None = None
        self._hands_over = False
        self.fill(self._reading)

    @property
    def file(self) -> "AgencyFile":
        """The file that is open."""
        from inspector_app.workspace.agency_file import read

        return read(self.workspace, self.inspection_id)

    # -- where one is ------------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        """The list, a file, a record in it, or `of:<inspection>`: the file of that agency."""
        from inspector_app.workspace.agency_file import file_ids

        if record.startswith("of:"):
            record = self._of_inspection(record.removeprefix("of:"))
        file, _, inside = record.partition("/")
        self.inspection_id = file if file in file_ids(self.workspace) else ""
        there = self.inspection_id and self.file.record(inside) is not None
        self._record = inside if there else ""
        self._hand_over(bool(self.inspection_id) and inside == HAND_OVER)
        self._build()
        self.placed.emit()

    def _of_inspection(self, id: str) -> str:
        from inspector_app.workspace.agency_file import find

        inspection = self.workspace.inspection(id)
        agency = inspection.agency
        found = find(self.workspace, agency.state, agency.name, practice=inspection.practice)
        self._wanted = f"{agency.name} {agency.state}", inspection.practice
        return found[0].id if found else ""

    _wanted: tuple[str, bool] = ("", False)
    """The agency whose file is to be started, and whether for practice."""

    def _hand_over(self, shown: bool) -> None:
        """Show the hand-over of the file in place of what stands in it, or put it away."""
        from inspector_app.ui.agency_file_hand_over import FileHandOver as Made

        self._hands_over = shown
        self._reading.setVisible(not shown)
        if self._handing is not None and self._handing.work.is_busy:
            self._handing.setVisible(shown)  # it is still at it
            return
        if self._handing is not None:
            self._handing.hide()
            self._handing.deleteLater()
            self._handing = None
        body = self.layout()
        if shown and body is not None:
            self._handing = Made(self.workspace, self.inspection_id)
            self._handing.show_record("")
            self._handing.told.connect(self.told)
            self._handing.message.connect(self.message)
            self._handing.navigate.connect(self.navigate)
            body.addWidget(self._handing)

    def current_record(self) -> str:
        if self._hands_over:
            return f"{self.inspection_id}/{HAND_OVER}"
        return f"{self.inspection_id}/{self._record}" if self._record else self.inspection_id

    def trail(self) -> list[str]:
        if not self.inspection_id:
            return []
        number = "Hand-over" if self._hands_over else self.file.numbers().get(self._record, "")
        return [self.file.title, *([number] if number else [])]

    def open(self, record: str) -> None:
        """Go to a record of the open file, so that the way back leads here."""
        place = f"{self.inspection_id}/{record}" if record else self.inspection_id
        self.navigate.emit("agency-file", place)

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if not self.inspection_id or self._rebuilds(slots):
            self._build()

    def _rebuilds(self, slots: Slots) -> bool:
        """Whether more is different than a field that an open editor shows."""
        kinds = {record.partition(":")[0] for record, _ in slots}
        if not kinds & {*_TITLES, "agency-file"}:
            return False
        return not self._record or any(field == "removed" for _, field in slots)

    # -- how it is put together --------------------------------------------------------------

    def _build(self) -> None:
        for binding in list(self.bindings):
            binding.release()
        emptied(self._box)
        if not self.inspection_id:
            parts = self._list_parts()
        elif self._record and self.file.record(self._record) is None:
            self._record = ""
            parts = self._file_parts()
        else:
            parts = self._record_parts() if self._record else self._file_parts()
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _list_parts(self) -> list[QWidget]:
        from inspector_app.workspace.agency_file import files

        found = files(self.workspace)
        starter = StartFile(self, *self._wanted)
        self._wanted = "", False
        words = "Complaints and meetings, by agency. Nothing in them names a person."
        head = page_head("Agencies’ files", words)
        if not found:
            return [head, empty_state("No file yet", _EMPTY), starter]
        listed = RowList([file_row(each) for each in found], name="Files", title_width=330)
        listed.activated.connect(lambda key: self.navigate.emit("agency-file", key))
        return [head, listed, starter]

    def _file_parts(self) -> list[QWidget]:
        from inspector_app.workspace.agency_file import find

        file = self.file
        office = file.facts.field_office or "field office not stated"
        back = button("All files", lambda: self.navigate.emit("agency-file", ""), style="link")
        hand = button("Hand over", lambda: self.open(HAND_OVER), symbol="hand-over")
        head = page_head(file.title, f"The agency’s file, {office}", back, hand)
        twins = len(find(self.workspace, file.state, file.name, practice=file.practice)) > 1
        warnings = [caution(_TWIN)] if twins else []
        if file.practice:
            warnings.append(label("Practice: never counted, never real.", "muted"))
        return [head, *warnings, *self._complaints(), *self._notifications(), *self._meetings()]

    def _complaints(self) -> list[QWidget]:
        file, now = self.file, self.workspace.moment(self.inspection_id)
        rows = [complaint_row(file, each, now) for each in file.all(Complaint)]
        new = self._adder("Add a complaint", Complaint.kind)
        return [section("Complaints", "", new), self._listed(rows, "Complaints", "complaint")]

    def _notifications(self) -> list[QWidget]:
        file = self.file
        rows = [notification_row(file, each) for each in file.all(Notification)]
        bare = len(file.without_record())
        hint = f"{bare} of {len(rows)} without a record" if bare else ""
        new = self._adder("Add a notification", Notification.kind)
        title = "Management notifications"
        return [section(title, hint, new), self._listed(rows, title, "notification")]

    def _meetings(self) -> list[QWidget]:
        file = self.file
        today = self.workspace.moment(self.inspection_id).day
        rows = [meeting_row(file, each) for each in file.all(Meeting)]
        held = [agreement_row(file, each, today) for each in file.all(HeldAgreement)]
        new = self._adder("Add a meeting", Meeting.kind)
        return [
            section("Meetings", "", new),
            self._listed(rows, "Meetings", "meeting"),
            section("Agreements", "what each asks of meetings stands beside it"),
            self._listed(held, "Agreements", "agreement"),
        ]

    def _adder(self, words: str, kind: str) -> QWidget:
        return button(words, lambda: self._new(kind), symbol="plus")

    def _listed(self, rows: list[RowData], name: str, what: str) -> QWidget:
        if not rows:
            return label(f"No {what} recorded.", "muted")
        made = RowList(rows, name=name, title_width=250)
        made.activated.connect(self.open)
        return made

    def _new(self, kind: str) -> None:
        made: list[str] = []
        if self.attempt(lambda: made.append(self._made(kind))):
            self.open(made[0])

    def _made(self, kind: str) -> str:
        """A new record with what is known of it at once, so that it stands in the list."""
        first: dict[str, dict[str, Any]] = {
            Complaint.kind: {"channel": "agency"},
            Notification.kind: {"received": self.workspace.moment(self.inspection_id).day},
            Meeting.kind: {"type": "annual"},
        }
        return self.workspace.new(self.inspection_id, kind, **first[kind]).record

    # -- one record --------------------------------------------------------------------------

    def _record_parts(self) -> list[QWidget]:
        kind = self._record.partition(":")[0]
        number = self.file.numbers().get(self._record, "")
        back = button("The whole file", lambda: self.open(""), style="link")
        acts = [back]
        if number:
            acts.insert(0, button("Remove", self._remove, style="link"))
        head = page_head(f"{_TITLES[kind]} {number}".strip(), self.file.title, *acts)
        if ConflictCard.needed(self, self._record):
            return [head, ConflictCard(self, self._record)]
        makers: dict[str, Callable[[AgencyFilePage, str], list[QWidget]]] = {
            Complaint.kind: editing.complaint_fields,
            Notification.kind: editing.notification_fields,
            Meeting.kind: editing.meeting_fields,
            HeldAgreement.kind: editing.agreement_fields,
        }
        return [head, *makers[kind](self, self._record)]

    def _remove(self) -> None:
        id, record = self.inspection_id, self._record
        if self.attempt(lambda: self.workspace.remove(id, record)):
            self.open("")

    def _is_signed(self, record: str) -> bool:
        return False  # nothing in a file is signed off

    def side_panel(self) -> QWidget | None:
        return side_of(self, self._record) if self.inspection_id else None
