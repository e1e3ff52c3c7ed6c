"""Copies of the published list in the looks that it has had, with plainly fictional agencies."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import strategies as st

from inspector_app.agencies import AgencyRow
from inspector_app.agencies.workbook import WorkbookRead, read_list
from inspector_app.errors import BadInput

ADDRESS = "https://www.ice.gov/doclib/287gMOA/287gJEM_ sampleCo2020-06-09.pdf"  # with its space
HEADINGS = {
    "state": ("STATE", "State", "state", "State/Territory", " STATE "),
    "name": ("LAW ENFORCEMENT AGENCY", "Law Enforcement\nAgency", "agency", "MOA NAME",
             "LAW\u00a0ENFORCEMENT AGENCY ", "law_enforcement_agency"),
    "model": ("SUPPORT TYPE", "Support Type ", "support", "support_type", "MODEL"),
    "signed": ("SIGNED", "DATES SIGNED", "signed", "Date Signed", "Official Approval*"),
    "type": ("TYPE", "Type ", "type"),
    "county": ("COUNTY", "County/Parish", "county "),
    "moa": ("MOA", "link", "MOA Link"),
    "addendum": ("ADDENDUM", "addendum"),
}  # fmt: skip
NEEDED = ("state", "name", "model", "signed")
STATES = {
    "IN": ("INDIANA", "Indiana", "IN", "INDIANA**", "INDIANNA"),
    "NC": ("NORTH CAROLINA ", "North\u00a0Carolina", "NC", "NORTH  CAROLINA"),
    "MP": ("NORTHERN MARIANA ISLANDS", "CNMI"),
}
MODELS = {
    "JEM": ("Jail Enforcement Model", "Jail Enforcement Model ", "JEO", "JAIL ENFORCEMENT"),
    "TFM": ("Task Force Model", "Task Force Officer", "TASK\u00a0FORCE MODEL", "Task Froce Model"),
    "WSO": ("Warrant Service Officer", "Warrant Services Officer", "Warrant Service Office\n"),
}
COUNTIES = ("#N/A", "#NA", "N/A", "", " ")
DAYS: tuple[Callable[[date], Any], ...] = (
    lambda day: datetime(day.year, day.month, day.day),
    lambda day: day,
    lambda day: f"{day:%m/%d/%Y}",
    lambda day: f"{day.month}/{day.day}/{day:%y} ",
    lambda day: f"{day:%m/%d%Y}",
    lambda day: f"{day} 00:00:00",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: str((day - date(1899, 12, 30)).days),
)
SPACES = ("", " ", "\u00a0", "  ", "\n", "\u200b")


@dataclass(frozen=True)
class Look:
    """How a copy is printed, whatever it says."""

    headings: dict[str, str]
    order: tuple[str, ...]
    day: Callable[[date], Any]
    above: int = 0
    extra: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    again: bool = False
    merged: bool = False
    cover: bool = False
    suffix: str = ""


@st.composite
def looks(draw: st.DrawFn) -> Look:
    optional = draw(st.sets(st.sampled_from(["type", "county", "moa", "addendum"])))
    fields = [*NEEDED, *sorted(optional)]
    return Look(
        headings={name: draw(st.sampled_from(HEADINGS[name])) for name in fields},
        order=tuple(draw(st.permutations(fields))),
        day=draw(st.sampled_from(DAYS)),
        above=draw(st.integers(0, 3)),
        extra=draw(st.sampled_from([(), ("NOTES",), ("capture_date", "capture_file")])),
        below=draw(st.sampled_from([(), ("* see the fact sheet",), ("", "Total: 3")])),
        again=draw(st.booleans()),
        merged=draw(st.booleans()),
        cover=draw(st.booleans()),
        suffix=draw(st.sampled_from(SPACES)),
    )


NAMES = st.builds(
    "{}{} {}".format,
    st.sampled_from(["Ana", "Sample", "St. Example", "DeMock", "R&R"]),
    st.sampled_from(["", " County", " Parish", " / THP", ", Division of Patrol"]),
    st.sampled_from(["Sheriff's Office", "Sheriff’s Office", "Police Department (Unit 7)"]),
)
ROWS = st.lists(
    st.builds(
        AgencyRow,
        state=st.sampled_from(sorted(STATES)),
        name=NAMES,
        type=st.sampled_from(["County", "Municipality", "State Agency"]),
        county=st.sampled_from(["Sample County", ""]),
        model=st.sampled_from(sorted(MODELS)),
        signed=st.dates(date(2002, 1, 1), date(2029, 12, 31)),
        moa=st.sampled_from(["link", "pending"]),
        addendum=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def expected(rows: list[AgencyRow], look: Look) -> list[AgencyRow]:
    """The agreements as they must come out: without what this copy has no column for."""
    there = look.headings
    return [
        replace(
            row,
            type=row.type if "type" in there else "",
            county=row.county if "county" in there else "",
            moa=row.moa if "moa" in there else "",
            moa_url=ADDRESS if "moa" in there and row.moa == "link" else "",
            addendum=row.addendum and "addendum" in there,
            addendum_url=ADDRESS if row.addendum and "addendum" in there else "",
        )
        for row in rows
    ]


def printed(row: AgencyRow, look: Look, pick: Callable[[Any], Any]) -> dict[str, Any]:
    texts = {
        "state": pick(STATES[row.state]),
        "name": row.name.replace(" ", pick((" ", "  ", "\u00a0"))),
        "type": row.type,
        "county": row.county or pick(COUNTIES),
        "model": pick(MODELS[row.model]),
        "moa": ADDRESS if row.moa == "link" else pick(("link pending", "Link Pending ")),
        "addendum": ADDRESS if row.addendum else pick(("", "N/A")),
    }
    signed = look.day(row.signed)
    return {name: text + look.suffix for name, text in texts.items()} | {"signed": signed}


def lines(rows: list[AgencyRow], look: Look, pick: Callable[[Any], Any]) -> list[list[Any]]:
    heading = [*(look.headings[name] for name in look.order), *look.extra]
    found: list[list[Any]] = [["Participating agencies"] for _ in range(look.above)]
    found.append(heading)
    for row in rows:
        cells = printed(row, look, pick)
        found.append([*(cells[name] for name in look.order), *("something" for _ in look.extra)])
    if look.again:
        found.insert(look.above + 2, heading)
    return [*found, *([text] for text in look.below), [None] * len(heading)]


def as_workbook(given: list[list[Any]], look: Look | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in given:
        sheet.append(row)
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.value):
        if str(cell.value).strip() == ADDRESS:
            cell.hyperlink, cell.value = ADDRESS, "link"
    if look is not None and look.merged:
        merge_states(sheet, look)
    if look is not None and look.cover:
        book.create_sheet("Read me", 0).append(["STATE of the list", "as of May"])
    return saved(book)


def merge_states(sheet: Any, look: Look) -> None:
    """One cell for the neighbors of one state, as a person would make it."""
    at = look.order.index("state") + 1
    first = look.above + 2
    last = max(first, sheet.max_row - 1 - len(look.below))
    if look.again or len({sheet.cell(row, at).value for row in range(first, last + 1)}) > 1:
        return
    sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(given: list[list[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(given)
    return out.getvalue().encode(encoding)


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        read_list(data)
    return "\n".join([refused.value.message, *refused.value.details])


# -- a copy written by hand ----------------------------------------------

USUAL = ["STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED"]


def usual(name: str = "Sample County Jail", **given: Any) -> list[Any]:
    cells = {"state": "INDIANA", "name": name, "model": "JEM", "signed": date(2025, 3, 3)}
    return list((cells | given).values())


def read_rows(*rows: list[Any], headings: Any = USUAL) -> WorkbookRead:
    return read_list(as_workbook([list(headings), *rows]))


def with_sheets(**sheets: list[list[Any]]) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def cells_of(text: str) -> list[list[Any]]:
    return [[cell or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
