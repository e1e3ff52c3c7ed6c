"""Roles and what each may do: the table `resources/roles.toml`.

A card states a role and the person who accepts it grants one; what a grant allows is read here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from inspector_app.paths import resource


@dataclass(frozen=True)
class Role:
    """A role: its `title` for people, and the acts that it `may` do."""

    title: str
    may: tuple[str, ...]


@cache
def roles() -> dict[str, Role]:
    """Every role by its id, in the order of the table."""
    table = tomllib.loads(resource("roles.toml").read_text(encoding="utf-8"))
    return {id: Role(row["title"], tuple(row["may"])) for id, row in table["role"].items()}
