"""Filters over what is left: kind, section and person together; saved under names, here only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector_app.checks import KINDS, Problem
from inspector_app.inspection.assignment import people_of, section_of
from inspector_app.records import Member

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

ANY = ""
NONE = "none"
"""The choice of what belongs to no section, or to nobody."""
_SAVED, _LAST = "filters", "filter"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown; an empty text stands for everything."""

    kind: str = ANY
    section: str = ANY
    person: str = ANY


@dataclass(frozen=True, slots=True)
class Left:
    """One problem with its place in the whole list, its section, and whose work it is."""

    at: int
    problem: Problem
    section: str
    people: tuple[str, ...]

    def fits(self, chosen: Filter) -> bool:
        """Whether it is shown under this filter."""
        return (
            chosen.kind in (ANY, self.problem.kind)
            and chosen.section in (ANY, self.section or NONE)
            and (chosen.person == ANY or chosen.person in (self.people or (NONE,)))
        )


def whats_left(inspection: "Inspection", problems: Sequence[Problem]) -> list[Left]:
    """Every problem with what it can be filtered by."""
    people: dict[str, tuple[str, ...]] = {}
    for record in {problem.record for problem in problems}:
        people[record] = tuple(people_of(inspection, record)) if record else ()
    return [
        Left(at, problem, section_of(inspection, problem.record), people[problem.record])
        for at, problem in enumerate(problems)
    ]


Choices = list[tuple[str, str]]


def kind_choices(left: Sequence[Left], chosen: Filter) -> Choices:
    """Kinds with how many there are under the rest of the filter; the chosen one always."""
    counts = Counter(one.problem.kind for one in left if one.fits(replace(chosen, kind=ANY)))
    there = [kind for kind in KINDS if counts[kind] or kind == chosen.kind]
    return [(kind, f"{KINDS[kind]}  {counts[kind]}") for kind in there]


def section_choices(inspection: "Inspection", left: Sequence[Left], chosen: Filter) -> Choices:
    """Sections with how many there are under the rest of the filter."""
    fitting = [one for one in left if one.fits(replace(chosen, section=ANY))]
    counts = Counter(one.section or NONE for one in fitting)
    named = {part.id: part.title for part in inspection.form.sections} | {NONE: "No section"}
    return _counted(named, counts, chosen.section)


def person_choices(inspection: "Inspection", left: Sequence[Left], chosen: Filter) -> Choices:
    """Members with how many there are under the rest of the filter; a thing of two counts twice."""
    fitting = [one for one in left if one.fits(replace(chosen, person=ANY))]
    counts = Counter(person for one in fitting for person in (one.people or (NONE,)))
    members = sorted(inspection.all(Member), key=lambda member: member.place)
    named = {m.id: f"{m.place}  {m.name}" for m in members} | {NONE: "Nobody’s yet"}
    return _counted(named, counts, chosen.person)


def _counted(named: dict[str, str], counts: Counter[str], chosen: str) -> Choices:
    there = [id for id in named if counts[id] or id == chosen]
    return [(id, f"{named[id]}  {counts[id]}") for id in there]


# -- kept ----------------------------------------------------------------------------------------


def saved_filters(workspace: "Workspace") -> dict[str, Filter]:
    """The filters that were saved in this workspace, by name; none of them ever leaves it."""
    from inspector_app.workspace.place import kept_apart

    kept = kept_apart(workspace, _SAVED)
    found = kept.items() if isinstance(kept, dict) else ()
    return {str(name): _read(value) for name, value in found}


def save_filter(workspace: "Workspace", name: str, chosen: Filter | None) -> None:
    """Save a filter under a name, or forget that name. StoreTrouble when it cannot be written."""
    from inspector_app.workspace.place import keep_apart

    kept = {n: _stored(f) for n, f in saved_filters(workspace).items() if n != name}
    keep_apart(workspace, _SAVED, kept if chosen is None else {**kept, name: _stored(chosen)})


def last_filter(workspace: "Workspace") -> Filter:
    """The filter that was chosen last."""
    from inspector_app.workspace.place import kept_apart

    return _read(kept_apart(workspace, _LAST))


def keep_last(workspace: "Workspace", chosen: Filter) -> None:
    """Keep what is chosen now, so that the page opens with it again."""
    from inspector_app.workspace.place import keep_apart

    keep_apart(workspace, _LAST, _stored(chosen))


def _stored(chosen: Filter) -> list[str]:
    return [chosen.kind, chosen.section, chosen.person]


def _read(value: object) -> Filter:
    is_whole = isinstance(value, list) and len(value) == 3
    texts = [str(part) for part in value] if is_whole and isinstance(value, list) else []
    return Filter(*texts)


def known(inspection: "Inspection", chosen: Filter) -> Filter:
    """The filter without what this inspection does not have: another form, another team."""
    sections = {part.id for part in inspection.form.sections} | {ANY, NONE}
    people = {member.id for member in inspection.all(Member)} | {ANY, NONE}
    return Filter(
        chosen.kind if chosen.kind in KINDS else ANY,
        chosen.section if chosen.section in sections else ANY,
        chosen.person if chosen.person in people else ANY,
    )
