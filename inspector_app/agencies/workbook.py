"""Reading the list of participating agencies that ICE publishes, today's copies and older ones.

Nothing is guessed in silence: a row that cannot be read is named with its sheet, row and column,
and so is all that was passed over. No cell is quoted, because a wrong file may hold names of
persons.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.agencies.cells import (
    addresses_in,
    day_of,
    has_failed,
    misprinted_model,
    moa_state,
    models_in,
    speaks_of_addendum,
    text_of,
    unless_nothing,
)
from inspector_app.agencies.headings import Table, in_words, letter, lists_in
from inspector_app.agencies.rows import AgencyRow, collapsed, state_code, written_as_usual
from inspector_app.agencies.sheets import Sheet, sheets_of
from inspector_app.errors import BadInput

_FIRST_LAW = date(1996, 9, 30)  # section 287(g) was enacted on that day
_ROWS_NAMED = 5

_Key = tuple[tuple[str, str], str, date]


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """What a copy of the list gave.

    `rows` are its agreements in their order, `unread` says which rows could not be read and why,
    `remarks` what was passed over, or read in spite of a misprint: columns, footnotes, cells.
    """

    rows: list[AgencyRow]
    unread: tuple[str, ...]
    remarks: tuple[str, ...]


def read_list(data: bytes) -> WorkbookRead:
    """Every agreement of a published copy that can be read, and a report of what cannot.

    The copy is a workbook or a CSV file. One bad row does not lose the other thousand: a row
    without a day of signing, or with a model that nobody knows, is left out and named, for a
    person to look up. A row that names two models gives two agreements. Where several sheets have
    the list, an agreement that stands on two of them counts once.

    BadInput, and nothing is taken: the file is no workbook, a needed column is missing or renamed,
    or more rows are unreadable than readable, so that it is some other list or its columns slipped.
    """
    sheets = sheets_of(data)
    tables = lists_in(sheets)
    read = _together(tables)
    if len(read.unread) > len(read.rows):
        raise BadInput(
            "Most rows of the list cannot be read; nothing was taken. Is it another list?",
            read.unread,
        )
    if not read.rows:
        raise BadInput(f"The list has headings ({tables[0].place}) but no agreements under them.")
    return WorkbookRead(read.rows, read.unread, (*read.remarks, *_other_sheets(sheets, tables)))


def read_workbook(data: bytes) -> list[AgencyRow]:
    """The same rows, of a copy that can be read to its last row; else BadInput names the others."""
    read = read_list(data)
    if read.unread:
        words = "a row" if len(read.unread) == 1 else f"{len(read.unread)} rows"
        raise BadInput(f"The list has {words} that cannot be read; nothing was taken.", read.unread)
    return read.rows


def _together(tables: Sequence[Table]) -> WorkbookRead:
    known: set[_Key] = set()
    parts: list[WorkbookRead] = []
    for table in tables:
        parts.append(_read_table(table, known))
        known |= {_key(row) for row in parts[-1].rows}
    return WorkbookRead(
        [row for part in parts for row in part.rows],
        tuple(line for part in parts for line in part.unread),
        tuple(line for part in parts for line in part.remarks),
    )


def _key(row: AgencyRow) -> _Key:
    return row.agency, row.model, row.signed


def _read_table(table: Table, known: Collection[_Key]) -> WorkbookRead:
    rows: list[AgencyRow] = []
    unread: list[str] = []
    notes: dict[str, list[int]] = {}
    agreements = set(table.agreements())
    for number in table.below():
        if number not in agreements:
            notes.setdefault("no agreement there (a total, a footnote); passed over", []).append(
                number
            )
            continue
        line = _Line(table, number, notes)
        rows += line.agreements()
        if line.faults:
            unread.append(
                f"{table.sheet.place}, {table.sheet.row} {number}, {'; '.join(line.faults)}"
            )
    new = [row for row in rows if _key(row) not in known]
    remarks = [
        *_of_columns(table),
        *_of_rows(table, notes),
        *_of_repeats(table, len(rows) - len(new)),
    ]
    return WorkbookRead(new, tuple(unread), tuple(remarks))


# -- one row ---------------------------------------------------------------------------------------


class _Line:
    """One row of the list. `faults` says what cannot be read, `notes` gathers what is remarked."""

    def __init__(self, table: Table, number: int, notes: dict[str, list[int]]) -> None:
        self.table = table
        self.number = number
        self.notes = notes
        self.faults: list[str] = []

    def agreements(self) -> list[AgencyRow]:
        """The agreement that the row is, or several; none with a fault."""
        name, state, signed = self._name(), self._state(), self._signed()
        models = self._models()
        if not (name and state and models and signed):
            return []
        moa, addendum = self._addresses()
        text = self._text("moa") or self._text("moa_url")
        said = unless_nothing(self._text("addendum")) or unless_nothing(self._text("addendum_url"))
        one = AgencyRow(
            state=state,
            name=name,
            type=unless_nothing(self._text("type")),
            county=unless_nothing(self._text("county")),
            model=models[0],
            signed=signed,
            moa=self._moa(text, moa),
            moa_url=moa,
            addendum=bool(addendum or said or speaks_of_addendum((name, text))),
            addendum_url=addendum,
        )
        return [replace(one, model=model) for model in models]

    def _text(self, field: str) -> str:
        return self.table.text(self.number, field)

    def _fault(self, field: str, why: str) -> None:
        self.faults.append(f"column {letter(self.table.columns[field])}: {why}")

    def _note(self, field: str, what: str) -> None:
        kind = f"column {letter(self.table.columns[field])}: {what}"
        self.notes.setdefault(kind, []).append(self.number)

    def _name(self) -> str:
        name = self._text("name")
        if not name or has_failed(name):
            self._fault("name", "the name of the agency is missing")
            return ""
        return name

    def _state(self) -> str:
        text = self._text("state")
        try:
            code = state_code(text)
        except BadInput:
            self._fault("state", "there is no such state or territory")
            return ""
        if not written_as_usual(text):
            self._note("state", "a misprinted state, read as the only one that it can be")
        return code

    def _models(self) -> list[str]:
        text = self._text("model")
        found = models_in(text)
        if not found and (meant := misprinted_model(text)):
            self._note("model", "a misprinted model, read as the only one that it can be")
            return [meant]
        if not found:
            self._fault("model", "no known model (JEM, WSO, TFM)")
        if len(found) > 1:
            self._note("model", "two models in one row, which counts as two agreements")
        return found

    def _signed(self) -> date | None:
        sheet = self.table.sheet
        day = day_of(sheet.cells[self.number].get(self.table.columns["signed"]), sheet.epoch)
        if day is None:
            self._fault("signed", "no day of signing")
        elif day < _FIRST_LAW:
            self._note("signed", "a day before the law of 1996; taken as printed")
        return day

    def _addresses(self) -> tuple[str, str]:
        """Where the agreement and its addendum are; older copies have both in one cell."""
        moa = self._links("moa") + self._links("moa_url")
        addendum = self._links("addendum") + self._links("addendum_url")
        return (moa or [""])[0], (addendum or moa[1:] or [""])[0]

    def _links(self, field: str) -> list[str]:
        """The target of a cell's link, or the addresses that it spells out."""
        target = self.table.sheet.links.get((self.number, self.table.columns.get(field, 0)))
        return [collapsed(target)] if target else addresses_in(self._text(field))

    def _moa(self, text: str, address: str) -> str:
        state = moa_state(text, address)
        if state is None:
            self._note("moa" if self._text("moa") else "moa_url", "neither a link nor pending")
        return state or ""


