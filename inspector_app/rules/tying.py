"""Totals that tie out, or do not: sums of the cells beside printed totals and what a text says.

Nothing is corrected: cells, printed totals and prose are kept apart, and a difference is named.
The workbook case is Table 2 of GAO-21-186, whose column for 2017 adds to 14 under a printed 13.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Table:
    """Counts by row and year. `printed` are totals as published, by year; `stated` what prose says.

    Both are None for the program's own tables, whose totals are only ever computed.
    """

    years: tuple[int, ...]
    cells: Mapping[str, tuple[int, ...]]
    printed: tuple[int, ...] | None = None
    stated: int | None = None

    @cached_property
    def sums(self) -> tuple[int, ...]:
        """The sum of each column."""
        return tuple(sum(row[place] for row in self.cells.values()) for place in self._places)

    @property
    def total(self) -> int:
        """The sum of all cells."""
        return sum(self.sums)

    @property
    def printed_total(self) -> int | None:
        """The sum of the printed totals."""
        return None if self.printed is None else sum(self.printed)

    @property
    def differences(self) -> tuple[int, ...]:
        """By year: the sum of the cells less the printed total."""
        printed = self.sums if self.printed is None else self.printed
        return tuple(ours - theirs for ours, theirs in zip(self.sums, printed, strict=True))

    @property
    def ties(self) -> bool:
        """Whether cells, printed totals and prose give the same numbers everywhere."""
        return not any(self.differences) and self.stated in (None, self.total)

    @property
    def faults(self) -> tuple[str, ...]:
        """Each difference in words; none when the table ties."""
        years = zip(self.years, self.sums, self.printed or self.sums, strict=True)
        found = [
            f"Fiscal year {year}: the rows add to {ours}; the published total is {theirs}."
            for year, ours, theirs in years
            if ours != theirs
        ]
        return (*found, *self._fault_of_all()) if not self.ties else ()

    def _fault_of_all(self) -> tuple[str, ...]:
        parts = [f"All years: the rows add to {self.total}"]
        if self.printed_total not in (None, self.total):
            parts.append(f"the published totals to {self.printed_total}")
        if self.stated not in (None, self.total):
            parts.append(f"and the published text says {self.stated}")
        return (", ".join(parts) + ".",) if len(parts) > 1 else ()

    def row_sum(self, code: str) -> int:
        """The sum of one row over the years."""
        return sum(self.cells.get(code, ()))

    def sum_of(self, codes: tuple[str, ...], year: int) -> int:
        """The sum of some rows in one year."""
        place = self.years.index(year)
        return sum(self.cells[code][place] for code in codes if code in self.cells)

    @property
    def _places(self) -> range:
        return range(len(self.years))
