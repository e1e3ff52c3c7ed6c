"""The figures that GAO-21-186 prints, as data: cells, printed totals and prose apart.

They are here to be tied out (`rules/tying.py`) and to be compared with what the same engine makes
of records; nothing in them is corrected.
"""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspector_app.derived.figures import Figures
from inspector_app.paths import resource
from inspector_app.rules.tying import Table

FOLDER = "gao-21-186"
SOURCE = "GAO-21-186"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as published and as computed from records."""

    what: str
    published: str
    computed: str

    @property
    def same(self) -> bool:
        return self.published == self.computed


@cache
def said() -> Mapping[str, Any]:
    """What is printed beside the cells: resources/gao-21-186/published.toml."""
    return tomllib.loads(resource(f"{FOLDER}/published.toml").read_text("utf-8"))


@cache
def published_table(name: str) -> Table:
    """`table-2` (deficiencies) or `table-3` (areas of concern), with its printed totals."""
    with resource(f"{FOLDER}/{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    cells = {row[0]: tuple(map(int, row[1:])) for row in rows}
    about = said()[name]
    return Table(tuple(map(int, head[1:])), cells, tuple(about["printed"]), about["stated"])


def supervisor_failures(table: Table) -> list[tuple[int, int, int, int]]:
    """By year: D10 to D12, which the prose counts; all of ICE's rows; and all deficiencies.

    The prose of 2019 and 2020 means field supervisors alone: 42 of 86 and 16 of 47. All rows that
    ICE answers for, with D13 and D14, are 44 and 17.
    """
    about = said()["supervisors"]
    narrow, wide = tuple(about["codes"]), tuple(about["ice"])
    return [
        (year, table.sum_of(narrow, year), table.sum_of(wide, year), table.sums[place])
        for place, year in enumerate(table.years)
    ]


def outcomes() -> list[tuple[str, str]]:
    """What is published of follow-up and closeout: what was counted, and `14 of 15`."""
    found = []
    for year, about in said()["follow-up"].items():
        found.append((f"{year}: focus reviews held", _of(about["held"], about["planned"])))
        found.append((f"{year}: deficiencies resolved", _of(*about["deficiencies"])))
        found.append((f"{year}: areas of concern resolved", _of(*about["concerns"])))
    closeout = said()["closeout"]
    return [*found, ("Closed out", _of(closeout["closed"], closeout["of"]))]


def compared(figures: Figures) -> list[Compared]:
    """Follow-up and closeout as published, beside what these records give."""
    computed = [one for year in said()["follow-up"] for one in _follow_up(figures, int(year))]
    years = [figures.by_year[year] for year in said()["closeout"]["years"]]
    closed = _of(sum(len(y.closed) for y in years), sum(len(y.with_findings) for y in years))
    pairs = zip(outcomes(), [*computed, closed], strict=True)
    return [Compared(what, printed, found) for (what, printed), found in pairs]


def _follow_up(figures: Figures, year: int) -> Sequence[str]:
    found = figures.follow_up(year)
    deficiencies, concerns = found.deficiencies, found.concerns
    return (
        _of(len(found.held), len(found.planned)),
        _of(deficiencies.resolved, deficiencies.of),
        _of(concerns.resolved, concerns.of),
    )


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}"