# -- what is worth a remark ------------------------------------------------------------------------


def _of_columns(table: Table) -> Iterator[str]:
    place = table.sheet.place
    if missing := table.missing():
        yield f"{place}: no column {', '.join(missing)}"
    if table.unknown:
        yield f"{place}: not read: {in_words(table.unknown)}"
    if table.model_under_type:
        yield f"{place}: the models stand under TYPE"
    headed = {*table.columns.values(), *table.unknown}
    stray: dict[int, list[int]] = {}
    for number in table.below():
        for at, value in table.sheet.cells[number].items():
            if at not in headed and text_of(value):
                stray.setdefault(at, []).append(number)
    for at, numbers in sorted(stray.items()):
        yield f"{_rows_in_words(table, numbers)}: column {letter(at)} has no heading; not read"


def _of_rows(table: Table, notes: dict[str, list[int]]) -> Iterator[str]:
    for kind, numbers in notes.items():
        yield f"{_rows_in_words(table, numbers)}: {kind}"


def _of_repeats(table: Table, repeats: int) -> Iterator[str]:
    if repeats:
        yield f"{table.sheet.place}: {repeats} agreements of another sheet once more; counted once"


def _rows_in_words(table: Table, numbers: Sequence[int]) -> str:
    """`sheet Data, rows 5, 9 and 14 more`."""
    named, more = numbers[:_ROWS_NAMED], len(numbers) - _ROWS_NAMED
    words = ", ".join(map(str, named)) + (f" and {more} more" if more > 0 else "")
    return f"{table.sheet.place}, {table.sheet.row}{'s' if len(numbers) > 1 else ''} {words}"


def _other_sheets(sheets: Sequence[Sheet], tables: Sequence[Table]) -> Iterator[str]:
    read = [table.sheet for table in tables]
    for sheet in sheets:
        if sheet.cells and not any(sheet is other for other in read):
            why = "hidden" if sheet.hidden else "without the headings of the list"
            yield f"{sheet.place}: {why}; not read"
