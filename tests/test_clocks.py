"""Clocks: every row of the agreements' time limits, weekends, changes of clocks, missing dates."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from inspector_app.errors import BadInput
from inspector_app.forms import Clock
from inspector_app.moments import Moment
from inspector_app.rules.clocks import Verdict, When, due, judge, local_moment, span_in_words
from tests.functional.terminal import Terminal

COMPLAINT = Clock("complaint", hours=48, weekends="excluded")
UNDESIGNATED = Clock("complaint-undesignated", hours=48)
OUTCOME = Clock("outcome", days=30)
HOLD = Clock("hold", hours=48)
DETAINER = Clock("detainer-notice", hours=24, binding="generally")
CITIZEN_2019 = Clock("citizenship-claim", hours=1)
CITIZEN = Clock("citizenship-claim", hours=1, binding="generally")
FOCUS_REVIEW = Clock("focus-review", months=6)
BIENNIAL = Clock("biennial", months=24)

NEW_YORK, ARIZONA, HAWAII, GUAM = (
    "America/New_York",
    "America/Phoenix",
    "Pacific/Honolulu",
    "Pacific/Guam",
)
ZONES = (NEW_YORK, ARIZONA, HAWAII, GUAM, "America/Havana", "Asia/Beirut", "Australia/Lord_Howe")


def at(text: str, zone: str = NEW_YORK) -> Moment:
    return local_moment(datetime.fromisoformat(text), zone)


def wall(when: When) -> str:
    return f"{when.local:%Y-%m-%d %H:%M}" if isinstance(when, Moment) else when.isoformat()


def judged(clock: Clock | None, start: When | None, ended: When | None) -> Verdict:
    return judge(clock, start, ended).verdict


@pytest.mark.parametrize(
    ("clock", "start", "until"),
    [
        (COMPLAINT, at("2026-03-13 17:00"), "2026-03-17 17:00"),
        (UNDESIGNATED, at("2026-03-13 17:00"), "2026-03-15 17:00"),
        (OUTCOME, date(2026, 3, 1), "2026-03-31"),
        (HOLD, at("2026-03-13 17:00"), "2026-03-15 17:00"),
        (DETAINER, at("2026-03-16 08:00"), "2026-03-17 08:00"),
        (CITIZEN_2019, at("2026-03-16 09:10"), "2026-03-16 10:10"),
        (CITIZEN, at("2026-03-16 09:10"), "2026-03-16 10:10"),
        (FOCUS_REVIEW, date(2026, 8, 31), "2027-02-28"),
        (BIENNIAL, date(2024, 2, 29), "2026-02-28"),
    ],
)
def test_each_clock_of_the_program(clock: Clock, start: When, until: str) -> None:
    assert wall(due(clock, start)) == until


def test_where_the_agreement_sets_no_clock_nothing_is_judged() -> None:
    """WSO of 2019, a complaint about somebody who is not designated."""
    judgment = judge(None, at("2026-03-13 17:00"), at("2027-01-01 09:00"))
    assert (judgment.verdict, judgment.due, judgment.late_by) == ("no clock", None, None)


@pytest.mark.parametrize(
    ("zone", "until"),
    [
        (NEW_YORK, "2026-03-08 18:00"),
        (ARIZONA, "2026-03-08 17:00"),
        (HAWAII, "2026-03-08 17:00"),
        (GUAM, "2026-03-08 17:00"),
    ],
)
def test_hours_are_elapsed_where_clocks_go_forward(zone: str, until: str) -> None:
    friday = at("2026-03-06 17:00", zone)
    assert wall(due(HOLD, friday)) == until
    assert wall(due(COMPLAINT, friday)) == "2026-03-10 17:00"


def test_hours_are_elapsed_where_clocks_go_back() -> None:
    friday = at("2026-10-30 17:00")
    assert wall(due(HOLD, friday)) == "2026-11-01 16:00"
    assert wall(due(COMPLAINT, friday)) == "2026-11-03 17:00"
    assert judged(HOLD, friday, at("2026-11-01 16:00")) == "in time"
    assert judged(HOLD, friday, at("2026-11-01 17:00")) == "late"


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    first, second = at("2026-11-01 01:30-04:00"), at("2026-11-01 01:30-05:00")
    assert wall(due(CITIZEN, first)) == wall(first) and due(CITIZEN, first) == second
    assert wall(due(CITIZEN, second)) == "2026-11-01 02:30"
    assert judged(CITIZEN_2019, first, second) == "in time"
    assert judged(CITIZEN_2019, second, first) == "unknown"


@pytest.mark.parametrize(
    ("start", "until"),
    [
        ("2026-03-14 10:00", "2026-03-18 00:00"),  # Saturday: from Monday 00:00
        ("2026-03-15 23:59", "2026-03-18 00:00"),
        ("2026-03-16 00:00", "2026-03-18 00:00"),
        ("2026-03-11 23:59", "2026-03-13 23:59"),
        ("2026-03-12 00:00", "2026-03-16 00:00"),  # used up as Friday ends
        ("2026-03-12 00:01", "2026-03-16 00:01"),
        ("2026-05-22 17:00", "2026-05-26 17:00"),  # Memorial Day counts
        ("2026-12-24 09:00", "2026-12-28 09:00"),  # so does Christmas Day, a Friday
    ],
)
def test_a_clock_without_weekends_stands_still_on_them_and_on_no_holiday(
    start: str, until: str
) -> None:
    assert wall(due(COMPLAINT, at(start))) == until


def test_weekend_days_are_those_of_the_place() -> None:
    """At one and the same instant it is Saturday in Guam and still Friday in New York."""
    instant = datetime(2026, 3, 13, 18, tzinfo=UTC)
    assert wall(due(COMPLAINT, Moment.at(instant, GUAM))) == "2026-03-18 00:00"
    assert wall(due(COMPLAINT, Moment.at(instant, NEW_YORK))) == "2026-03-17 14:00"


def test_a_day_begins_at_one_where_midnight_is_skipped() -> None:
    """Cairo's clocks went forward on Friday, April 24, 2026, at 00:00."""
    thursday = at("2026-04-23 12:00", "Africa/Cairo")
    assert wall(due(Clock("x", hours=12), thursday)) == "2026-04-24 01:00"
    assert wall(due(COMPLAINT, thursday)) == "2026-04-27 13:00"


