"""The roster of an agency's designated officers: who was authorized when, and what lapsed.

Only those "who receive authorization letters and ICE Form 70-006" may act (JEM and WSO, IV.D). A
letter holds until it is revoked or withdrawn, or for the term that the agreement sets (TFM, IX:
two years). Days of a change decide nothing, since neither rosters nor acts carry the hour. What
the roster does not say is unknown and never held against an officer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.rules.follow_up import months_after
from inspector_app.rules.roster_terms import Terms
from inspector_app.rules.spans import NOTHING, Said, Span
from inspector_app.rules.training import Lapse, course_lapses, refresher_lapses
from inspector_app.rules.training_lists import TrainingList

Verdict = Literal[
    "authorized",
    "overdue",
    "suspended",
    "before the letter",
    "no letter",
    "before Form 70-006",
    "no Form 70-006",
    "after the end",
    "after the term",
    "after the credential's return",
    "not on the roster",
    "unknown",
]
SOON_DAYS = 60
SOON = timedelta(days=SOON_DAYS + 1)  # what is due on the last of them is late the day after
FIRST_VERIFIED = 2018
WITHOUT_AUTHORITY: frozenset[Verdict] = frozenset(
    ("before the letter", "no letter", "before Form 70-006", "no Form 70-006", "after the end")
)


@dataclass(frozen=True, slots=True)
class Officer:
    """One row of a roster, under the officer's label or number; a name is never kept.

    `exams` are percentages in the order in which they were taken. `courses` is by `course_key`.
    `verified`: the annual verifications; `notice`: when ICE was told that the officer leaves;
    `terminated`: when the agreement itself ended, which ends every authority under it.
    """

    number: str
    nominated: Said = NOTHING
    citizenship: Said = NOTHING
    background: Said = NOTHING
    trained_from: Said = NOTHING
    trained_to: Said = NOTHING
    exams: tuple[float, ...] = ()
    refreshers: Said = NOTHING
    courses: Mapping[str, Said] = field(default_factory=dict)
    certified: Said = NOTHING
    letter: Said = NOTHING
    form_70_006: Said = NOTHING
    credential_number: str = ""
    credential_issued: Said = NOTHING
    credential_returned: Said = NOTHING
    suspended: tuple[Span, ...] = ()
    revoked: Said = NOTHING
    left: Said = NOTHING
    verified: Said = NOTHING
    notice: Said = NOTHING
    terminated: Said = NOTHING


@dataclass(frozen=True, slots=True)
class Act:
    """Something done under the agreement: a day, the officer's number, what it was."""

    day: date
    officer: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class JudgedAct:
    act: Act
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from one officer's row. `authorized` is None where the letter's day is unknown.

    `unknown` names what the roster does not say and a rule would have to know. `soon` is what
    falls due within `SOON_DAYS`; of one that is not `known` the roster does not say whether it was
    done. `unverified` are fiscal years without an annual verification.
    """

    officer: Officer
    authorized: tuple[Span, ...] | None
    lapses: tuple[Lapse, ...]
    acts: tuple[JudgedAct, ...]
    unknown: tuple[str, ...]
    soon: tuple[Lapse, ...] = ()
    unverified: tuple[int, ...] = ()

    @property
    def overdue(self) -> tuple[Lapse, ...]:
        return tuple(lapse for lapse in self.lapses if lapse.known)


def with_termination(officers: Sequence[Officer], day: date) -> list[Officer]:
    """The officers of an agreement that was terminated on a day (GAO-21-186; agreement, VIII)."""
    return [replace(officer, terminated=Said((day,))) for officer in officers]


def standings(
    officers: Sequence[Officer],
    acts: Sequence[Act],
    terms: Terms,
    lists: Sequence[TrainingList],
    on: date,
) -> list[Standing]:
    """What follows from each row until the end of the day `on`, in the roster's order."""
    own: dict[str, list[Act]] = {officer.number: [] for officer in officers}
    for act in sorted(acts, key=lambda act: act.day):
        own.setdefault(act.officer, []).append(act)
    return [_standing(officer, own[officer.number], terms, lists, on) for officer in officers]


def unlisted(officers: Sequence[Officer], acts: Sequence[Act]) -> list[JudgedAct]:
    """Acts of somebody whom the roster does not have."""
    known = {officer.number for officer in officers}
    return [JudgedAct(act, "not on the roster") for act in acts if act.officer not in known]


def _standing(
    officer: Officer, acts: Sequence[Act], terms: Terms, lists: Sequence[TrainingList], on: date
) -> Standing:
    in_program = _in_program(officer, on) or ()
    lapses = _lapses(officer, terms, lists, in_program, on)
    later = _lapses(_as_of(officer, on), terms, lists, in_program, on + SOON)
    return Standing(
        officer=officer,
        authorized=authorized(officer, terms.training.authorized_months, on),
        lapses=tuple(lapses),
        acts=tuple(JudgedAct(act, judged(officer, act.day, terms, lapses, on)) for act in acts),
        unknown=tuple(_unknown(officer, terms, lapses, on)),
        soon=tuple(lapse for lapse in later if lapse.due >= on),
        unverified=tuple(_unverified(officer, in_program, on)),
    )


def _lapses(
    officer: Officer,
    terms: Terms,
    lists: Sequence[TrainingList],
    in_program: Sequence[Span],
    on: date,
) -> list[Lapse]:
    months, graduated = terms.training.refresher_months, officer.trained_to.until(on).first
    found = refresher_lapses(months, officer.trained_to, officer.refreshers, in_program, on)
    return found + course_lapses(lists, terms.model, officer.courses, graduated, in_program, on)


