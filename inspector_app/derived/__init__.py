"""What spans inspections: typed rows of each log, from which lists and the year's figures come.

A row set is made of one log and says nothing that the log does not. It is local and made anew
whenever the log differs (`workspace/derived_rows.py`); a person never writes one, and a page of
one inspection never reads one. The columns here are those of the tables in the encrypted store
and of the sheets that are exported: one definition.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, get_type_hints

from inspector_app import canonical
from inspector_app.inspection import Inspection
from inspector_app.inspection.counting import side
from inspector_app.records import Closeout, CorrectiveAction, EarlierFinding, Finding
from inspector_app.rules.follow_up import fiscal_year

EDITION = 3
"""Counted up when a row here is made in another way, so that every log's rows are made anew."""
STAMPED = f"{EDITION} "
"""How the stamp of rows begins that were made as this version makes them."""


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One visit: an inspection, a focus review or an oversight review (`purpose`).

    `year` is the fiscal year of its first day, as in its report's number. `follows` is the
    inspection whose findings it looks at again. `closed` is the day of the closeout memo.
    """

    table: ClassVar[str] = "inspection"
    log: str
    purpose: str
    practice: int
    state: str
    agency: str
    model: str
    signed: date
    field_office: str
    first_day: date | None
    last_day: date | None
    year: int | None
    deficiencies: int
    concerns: int
    practices: int
    unclassified: int
    final: int
    focus_due: date | None
    no_focus_reason: int
    follows: str
    closed: date | None

    @property
    def findings(self) -> int:
        """Deficiencies and areas of concern together; best practices never count."""
        return self.deficiencies + self.concerns

    @property
    def title(self) -> str:
        """`Hamilton County Sheriff’s Office, IN`."""
        return f"{self.agency.replace(chr(39), '’')}, {self.state}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as its inspection has it; `party` is lea, ice, both or none."""

    table: ClassVar[str] = "finding"
    log: str
    finding: str
    number: str
    class_: str
    type: str
    title: str
    party: str
    section: str
    verify: str
    repeats: str


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """An earlier finding in a later visit, and what that says: resolved, unresolved or nothing."""

    table: ClassVar[str] = "earlier"
    log: str
    inspection: str
    finding: str
    number: str
    class_: str
    type: str
    result: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """ERO's corrective action for a finding of this inspection.

    `status`: open, accepted, or conflict while two offices' plans for it stand side by side.
    """

    table: ClassVar[str] = "action"
    log: str
    finding: str
    agrees: str
    target: date | None
    done: date | None
    status: str


Row = InspectionRow | FindingRow | EarlierRow | ActionRow
TABLES: tuple[type[Row], ...] = (InspectionRow, FindingRow, EarlierRow, ActionRow)
R = TypeVar("R", InspectionRow, FindingRow, EarlierRow, ActionRow)


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of all logs that were asked for."""

    inspections: Sequence[InspectionRow] = ()
    findings: Sequence[FindingRow] = ()
    earlier: Sequence[EarlierRow] = ()
    actions: Sequence[ActionRow] = ()

    @property
    def tables(self) -> tuple[Sequence[Row], ...]:
        """The rows of each table, in the order of TABLES."""
        return self.inspections, self.findings, self.earlier, self.actions

    def of(self, practice: bool) -> "Rows":
        """Only what is practice, or only what is not: the two are never counted together."""
        logs = {row.log for row in self.inspections if bool(row.practice) == practice}
        return Rows(
            [row for row in self.inspections if row.log in logs],
            [row for row in self.findings if row.log in logs],
            [row for row in self.earlier if row.log in logs],
            [row for row in self.actions if row.log in logs],
        )


def stamp(heads: Iterable[str]) -> str:
    """What rows were made from: how rows are made in this version, and the log's heads."""
    return f"{STAMPED}{canonical.sha256(canonical.encode([*sorted(heads)]))}"


