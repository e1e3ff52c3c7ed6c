"""The published list: read without loss, found by what people type, resolved to the right form."""

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import agencies, forms
from inspector_app.agencies import AgencyRow
from inspector_app.errors import BadInput

WORKBOOK = Path("agencies", "participating-2026-05-18.xlsx")
SHERIFF = "Hamilton County Sheriff's Office"
HEADINGS = (
    "STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA",
    "ADDENDUM",
)  # fmt: skip
ADDRESS = "https://www.ice.gov/doclib/287gMOA/sample.pdf"


def row(**given: Any) -> AgencyRow:
    usual = AgencyRow("IN", SHERIFF, "County", "Hamilton County", "JEM", date(2025, 3, 3))
    return replace(usual, **given)


def line(**given: Any) -> list[Any]:
    """A row of the workbook as ICE writes it, its cells in the order of HEADINGS."""
    usual = {
        "state": "INDIANA", "name": SHERIFF, "type": "County ", "county": "Hamilton County ",
        "model": "Jail Enforcement Model ", "signed": datetime(2025, 3, 3), "moa": "link pending",
        "addendum": None,
    }  # fmt: skip
    return list((usual | given).values())


def workbook(*lines: list[Any], headings: Any = HEADINGS, above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(above):
        sheet.append(["Participating agencies"])
    for cells in (list(headings), *lines):
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one(**given: Any) -> AgencyRow:
    (read,) = agencies.read_workbook(workbook(line(**given)))
    return read


def refusal(data: bytes) -> str:
    """The sentence and its details, on one line each."""
    with pytest.raises(BadInput) as refused:
        agencies.read_workbook(data)
    return "\n".join([refused.value.message, *refused.value.details])


# -- the real list ---------------------------------------------------------------------------------


def test_the_list_that_ships_has_every_published_agreement() -> None:
    counts = agencies.tally(agencies.published(), [])
    assert (counts.agreements, counts.agencies, counts.several_models) == (1843, 1551, 242)


def test_a_straight_and_a_curly_apostrophe_are_one_sign() -> None:
    rows = agencies.published()
    assert len({(row.state, row.name.casefold()) for row in rows}) > 1551
    assert len({row.agency for row in rows}) == 1551


def test_the_list_that_ships_is_the_workbook_of_that_day(shared: Path) -> None:
    assert agencies.read_workbook((shared / WORKBOOK).read_bytes()) == agencies.published()


def test_the_list_that_ships_keeps_where_the_agreements_are() -> None:
    rows = agencies.published()
    assert sum(r.moa == "link" for r in rows) == 1680
    assert sum(r.moa_url.startswith("https://") for r in rows) == 1668  # the rest as published
    assert sum(r.moa == "pending" and not r.moa_url for r in rows) == 163
    assert sum(r.addendum and r.addendum_url.startswith("https://") for r in rows) == 45


def test_the_list_that_ships_is_read_again_from_a_csv_file_of_it(tmp_path: Path) -> None:
    agencies.write_csv(agencies.published(), tmp_path / "list.csv")
    assert agencies.read_workbook((tmp_path / "list.csv").read_bytes()) == agencies.published()


@pytest.mark.parametrize("copy", [1, 2])
def test_the_list_that_ships_cannot_be_spoiled_by_a_caller(copy: int) -> None:
    rows = agencies.published()
    assert len(rows) == 1843
    rows.clear()


# -- reading a workbook ----------------------------------------------------------------------------


def test_a_row_is_read_as_published_but_for_stray_spaces() -> None:
    assert one(name="  Hamilton  County\nSheriff’s Office ") == row(
        name="Hamilton County Sheriff’s Office", moa="pending"
    )


@pytest.mark.parametrize("county", ["#N/A", "#NA", "N/A", None, " "])
def test_a_county_that_does_not_apply_is_empty(county: str | None) -> None:
    assert one(county=county).county == ""


def test_the_targets_of_links_are_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(line(moa="link", addendum="link"))))
    book.worksheets[0]["G2"].hyperlink = ADDRESS
    book.worksheets[0]["H2"].hyperlink = ADDRESS + "#2"
    out = io.BytesIO()
    book.save(out)
    (read,) = agencies.read_workbook(out.getvalue())
    assert (read.moa, read.moa_url) == ("link", ADDRESS)
    assert (read.addendum, read.addendum_url) == (True, ADDRESS + "#2")


