"""A workbook that cannot be read says why in one sentence; one with faults says all, each where."""

import io
import struct
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.authoring.importing import imported
from inspector_app.authoring.spreadsheet import exported
from inspector_app.errors import BadInput
from tests.authoring.workbooks import ITEMS, book_of, cell, column, put, put_row, row_of, saved
from tests.harness import count
from tests.test_forms import WHOLE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes) -> str:
    """The one sentence about a workbook that cannot be read."""
    with pytest.raises(BadInput) as caught:
        imported(data)
    assert caught.value.details == ()
    return caught.value.message


def faults(book: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        imported(saved(book))
    told = list(caught.value.details)
    count = "1 fault" if len(told) == 1 else f"{len(told)} faults"
    assert caught.value.message == f"The workbook has {count}; no form was written."
    return told


def renamed(book: Any, title: str, old: str, new: Any) -> Any:
    sheet = book[title]
    sheet.cell(1, column(sheet, old)).value = new
    return book


# -- what is no workbook of a form -----------------------------------------------------------------


def test_what_is_no_workbook_is_refused() -> None:
    assert refusal(b"") == "The file is not an Excel workbook (.xlsx)."
    assert refusal(b"id,question\n1,2\n") == "The file is not an Excel workbook (.xlsx)."
    assert refusal(WHOLE.encode()) == "The file is not an Excel workbook (.xlsx)."


def test_a_workbook_behind_a_password_is_refused() -> None:
    protected = OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(protected) == (
        "The workbook is protected by a password; save it without one first."
    )
    assert "old .xls format" in refusal(OLE + b"\0" * 504)


def test_a_damaged_workbook_is_refused() -> None:
    whole = exported(WHOLE.encode(), "test.toml")
    assert "not an Excel workbook" in refusal(whole[: len(whole) // 2])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("xl/workbook.xml", "<no/>")
    assert "damaged" in refusal(stream.getvalue())


def test_a_workbook_that_unpacks_without_end_is_refused_unread() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 1000)
    data = bytearray(stream.getvalue())
    at = data.index(b"PK\x01\x02") + 24  # the size that the list of parts states
    data[at : at + 4] = struct.pack("<I", 2_000_000_000)
    assert "absurd size" in refusal(bytes(data))


def test_another_workbook_is_refused() -> None:
    assert "no hidden sheet “Original”" in refusal(saved(openpyxl.Workbook()))


def test_a_workbook_without_the_form_it_came_from_is_refused() -> None:
    book = book_of()
    del book["Original"]
    assert "no hidden sheet “Original”" in refusal(saved(book))


@pytest.mark.parametrize("row", [2, 3])
def test_a_workbook_whose_form_was_changed_is_refused(row: int) -> None:
    book = book_of()
    found = book["Original"].cell(row, 1)
    put(found, "x" + found.value[1:])
    assert "hidden sheet “Original” of the workbook was changed" in refusal(saved(book))


# -- sheets and columns ----------------------------------------------------------------------------


def test_a_missing_or_renamed_sheet_is_named() -> None:
    book = book_of()
    del book["Tour"]
    assert refusal(saved(book)) == "The workbook has no sheet “Tour”."
    book = book_of()
    book["Citations"].title = "Citation"
    assert refusal(saved(book)) == (
        "The workbook has no sheet “Citations”. Is it the one that is called “Citation” now?"
    )


def test_a_missing_renamed_or_doubled_column_is_named() -> None:
    assert refusal(saved(renamed(book_of(), "Tour", "Text", None))) == (
        "The sheet “Tour” has no column “Text” in row 1."
    )
    assert refusal(saved(renamed(book_of(), ITEMS, "Look at", "Look  at it"))) == (
        "The sheet “Sections and items” has no column “Look at” in row 1. "
        "Is it the one that is called “Look  at it” now?"
    )
    doubled = renamed(book_of(), "Tour", "Item", "Text")
    assert refusal(saved(doubled)) == "The sheet “Tour” has two columns “Text” in row 1."


def test_a_missing_or_doubled_row_of_the_first_sheet_is_named() -> None:
    book = book_of()
    sheet = book["Form"]
    put(sheet.cell(row_of(sheet, "Revision"), 1), "Revisions")
    assert refusal(saved(book)) == (
        "The sheet “Form” has no row “Revision”. Is it the one that is called “Revisions” now?"
    )
    put_row(sheet, 30, ["Revision", "x"])
    put_row(sheet, 31, ["Revision", "y"])
    assert refusal(saved(book)) == "The sheet “Form” has two rows “Revision”."


def test_a_sheet_without_end_is_refused() -> None:
    book = book_of()
    put(book["Tour"].cell(1_000_000, 1), "x")
    assert "The sheet “Tour” has more than 5000 rows" in refusal(saved(book))


# -- faults of cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "row", "heading", "value", "says"),
    [
        (ITEMS, "j-1", "Question", "Ask!", "row 3, column E (Question): A question ends with"),
        (ITEMS, "j-1", "Question", None, "row 3, column E (Question): “question” is empty."),
        (ITEMS, "j-1", "Question", 7, "(Question): This must be text; format the cell as text"),
        (ITEMS, "j-1", "Look at", "Records", "(Look at): “look_at” has no full sentence"),
        (ITEMS, "j-1", "Types", "D03\nD33", "column H (Types): “D33” is no type of finding."),
        (ITEMS, "j-1", "Evidence", "heard", "“heard” is none of saw, read, told."),
        (ITEMS, "j-1", "Verify", "desc", "column K (Verify): “desc” is none of desk, site. Did"),
        (ITEMS, "j-1", "Was", "j-2", "column D (Was): The earlier id “j-2” is in use."),
        (ITEMS, "j-2", "Id", "J 2", "row 4, column C (Id): “J 2” is no id"),
        (ITEMS, "j-2", "Shown when: item", "j-2", "(Shown when: item): The item depends on itself"),
        (ITEMS, "j-2", "Shown when: item", None, "(Shown when: item): This cell is empty."),
        (ITEMS, "j-2", "Shown when: result", "mett", "(Shown when: result): “mett” is none of"),
        (ITEMS, "interpretation", "Section: title", None, "row 2, column B (Section: title): “tit"),
        ("Citations", "a b c d e six seven eight", "Page", "four", "row 2, column D (Page): This"),
        ("Citations", "a b c d e six seven eight", "Page", 4.5, "must be a whole number from 1."),
        ("Citations", "a b c d e six seven eight", "Page", 0, "(Page): “page” must be a whole"),
        ("Citations", "a b c d e six seven eight", "Document", "mao", "(Document): The document"),
        ("Citations", "a b c d e six seven eight", "Quotation", "a b", "(Quotation): The quot"),
        ("Citations", "a b c d e six seven eight", "Item", "j-11", "column A (Item): There is no"),
        ("Citations", "a b c d e six seven eight", "Item", None, "(Item): The row names no item."),
        ("Documents", "directive", "Kind", "polcy", "row 3, column B (Kind): “polcy” is none of"),
        ("Documents", "directive", "In force from", "2010", "column F (In force from): This must"),
        ("Documents", "directive", "In force from", "2010-02-30", "must be a day such as"),
        ("Documents", "directive", "In force to", "1999-01-01", "(In force to): “in_force_to” is"),
        ("Form", "Seen to", "Value", "March 2024", "row 7, column B (Seen to): This must be a day"),
        ("Form", "Seen to", "Value", None, "row 7, column B (Seen to): This cell is empty."),
        ("Form", "Model", "Value", "JEMM", "row 4, column B (Model): “JEMM” is none of JEM, WSO"),
        ("Samples", "asked", "Item", "j-9", "row 3, column F (Item): There is no item “j-9”."),
        ("Interviews", "officer", "Interview: party", "x", "column C (Interview: party): “x” is"),
        ("Not asked", "J-92", "Reason", None, "row 2, column B (Reason): “reason” is empty."),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_sheet_row_and_column(
    title: str, row: str, heading: str, value: Any, says: str
) -> None:
    book = book_of()
    put(cell(book[title], row, heading), value)
    told = [fault for fault in faults(book) if says in fault]
    assert len(told) == 1
    assert told[0].startswith(f"Sheet “{title}”, row ")


def test_a_formula_or_an_error_is_refused_where_it_stands() -> None:
    book = book_of()
    cell(book["Tour"], "posters", "Text").value = "=A1&B1"
    assert faults(book) == [
        "Sheet “Tour”, row 3, column D (Text): This is a formula; write the text itself."
    ]
    book = book_of()
    cell(book["Tour"], "posters", "Text").value = "#REF!"
    assert "This is a formula" in faults(book)[0]


def test_two_rows_of_one_id_are_told_at_the_second() -> None:
    book = book_of()
    cell(book[ITEMS], "j-2", "Id").value = "j-1"
    told = faults(book)
    for where in (
        "Sheet “Sections and items”, row 4, column C (Id): Another item has the id “j-1” already.",
        "Sheet “Sections and items”, row 4: The sheet “Citations” has no row for it.",
        "Sheet “Citations”, row 4, column A (Item): There is no item “j-2”. Did you mean “j-1”?",
    ):
        assert where in told


def test_rows_without_their_table_or_their_rows_are_told() -> None:
    book = book_of()
    sheet = book["Tour"]
    sheet.insert_rows(2)
    put(sheet.cell(2, 3), "gate")
    put(sheet.cell(2, 4), "Gate")
    assert faults(book) == [
        "Sheet “Tour”, row 2: The row stands under no area; give one in a row above it."
    ]
    book = book_of()
    put_row(book["Tour"], 4, ["yard", "Yard"])
    assert faults(book) == ["Sheet “Tour”, row 4: The sheet “Tour” has no row for it."]
    book = book_of()
    book["Documents"].delete_rows(2, 5)
    assert faults(book) == ["Sheet “Documents”: It has no rows."]


def test_an_item_without_citations_is_told_at_its_row() -> None:
    book = book_of()
    book["Citations"].delete_rows(4)
    told = faults(book)
    assert told == ["Sheet “Sections and items”, row 4: The sheet “Citations” has no row for it."]


def test_all_faults_are_told_at_once_in_the_order_of_the_workbook() -> None:
    book = book_of()
    put(cell(book["Not asked"], "J-92", "Reason"), " ")
    put(cell(book[ITEMS], "j-2", "Verify"), "sight")
    put(cell(book[ITEMS], "j-1", "Question"), "Ask!")
    put(cell(book["Form"], "Model", "Value"), "JAM")
    told = [fault.split(":")[0] for fault in faults(book)]
    assert told == [
        "Sheet “Form”, row 4, column B (Model)",
        "Sheet “Sections and items”, row 3, column E (Question)",
        "Sheet “Sections and items”, row 4, column K (Verify)",
        "Sheet “Not asked”, row 2, column B (Reason)",
    ]


# -- export ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["bell \\u0007", "a\\rb", "x" * 32_768, "\\uffff", "_x0041_"]
)  # fmt: skip
def test_what_no_cell_can_hold_is_not_exported(text: str) -> None:
    form = WHOLE.replace('"Posters in two languages"', f'"{text}"')
    with pytest.raises(BadInput) as caught:
        exported(form.encode(), "test.toml")
    assert caught.value.message == "The form test.toml has texts that a workbook cannot hold."
    (told,) = caught.value.details
    assert told.startswith("test.toml: Tour, row 3, Text: the text is too long for a cell, or has")


def test_a_form_with_faults_is_not_exported() -> None:
    with pytest.raises(BadInput, match="has 1 fault"):
        exported(WHOLE.replace('"JEM"', '"X"').encode(), "test.toml")


@settings(max_examples=count(40, 2_000))
@given(st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        imported(bytes(whole))
    except BadInput as refused:
        assert refused.message.endswith(".")


WORKBOOK = exported(WHOLE.encode(), "test.toml")
