"""The short numbers by which people speak of records: INT-1, T-07, I-03, S-1, photo 1."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

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
    numbers: dict[str, str] = {}
    used: dict[str, int] = {}
    for finding in in_report_order(reading):
        topic = "BP" if finding.class_ == "best-practice" else _topic(reading, finding)
        used[topic] = used.get(topic, 0) + 1
        numbers[finding.id] = f"{topic}-{used[topic]}"
    return numbers


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
    return {
        **_numbered(in_time(reading.all(Observation)), "T-{:02}"),
        **_numbered(in_time(reading.all(Interview)), "I-{:02}"),
        **_numbered(reading.all(DocumentReview), "S-{}"),
        **_numbered(in_time(reading.all(Photo)), "photo {}"),
    }


Timed = TypeVar("Timed", Observation, Interview, Photo)


def in_time(records: Sequence[Timed]) -> list[Timed]:
    """By when something was seen, held or taken; what has no time comes last."""
    return sorted(records, key=_instant)


def _instant(record: Observation | Interview | Photo) -> datetime:
    at = record.taken if isinstance(record, Photo) else record.held
    return Moment.parse(at).instant if at else datetime.max.replace(tzinfo=UTC)


def _numbered(records: Sequence[Record], shape: str) -> dict[str, str]:
    return {record.id: shape.format(n) for n, record in enumerate(records, 1)}