@pytest.mark.parametrize(
    ("written", "models"),
    [
        ("Warrant Service Officer", ["WSO"]),
        ("WARRANT SERVICES OFFICER", ["WSO"]),
        ("WarrantServiceOfficer", ["WSO"]),
        ("Task Force", ["TFM"]),
        ("Task Force Officer", ["TFM"]),
        ("jail enforcement", ["JEM"]),
        ("JEM", ["JEM"]),
        ("Jail & Task Force", ["JEM", "TFM"]),
        ("Task Force Model\nWarrant Service Officer", ["TFM", "WSO"]),
    ],
)
def test_older_names_of_a_model_are_understood(written: str, models: list[str]) -> None:
    read = agencies.read_workbook(workbook(line(model=written)))
    assert [r.model for r in read] == models


@pytest.mark.parametrize(
    "written",
    [
        date(2025, 5, 8), "5/8/2025", "05/08/25", "05/082025", "2025-05-08", "May 8, 2025", 45785,
        "2025-05-08 00:00:00",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_was_typed(written: Any) -> None:
    assert one(signed=written).signed == date(2025, 5, 8)


@pytest.mark.parametrize("written", ["Indiana", "IN", " INDIANA** ", "INDIANNA"])
def test_a_state_is_understood_by_name_code_or_small_misprint(written: str) -> None:
    assert one(state=written).state == "IN"


def test_territories_have_codes_too() -> None:
    found = [one(state=name).state for name in ("GUAM", "NORTHERN MARIANA ISLANDS", "Puerto Rico")]
    assert found == ["GU", "MP", "PR"]


def test_headings_are_found_by_name_under_a_title_and_in_another_order() -> None:
    older = ("DATES SIGNED", "Agency Name", "State", "Model")
    cells = [datetime(2020, 6, 9), SHERIFF, "Indiana", "Jail Enforcement"]
    read = agencies.read_workbook(workbook(cells, headings=older, above=2))
    assert read == [row(signed=date(2020, 6, 9), type="", county="")]


def test_the_list_may_stand_on_another_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(line())))
    book.create_sheet("Read me", 0).append(["STATE of the list", "as of May"])
    out = io.BytesIO()
    book.save(out)
    assert len(agencies.read_workbook(out.getvalue())) == 1


def test_empty_rows_totals_and_footnotes_are_no_agreements() -> None:
    rows = [line(), [None] * 8, ["* see the fact sheet"], [None, "Total", None], [None] * 8]
    assert len(agencies.read_workbook(workbook(*rows))) == 1


def test_every_unreadable_row_is_named_at_once_and_nothing_is_quoted() -> None:
    rows = [line(), line(model="Canine Model"), line(signed="soon"), line(state="Atlantis")]
    said = refusal(workbook(*rows, line(name=None), line(signed="2/30/2025")))
    assert "row 3, column E: no known model" in said
    assert "row 4, column F: no day of signing" in said
    assert "row 5, column A: there is no such state" in said
    assert "row 6, column B: the name of the agency is missing" in said
    assert "row 7, column F: no day of signing" in said
    assert "row 2" not in said
    assert not any(word in said for word in ("Canine", "soon", "Atlantis", "2/30"))


def test_a_missing_column_is_named() -> None:
    said = refusal(workbook(line()[:5], headings=HEADINGS[:5]))
    assert "no column SIGNED (sheet Sheet, row 1)" in said


def test_a_renamed_column_that_is_needed_is_named_with_what_stands_there() -> None:
    renamed = ["WHEN" if heading == "SIGNED" else heading for heading in HEADINGS]
    said = refusal(workbook(line(), headings=renamed))
    assert "no column SIGNED" in said
    assert "“WHEN” in column F" in said


def test_a_workbook_without_agreements_is_refused() -> None:
    assert "no agreements under them" in refusal(workbook())


def test_another_workbook_is_refused() -> None:
    assert "headings" in refusal(workbook(["a", "b"], headings=("Name", "Badge")))