@pytest.mark.parametrize(
    ("clock", "start", "until"),
    [
        (Clock("x", months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (Clock("x", months=1), date(2028, 1, 31), date(2028, 2, 29)),
        (Clock("x", months=12), date(2024, 2, 29), date(2025, 2, 28)),
        (Clock("x", months=48), date(2024, 2, 29), date(2028, 2, 29)),
        (Clock("x", months=6), date(2027, 8, 31), date(2028, 2, 29)),
        (OUTCOME, date(2028, 2, 15), date(2028, 3, 16)),
        (OUTCOME, date(2026, 2, 15), date(2026, 3, 17)),
        (OUTCOME, date(2026, 12, 31), date(2027, 1, 30)),
        (Clock("x", days=2, weekends="excluded"), date(2026, 3, 13), date(2026, 3, 17)),
        (Clock("x", days=2, weekends="excluded"), date(2026, 3, 14), date(2026, 3, 17)),
        (Clock("x", days=5, weekends="excluded"), date(2026, 3, 16), date(2026, 3, 23)),
    ],
)
def test_days_and_months_are_terms_of_the_calendar(clock: Clock, start: date, until: date) -> None:
    assert due(clock, start) == until
    assert due(clock, at(f"{start} 23:59")) == until


def test_a_term_of_days_runs_to_the_end_of_its_last_day() -> None:
    start = at("2026-03-01 16:00")
    assert judged(OUTCOME, start, at("2026-03-31 23:59")) == "in time"
    late = judge(OUTCOME, start, at("2026-04-01 00:00"))
    assert (late.verdict, late.late_by) == ("late", timedelta(days=1))


def test_the_end_counts_by_the_calendar_of_the_place_where_the_clock_starts() -> None:
    """The field office writes April 1 while it is still March 31 at the jail."""
    assert judged(OUTCOME, at("2026-03-01 16:00", HAWAII), at("2026-04-01 05:00")) == "in time"
    assert judged(OUTCOME, at("2026-03-01 16:00"), at("2026-04-01 05:00")) == "late"
    assert judged(HOLD, at("2026-03-09 17:00"), at("2026-03-11 14:00", ARIZONA)) == "in time"


@pytest.mark.parametrize(
    ("clock", "verdict"),
    [(HOLD, "late"), (COMPLAINT, "in time"), (Clock("x", hours=48, binding="generally"), "ask")],
)
def test_a_second_too_late_is_late_and_only_a_hard_clock_says_so(
    clock: Clock, verdict: Verdict
) -> None:
    start = at("2026-03-13 17:00")
    assert judged(clock, start, at("2026-03-15 17:00:00")) == "in time"
    found = judge(clock, start, at("2026-03-15 17:00:01"))
    assert found.verdict == verdict
    assert found.late_by == (None if verdict == "in time" else timedelta(seconds=1))


def test_what_is_generally_kept_asks_and_accuses_nobody() -> None:
    found = judge(DETAINER, at("2026-03-16 08:00"), at("2026-03-17 11:30"))
    assert found.verdict == "ask" and "violates nothing" in found.sentence
    assert "3 hours 30 minutes over the 24 hours" in found.sentence
    assert "ate by" not in found.sentence


@pytest.mark.parametrize(
    ("clock", "start", "ended", "verdict", "says"),
    [
        (HOLD, None, None, "unknown", "when it began"),
        (HOLD, None, at("2026-03-15 17:00"), "unknown", "when it began"),
        (HOLD, date(2026, 3, 13), at("2026-03-20 17:00"), "unknown", "hour when it began"),
        (HOLD, at("2026-03-13 17:00"), date(2026, 3, 20), "unknown", "without an hour"),
        (HOLD, at("2026-03-13 17:00"), None, "open", "March 15, 2026, 5:00 p.m. EDT"),
        (OUTCOME, date(2026, 3, 1), None, "open", "March 31, 2026"),
        (HOLD, at("2026-03-13 17:00"), at("2026-03-13 16:59"), "unknown", "earlier"),
        (OUTCOME, date(2026, 3, 2), date(2026, 3, 1), "unknown", "earlier"),
    ],
)
def test_a_missing_or_impossible_date_is_said_and_never_filled_in(
    clock: Clock, start: When | None, ended: When | None, verdict: Verdict, says: str
) -> None:
    found = judge(clock, start, ended)
    assert (found.verdict, found.late_by) == (verdict, None)
    assert says in found.sentence and found.sentence.endswith(".")
    assert (found.due is None) is (start is None or says == "hour when it began")


@pytest.mark.parametrize(
    ("text", "zone", "says"),
    [
        ("2026-03-08 02:30", NEW_YORK, "does not exist"),
        ("2026-03-08 02:30-05:00", NEW_YORK, "does not exist"),
        ("2026-11-01 01:30", NEW_YORK, "UTC-4 or UTC-5"),
        ("2026-11-01 01:30-06:00", NEW_YORK, "not the one"),
        ("2026-07-01 12:00-05:00", NEW_YORK, "not the one"),
        ("2026-07-01 12:00", "America/Atlantis", "no such time zone"),
    ],
)
def test_a_time_that_the_place_does_not_have_once_is_refused(
    text: str, zone: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        local_moment(datetime.fromisoformat(text), zone)


def test_a_time_that_the_place_has_once_needs_no_offset() -> None:
    assert str(at("2026-03-08 03:00")) == "2026-03-08T03:00:00-04:00[America/New_York]"
    assert at("2026-03-08 02:30", ARIZONA) == at("2026-03-08 02:30-07:00", ARIZONA)


@pytest.mark.parametrize(
    "terms",
    [{}, {"hours": 1, "days": 1}, {"hours": 0}, {"days": -1}, {"months": 100_001}],
)
def test_a_clock_has_one_term_that_can_be_counted(terms: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        Clock("x", **terms)  # type: ignore[arg-type]


def test_months_have_no_weekends_to_leave_out() -> None:
    with pytest.raises(BadInput, match="not of months"):
        Clock("x", months=1, weekends="excluded")


@pytest.mark.parametrize("clock", [HOLD, COMPLAINT, OUTCOME, BIENNIAL])
def test_a_term_beyond_the_calendar_is_refused_in_words(clock: Clock) -> None:
    end = Moment(datetime(9999, 12, 31, 12, tzinfo=timezone(timedelta(hours=5))), "Etc/GMT-5")
    with pytest.raises(BadInput, match="calendar"):
        due(clock, end)


def test_a_clock_of_hours_needs_an_hour() -> None:
    with pytest.raises(BadInput, match="hour"):
        due(HOLD, date(2026, 3, 13))


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (COMPLAINT, "48 hours, weekends excluded"),
        (CITIZEN, "1 hour"),
        (OUTCOME, "30 days"),
        (FOCUS_REVIEW, "6 months"),
    ],
)
def test_a_clock_in_words(clock: Clock, words: str) -> None:
    assert clock.in_words == words


def test_a_span_in_words() -> None:
    assert span_in_words(timedelta(days=2, hours=3, seconds=1)) == "2 days 3 hours 1 second"
    assert span_in_words(timedelta()) == "0 seconds"


# -- properties --------------------------------------------------------------------------------

seconds = st.integers(0, int(timedelta(days=365 * 60).total_seconds()))
instants = seconds.map(lambda s: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
moments = st.builds(Moment.at, instants, st.sampled_from(ZONES))
hour_clocks = st.builds(
    Clock,
    st.just("x"),
    hours=st.integers(1, 400),
    weekends=st.sampled_from(["counted", "excluded"]),
)
day_clocks = st.builds(
    Clock, st.just("x"), days=st.integers(1, 400), weekends=st.sampled_from(["counted", "excluded"])
) | st.builds(Clock, st.just("x"), months=st.integers(1, 60))


@given(hour_clocks, moments)
def test_hours_end_after_they_began_and_never_too_soon(clock: Clock, start: Moment) -> None:
    end = due(clock, start)
    assert isinstance(end, Moment) and end.zone == start.zone
    elapsed = end.instant - start.instant
    assert elapsed >= timedelta(hours=clock.hours or 0)
    assert clock.weekends == "excluded" or elapsed == timedelta(hours=clock.hours or 0)
    assert clock.weekends == "counted" or end.day.weekday() < 5


@given(day_clocks, st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_days_end_after_they_began(clock: Clock, start: date) -> None:
    end = due(clock, start)
    assert isinstance(end, date) and end > start
    assert clock.weekends == "counted" or end.weekday() < 5


@given(hour_clocks, moments, st.integers(0, 400 * 3600))
def test_who_starts_later_is_due_no_earlier(clock: Clock, start: Moment, after: int) -> None:
    later = Moment.at(start.instant + timedelta(seconds=after), start.zone)
    first, last = due(clock, start), due(clock, later)
    assert isinstance(first, Moment) and isinstance(last, Moment)
    assert first.instant <= last.instant


@given(day_clocks, st.dates(date(1970, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_whose_day_is_later_is_due_no_earlier(clock: Clock, start: date, after: int) -> None:
    first, last = due(clock, start), due(clock, start + timedelta(days=after))
    assert isinstance(first, date) and isinstance(last, date) and first <= last


@given(moments, st.integers(1, 200), st.integers(1, 200), st.sampled_from(["counted", "excluded"]))
def test_hours_can_be_counted_in_two_goes(
    start: Moment, first: int, second: int, weekends: str
) -> None:
    def hours(count: int) -> Clock:
        return Clock("x", hours=count, weekends=weekends)  # type: ignore[arg-type]

    assert due(hours(second), due(hours(first), start)) == due(hours(first + second), start)


@given(instants, st.sampled_from([NEW_YORK, ARIZONA, HAWAII, GUAM]))
@example(datetime(2026, 3, 9, 4, tzinfo=UTC), NEW_YORK)  # Monday 00:00
def test_a_working_week_of_hours_ends_at_the_same_hour_a_week_later(
    instant: datetime, zone: str
) -> None:
    """120 hours without weekends; American clocks change on Sundays, which do not count."""
    start = Moment.at(instant, zone)
    assume(start.day.weekday() < 5)
    end = due(Clock("x", hours=120, weekends="excluded"), start)
    assert isinstance(end, Moment)
    assert end.local.replace(tzinfo=None) == start.local.replace(tzinfo=None) + timedelta(days=7)


@given(hour_clocks, instants, st.sampled_from([NEW_YORK, ARIZONA, HAWAII, GUAM]))
def test_counted_hour_by_hour_it_comes_to_the_same(
    clock: Clock, instant: datetime, zone: str
) -> None:
    """The plain way: step through the hours and count those that begin on a day that counts."""
    hour = instant.replace(minute=0, second=0)
    place, counted = ZoneInfo(zone), 0
    step = hour
    while counted < (clock.hours or 0) or not _counts(clock, step, place):
        counted += _counts(clock, step, place)
        step += timedelta(hours=1)
    assert due(clock, Moment.at(hour, zone)) == Moment.at(step, zone)


def _counts(clock: Clock, at: datetime, place: ZoneInfo) -> bool:
    return clock.weekends == "counted" or at.astimezone(place).weekday() < 5


@given(hour_clocks | day_clocks, moments, moments)
def test_a_verdict_agrees_with_the_due_date(clock: Clock, start: Moment, ended: Moment) -> None:
    assume(ended.instant >= start.instant)
    found = judge(clock, start, ended)
    until = due(clock, start)
    at_place = Moment.at(ended.instant, start.zone)
    late = at_place.instant > until.instant if isinstance(until, Moment) else at_place.day > until
    assert found.verdict == ("late" if late else "in time")
    assert (found.late_by is not None) is late and found.due == until


@given(moments)
def test_the_time_on_the_wall_with_its_offset_is_always_the_moment(moment: Moment) -> None:
    assert local_moment(moment.local, moment.zone) == moment


# -- the command -------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def _clock(terminal: Terminal, *terms: object, zone: str = NEW_YORK) -> list[dict[str, object]]:
    return terminal.run("rules", "clock", *terms, "--zone", zone)


def test_the_command_says_when_it_is_due_and_how_late_it_was(terminal: Terminal) -> None:
    asked = ("--hours", 48, "--without-weekends", "--start", "2026-03-13 17:00")
    [said] = _clock(terminal, *asked, "--ended", "2026-03-17 19:30")
    assert said["clock"] == "48 hours, weekends excluded" and said["binding"] == "hard"
    assert said["due"] == "2026-03-17T17:00:00-04:00[America/New_York]"
    assert said["verdict"] == "late" and said["late_seconds"] == 9000
    assert said["late_by"] == "2 hours 30 minutes"
    [said] = _clock(terminal, *asked, "--ended", "2026-03-17 19:30", "--generally")
    assert said["verdict"] == "ask"
    [said] = _clock(terminal, *asked)
    assert said["verdict"] == "open" and said["ended"] is None and said["late_by"] is None
    [said] = _clock(terminal, *asked[:3])
    assert said["verdict"] == "unknown" and said["due"] is None


def test_the_command_takes_days_and_moments_of_other_zones(terminal: Terminal) -> None:
    [said] = terminal.run("rules", "clock", "--months", 6, "--start", "2026-08-31")
    assert said["due"] == "2027-02-28"
    ended = "2026-03-11T14:00:00-07:00[America/Phoenix]"
    [said] = _clock(terminal, "--hours", 48, "--start", "2026-03-09T17:00", "--ended", ended)
    assert said["verdict"] == "in time" and said["ended"] == ended
    [said] = _clock(terminal, "--hours", 1, "--start", "2026-11-01 01:30:15-05:00")
    assert said["due"] == "2026-11-01T02:30:15-05:00[America/New_York]"


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (("--hours", 1, "--start", "2026-03-08 02:30"), "does not exist"),
        (("--hours", 1, "--start", "2026-11-01 01:30"), "comes twice"),
        (("--hours", 1, "--start", "2026-02-30 01:30"), "--start names a day"),
        (("--hours", 1, "--start", "yesterday"), "--start must read like"),
        (("--hours", 1, "--start", "0026-03-08 02:30"), "1900"),
        (("--days", 1, "--start", "9999-12-31"), "1900"),
        (("--days", 1, "--start", "2026-03-08", "--ended", "2026-03-09 25:00"), "--ended names"),
        (("--days", 1, "--start", "2026-03-08 02:30[Nowhere]"), "must read like"),
        (("--start", "2026-03-08"), "one term"),
        (("--hours", 1, "--days", 1), "one term"),
        (("--months", 1, "--without-weekends"), "not of months"),
        (("--months", 100_000, "--start", "2026-03-08"), "calendar"),
    ],
)
def test_the_command_refuses_in_one_sentence(
    terminal: Terminal, terms: tuple[object, ...], says: str
) -> None:
    assert _clock(terminal, *terms) == [] and terminal.code == 2
    assert says in terminal.errors and terminal.errors.count("\n") == 1


def test_an_hour_needs_a_place(terminal: Terminal) -> None:
    assert terminal.run("rules", "clock", "--hours", 1, "--start", "2026-03-08 01:30") == []
    assert terminal.code == 2 and "--zone" in terminal.errors
    assert _clock(terminal, "--hours", 1, "--start", "2026-03-08 01:30", zone="Mars/Base") == []
    assert terminal.code == 2 and "no such time zone" in terminal.errors
