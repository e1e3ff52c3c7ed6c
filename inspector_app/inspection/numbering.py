"""The short numbers by which people speak of records: INT-1, T-07, I-03, S-1, photo 1.

They follow the records until the report is issued. From then on a record keeps the number under
which readers know it, what is new gets the next one of its series, and no number comes back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from inspector_app.inspection import issues
from inspector_app.inspection.reading import Reading
from inspector_app.moments import Moment
from inspector_app.records import (
    DocumentReview,
    Finding,
    FindingClass,
    Interview,
    Observation,
    Photo,
    Record,
)

WITHOUT_TOPIC = "GEN"
_ORDER: dict[FindingClass | None, int] = {"deficiency": 0, "area-of-concern": 1}


def finding_numbers(reading: Reading) -> dict[str, str]:
    """A number per finding: topic-n, deficiencies first, in the form's order; practices BP-n."""
    series: dict[str, list[Finding]] = {}
    for finding in in_report_order(reading):
        topic = "BP" if finding.class_ == "best-practice" else _topic(reading, finding)
        series.setdefault(topic, []).append(finding)
    fixed = issues.fixed_numbers(reading)
    return {
        record: number
        for topic, findings in series.items()
        for record, number in _numbered(findings, topic + "-{}", fixed).items()
    }


def in_report_order(reading: Reading) -> list[Finding]:
    """Findings as a report lists them."""
    places = {item.id: place for place, item in enumerate(reading.form.items)}
    return sorted(
        reading.all(Finding),
        key=lambda f: (_ORDER.get(f.class_, 2), places.get(f.item, len(places))),
    )


def _topic(reading: Reading, finding: Finding) -> str:
    items = {item.id: item for item in reading.form.items}
    return items[finding.item].topic if finding.item in items else WITHOUT_TOPIC


def record_numbers(reading: Reading) -> dict[str, str]:
    """The numbers of everything else: T-01, I-01, S-1 and `photo 1`."""
    fixed = issues.fixed_numbers(reading)
    return {
        **_numbered(in_time(reading.all(Observation)), "T-{:02}", fixed),
        **_numbered(in_time(reading.all(Interview)), "I-{:02}", fixed),
        **_numbered(reading.all(DocumentReview), "S-{}", fixed),
        **_numbered(in_time(reading.all(Photo)), "photo {}", fixed),
    }


Timed = TypeVar("Timed", Observation, Interview, Photo)


def in_time(records: Sequence[Timed]) -> list[Timed]:
    """By when something was seen, held or taken; what has no time comes last."""
    return sorted(records, key=_instant)


def _instant(record: Observation | Interview | Photo) -> datetime:
    at = record.taken if isinstance(record, Photo) else record.held
    return Moment.parse(at).instant if at else datetime.max.replace(tzinfo=UTC)


def _numbered(records: Sequence[Record], shape: str, fixed: Mapping[str, str]) -> dict[str, str]:
    stem = shape.partition("{")[0]
    next_one = _highest(fixed.values(), stem) + 1
    numbers = {}
    for record in records:
        if fixed.get(record.id, "").startswith(stem):
            numbers[record.id] = fixed[record.id]
        else:
            numbers[record.id] = shape.format(next_one)
            next_one += 1
    return numbers


def _highest(numbers: Iterable[str], stem: str) -> int:
    """The highest number that was ever issued in a series."""
    ends = (number.removeprefix(stem) for number in numbers if number.startswith(stem))
    return max((int(end) for end in ends if end.isdecimal()), default=0)
