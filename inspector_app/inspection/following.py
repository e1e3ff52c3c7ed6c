"""What follows an inspection: ERO's plan for each finding, what stands open, the closeout.

The plan belongs to ERO alone; OPR recommends nothing (GAO-21-186). A memo closes an inspection
only while nothing of it is open, so "unclear" cannot be recorded: the memo is there, or it is seen
to be missing. All of it is computed anew from the records, never stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspector_app.canonical import Value
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import numbering
from inspector_app.inspection.counting import focus
from inspector_app.inspection.issues import issues
from inspector_app.inspection.reading import Reading
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Closeout, CorrectiveAction, EarlierFinding, Finding

CLOSEOUT = "closeout:self"
State = Literal["conflict", "none", "open", "late", "done", "accepted"]
_MAY_CHANGE = {"result", "now", "verify"}
"""What a visit says of an earlier finding; the rest of it is a copy and stays one."""


def counted(reading: Reading) -> list[Finding]:
    """Deficiencies and areas of concern, as the report lists them: best practices never count."""
    found = numbering.in_report_order(reading)
    return [finding for finding in found if finding.class_ in ("deficiency", "area-of-concern")]


def mode(verify: Iterable[str | None]) -> Literal["desk", "site"]:
    """A review is on site when any finding needs it (GAO-21-186: posters on site, forms at a desk).

    One that nobody said how to verify needs it too: a visit finds what a desk may miss.
    """
    return "desk" if all(how == "desk" for how in verify) else "site"


# -- the plan ----------------------------------------------------------------------------------


def action_record(finding: str) -> str:
    """The record that holds the plan for a finding."""
    return f"{CorrectiveAction.kind}:{finding.partition(':')[2]}"


def _finding_of(record: str) -> str:
    return f"{Finding.kind}:{record.partition(':')[2]}"


def action_of(reading: Reading, finding: str) -> CorrectiveAction | None:
    """What ERO plans for a finding; None while it plans nothing."""
    return reading.get(CorrectiveAction, action_record(finding))


@dataclass(frozen=True, slots=True)
class Planned:
    """A finding with what ERO plans for it. `late`: days since the target, 0 when on time."""

    finding: Finding
    number: str
    action: CorrectiveAction | None
    state: State
    late: int = 0


def plan(reading: Reading, today: date) -> list[Planned]:
    """Every counted finding with its plan; the late ones first, the latest before the others."""
    numbers = numbering.finding_numbers(reading)
    found = [_planned(reading, f, numbers[f.id], today) for f in counted(reading)]
    return sorted(found, key=lambda one: -one.late)


def _planned(reading: Reading, finding: Finding, number: str, today: date) -> Planned:
    action = action_of(reading, finding.id)
    state = _state(reading, action, today)
    late = (today - action.target).days if state == "late" and action and action.target else 0
    return Planned(finding, number, action, state, late)


def _state(reading: Reading, action: CorrectiveAction | None, today: date) -> State:
    if action is None:
        return "none"
    if reading.log.disputed(action.id):
        return "conflict"
    if action.status == "accepted":
        return "accepted"
    if action.done:
        return "done"
    return "late" if action.target and action.target < today else "open"


def report_day(reading: Reading) -> date | None:
    """When the report first went out; before that, the last day on site."""
    days = [Moment.parse(issue.at).day for issue in issues(reading) if issue.at]
    return min(days, default=reading.visit.last_day)


# -- what may be written -----------------------------------------------------------------------


def check_values(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    """BadInput for a plan for no finding, a target before the report, a copy that would change."""
    if record.startswith(f"{CorrectiveAction.kind}:"):
        _check_action(reading, record, values)
    elif record.startswith(f"{EarlierFinding.kind}:"):
        _check_earlier(reading, record, values)


def _check_action(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    finding = reading.get(Finding, _finding_of(record))
    if finding is None:
        raise BadInput("There is no such finding to plan for. Nothing was recorded.")
    if finding.class_ == "best-practice":
        raise BadInput("A best practice needs no corrective action. Nothing was recorded.")
    day = report_day(reading)
    for field, words in (("target", "target date"), ("done", "day of completion")):
        given = values.get(field)
        if isinstance(given, str) and day and date.fromisoformat(given) < day:
            told = f"The {words} is before the report of {day_in_words(day)}. Nothing was recorded."
            raise BadInput(told)
    if values.get("status") == "accepted":
        _check_acceptable(reading, record, values)


def _check_acceptable(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    """A plan is accepted as done when it says what was done, and when."""
    said = {**reading.log.fields(record), **values}
    if not said.get("done"):
        raise BadInput("Say first on which day it was done; then it can be accepted.")
    if not said.get("action") and not (said.get("agrees") == "no" and said.get("reason")):
        raise BadInput("Say first what was done; then it can be accepted.")


def _check_earlier(reading: Reading, record: str, values: Mapping[str, Value]) -> None:
    if reading.get(EarlierFinding, record):
        if set(values) - _MAY_CHANGE:
            raise NotAllowed(
                "An earlier finding is a copy; only what this visit says of it alters."
            )
    elif not (values.get("inspection") and values.get("finding")):
        raise BadInput("There is no such earlier finding here. Start the focus review from it.")


def without_finding(reading: Reading) -> list[CorrectiveAction]:
    """Plans whose finding is not here: somebody removed it while another office planned."""
    found = reading.all(CorrectiveAction)
    return [one for one in found if reading.get(Finding, _finding_of(one.id)) is None]


def too_early(reading: Reading) -> list[tuple[CorrectiveAction, str]]:
    """Plans with a day before the report's, and the field: the report went out, or came, later."""
    day = report_day(reading)
    return [
        (action, field)
        for action in reading.all(CorrectiveAction)
        for field in ("target", "done")
        if day and (given := getattr(action, field)) and given < day
    ]


