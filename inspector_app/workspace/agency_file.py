"""An agency's file: start it, find it, and what is late in it or has no record.

It holds how complaints were handled and which meetings there were, for oversight; about a person
it says nothing. Whoever may record may write in it, and its history says who did.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector_app import forms
from inspector_app.agencies import AgencyRow, field_office, normalized, resolve
from inspector_app.change import ABOUT, Edit
from inspector_app.errors import BadInput
from inspector_app.inspection.agency_file import FACTS, AgencyFile
from inspector_app.moments import Moment
from inspector_app.records import Record, stored_values
from inspector_app.records.agency_file import STATIONS, Complaint, FileFacts, HeldAgreement, Meeting
from inspector_app.rules.complaints import Line, questions
from inspector_app.workspace import books, people, starting

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace

KIND = "agency"


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What a list shows of a file; `twin`: another file of the same agency is here too."""

    id: str
    title: str
    practice: bool
    complaints: int
    open: int
    late: int
    without_record: int
    meetings: int
    conflicts: int
    not_handed_over: int
    twin: bool


@dataclass(frozen=True, slots=True)
class Late:
    """A clock that was missed or is being missed, by the complaint that it runs for."""

    record: str
    number: str
    line: Line


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is recorded, or not, of ICE's own duties: a person decides whether it is a finding."""

    record: str
    number: str
    type: str
    sentence: str


# -- finding and starting ------------------------------------------------------------------------


def agreements_of(workspace: "Workspace", state: str, name: str) -> list[AgencyRow]:
    """The agreements of an agency in the published list; it may hold two."""
    found = (row for row in workspace.agencies() if row.state == state)
    return [row for row in found if normalized(row.name) == normalized(name)]


def start(workspace: "Workspace", rows: Sequence[AgencyRow], *, practice: bool = False) -> str:
    """Start the file of the agency that holds these agreements; returns its id.

    BadInput when there is a file of this agency here, or the agreements are not of one agency.
    """
    people.require(workspace.desk, "record", "keep an agency's file")
    if len({(row.state, normalized(row.name)) for row in rows}) != 1:
        raise BadInput("A file is about one agency; choose agreements of one. Nothing was started.")
    first = rows[0]
    if find(workspace, first.state, first.name, practice=practice):
        raise BadInput("There is a file of this agency here already. Nothing was started.")
    about: dict[str, Any] = {
        "kind": KIND,
        "practice": practice,
        "agency": {
            "state": first.state,
            "name": first.name,
            "type": first.type,
            "county": first.county,
        },
        "nonce": secrets.token_hex(16),
    }
    zone = starting.state_zone(first.state)
    facts = {"field_office": field_office(first) or "", "zone": zone}
    edits = [Edit(ABOUT, field, value) for field, value in about.items()]
    edits += _edits(FACTS, FileFacts, facts)
    for row in rows:
        record = f"{HeldAgreement.kind}:{row.model.lower()}-{row.signed}"
        edits += _edits(record, HeldAgreement, _held(row))
    return books.founded(workspace, edits, "started the agency's file", zone)


def _held(row: AgencyRow) -> dict[str, Any]:
    form = resolve(row, forms.shipped()).form
    return {"model": row.model, "signed": row.signed, "form": form.id if form else ""}


def _edits(record: str, cls: type[Record], fields: dict[str, Any]) -> list[Edit]:
    return [Edit(record, n, v) for n, v in stored_values(cls, fields).items() if v is not None]


def read(workspace: "Workspace", id: str) -> AgencyFile:
    """The live file of this id, or of the one that begins so; BadInput when there is none."""
    found = books.found(workspace, id)
    if not isinstance(found, AgencyFile):
        raise BadInput("There is no agency's file with this id in this workspace.")
    return found


def file_ids(workspace: "Workspace") -> list[str]:
    """Every agency's file here, oldest first."""
    return books.ids(workspace.desk, KIND)


def find(
    workspace: "Workspace", state: str, name: str, *, practice: bool = False
) -> list[AgencyFile]:
    """The files of an agency; two where two people started one and a merge brought them here."""
    files = (read(workspace, id) for id in file_ids(workspace))
    return [file for file in files if _agency(file) == (state, normalized(name), practice)]


def _agency(file: AgencyFile) -> tuple[str, str, bool]:
    return file.state, normalized(file.name), file.practice


def files(workspace: "Workspace") -> list[FileSummary]:
    """A row for each file, by the agency's title."""
    read_ones = [read(workspace, id) for id in file_ids(workspace)]
    of_agency = Counter(_agency(file) for file in read_ones)
    found = [summary(workspace, file, of_agency[_agency(file)] > 1) for file in read_ones]
    return sorted(found, key=lambda one: (one.title.casefold(), one.id))


def summary(workspace: "Workspace", file: AgencyFile, twin: bool = False) -> FileSummary:
    """What a list shows of one file."""
    complaints = file.all(Complaint)
    return FileSummary(
        id=file.id,
        title=file.title,
        practice=file.practice,
        complaints=len(complaints),
        open=sum(each.resolved is None for each in complaints),
        late=len(late(workspace, file.id)),
        without_record=len(file.without_record()),
        meetings=len(file.all(Meeting)),
        conflicts=len(file.conflicts()),
        not_handed_over=workspace.not_handed_over(file.id),
        twin=twin,
    )


# -- writing -------------------------------------------------------------------------------------


def pass_on(
    workspace: "Workspace", id: str, record: str, station: str, day: date, status: str = "received"
) -> "Commit":
    """Note that a complaint came to a station on a day; the same again corrects it."""
    read(workspace, id).record_of(Complaint, record)
    if station not in STATIONS:
        raise BadInput(f"There is no station named “{station[:40]}”.", [*STATIONS])
    given = {record: {"sent": {station: day}, "status": {station: status}}}
    return workspace.put_many(id, given, f"passed on to {STATIONS[station]}")


# -- what is late or open ------------------------------------------------------------------------


def late(workspace: "Workspace", id: str, now: Moment | None = None) -> list[Late]:
    """Clocks that bind and were missed, or whose time is up with nothing recorded."""
    file, at = read(workspace, id), now or workspace.moment(id)
    numbers = file.numbers()
    return [
        Late(complaint.id, numbers[complaint.id], line)
        for complaint in file.all(Complaint)
        for line in file.clocks(complaint, at)
        if line.late
    ]


def ice_evidence(workspace: "Workspace", id: str) -> list[Evidence]:
    """Of every complaint what bears on ICE's own duties (type D12 of GAO-21-186, table 2)."""
    file = read(workspace, id)
    numbers = file.numbers()
    return [
        Evidence(complaint.id, numbers[complaint.id], "D12", sentence)
        for complaint in file.all(Complaint)
        for sentence in file.ice_side(complaint)
    ]


def open_questions(workspace: "Workspace", id: str) -> list[tuple[str, str]]:
    """What is not recorded or not as described, by record, each in a sentence."""
    return list(_questions(read(workspace, id), workspace.moment(id).day))


def _questions(file: AgencyFile, today: date) -> Iterator[tuple[str, str]]:
    for complaint in file.all(Complaint):
        for sentence in questions(complaint):
            yield complaint.id, sentence
    for notification in file.without_record():
        yield notification.id, "No record of what the field office did, or of what came of it."
    for held in file.all(HeldAgreement):
        for line in file.meetings_of(held, today):
            if line.state in ("nothing recorded", "ask"):
                yield held.id, line.sentence
