"""Holding forms against signed copies: bad scans are understood, a wrong text is not let pass."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app import auditing, forms
from inspector_app.auditing.dividing import body_lines, divided
from inspector_app.auditing.letters import best_passage, reduced, times
from inspector_app.auditing.reading import agreement_files, pages_of
from inspector_app.errors import BadInput
from tests.functional.terminal import Terminal
from tests.harness import count

COPIES = {
    "jem-2020-florida-doc": "jem-2020",
    "jem-2025-hamilton-in": "jem-2025",
    "wso-2019-suwannee-fl": "wso-2019",
    "wso-2020-early-sheboygan-wi": "wso-2020-early",
    "wso-2020-kendall-tx": "wso-2020",
    "wso-2025-palm-beach-fl": "wso-2025",
    "tfm-2025-lady-lake-fl": "tfm-2025",
}
OFTEN_MISREAD = {"l": "1", "o": "0", "m": "rn", "e": "c", "h": "b", "i": "l", "I": "l", "B": "8"}


def read(shared: Path, copy: str) -> list[str]:
    return pages_of(shared / "moa" / f"{copy}.txt")


def badly_scanned(page: str, share: float, chance: random.Random) -> str:
    """The page with that share of its letters misread, lost, or followed by a speck."""
    out = []
    for letter in page:
        luck = chance.random() / share
        if luck < 0.6:
            out.append(OFTEN_MISREAD.get(letter, "x") if letter.isalpha() else letter)
        elif luck < 0.8:
            continue
        else:
            out.append(letter + "~" if luck < 1 else letter)
    return "".join(out)


@pytest.mark.parametrize("copy", COPIES)
def test_a_bad_scan_is_recognized_and_hardly_a_clause_is_missed(shared: Path, copy: str) -> None:
    for seed in range(count(1, 30)):
        chance = random.Random(seed)
        pages = [badly_scanned(page, 0.03, chance) for page in read(shared, copy)]
        (audit,) = auditing.compared(pages, forms.shipped())
        assert audit.form.id == COPIES[copy]
        assert len(audit.absent) <= 3


def test_a_text_of_no_known_revision_fits_none_and_the_nearest_says_what_it_lacks(
    shared: Path,
) -> None:
    pages = [p for p in read(shared, "wso-2019-suwannee-fl") if "one hour" not in p]
    assert auditing.compared(pages, forms.shipped()) == []
    near = auditing.nearest(auditing.text_of(pages), forms.shipped())
    assert near is not None and near.form.id in ("wso-2019", "wso-2020-early")
    assert any("hour" in phrase for phrase in near.missing)


def test_a_text_that_two_forms_know_fits_both(shared: Path) -> None:
    form = forms.load("jem-2025")
    twin = replace(form, id="jem-2027")
    found = auditing.compared(read(shared, "jem-2025-hamilton-in"), [form, twin])
    assert [audit.form.id for audit in found] == ["jem-2025", "jem-2027"]


# -- what differs is told -------------------------------------------------------------------------


def test_a_clause_that_was_taken_out_is_told_with_its_item(shared: Path) -> None:
    cited = forms.load("jem-2025").item("j-70").citations[0]
    pages = [
        page.replace("the record should always include", "it is hoped that there be")
        for page in read(shared, "jem-2025-hamilton-in")
    ]
    audit = auditing.audit(pages, forms.load("jem-2025"))
    told = {one.item: one.section for one in audit.absent}
    assert told == {"j-70": cited.section, "j-71": cited.section}  # both cite this sentence
    assert "of its letters stand there" in audit.absent[0].why


def test_a_clause_in_another_section_is_told_with_where_it_stands(shared: Path) -> None:
    form = forms.load("jem-2025")
    item = form.item("j-70")
    moved = replace(item, citations=(replace(item.citations[0], section="IV.E"),))
    part = replace(form.section_of("j-70"), items=(moved,))
    audit = auditing.audit(read(shared, "jem-2025-hamilton-in"), replace(form, sections=(part,)))
    assert [one.why for one in audit.absent] == ["it stands in IV.G"]


def test_a_clause_of_another_revision_that_stands_here_is_told(shared: Path) -> None:
    committee = forms.load("jem-2020").item("j-92").citations[0].quotation
    pages = read(shared, "jem-2025-hamilton-in")
    audit = auditing.audit([*pages, committee], forms.load("jem-2025"), forms.shipped())
    found = {(one.form, one.item) for one in audit.controls if one.found}
    assert ("jem-2020", "j-92") in found
    assert not audit.passed


def test_a_section_that_nobody_asks_or_explains_is_told(shared: Path) -> None:
    form = replace(forms.load("jem-2025"), not_asked=())
    assert "III" in auditing.audit(read(shared, "jem-2025-hamilton-in"), form).uncited


def test_a_heading_that_the_form_does_not_know_is_told(shared: Path) -> None:
    pages = read(shared, "jem-2025-hamilton-in")
    pages[4] += "\nIX. NEIGHBORHOOD PICNIC COMMITTEE\nThere shall be one every year.\n"
    audit = auditing.audit(pages, forms.load("jem-2025"))
    assert audit.strange == ("IX. NEIGHBORHOOD PICNIC COMMITTEE",)


# -- letters and lines ----------------------------------------------------------------------------


def test_nine_of_ten_letters_in_order_are_enough_and_eight_are_not() -> None:
    words = reduced("no later than thirty days from the date of the resolution")
    text = "before" * 20 + words + "after" * 20
    assert best_passage(words, text).share == 1.0
    assert best_passage(words, text.replace("thirty", "th1rly")).same
    assert not best_passage(words, text.replace("thirtydaysfrom", "ninetyhoursfor")).same
    assert not best_passage(words[::-1], text).same


def test_a_sentence_that_stands_twice_is_counted() -> None:
    words = reduced("the alien shall be released from the jail without any delay")
    assert [times(words, "x" * 40 + words * n + "y" * 40) for n in (0, 1, 2)] == [0, 1, 2]


def test_running_lines_and_page_numbers_are_no_text() -> None:
    words = ("apples", "bridges", "clouds", "dancers", "engines")
    body = ["\n".join(f"Line {part} about {word}." for part in range(9)) for word in words]
    feet = ["Sample County Sherifls Office", "Sample County Sheriff's Office"] * 3
    pages = [
        f"{text}\n{foot}   Revised 02/15/2025\n{n}"
        for n, (text, foot) in enumerate(zip(body, feet, strict=False))
    ]
    lines = body_lines(pages)
    assert not any("Sheri" in line or line.isdigit() for line in lines)
    assert [line for line in lines if line.startswith("Line")] == "\n".join(body).split("\n")


def test_a_heading_that_cannot_be_read_leaves_its_section_in_the_one_before(shared: Path) -> None:
    form = forms.load("jem-2025")
    pages = [
        p.replace("INTERPRETATION SERVICES", "|||| ||||")
        for p in read(shared, "jem-2025-hamilton-in")
    ]
    division = divided(pages, form.clauses)
    assert "IV.G" in division.missing
    assert reduced("the record should always include questions") in division.section("IV.G")


# -- the command ----------------------------------------------------------------------------------


def test_a_folder_without_agreements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no agreement"):
        agreement_files(tmp_path)
    with pytest.raises(BadInput, match="no such folder"):
        agreement_files(tmp_path / "none")


def test_what_cannot_be_read_is_told_in_a_sentence_that_says_where(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    shared: Path,
) -> None:
    terminal = Terminal(monkeypatch, capsys)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "latin.txt").write_bytes("a\nSheriff’s é".encode("latin-1", "replace"))
    (tmp_path / "not.pdf").write_bytes(b"not a PDF at all")
    good = shared / "moa" / "tfm-2025-lady-lake-fl.txt"
    (tmp_path / "good.txt").write_bytes(good.read_bytes())
    told = {line["file"]: line for line in terminal.run("forms", "audit", tmp_path)}
    assert terminal.code == 8
    assert told["good.txt"]["passed"] and told["good.txt"]["form"] == "tfm-2025"
    assert "no text" in told["empty.txt"]["why"]
    assert "Line 2 is not UTF-8" in told["latin.txt"]["why"]
    assert "not a PDF" in told["not.pdf"]["why"]
