"""Standing texts and labels, from resources/report-texts.toml: the wording is data.

A template's own `**` make semibold; what is filled in goes through the door for text.
"""

import string
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspector_app.paths import resource
from inspector_app.reports.typed import Markup, text

Value = str | int | Markup

_BOLD = ("<b>", "</b>")


@dataclass(frozen=True)
class ReportSpec:
    """What makes one report different from another: its words, its issuer, its parts in order."""

    name: str
    title: str
    running: str
    issuer: tuple[str, ...]
    office: str
    author: str
    statement: str
    authority: str
    focus_review: bool
    tour: bool
    cover: bool
    signers: tuple[str, ...]
    recipients: tuple[str, ...]
    done: str
    parts: tuple[str, ...]


@cache
def _texts() -> dict[str, Any]:
    with resource("report-texts.toml").open("rb") as file:
        return tomllib.load(file)


def entry(table: str, key: str) -> Any:
    """One entry of the resource; a bug when it is not there."""
    return _texts()[table][key]


def label(key: str) -> Markup:
    """A label or the head of a column."""
    return text(entry("label", key))


def title(key: str) -> Markup:
    """The heading of a part."""
    return text(entry("heading", key))


def word(table: str, key: str | None) -> str:
    """A value of the records in words; the entry `none` where there is no value."""
    return str(entry(table, key or "none"))


def known_word(table: str, key: str) -> str:
    """As `word`, of what may have no words of its own: then empty."""
    found = _texts().get(table, {}).get(key, "")
    return found if isinstance(found, str) else ""


def report_of(kind: str, model: str) -> ReportSpec:
    """The report that is made of an inspection of this kind, under the kind's own title."""
    of_kind = entry("kind", kind)
    spec = entry("report", of_kind["report"])
    values = {name.replace("-", "_"): _frozen(value) for name, value in spec.items()}
    title = of_kind["title"].format(model=word("model-name", model))
    return ReportSpec(name=of_kind["report"], title=title, **values)


def code_of(kind: str) -> str:
    """The letters in a report's number, such as INS."""
    return str(entry("kind", kind)["code"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def say(id: str, **values: Value) -> Markup:
    """A standing text with its values filled in."""
    return fill(entry("text", id), **values)


def fill(template: str, **values: Value) -> Markup:
    """A template of the resource with its values filled in."""
    parts: list[Markup] = []
    is_bold = False
    for literal, name, spec, _ in string.Formatter().parse(template):
        pieces = literal.split("**")
        for place, piece in enumerate(pieces):
            if place:
                parts.append(Markup(_BOLD[is_bold]))
                is_bold = not is_bold
            parts.append(text(piece))
        if name is not None:
            parts.append(_filled(values[name], spec or ""))
    return Markup("".join(parts))


def _filled(value: Value, spec: str) -> Markup:
    if not isinstance(value, int):
        return value if isinstance(value, Markup) else text(value)
    manner, _, noun = spec.partition(" ")
    if manner and manner not in ("word", "Word", "plain"):
        manner, noun = "", manner
    number = _number(value, manner, alone=not noun)
    return number + text("\u00a0" + _noun(value, noun)) if noun else number


def _number(value: int, manner: str, alone: bool) -> Markup:
    words = entry("word", "numbers")
    if manner in ("word", "Word"):
        spelled = words[value] if value < len(words) else str(value)
        if alone and value == 0:
            spelled = entry("word", "alone-zero")
        return text(spelled.capitalize() if manner == "Word" else spelled)
    digits = text(f"{value:,}")
    return digits if manner == "plain" or alone else Markup(f"<b>{digits}</b>")


def _noun(value: int, noun: str) -> str:
    one, many = entry("noun", noun)
    return str(one if value == 1 else many)


def noun(value: int, name: str) -> Markup:
    """The noun alone, in the number that goes with the value."""
    return text(_noun(value, name))


def listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    found = list(parts)
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))
