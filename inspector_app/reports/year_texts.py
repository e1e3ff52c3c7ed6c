"""The words of the fiscal-year report, from resources/fiscal-year-texts.toml: wording is data."""

import tomllib
from functools import cache
from typing import Any

from inspector_app.paths import resource
from inspector_app.reports.texts import Value, fill
from inspector_app.reports.typed import Markup, text


@cache
def _texts() -> dict[str, dict[str, str]]:
    with resource("fiscal-year-texts.toml").open("rb") as file:
        return tomllib.load(file)


def word(table: str, key: str) -> str:
    """One entry of the resource; a bug when it is not there."""
    return _texts()[table][key]


def say(id: str, **values: Value) -> Markup:
    """A standing text with its values filled in."""
    return fill(word("text", id), **values)


def label(id: str, **values: Value) -> Markup:
    """A label, or the head of a column."""
    return fill(word("label", id), **values)


def title(id: str, **values: Any) -> Markup:
    """A heading; years are filled in as they are."""
    return text(word("heading", id).format(**values))


def short(code: str) -> str:
    """The shortened label of a type of finding; the code itself where there is none."""
    return _texts()["short"].get(code, code)
