"""The past in words: what was set to what, by whom, when. No field name or id reaches a person."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector_app.errors import BadInput
from inspector_app.identity import roles
from inspector_app.inspection import Inspection
from inspector_app.inspection.book import Book
from inspector_app.log import REMOVED
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import BY_KIND
from inspector_app.ui.icons import WORDS
from inspector_app.ui.naming import name_of

if TYPE_CHECKING:
    from inspector_app.change import Change, Edit
    from inspector_app.workspace.books import Kept
    from inspector_app.workspace.history import Told

_FIELDS = {
    "alt": "Alternative text",
    "held": "Time",
    "sha256": "File",
    "taken": "Time",
    "own_copy": "Quoted from one’s own copy",
    "violated": "Confirmed as violated",
    "first_day": "First day",
    "last_day": "Last day",
}
_KINDS = {
    "visit": "The visit",
    "member": "Team",
    "answer": "Answers",
    "sampled-file": "Files of samples",
    "document-review": "Document reviews",
    "sign-off": "Signatures",
    "frame": "Lists of files",
}
_HOW = {
    "undo": "undone",
    "redo": "done again",
    "recovered": "recovered after an interruption",
    "amendment": "amended although signed",
}
UNSEEN = ("question", "nonce")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONG_HEX = re.compile(r"[0-9a-f]{64}")
_RECORD = re.compile(r"[a-z]+(-[a-z]+)*:[A-Za-z0-9._-]+")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a history: what, which value, who and when; a mark where there is a state."""

    key: str
    title: str
    text: str
    foot: str
    mark: str = ""

    @property
    def words(self) -> str:
        """What a screen reader says of the row."""
        state = WORDS.get(self.mark, "")
        return ", ".join(part for part in (self.title, self.text, self.foot, state) if part)


def kind_words(kind: str) -> str:
    """A kind of record, as a filter calls it."""
    return _KINDS.get(kind, f"{kind.replace('-', ' ').capitalize()}s")


def when(at: str, *, at_place_of: str = "") -> str:
    """`Tue Mar 10, 2026, 14:51`, at the place; or at that of another moment, to compare them."""
    moment = Moment.parse(at)
    if at_place_of:
        moment = Moment.at(moment.instant, Moment.parse(at_place_of).zone)
    local = moment.local
    return f"{local:%a %b} {local.day}, {local.year}, {local:%H:%M}"


def foot_of(told: "Told") -> str:
    """Who, when, and how it came about where that was out of the ordinary."""
    parts = [told.name, when(told.at), _HOW.get(told.how, "")]
    if told.arrived:
        parts.append(f"came in a bundle on {when(told.arrived, at_place_of=told.at)}")
    return " · ".join(part for part in parts if part)


def field_words(inspection: "Kept", record: str, field: str) -> str:
    """`Note`, `Warrant served`: a field as its label on the page says it."""
    name, _, key = field.partition(".")
    if name == REMOVED:
        return "Removed"
    if key:
        return _entry_words(inspection, record, name, key)
    return _FIELDS.get(name, name.replace("_", " ").replace("-", " ").capitalize())


def _entry_words(inspection: "Kept", record: str, name: str, key: str) -> str:
    if isinstance(inspection, Book):
        return f"{name.capitalize()}, {inspection.word(name, key)}"
    form = inspection.form
    attributes = [a for kind in form.sample_kinds for a in kind.attributes if a.id == key]
    topics = [t for role in form.interview_roles for t in role.topics if t.id == key]
    if attributes:
        return f"{'Note on ' if name == 'notes' else ''}{attributes[0].label}"
    if topics:
        what = "Quote on" if name == "quotes" else "Answer on"
        return f"{what} “{topics[0].english}”"
    return f"{name.replace('_', ' ').capitalize()}, {key}"


def slot_words(inspection: "Kept", record: str, field: str) -> str:
    """`Note of J-02`: a field and the record that it belongs to."""
    name = re.sub(r"^The ", "the ", name_of(inspection, record))
    return f"{field_words(inspection, record, field)} of {name}"


def value_words(inspection: "Kept", record: str, field: str, value: Any) -> str:
    """A stored value as people say it."""
    if value is None:
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, str):
        return "A sealed name" if isinstance(value, dict) and "sealed" in value else "A list"
    return _text_words(inspection, record, field, value)


def _text_words(inspection: "Kept", record: str, field: str, value: str) -> str:
    if isinstance(inspection, Book) and (word := inspection.word(field.partition(".")[0], value)):
        return word
    if _is_choice(record, field):
        return WORDS.get(value, value.replace("-", " ").capitalize())
    if _DAY.fullmatch(value):
        return _day(value)
    if _LONG_HEX.fullmatch(value):
        return "A file, known by its fingerprint"
    if isinstance(inspection, Inspection) and field in ("item", "area", "point", "role"):
        return _of_form(inspection, record, field, value)
    if _RECORD.fullmatch(value) and value.partition(":")[0] in BY_KIND:
        return name_of(inspection, value)
    try:
        moment = Moment.parse(value)
    except BadInput:
        return value
    return f"{day_in_words(moment.day)}, {moment.local:%H:%M}"


def _day(text: str) -> str:
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        return text


def _is_choice(record: str, field: str) -> bool:
    """Whether the field takes one of a few words, which are stored with hyphens."""
    cls = BY_KIND.get(record.partition(":")[0])
    name = field.partition(".")[0]
    infos = [i for n, i in cls.model_fields.items() if name in (n, i.alias)] if cls else []
    return any("Literal" in str(info.annotation) for info in infos)


def _of_form(inspection: "Inspection", record: str, field: str, value: str) -> str:
    if field == "item":
        return value.upper()
    if field == "role":
        asked = {role.id: role.title for role in inspection.form.interview_roles}
        held = {id: role.title for id, role in roles().items()}
        return (asked if record.startswith("interview:") else held).get(value, value)
    areas = inspection.form.areas
    named = {area.id: area.title for area in areas}
    named |= {point.id: point.text for area in areas for point in area.points}
    return named.get(value, value)


# -- whole changes -------------------------------------------------------------------------------


def seen_edits(change: "Change") -> list["Edit"]:
    """The edits of a change that say something to a person."""
    return [edit for edit in change.edits if edit.field not in UNSEEN]


def edit_words(inspection: "Kept", edit: "Edit") -> str:
    """`Note: both pages are there`."""
    if edit.field == REMOVED:
        return "Removed" if edit.value else "Brought back into view"
    name = field_words(inspection, edit.record, edit.field)
    return f"{name}: {value_words(inspection, edit.record, edit.field, edit.value)}"


def change_line(inspection: "Inspection", change: "Change", told: "Told") -> Line:
    """A change in a list: what it was about, then its values as far as there is room."""
    edits = seen_edits(change)
    records = list(dict.fromkeys(edit.record for edit in edits))
    text = " · ".join(edit_words(inspection, edit) for edit in edits[:6])
    if len(edits) > 6:
        text += f" · and {len(edits) - 6} more"
    return Line(change.id, _title(inspection, change, records), text[:_MOST], foot_of(told))


def _title(inspection: "Inspection", change: "Change", records: list[str]) -> str:
    if change.is_first:
        return "The inspection was started"
    if len(records) == 1 and records[0].partition(":")[0] in BY_KIND:
        return name_of(inspection, records[0])
    words = change.label.removeprefix("amendment: ")
    return words[:1].upper() + words[1:] or f"{len(records)} records"
