"""The figures of a fiscal year, each from the list of rows that it counts.

The shapes are those of GAO-21-186: Figure 3 (inspected, with findings, four or more), Tables 2 and
3 (types by year), follow-up and closeout (footnote 60). Only OPR's inspections are counted there;
ERO's oversight reviews stand apart, and a focus review counts with the inspection it follows. An
inspection belongs to the fiscal year of its first day, as in its report's number.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from inspector_app import canonical
from inspector_app.derived import EarlierRow, FindingRow, InspectionRow, Rows, stored
from inspector_app.errors import BadInput
from inspector_app.paths import resource
from inspector_app.rules.follow_up import THRESHOLD
from inspector_app.rules.tying import Table

SPAN = 5
"""How many fiscal years a report shows, its own the last."""

NO_TYPE = "none"
CLASSES = {"deficiency": "D", "area-of-concern": "A"}


@dataclass(frozen=True, slots=True)
class FindingType:
    """A row of Table 2 or 3: its code, its words and who generally answers for it."""

    code: str
    title: str
    party: str


@cache
def finding_types() -> tuple[FindingType, ...]:
    """The types of findings, as resources/finding-types.toml lists them."""
    table = tomllib.loads(resource("finding-types.toml").read_text("utf-8"))["type"]
    return tuple(FindingType(code, row["title"], row["party"]) for code, row in table.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of the earlier findings of one class: how many were looked at again, and with what result."""

    resolved: int
    unresolved: int
    untested: int

    @property
    def of(self) -> int:
        """All that the focus reviews had before them; what nobody tested is not resolved."""
        return self.resolved + self.unresolved + self.untested


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Focus reviews of one year's inspections: called for, held, and what they found."""

    planned: Sequence[InspectionRow]
    held: Sequence[InspectionRow]
    deficiencies: Outcome
    concerns: Outcome


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year. Every number of it is the length of one of these lists."""

    year: int
    inspected: Sequence[InspectionRow]
    findings: Sequence[FindingRow]
    reviews: Sequence[InspectionRow]

    @property
    def with_findings(self) -> list[InspectionRow]:
        return [row for row in self.inspected if row.findings]

    @property
    def four_or_more(self) -> list[InspectionRow]:
        return [row for row in self.inspected if row.findings >= THRESHOLD]

    @property
    def closed(self) -> list[InspectionRow]:
        """Those with findings that have a closeout memo."""
        return [row for row in self.with_findings if row.closed]

    @property
    def without_memo(self) -> list[InspectionRow]:
        """Those with findings that have none: never unclear, always listed."""
        return [row for row in self.with_findings if not row.closed]

    @property
    def not_final(self) -> list[InspectionRow]:
        """Those whose report nobody signed, so that their numbers may change."""
        return [row for row in self.inspected if not row.final]

    def of_class(self, class_: str) -> list[FindingRow]:
        return [row for row in self.findings if row.class_ == class_]

    @property
    def practices(self) -> list[FindingRow]:
        return self.of_class("best-practice")


class Figures:
    """The figures of some fiscal years, the last of which the report is about."""

    def __init__(self, rows: Rows, year: int, span: int = SPAN) -> None:
        self.years = tuple(range(year - span + 1, year + 1))
        self._rows = rows
        self.by_year: Mapping[int, Year] = {y: self._year(y) for y in self.years}
        self._check_tied()

    @property
    def last(self) -> Year:
        """The fiscal year that the report is about."""
        return self.by_year[self.years[-1]]

    def _year(self, year: int) -> Year:
        inspected = self._visits["inspection", year]
        found = [row for visit in inspected for row in self._findings[visit.log]]
        return Year(year, inspected, found, self._visits["oversight-review", year])

    @cached_property
    def _visits(self) -> Mapping[tuple[str, int | None], list[InspectionRow]]:
        found: dict[tuple[str, int | None], list[InspectionRow]] = defaultdict(list)
        by_day = sorted(self._rows.inspections, key=lambda row: (str(row.first_day), row.title))
        for row in by_day:
            found[row.purpose, row.year].append(row)
        return found

    @cached_property
    def _findings(self) -> Mapping[str, list[FindingRow]]:
        found: dict[str, list[FindingRow]] = defaultdict(list)
        for row in self._rows.findings:
            found[row.log].append(row)
        return found

    @cached_property
    def by_log(self) -> Mapping[str, InspectionRow]:
        """Every visit by its log."""
        return {row.log: row for row in self._rows.inspections}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the rows that are counted."""
        found: list[Sequence[str | int | None]] = []
        for year in self.by_year.values():
            found += [stored(row) for row in (*year.inspected, *year.reviews)]
            found += [stored(row) for row in year.findings]
        return canonical.sha256(repr(found).encode())

    # -- Tables 2 and 3 ----------------------------------------------------------------------

    def table(self, class_: str) -> Table:
        """Findings of a class by type and year; a row more where one has no type of its class."""
        return self._tables[class_]

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        return {class_: self._table(class_) for class_ in CLASSES}

    def _table(self, class_: str) -> Table:
        letter = CLASSES[class_]
        codes = [t.code for t in finding_types() if t.code[0] == letter]
        counts = Counter((_code(row, codes), y) for y in self.years for row in self._of(y, class_))
        more = [NO_TYPE] if any(code == NO_TYPE for code, _ in counts) else []
        cells = {code: tuple(counts[code, y] for y in self.years) for code in [*codes, *more]}
        return Table(self.years, cells)

    def _of(self, year: int, class_: str) -> list[FindingRow]:
        return self.by_year[year].of_class(class_)

    def split(self, key: Callable[[InspectionRow, FindingRow], str]) -> dict[str, Table]:
        """By class, the findings of each year by something of theirs or of their inspection's."""
        return {class_: self._split(class_, key) for class_ in CLASSES}

    def _split(self, class_: str, key: Callable[[InspectionRow, FindingRow], str]) -> Table:
        counts = Counter(
            (key(self.by_log[row.log], row), y) for y in self.years for row in self._of(y, class_)
        )
        names = sorted({name for name, _ in counts})
        return Table(self.years, {n: tuple(counts[n, y] for y in self.years) for n in names})

    def _check_tied(self) -> None:
        """Our own records must tie: the findings that are listed are those that were counted."""
        for year in self.by_year.values():
            counted = (
                sum(row.deficiencies for row in year.inspected),
                sum(row.concerns for row in year.inspected),
            )
            if counted != tuple(len(year.of_class(class_)) for class_ in CLASSES):
                raise BadInput(
                    f"The findings of fiscal year {year.year} do not add up to the counts of its "
                    "inspections, so no report was made. Nothing was changed; report this."
                )

    # -- follow-up ---------------------------------------------------------------------------

    def follow_up(self, year: int) -> FollowUp:
        """Focus reviews of the inspections of a year, whenever they were held.

        Of a finding that two focus reviews looked at, the later one's result counts.
        """
        inspected = self.by_year[year].inspected
        planned = [
            row for row in inspected if row.findings >= THRESHOLD and not row.no_focus_reason
        ]
        held = [row for row in inspected if self._was_held(row)]
        found = [e for row in held for e in self._newest.get(row.log, {}).values()]
        return FollowUp(planned, held, *(_outcome(found, class_) for class_ in CLASSES))

    def open_again(self, year: int) -> list[InspectionRow]:
        """Those of a year that have a memo and of which something opened after it.

        A memo is a fact and stays counted; what a merge or a later review opened is listed beside.
        """
        return [row for row in self.by_year[year].closed if self._is_open_again(row)]

    def _is_open_again(self, row: InspectionRow) -> bool:
        found = {one.finding for one in self._findings[row.log] if one.class_ in CLASSES}
        if row.unclassified or not found <= self._accepted[row.log]:
            return True
        if not self._was_held(row):
            return row.findings >= THRESHOLD and not row.no_focus_reason
        newest = self._newest.get(row.log, {}).values()
        return not found <= {_own(one) for one in newest if one.result == "resolved"}

    @cached_property
    def _accepted(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows.actions:
            if row.status == "accepted":
                found[row.log].add(row.finding)
        return found

    def _was_held(self, row: InspectionRow) -> bool:
        """One that was called off before it tested anything is none."""
        tested = any(one.result for one in self._newest.get(row.log, {}).values())
        return tested or (row.log in self._followed and not row.no_focus_reason)

    @cached_property
    def _followed(self) -> frozenset[str]:
        return frozenset(row.follows for row in self._rows.inspections if row.follows)

    @cached_property
    def _newest(self) -> Mapping[str, Mapping[str, EarlierRow]]:
        found: dict[str, dict[str, EarlierRow]] = defaultdict(dict)
        held = {row.log: str(row.first_day) for row in self._rows.inspections}
        for row in sorted(self._rows.earlier, key=lambda row: (held.get(row.log, ""), row.log)):
            before = found[row.inspection].get(row.finding)
            if row.result or before is None:
                found[row.inspection][row.finding] = row
        return found

    # -- what comes back ---------------------------------------------------------------------

    def recurring(self) -> list[str]:
        """Types found in this year and in the year before it, the most frequent first."""
        tables = [self.table(class_) for class_ in CLASSES]
        found = [
            (sum(row), code)
            for table in tables
            for code, row in table.cells.items()
            if len(row) > 1 and row[-1] and row[-2] and code != NO_TYPE
        ]
        return [code for _, code in sorted(found, key=lambda pair: (-pair[0], pair[1]))]

    def counts_of(self, code: str) -> tuple[int, ...]:
        """How often a type was found in each year."""
        class_ = next(class_ for class_, letter in CLASSES.items() if letter == code[:1])
        return self.table(class_).cells[code]


def _own(row: EarlierRow) -> str:
    return row.finding.removeprefix("finding:")


def _code(row: FindingRow, codes: Sequence[str]) -> str:
    return row.type if row.type in codes else NO_TYPE


def _outcome(found: Sequence[EarlierRow], class_: str) -> Outcome:
    results = Counter(row.result for row in found if row.class_ == class_)
    return Outcome(results["resolved"], results["unresolved"], results[""])
