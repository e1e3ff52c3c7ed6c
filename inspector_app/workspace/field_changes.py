"""What a merge would do to each field, before it is done: what it says here, and would say then."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from inspector_app.admission import Admission
from inspector_app.canonical import Value
from inspector_app.change import Slot
from inspector_app.log import Log

State = Literal["conflict", "changed", "new", "same"]
_WORST_FIRST: tuple[State, ...] = ("conflict", "changed", "new", "same")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a bundle writes; several values are a conflict, none is an empty field.

    `by`: the signing keys of those whose changes of it come in, whoever sends them.
    """

    record: str
    field: str
    state: State
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    by: tuple[str, ...]


def field_changes(
    here: Log | None, admission: Admission, disputed: Collection[str]
) -> tuple[FieldChange, ...]:
    """Every field that the changes of a bundle write, conflicts first.

    `disputed`: the records about which people would disagree only after the merge.
    """
    authors: dict[Slot, dict[str, None]] = {}
    for change in admission.taken:
        for edit in change.edits:
            authors.setdefault(edit.slot, {})[change.author] = None
    found = [
        _changed(
            slot, field_values(here, slot), field_values(admission.after, slot), tuple(by), disputed
        )
        for slot, by in authors.items()
    ]
    return tuple(sorted(found, key=lambda each: _WORST_FIRST.index(each.state)))


def field_values(log: Log | None, slot: Slot) -> tuple[Value, ...]:
    """The different values of a field in a log; of an empty one none."""
    values = tuple(log.distinct(*slot)) if log else ()
    return () if values == (None,) else values


def _changed(
    slot: Slot,
    before: tuple[Value, ...],
    after: tuple[Value, ...],
    by: tuple[str, ...],
    disputed: Collection[str],
) -> FieldChange:
    state: State = "changed" if before else "new"
    if before == after:
        state = "same"
    elif len(after) > 1 or slot[0] in disputed:
        state = "conflict"
    return FieldChange(*slot, state, before, after, by)
