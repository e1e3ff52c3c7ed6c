"""Days, moments and counts as a person types and reads them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.moments import Moment, day_in_words
from inspector_app.rules.clocks import local_moment
from inspector_app.ui.editors import LineEditor

_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s*(?P<half>[ap])?\.?m?\.?\s*(?P<offset>[+-]\d\d:\d\d)?$",
    re.I,
)


def read_day(text: str) -> date:
    """A day as people write it; BadInput when it is none."""
    plain = " ".join(text.split())
    for shape in _DAYS:
        try:
            return datetime.strptime(plain, shape).date()
        except ValueError:
            continue
    raise BadInput("This is not a day. Write it like March 10, 2026 or 3/10/2026.")


def show_day(day: Any) -> str:
    """`March 10, 2026`, from a day or its stored text."""
    return day_in_words(day if isinstance(day, date) else date.fromisoformat(str(day)))


def read_moment(text: str, zone: str, usual_day: date) -> Moment:
    """A day and an hour at the place, or the hour alone; BadInput when it is neither.

    An hour that comes twice, on the night when clocks are set back, needs its offset (-04:00).
    """
    found = _CLOCK.search(text.strip())
    if not found:
        raise BadInput("This has no hour. Write it like 14:51, 2:51 pm or March 10, 2026 14:51.")
    before = text.strip()[: found.start()].strip().removesuffix(",")
    day = read_day(before) if before else usual_day
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        offset = datetime.strptime(found["offset"], "%z").tzinfo if found["offset"] else None
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=offset)
    except ValueError:
        raise BadInput("There is no such hour of the day.") from None
    return local_moment(local, zone)


def show_moment(stored: Any) -> str:
    """`March 10, 2026, 14:51`, at the place's own clock; with its offset where that comes twice."""
    moment = Moment.parse(str(stored))
    words = f"{day_in_words(moment.day)}, {moment.local:%H:%M}"
    return f"{words} {moment.local.isoformat()[-6:]}" if _comes_twice(moment) else words


def _comes_twice(moment: Moment) -> bool:
    try:
        local_moment(moment.local.replace(tzinfo=None), moment.zone)
    except BadInput:
        return True
    return False


def short_moment(stored: str) -> str:
    """`Tue 14:51`, inside an inspection, where the week is known."""
    moment = Moment.parse(stored)
    return f"{moment.local:%a %H:%M}"


def laptop_moment(stored: str) -> str:
    """`Tue Mar 10, 14:51` by this laptop's clock, of what happened here and at no facility."""
    local = Moment.parse(stored).instant.astimezone()
    return f"{local:%a %b} {local.day}, {local:%H:%M}"


def read_count(text: str) -> int:
    """A whole number; BadInput when it is none."""
    plain = text.strip().replace(",", "")
    if not plain.isdecimal() or len(plain) > 12:
        raise BadInput("This is not a whole number.")
    return int(plain)


def day_editor(placeholder: str = "March 10, 2026") -> LineEditor:
    """An editor for a stored day (ISO text in the log)."""
    return LineEditor(placeholder, read=lambda text: read_day(text).isoformat(), show=show_day)


def count_editor(placeholder: str = "") -> LineEditor:
    """An editor for a whole number."""
    return LineEditor(placeholder, read=read_count)


def moment_editor(zone: str, usual_day: Callable[[], date]) -> LineEditor:
    """An editor for a stored moment; an hour alone is on the usual day."""

    def read(text: str) -> Value:
        return str(read_moment(text, zone, usual_day()))

    return LineEditor("14:51", read=read, show=show_moment)
