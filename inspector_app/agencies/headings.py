"""Where the list stands in a file: its sheets, its heading row, the column of each field.

The headings are found by name, wherever they stand: over the years the list has lost and gained
columns, called them differently, and stood on a sheet behind another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from inspector_app.agencies.cells import models_in, text_of
from inspector_app.agencies.rows import collapsed
from inspector_app.agencies.sheets import Sheet
from inspector_app.errors import BadInput

# The likelier heading first: where two columns have headings of one field, it decides.
_HEADINGS = {
    "state": ("STATE", "STATE TERRITORY", "STATE OR TERRITORY"),
    "name": ("LAW ENFORCEMENT AGENCY", "LAW ENFORCEMENT AGENCY NAME", "LAW ENFORCEMENT AGENCY LEA",
             "AGENCY", "AGENCY NAME", "LEA", "LEA NAME", "MOA NAME", "NAME"),
    "type": ("TYPE", "AGENCY TYPE", "LEA TYPE", "TYPE OF AGENCY"),
    "county": ("COUNTY", "COUNTY NAME", "COUNTY PARISH", "COUNTY OR PARISH"),
    "model": ("SUPPORT TYPE", "SUPPORT", "MODEL", "PROGRAM MODEL", "287G MODEL", "287G PROGRAM",
              "PROGRAM TYPE", "TYPE OF SUPPORT", "MOA TYPE", "AGREEMENT TYPE", "PROGRAM"),
    "signed": ("SIGNED", "DATE SIGNED", "DATES SIGNED", "SIGNED DATE", "SIGNED ON", "MOA SIGNED",
               "MOA SIGNED DATE", "DATE MOA SIGNED", "SIGNATURE DATE", "DATE OF SIGNATURE",
               "DATE OF SIGNING", "MOA DATE", "OFFICIAL APPROVAL"),
    "moa": ("MOA",),
    "moa_url": ("MOA LINK", "LINK TO MOA", "MOA URL", "LINK"),
    "addendum": ("ADDENDUM", "ADDENDA", "MOA ADDENDUM"),
    "addendum_url": ("ADDENDUM LINK", "LINK TO ADDENDUM", "ADDENDUM URL"),
}  # fmt: skip
NEEDED = ("state", "name", "model", "signed")
_CUSTOMARY = ("type", "county", "moa", "addendum")
_KNOWN = {
    heading: (field, rank)
    for field, group in _HEADINGS.items()
    for rank, heading in enumerate(group)
}
_HEADING_ROWS = 20  # a title or a date may stand above the headings
_MOST_NAMED = 12  # headings of a strange file in one sentence


@dataclass(frozen=True, slots=True)
class Table:
    """The list on a sheet: the number of its heading row, the column of each field.

    `unknown` are the columns whose headings say nothing, or name a field a second time.
    `model_under_type` says that the models stand under TYPE, as they did before 2018.
    """

    sheet: Sheet
    heading: int
    columns: dict[str, int]
    unknown: dict[int, str]
    model_under_type: bool = False

    @property
    def place(self) -> str:
        return f"{self.sheet.place}, {self.sheet.row} {self.heading}"

    @property
    def whole(self) -> bool:
        return all(name in self.columns for name in NEEDED)

    def agreements(self) -> Iterator[int]:
        """The rows with at least two of the four things that an agreement needs.

        Fewer is no agreement: a total, a footnote. The headings may stand there once more.
        """
        for number in self.below():
            if sum(bool(self.text(number, name)) for name in NEEDED) >= 2:
                yield number

    def below(self) -> Iterator[int]:
        """The filled rows under the headings, but for the headings printed again."""
        for number in self.sheet.cells:
            if number > self.heading and not self._repeats(number):
                yield number

    def text(self, row: int, field: str) -> str:
        column = self.columns.get(field)
        return text_of(self.sheet.cells[row].get(column)) if column else ""

    def _repeats(self, row: int) -> bool:
        texts = (self.text(row, name) for name in NEEDED)
        fields = [_KNOWN.get(_as_compared(text)) for text in texts if text]
        return len(fields) >= 2 and all(fields)

    def missing(self) -> list[str]:
        """The customary columns that this copy does not have, by their usual headings."""
        return [
            _HEADINGS[name][0]
            for name in _CUSTOMARY
            if name not in self.columns and f"{name}_url" not in self.columns
        ]


def lists_in(sheets: Sequence[Sheet]) -> list[Table]:
    """The list on every sheet that has it, the longest first; hidden ones for want of others.

    BadInput names the column that the likeliest sheet lacks, and the headings that it has instead.
    """
    found = [_with_models(table) for sheet in sheets if (table := _best(sheet)) is not None]
    lists = [table for table in found if table.whole]
    shown = [table for table in lists if not table.sheet.hidden]
    if not lists:
        raise BadInput(_missing_in_words(max(found, key=_likeness, default=None)))
    return sorted(shown or lists, key=lambda table: -sum(1 for _ in table.agreements()))


def _best(sheet: Sheet) -> Table | None:
    tables = [_table(sheet, row) for row in islice(sheet.cells, _HEADING_ROWS)]
    return max(tables, key=_likeness, default=None)


def _likeness(table: Table) -> tuple[int, int]:
    return sum(name in table.columns for name in NEEDED), len(table.columns)


def _table(sheet: Sheet, row: int) -> Table:
    titles = {at: text for at, cell in sheet.cells[row].items() if (text := text_of(cell))}
    ranked = sorted(
        (rank, at, field)
        for at, title in titles.items()
        for field, rank in [_KNOWN.get(_as_compared(title), ("", 0))]
        if field
    )
    columns: dict[str, int] = {}
    for _, at, field in ranked:
        columns.setdefault(field, at)
    unknown = {at: title for at, title in titles.items() if at not in columns.values()}
    return Table(sheet, row, columns, unknown)


def _as_compared(title: str) -> str:
    """A heading as it is compared: capitals, digits and single spaces."""
    return collapsed(re.sub(r"[^A-Z0-9 ]", "", re.sub(r"[/\-–_]", " ", title.upper())))


def _with_models(table: Table) -> Table:
    """The same list, where its models stand under TYPE: each cell there names one, and many do."""
    if "model" in table.columns or "type" not in table.columns:
        return table
    texts = [table.text(row, "type") for row in table.below()]
    named = [text for text in texts if text]
    if not named or not all(models_in(text) for text in named):
        return table
    columns = {"model" if name == "type" else name: at for name, at in table.columns.items()}
    return Table(table.sheet, table.heading, columns, table.unknown, model_under_type=True)


# -- what is missing -------------------------------------------------------------------------------


def _missing_in_words(table: Table | None) -> str:
    if table is None or len(table.columns) < 2:
        return "The file has no sheet with the list's headings, such as STATE and SUPPORT TYPE."
    names = [name for name in NEEDED if name not in table.columns]
    missing = " and ".join(_HEADINGS[name][0] for name in names)
    words = f"The list has no column {missing} ({table.place})"
    if table.unknown:
        return f"{words}; not known there: {in_words(table.unknown)}. Rename it and import again."
    if names == ["signed"]:
        return f"{words}; it may be the list of pending agencies, which have signed nothing yet."
    return f"{words}; it is not the list of participating agencies, or a column was taken out."


def in_words(unknown: dict[int, str]) -> str:
    """`“NOTES” in column I`, for each of the columns, or for as many as a sentence takes."""
    named = [f"“{title[:40]}” in column {letter(at)}" for at, title in sorted(unknown.items())]
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def letter(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
