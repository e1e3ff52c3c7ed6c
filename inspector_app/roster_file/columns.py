"""The columns of a roster, a list of acts and a list of contacts, found by their headings.

A heading is known by several names. One that is nearly known is refused as renamed; one that is
strange is left unread and said so. Columns of names are never read. Places are told by number and
letter, since a sheet, a heading or a cell may hold a person's name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from inspector_app.agencies.sheets import Sheet
from inspector_app.errors import BadInput
from inspector_app.rules.training_lists import course_key

# The first heading of each is the one that templates have and sentences use.
ROSTER = {
    "number": ("Officer number", "Officer", "Officer label", "Officer no", "Officer ID", "Label",
               "Number", "No", "Badge", "Badge number", "Badge no", "DIO number", "DIO"),
    "nominated": ("Nominated", "Date nominated", "Nomination", "Nomination date", "Nominated on"),
    "citizenship": ("Citizenship proof", "Proof of citizenship", "Citizenship", "US citizen",
                    "Citizenship verified", "Proof of US citizenship"),
    "background": ("Background decided", "Background decision", "Background", "Background cleared",
                   "Background investigation", "Background check", "Eligibility decision"),
    "trained_from": ("Trained from", "Training from", "Training start", "Training started",
                     "Training began", "Class start", "Initial training from"),
    "trained_to": ("Trained to", "Training to", "Training end", "Training ended", "Graduated",
                   "Graduation", "Graduation date", "Training completed", "Class end",
                   "Initial training", "Initial training to", "Initial training completed"),
    "exams": ("Exam scores", "Exam score", "Exams", "Exam", "Scores", "Score", "Test scores",
              "Test score", "Final exam", "Final exam score"),
    "refreshers": ("Refresher dates", "Refresher date", "Refreshers", "Refresher",
                   "Refresher training", "Refresher course", "Recertified", "Recertification"),
    "certified": ("Certified", "Certification", "Certified on", "Date certified",
                  "Certification date", "ICE certification"),
    "letter": ("Authorization letter", "Letter", "Authorized", "Authorization", "Authorized on",
               "Authorization date", "Date authorized", "Letter of authorization",
               "Authorization letter date"),
    "form_70_006": ("Form 70-006", "ICE Form 70-006", "70-006",
                    "Designated Immigration Officer form"),
    "credential_number": ("Credential number", "Credential no", "Credential", "Credential ID"),
    "credential_issued": ("Credential issued", "Credentials issued", "Credential issued on",
                          "Credential issue date", "Date credential issued"),
    "credential_returned": ("Credential returned", "Credentials returned", "Credential return",
                            "Credential returned on", "Date credential returned",
                            "Credential return date"),
    "suspended_from": ("Suspended from", "Suspended", "Suspension", "Suspension from",
                       "Suspension start", "Date suspended", "Suspended on"),
    "suspended_to": ("Suspended to", "Suspension to", "Suspension end", "Reinstated",
                     "Reinstated on", "Date reinstated", "Suspended until"),
    "revoked": ("Revoked", "Revocation", "Revoked on", "Date revoked", "Revocation date",
                "Withdrawn", "Withdrawal", "Withdrawn on", "Revocation letter"),
    "left": ("Left", "Left on", "Date left", "Departed", "Left program", "Left the program",
             "Separated", "Separation date", "End of participation"),
    "verified": ("Annual verification", "Annual verifications", "Verified", "Verified on",
                 "Verification", "Verification date", "Yearly verification"),
    "notice": ("Notice of leaving", "Notice to ICE", "Leaving notice", "Notice of departure",
               "Notice date", "90 day notice", "Notice given"),
}  # fmt: skip
ACTS = {
    "number": ROSTER["number"],
    "day": ("Day", "Date", "Date of act", "Act date", "Day of act", "Served", "Served on",
            "Date served"),
    "kind": ("Act", "Kind", "Kind of act", "Type", "Function"),
}  # fmt: skip
CONTACTS = {
    "language": ("Language", "Poster", "Poster language"),
    "contact": ("Contact", "Contacts", "Text", "As printed"),
}
NEEDED = {"number", "trained_to", "letter", "day", "language", "contact"}
NUMBERED = {"exams", "refreshers", "verified"}  # may have several columns: Exam 1, Exam 2

_NAMES = ("Name", "Names", "Officer name", "Name of officer", "Full name", "Last name", "Surname",
          "First name", "Middle name", "Given name", "Last", "First", "Rank and name")  # fmt: skip
_COURSE = re.compile(r"(?:ANNUAL |TRAINING |ONLINE )?COURSE (?P<title>.+)")
_HEADING_ROWS = 20
_NEAR = 0.82


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands. `columns` is by field, `courses` by `course_key`, both in order.

    `unread` are the columns whose headings say nothing here.
    """

    sheet: Sheet
    place: str
    heading: int
    columns: Mapping[str, Sequence[int]]
    courses: Mapping[str, int]
    unread: Sequence[int]

    def at(self, row: int, column: int | None = None) -> str:
        """`sheet 2, row 5, column D`."""
        where = f"{self.place}, {self.sheet.row} {row}"
        return where if column is None else f"{where}, column {letter(column)}"

    def cell(self, row: int, field: str) -> Any:
        """The one cell of a field; None where the table has no such column."""
        columns = self.columns.get(field)
        return self.sheet.cells[row].get(columns[0]) if columns else None

    def rows(self) -> list[int]:
        """The rows under the headings in which a column that is read holds something."""
        read = {at for columns in self.columns.values() for at in columns} | {
            *self.courses.values()
        }
        return [
            row
            for row, cells in self.sheet.cells.items()
            if row > self.heading and any(_filled(cells.get(at)) for at in read)
        ]

    @property
    def unread_in_words(self) -> str:
        """`columns D and F`, or nothing."""
        letters = [letter(at) for at in self.unread]
        return ("column " if len(letters) == 1 else "columns ") + " and ".join(letters)


