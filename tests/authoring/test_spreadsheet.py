"""A form goes into a workbook and comes back: the same bytes, or what was changed in the cells."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app import forms
from inspector_app.authoring.importing import imported
from inspector_app.authoring.sheets import Column, form_columns, sheets
from inspector_app.authoring.spreadsheet import exported
from inspector_app.forms.rules import POINTS
from inspector_app.forms.shapes import FORM, Kind, Shape
from tests.authoring.workbooks import (
    ITEMS,
    book_of,
    cell,
    put,
    put_row,
    row_of,
    saved,
    values,
    visible,
)
from tests.harness import count
from tests.test_forms import SHIPPED, WHOLE

Table = dict[str, Any]


def back(book: Any) -> str:
    """The form's text that a workbook gives."""
    return imported(saved(book)).data.decode()


# -- untouched -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", SHIPPED)
def test_an_untouched_workbook_gives_the_same_bytes(form_id: str) -> None:
    data = forms.bytes_of(form_id)
    came = imported(exported(data, f"{form_id}.toml"))
    assert came.data == data
    assert came.ignored == ()


def test_a_workbook_saved_by_another_program_gives_the_same_bytes() -> None:
    assert back(book_of()) == WHOLE


def test_line_ends_and_odd_spellings_come_back() -> None:
    text = WHOLE.replace("\n", "\r\n").replace('"Lobby"', "'Lobby' # as they call it")
    data = text.encode()
    assert imported(exported(data, "test.toml")).data == data
    book = book_of(text)
    put(cell(book["Tour"], "lobby", "Area: title"), "Hall")
    assert back(book) == text.replace("'Lobby'", '"Hall"')


