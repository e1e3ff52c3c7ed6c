"""Commands on the rules alone: clocks, fiscal years, the focus review, samples. No workspace."""

import re
import sys
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from inspector_app import forms
from inspector_app.cli import main, say
from inspector_app.errors import BadInput
from inspector_app.forms.clock import Binding, Clock, Weekends
from inspector_app.moments import Moment, day_in_words
from inspector_app.rules.clocks import When, judge, local_moment, span_in_words
from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.rules.follow_up import focus_review
from inspector_app.rules.sampling import RANDOM, read_frame, seed_of, sha256_order

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LOCAL = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?", re.ASCII)
_YEARS = range(1900, 2200)
_BYTES = 64 * 1024 * 1024


def _day(context: click.Context, option: click.Parameter, text: str) -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else date.min
    except ValueError:
        day = date.min
    if day.year not in _YEARS:
        raise BadInput(f"{option.opts[0]} must be a day like 2026-03-10, from 1900 to 2199.")
    return day


@main.group("rules")
def rules() -> None:
    """The rules by themselves, to try and to check them."""


# -- clocks ------------------------------------------------------------------------------------


@rules.command("clock")
@click.option("--hours", type=int, help="The term in elapsed hours.")
@click.option("--days", type=int, help="The term in calendar days.")
@click.option("--months", type=int, help="The term in calendar months.")
@click.option("--without-weekends", is_flag=True, help="Saturdays and Sundays do not count.")
@click.option("--generally", is_flag=True, help="The clause says generally: a miss is a question.")
@click.option("--form", "form_id", help="Take the clock from this form …")
@click.option("--clock", "clock_id", help="… by its name there; see `rules clocks`.")
@click.option("--start", help='When it began, such as "2026-03-13 17:00", or a day.')
@click.option("--ended", help="When it was done; left out, the clock is open.")
@click.option("--zone", help="The facility's IANA time zone, such as America/Chicago.")
def clock(
    hours: int | None,
    days: int | None,
    months: int | None,
    without_weekends: bool,
    generally: bool,
    form_id: str | None,
    clock_id: str | None,
    start: str | None,
    ended: str | None,
    zone: str | None,
) -> None:
    """Until when something is due, and whether it was done in time."""
    if form_id or clock_id:
        given = _clock_of(form_id or "", clock_id or "")
    else:
        weekends: Weekends = "excluded" if without_weekends else "counted"
        binding: Binding = "generally" if generally else "hard"
        given = Clock("given", hours, days, months, weekends, binding)
    say(_judgment(given, _when("start", start, zone), _when("ended", ended, zone)))


def _clock_of(form_id: str, clock_id: str) -> Clock:
    """A clock of a form; BadInput names those that the form has."""
    clocks = forms.load(form_id).clocks
    if clock_id not in clocks:
        raise BadInput(f"The form has no clock of that name; it has {', '.join(clocks) or 'none'}.")
    return clocks[clock_id]


@rules.command("clocks")
@click.option("--form", "form_id", help="Only those of this form.")
def clocks(form_id: str | None) -> None:
    """The clocks that the agreements set, by form."""
    for form in [forms.load(form_id)] if form_id else forms.shipped():
        for point in form.points:
            if point.clock is not None:
                found = point.clock
                words = {"clock": found.id, "topic": point.topic, "term": found.in_words}
                place = {"binding": found.binding, "section": point.section}
                say({"form": form.id, **words, **place})


def _judgment(given: Clock, start: When | None, ended: When | None) -> dict[str, Any]:
    found = judge(given, start, ended)
    return {
        "clock": given.in_words,
        "binding": given.binding,
        "start": _shown(start),
        "due": _shown(found.due),
        "ended": _shown(ended),
        "verdict": found.verdict,
        "late_by": span_in_words(found.late_by) if found.late_by is not None else None,
        "late_seconds": int(found.late_by.total_seconds()) if found.late_by is not None else None,
        "sentence": found.sentence,
    }


def _shown(when: When | None) -> str | None:
    return None if when is None else str(when)


def _when(option: str, text: str | None, zone: str | None) -> When | None:
    """A day, a time at the place, or a moment as it is stored."""
    if text is None:
        return None
    try:
        when = _read(option, text.strip(), zone)
    except ValueError:
        raise BadInput(f"--{option} names a day or an hour that does not exist.") from None
    if (when.day if isinstance(when, Moment) else when).year not in _YEARS:
        raise BadInput(f"--{option} must lie between the years 1900 and 2199.")
    return when


def _read(option: str, text: str, zone: str | None) -> When:
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if "[" in text:
        stored = Moment.parse(text)
        return local_moment(stored.local, stored.zone)
    if not _LOCAL.fullmatch(text):
        raise BadInput(f"--{option} must read like 2026-03-13 17:00 or 2026-03-13.")
    if zone is None:
        raise BadInput(f"--{option} has an hour, so --zone must say at which place.")
    return local_moment(datetime.fromisoformat(text), zone)


# -- fiscal year, focus review -----------------------------------------------------------------


@rules.command("fiscal-year")
@click.argument("day", callback=_day)
def fiscal_year(day: date) -> None:
    """The fiscal year of a day, with its first and last day."""
    year = FiscalYear.of(day)
    say(
        {
            "day": day,
            "fiscal_year": year.year,
            "words": str(year),
            "first_day": year.first_day,
            "last_day": year.last_day,
        }
    )


@rules.command("focus-review")
@click.option("--last-day", required=True, callback=_day, help="The last day on site.")
@click.option("--findings", required=True, type=click.IntRange(min=0))
def focus(last_day: date, findings: int) -> None:
    """Whether and until when a focus review follows. Best practices are no findings."""
    review = focus_review(findings, last_day)
    if review.due is None:
        sentence = "Fewer than four deficiencies and areas of concern: no focus review is flagged."
    else:
        sentence = f"OPR generally holds a focus review, due by {day_in_words(review.due)}."
    say({**asdict(review), "flagged": review.flagged, "sentence": sentence})


# -- samples -----------------------------------------------------------------------------------


@rules.command("draw")
@click.option("--seed", required=True, help="The id of the inspection.")
@click.option("--number", required=True, type=click.IntRange(min=1), help="Which draw, from 1.")
@click.option("--size", required=True, type=click.IntRange(min=1), help="How many files.")
def draw(seed: str, number: int, size: int) -> None:
    """Draw the sample of a frame from standard input again: one identifier a line.

    Prints places in the frame, from 1, and no identifier; `then` replace, in that order.
    """
    frame = read_frame(_lines())
    if size > len(frame):
        raise BadInput(
            f"The sample must have between 1 and {len(frame):,} files; nothing was drawn."
        )
    text = seed_of(seed, number)
    order = sha256_order(frame, text)
    said = {"method": RANDOM, "seed": text, "number": number, "frame": len(frame), "size": size}
    say({**said, "positions": order[:size], "then": order[size:]})


def _lines() -> list[str]:
    data = sys.stdin.buffer.read(_BYTES + 1)
    if len(data) > _BYTES:
        raise BadInput("The list of files is over 64 MB; nothing was drawn.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(f"The list of files is not UTF-8; see line {line}.") from None
    return text.removesuffix("\n").split("\n") if text else []
