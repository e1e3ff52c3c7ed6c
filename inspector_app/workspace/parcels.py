"""What went out with a bundle or comes in with one, between the worker and the window."""

from dataclasses import dataclass

from inspector_app.admission import Admission
from inspector_app.bundle import Made, Sealed
from inspector_app.identity import Card


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