def rows_of(inspection: Inspection) -> Iterator[Row]:
    """The rows of one log, from its records as they are now."""
    yield inspection_row(inspection)
    yield from map(_finding_row(inspection), inspection.findings())
    for earlier in inspection.all(EarlierFinding):
        yield EarlierRow(
            inspection.id, earlier.inspection, earlier.finding, earlier.number,
            earlier.class_ or "", earlier.type, earlier.result or "",
        )  # fmt: skip
    for action in inspection.all(CorrectiveAction):
        yield ActionRow(
            inspection.id, _own(action.id), action.agrees or "", action.target, action.done,
            "conflict" if inspection.log.disputed(action.id) else action.status or "",
        )  # fmt: skip


def inspection_row(inspection: Inspection) -> InspectionRow:
    """The row of the visit itself. A closeout memo without a day is none."""
    counts, visit, agency = inspection.counts(), inspection.visit, inspection.agency
    memo = inspection.get(Closeout, "closeout:self")
    inspected = inspection.kind == "inspection"
    return InspectionRow(
        log=inspection.id,
        purpose=inspection.kind,
        practice=int(inspection.practice),
        state=agency.state,
        agency=agency.name,
        model=agency.model,
        signed=agency.signed,
        field_office=visit.field_office.strip(),
        first_day=visit.first_day,
        last_day=visit.last_day,
        year=fiscal_year(visit.first_day) if visit.first_day else None,
        deficiencies=counts.deficiencies,
        concerns=counts.concerns,
        practices=counts.practices,
        unclassified=counts.unclassified,
        final=int(bool(inspection.signed("report"))),
        focus_due=inspection.focus_review().due if inspected else None,
        no_focus_reason=int(bool(visit.no_focus_review_reason.strip())),
        follows=str(inspection.log.about.get("follows") or ""),
        closed=memo.day if memo else None,
    )


class _finding_row:  # noqa: N801  # a function that keeps the numbers, which are computed once
    def __init__(self, inspection: Inspection) -> None:
        self._inspection, self._numbers = inspection, inspection.finding_numbers()

    def __call__(self, finding: Finding) -> FindingRow:
        return FindingRow(
            log=self._inspection.id,
            finding=_own(finding.id),
            number=self._numbers[finding.id],
            class_=finding.class_ or "",
            type=finding.type,
            title=self._inspection.numbers(finding.title),
            party=side(self._inspection.parties(finding.id)),
            section=finding.section,
            verify=finding.verify or "",
            repeats=finding.repeats,
        )


def _own(record: str) -> str:
    return record.partition(":")[2]


# -- rows as columns ---------------------------------------------------------------------------


def columns(cls: type[Row]) -> tuple[tuple[str, type], ...]:
    """The columns of a table: their names, and str, int or date."""
    return _COLUMNS[cls]


def _columns(cls: type[Row]) -> tuple[tuple[str, type], ...]:
    hints = get_type_hints(cls)
    types = {str: str, int: int, int | None: int, date: date, date | None: date}
    return tuple((field.name.rstrip("_"), types[hints[field.name]]) for field in fields(cls))


_COLUMNS = {cls: _columns(cls) for cls in TABLES}
_VALUES = {cls: attrgetter(*(field.name for field in fields(cls))) for cls in TABLES}


def stored(row: Row) -> tuple[str | int | None, ...]:
    """A row as the store and the sheets hold it; a day as in 2026-03-10."""
    values = _VALUES[type(row)](row)
    return tuple(v.isoformat() if isinstance(v, date) else v for v in values)


def read(cls: type[R], values: Sequence[Any]) -> R:
    """A row from what the store holds."""
    given = list(values)
    for place in _DAYS[cls]:
        given[place] = _day(given[place])
    return cls(*given)


_DAYS = {
    cls: tuple(place for place, (_, kind) in enumerate(_COLUMNS[cls]) if kind is date)
    for cls in TABLES
}


@lru_cache(4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
