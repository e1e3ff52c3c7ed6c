"""A list of files as it comes: taken as it is, or refused with the numbers of its lines."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import BadInput
from inspector_app.workspace.frame_file import (
    columns_of,
    frame_of_column,
    frame_of_text,
    frame_of_text_file,
)

SECRET = "Q-SECRET-7"


def workbook(*rows: list[Any], more: list[list[Any]] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    for row in more or []:
        (book["Other"] if "Other" in book.sheetnames else book.create_sheet("Other")).append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(act: Any, *given: Any) -> BadInput:
    with pytest.raises(BadInput) as refused:
        act(*given)
    assert SECRET not in " ".join([refused.value.message, *refused.value.details])
    return refused.value


def test_pasted_lines_are_the_identifiers() -> None:
    assert frame_of_text("a-1\r\n b-2 \r\nA-1\n\n") == ("a-1", "b-2", "A-1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n\nb", "Line 2 is blank."),
        (f"{SECRET}\nb\n{SECRET}", "Line 3 repeats line 1."),
        (f"a\t{SECRET}\nb", "Line 1 has several columns; paste the one with the identifiers."),
        ("a\n" + "x" * 201, "Line 2 is longer than 200 characters."),
        ("a\nb\rc", "Line 2 has a line break inside."),
        ("e\u0301\né", "Line 2 repeats line 1."),
        ("a\n\ud800", "Line 2 holds a character that no identifier has."),
    ],
)
def test_a_line_that_is_no_identifier_is_told_by_its_number(text: str, told: str) -> None:
    assert refusal(frame_of_text, text).details == (told,)


def test_many_faults_are_counted() -> None:
    assert refusal(frame_of_text, "a\n" * 50 + "b").details[-1] == "And 29 more."


def test_an_empty_paste_is_told() -> None:
    assert "empty" in refusal(frame_of_text, " \n ").message


def test_a_text_file_in_another_encoding_is_told_by_its_line() -> None:
    assert frame_of_text_file("\ufeffé-1\nb".encode()) == ("é-1", "b")
    assert "line 2" in refusal(frame_of_text_file, "a\né-2".encode("cp1252")).message


LIST = [["No.", "File number", "Booked"], [1, "26-1", "x"], [2, 26, None], [3, "26-3", "x"]]


def test_a_column_is_named_by_heading_or_by_place() -> None:
    data = workbook(*LIST)
    assert frame_of_column(data, "file  NUMBER") == ("26-1", "26", "26-3")
    assert frame_of_column(data, "b2") == ("26-1", "26", "26-3")
    assert frame_of_column(data, "B") == ("File number", "26-1", "26", "26-3")
    assert frame_of_column(data, "B4") == ("26-3",)
    assert [c.words for c in columns_of(data)] == ["A: No.", "B: File number", "C: Booked"]
    assert [c.filled for c in columns_of(data)] == [4, 4, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_reads_the_same(delimiter: str) -> None:
    rows = [["No.", "File number"], ["1", "26-1"], ["2", "26-2"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    assert frame_of_column(data, "File number") == ("26-1", "26-2")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([SECRET, None, "b"], "Row 3 is blank."),
        ([SECRET, "b", SECRET], "Row 4 repeats row 2."),
        (["a", 1.5], "Row 3 holds a number with decimals; make the column text in Excel."),
        (
            ["a", 10**15],
            "Row 3 holds a number of more than 15 digits, which Excel does not keep exactly.",
        ),
        (
            [date(2026, 3, 1)],
            "Row 2 holds a day, an hour or a truth value; make the column text in Excel.",
        ),
        (["a\nb"], "Row 2 has a line break inside."),
        (["=A1&A2"], "Row 2 holds a formula that was never computed; open and save it in Excel."),
    ],
)
def test_a_cell_that_is_no_identifier_is_told_by_its_row(cells: list[Any], told: str) -> None:
    data = workbook(["x", "File"], *([n, cell] for n, cell in enumerate(cells)))
    assert refusal(frame_of_column, data, "File").details == (told,)


def test_a_blank_line_of_a_csv_file_is_told_and_a_cell_of_two_lines_is_none() -> None:
    assert refusal(frame_of_column, b"File,x\na,1\n\nb,2", "File").details == ("Line 3 is blank.",)
    assert frame_of_column(b'File,x\na,"1\n1"\nb,2\n', "File") == ("a", "b")


def test_what_column_is_meant_is_never_guessed() -> None:
    data = workbook(*LIST)
    assert "A, B, C" in refusal(frame_of_column, data, "Case").message
    assert "Two columns" in refusal(frame_of_column, workbook(["x", "X"], [1, 2]), "x").message
    assert "2 sheets" in refusal(frame_of_column, workbook(*LIST, more=[["a"]]), "A").message
    assert "nothing from that row" in refusal(frame_of_column, data, "B9").message
    assert "nothing in this file" in refusal(frame_of_column, workbook(), "A").message


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1), min_size=1
    )
)
def test_what_is_taken_is_the_same_from_a_paste_and_from_a_file(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        frame = frame_of_text(text)
    except BadInput:
        return
    assert frame_of_text_file(text.encode()) == frame
    assert frame_of_text("\n".join(frame)) == frame