def find_table(sheets: Sequence[Sheet], fields: Mapping[str, Sequence[str]], what: str) -> Table:
    """The likeliest table among the sheets that show. BadInput says what is missing or renamed."""
    tables = [
        _table(sheet, f"sheet {number}" if sheet.row == "row" else "the file", row, fields)
        for number, sheet in enumerate(sheets, 1)
        if not sheet.hidden
        for row in islice(sheet.cells, _HEADING_ROWS)
    ]
    best = max(tables, key=lambda table: len(table.columns), default=None)
    if best is None or len(best.columns) < 2:
        headings = " and ".join(
            f"“{names[0]}”" for field, names in fields.items() if field in NEEDED
        )
        raise BadInput(f"The {what} has no row of headings; it needs {headings}.")
    missing = [fields[name][0] for name in fields if name in NEEDED and name not in best.columns]
    if missing:
        raise BadInput(_missing_in_words(best, missing, what))
    faults = [*_renamed(best, fields), *_twice(best, fields)]
    if faults:
        raise BadInput(f"The {what} has headings that are not clear; nothing was taken.", faults)
    return best


def letter(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _table(sheet: Sheet, place: str, row: int, fields: Mapping[str, Sequence[str]]) -> Table:
    known = {_compared(name): field for field, names in fields.items() for name in names}
    columns: dict[str, list[int]] = {}
    courses: dict[str, int] = {}
    unread: list[int] = []
    for at, cell in sorted(sheet.cells[row].items()):
        heading = _compared(cell)
        field = known.get(heading) or _numbered(heading, known)
        course = _COURSE.fullmatch(heading) if fields is ROSTER else None
        if field:
            columns.setdefault(field, []).append(at)
        elif course and (key := course_key(course["title"])) not in courses:
            courses[key] = at
        elif heading and heading not in _NAMES_COMPARED:
            unread.append(at)
    return Table(sheet, place, row, columns, courses, unread)


def _numbered(heading: str, known: Mapping[str, str]) -> str | None:
    field = known.get(re.sub(r" \d{1,2}$", "", heading))
    return field if field in NUMBERED else None


def _compared(heading: Any) -> str:
    """A heading as it is compared: capitals, digits and single spaces."""
    text = "" if heading is None else str(heading)
    return " ".join(re.findall("[A-Z0-9]+", text.upper()))


_NAMES_COMPARED = frozenset(map(_compared, _NAMES))


def _filled(cell: Any) -> bool:
    return cell is not None and bool(str(cell).strip())


def _missing_in_words(table: Table, missing: Sequence[str], what: str) -> str:
    names = " and ".join(f"“{name}”" for name in missing)
    words = f"The {what} has no column {names} ({table.at(table.heading)})"
    if table.unread:
        return f"{words}; not known there: {table.unread_in_words}. Rename it and read it again."
    return f"{words}; add it, empty where nothing is known."


def _renamed(table: Table, fields: Mapping[str, Sequence[str]]) -> list[str]:
    """Columns whose headings are nearly those of a field that the table lacks."""
    absent = {
        _compared(name): names[0]
        for field, names in fields.items()
        if field not in table.columns
        for name in names
        if len(name) > 4
    }
    faults = []
    for at in table.unread:
        heading = _compared(table.sheet.cells[table.heading][at])
        for near in get_close_matches(heading, absent, 1, _NEAR):
            faults.append(f"{table.at(table.heading, at)}: did you mean “{absent[near]}”?")
    return faults


def _twice(table: Table, fields: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        f"{table.at(table.heading, columns[1])}: a second column “{fields[field][0]}”"
        for field, columns in table.columns.items()
        if len(columns) > 1 and field not in NUMBERED
    ]
