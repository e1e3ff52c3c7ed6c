"""What the log of a tour lists: the inbox, then by area what was seen and what was not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.inspection.filing import unfiled
from inspector_app.records import NoCamera, Observation, Photo
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.rows import RowData
from inspector_app.workspace.touring import span_words

if TYPE_CHECKING:
    from inspector_app.forms import Area
    from inspector_app.ui.page import Page

POINT = "point:"
"""How the key of a row begins that is a point nobody has noted anything about."""


LOOSE = "loose"
"""The key of the row that stands for photos which are not listed one by one."""

MOST_PHOTOS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    title: str
    hint: str
    rows: list[RowData]


def groups(page: "Page") -> list[Group]:
    """What belongs to no item or observation stays on top until it does; then the areas."""
    seen = observation_rows(page)
    found = sorted(page.inspection.all(Observation), key=lambda o: seen[o.id].title)
    loose = {one.id for one in page.inspection.once(unfiled)}
    notes = [seen[o.id] for o in found if o.id in loose]
    title = f"Not filed yet ({len(loose)})"
    inbox = [Group(title, "", notes + _few(_loose_photos(page)))] if loose else []
    blind = {each.area for each in page.inspection.all(NoCamera)}
    areas = page.inspection.form.areas
    nowhere = [seen[o.id] for o in found if not o.area and o.id not in loose]
    return [
        *inbox,
        *(
            _of_area(area, [o for o in found if o.area == area.id], seen, area.id in blind)
            for area in areas
        ),
        *([Group("No area", f"{len(nowhere)} seen", nowhere)] if nowhere else []),
    ]


def observation_rows(page: "Page") -> dict[str, RowData]:
    """A row for each observation, by its record."""
    inspection = page.inspection
    numbers = inspection.record_numbers()
    points = {p.id: p.text for area in inspection.form.areas for p in area.points}
    rows = {}
    for found in inspection.all(Observation):
        text = found.text or f"No words yet: {points.get(found.point, '')}".rstrip(": ")
        at = span_words(found)
        disputed = ConflictCard.needed(page, found.id)
        state = "conflict" if disputed else found.result or "seen"
        rows[found.id] = RowData(found.id, numbers[found.id], text, at, state)
    return rows


def _loose_photos(page: "Page") -> list[RowData]:
    inspection = page.inspection
    numbers = inspection.record_numbers()
    return [
        RowData(p.id, numbers[p.id], p.caption or "No caption yet", "", "photo", quiet=True)
        for p in inspection.once(unfiled)
        if isinstance(p, Photo)
    ]


def _few(photos: list[RowData]) -> list[RowData]:
    """As many as a log is read with; a line leads to the others, in the gallery."""
    more = len(photos) - MOST_PHOTOS
    if more < 2:
        return photos
    words = "photos belong to no observation yet: see them all"
    return [*photos[:MOST_PHOTOS], RowData(LOOSE, f"{more} more", words, "", "photo", quiet=True)]


def _of_area(area: "Area", seen: list[Observation], rows: dict[str, RowData], blind: bool) -> Group:
    noted = {o.point for o in seen}
    unseen = [
        RowData(f"{POINT}{area.id}/{p.id}", (p.item or "").upper(), p.text, "", "unanswered")
        for p in area.points
        if p.id not in noted
    ]
    hint = f"{len(seen)} seen" + (", no camera" if blind else "")
    return Group(area.title, hint, [rows[o.id] for o in seen] + unseen)
