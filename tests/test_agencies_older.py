"""Older copies of the published list: whatever its look, each agreement in it comes out once.

The looks are those that copies of 2012 to 2026 have had: other headings, other columns, days as
text, stray spaces and cells, notes above and below.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app import agencies
from inspector_app.agencies.workbook import WorkbookRead, read_list
from inspector_app.errors import BadInput
from tests.agency_copies import (
    ROWS,
    USUAL,
    Look,
    as_csv,
    as_workbook,
    cells_of,
    expected,
    lines,
    looks,
    read_rows,
    refusal,
    usual,
)
from tests.harness import count


@settings(max_examples=count(50, 3000))
@given(ROWS, looks(), st.data())
def test_rows_in_are_rows_out_of_a_workbook(rows: Any, look: Look, data: st.DataObject) -> None:
    given_lines = lines(rows, look, lambda options: data.draw(st.sampled_from(options)))
    read = read_list(as_workbook(given_lines, look))
    assert (read.rows, read.unread) == (expected(rows, look), ())
    for heading in look.extra:
        assert any(heading in remark for remark in read.remarks)


@settings(max_examples=count(50, 3000))
@given(ROWS, looks(), st.data(), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_rows_in_are_rows_out_of_a_csv_file(
    rows: Any, look: Look, data: st.DataObject, delimiter: str, encoding: str
) -> None:
    given_lines = lines(rows, look, lambda options: data.draw(st.sampled_from(options)))
    read = read_list(as_csv(given_lines, delimiter, encoding))
    assert (read.rows, read.unread) == (expected(rows, look), ())


# -- copies as they were published -----------------------------------------------------------------

SPRING_2025 = """\
STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA,,,,,,
ALABAMA,Colbert County Sheriff's Office,County,Colbert County,Jail Enforcement Model,\
2025-05-08 00:00:00,link pending,,,,,,
ALASKA,Kodiak Police Department,Municipality,#N/A,Warrant Service Officer,\
2020-07-20 00:00:00,link,,,,,,
FLORIDA,Davenport Police Department,Municipality,#N/A,Task Force Model,\
2025-04-25 00:00:00,link pending ,,,,,,
FLORIDA,"Florida Department of Highway Safety and Motor Vehicles, Division of Highway Patrol",\
State Agency,#N/A,Task Force Model,2025-02-07 00:00:00,link,,,,,,
FLORIDA,University of Florida Police Department,Municipality,#N/A,Task Force Model,\
2025-04-15 00:00:00,https://www.ice.gov/doclib/287gMOA/UnivFLPDFL_TFM_MOA_041525.pdf,,,,,,
IOWA,Iowa Department of Public Safety,State Agency,N/A,Task Force Model,\
2025-03-26 00:00:00,link,,,,,,
TEXAS,Jackson County Sheriff's Office ,County,Jackson County  ,Warrant Service Officer,\
2025-02-24 00:00:00,link,,,,,,
TEXAS,Nueces County Sheriff's Office,County,Nueces County ,Jail Enforcement Model,\
2020-06-09 00:00:00,link | addendum,,,,,,
VIRGINIA,Campbell County Sheriff's Office,County,Campbell County,Task Force Model,\
05/082025,link pending,,,,,,
,,,,,,,,,,,,
,,,,,,,,,,,,
"""
PAGE_OF_2021 = """\
capture_date,capture_file,state,agency,support,signed,link,addendum,date_only
2021-01-13 00:20:27,20210113002027.html,IDAHO,Power County Sheriff’s Office,\
Warrant Service Officer,2020-11-20,\
https://www.ice.gov/doclib/287gMOA/287gWSO_PowerCountyID11-20-2020.pdf,,20210113
2021-01-13 00:20:27,20210113002027.html,NEW JERSEY,Monmouth County Sheriff's Office (Addendum),\
Jail Enforcement Model,2019-03-08,\
https://www.ice.gov/doclib/287gMOA/287gJEM_MonmouthCoNj2016-06-08.pdf,,20210113
"""
FACT_SHEET_OF_2012 = """\
STATE,MOA NAME,TYPE,OFFICIAL APPROVAL
AZ,City of Mesa Police Department,JEO,10/19/2009
DELAWARE**,Department of Corrections,JAIL & TASK FORCE,10/15/2009
"""


@pytest.fixture(params=["workbook", "CSV file"])
def read_as(request: pytest.FixtureRequest) -> Callable[[str], WorkbookRead]:
    """Reads a copy either as a workbook or as a CSV file."""
    if request.param == "workbook":
        return lambda text: read_list(as_workbook(cells_of(text)))
    return lambda text: read_list(as_csv(cells_of(text)))


def test_a_copy_of_may_2025_is_read_without_loss(read_as: Any) -> None:
    read = read_as(SPRING_2025)
    assert (len(read.rows), read.unread) == (9, ())
    assert [row.county for row in read.rows[:2]] == ["Colbert County", ""]
    assert [row.moa for row in read.rows].count("pending") == 3
    assert read.rows[4].moa_url.endswith("UnivFLPDFL_TFM_MOA_041525.pdf")
    assert [row.addendum for row in read.rows].count(True) == 1
    assert read.rows[7].addendum
    assert read.rows[8].signed == date(2025, 5, 8)
    (remark,) = read.remarks
    assert "no column ADDENDUM" in remark


def test_a_copy_of_the_page_of_2021_is_read_without_loss(read_as: Any) -> None:
    read = read_as(PAGE_OF_2021)
    assert [(row.state, row.model, row.moa) for row in read.rows] == [
        ("ID", "WSO", "link"),
        ("NJ", "JEM", "link"),
    ]
    assert [row.addendum for row in read.rows] == [False, True]
    assert all(row.moa_url.startswith("https://") for row in read.rows)
    assert any("capture_date" in remark and "date_only" in remark for remark in read.remarks)


def test_models_under_type_are_read_where_nothing_else_can_be_meant(read_as: Any) -> None:
    read = read_as(FACT_SHEET_OF_2012)
    assert [(row.state, row.model, row.type) for row in read.rows] == [
        ("AZ", "JEM", ""),
        ("DE", "JEM", ""),
        ("DE", "TFM", ""),
    ]
    assert any("under TYPE" in remark for remark in read.remarks)
    assert any("two models in one row" in remark for remark in read.remarks)


def test_a_type_of_agency_is_never_taken_for_a_model() -> None:
    said = refusal(as_csv(cells_of(FACT_SHEET_OF_2012.replace("JEO", "County"))))
    assert "no column SUPPORT TYPE" in said


def test_the_list_of_pending_agencies_is_recognized() -> None:
    heading = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE"]
    row = ["ALABAMA", "Sample Police Department", "Municipality", "#N/A", "Task Force Model"]
    assert "list of pending agencies" in refusal(as_workbook([heading, row]))


# -- what cannot be read, and what is passed over --------------------------------------------------


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"signed": None}, "column D: no day of signing"),
        ({"signed": "26/02/2025"}, "column D: no day of signing"),
        ({"signed": 20250}, "column D: no day of signing"),
        ({"model": "Tribal Task Force Model"}, "column C: no known model"),
        ({"model": "Task Force Model II"}, "column C: no known model"),
        ({"model": None}, "column C: no known model"),
        ({"state": "DAKOTA"}, "column A: there is no such state"),
        ({"state": "NOUTH DAKOTA"}, "column A: there is no such state"),
        ({"name": "#N/A"}, "column B: the name of the agency is missing"),
        ({"name": '=A2&" Jail"'}, "column B: the name of the agency is missing"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_are_taken(
    given: dict[str, Any], fault: str
) -> None:
    read = read_rows(usual("One"), usual(**given), usual("Two"))
    assert [row.name for row in read.rows] == ["One", "Two"]
    (unread,) = read.unread
    assert unread.startswith("sheet Sheet, row 3, ")
    assert fault in unread
    assert str(next(iter(given.values()))) not in unread


def test_all_faults_of_a_row_are_named_in_one_line() -> None:
    read = read_rows(usual("One"), usual(model="Canine", signed="soon"))
    assert [line.count("column") for line in read.unread] == [2]


def test_a_row_of_a_csv_file_is_named_by_its_line() -> None:
    rows = [USUAL, usual('Sample\nCounty "A"'), usual("Two"), usual(signed="soon")]
    read = read_list(as_csv(rows))
    assert read.unread == ("CSV file, line 5, column D: no day of signing",)


def test_a_list_that_is_mostly_unreadable_is_refused_whole() -> None:
    rows = [USUAL, usual(), *(usual(signed="soon") for _ in range(2))]
    said = refusal(as_workbook(rows))
    assert said.startswith("Most rows of the list cannot be read; nothing was taken.")
    assert "row 4, column D" in said


def test_the_rows_alone_are_refused_for_one_that_cannot_be_read() -> None:
    with pytest.raises(BadInput, match="has a row that cannot be read; nothing was taken"):
        agencies.read_workbook(as_workbook([USUAL, usual(), usual(signed="soon")]))


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ({"state": "INDIANNA"}, "row 2: column A: a misprinted state"),
        ({"model": "Jail Enforcment Model"}, "row 2: column C: a misprinted model"),
        ({"signed": date(1925, 3, 3)}, "row 2: column D: a day before the law"),
    ],
)
def test_what_is_read_in_spite_of_a_misprint_is_remarked(
    given: dict[str, Any], remark: str
) -> None:
    read = read_rows(usual(**given))
    assert (read.rows[0].state, read.rows[0].model) == ("IN", "JEM")
    assert any(remark in said for said in read.remarks)


def test_unknown_columns_stray_cells_totals_and_odd_links_are_remarked() -> None:
    heading = [*USUAL, "MOA", "MOA", "COMMENT"]
    cells = [*usual(), "see the office", "second", "something", "stray"]
    read = read_rows(cells, ["Total"], headings=heading)
    said = "\n".join(read.remarks)
    assert "“MOA” in column F, “COMMENT” in column G" in said
    assert "row 2: column H has no heading; not read" in said
    assert "row 3: no agreement there" in said
    assert "row 2: column E: neither a link nor pending" in said
    assert "no column TYPE, COUNTY, ADDENDUM" in said
    assert not any(word in said for word in ("see the office", "second", "something", "stray"))


def test_a_whole_copy_of_today_leaves_nothing_to_remark() -> None:
    heading = [*USUAL, "TYPE", "COUNTY", "MOA", "ADDENDUM"]
    assert read_rows([*usual(), "County", "#N/A", "link", None], headings=heading).remarks == ()


def test_of_two_columns_for_one_thing_the_likelier_heading_counts() -> None:
    read = read_rows([*usual(), "ICE"], headings=[*USUAL, "AGENCY"])
    assert read.rows[0].name == "Sample County Jail"
    assert any("“AGENCY” in column E" in remark for remark in read.remarks)
