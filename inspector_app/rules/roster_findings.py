"""Candidate findings of a roster: what an inspector may accept or decline, with a reason.

A candidate is never a violation. "hard" says that days alone show it under a text that was read;
"question" that a person must ask first: a practice, a text that is not held, an entry that is
missing. OPR's definition of a deficiency (GAO-21-186) asks for the written requirement, so each
candidate points to the clause or policy, where the form has one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from inspector_app.moments import day_in_words
from inspector_app.rules.roster import WITHOUT_AUTHORITY, JudgedAct, Officer, Standing, Verdict
from inspector_app.rules.roster_terms import Asked, Terms
from inspector_app.rules.spans import Said, Span
from inspector_app.rules.training import Lapse

Weight = Literal["hard", "question"]
NOTICE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Case:
    """What stands behind a candidate for one officer: the days concerned and why, in a sentence."""

    officer: str
    days: tuple[date, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible finding. `key` is the same for the same rule, year and weight.

    `document` is an id of the form's documents, `item` its question or empty, `section` where it
    is written: a hint to be looked at, not a citation.
    """

    key: str
    rule: str
    type: str
    weight: Weight
    sentence: str
    cases: tuple[Case, ...]
    item: str
    document: str
    section: str

    @property
    def officers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(case.officer for case in self.cases))


@dataclass(frozen=True, slots=True)
class _Found:
    """A case under its rule; `year` divides a rule by fiscal years."""

    rule: str
    case: Case
    firm: bool = True
    year: int | None = None


def candidates(
    standings: Sequence[Standing], unlisted: Sequence[JudgedAct], terms: Terms, on: date
) -> list[Candidate]:
    """Every candidate finding of a roster under one revision, in the order of the rules."""
    found = [each for standing in standings for each in _found(standing, terms, on)]
    found += [*_last_officer(standings, on), *(_act(each, "act-unlisted") for each in unlisted)]
    groups: dict[tuple[str, int | None, bool], list[Case]] = {}
    for each in found:
        asked = terms.asked.get(each.rule)
        if asked is not None:
            key = (each.rule, each.year, each.firm and asked.firm)
            groups.setdefault(key, []).append(each.case)
    order = {rule: place for place, rule in enumerate(terms.asked)}
    ordered = sorted(groups, key=lambda key: (order[key[0]], key[1] or 0, not key[2]))
    return [
        _candidate(terms.asked[rule], year, firm, groups[rule, year, firm])
        for rule, year, firm in ordered
    ]


def _candidate(asked: Asked, year: int | None, firm: bool, cases: Sequence[Case]) -> Candidate:
    weight: Weight = "hard" if firm else "question"
    count = len({case.officer for case in cases})
    words = asked.rule.one if count == 1 else asked.rule.many
    parts = [asked.rule.id, *([str(year)] if year else []), weight]
    return Candidate(
        key="/".join(parts),
        rule=asked.rule.id,
        type=asked.type,
        weight=weight,
        sentence=words.format(n=count, year=year or ""),
        cases=tuple(cases),
        item=asked.item,
        document=asked.document,
        section=asked.section,
    )


def _found(standing: Standing, terms: Terms, on: date) -> Iterator[_Found]:
    officer = standing.officer
    yield from _acts(standing)
    if (letter := officer.letter.until(on).first) is not None:
        yield from _before_authority(officer, letter, on)
        yield from _exams(officer, terms)
    yield from _lapses(standing, on)
    yield from _credential(officer, on)
    yield from _verification(standing)
    yield from _notice(officer, on)


# -- acts ------------------------------------------------------------------------------------------

_RULE_OF_ACT: dict[Verdict, str] = {
    **dict.fromkeys(WITHOUT_AUTHORITY, "act-unauthorized"),
    "suspended": "act-suspended",
    "after the term": "act-expired",
    "after the credential's return": "act-without-credential",
    "not on the roster": "act-unlisted",
}
_VERDICT_IN_WORDS: dict[Verdict, str] = {
    "before the letter": "before the authorization letter",
    "no letter": "without an authorization letter",
    "before Form 70-006": "before ICE Form 70-006",
    "no Form 70-006": "without ICE Form 70-006",
    "after the end": "after leaving the program or after the authority was revoked",
    "suspended": "while suspended",
    "after the term": "after the term of the letter",
    "after the credential's return": "after the credential was given back",
    "not on the roster": "by somebody who is not on the roster",
}


