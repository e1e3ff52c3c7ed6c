"""Annual training: which courses a fiscal year's list asks for, when each is due, who was overdue.

A course is due on a fixed day of its fiscal year or on the officer's own anniversary, the day in
that year on which the initial training ended (so the only list that was read, of fiscal year 2009).
The lists are data: resources/training.toml says how an office adds its own.

The agreement gives no cycle for refreshers but a cap ("not more frequently than every two years",
JEM, IV.C); that they come every two years is the program's practice (GAO-21-186, "Tracking
training completion"), so a late one is a question.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from inspector_app.paths import resource
from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.rules.follow_up import months_after
from inspector_app.rules.spans import NOTHING, Said, Span
from inspector_app.rules.training_lists import TrainingList, course_key, read_lists

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lapse:
    """Days on which an officer in the program was overdue: the first is the day after `due`.

    The last is the day before the course was done or the officer left; None while it lasts.
    `known` is False where the roster only does not say: then it is unknown, and no lapse.
    """

    kind: Literal["course", "refresher"]
    subject: str
    fiscal_year: int | None
    due: date
    span: Span
    known: bool
    firm: bool


@dataclass(frozen=True, slots=True)
class _Duty:
    """One course in one fiscal year: it counts when done from `opens` on, in time until `due`."""

    title: str
    year: int
    opens: date
    due: date
    firm: bool


@cache
def shipped_lists() -> tuple[TrainingList, ...]:
    """The lists that are known here: resources/training.toml."""
    return read_lists(_shipped(), "training.toml")


@cache
def not_known() -> str:
    """What is not known about the lists in force, in a sentence."""
    return str(tomllib.loads(_shipped().decode("utf-8"))["not_known"])


def _shipped() -> bytes:
    return resource("training.toml").read_bytes()


# -- courses ---------------------------------------------------------------------------------------


def course_lapses(
    lists: Sequence[TrainingList],
    model: str,
    done: Mapping[str, Said],
    graduated: date | None,
    in_program: Sequence[Span],
    on: date,
) -> list[Lapse]:
    """When an officer was overdue for the courses of these lists, until the end of `on`.

    `done` is by `course_key` of the roster's heading. A course is asked of an officer who is in
    the program on the day it is due. Each time it was done counts for one fiscal year, the
    earliest that it can stand for: one certificate is never two years' training.
    """
    lapses: list[Lapse] = []
    for id in dict.fromkeys(course.id for each in lists for course in each.courses):
        duties = [
            duty
            for duty in _duties(lists, model, id, graduated)
            if duty.due < on and any(duty.due in span for span in in_program)
        ]
        said = _said(lists, id, done).until(on)
        lapses += _open_duties(duties, said, in_program)
    return lapses


def _said(lists: Sequence[TrainingList], id: str, done: Mapping[str, Said]) -> Said:
    titles = [course.title for each in lists for course in each.courses if course.id == id]
    keys = [id, *map(course_key, titles)]
    return next((done[key] for key in keys if key in done), NOTHING)


def _duties(
    lists: Sequence[TrainingList], model: str, id: str, graduated: date | None
) -> Iterator[_Duty]:
    for each in sorted(lists, key=lambda found: found.fiscal_year):
        year = FiscalYear(each.fiscal_year)
        firm = each.binds(model)
        for course in each.courses:
            if course.id != id:
                continue
            if course.day is not None:
                yield _Duty(course.title, year.year, year.first_day, course.day, firm)
            elif graduated is not None and (due := anniversary(graduated, year)):
                opens = months_after(due, -12) + ONE_DAY
                yield _Duty(course.title, year.year, opens, due, firm)


def anniversary(graduated: date, year: FiscalYear) -> date | None:
    """The anniversary of graduation in a fiscal year; of February 29, February 28 at need.

    None in the year of graduation itself and before.
    """
    for calendar in (year.year - 1, year.year):
        day = months_after(graduated, 12 * (calendar - graduated.year))
        if day > graduated and day in year:
            return day
    return None


def _open_duties(
    duties: Sequence[_Duty], said: Said, in_program: Sequence[Span]
) -> Iterator[Lapse]:
    left = list(said.days)
    for duty in sorted(duties, key=lambda duty: duty.due):
        found = next((day for day in left if day >= duty.opens), None)
        if found is not None:
            left.remove(found)
        late = Span(duty.due + ONE_DAY, found - ONE_DAY if found else None)
        for span in (late.overlap(part) for part in in_program if duty.due in part):
            if span is not None:
                yield Lapse(
                    *("course", duty.title, duty.year, duty.due, span),
                    known=not said.unknown,
                    firm=duty.firm,
                )


# -- refreshers ------------------------------------------------------------------------------------


def refresher_lapses(
    months: int | None, trained: Said, refreshers: Said, in_program: Sequence[Span], on: date
) -> list[Lapse]:
    """When an officer had gone longer than `months` without a refresher, until the end of `on`.

    The term runs from the end of the initial training and from each refresher; without the day of
    the former nothing is judged, since a later training may be missing too. Where no refresher is
    recorded and none denied, what follows the first term is unknown.
    """
    first = trained.until(on).first
    if months is None or first is None:
        return []
    later = {day for day in refreshers.until(on).days if day >= first}
    taken = sorted({*trained.until(on).days, *later})
    known = not refreshers.until(on).unknown
    lapses = []
    for day, following in zip(taken, [*taken[1:], None], strict=True):
        due = months_after(day, months)
        if due >= (following or on):
            continue
        late = Span(due + ONE_DAY, following - ONE_DAY if following else None)
        lapses += [
            Lapse("refresher", "Refresher training", None, due, span, known, firm=False)
            for part in in_program
            if (span := late.overlap(part)) is not None
        ]
    return lapses