def _as_of(officer: Officer, on: date) -> Officer:
    """What the roster says of training by this day, so that nothing later counts as done."""
    return replace(
        officer,
        trained_to=officer.trained_to.until(on),
        refreshers=officer.refreshers.until(on),
        courses={key: said.until(on) for key, said in officer.courses.items()},
    )


def _unverified(officer: Officer, in_program: Sequence[Span], on: date) -> Iterator[int]:
    """Whole fiscal years in the program without a verification, where the roster tells of them.

    One record for each officer and year since Directive 13004.2 of July 2017 (GAO-21-186).
    """
    said = officer.verified.until(on)
    for year in map(FiscalYear, range(FIRST_VERIFIED, FiscalYear.of(on).year)):
        whole = any(year.first_day in span and year.last_day in span for span in in_program)
        if whole and not said.unknown and not any(day in year for day in said.days):
            yield year.year


# -- authority -------------------------------------------------------------------------------------


def authorized(officer: Officer, months: int | None, on: date) -> tuple[Span, ...] | None:
    """The spans in which the officer held authority, as far as they had begun by `on`.

    None where the roster does not say when the letter was signed. `months` is the term of a
    letter, where the agreement sets one. Days strictly inside a suspension are left out.
    """
    if officer.letter.until(on).unknown:
        return None
    spans = _letters(officer, months, on)
    for gap in (gap for gap in officer.suspended if gap.first <= on):
        spans = [part for span in spans for part in _without(span, gap)]
    return tuple(spans)


def _in_program(officer: Officer, on: date) -> tuple[Span, ...] | None:
    """The spans for which training is asked: a suspension or a letter's term is no way out."""
    return None if officer.letter.until(on).unknown else tuple(_letters(officer, None, on))


def _letters(officer: Officer, months: int | None, on: date) -> list[Span]:
    spans: list[Span] = []
    for letter in officer.letter.until(on).days:
        ends = [day for day in _ends(officer, on) if day > letter]
        if months is not None:
            ends.append(months_after(letter, months))
        last = min(ends, default=None)
        if spans and letter in spans[-1]:
            first = spans.pop().first
            spans.append(Span(first, last))
        else:
            spans.append(Span(letter, last))
    return spans


def _ends(officer: Officer, on: date) -> list[date]:
    """The days on which the officer left, or the authority or the whole agreement ended."""
    said = (officer.revoked, officer.left, officer.terminated)
    return sorted({day for each in said for day in each.until(on).days})


def _without(span: Span, gap: Span) -> Iterator[Span]:
    """A span without the days strictly inside a gap."""
    if gap.last is not None and (gap.last - gap.first).days <= 1:
        yield span
        return
    before = span.overlap(Span(date.min, gap.first))
    after = span.overlap(Span(gap.last)) if gap.last is not None else None
    yield from (part for part in (before, after) if part is not None)


def judged(officer: Officer, day: date, terms: Terms, lapses: Sequence[Lapse], on: date) -> Verdict:
    """Whether the officer might act on that day, as the roster stood on `on`."""
    if day > on:
        return "unknown"
    found = _without_authority(officer, day, terms, on)
    if found is not None:
        return found
    months = terms.training.authorized_months
    held = max(letter for letter in officer.letter.days if letter <= day)
    if months is not None and day > months_after(held, months):
        return "after the term"
    if any(gap.strictly_holds(day) for gap in officer.suspended):
        return "suspended"
    if _without_day(officer.revoked) or _without_day(officer.left):
        return "unknown"
    if _credential_was_back(officer, day, on):
        return "after the credential's return"
    return "overdue" if any(each.known and day in each.span for each in lapses) else "authorized"


def _without_authority(officer: Officer, day: date, terms: Terms, on: date) -> Verdict | None:
    letter = officer.letter.until(on)
    if letter.first is None:
        return "no letter" if letter.refused else "unknown"
    if day < letter.first:
        return "before the letter"
    held = max(each for each in letter.days if each <= day)
    if any(held < end < day for end in _ends(officer, on)):
        return "after the end"
    form = officer.form_70_006.until(on)
    if "form-70-006" not in terms.asked:
        return None
    if form.refused:
        return "no Form 70-006"
    return "before Form 70-006" if form.first is not None and day < form.first else None


def _without_day(said: Said) -> bool:
    return said.word is True and not said.days


def _credential_was_back(officer: Officer, day: date, on: date) -> bool:
    issued = officer.credential_issued.until(on).days
    return any(
        back < day and not any(back <= again <= day for again in issued)
        for back in officer.credential_returned.until(on).days
    )


# -- what is not said ------------------------------------------------------------------------------


_NEEDED = (  # field, how it is called, the rule that needs it, whether a bare yes is enough
    ("letter", "the authorization letter", "act-unauthorized", False),
    ("trained_to", "the end of the initial training", "initial-training", False),
    ("certified", "the certification", "certified", False),
    ("background", "the background decision", "background", False),
    ("form_70_006", "ICE Form 70-006", "form-70-006", True),
    ("citizenship", "the proof of citizenship", "citizenship", True),
    ("verified", "the annual verification", "verification", False),
)


def _unknown(officer: Officer, terms: Terms, lapses: Sequence[Lapse], on: date) -> Iterator[str]:
    if officer.letter.until(on).refused:
        return
    for name, title, rule, yes_is_enough in _NEEDED:
        said: Said = getattr(officer, name).until(on)
        if rule in terms.asked and said.unknown and not (said.word and yes_is_enough):
            yield f"day of {title}" if said.word else title
    for name, title in (("revoked", "the revocation"), ("left", "leaving the program")):
        if _without_day(getattr(officer, name)):
            yield f"day of {title}"
    yield from (f"{each.subject}, due {each.due}" for each in lapses if not each.known)
