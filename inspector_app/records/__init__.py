"""What an inspector writes, one class a kind of record. A new field is one line here.

A record is a set of fields in the log; its id is `<kind>:<id>`. Every field may be empty, since a
record grows while somebody types, and a field that holds one entry per key (`results`, `answers`)
is stored as one field per key, so that two people fill different keys without a conflict.
"""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from inspector_app.records.agency_file import AGENCY_RECORDS
from inspector_app.records.assignment import Assignment
from inspector_app.records.basis import Basis
from inspector_app.records.documents import DocumentReview, Draw, Frame, SampledFile, SampleResult
from inspector_app.records.fields import (
    Count,
    Hash,
    MomentText,
    R,
    Record,
    Zone,
    field_names,
    read_record,
    stored_values,
)
from inspector_app.records.following import Closeout, CorrectiveAction, EarlierFinding, Resolved
from inspector_app.records.names import NamesDestroyed
from inspector_app.records.own import (
    WORKSPACE_RECORDS,
    AgencyList,
    BackupMade,
    BundleMade,
    BundleMerged,
    Contact,
)
from inspector_app.records.pictures import Annotation, MarkColor, MarkShape, Photo, Place
from inspector_app.records.retention import Retention
from inspector_app.records.reviewing import Disagreement, Issue, Review, SignedFile, SignOff
from inspector_app.records.tour import NoCamera

__all__ = [
    "AGENCY_RECORDS",
    "BY_KIND",
    "INSPECTION_RECORDS",
    "PARTIES",
    "WORKSPACE_RECORDS",
    "AgencyList",
    "Agreement",
    "Annotation",
    "Answer",
    "Assignment",
    "BackupMade",
    "Basis",
    "BundleMade",
    "BundleMerged",
    "Closeout",
    "Conference",
    "Contact",
    "CorrectiveAction",
    "Count",
    "Decision",
    "Disagreement",
    "DocumentReview",
    "Draw",
    "EarlierFinding",
    "Finding",
    "FindingClass",
    "Frame",
    "Hash",
    "Interview",
    "Issue",
    "Link",
    "MarkColor",
    "MarkShape",
    "Member",
    "MomentText",
    "NamesDestroyed",
    "NoCamera",
    "Observation",
    "Photo",
    "Place",
    "R",
    "Record",
    "Resolved",
    "Result",
    "Retention",
    "Review",
    "RosterFile",
    "SampleResult",
    "SampledFile",
    "SignOff",
    "SignedFile",
    "Visit",
    "Zone",
    "field_names",
    "read_record",
    "stored_values",
]

Result = Literal["met", "not-met", "not-applicable", "could-not-assess"]
FindingClass = Literal["deficiency", "area-of-concern", "best-practice"]
PARTIES = ("lea-officers", "lea-management", "ice-field-supervisor", "ice-field-office")


class Visit(Record):
    """The inspection as an event: `visit:self`. Days are calendar days at the facility.

    `agreement_seen` is the attached copy that a person has compared with the checklist.
    """

    kind: ClassVar[str] = "visit"
    first_day: date | None = None
    last_day: date | None = None
    facility: str = ""
    zone: Zone | None = None
    field_office: str = ""
    agreement: Literal["on-file", "not-on-file", "presumed"] | None = None
    agreement_seen: Hash | None = None
    limits: str = ""
    no_tour_reason: str = ""
    no_documents_reason: str = ""
    no_interviews_reason: str = ""
    no_focus_review_reason: str = ""


class Member(Record):
    """One of the team; the id is the key he signs with, `place` the letter of his labels."""

    kind: ClassVar[str] = "member"
    name: str = ""
    role: str = ""
    office: str = ""
    place: str = ""
    lead: bool = False
    independence: str = ""


class Answer(Record):
    """The answer to one item: `answer:<item>`. `question` is the digest of what was asked."""

    kind: ClassVar[str] = "answer"
    result: Result | None = None
    note: str = ""
    reason: str = ""
    question: Hash | None = None


class Conference(Record):
    """A meeting with the agency; people by role, never by name of a person detained."""

    kind: ClassVar[str] = "conference"
    type: Literal["entrance", "exit", "annual-meeting", "steering-committee"] | None = None
    held: MomentText | None = None
    place: str = ""
    present: str = ""
    ground_rules: str = ""
    limits: str = ""
    notes: str = ""


