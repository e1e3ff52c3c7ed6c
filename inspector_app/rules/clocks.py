"""Clocks of the agreements: until when something must be done, and whether it was.

A clock of hours counts elapsed time, also over a change to or from daylight saving time. One that
excludes weekends (Appendix B of the agreements: a complaint goes on "within 48 hours, excluding
weekends") stands still on Saturdays and Sundays of the calendar at the place where it starts;
holidays are not excluded. Days and months are terms of the calendar and run to the end of their
last day.

Some clauses bind to the hour, others name a time that is "generally" or "approximately" kept. A
miss of the latter is a question for a person and never a violation.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from typing import Literal

from inspector_app.errors import BadInput
from inspector_app.forms import Clock
from inspector_app.forms.clock import counted
from inspector_app.moments import Moment, day_in_words, known_zone, offset_text
from inspector_app.rules.follow_up import months_after

Verdict = Literal["in time", "late", "ask", "open", "unknown", "no clock"]
When = Moment | date

_MIDNIGHT = time()
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Judgment:
    """What a clock says. `late_by` is elapsed time, or whole days where days or months count."""

    verdict: Verdict
    due: When | None
    late_by: timedelta | None
    sentence: str


def local_moment(local: datetime, zone: str) -> Moment:
    """The moment that a clock on the wall in `zone` shows; nothing is guessed.

    BadInput for a time that the zone skips, or has twice when no offset is given, and for an
    offset that the zone does not have then. A time with its offset says which one is meant.
    """
    place = known_zone(zone)
    wall = local.replace(tzinfo=None)
    if not MINYEAR < wall.year < MAXYEAR:
        raise BadInput("That time lies at the edge of the calendar; check its year.")
    both = [wall.replace(tzinfo=place, fold=fold) for fold in (0, 1)]
    real = {at.utcoffset(): at for at in both if _on_the_wall(at) == wall}
    if not real:
        raise BadInput("That time does not exist at the place: its clocks were set forward then.")
    if local.tzinfo is None and len(real) > 1:
        offsets = " or ".join(offset_text(at) for at in real.values())
        raise BadInput(f"That time comes twice at the place; add its offset, {offsets}.")
    chosen = both[0] if local.tzinfo is None else real.get(local.utcoffset())
    if chosen is None:
        raise BadInput("The offset is not the one that the time zone has at that time.")
    return Moment.at(chosen, zone)


def _on_the_wall(at: datetime) -> datetime:
    """What the clock shows after a way through UTC: the same, unless the time is skipped."""
    return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None, fold=0)


def due(clock: Clock, start: When) -> When:
    """Until when: a moment in the zone of `start` for hours, a day at that place for other terms.

    A start on a weekend that is excluded counts from Monday 00:00, and a term that is used up as
    a Friday ends lasts until Monday 00:00, since no counted time passes between the two. Months
    end on the same day of the month, or on the month's last.
    BadInput for hours from a day without an hour, an unknown zone, or a term beyond the year 9999.
    """
    try:
        if clock.hours is None:
            return _due_day(clock, _day_of(start))
        if not isinstance(start, Moment):
            raise BadInput("A clock of hours starts at an hour; only a day is given.")
        return Moment.at(_due_instant(clock, clock.hours, start), start.zone)
    except (OverflowError, ValueError):
        raise BadInput("The term ends beyond the calendar; check the year of its start.") from None


def _due_day(clock: Clock, start: date) -> date:
    if clock.months is not None:
        return months_after(start, clock.months)
    days = clock.days or 0
    if clock.weekends == "counted":
        return start + timedelta(days=days)
    day = start
    while days:
        day += timedelta(days=1)
        days -= not _on_weekend(day)
    return day


def _due_instant(clock: Clock, hours: int, start: Moment) -> datetime:
    left = timedelta(hours=hours)
    if clock.weekends == "counted":
        return start.instant + left
    at, day = start.instant, Moment.at(start.instant, start.zone).day
    while True:
        midnight = _midnight(day + timedelta(days=1), start.zone)
        if not _on_weekend(day):
            if at + left < midnight:
                return at + left
            left -= midnight - at
        at, day = midnight, day + timedelta(days=1)


def _midnight(day: date, zone: str) -> datetime:
    """When the day begins at the place; where 00:00 is skipped, the hour that follows it."""
    return datetime.combine(day, _MIDNIGHT, known_zone(zone)).astimezone(UTC)


def _on_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _day_of(when: When) -> date:
    return when.day if isinstance(when, Moment) else when


def judge(clock: Clock | None, start: When | None, ended: When | None) -> Judgment:
    """Whether what had to be done between `start` and `ended` was done in time.

    The end may be recorded in another zone; days are those of the place where the clock starts.
    Without a clock nothing is judged, and a missing or impossible date is never filled in.
    """
    if clock is None:
        return Judgment("no clock", None, None, "No time limit is written for this.")
    if start is None:
        return _unknown(None, "nobody recorded when it began")
    if clock.hours is not None and not isinstance(start, Moment):
        return _unknown(None, "the hour when it began is not recorded")
    until = due(clock, start)
    if ended is None:
        words = f"Open: due by {_in_words(until)}; no end is recorded."
        return Judgment("open", until, None, words)
    if isinstance(until, Moment) and not isinstance(ended, Moment):
        return _unknown(
            until, f"due by {_in_words(until)}, but the end is recorded without an hour"
        )
    if _between(start, ended) < timedelta():
        return _unknown(
            until, "the end is recorded as earlier than the start; one of them is wrong"
        )
    return _judged(clock, until, _at_the_place(ended, start))


def _judged(clock: Clock, until: When, ended: When) -> Judgment:
    after = _between(until, ended)
    dates = f"due by {_in_words(until)}, done {_in_words(ended)}"
    if after <= timedelta():
        return Judgment("in time", until, None, f"In time: {dates}.")
    if clock.binding == "hard":
        return Judgment("late", until, after, f"Late by {span_in_words(after)}: {dates}.")
    words = (
        f"{span_in_words(after)} over the {clock.in_words} that are generally kept: {dates}. "
        "Ask why; this alone violates nothing."
    )
    return Judgment("ask", until, after, words)


def _unknown(until: When | None, why: str) -> Judgment:
    return Judgment("unknown", until, None, f"Unknown: {why}.")


def _between(first: When, last: When) -> timedelta:
    """Elapsed time between two moments; whole days where either is a day."""
    if isinstance(first, Moment) and isinstance(last, Moment):
        return last.instant - first.instant
    return _day_of(last) - _day_of(first)


def _at_the_place(ended: When, start: When) -> When:
    """The end by the calendar of the place where the clock started."""
    if isinstance(ended, Moment) and isinstance(start, Moment) and ended.zone != start.zone:
        return Moment.at(ended.instant, start.zone)
    return ended


def _in_words(when: When) -> str:
    return when.in_words() if isinstance(when, Moment) else day_in_words(when)


def span_in_words(span: timedelta) -> str:
    """`2 days 3 hours`, to the second; a day has 24 hours."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(counted(count, unit) for count, unit in units if count) or "0 seconds"
