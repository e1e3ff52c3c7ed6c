"""What an inspector writes, one class a kind of record. A new field is one line here.

A record is a set of fields in the log; its id is `<kind>:<id>`. Every field may be empty, since a
record grows while somebody types, and a field that holds one entry per key (`results`, `answers`)
is stored as one field per key, so that two people fill different keys without a conflict.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.moments import Moment, known_zone

Result = Literal["met", "not-met", "not-applicable", "could-not-assess"]
SampleResult = Literal["yes", "no", "not-applicable", "unclear"]
FindingClass = Literal["deficiency", "area-of-concern", "best-practice"]
PARTIES = ("lea-officers", "lea-management", "ice-field-supervisor", "ice-field-office")


def _moment(text: str) -> str:
    return str(Moment.parse(text))


def _zone(text: str) -> str:
    return known_zone(text).key


def _hash(text: str) -> str:
    if not canonical.is_hex(text):
        raise ValueError("must be a SHA-256 in lower-case hex")
    return text


MomentText = Annotated[str, AfterValidator(_moment)]
Zone = Annotated[str, AfterValidator(_zone)]
Hash = Annotated[str, AfterValidator(_hash)]
Count = Annotated[int, Field(ge=0, lt=2**53)]


class Record(BaseModel):
    """What every kind of record has: an id, and no field that its class does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    kind: ClassVar[str]
    id: str = Field(default="", exclude=True)


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
    """Something seen, at a time and a place; the checklist item may be chosen later."""

    kind: ClassVar[str] = "observation"
    area: str = ""
    point: str = ""
    item: str = ""
    held: MomentText | None = None
    text: str = ""
    result: Result | None = None


class Photo(Record):
    """A picture by the hash of its original bytes. Sizes are of the upright picture, in pixels."""

    kind: ClassVar[str] = "photo"
    sha256: Hash | None = None
    media_type: str = ""
    width: Count | None = None
    height: Count | None = None
    size: Count | None = None
    taken: MomentText | None = None
    area: str = ""
    caption: str = ""
    alt: str = ""
    decorative: bool = False


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


class DocumentReview(Record):
    """A set of documents that is examined; `frame` is how many there are in all."""

    kind: ClassVar[str] = "document-review"
    sample_kind: str = ""
    title: str = ""
    population: str = ""
    period: str = ""
    frame: Count | None = None
    method: Literal["all", "random", "systematic", "judgmental"] | None = None
    drawn: str = ""
    item: str = ""


class SampledFile(Record):
    """One file of a sample; `results` and `notes` hold one entry per attribute."""

    kind: ClassVar[str] = "sampled-file"
    review: str = ""
    position: Count | None = None
    file: str = ""
    note: str = ""
    results: dict[str, SampleResult] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)
    replaces_file: str = ""
    replaced_reason: str = ""


class Interview(Record):
    """A talk with one person, who bears a label; a name is only ever a sealed value."""

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
    notes: str = ""
    name: dict[Literal["sealed"], str] | None = None


class Finding(Record):
    """A deficiency, an area of concern or a best practice; no recommendation: OPR makes none.

    `quotation` is the sentence that is cited; `page` counts the pages of the signed copy's PDF
    from 1. `violated` is the sentence that a person confirmed as violated: it counts only while
    both are the same.
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

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed the cited sentence, as it now stands, as violated."""
        return bool(self.quotation.strip()) and self.violated == self.quotation


class Link(Record):
    """That one record belongs to another; the id is the hash of both ends."""

    kind: ClassVar[str] = "link"
    from_: str = Field(default="", alias="from")
    to: str = ""


class SignOff(Record):
    """A person stands by a part, as long as its digest is this one."""

    kind: ClassVar[str] = "sign-off"
    part: str = ""
    digest: Hash | None = None
    role: str = ""
    held: MomentText | None = None


class Contact(Record):
    """In the workspace's own log: a card that its owner accepted, with the role granted here."""

    kind: ClassVar[str] = "contact"
    card: str = ""
    role: str = ""
    revoked: bool = False


class BundleMade(Record):
    """In the workspace's own log: how many changes of each log a bundle held."""

    kind: ClassVar[str] = "bundle-made"
    file: Hash | None = None
    made: MomentText | None = None
    recipients: str = ""
    held: dict[str, Count] = Field(default_factory=dict)


