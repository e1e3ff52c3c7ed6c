"""Which row of a changed form is which row of the old one: by its id, else by what it says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app.authoring.sheets import shape_of

Table = dict[str, Any]

_ENOUGH = 0.5  # a row under a new id is the old one when half of its values are the old one's


@dataclass(frozen=True, slots=True)
class Row:
    """One table with an id of its own: a document, a section, an item, a topic.

    `at` counts it in its table; `owner` is the row that holds it, by its place in the list of
    those; `name` is its id, or whatever else it is known by.
    """

    names: tuple[str, ...]
    at: int
    owner: int | None
    name: Any
    table: Table


def rows(form: Table, outer: str, inner: str | None = None) -> list[Row]:
    """The rows of one top-level list of tables, or of the lists inside its tables."""
    if inner is None:
        return [_row((outer,), at, None, table) for at, table in enumerate(form.get(outer, ()))]
    return [
        _row((outer, inner), at, owner, table)
        for owner, holder in enumerate(form.get(outer, ()))
        for at, table in enumerate(holder.get(inner, ()))
    ]


def _row(names: tuple[str, ...], at: int, owner: int | None, table: Table) -> Row:
    """The grammar's first key of a table is what it is known by."""
    return Row(names, at, owner, table.get(next(iter(shape_of(names)))), table)


def matched(
    old: Sequence[Row], new: Sequence[Row], owners: dict[int, int] | None = None
) -> dict[int, int]:
    """For the places of new rows the places of the old ones; `owners` says the same of holders.

    Each old row is used once. First those with their id under their holder (of two with one id the
    one that says the same), then those that moved to another holder, then those whose id changed.
    """
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    under = owners or {}
    tests: tuple[Callable[[Row, Row], bool], ...] = (
        lambda a, b: _is_same(a, b, under) and _alike(a.table, b.table) >= _ENOUGH,
        lambda a, b: _is_same(a, b, under),
        lambda a, b: a.name == b.name and _alike(a.table, b.table) >= _ENOUGH,
        lambda a, b: a.name == b.name,
        lambda a, b: a.owner == _owner(b, under) and _alike(a.table, b.table) >= _ENOUGH,
    )
    for test in tests:
        for place, row in enumerate(new):
            if place not in found and (hit := next(_hits(old, free, row, test), None)) is not None:
                found[place] = hit
                del free[hit]
    return found


def _is_same(old: Row, new: Row, owners: dict[int, int]) -> bool:
    """Whether the new row has the old one's id, under the old one's holder."""
    return bool(old.name == new.name) and old.owner == _owner(new, owners)


def _owner(row: Row, owners: dict[int, int]) -> int | None:
    return None if row.owner is None else owners.get(row.owner)


def _hits(
    old: Sequence[Row], free: dict[int, None], row: Row, test: Callable[[Row, Row], bool]
) -> Iterator[int]:
    return (place for place in free if test(old[place], row))


def _alike(old: Table, new: Table) -> float:
    """The share of values that two tables have alike, from 0 to 1."""
    same: int = sum(key in new and new[key] == value for key, value in old.items())
    return same / max(len(old), len(new), 1)