def lists_in(shape: Shape, names: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name, key in shape.items():
        if key.kind is Kind.TABLES:
            found |= {(*names, name)} | lists_in(key.inside, (*names, name))
    return found


def test_every_list_of_tables_of_the_grammar_has_its_sheet() -> None:
    shown = {sheet.names[:depth] for sheet in sheets() for depth in (1, 2, 3)}
    assert lists_in(FORM) == shown


# -- what a person sees ----------------------------------------------------------------------------


def test_the_sheets_are_made_for_reading() -> None:
    book = book_of()
    titles = [sheet.title for sheet in visible(book)]
    assert titles == ["Form", *(sheet.title for sheet in sheets()), "Words"]
    for sheet in visible(book):
        assert sheet.freeze_panes == "A2"
        assert all(head.font.bold and head.value for head in sheet[1])
        said = [found for row in sheet.iter_rows() for found in row if found.value is not None]
        assert all(found.alignment.wrap_text for found in said)
        assert all(9 <= width.width <= 62 for width in sheet.column_dimensions.values())


def test_words_and_references_are_chosen_from_lists() -> None:
    book = book_of()
    rules = {str(rule.sqref): rule for rule in book[ITEMS].data_validations.dataValidation}
    by_heading = {
        heading: next(rule for cells, rule in rules.items() if cells.startswith(f"{letter}2"))
        for heading, letter in (("Verify", "K"), ("Shown when: item", "M"), ("Parties", "I"))
    }
    assert [values(book[ITEMS], 1)[at] for at in (10, 12, 8)] == list(by_heading)
    offered = by_heading["Verify"].formula1.replace("$", "").split("!")
    assert [row[0].value for row in book[offered[0]][offered[1]]] == ["desk", "site"]
    assert by_heading["Shown when: item"].formula1 == "'Sections and items'!$C$2:$C$2000"
    assert "lea-officers, lea-management" in by_heading["Parties"].prompt


@pytest.mark.parametrize(
    "text", ["=1+1?", "+1?", "-1?", "@x?", "=HYPERLINK(A1)?", "#N/A", "7", "007"]
)
def test_what_begins_like_a_formula_or_looks_like_a_number_stays_text(text: str) -> None:
    changed = WHOLE.replace('"Posters in two languages"', f'"{text}"')
    book = book_of(changed)
    assert all(
        found.data_type != "f"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for found in row
    )
    found = cell(book["Tour"], "posters", "Text")
    assert (found.value, found.data_type, found.number_format) == (text, "s", "@")
    assert found.quotePrefix is (text[0] in "=+-@")
    assert back(book) == changed


# -- rows ------------------------------------------------------------------------------------------


def test_a_row_that_is_added_is_written_in_its_order() -> None:
    book = book_of()
    put_row(book["Not asked"], 3, ["J-93", "Nor a second one."])
    sheet = book["Documents"]
    sheet.insert_rows(3)
    put_row(sheet, 3, ["law", "regulation", "A law", None, "not-held", datetime(2001, 2, 3)])
    law = (
        '[[document]]\nid = "law"\nkind = "regulation"\ntitle = "A law"\nnumber = ""\n'
        'text = "not-held"\nin_force_from = 2001-02-03\n\n'
    )
    more = '[[not_asked]]\nref = "J-93"\nreason = "Nor a second one."\n\n'
    second = '[[document]]\nid = "directive"'
    assert back(book) == WHOLE.replace(second, law + second).replace(
        "[[sample]]", more + "[[sample]]"
    )


def test_an_item_is_added_with_its_citation() -> None:
    book = book_of()
    items, cites = book[ITEMS], book["Citations"]
    copied = values(items, row_of(items, "j-2"))
    copied[2] = "j-3"
    put_row(items, 5, copied)
    put_row(cites, 5, ["j-3", "moa", "IV.H", 5, "one two three four five six seven eight"])
    form = forms.parse(back(book).encode(), "test.toml")
    assert [item.id for item in form.items] == ["j-1", "j-2", "j-3"]
    assert form.item("j-3").question == form.item("j-2").question
    assert form.item("j-3").citations[0].page == 5


def test_a_row_that_is_removed_is_gone_with_its_citations_only() -> None:
    book = book_of()
    book["Citations"].delete_rows(3)
    book["Samples"].delete_rows(row_of(book["Samples"], "signed"))
    cited = '    { document = "directive", section = "", quotation = "" },\n'
    gone = '[[sample.attribute]]\nid = "signed"\nlabel = "Signed"\nquestion = "Is it signed?"\n\n'
    assert back(book) == WHOLE.replace(cited, "").replace(gone, "")


def test_rows_that_move_take_their_remarks_along() -> None:
    text = WHOLE.replace('[[section.item]]\nid = "j-1"', '# first\n[[section.item]]\nid = "j-1"')
    book = book_of(text)
    sheet = book[ITEMS]
    first, second = values(sheet, 3), values(sheet, 4)
    put_row(sheet, 3, second)
    put_row(sheet, 4, first)
    done = back(book)
    assert sorted(done.split("\n")) == sorted(text.split("\n"))
    assert done.index('"j-2"') < done.index('# first\n[[section.item]]\nid = "j-1"')


def test_columns_may_stand_in_another_order_and_others_beside_them() -> None:
    book = book_of()
    sheet = book["Not asked"]
    put_row(sheet, 1, ["Reason", "Our remarks", "Ref"])
    put_row(sheet, 2, ["Another reason.", "to be discussed", "J-92"])
    book.create_sheet("Notes")
    came = imported(saved(book))
    assert came.data.decode() == WHOLE.replace(
        "This form has no steering committee.", "Another reason."
    )
    assert came.ignored == ("sheet “Not asked”, column B", "sheet “Notes”")


# -- any edit of cells -----------------------------------------------------------------------------

RICH = (
    WHOLE
    + """
[[clause]]
section = "IV.G"
title = "Interpretation services"
topics = ["Interpretation"]

[[clause]]
section = "2"
title = "Reporting"
topics = []

[[point]]
topic = "Exams"
says = "at least 70 %" # our words
section = "IV.G"
clock = { id = "exams", hours = 24, binding = "generally" }

[[point]]
topic = "Termination"
says = "no"
section = ""

[training]
pass_percent = 70
"""
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff")
LINE = st.text(LETTERS, min_size=1, max_size=20).filter(lambda text: text.strip() == text)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join) | LINE.map(lambda text: f"={text}")
# What must agree with something elsewhere in the form is edited in tests of its own.
BOUND = {
    "Kind",
    "Item",
    "Document",
    "Shown when: item",
    "Certainty",
    "Topics",
    "Section",
    "Seen to",
}
BOUND |= {"Clock: id", "Clock: hours", "Clock: days", "Clock: months", "Clock: binding"}


def typed(column: Column) -> st.SearchStrategy[Any] | None:
    """What a person may type into a cell of this column; None where more must change than it."""
    known = column.key
    last = column.keys[-1]
    held = column.words in (POINTS, ("held", "not-held"))
    if (
        held
        or column.heading in BOUND
        or (last in ("id", "ref", "topic", "was") and not column.words)
    ):
        return None
    if known.kind is Kind.NUMBER:
        return st.integers(1, 10_000)
    if known.kind is Kind.DAY:
        early, late = (date(1900, 3, 1), date(2000, 1, 1)), (date(2100, 1, 1), date(2900, 1, 1))
        days = st.dates(*(late if last.endswith("to") else early))
        return days.map(lambda day: datetime(day.year, day.month, day.day))
    if column.words:
        one = st.sampled_from(column.words)
        several = st.lists(one, min_size=1, unique=True).map("\n".join)
        return several if known.kind is Kind.TEXTS else one
    if last == "look_at":
        return st.lists(LINE, max_size=3).map(lambda lines: "\n".join([*lines, "Look again."]))
    ends = {"question": "?", "quotation": " one two three four five six seven eight"}
    end = ends.get(last, "")
    return (LINE if known.kind is Kind.TEXTS else TEXT).map(lambda text: text + end)


def editable() -> list[tuple[str, int, int, st.SearchStrategy[Any]]]:
    """Sheet, row, column and what may be typed, for the cells of the rich form."""
    found: list[tuple[str, int, int, st.SearchStrategy[Any]]] = []
    for row, known in enumerate(form_columns(), 2):
        if known.key.needed and (what := typed(known)) is not None:
            found.append(("Form", row, 2, what))
    book = book_of(RICH)
    for sheet in sheets():
        for at, known in enumerate(sheet.columns, 1):
            what = typed(known)
            for row in range(2, book[sheet.title].max_row + 1) if what is not None else ():
                if book[sheet.title].cell(row, at).value is not None:
                    found.append((sheet.title, row, at, what))
    return found


CELLS = editable()


@settings(max_examples=count(8, 500))
@given(st.data())
def test_any_edit_of_cells_comes_back(data: st.DataObject) -> None:
    book = book_of(RICH)
    places = data.draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6))
    for title, row, at, what in places:
        put(book[title].cell(row, at), data.draw(what))
    done = imported(saved(book)).data
    again = book_of(done.decode())
    for sheet in visible(book):
        rows = list(sheet.iter_rows(values_only=True))
        assert list(again[sheet.title].iter_rows(values_only=True)) == rows
    remarks = [line for line in RICH.split("\n") if "#" in line]
    assert len(remarks) == 1 and "# our words" in done.decode()
