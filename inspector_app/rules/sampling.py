"""Samples that anybody can draw again: method `sha256-1`.

The frame is the list of all files, each with an identifier that no other has. An identifier is
compared without white space at its ends and in Unicode's form NFC. The seed of a draw is

    <id of the inspection> <number of the draw>

with one space between them and the number in decimal digits, from 1. The files are put in the
ascending order of

    SHA-256 ( UTF-8 of the seed, one zero byte, UTF-8 of the identifier )

and the first n are the sample. The id of an inspection is a hash that is fixed when it starts,
and a second draw has a number that shows. A file that cannot be examined is replaced by the next
in the same order, with a reason.

No rule of OPR on sampling is known (catalogue 3.4); size and method are the inspector's choice.
A `judgmental` sample says nothing about the files outside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from unicodedata import normalize

from inspector_app.errors import BadInput

Method = Literal["sha256-1", "all", "judgmental"]
RANDOM: Method = "sha256-1"
SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw as a record keeps it: no identifiers, only places in the frame, from 1.

    `order` is every place in the order of the method: the first `size` are the sample, what
    follows replaces. For `judgmental` it is the chosen places alone. `number` counts the draws
    from one set of files; `reason` says why there is a second one, or why these were chosen.
    """

    method: Method
    seed: str
    number: int
    frame: int
    size: int
    order: tuple[int, ...]
    reason: str

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the sample, in the order in which they were drawn."""
        return self.order[: self.size]


@dataclass(frozen=True, slots=True)
class Replacement:
    """The file at place `by` is examined instead of the one at `position`."""

    position: int
    by: int
    reason: str


def read_frame(lines: Iterable[str], *, first: int = 1, called: str = "Line") -> tuple[str, ...]:
    """The identifiers of a frame, one a line, as they are compared.

    `first` is the number of the first line, `called` what a line is called where it came from.

    BadInput, with the numbers of the lines and never with what stands in them, when a line is
    blank, repeats another or cannot be an identifier, and when there is none at all.
    """
    seen: dict[str, int] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, first):
        identifier = normalize("NFC", line.strip())
        if fault := _fault(identifier, seen, called.lower()):
            faults.append(f"{called} {number} {fault}.")
        seen.setdefault(identifier, number)
    if faults:
        more = [f"And {len(faults) - SHOWN_FAULTS:,} more."] if len(faults) > SHOWN_FAULTS else []
        raise BadInput(
            "The list of files is not one line for each file; nothing was drawn.",
            faults[:SHOWN_FAULTS] + more,
        )
    if not seen:
        raise BadInput("The list of files is empty; nothing was drawn.")
    return tuple(seen)


def _fault(identifier: str, seen: dict[str, int], called: str) -> str:
    if not identifier:
        return "is blank"
    if identifier in seen:
        return f"repeats {called} {seen[identifier]}"
    if "\0" in identifier or not _is_text(identifier):
        return "holds a character that no identifier has"
    return ""


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def seed_of(inspection: str, number: int) -> str:
    """The seed of an inspection's draw with that number, from 1."""
    if number < 1:
        raise BadInput("Draws are numbered from 1.")
    if not inspection.strip() or "\0" in inspection or not _is_text(inspection):
        raise BadInput("The seed must hold the id of the inspection.")
    return f"{inspection} {number}"


def sha256_order(frame: Sequence[str], seed: str) -> tuple[int, ...]:
    """All places of a frame, from 1, in the order of method `sha256-1`. See `read_frame`."""
    hashes = [sha256(f"{seed}\0{identifier}".encode()).digest() for identifier in frame]
    return tuple(sorted(range(1, len(frame) + 1), key=lambda place: hashes[place - 1]))


def draw(
    frame: Sequence[str], inspection: str, number: int, size: int, *, reason: str = ""
) -> Draw:
    """A sample of `size` files of a frame that `read_frame` read.

    BadInput without a reason for a second draw, or for more files than there are.
    """
    seed = seed_of(inspection, number)
    if not 1 <= size <= len(frame):
        raise BadInput(f"The sample must have between 1 and {len(frame):,} files.")
    order = sha256_order(frame, seed)
    return Draw(RANDOM, seed, number, len(frame), size, order, _reason(number, reason))


def _reason(number: int, reason: str) -> str:
    if number > 1 and not reason.strip():
        raise BadInput("A further draw needs a reason; the report counts the draws.")
    return reason.strip()


def draw_all(frame: int, *, number: int = 1, reason: str = "") -> Draw:
    """Every file of a frame of that many, in its own order."""
    if frame < 1:
        raise BadInput("The list of files is empty; nothing was drawn.")
    order = tuple(range(1, frame + 1))
    return Draw("all", "", number, frame, frame, order, _reason(number, reason))


def choose(frame: int, positions: Sequence[int], *, number: int = 1, reason: str) -> Draw:
    """Files that a person chose, by their places: `judgmental`, which needs a reason."""
    if not reason.strip():
        raise BadInput("Files chosen by judgment need a reason.")
    if not positions or any(not 1 <= place <= frame for place in positions):
        raise BadInput(f"Choose places between 1 and {frame:,}.")
    if len(set(positions)) < len(positions):
        raise BadInput("A file is chosen twice.")
    return Draw("judgmental", "", number, frame, len(positions), tuple(positions), reason.strip())


def replace(
    drawn: Draw, position: int, reason: str, earlier: Sequence[Replacement] = ()
) -> Replacement:
    """The next file in the draw's order, instead of the one at `position`.

    `earlier` is every replacement of this draw so far. BadInput without a reason, for a file
    that is not in the sample, or when no file is left.
    """
    if not reason.strip():
        raise BadInput("A replacement needs a reason; nothing was replaced.")
    gone = {replacement.position for replacement in earlier}
    inside = {*drawn.chosen, *(replacement.by for replacement in earlier)} - gone
    if position not in inside:
        raise BadInput("This file is not in the sample; nothing was replaced.")
    following = drawn.order[drawn.size + len(earlier) :]
    if not following:
        raise BadInput("No file is left to replace it; record that it could not be examined.")
    return Replacement(position, following[0], reason.strip())
