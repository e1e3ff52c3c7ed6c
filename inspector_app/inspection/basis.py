"""What several answers rest on: nobody finds more than one item met in one act without it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspector_app.canonical import Value
from inspector_app.change import Edit
from inspector_app.errors import NotAllowed
from inspector_app.inspection.reading import Reading
from inspector_app.records import (
    Answer,
    Basis,
    DocumentReview,
    Interview,
    Observation,
    Record,
    SampledFile,
    read_record,
)

RESTS_ON: dict[str, type[Record]] = {
    "file": SampledFile,
    "tour": Observation,
    "documents": DocumentReview,
    "interview": Interview,
}
"""The kind of record that each kind of basis names; a paper is only described."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers that were given in one act and still stand, with what they rest on."""

    basis: Basis
    answers: tuple[Answer, ...]


def check_together(reading: Reading, edits: Iterable[Edit], gesture: str | None = None) -> None:
    """Refuse several items met in one act that share no basis. `gesture`: the act, if it has more.

    Whatever writes comes by here: the window, `record`, and what is carried over.
    """
    edits = list(edits)
    met = _met(edits)
    if not met:
        return
    changes = reading.log.changes.values() if gesture else ()
    for change in changes:
        met |= _met(change.edits) if change.gesture == gesture else set()
    if len(met) < 2:
        return
    shared = set.intersection(*(_ends(reading, answer, edits) for answer in met))
    if not any(_stands(reading, basis, edits) for basis in shared):
        raise NotAllowed(
            f"{len(met)} items cannot be met in one act without a basis that they share: a file, "
            "a tour point, a document review, an interview, or a paper in words. "
            "Nothing was changed."
        )


def _met(edits: Iterable[Edit]) -> set[str]:
    return {
        edit.record
        for edit in edits
        if edit.record.startswith("answer:") and (edit.field, edit.value) == ("result", "met")
    }


def _ends(reading: Reading, answer: str, edits: list[Edit]) -> set[str]:
    """What the answer is linked to once these edits are so."""
    links: dict[str, dict[str, Value]] = {}
    for edit in edits:
        if edit.record.startswith("link:"):
            links.setdefault(edit.record, {})[edit.field] = edit.value
    new = {str(link.get("to")) for link in links.values() if link.get("from") == answer}
    return new | set(reading.ends_from(answer))


def _stands(reading: Reading, basis: str, edits: list[Edit]) -> bool:
    if not basis.startswith(f"{Basis.kind}:"):
        return False
    given = {edit.field: edit.value for edit in edits if edit.record == basis}
    fields = {**reading.log.fields(basis), **given}
    return not lacks(reading, basis_of(basis, fields))


def basis_of(record: str, fields: Mapping[str, Value]) -> Basis:
    """The basis that these stored fields make."""
    said = {name: value for name, value in fields.items() if value is not None}
    return read_record(Basis, record, said)[0]


def lacks(reading: Reading, basis: Basis) -> str:
    """What a basis lacks before anything can rest on it, in one sentence; empty: nothing."""
    if basis.what is None:
        return "It is not said what the answers rest on."
    if basis.what == "paper":
        return "" if basis.text.strip() else "Describe the paper: what it is, of which day, whose."
    if not basis.record:
        return "Say which one the answers rest on."
    found = reading.get(RESTS_ON[basis.what], basis.record)
    return "" if found else "What the answers rest on is not there, or is of another kind."


def batches(reading: Reading) -> list[Batch]:
    """What was answered together and still stands so, by basis; each answer counts once."""
    found: dict[str, list[Answer]] = {}
    for item in reading.shown_items():
        answer = reading.answer(item.id)
        if answer.result is not None and _given_together(reading, answer.id):
            bases = reading.linked(answer.id, Basis)
            for basis in [one for one in bases if not lacks(reading, one)][-1:]:
                found.setdefault(basis.id, []).append(answer)
    known = {basis.id: basis for basis in reading.all(Basis)}
    return [Batch(known[id], tuple(answers)) for id, answers in found.items()]


def without_basis(reading: Reading) -> list[Answer]:
    """Answers `met` that were given together and share no basis any more, or never did.

    A bundle may bring them, and a basis may be removed: a guard alone does not see that.
    """
    resting = {answer.id for batch in batches(reading) for answer in batch.answers}
    answers = (reading.answer(item.id) for item in reading.shown_items())
    return [
        answer
        for answer in answers
        if answer.result == "met"
        and answer.id not in resting
        and _given_together(reading, answer.id, "met")
    ]


def _given_together(reading: Reading, answer: str, result: str | None = None) -> bool:
    """Whether the current result came with a change that answered other items too."""
    for change in reading.log.current(answer, "result"):
        answered = {
            edit.record
            for edit in reading.log.changes[change].edits
            if edit.field == "result"
            and edit.record.startswith("answer:")
            and edit.value is not None
            and (result is None or edit.value == result)
        }
        if len(answered) > 1:
            return True
    return False
