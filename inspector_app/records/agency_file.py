"""An agency's file: its agreements, complaints and their way, notifications and meetings.

It holds how a complaint was handled and nothing about a person: no name, no case number and no
free text, so that there is no place for one. What is chosen comes from the closed lists here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from inspector_app.records.fields import MomentText, Record, Zone

CHANNELS = {
    "designated-officer": "A designated officer at the facility",
    "agency": "The agency itself",
    "ice-officer": "An ICE officer",
    "jic": "OPR’s Joint Intake Center",
    "oig": "DHS Inspector General",
    "crcl": "DHS Civil Rights and Civil Liberties",
}
"""Where a complaint came in (GAO-21-186, figure 5 as told in its text)."""
SUBJECTS = {
    "force": "Use of force",
    "harassment": "Harassment",
    "discrimination": "Discrimination",
    "treatment": "Treatment or conditions",
    "rights": "Rights or how to complain not explained",
    "language": "Interpreter or translation",
    "citizenship": "Claim to be a US citizen",
    "detention": "Held too long, or wrongly",
    "corruption": "Corruption, fraud, waste or abuse",
    "information": "Release or security of information",
    "insubordination": "Insubordination or attendance",
    "off-duty": "Conduct off duty",
    "other": "Something else",
}
STATIONS = {
    "jic": "Joint Intake Center",
    "oig": "DHS Inspector General",
    "jic-again": "Back at the Joint Intake Center",
    "opr": "OPR field office",
    "ero": "ERO Administrative Inquiry Unit",
    "lea": "The agency",
    "crcl": "DHS Civil Rights and Civil Liberties",
}
"""Offices on a complaint's way, in the order in which it usually comes to them."""
STATUSES = {
    "received": "received",
    "investigating": "investigating",
    "referred": "referred on",
    "resolved": "resolved",
    "closed": "closed without action",
}
OUTCOMES = {
    "substantiated": "substantiated",
    "not-substantiated": "not substantiated",
    "no-action": "closed without action",
    "not-identified": "the person concerned could not be identified",
}
ACTIONS = {
    "inquiry": "management inquiry",
    "reviewed": "reviewed, no inquiry",
    "to-agency": "given to the agency",
}
EFFORTS = {
    "no-answer": "invited, no answer",
    "declined": "invited, declined",
    "cancelled": "set and called off",
}
MEETINGS = {
    "annual": "Annual meeting",
    "first-review": "First review meeting",
    "steering-committee": "Steering committee",
}
WORDS = {
    "channel": CHANNELS,
    "about": SUBJECTS,
    "sent": STATIONS,
    "status": {**STATIONS, **STATUSES},
    "outcome": OUTCOMES,
    "action": ACTIONS,
    "effort": EFFORTS,
    "type": MEETINGS,
}
"""What people call the values of a field, or the keys of one with several entries."""


def _one_of(choices: Iterable[str]) -> AfterValidator:
    def check(text: str) -> str:
        if text and text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return AfterValidator(check)


class FileFacts(Record):
    """Where the agency is and whose it is: `agency-file:self`."""

    kind: ClassVar[str] = "agency-file"
    field_office: str = ""
    zone: Zone | None = None


class HeldAgreement(Record):
    """One agreement of the agency; it may hold two (JEM and WSO). `form`: the revision's id.

    `operational`: the day on which work under it began; `first_class`: when the first class of
    officers was certified, from which the WSO text of 2019 counts its review meeting. `ended`:
    terminated by either side, which ends every authorization under it.
    """

    kind: ClassVar[str] = "held-agreement"
    model: Literal["JEM", "WSO", "TFM"] | None = None
    signed: date | None = None
    form: str = ""
    operational: date | None = None
    first_class: date | None = None
    addendum: date | None = None
    suspended: date | None = None
    reinstated: date | None = None
    ended: date | None = None


class Complaint(Record):
    """How one complaint was handled. `sent` and `status` have one entry a station.

    `learned`: when the agency learned of it; `told`: when it told an ICE officer. `designated`:
    about a designated officer; `related`: to what he does under 287(g); `agreement`: the record
    id of the agreement whose clocks run.
    """

    kind: ClassVar[str] = "complaint"
    agreement: str = ""
    channel: Annotated[str, _one_of(CHANNELS)] = ""
    about: Annotated[str, _one_of(SUBJECTS)] = ""
    designated: bool | None = None
    related: bool | None = None
    serious: Literal["egregious", "less-serious"] | None = None
    learned: MomentText | None = None
    told: MomentText | None = None
    resolved: date | None = None
    outcome: Annotated[str, _one_of(OUTCOMES)] = ""
    outcome_reported: date | None = None
    sent: dict[str, date] = Field(default_factory=dict)
    status: dict[str, Annotated[str, _one_of(STATUSES)]] = Field(default_factory=dict)


class Notification(Record):
    """A management notification: a complaint that ERO's field office reviews itself.

    A field office need not have said what it did (GAO-21-186: 4 of 11 had no record); an empty
    `action` or `outcome` is therefore shown as such and never taken for a result.
    """

    kind: ClassVar[str] = "notification"
    complaint: str = ""
    received: date | None = None
    action: Annotated[str, _one_of(ACTIONS)] = ""
    acted: date | None = None
    outcome: Annotated[str, _one_of(OUTCOMES)] = ""
    ended: date | None = None

    @property
    def on_record(self) -> bool:
        """Whether both an action and an outcome of the field office are recorded."""
        return bool(self.action and self.outcome)


class Meeting(Record):
    """A meeting of field office and agency that was held, or the effort to hold one."""

    kind: ClassVar[str] = "meeting"
    type: Annotated[str, _one_of(MEETINGS)] = ""
    agreement: str = ""
    held: date | None = None
    advertised: date | None = None
    agenda: bool | None = None
    minutes_ice: date | None = None
    minutes_lea: date | None = None
    effort: Annotated[str, _one_of(EFFORTS)] = ""
    tried: date | None = None


AGENCY_RECORDS: tuple[type[Record], ...] = (
    FileFacts,
    HeldAgreement,
    Complaint,
    Notification,
    Meeting,
)