def _acts(standing: Standing) -> Iterator[_Found]:
    for each in standing.acts:
        if each.verdict in _RULE_OF_ACT:
            yield _act(each, _RULE_OF_ACT[each.verdict])


def _act(judged: JudgedAct, rule: str) -> _Found:
    act = judged.act
    words = f"An act of {day_in_words(act.day)}: {_VERDICT_IN_WORDS[judged.verdict]}."
    return _Found(rule, Case(act.officer, (act.day,), words))


# -- before the letter -----------------------------------------------------------------------------

_BEFORE: tuple[tuple[str, str, Callable[[Officer], Said]], ...] = (
    ("citizenship", "proof of citizenship", lambda officer: officer.citizenship),
    ("background", "background decision", lambda officer: officer.background),
    ("initial-training", "end of the initial training", lambda officer: officer.trained_to),
    ("certified", "certification", lambda officer: officer.certified),
    ("form-70-006", "ICE Form 70-006", lambda officer: officer.form_70_006),
)
_LATER_IS_NO_FAULT = ("citizenship", "form-70-006")  # the proof may be filed, the form made, later


def _before_authority(officer: Officer, letter: date, on: date) -> Iterator[_Found]:
    for rule, title, read in _BEFORE:
        said = read(officer).until(on)
        signed = f"the letter was signed on {day_in_words(letter)}"
        if said.refused:
            yield _Found(rule, Case(officer.number, (letter,), f"No {title}; {signed}."))
        elif said.first is not None and said.first > letter and rule not in _LATER_IS_NO_FAULT:
            words = f"The {title} is of {day_in_words(said.first)}; {signed}."
            yield _Found(rule, Case(officer.number, (letter, said.first), words))


def _exams(officer: Officer, terms: Terms) -> Iterator[_Found]:
    """JEM: two failures in the whole course end it. WSO: a final examination with one retake."""
    rule = terms.training
    if rule.pass_percent is None or not officer.exams:
        return
    failed = [score < rule.pass_percent for score in officer.exams]
    in_course = rule.retakes_in == "course"
    open_failure = failed[-1] if in_course else all(failed)
    if rule.retakes is not None:
        tries = failed if in_course else failed[: rule.retakes + 1]
        too_many = sum(tries) > rule.retakes and (in_course or all(tries))
        if too_many:
            words = f"{sum(tries)} of {len(tries)} examinations under {rule.pass_percent} percent."
            yield _Found("exam-failed-twice", Case(officer.number, (), words))
            return
    if open_failure:
        words = f"The last recorded examination is under {rule.pass_percent} percent."
        yield _Found("exam-without-pass", Case(officer.number, (), words))


# -- training --------------------------------------------------------------------------------------


def _lapses(standing: Standing, on: date) -> Iterator[_Found]:
    officer = standing.officer
    for lapse in standing.overdue:
        case = Case(officer.number, _days(lapse.span, on), _lapse_in_words(lapse, on))
        yield _Found(lapse.kind, case, lapse.firm, lapse.fiscal_year)
    if standing.overdue:
        first = min(standing.overdue, key=lambda lapse: lapse.span.first)
        words = f"First lapse: {_lapse_in_words(first, on)}"
        yield _Found("monitoring", Case(officer.number, (first.span.first,), words))
    yield from _not_suspended(standing)


def _not_suspended(standing: Standing) -> Iterator[_Found]:
    """Lapses that no suspension met on their first day, with the acts until then.

    How soon ICE must suspend is not known (Directive 13001.1 is not held), so the days are told.
    """
    officer = standing.officer
    for lapse in standing.overdue:
        since = lapse.span.first
        between = [
            each.act.day
            for each in standing.acts
            if each.verdict == "overdue" and each.act.day in lapse.span
        ]
        gaps = [gap for gap in officer.suspended if gap.overlap(lapse.span)]
        if not between and any(gap.first <= since for gap in gaps):
            continue
        words = _unsuspended_in_words(lapse, gaps, len(between))
        yield _Found("suspension", Case(officer.number, (since, *between), words))


def _unsuspended_in_words(lapse: Lapse, gaps: Sequence[Span], acts: int) -> str:
    began = [day_in_words(gap.first) for gap in gaps]
    until = f"suspended on {began[0]}" if began else "no suspension is recorded for that time"
    then = f"; {acts} act{'' if acts == 1 else 's'} while overdue" if acts else ""
    return f"{lapse.subject} lapsed on {day_in_words(lapse.span.first)}; {until}{then}."


