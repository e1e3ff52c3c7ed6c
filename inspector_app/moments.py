"""Moments: local time, UTC offset and the IANA zone of the place, in one string (RFC 9557).

`2026-03-10T09:42:07-04:00[America/Indiana/Indianapolis]`: the offset fixes the instant even if
the zone's rules change later, the zone says which calendar days were weekend days there.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from inspector_app.errors import BadInput

_SHAPE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)\[([A-Za-z0-9_+/-]{1,60})\]")

_YEARS = range(2, 9999)
"""Within these years a moment has a day and an hour in every zone."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the place it belongs to. `local` is aware, with the stored offset."""

    local: datetime
    zone: str

    @classmethod
    def parse(cls, text: str) -> "Moment":
        """Read the stored form; BadInput when it is anything else."""
        found = _SHAPE.fullmatch(text)
        if not found:
            raise BadInput("A moment must read like 2026-03-10T09:42:07-04:00[America/New_York].")
        try:
            local = datetime.fromisoformat(found[1])
            if local.year not in _YEARS:
                raise ValueError("no other clock could show it")
            return cls(local, found[2])
        except ValueError:
            raise BadInput("A moment names a day or an hour that does not exist.") from None

    @classmethod
    def at(cls, instant: datetime, zone: str) -> "Moment":
        """The moment of an aware `instant` at a place in `zone`, to the second."""
        return cls(instant.astimezone(known_zone(zone)).replace(microsecond=0), zone)

    @staticmethod
    def kept_instant(text: str) -> datetime:
        """The instant, in UTC, of a moment that was read once and kept as it was."""
        return datetime.fromisoformat(text.partition("[")[0]).astimezone(UTC)

    def __str__(self) -> str:
        return f"{self.local.replace(microsecond=0).isoformat()}[{self.zone}]"

    @property
    def instant(self) -> datetime:
        """The same instant in UTC."""
        return self.local.astimezone(UTC)

    @property
    def day(self) -> date:
        """The calendar day at the place."""
        return self.local.date()

    @property
    def abbreviation(self) -> str:
        """The zone's short name at that instant, such as EDT; the offset where it has none."""
        try:
            name = self.local.astimezone(known_zone(self.zone)).tzname() or ""
        except BadInput:
            name = ""
        return name if name.isalpha() else offset_text(self.local)

    def in_words(self) -> str:
        """`March 10, 2026, 9:42 a.m. EDT (UTC-4)`, for reports."""
        clock = f"{clock_in_words(self.local)} {self.abbreviation} ({offset_text(self.local)})"
        return f"{day_in_words(self.day)}, {clock}"


def now(zone: str) -> Moment:
    """The claimed present: what this laptop's clock says."""
    return Moment.at(datetime.now().astimezone(), zone)


def known_zone(name: str) -> ZoneInfo:
    """The IANA zone `name`; BadInput when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            "There is no such time zone; it must be an IANA name like America/Chicago."
        ) from None


def offset_text(moment: datetime) -> str:
    """`UTC-4`, `UTC+5:30`."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def day_in_words(day: date) -> str:
    """`March 10, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def clock_in_words(moment: datetime) -> str:
    """`9:42 a.m.`"""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'a.m.' if moment.hour < 12 else 'p.m.'}"
