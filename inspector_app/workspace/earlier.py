"""What the same agency answered on earlier visits, offered only where the same was asked.

Revisions of a form share the id of a question that they ask alike, or name its earlier id; still
the words decide. An answer is offered where the digest of its question is the new one's; else it
is shown beside the new question, and nothing takes it over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector_app.agencies import normalized
from inspector_app.errors import NotAllowed
from inspector_app.forms import Item
from inspector_app.inspection import Inspection
from inspector_app.moments import day_in_words
from inspector_app.records import Answer
from inspector_app.workspace.derived_rows import visits_with

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer of an earlier visit and the question it answered. `same`: it may be taken over."""

    inspection: str
    day: date | None
    form: str
    question: str
    answer: Answer
    same: bool

    @property
    def visit(self) -> str:
        """`visit of March 10, 2026`."""
        return f"visit of {day_in_words(self.day)}" if self.day else "visit without a date"


def same_agency(inspection: Inspection, others: Iterable[Inspection]) -> list[Inspection]:
    """Other inspections of the agency under the same model, with their days, the latest first."""
    agency, own = inspection.agency, inspection.visit.first_day or date.max
    found = [
        other
        for other in others
        if other.id != inspection.id
        and (other.agency.state, other.model) == (agency.state, agency.model)
        and normalized(other.agency.name) == normalized(agency.name)
        and other.practice == inspection.practice
        and (other.visit.last_day or date.max) <= own
    ]
    return sorted(found, key=lambda one: one.visit.last_day or date.min, reverse=True)


def earlier_answers(item: Item, earlier: Iterable[Inspection]) -> Iterator[EarlierAnswer]:
    """The answers to an item, or to an item that it replaces, on these earlier visits."""
    ids = {item.id, *item.was}
    for inspection in earlier:
        for old in inspection.form.items:
            answer = inspection.answer(old.id)
            if old.id in ids and answer.result is not None:
                digest = answer.question or old.digest
                yield EarlierAnswer(
                    inspection=inspection.id,
                    day=inspection.visit.last_day,
                    form=inspection.form.id,
                    question=old.question,
                    answer=answer,
                    same=digest == item.digest,
                )


def taken_over(found: EarlierAnswer) -> dict[str, Any]:
    """The fields of an answer that repeats an earlier one and says so. NotAllowed if reworded."""
    if not found.same:
        raise NotAllowed(
            "The question was worded differently then, so its answer cannot be taken over."
        )
    note = f"As on the {found.visit}. {found.answer.note}".strip()
    return {"result": found.answer.result, "note": note, "reason": found.answer.reason}


def earlier_visits(workspace: "Workspace", id: str) -> list[Inspection]:
    """The inspections of the same agency here that ended before this one began."""
    inspection = workspace.inspection(id)
    under = visits_with(workspace, state=inspection.agency.state, model=inspection.model)
    name = normalized(inspection.agency.name)
    its_own = (other for other, agency in under.items() if normalized(agency) == name)
    return same_agency(inspection, map(workspace.inspection, its_own))


def take_over(workspace: "Workspace", id: str, item: str, found: EarlierAnswer) -> "Commit":
    """Answer an item as it was answered then: one change, undone in one step."""
    words = f"taken over from the {found.visit}"
    return workspace.put(id, f"answer:{item}", words=words, **taken_over(found))
