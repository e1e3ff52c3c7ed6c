"""What the gallery shows of each photo, and which of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.inspection.filing import unfiled
from inspector_app.inspection.marks import marks_by_photo, parts_blurred
from inspector_app.records import Link, Observation, Photo
from inspector_app.ui.typed import short_moment

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.photos import Mark


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo of the gallery. `linked`: it belongs to something."""

    record: str
    sha256: str
    number: str
    caption: str
    at: str
    area: str
    described: bool
    linked: bool
    marks: "tuple[Mark, ...]" = ()

    @property
    def words(self) -> str:
        """What a screen reader says of it."""
        lacks = "" if self.described else "no alternative text"
        loose = "" if self.linked else "not linked"
        parts = (self.number, self.title, self.at, blurred_words(self.marks), lacks, loose)
        return ", ".join(part for part in parts if part)

    @property
    def title(self) -> str:
        return self.caption or "No caption yet"


Filter = Callable[[PhotoRow], bool]

FILTERS: dict[str, tuple[str, Filter]] = {
    "all": ("All", lambda row: True),
    "caption": ("Without caption", lambda row: not row.caption),
    "alt": ("Without alternative text", lambda row: not row.described),
    "loose": ("Not linked", lambda row: not row.linked),
}


def blurred_words(marks: "Sequence[Mark]") -> str:
    """`2 parts blurred`; empty where none is."""
    parts = parts_blurred(marks)
    return f"{parts} part{'s' if parts > 1 else ''} blurred" if parts else ""


def photo_rows(inspection: "Inspection") -> list[PhotoRow]:
    """Every photo in the order of its number, which is by time."""
    numbers, marks = inspection.record_numbers(), marks_by_photo(inspection)
    areas = {seen.id: seen.area for seen in inspection.all(Observation)}
    owners = {link.to: link.from_ for link in inspection.all(Link) if link.from_ in areas}
    loose = {one.id for one in inspection.once(unfiled)}
    photos = {photo.id: photo for photo in inspection.all(Photo)}
    return [
        PhotoRow(
            record=photo.id,
            sha256=photo.sha256 or "",
            number=number[:1].upper() + number[1:],
            caption=photo.caption.strip(),
            at=short_moment(photo.taken) if photo.taken else "",
            area=photo.area or areas.get(owners.get(photo.id, ""), ""),
            described=bool(photo.alt.strip() or photo.decorative),
            linked=photo.id not in loose,
            marks=marks.get(photo.id, ()),
        )
        for record, number in numbers.items()
        if (photo := photos.get(record))
    ]
