"""Files with more in them than one list: several sheets, merged cells, formulas, broken parts."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from inspector_app.agencies.workbook import read_list
from tests.agency_copies import (
    ADDRESS,
    USUAL,
    as_workbook,
    read_rows,
    refusal,
    saved,
    usual,
    with_sheets,
)


def test_a_list_over_two_sheets_is_one_list_and_a_repeated_agreement_counts_once() -> None:
    first = [USUAL, usual("One"), usual("Two")]
    second = [USUAL, *map(usual, ("Two", "Three", "Four", "Five"))]
    read = read_list(saved(with_sheets(Extract=first, Data=second)))
    assert sorted(row.name for row in read.rows) == ["Five", "Four", "One", "Three", "Two"]
    assert "sheet Extract: 1 agreements of another sheet once more; counted once" in read.remarks


def test_sheets_that_are_not_read_are_named() -> None:
    book = with_sheets(Pivot=[["Row Labels", "Count"]], Data=[USUAL, usual()], Old=[USUAL, usual()])
    book["Old"].sheet_state = "hidden"
    read = read_list(saved(book))
    assert len(read.rows) == 1
    assert "sheet Pivot: without the headings of the list; not read" in read.remarks
    assert "sheet Old: hidden; not read" in read.remarks


def test_a_merged_cell_counts_for_each_of_its_rows() -> None:
    book = with_sheets(Data=[USUAL, usual("One"), usual("Two"), usual("Three", state="TEXAS")])
    book["Data"].merge_cells("A2:A3")
    book["Data"].merge_cells("D2:D4")
    read = read_list(saved(book))
    assert [(row.state, row.signed) for row in read.rows] == [
        ("IN", date(2025, 3, 3)),
        ("IN", date(2025, 3, 3)),
        ("TX", date(2025, 3, 3)),
    ]


def test_a_link_on_a_merged_cell_belongs_to_each_of_its_rows() -> None:
    book = with_sheets(Data=[[*USUAL, "MOA"], *([*usual(name), "link"] for name in "AB")])
    book["Data"]["E2"].hyperlink = ADDRESS
    book["Data"].merge_cells("E2:E3")
    assert [row.moa_url for row in read_list(saved(book)).rows] == [ADDRESS, ADDRESS]


def test_a_row_of_formulas_that_were_never_computed_is_not_overlooked() -> None:
    formulas = ["=Old!A2", "=Old!B2", "=Old!C2", "=Old!D2"]
    read = read_rows(usual("One"), formulas)
    assert len(read.rows) == 1
    assert [line.count("column") for line in read.unread] == [4]


def test_one_link_over_several_cells_belongs_to_each() -> None:
    book = with_sheets(Data=[[*USUAL, "MOA"], *([*usual(name), "link"] for name in "AB")])
    book["Data"]["E2"].hyperlink = ADDRESS
    book["Data"]["E2"].hyperlink.ref = "E2:E3"
    assert [row.moa_url for row in read_list(saved(book)).rows] == [ADDRESS, ADDRESS]


def test_the_address_in_a_link_formula_is_kept() -> None:
    read = read_rows([*usual(), f'=HYPERLINK("{ADDRESS}", "link")'], headings=[*USUAL, "MOA"])
    assert (read.rows[0].moa, read.rows[0].moa_url) == ("link", ADDRESS)


def test_two_addresses_in_one_cell_are_the_agreement_and_its_addendum() -> None:
    both = f"{ADDRESS} | {ADDRESS}#addendum"
    (row,) = read_rows([*usual(), both], headings=[*USUAL, "MOA"]).rows
    assert (row.moa_url, row.addendum, row.addendum_url) == (ADDRESS, True, f"{ADDRESS}#addendum")


@pytest.mark.parametrize(("text", "there"), [("no", False), ("N/A", False), ("yes", True)])
def test_an_addendum_is_there_unless_the_cell_says_no(text: str, there: bool) -> None:
    (row,) = read_rows([*usual(), text], headings=[*USUAL, "ADDENDUM"]).rows
    assert row.addendum is there


def test_days_of_a_workbook_that_counts_from_1904_are_right() -> None:
    book = with_sheets(Data=[USUAL, usual(signed=44323), usual(signed=datetime(2025, 5, 8))])
    book.epoch = datetime(1904, 1, 1)
    assert {row.signed for row in read_list(saved(book)).rows} == {date(2025, 5, 8)}


def test_a_cell_far_below_the_list_does_not_matter() -> None:
    book = with_sheets(Data=[USUAL, usual()])
    book["Data"]["B1048576"] = " "
    assert len(read_list(saved(book)).rows) == 1


@pytest.mark.parametrize("what", ["pivotTable", "comments"])
def test_what_the_library_cannot_read_beside_the_cells_loses_none_of_them(what: str) -> None:
    """A relation to a part that is broken or gone, as spreadsheets from elsewhere have them."""
    whole = as_workbook([[*USUAL, "MOA"], [*usual(), ADDRESS]])
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}"
    broken = f'<Relationship Id="rId99" Type="{kind}" Target="../gone.xml"/></Relationships>'
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    with pytest.raises(KeyError):
        openpyxl.load_workbook(io.BytesIO(changed(whole, name, "</Relationships>", broken)))
    (row,) = read_list(changed(whole, name, "</Relationships>", broken)).rows
    assert row.moa_url == ADDRESS


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as written:
        for name in given.namelist():
            text = given.read(name)
            assert name != part or old.encode() in text
            written.writestr(
                name, text.replace(old.encode(), new.encode()) if name == part else text
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('STATE,AGENCY,MODEL,SIGNED\nIN,"A,JEM,3/3/2025\nIN,B,JEM,3/3/2025\n', "(line 2)"),
        ("STATE,AGENCY,MODEL\nIN,A,JEM\n", "no column SIGNED"),
        ("STATE,AGENCY,MODEL,SIGNED\n", "no agreements under them"),
    ],
)
def test_a_csv_file_that_is_not_the_whole_list_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text.encode())