# -- what is still open ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldReview:
    """A focus review that follows an inspection; `results` by the finding's record there."""

    id: str
    first_day: date | None
    last_day: date | None
    results: Mapping[str, EarlierFinding]


def result_of(reviews: Sequence[HeldReview], finding: str) -> EarlierFinding | None:
    """What the latest review that tested a finding says of it; else what the latest one has."""
    said = [review.results[finding] for review in reviews if finding in review.results]
    tested = [one for one in said if one.result]
    return next(reversed(tested or said), None)


def still_open(reading: Reading, reviews: Sequence[HeldReview], today: date) -> list[str]:
    """Why the inspection cannot be closed, a sentence each; empty when nothing is open."""
    found = [
        sentence
        for planned in sorted(plan(reading, today), key=lambda one: one.number)
        for sentence in _open_of(planned, reviews)
    ]
    unclassed = [f for f in reading.all(Finding) if f.class_ is None]
    if unclassed:
        found.append("A finding has no class yet, so nobody knows whether it is counted.")
    if awaits_review(reading, reviews):
        due = focus(reading).due
        by = f" by {day_in_words(due)}" if due else ""
        found.append(f"A focus review is due{by}; none is held, and no reason is recorded.")
    return found


def _open_of(planned: Planned, reviews: Sequence[HeldReview]) -> list[str]:
    number = planned.number
    words = {
        "conflict": f"{number}: two people wrote different plans; decide which one stands.",
        "none": f"{number} has no corrective action.",
        "open": f"{number}: its corrective action is open.",
        "late": f"{number}: its corrective action is late.",
        "done": f"{number}: its corrective action is done and not accepted yet.",
    }
    found = [words[planned.state]] if planned.state in words else []
    said = result_of(reviews, planned.finding.id)
    if reviews and (said is None or said.result is None):
        found.append(f"{number}: the focus review has not tested it.")
    elif said and said.result == "unresolved":
        found.append(f"{number} is unresolved.")
    return found


def awaits_review(reading: Reading, reviews: Sequence[HeldReview]) -> bool:
    """Whether a focus review is called for that nobody has held and nobody has called off."""
    waived = reading.visit.no_focus_review_reason.strip()
    called_for = reading.kind == "inspection" and focus(reading).flagged
    return called_for and not reviews and not waived


def is_begun(reading: Reading, reviews: Sequence[HeldReview]) -> bool:
    """Whether there is something to follow: the report is out, ERO plans, or a review is held."""
    after = reading.all(CorrectiveAction) or reviews or issues(reading)
    return bool(counted(reading) and after)


def standing(reading: Reading, reviews: Sequence[HeldReview], today: date) -> str:
    """How the follow-up stands, in a few words: `no memo, 2 late`, `closed`; else empty."""
    if not is_begun(reading, reviews):
        return ""
    memo = reading.get(Closeout, CLOSEOUT)
    open_ones = still_open(reading, reviews, today)
    if memo:
        return "closed" if not open_ones else f"closed, but {len(open_ones)} open"
    late = sum(planned.late > 0 for planned in plan(reading, today))
    return f"no memo, {late} late" if late else "no memo"


def untested(reading: Reading) -> list[EarlierFinding]:
    """Earlier findings of which this visit says neither a result nor why there is none."""
    found = reading.all(EarlierFinding) if reading.kind == "focus-review" else []
    return [one for one in found if one.result is None and not one.now.strip()]


def earlier_numbers(reading: Reading) -> dict[str, str]:
    """The number that each earlier finding bore, by its record here."""
    return {one.id: one.number for one in reading.all(EarlierFinding)}