class Observation(Record):
    """Something seen, at a time and a place; the checklist item may be chosen later.

    `timed`: it has a beginning, `held`, and an end, `until`, or goes on still. `poster`: what
    stands on a complaint poster, one contact a line, by language (`en`, `es`).
    """

    kind: ClassVar[str] = "observation"
    area: str = ""
    point: str = ""
    item: str = ""
    held: MomentText | None = None
    timed: bool = False
    until: MomentText | None = None
    text: str = ""
    result: Result | None = None
    poster: dict[str, str] = Field(default_factory=dict)


class Agreement(Record):
    """A PDF of the agreement that a person attached: `agreement:<sha256>` of its bytes.

    `has_text` is false for a scan that no machine has read.
    """

    kind: ClassVar[str] = "agreement"
    sha256: Hash | None = None
    part: Literal["signed-copy", "addendum"] | None = None
    title: str = ""
    pages: Count | None = None
    size: Count | None = None
    has_text: bool = False


class Interview(Record):
    """A talk with one person, who bears a label; a name is only ever a sealed value.

    `answers` sum up what was said, `quotes` have the person's own words, `read_out` says in which
    language a topic was read out, `quoted_in` in which language its quote is written down.
    """

    kind: ClassVar[str] = "interview"
    role: str = ""
    label: str = ""
    title: str = ""
    language: str = ""
    interpreter: Literal["none", "staff", "telephone", "in-person"] | None = None
    interpreter_note: str = ""
    consent: bool | None = None
    present: str = ""
    held: MomentText | None = None
    place: str = ""
    refused: bool = False
    refused_reason: str = ""
    read_spanish: bool = False
    answers: dict[str, str] = Field(default_factory=dict)
    quotes: dict[str, str] = Field(default_factory=dict)
    read_out: dict[str, Literal["en", "es"]] = Field(default_factory=dict)
    quoted_in: dict[str, Literal["en", "es"]] = Field(default_factory=dict)
    notes: str = ""
    name: dict[Literal["sealed"], str] | None = None


class RosterFile(Record):
    """The roster of designated officers, `roster:officers`, or the list of acts, `roster:acts`.

    A newer file takes the place of the one before, which the history keeps. `on`: judged as of.
    """

    kind: ClassVar[str] = "roster"
    sha256: Hash | None = None
    title: str = ""
    rows: Count | None = None
    on: date | None = None


class Decision(Record):
    """What an inspector made of a candidate that the program found: `decision:<candidate>`."""

    kind: ClassVar[str] = "decision"
    candidate: str = ""
    verdict: Literal["accepted", "declined"] | None = None
    sentence: str = ""
    reason: str = ""
    finding: str = ""


class Finding(Record):
    """A deficiency, an area of concern or a best practice; no recommendation: OPR makes none.

    `quotation` is the sentence that is cited; `page` counts the pages of the signed copy's PDF
    from 1. `violated` is the sentence that a person confirmed as violated: it counts only while
    both are the same. `support`: digest of what it rests on, when somebody said it still holds.
    `repeats`: the record id of the earlier finding that a person says this one repeats.
    """

    kind: ClassVar[str] = "finding"
    class_: FindingClass | None = Field(default=None, alias="class")
    title: str = ""
    type: str = ""
    item: str = ""
    document: str = ""
    section: str = ""
    page: Count | None = None
    quotation: str = ""
    violated: str = ""
    own_copy: bool = False
    condition: str = ""
    effect: str = ""
    cause: str = ""
    verify: Literal["desk", "site"] | None = None
    support: Hash | None = None
    repeats: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed the cited sentence, as it now stands, as violated."""
        return bool(self.quotation.strip()) and self.violated == self.quotation


class Link(Record):
    """That one record belongs to another; the id is the hash of both ends."""

    kind: ClassVar[str] = "link"
    from_: str = Field(default="", alias="from")
    to: str = ""


INSPECTION_RECORDS: tuple[type[Record], ...] = (
    Assignment,
    Visit,
    Member,
    Answer,
    Basis,
    Conference,
    Observation,
    NoCamera,
    Photo,
    Annotation,
    Agreement,
    DocumentReview,
    Frame,
    Draw,
    SampledFile,
    Interview,
    NamesDestroyed,
    RosterFile,
    Decision,
    Finding,
    Link,
    SignOff,
    Review,
    Disagreement,
    Issue,
    SignedFile,
    EarlierFinding,
    CorrectiveAction,
    Closeout,
    Retention,
)
BY_KIND = {cls.kind: cls for cls in INSPECTION_RECORDS + WORKSPACE_RECORDS + AGENCY_RECORDS}