class BundleMerged(Record):
    """In the workspace's own log: which bundle of whom was merged, and how much came with it."""

    kind: ClassVar[str] = "bundle-merged"
    file: Hash | None = None
    merged: MomentText | None = None
    sender: str = ""
    changes: Count | None = None


class AgencyList(Record):
    """In the workspace's own log: which published workbook of agreements is kept."""

    kind: ClassVar[str] = "agency-list"
    file: Hash | None = None
    imported: MomentText | None = None
    agreements: Count | None = None


INSPECTION_RECORDS: tuple[type[Record], ...] = (
    Visit,
    Member,
    Answer,
    Conference,
    Observation,
    Photo,
    Agreement,
    DocumentReview,
    SampledFile,
    Interview,
    Finding,
    Link,
    SignOff,
)
WORKSPACE_RECORDS: tuple[type[Record], ...] = (Contact, BundleMade, BundleMerged, AgencyList)
BY_KIND = {cls.kind: cls for cls in INSPECTION_RECORDS + WORKSPACE_RECORDS}

R = TypeVar("R", bound=Record)


def stored_values(cls: type[Record], given: Mapping[str, Any]) -> dict[str, Value]:
    """The log's fields for what a person gave; None or "" takes a value away.

    BadInput names the field that is not as its class says.
    """
    adapters = _adapters(cls)
    stored: dict[str, Value] = {}
    for name, value in given.items():
        field = name.removesuffix("_")
        if field not in adapters:
            raise BadInput(f"A record of kind {cls.kind} has no field “{_short(field)}”.")
        if field in _mapped(cls) and isinstance(value, Mapping):
            stored |= {
                f"{field}.{_key(key)}": _checked(cls, field, {key: entry})[key]
                for key, entry in value.items()
                if entry is not None
            }
            stored |= {
                f"{field}.{_key(key)}": None for key, entry in value.items() if entry is None
            }
        else:
            stored[field] = None if value is None else _checked(cls, field, value)
    return {name: None if value == "" else value for name, value in stored.items()}


def read_record(cls: type[R], id: str, fields: Mapping[str, Value]) -> tuple[R, list[str]]:
    """The record that these fields of the log make, and the fields this version cannot read."""
    values: dict[str, Any] = {}
    unread: list[str] = []
    for name, value in fields.items():
        field, _, key = name.partition(".")
        try:
            if key and field in _mapped(cls):
                values.setdefault(field, {})[key] = _read(cls, field, {key: value})[key]
            elif not key and field in _adapters(cls) and field not in _mapped(cls):
                values[field] = _read(cls, field, value)
            else:
                unread.append(name)
        except (ValidationError, BadInput):
            unread.append(name)
    return cls.model_construct(id=id, **_by_name(cls, values)), unread


def field_names(cls: type[Record]) -> list[str]:
    """The stored names of a class's fields, without `id`."""
    return list(_adapters(cls))


def _by_name(cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    names = {info.alias or name: name for name, info in cls.model_fields.items()}
    return {names[field]: value for field, value in values.items()}


@cache
def _adapters(cls: type[Record]) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(cls, include_extras=True)
    return {
        info.alias or name: TypeAdapter(hints[name])
        for name, info in cls.model_fields.items()
        if name != "id"
    }


@cache
def _mapped(cls: type[Record]) -> frozenset[str]:
    """Fields that hold one entry per key and are stored as one field per key."""
    return frozenset(
        name
        for name, info in cls.model_fields.items()
        if get_origin(info.annotation) is dict and get_args(info.annotation)[0] is str
    )


def _read(cls: type[Record], field: str, value: Value) -> Any:
    return _adapters(cls)[field].validate_json(canonical.encode(value), strict=True)


def _checked(cls: type[Record], field: str, value: Any) -> Any:
    adapter = _adapters(cls)[field]
    try:
        plain = adapter.dump_python(value, mode="json", warnings=False)
        return adapter.dump_python(_read(cls, field, plain), mode="json")
    except ValidationError as error:
        told = error.errors(include_input=False, include_url=False, include_context=False)[0]["msg"]
        raise BadInput(f"The field “{field}” of a record of kind {cls.kind}: {told}.") from None


def _key(key: Any) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= 100:
        raise BadInput("An entry of a record has a key that is not a short text.")
    return key


def _short(name: str) -> str:
    return name[:40]
