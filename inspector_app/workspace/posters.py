"""The poster check of a tour: what should stand on the complaint posters, and what does.

The inspector copies down what he reads; the program compares and says the differences in words
(`rules.posters`). Each difference is a question, since no agreement says what must stand on a
poster (Appendix B asks for posters in English and Spanish in processing areas); so no result is
set here. What was read and what came of it go into one observation, in one change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector_app.errors import BadInput
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Observation
from inspector_app.rules import posters
from inspector_app.rules.posters import Duty, Expected, Language

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Commit, Workspace

NONE_HERE = "none hangs here"
"""What is written instead of contacts where there is no poster in a language."""
TITLES: dict[Language, str] = {"en": "English", "es": "Spanish"}
_CONTACTS = "poster-contacts"  # the point of the forms at which contacts are copied down
_HEAD = "Posters compared with the contacts known for "


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to hold a poster against. `day`: of the observation, at the facility."""

    day: date
    model: str
    duty: Duty
    expected: tuple[Expected, ...]


def is_poster_point(point: str) -> bool:
    """Whether a point of a form's tour is about complaint posters."""
    return "poster" in point.split("-") or "posters" in point.split("-")


def sheet_of(workspace: "Workspace", id: str, record: str) -> Sheet:
    """The contacts that were in use on the day of this observation, for this model and form."""
    inspection = workspace.inspection(id)
    found = _observation(inspection, record)
    day = Moment.parse(found.held).day if found.held else workspace.moment(id).day
    model = inspection.agency.model
    return Sheet(day, model, posters.duty(inspection.form), tuple(posters.expected(day, model)))


def lines_of(text: str) -> list[str]:
    """The contacts that were copied down, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def differences(sheet: Sheet, language: Language, text: str) -> list[str]:
    """What came of one poster, in sentences; the first says how much of it is as expected."""
    title = TITLES[language]
    if text.strip() == NONE_HERE:
        return [f"No {title} poster hangs here."]
    lines = lines_of(text)
    read: Mapping[Language, list[str]] = {language: lines} if lines else {}
    found = [c for c in posters.compare(sheet.day, sheet.model, read) if c.language == language]
    if not lines:
        return [each.sentence for each in found]
    right = len({c.contact.key for c in found if c.state == "expected" and c.contact})
    first = f"The {title} poster shows {right} of the {len(sheet.expected)} contacts expected."
    return [first, *_told(found)]


def _told(found: list[posters.Compared]) -> Iterator[str]:
    for each in found:
        if each.state != "expected":
            yield f"{each.sentence} It reads “{each.text}”." if each.text else each.sentence


def note(
    workspace: "Workspace", id: str, record: str, read: Mapping[Language, str], amends: str = ""
) -> "Commit":
    """Keep what was read and what came of it in this observation, filed under its item.

    BadInput where nothing was read from either poster.
    """
    inspection = workspace.inspection(id)
    found = _observation(inspection, record)
    if not any(text.strip() for text in read.values()):
        raise BadInput("Nothing was read from a poster yet. Tick or type what stands on it first.")
    sheet = sheet_of(workspace, id, record)
    values: dict[str, Any] = {
        "text": _with_result(found.text, sheet, read),
        "poster": {language: read.get(language, "").strip() or None for language in TITLES},
    }
    if item := _item(inspection, found):
        values["item"] = item
    return workspace.put_many(id, {record: values}, "poster check", amends)


def _with_result(text: str, sheet: Sheet, read: Mapping[Language, str]) -> str:
    """What was noted before, and the result in the place of an earlier one."""
    before = text.partition(_HEAD)[0].rstrip()
    lines = [f"{_HEAD}{day_in_words(sheet.day)}."]
    lines += [" ".join(differences(sheet, each, read.get(each, ""))) for each in TITLES]
    return "\n".join([*([before] if before else []), *lines])


def _item(inspection: "Inspection", found: Observation) -> str:
    """The item on contacts; where the form has none, the one it is filed under."""
    points = {p.id: p for area in inspection.form.areas for p in area.points}
    for id in (_CONTACTS, found.point):
        if id in points and points[id].item:
            return str(points[id].item)
    return found.item


def _observation(inspection: "Inspection", record: str) -> Observation:
    found = inspection.get(Observation, record)
    if found is None:
        raise BadInput("A poster check belongs to an observation; there is no such observation.")
    return found
