"""What is known of the samples: lists of all files, draws from them, and drawing them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspector_app import canonical
from inspector_app.forms import Attribute
from inspector_app.inspection.reading import Reading
from inspector_app.records import DocumentReview, Draw, Frame, SampledFile
from inspector_app.rules import sampling

FOLLOWING = 10
"""How many places behind the sample a draw shows."""


def own_id(review: str) -> str:
    """What follows the kind in the id of a review."""
    return review.partition(":")[2]


def frame_record(review: str) -> str:
    """The record that keeps the list of all files of a review."""
    return f"{Frame.kind}:{own_id(review)}"


def draw_record(review: str, number: int) -> str:
    """The record of a draw: two people who draw the same make the same record."""
    return f"{Draw.kind}:{own_id(review)}-{number}"


def file_record(reading: Reading, review: str, identifier: str) -> str:
    """The record of a drawn file: the same for everybody, and nothing of its identifier in it."""
    told = canonical.encode([reading.id, review, identifier])
    return f"{SampledFile.kind}:{canonical.sha256(told)[:32]}"


def frame_of(reading: Reading, review: str) -> tuple[str, ...]:
    """The identifiers of all files, in the list's order; empty while there is no list."""
    found = reading.get(Frame, frame_record(review))
    return tuple(found.identifiers.split("\n")) if found and found.identifiers else ()


def frame_digest(identifiers: Sequence[str]) -> str:
    """SHA-256 of a list as it is kept: UTF-8, one identifier a line."""
    return canonical.sha256("\n".join(identifiers).encode())


def draws_of(reading: Reading, review: str) -> list[Draw]:
    """The draws of a review by their number."""
    found = [draw for draw in reading.all(Draw) if draw.review == review]
    return sorted(found, key=lambda draw: (draw.number or 0, draw.id))


def frame_size(reading: Reading, review: str) -> int | None:
    """How many files there are in all: of the last draw's list, else of the list, else as typed.

    None while nobody knows.
    """
    draws = draws_of(reading, review)
    if draws and draws[-1].frame_size is not None:
        return draws[-1].frame_size
    if there := len(frame_of(reading, review)):
        return there
    found = reading.get(DocumentReview, review)
    return found.frame if found else None


def attributes_of(reading: Reading, review: str) -> tuple[Attribute, ...] | None:
    """What is asked of each file of a review; None while its kind is not chosen."""
    found = reading.get(DocumentReview, review)
    kind = found.sample_kind if found else ""
    return next((k.attributes for k in reading.form.sample_kinds if k.id == kind), None)


def all_files(reading: Reading, review: str) -> list[SampledFile]:
    """Every file of a review, also those that no longer count, by position."""
    files = [file for file in reading.all(SampledFile) if file.review == review]
    return sorted(files, key=lambda file: (file.position or 0, file.id))


def files_aside(reading: Reading, review: str) -> list[SampledFile]:
    """Files that were replaced or belong to an earlier draw: kept, not counted."""
    return [file for file in all_files(reading, review) if file.aside]


def places(positions: str) -> tuple[int, ...]:
    """The places that a draw shows; nothing where they are not numbers."""
    words = positions.replace(",", " ").split()
    return tuple(map(int, words)) if all(map(_is_place, words)) else ()


