"""What was seen or photographed and belongs to nothing yet: the inbox of the tour."""

from inspector_app.inspection.reading import Reading
from inspector_app.records import Link, Observation, Photo


def unfiled(reading: Reading) -> list[Observation | Photo]:
    """Observations without an item, then photos, to which nothing links; oldest first.

    Ask through `Reading.once`. The inbox, the gallery and `checks` show these and no others.
    """
    held = {link.to for link in reading.all(Link)}
    seen = [one for one in reading.all(Observation) if not one.item]
    records: list[Observation | Photo] = [*seen, *reading.all(Photo)]
    return [one for one in records if one.id not in held]