def _days(span: Span, on: date) -> tuple[date, ...]:
    return (span.first, span.last or on)


def _lapse_in_words(lapse: Lapse, on: date) -> str:
    due = f"{lapse.subject} was due by {day_in_words(lapse.due)}"
    if lapse.span.last is None:
        return f"{due} and not done by {day_in_words(on)}."
    return f"{due}; overdue until {day_in_words(lapse.span.last)}."


def _verification(standing: Standing) -> Iterator[_Found]:
    """A fiscal year for which no annual verification is recorded (the directive is not held)."""
    for year in standing.unverified:
        words = f"No annual verification is recorded in fiscal year {year}."
        yield _Found("verification", Case(standing.officer.number, (), words), False, year)


# -- leaving ---------------------------------------------------------------------------------------


def _notice(officer: Officer, on: date) -> Iterator[_Found]:
    """An agency tries to tell ICE 90 days ahead, "where practicable" (WSO, IV.D)."""
    said = officer.notice.until(on)
    for left in officer.left.until(on).days if not said.unknown else ():
        began = max((day for day in officer.letter.days if day <= left), default=date.min)
        told = next((day for day in said.days if began < day <= left), None)
        gone = f"Left on {day_in_words(left)}"
        if told is None:
            yield _notice_case(officer, (left,), f"{gone}; no notice to ICE before that.")
        elif (left - told).days < NOTICE_DAYS:
            ahead = f"{(left - told).days} days ahead"
            words = f"{gone}; ICE was told on {day_in_words(told)}, {ahead}."
            yield _notice_case(officer, (told, left), words)


def _notice_case(officer: Officer, days: tuple[date, ...], words: str) -> _Found:
    return _Found("leaving-notice", Case(officer.number, days, words), firm=False)


def _last_officer(standings: Sequence[Standing], on: date) -> Iterator[_Found]:
    """Revocations after which nobody was authorized: ICE follows section VIII (JEM, IV.D).

    Nothing is said where the day of somebody's letter is not known.
    """
    known = [spans for each in standings if (spans := each.authorized) is not None]
    if len(known) < len(standings):
        return
    for each in standings:
        for day in each.officer.revoked.until(on).days:
            after = day + timedelta(days=1)
            if not any(after in span for spans in known for span in spans):
                words = f"After the revocation of {day_in_words(day)} nobody was authorized."
                yield _Found("last-officer", Case(each.officer.number, (day,), words), False)


# -- credentials -----------------------------------------------------------------------------------


def _credential(officer: Officer, on: date) -> Iterator[_Found]:
    """Credentials go back when an officer ceases to take part (JEM and WSO, IV.D)."""
    issued, returned = officer.credential_issued.until(on), officer.credential_returned.until(on)
    if not issued.dated and not issued.word and not officer.credential_number:
        return  # nothing says that there was one
    had = issued.days[-1] if issued.dated else date.min
    back = [day for day in returned.days if day >= had]
    for gap in officer.suspended:
        if gap.first <= on and not any(day >= gap.first for day in back):
            words = f"Suspended on {day_in_words(gap.first)}; no later return is recorded."
            yield _Found("credential-suspended", Case(officer.number, (gap.first,), words))
    end = _final_end(officer, on)
    if end is None or any(day <= end for day in back):
        return
    ended = f"The authority ended on {day_in_words(end)}"
    if back:
        words = f"{ended}; the credential came back on {day_in_words(back[0])}."
        yield _Found("credential-not-recorded", Case(officer.number, (end, back[0]), words))
    elif returned.refused:
        yield _Found(
            "credential-kept",
            Case(officer.number, (end,), f"{ended}; the roster says not returned."),
        )
    else:
        words = f"{ended}; no return of the credential is recorded."
        yield _Found("credential-not-recorded", Case(officer.number, (end,), words))


def _final_end(officer: Officer, on: date) -> date | None:
    """When the officer ceased to take part for good: the last end that no letter follows."""
    said = (officer.revoked, officer.left, officer.terminated)
    ends = [day for each in said for day in each.until(on).days]
    letters = officer.letter.until(on).days
    open_ends = [end for end in ends if not any(letter > end for letter in letters)]
    return min(open_ends, default=None)
