"""The marks on each photo as they are drawn. Where people disagree about a blur, all of it is."""

from collections.abc import Iterable

from inspector_app.inspection.log_reading import LogReading
from inspector_app.photos import Mark
from inspector_app.photos.marks import SIDE
from inspector_app.records import Annotation


def marks_of(reading: LogReading, photo: str) -> tuple[Mark, ...]:
    """The marks on one photo, the oldest first."""
    return _drawn(reading, annotations_of(reading, photo))


def marks_by_photo(reading: LogReading) -> dict[str, tuple[Mark, ...]]:
    """The marks of every photo that has some."""
    by_photo: dict[str, list[Annotation]] = {}
    for annotation in reading.all(Annotation):
        by_photo.setdefault(annotation.photo, []).append(annotation)
    return {photo: _drawn(reading, found) for photo, found in by_photo.items()}


def annotations_of(reading: LogReading, photo: str) -> list[Annotation]:
    """The records of the marks on one photo, the oldest first."""
    return [found for found in reading.all(Annotation) if found.photo == photo]


def parts_blurred(marks: Iterable[Mark]) -> int:
    """How many parts of a picture are taken away: its caption says so."""
    return sum(mark.shape == "blur" for mark in marks)


def _drawn(reading: LogReading, found: Iterable[Annotation]) -> tuple[Mark, ...]:
    marks = (mark_of(reading, annotation) for annotation in found)
    return tuple(mark for mark in marks if mark is not None)


def mark_of(reading: LogReading, annotation: Annotation) -> Mark | None:
    """The mark as it is drawn, or None while it has no shape or place."""
    places = [annotation.x1, annotation.y1, annotation.x2, annotation.y2]
    if annotation.shape == "blur":
        xs = _values(reading, annotation.id, "x1", "x2") or [0, SIDE]
        ys = _values(reading, annotation.id, "y1", "y2") or [0, SIDE]
        return Mark("blur", min(xs), min(ys), max(xs), max(ys))
    if annotation.shape is None or None in places:
        return None
    x1, y1, x2, y2 = (place or 0 for place in places)
    color = annotation.color or "red"
    return Mark(annotation.shape, x1, y1, x2, y2, color, annotation.text)


def _values(reading: LogReading, record: str, *names: str) -> list[int]:
    """Everybody's values of places; where one was taken away, the blur reaches to the side."""
    found: list[int] = []
    for name in names:
        values = list(reading.log.current(record, name).values()) or [None]
        missing = 0 if name.endswith("1") else SIDE
        found += [value if isinstance(value, int) else missing for value in values]
    return [min(max(value, 0), SIDE) for value in found]
