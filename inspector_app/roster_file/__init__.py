"""Files that an agency or an inspector brings: rosters, lists of acts, contacts on posters.

CSV (UTF-8) or Excel workbooks. Each file is taken whole or not at all: BadInput lists every cell
that cannot be read, by sheet, row and column and without its text. Names of officers are never
read; an officer is a number.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from inspector_app.agencies.sheets import sheets_of
from inspector_app.errors import BadInput
from inspector_app.roster_file import entries
from inspector_app.roster_file.columns import ACTS, CONTACTS, ROSTER, Table, find_table
from inspector_app.roster_file.entries import Unreadable
from inspector_app.rules.posters import LANGUAGES, Language
from inspector_app.rules.roster import Act, Officer
from inspector_app.rules.spans import NOTHING, Said, Span

__all__ = ["Roster", "read_acts", "read_contacts", "read_roster", "template"]

_LONGEST_KIND, _LONGEST_CREDENTIAL, _LONGEST_CONTACT = 60, 40, 300
_SAID = (
    *("nominated", "citizenship", "background", "trained_from", "trained_to", "refreshers"),
    *("certified", "letter", "form_70_006", "credential_issued", "credential_returned"),
    *("revoked", "left", "verified", "notice"),
)
NO_SCORES: tuple[float, ...] = ()
ENGLISH: Language = "en"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Roster:
    """The officers of a file. `absent` are known columns that it lacks, `unread` its strange ones.

    Both are in words for a person: nothing is known of what stands in them.
    """

    officers: tuple[Officer, ...]
    absent: tuple[str, ...]
    unread: str


class _Reading:
    """Reads cells of a table and gathers the faults."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.faults: list[str] = []

    def read(self, row: int, column: int, how: Callable[..., T], otherwise: T, *more: Any) -> T:
        """What `how` makes of a cell; a fault with the place where it cannot be read."""
        try:
            return how(self.table.sheet.cells[row].get(column), *more)
        except Unreadable as why:
            self.faults.append(f"{self.table.at(row, column)}: {why}.")
            return otherwise

    def field(self, row: int, name: str, how: Callable[..., T], otherwise: T, *more: Any) -> T:
        """The same for a field; `otherwise` where the table has no such column."""
        columns = self.table.columns.get(name)
        return self.read(row, columns[0], how, otherwise, *more) if columns else otherwise

    def finish(self, what: str) -> None:
        """BadInput with all faults, if there are any."""
        if self.faults:
            count = "a cell" if len(self.faults) == 1 else f"{len(self.faults)} cells"
            raise BadInput(
                f"The {what} has {count} that cannot be read; nothing was taken.", self.faults
            )


def read_roster(data: bytes) -> Roster:
    """The officers of a roster in its order, with what the file leaves out."""
    table = find_table(sheets_of(data), ROSTER, "roster")
    reading = _Reading(table)
    officers: dict[str, Officer] = {}
    for row in table.rows():
        officer = _officer(reading, row)
        if officer.number in officers:
            reading.faults.append(f"{table.at(row)}: this officer's number stands there twice.")
        if officer.number:
            officers[officer.number] = officer
    reading.finish("roster")
    if not officers:
        raise BadInput(f"The roster has headings ({table.at(table.heading)}) but no officers.")
    absent = tuple(names[0] for field, names in ROSTER.items() if field not in table.columns)
    return Roster(tuple(officers.values()), absent, table.unread_in_words if table.unread else "")


def _officer(reading: _Reading, row: int) -> Officer:
    table = reading.table
    epoch = table.sheet.epoch
    says = {name: reading.field(row, name, entries.said, NOTHING, epoch) for name in _SAID}
    for name in ("refreshers", "verified"):
        for at in table.columns.get(name, ())[1:]:
            says[name] = _joined(says[name], reading.read(row, at, entries.said, NOTHING, epoch))
    exams: list[float] = []
    for at in table.columns.get("exams", ()):
        exams += reading.read(row, at, entries.scores, NO_SCORES)
    _check_order(reading, row, says)
    return Officer(
        number=reading.field(row, "number", entries.label, ""),
        exams=tuple(exams),
        courses={
            key: reading.read(row, at, entries.said, NOTHING, epoch)
            for key, at in table.courses.items()
        },
        credential_number=reading.field(
            row, "credential_number", entries.short_text, "", _LONGEST_CREDENTIAL
        ),
        suspended=_suspended(reading, row, epoch),
        **says,
    )


def _joined(one: Said, other: Said) -> Said:
    """What two columns of one field say together: a day in one outweighs a bare no in the other."""
    days = tuple(sorted({*one.days, *other.days}))
    words = {one.word, other.word} - {None}
    return Said(days, True if True in words else False if words and not days else None)


def _suspended(reading: _Reading, row: int, epoch: datetime) -> tuple[Span, ...]:
    start = reading.field(row, "suspended_from", entries.said, NOTHING, epoch)
    end = reading.field(row, "suspended_to", entries.said, NOTHING, epoch)
    return reading.field(row, "suspended_from", lambda _: entries.spans(start, end), ())


def _check_order(reading: _Reading, row: int, says: Mapping[str, Said]) -> None:
    began, ended = says["trained_from"].first, says["trained_to"].first
    if began is not None and ended is not None and ended < began:
        reading.faults.append(f"{reading.table.at(row)}: the training ends before it begins.")


def read_acts(data: bytes) -> tuple[Act, ...]:
    """Acts under the agreement: a day, the officer's number, and what it was."""
    table = find_table(sheets_of(data), ACTS, "list of acts")
    reading = _Reading(table)
    acts = [
        Act(
            day=reading.field(row, "day", entries.one_day, datetime.min.date(), table.sheet.epoch),
            officer=reading.field(row, "number", entries.label, ""),
            kind=reading.field(row, "kind", entries.short_text, "", _LONGEST_KIND),
        )
        for row in table.rows()
    ]
    reading.finish("list of acts")
    return tuple(acts)


def read_contacts(data: bytes) -> dict[Language, tuple[str, ...]]:
    """What was read from posters: the contacts, as printed, of the English and the Spanish one."""
    table = find_table(sheets_of(data), CONTACTS, "list of contacts")
    reading = _Reading(table)
    found: dict[Language, list[str]] = {}
    for row in table.rows():
        language = reading.field(row, "language", _language, ENGLISH)
        text = reading.field(row, "contact", entries.short_text, "", _LONGEST_CONTACT)
        found.setdefault(language, []).append(text)
    reading.finish("list of contacts")
    return {language: tuple(text for text in texts if text) for language, texts in found.items()}


def _language(value: Any) -> Language:
    text = str(value or "").strip().casefold()
    for language, names in LANGUAGES.items():
        if text in names:
            return language
    raise Unreadable("it must be English or Spanish")


def template(courses: Sequence[str] = ()) -> bytes:
    """An empty roster as CSV: the headings of docs/roster.md, then one for each course."""
    headings = [names[0] for names in ROSTER.values()] + [f"Course {title}" for title in courses]
    out = io.StringIO(newline="")
    csv.writer(out).writerow(headings)
    return out.getvalue().encode("utf-8-sig")  # with the mark by which Excel knows UTF-8
