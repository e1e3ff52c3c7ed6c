"""Rosters as agencies keep them: what is read, and what is refused with the place and no text."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import BadInput
from inspector_app.roster_file import read_acts, read_contacts, read_roster, template
from inspector_app.roster_file.columns import ROSTER
from inspector_app.rules.roster import Act, Officer
from inspector_app.rules.spans import NOTHING, Said, Span

HEAD = "Officer number,Trained to,Authorization letter"
NAME = "Ana Sample"


def d(*texts: str) -> Said:
    return Said(tuple(map(date.fromisoformat, texts)))


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def xlsx(*rows: list[Any], title: str = "Roster", percent: str = "") -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if percent:
        sheet[percent].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(data: bytes) -> Officer:
    [officer] = read_roster(data).officers
    return officer


def refusal(data: bytes) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read_roster(data)
    return refused.value


# -- what is read ----------------------------------------------------------------------------------


def test_a_whole_row_is_read_from_csv() -> None:
    data = csv(
        "Officer,Nominated,Citizenship proof,Background decided,Trained from,Trained to,"
        "Exam scores,Refresher dates,Certified,Authorization letter,Form 70-006,Credential number,"
        "Credential issued,Credential returned,Suspended from,Suspended to,Revoked,Left,"
        "Course Information Assurance Awareness",
        'Officer B-2,2022-01-03,yes,"February 1, 2022",3/7/2022,4/1/2022,85; 72.5%,'
        "2024-03-20;2022-10-01,4/4/22,11-Apr-2022,no,C-17,2022-04-12,,2025-01-05;2025-08-01,"
        "2025-02-01,,2025-12-31,2025-05-01; 2026-07-01",
    )
    assert only(data) == Officer(
        number="B-2",
        nominated=d("2022-01-03"),
        citizenship=Said(word=True),
        background=d("2022-02-01"),
        trained_from=d("2022-03-07"),
        trained_to=d("2022-04-01"),
        exams=(85.0, 72.5),
        refreshers=d("2022-10-01", "2024-03-20"),
        courses={"information-assurance-awareness": d("2025-05-01", "2026-07-01")},
        certified=d("2022-04-04"),
        letter=d("2022-04-11"),
        form_70_006=Said(word=False),
        credential_number="C-17",
        credential_issued=d("2022-04-12"),
        credential_returned=NOTHING,
        suspended=(Span(date(2025, 1, 5), date(2025, 2, 1)), Span(date(2025, 8, 1))),
        revoked=NOTHING,
        left=d("2025-12-31"),
    )


def test_the_same_is_read_from_excel_as_excel_keeps_it() -> None:
    data = xlsx(
        ["County jail, officers"],
        ["Badge No.", "GRADUATED", "Exam 1", "Exam 2", "Refresher", "Refresher 2", "Authorized on"],
        [12.0, datetime(2022, 4, 1), 0.85, 72, "none", date(2024, 3, 20), 44662],
        percent="C3",
    )
    officer = only(data)
    assert (officer.number, officer.exams) == ("12", (85.0, 72.0))
    assert officer.trained_to == d("2022-04-01")
    assert officer.refreshers == d("2024-03-20")
    assert officer.letter == d("2022-04-11")


def test_a_hidden_sheet_is_not_read() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(xlsx(HEAD.split(","), [7])))
    hidden = book.create_sheet("Old", 0)
    hidden.append([*HEAD.split(","), "Left", "Revoked"])
    hidden.append([8])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert only(out.getvalue()).number == "7"


def test_names_are_never_kept() -> None:
    data = csv(f"Name,{HEAD},Last name", f"{NAME},7,2022-04-01,2022-04-11,Sample")
    roster = read_roster(data)
    assert "Sample" not in repr(roster)
    assert roster.unread == ""


def test_what_a_file_leaves_out_is_said() -> None:
    roster = read_roster(csv(HEAD + ",Shirt size,Locker", "7,2022-04-01,2022-04-11,XL,4"))
    assert roster.unread == "columns D and E"
    assert "Refresher dates" in roster.absent and "Trained to" not in roster.absent


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("", NOTHING),
        ("n/a", NOTHING),
        ("?", NOTHING),
        ("Yes", Said(word=True)),
        ("x", Said(word=True)),
        ("no", Said(word=False)),
        ("Not done", Said(word=False)),
        ("2/29/2024", d("2024-02-29")),
        ("yes; 2024-02-29", Said((date(2024, 2, 29),), True)),
        ("2025-01-01;;2024-01-01;", d("2024-01-01", "2025-01-01")),
        ("2025-01-01\n2024-01-01", d("2024-01-01", "2025-01-01")),
    ],
)
def test_a_cell_says_days_or_yes_or_no_or_nothing(cell: str, says: Said) -> None:
    assert only(csv(HEAD + ",Certified", f'7,2022-04-01,2022-04-11,"{cell}"')).certified == says


@pytest.mark.parametrize(
    "label", ["12", "B-2", "Officer B-2", "officer no. b-2", "WSO 4", "PBSO-12"]
)
def test_an_officer_is_a_number_or_a_label(label: str) -> None:
    number = only(csv(HEAD, f"{label},2022-04-01,2022-04-11")).number
    [act] = read_acts(csv("Officer,Date", f"{label.lower()},2025-01-01"))
    assert act.officer == number and "OFFICER" not in number


def test_acts_have_a_day_an_officer_and_a_kind() -> None:
    acts = read_acts(csv("Date served,Officer,Act", "3/10/2026,Officer 7,I-200 served"))
    assert acts == (Act(date(2026, 3, 10), "7", "I-200 served"),)


def test_contacts_come_by_poster() -> None:
    data = csv("Poster,Contact", "English,800-323-8603", "español,x@dhs.gov", "English,", "es,")
    assert read_contacts(data) == {"en": ("800-323-8603",), "es": ("x@dhs.gov",)}
    assert read_contacts(csv("Poster,Contact", "Spanish,")) == {"es": ()}


def test_the_template_has_every_column_and_is_read_back() -> None:
    lines = template(["Civil rights, again"]).decode("utf-8-sig").splitlines()
    row = ",".join("7" if at == 0 else "" for at in range(len(ROSTER) + 1))
    roster = read_roster(csv(lines[0], row))
    assert roster.absent == () and roster.unread == ""
    assert list(roster.officers[0].courses) == ["civil-rights-again"]


def test_every_known_heading_belongs_to_one_column() -> None:
    every = [name.upper() for names in ROSTER.values() for name in names]
    assert len(set(every)) == len(every)


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (csv("Shift,Locker", "1,2"), "no row of headings; it needs “Officer number”"),
        (csv("Officer,Trained to", "7,2022-04-01"), "no column “Authorization letter”"),
        (csv("Officer,Trained to,Ltr", "7,2022-04-01,x"), "not known there: column C"),
        (csv(HEAD), "(the file, line 1) but no officers"),
        (csv(HEAD, "7,é,").decode().encode("latin-1"), "line 2"),
        (csv(HEAD).decode().encode("utf-16"), "UTF-16"),
        (csv(HEAD, '7,"2022'), "quotation marks"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    refused = refusal(data)
    assert says in refused.message


def test_a_workbook_with_a_password_is_refused() -> None:
    sealed = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert "protected by a password" in refusal(sealed).message


def test_a_renamed_column_is_refused_with_a_guess() -> None:
    refused = refusal(csv(HEAD + ",Refreshr dates,Name", f"7,2022-04-01,2022-04-11,no,{NAME}"))
    assert refused.details == ("the file, line 1, column D: did you mean “Refresher dates”?",)


def test_a_column_that_stands_twice_is_refused() -> None:
    refused = refusal(csv(HEAD + ",Letter", "7,2022-04-01,2022-04-11,2022-05-01"))
    assert refused.details == (
        "the file, line 1, column D: a second column “Authorization letter”",
    )


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Certified", "soon", "it is no day"),
        ("Certified", "13/45/2024", "it is no day"),
        ("Certified", "2/30/2024", "it is no day"),
        ("Certified", "1874-01-01", "the year must be"),
        ("Certified", "no; 2024-01-01", "it says no beside"),
        ("Certified", "yes; no", "it says no beside"),
        ("Exam scores", "pass", "it is no percentage"),
        ("Exam scores", "850", "from 0 to 100"),
        ("Exam scores", "-1", "from 0 to 100"),
        ("Exam scores", "nan", "from 0 to 100"),
        ("Exam scores", "0.85", "from 0 to 100"),  # in a text it may be either
        ("Suspended from", "yes", "a suspension needs the day"),
        ("Suspended from", "2024-01-01; 2024-02-01", "before the one before it ends"),
        ("Credential number", "9" * 41, "longer than 40"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_its_place(column: str, cell: str, why: str) -> None:
    refused = refusal(csv(f"{HEAD},{column}", "6,2022-04-01,2022-04-11,", f"7,,,{cell}"))
    [fault] = refused.details
    assert fault.startswith("the file, line 3, column D: ") and why in fault
    assert cell not in fault.removeprefix("the file, line 3, column D: ")


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("2024-03-01", "2024-02-01", "ends before it begins"),
        ("2024-03-01", "2024-04-01;2024-05-01", "more suspensions end"),
        ("", "2024-04-01", "more suspensions end"),
    ],
)
def test_suspensions_must_pair(start: str, end: str, why: str) -> None:
    [fault] = refusal(csv(f"{HEAD},Suspended from,Suspended to", f"7,,,{start},{end}")).details
    assert why in fault


@pytest.mark.parametrize(
    "label", [NAME, "Sample 12", "Ana 12", "Sample, Ana", "none", "A" * 30 + "1"]
)
def test_a_name_where_the_number_should_be_is_refused_and_not_repeated(label: str) -> None:
    refused = refusal(csv(HEAD, f'"{label}",2022-04-01,2022-04-11'))
    [fault] = refused.details
    assert fault.startswith("the file, line 2, column A: ") and "names are not read" in fault
    assert "Sample" not in fault and "Ana" not in fault


def test_a_suspension_may_follow_another_on_the_same_day() -> None:
    spans = ("2024-01-01;2024-02-01", "2024-02-01;2024-03-01")
    officer = only(csv(f"{HEAD},Suspended from,Suspended to", f"7,,,{','.join(spans)}"))
    assert [span.last for span in officer.suspended] == [date(2024, 2, 1), date(2024, 3, 1)]


def test_one_number_is_one_officer() -> None:
    [fault] = refusal(csv(HEAD, "7,,", "8,,", "Officer 7,,")).details
    assert fault == "the file, line 4: this officer's number stands there twice."
    [fault] = refusal(csv(HEAD, ",2022-04-01,")).details
    assert "the officer has no number" in fault


def test_training_ends_after_it_begins() -> None:
    data = csv(HEAD + ",Trained from", "7,2022-04-01,2022-04-11,2022-05-01")
    [fault] = refusal(data).details
    assert fault == "the file, line 2: the training ends before it begins."


def test_a_sheet_is_told_by_its_number_since_its_title_may_be_a_name() -> None:
    data = xlsx(["Officer", "Trained to", "Letter"], [7, "soon", "later"], title=NAME)
    refused = refusal(data)
    assert refused.details[0].startswith("sheet 1, row 2, column B: ")
    assert len(refused.details) == 2 and "2 cells" in refused.message
    assert NAME not in "".join((refused.message, *refused.details))


def test_a_formula_that_was_never_computed_is_not_an_empty_cell() -> None:
    data = xlsx(["Officer", "Trained to", "Letter"], [7, "=TODAY()", None])
    assert refusal(data).details[0].startswith("sheet 1, row 2, column B: it is no day")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (csv("Officer,Date", "7,yes"), "it must be one day"),
        (csv("Officer,Date", "7,"), "it must be one day"),
        (csv("Officer,Date", "7,2024-01-01;2024-01-02"), "it must be one day"),
        (csv("Officer,Date,Act", "7,2024-01-01," + "x" * 61), "longer than 60"),
    ],
)
def test_an_act_has_one_day(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_acts(data)
    assert says in refused.value.details[0]


def test_a_poster_is_english_or_spanish() -> None:
    with pytest.raises(BadInput) as refused:
        read_contacts(csv("Poster,Contact", "French,1"))
    assert refused.value.details == ("the file, line 2, column A: it must be English or Spanish.",)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"'), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4))
def test_whatever_stands_in_the_cells_it_is_read_or_refused(
    rows: list[tuple[str, str, str]],
) -> None:
    lines = [HEAD, *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    try:
        assert read_roster(csv(*lines)).officers
    except BadInput as refused:
        assert refused.message.endswith(".")
