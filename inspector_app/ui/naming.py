"""What a record is called on a page: J-70, INT-1, T-03, Officer B-2."""

from typing import TYPE_CHECKING

from inspector_app.inspection.book import Book
from inspector_app.records import Conference, Interview, Member, SampledFile

if TYPE_CHECKING:
    from inspector_app.workspace.books import Kept

_KINDS = {
    "visit": "The visit",
    "link": "A link",
    "sampled-file": "A sampled file",
    "sign-off": "A signature",
    "conference": "A conference",
    "observation": "An observation",
    "photo": "A photo",
    "annotation": "A mark on a photo",
    "document-review": "A document review",
    "frame": "A list of files",
    "draw": "A draw",
    "interview": "An interview",
    "finding": "A finding",
    "member": "A team member",
    "roster": "The roster",
    "review": "A review",
    "disagreement": "ERO’s position",
    "issue": "An issued report",
    "signed-file": "A signed report",
    "basis": "What answers rest on",
    "decision": "A candidate finding",
    "agreement": "The signed agreement",
    "earlier-finding": "An earlier finding",
    "corrective-action": "A corrective action",
    "closeout": "The closeout memo",
}


def name_of(inspection: "Kept", record: str) -> str:
    """The name of a record for a person; its kind where it has none."""
    kind, _, id = record.partition(":")
    if isinstance(inspection, Book):
        number = inspection.numbers().get(record, "")
        return f"{kind.replace('-', ' ').capitalize()} {number}".strip()
    if kind == "answer":
        return id.upper()
    if kind == "finding":
        return inspection.finding_numbers().get(record, _KINDS[kind])
    found = inspection.record(record) if kind in _KINDS else None
    if isinstance(found, Interview) and found.label:
        return found.label
    if isinstance(found, SampledFile) and found.position:
        return f"File {found.position:02}"
    if isinstance(found, Member) and found.name:
        return found.name
    if isinstance(found, Conference) and found.type:
        return found.type.replace("-", " ").capitalize()
    number = inspection.record_numbers().get(record, "")
    return number[:1].upper() + number[1:] or _KINDS.get(kind, "The inspection")


def title_of(kept: "Kept") -> str:
    """What a log is called in a list."""
    if isinstance(kept, Book):
        return kept.title[:1].upper() + kept.title[1:]
    day = kept.visit.first_day
    return f"{kept.agency.title}{f', {day:%B %Y}' if day else ''}"
