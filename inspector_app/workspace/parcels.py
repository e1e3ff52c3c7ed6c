"""What went out with a bundle or comes in with one, between the worker and the window."""

from dataclasses import dataclass, field

from inspector_app.admission import Admission
from inspector_app.bundle import Made, Sealed
from inspector_app.change import Change
from inspector_app.identity import Card
from inspector_app.records import Assignment
from inspector_app.workspace.field_changes import FieldChange


@dataclass(frozen=True, slots=True)
class FarOff:
    """A change whose claimed time cannot be: both times, and by how many seconds at least.

    Above zero: claimed after it was received. Below: before something that it builds on.
    """

    author: str
    change: str
    claimed: str
    received: str
    seconds: int


@dataclass(frozen=True, slots=True)
class LogPreview:
    """What a merge would do to one log."""

    log: str
    title: str
    new: int
    changed: int
    known: int
    conflicting: int
    refused: dict[str, str]
    changes: tuple[Change, ...]
    fields: tuple[FieldChange, ...]
    """Down to fields: what each says here, and would say after the merge."""
    assignment: Assignment | None = None
    left: tuple[Change, ...] = ()
    """The refused changes themselves, which stay in the bundle."""
    copied: tuple[str, ...] = ()
    """Keys of which two changes follow the same one, after this merge and not before it."""
    clocks: tuple[FarOff, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in a bundle, before anything changes. Of an unknown sender only the card is shown.

    `accepted` is also false for a sender whose key was revoked; his bundle is still listed.
    """

    sender: Card
    accepted: bool
    file: str
    logs: list[LogPreview] = field(default_factory=list)
    missing_photos: int = 0
    names: int = 0
    """Of how many inspections it brings the key to people's names."""
    revoked: bool = False
    """Whether the sender's key was revoked here."""

    @property
    def new(self) -> int:
        return sum(log.new for log in self.logs)


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle's file, which is not yet noted as handed over."""

    made: Made
    held: dict[str, int]
    heads: dict[str, str]
    recipients: str
    names: dict[str, int]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What of a bundle is to come in; its photos are kept, its changes are not."""

    sealed: Sealed
    admissions: list[Admission]
    photos: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    sender: Card
    file: str
    new: int
    refused: int
    conflicts: int
    photos: int
    assigned: tuple[str, ...] = ()
    """The inspections that came as assignments."""
    copied: tuple[str, ...] = ()
    """Keys that were found to be in two places."""
    clocks: tuple[FarOff, ...] = ()
