"""What was seen or photographed: what belongs to nothing yet, and which items photos speak to."""

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


def photographed(reading: Reading) -> frozenset[str]:
    """The items that a photo is evidence of, by itself or with an observation."""
    links = reading.all(Link)
    of_photo = {link.from_ for link in links if link.to.startswith(f"{Photo.kind}:")}
    ends = of_photo | {link.from_ for link in links if link.to in of_photo}
    seen = {one.item for one in reading.all(Observation) if one.id in of_photo}
    return frozenset(seen | {end.removeprefix("answer:") for end in ends})
