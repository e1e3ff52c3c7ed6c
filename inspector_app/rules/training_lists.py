"""Files of training lists: their shape, and every fault of one at once.

The shape is told in resources/training.toml, which an office copies for its own list.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.forms.parsing import MAX_BYTES, table_of
from inspector_app.rules.fiscal_year import FiscalYear

_LIST_KEYS = {"fiscal_year": int, "title": str, "source": str, "certainty": str, "models": list}
_COURSE_KEYS = {"id": str, "title": str, "due": str, "authority": str}
_MAY = {"historical": bool, "course": list, "day": date}
_WORDS = {
    int: "a whole number",
    str: "a text",
    list: "a list",
    bool: "true or false",
    date: "a day",
}
_CERTAINTIES = ("seen", "seed", "unverified")
_MODELS = ("JEM", "WSO", "TFM")
_YEARS = range(1997, 2100)  # the first fiscal year of section 287(g), and far enough


@dataclass(frozen=True, slots=True)
class Course:
    """One course; `day` where it is due on a fixed day, None where on the officer's anniversary."""

    id: str
    title: str
    day: date | None
    authority: str


@dataclass(frozen=True, slots=True)
class TrainingList:
    """What officers had to do in one fiscal year. `models` is empty where the source is silent."""

    fiscal_year: int
    title: str
    source: str
    certainty: str
    models: tuple[str, ...]
    historical: bool
    courses: tuple[Course, ...]

    def binds(self, model: str) -> bool:
        """Whether the list's text was read, is not of the past and names this model."""
        return self.certainty == "seen" and not self.historical and model in self.models


def course_key(text: str) -> str:
    """A course's title or id as headings and lists are compared: small letters, digits, dashes."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))


def read_lists(data: bytes, name: str) -> tuple[TrainingList, ...]:
    """The lists of a file. BadInput with every fault, each with its list and course."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"The training lists ({name}) are larger than 1 MB, which no list is.")
    try:
        table = table_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"The training lists ({name}) are not UTF-8 text.") from None
    except ValueError as error:
        raise BadInput(f"The training lists ({name}) are not TOML: {error}.") from None
    raw = table.get("list")
    if not isinstance(raw, list) or not raw or not all(isinstance(each, dict) for each in raw):
        raise BadInput(f"The training lists ({name}) hold no [[list]].")
    faults = [f"{name}: {fault}" for fault in _faults(table, raw)]
    if faults:
        raise BadInput("The training lists have faults; none of them was used.", faults)
    return tuple(_list(each) for each in raw)


def _list(raw: Mapping[str, Any]) -> TrainingList:
    courses = tuple(
        Course(each["id"], each["title"], each.get("day"), each["authority"])
        for each in raw.get("course", ())
    )
    return TrainingList(
        fiscal_year=raw["fiscal_year"],
        title=raw["title"],
        source=raw["source"],
        certainty=raw["certainty"],
        models=tuple(raw["models"]),
        historical=raw.get("historical", False),
        courses=courses,
    )


# -- faults ----------------------------------------------------------------------------------------


def _faults(table: Mapping[str, Any], raw: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from (f"there is no key “{key}”" for key in table if key not in ("list", "not_known"))
    for number, each in enumerate(raw, 1):
        place = f"list {number}"
        shape = list(_shape_faults(each, _LIST_KEYS, ("historical", "course")))
        yield from (f"{place}: {fault}" for fault in shape or _list_faults(each))
        courses = each.get("course")
        for at, course in enumerate(courses if isinstance(courses, list) else [], 1):
            shape = list(_shape_faults(course, _COURSE_KEYS, ("day",)))
            found = shape or _course_faults(course, each.get("fiscal_year"))
            yield from (f"{place}, course {at}: {fault}" for fault in found)
    years = [str(each.get("fiscal_year")) for each in raw]
    if len(set(years)) < len(years):
        yield "two lists are of the same fiscal year"


def _shape_faults(raw: Any, needed: Mapping[str, type], may: Sequence[str]) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield "it is not a table"
        return
    known = {**needed, **{name: _MAY[name] for name in may}}
    yield from (f"there is no key “{key}”" for key in raw if key not in known)
    yield from (f"“{key}” is missing" for key in needed if key not in raw)
    for key, kind in known.items():
        if key in raw and not _is(raw[key], kind):
            yield f"“{key}” must be {_WORDS[kind]}"


def _is(value: Any, kind: type) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, kind)


def _list_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    if raw["fiscal_year"] not in _YEARS:
        yield f"“fiscal_year” must be from {_YEARS[0]} to {_YEARS[-1]}"
    if raw["certainty"] not in _CERTAINTIES:
        yield f"“certainty” must be one of {', '.join(_CERTAINTIES)}"
    if not all(model in _MODELS for model in raw["models"]):
        yield f"“models” may hold {', '.join(_MODELS)}"
    courses = [each for each in raw.get("course", ()) if isinstance(each, dict)]
    if not courses:
        yield "it has no [[list.course]]"
    for key in ("id", "title"):
        names = [course_key(str(each.get(key))) for each in courses]
        if len(set(names)) < len(names):
            yield f"two courses have the same {key}"


def _course_faults(raw: Mapping[str, Any], year: Any) -> Iterator[str]:
    due = raw["due"]
    if not raw["id"] or course_key(raw["id"]) != raw["id"]:
        yield "“id” may have small letters, digits and dashes"
    if due not in ("fixed", "anniversary"):
        yield "“due” must be fixed or anniversary"
    elif (due == "fixed") != ("day" in raw):
        yield "a fixed course has a “day”, an anniversary has none"
    elif "day" in raw and year in _YEARS and raw["day"] not in FiscalYear(year):
        yield "its “day” is not in the fiscal year (October 1 to September 30)"