def _is_place(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10


def drawn_from(reading: Reading, draw: Draw) -> tuple[str, ...]:
    """The list that a draw was made from, also when another list has replaced it since.

    Empty when no list that was ever kept here has its digest.
    """
    record = frame_record(draw.review)
    for change in reversed(reading.log.changes.values()):
        edit = change.edit_of((record, "identifiers"))
        if edit and isinstance(edit.value, str) and _digest_of(edit.value) == draw.frame:
            return tuple(edit.value.split("\n"))
    return ()


def _digest_of(text: str) -> str:
    return canonical.sha256(text.encode())


def list_changed(reading: Reading, draw: Draw) -> bool:
    """Whether the review's list is another one by now than the draw was made from."""
    found = reading.get(Frame, frame_record(draw.review))
    return found is None or _digest_of(found.identifiers) != draw.frame


def order_of(draw: Draw, frame: Sequence[str]) -> tuple[int, ...]:
    """The places of a list in the order of the draw; those that a person chose, as he chose."""
    if draw.method == "sha256-1":
        return sampling.sha256_order(frame, draw.seed)
    if draw.method == "all":
        return tuple(range(1, len(frame) + 1))
    return places(draw.positions)


# -- drawing again -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A draw that was drawn again; without faults, everything came out the same."""

    draw: Draw
    faults: tuple[str, ...]

    @property
    def equal(self) -> bool:
        return not self.faults


def redraw(reading: Reading, review: str) -> list[Redrawn]:
    """Draw every draw of a review again from its list and seed; places only, no identifiers."""
    held = {file.file: file for file in all_files(reading, review)}
    return [
        Redrawn(draw, tuple(_faults(reading, draw, held))) for draw in draws_of(reading, review)
    ]


def _faults(reading: Reading, draw: Draw, held: Mapping[str, SampledFile]) -> list[str]:
    if draw.method is None or not draw.number or not draw.size:
        return ["The draw does not say its method, number and size."]
    frame = drawn_from(reading, draw)
    if not frame:
        return ["The list that it was drawn from is not here."]
    return [
        *_seed_faults(reading, draw),
        *_frame_faults(draw, frame),
        *_order_faults(draw, frame),
        *_file_faults(draw, frame, held),
    ]


def _seed_faults(reading: Reading, draw: Draw) -> list[str]:
    number = draw.number or 1
    if draw.id != draw_record(draw.review, number):
        return ["Its number is not the one under which it is kept."]
    expected = sampling.seed_of(reading.id, number) if draw.method == "sha256-1" else ""
    wrong = "Its seed is not the id of this inspection and its number."
    return [wrong] if draw.seed != expected else []


def _frame_faults(draw: Draw, frame: Sequence[str]) -> list[str]:
    if draw.frame_size == len(frame):
        return []
    return [f"It says {draw.frame_size or 0:,} files in all; its list has {len(frame):,}."]


def _order_faults(draw: Draw, frame: Sequence[str]) -> list[str]:
    """Where the places that the draw shows are not those that the method gives."""
    shown, order = places(draw.positions), order_of(draw, frame)
    if draw.method == "all":
        return [] if not shown and draw.size == len(frame) else ["It is not of all files."]
    if len(shown) < (draw.size or 0):
        return [f"It shows {len(shown)} places and says that {draw.size} were drawn."]
    if not all(1 <= place <= len(frame) for place in shown):
        return ["It shows a place that its list does not have."]
    return [
        f"Drawn as number {at}: place {there}; it should be place {place}."
        for at, (there, place) in enumerate(zip(shown, order, strict=False), 1)
        if there != place
    ]


def _file_faults(draw: Draw, frame: Sequence[str], held: Mapping[str, SampledFile]) -> list[str]:
    """Drawn places without a file, and files that name this draw and are not of it."""
    order = order_of(draw, frame)
    if not all(1 <= place <= len(frame) for place in order):
        return []  # told by their order already
    ranks = {place: rank for rank, place in enumerate(order)}
    own = [file for file in held.values() if file.draw == draw.id]
    reached = [ranks[file.place or 0] + 1 for file in own if (file.place or 0) in ranks]
    due = order[: max([draw.size or 0, *reached])]  # a replacement is the next one, none left out
    missing = [place for place in due if frame[place - 1] not in held]
    faults = [f"Place {place} was drawn, and no file of it is in the sample." for place in missing]
    return faults + [fault for file in own for fault in _file_fault(draw, file, frame, ranks)]


def _file_fault(
    draw: Draw, file: SampledFile, frame: Sequence[str], ranks: Mapping[int, int]
) -> list[str]:
    place = file.place or 0
    where = f"The file in position {file.position or 0} of the sample"
    if place not in ranks or frame[place - 1] != file.file:
        return [f"{where} is not the one at its place in the list."]
    is_chosen = ranks[place] < (draw.size or 0)
    if is_chosen and file.replaces_file:
        return [f"{where} replaces another, and yet it was drawn."]
    if not is_chosen and not file.replaces_file:
        return [f"{where}, place {place}, was not drawn and replaces none."]
    return []
