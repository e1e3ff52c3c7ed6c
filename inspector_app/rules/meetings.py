"""What an agreement asks of meetings (V.B, V.C), by its own revision, and what is recorded.

The text of 2025 has no steering committee, so nothing is asked of one there. "Every effort" to
meet at least annually is shown by a meeting or by the effort. How years are counted is not
written; they run here from the day on which work began, else from the signing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspector_app.forms import Form, Point
from inspector_app.moments import day_in_words
from inspector_app.records.agency_file import EFFORTS, MEETINGS, HeldAgreement, Meeting
from inspector_app.rules.clocks import judge
from inspector_app.rules.follow_up import months_after

State = Literal["kept", "effort", "nothing recorded", "ask", "open", "unknown", "does not apply"]
_TOPICS = {
    "annual": "Annual meeting",
    "first-review": "First review meeting",
    "steering-committee": "Steering committee",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One duty, for one year or one meeting: how it stands, in a sentence."""

    type: str
    state: State
    sentence: str


def duty(form: Form | None, type: str) -> Point | None:
    """What the revision says of this kind of meeting; None where it has none."""
    points = [p for p in (form.points if form else ()) if p.topic == _TOPICS[type]]
    return next((p for p in points if p.section), None)  # where it says no, it cites no section


def lines(
    held: HeldAgreement, found: Sequence[Meeting], form: Form | None, today: date
) -> list[Line]:
    """Every duty on meetings of an agreement and how it stands on `today`."""
    if form is None:
        return [Line("annual", "unknown", "No revision is chosen, so no duty to meet is known.")]
    made: list[Line] = []
    for type in MEETINGS:
        mine = [meeting for meeting in found if meeting.type == type]
        if duty(form, type) is None:
            words = f"{MEETINGS[type]}: {form.title} asks for none."
            made.append(Line(type, "does not apply", words))
        elif type == "annual":
            made += _years(held, [*mine, *_of_type(found, "first-review")], today)
        elif type == "first-review":
            made.append(_first_review(held, mine, form))
        else:
            made += _committee(mine)
    return made


def _of_type(found: Sequence[Meeting], type: str) -> list[Meeting]:
    return [meeting for meeting in found if meeting.type == type]


def _years(held: HeldAgreement, found: Sequence[Meeting], today: date) -> list[Line]:
    start = held.operational or held.signed
    if start is None:
        return [Line("annual", "unknown", "Annual meeting: no day is known from which to count.")]
    made: list[Line] = []
    last = min(held.ended or today, today)
    while (until := months_after(start, 12)) <= last:
        made.append(_year(start, until, found))
        start = until
    return made or [Line("annual", "open", "Annual meeting: the first year is still running.")]


def _year(first: date, until: date, found: Sequence[Meeting]) -> Line:
    span = f"the year from {day_in_words(first)}"
    days = [m.held for m in found if m.held and first <= m.held < until]
    if days:
        return Line("annual", "kept", f"Annual meeting, {span}: held {day_in_words(min(days))}.")
    tried = [m for m in found if m.effort and m.tried and first <= m.tried < until]
    if tried:
        words = EFFORTS.get(tried[0].effort, tried[0].effort)
        return Line("annual", "effort", f"Annual meeting, {span}: none held; {words}.")
    return Line("annual", "nothing recorded", f"Annual meeting, {span}: nothing recorded.")


def _first_review(held: HeldAgreement, found: Sequence[Meeting], form: Form) -> Line:
    point = duty(form, "first-review")
    by_class = point is not None and "class" in point.says
    start = held.first_class if by_class else held.operational
    days = [m.held for m in found if m.held]
    judged = judge(point.clock if point else None, start, min(days, default=None))
    states: dict[str, State] = {"in time": "kept", "ask": "ask", "late": "ask", "open": "open"}
    return Line(
        "first-review",
        states.get(judged.verdict, "unknown"),
        f"First review meeting: {judged.sentence}",
    )


def _committee(found: Sequence[Meeting]) -> list[Line]:
    type = "steering-committee"
    if not found:
        words = "Steering committee: as necessary; no meeting is recorded."
        return [Line(type, "nothing recorded", words)]
    return [_one_committee(meeting) for meeting in found]


def _one_committee(meeting: Meeting) -> Line:
    type, day = "steering-committee", day_in_words(meeting.held) if meeting.held else "no day"
    missing = committee_missing(meeting)
    if not missing:
        return Line(type, "kept", f"Steering committee, {day}: advertised, agenda, minutes sent.")
    return Line(type, "ask", f"Steering committee, {day}: not recorded: {', '.join(missing)}.")


def committee_missing(meeting: Meeting) -> list[str]:
    """What the Charter asks of a meeting (GAO-21-186, on D04 and A08) and is not recorded."""
    asked = (
        ("public advertisement", meeting.advertised),
        ("set agenda", meeting.agenda),
        ("minutes to ICE", meeting.minutes_ice),
        ("minutes to the agency", meeting.minutes_lea),
    )
    return [words for words, value in asked if not value]