def archive(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return out.getvalue()


def not_a_workbook(kind: str) -> bytes:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    whole = workbook(line())
    return {
        "empty": b"",
        "blank": b"\xef\xbb\xbf \r\n",
        "page": b"\n<!DOCTYPE html><html><body>Not found</body></html>",
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "UTF-16": "STATE,AGENCY\n".encode("utf-16"),
        "another encoding": "STATE,AGENCY\nINDIANA,Sheriff’s Office\n".encode("cp1252"),
        "text": b"It is said that the list is to be had on the page.\n",
        "protected by a password": ole + "EncryptedPackage".encode("utf-16-le"),
        "old .xls": ole,
        "damaged": archive({"xl/workbook.xml": "<workbook/>"}),
        "cut": whole[: len(whole) // 2],
        ".xlsb": archive({"xl/workbook.bin": ""}),
        ".ods": archive({"mimetype": "", "content.xml": ""}),
        "another archive": archive({"participating.xlsx": ""}),
    }[kind]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("empty", "The file is empty"),
        ("blank", "The file is empty"),
        ("page", "is a web page"),
        ("PDF", "is a PDF"),
        ("picture", "not an Excel workbook"),
        ("UTF-16", "in UTF-16 (line 1)"),
        ("another encoding", "no CSV file in UTF-8 (line 2)"),
        ("text", "no sheet with the list's headings"),
        ("protected by a password", "protected by a password"),
        ("old .xls", "old .xls format"),
        ("damaged", "damaged"),
        ("cut", "damaged or cut short"),
        (".xlsb", ".xlsb format"),
        (".ods", ".ods format"),
        ("another archive", "unpack it first"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(kind: str, sentence: str) -> None:
    said = refusal(not_a_workbook(kind))
    assert sentence in said
    assert "\n" not in said


def test_a_workbook_that_unpacks_to_an_absurd_size_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(5):
            parts.writestr(f"xl/worksheets/sheet{number}.xml", bytes(50 << 20))
    assert "absurd size" in refusal(packed.getvalue())


# -- the CSV file ----------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
ROWS = st.builds(
    AgencyRow,
    state=st.sampled_from(["IN", "TX", "GU"]),
    name=TEXTS,
    type=TEXTS,
    county=TEXTS,
    model=st.sampled_from(["JEM", "WSO", "TFM"]),
    signed=st.dates(),
    moa=st.sampled_from(["link", "pending", ""]),
    moa_url=TEXTS,
    addendum=st.booleans(),
    addendum_url=TEXTS,
)


@given(st.lists(ROWS, max_size=5))
def test_rows_survive_the_csv_file(tmp_path_factory: pytest.TempPathFactory, rows: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "agencies.csv"
    agencies.write_csv(rows, path)
    assert agencies.read_csv(path.read_bytes()) == rows


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("état".encode("latin-1"), "not in UTF-8 (line 1)"),
        (b"state,name\nIN,x\n", "lacks the column type"),
    ],
)
def test_another_csv_file_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        agencies.read_csv(data)
    assert sentence in refused.value.message


@pytest.mark.parametrize("old, new", [("JEM", "K9"), ("2025-03-03", "2025-03-33"), (",no,", ",")])
def test_a_damaged_row_of_a_csv_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "agencies.csv"
    agencies.write_csv([row(), row(state="TN")], path)
    head, first, second = path.read_text().splitlines()
    with pytest.raises(BadInput) as refused:
        agencies.read_csv("\n".join([head, first, second.replace(old, new)]).encode())
    assert refused.value.details == ("line 3: not a whole agreement",)


# -- finding ---------------------------------------------------------------------------------------

SPACES = st.text(st.sampled_from(" \t\u00a0\n"), min_size=1, max_size=3)


@given(st.lists(SPACES, min_size=5, max_size=5), st.sampled_from("'’‘"), st.booleans())
def test_stray_spaces_apostrophes_and_case_make_no_difference(
    spaces: list[str], apostrophe: str, capitals: bool
) -> None:
    words = ["Hamilton", "County", f"Sheriff{apostrophe}s", "Office"]
    typed = "".join(a + b for a, b in zip(spaces, [*words, ""], strict=True))
    typed = typed.upper() if capitals else typed
    assert agencies.normalized(typed) == agencies.normalized(SHERIFF)
    assert agencies.find([row()], "IN", typed, "JEM") == row()


def test_a_name_that_fits_agencies_of_two_states_is_refused_with_the_list() -> None:
    with pytest.raises(BadInput) as refused:
        agencies.find(agencies.published(), None, SHERIFF, "JEM")
    assert "name the state" in refused.value.message
    assert refused.value.details == (
        f"{SHERIFF}, Indiana (IN): JEM, signed 2025-03-03",
        f"{SHERIFF}, Tennessee (TN): JEM, signed 2025-03-17",
    )


@pytest.mark.parametrize("state", ["IN", "Indiana", "indiana "])
def test_the_state_decides(state: str) -> None:
    assert agencies.find(agencies.published(), state, SHERIFF, "JEM").signed == date(2025, 3, 3)


def test_a_name_that_fits_one_state_needs_no_state() -> None:
    found = agencies.find(agencies.published(), None, "Palm Beach County Sheriff's Office", "WSO")
    assert (found.state, found.signed) == ("FL", date(2025, 2, 26))


def test_a_model_that_the_agency_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(BadInput) as refused:
        agencies.find([row(), row(model="WSO")], "IN", SHERIFF, "TFM")
    assert len(refused.value.details) == 2


@pytest.mark.parametrize("typed", ["Hamiltn County Sheriff's Office", "Hamilton Sheriff"])
def test_an_unknown_name_is_answered_with_what_may_have_been_meant(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        agencies.find([row(), row(state="TN"), row(name="Boone Jail")], None, typed, "JEM")
    assert refused.value.details == (
        f"Did you mean {SHERIFF}, IN?",
        f"Did you mean {SHERIFF}, TN?",
    )


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(BadInput):
        agencies.find([row()], "Atlantis", SHERIFF, "JEM")


def test_the_newest_agreement_of_an_agency_counts() -> None:
    newer = row(signed=date(2026, 1, 5))
    assert agencies.find([row(), newer, row()], "IN", SHERIFF, "JEM") == newer


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("hamilton sheriffs", {"FL", "IN", "TN", "TX"}),
        ("Hamilton IN", {"IN"}),
        ("hamilton indiana jem", {"IN"}),
        ("hamilton TN sheriff’s", {"TN"}),
        ("no such agency", set()),
    ],
)
def test_matching_by_words(text: str, states: set[str]) -> None:
    assert {r.state for r in agencies.match(agencies.published(), text)} == states


def test_no_text_matches_everything() -> None:
    assert len(agencies.match(agencies.published(), "")) == 1843


# -- resolving -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FormInUse:
    """As much of a form as the resolution of an agreement looks at."""

    id: str
    model: str
    seen_from: date
    seen_to: date
    title: str = "Checklist"


JEM25 = FormInUse("jem-2025", "JEM", date(2025, 2, 15), date(2025, 3, 17))
WSO19 = FormInUse("wso-2019", "WSO", date(2019, 4, 24), date(2020, 3, 19))
WSO20 = FormInUse("wso-2020-early", "WSO", date(2020, 2, 27), date(2020, 6, 8))
WSO25 = FormInUse("wso-2025", "WSO", date(2025, 2, 14), date(2025, 3, 31))
SHIPPED: Any = [JEM25, WSO25]


def resolved(forms: Any = SHIPPED, **given: Any) -> tuple[str | None, bool, str]:
    found = agencies.resolve(row(**given), forms)
    return found.form and found.form.id, found.presumed, found.reason


@pytest.mark.parametrize("day", [JEM25.seen_from, date(2025, 3, 3), JEM25.seen_to])
def test_signed_while_the_text_was_seen(day: date) -> None:
    form, presumed, reason = resolved(signed=day)
    assert (form, presumed) == ("jem-2025", False)
    assert "seen in copies signed February 15, 2025, to March 17, 2025" in reason


def test_signed_later_than_the_newest_text_seen_is_presumed() -> None:
    form, presumed, reason = resolved(signed=date(2025, 3, 18))
    assert (form, presumed) == ("jem-2025", True)
    assert "later than the newest copy" in reason


def test_signed_earlier_than_the_first_copy_seen_but_under_the_same_text_is_presumed() -> None:
    late: Any = [replace(JEM25, seen_from=date(2025, 3, 1))]
    form, presumed, reason = resolved(late, signed=date(2025, 2, 20))
    assert (form, presumed) == ("jem-2025", True)
    assert "earlier than the first copy" in reason


def test_an_agreement_whose_revision_has_no_form_names_the_revision() -> None:
    form, _, reason = resolved(signed=date(2020, 6, 9))
    assert form is None
    assert "the JEM agreement text of 2020" in reason


@pytest.mark.parametrize(
    ("model", "day"),
    [("TFM", date(2016, 3, 19)), ("WSO", date(2018, 1, 1)), ("JEM", date(2022, 5, 1))],
)
def test_a_day_that_no_known_text_explains_resolves_to_nothing(model: str, day: date) -> None:
    form, _, reason = resolved(model=model, signed=day)
    assert form is None
    assert f"{day:%B %Y}" in reason


@pytest.mark.parametrize("forms", [[WSO19, WSO20], [WSO19], [WSO20]])
def test_where_the_day_fits_two_texts_both_are_named_and_the_form_is_presumed(forms: Any) -> None:
    form, presumed, reason = resolved(forms, model="WSO", signed=date(2020, 3, 13))
    assert (form, presumed) == (forms[0].id, True)
    assert "wso-2019" in reason
    assert "wso-2020-early" in reason


def test_a_new_model_is_one_new_form_and_no_code() -> None:
    forms: Any = [FormInUse("tml-2027", "TML", date(2027, 1, 1), date(2027, 6, 1))]
    assert resolved(forms, model="TML", signed=date(2027, 2, 1))[:2] == ("tml-2027", False)
    assert resolved(forms, model="TML", signed=date(2027, 8, 1))[:2] == ("tml-2027", True)
    assert resolved(forms, model="TML", signed=date(2026, 8, 1))[:2] == (None, False)


def test_a_form_of_another_model_is_never_chosen() -> None:
    assert resolved([JEM25], model="WSO", signed=date(2025, 3, 3))[0] is None


def test_every_published_agreement_is_resolved_or_says_why_not() -> None:
    counts = agencies.tally(agencies.published(), SHIPPED)
    named = sum(sum(kinds.values()) for kinds in counts.resolves_to.values())
    assert named + sum(counts.unresolved.values()) == 1843
    assert set(counts.resolves_to) == {"jem-2025", "wso-2025"}
    assert counts.unresolved["No TFM agreement text is known that was in use in March 2016."] == 1


def test_an_agreement_that_fits_two_texts_is_counted_under_neither_alone() -> None:
    days = (date(2020, 5, 1), date(2019, 5, 6), date(2025, 2, 26))
    counts = agencies.tally([row(model="WSO", signed=day) for day in days], forms.shipped())
    found = {ids: sum(kinds.values()) for ids, kinds in counts.resolves_to.items()}
    assert found == {"wso-2019 or wso-2020-early": 1, "wso-2019": 1, "wso-2025": 1}
    assert counts.resolves_to["wso-2019 or wso-2020-early"] == {"presumed": 1}


def test_the_revisions_of_a_model_leave_no_doubt_but_where_two_were_in_use() -> None:
    ids = [revision.id for revision in agencies.revisions()]
    assert len(ids) == len(set(ids))
    assert all(r.until is None or r.since <= r.until for r in agencies.revisions())
    open_ended = [r.model for r in agencies.revisions() if r.until is None]
    assert sorted(open_ended) == ["JEM", "TFM", "WSO"]


# -- field offices ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "office"),
    [
        ({}, "Chicago Field Office"),
        ({"state": "FL", "county": "Palm Beach County"}, "Miami Field Office"),
        ({"state": "TX", "county": "Harris County "}, "Houston Field Office"),
        ({"state": "TX", "county": "Oldham County"}, None),
        ({"state": "NY", "county": "Nassau County"}, "New York City Field Office"),
        ({"state": "NY", "county": ""}, "Buffalo Field Office"),
        ({"state": "AS", "county": ""}, None),
    ],
)
def test_the_field_office_is_a_guess_or_nothing(place: dict[str, str], office: str | None) -> None:
    assert agencies.field_office(row(**place)) == office
