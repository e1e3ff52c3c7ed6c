"""What the forms that ship rest on: clauses at their section and page, and sentences that help.

That every requirement is asked and every quotation is verbatim is in test_form_content.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from inspector_app import forms
from inspector_app.forms import Citation, Form, Item
from inspector_app.forms.rules import MIN_QUOTED_WORDS

JEM, WSO = "jem-2025", "wso-2025"
BOTH = pytest.mark.parametrize("form_id", [JEM, WSO])


def items(form_id: str) -> tuple[Item, ...]:
    return forms.load(form_id).items


# -- questions ------------------------------------------------------------------------------------


def is_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and len(text.split()) >= 5


def test_the_sections_of_an_inspection_follow_its_day() -> None:
    assert [section.title for section in forms.load(JEM).sections] == [
        "Agreement and contacts",
        "Processing area",
        "Office, A-files, systems",
        "Screening and case files",
        "Detainers and warrants",
        "Interpretation",
        "Designation of officers",
        "Training",
        "ICE supervision",
        "Complaints",
        "Conduct and civil rights",
        "Meetings and release of information",
        "Good practice",
    ]


@BOTH
def test_each_item_says_in_full_sentences_what_to_look_at(form_id: str) -> None:
    for item in items(form_id):
        assert 2 <= len(item.look_at) <= 3, item.id
        assert all(is_sentence(line) for line in item.look_at), item.id
        assert item.question[0].isupper() and item.question.count("?") == 1, item.id


@BOTH
def test_what_is_not_asked_has_a_reason_in_a_sentence(form_id: str) -> None:
    assert all(is_sentence(left.reason) for left in forms.load(form_id).not_asked)


@BOTH
def test_no_two_items_ask_the_same(form_id: str) -> None:
    assert len({item.question for item in items(form_id)}) == len(items(form_id))


def test_a_longer_hold_is_asked_about_only_where_there_was_one() -> None:
    for form_id, hold, agreement in ((JEM, "j-17", "j-18"), (WSO, "w-10", "w-11")):
        condition = forms.load(form_id).item(agreement).shown_when
        assert condition == forms.Condition(hold, ("not-met",))


@BOTH
def test_what_ice_alone_must_do_is_laid_to_ice(form_id: str) -> None:
    known = forms.finding_types()
    for item in items(form_id):
        if {known[code].party for code in item.types} == {"ice"}:
            assert any(party.startswith("ice-") for party in item.parties), item.id


# -- authority ------------------------------------------------------------------------------------


@BOTH
def test_every_item_cites_a_clause_of_the_agreement(form_id: str) -> None:
    for item in items(form_id):
        assert any(cited.document == "moa" for cited in item.citations), item.id


@BOTH
def test_every_document_is_cited_and_only_held_texts_are_quoted(form_id: str) -> None:
    form = forms.load(form_id)
    cited = [citation for item in form.items for citation in item.citations]
    assert {citation.document for citation in cited} == {document.id for document in form.documents}
    for citation in cited:
        assert bool(citation.quotation) == form.document(citation.document).text_held


@BOTH
def test_policies_and_regulations_have_a_first_day_and_reports_none(form_id: str) -> None:
    """The guard takes as the authority of a deficiency only what is in force on a day."""
    for document in forms.load(form_id).documents:
        dated = document.in_force_from is not None
        assert dated == (document.kind in ("policy", "regulation")), document.id


@BOTH
def test_what_was_not_read_in_the_agreement_says_what_it_goes_by(form_id: str) -> None:
    for item in items(form_id):
        others = [cited for cited in item.citations if cited.document != "moa"]
        assert item.certainty == "seen" or others, item.id


# -- quotations -----------------------------------------------------------------------------------

AGREEMENTS = {JEM: "jem-2025-hamilton-in.txt", WSO: "wso-2025-palm-beach-fl.txt"}
SAME = 0.9
"""The share of a quotation's letters and digits that a machine-read agreement must bear out."""

_FOOTER = re.compile(r"Revised 02/1\d/2025|Sheriff\W?s Office,? IN|^\s*\d+\s*$")
_CHAPTER = re.compile(r"\s*(VIII|VII|VI|IV|V|III|II|I)\.\s+[A-Z][A-Z ,]+")
_PARAGRAPH = re.compile(r"\s*([A-I])\. [A-Z][A-Z ]+")
_APPENDIX = re.compile(r"\s*APPENDIX ?([ABC])")


@dataclass(frozen=True)
class Line:
    section: str
    page: int
    letters: str


def reduced(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def headed(line: str, section: str) -> str:
    """The section that begins with this line, or the one that goes on."""
    if found := _APPENDIX.fullmatch(line):
        return f"Appendix {found[1]}"
    chapter = section.split(".")[0]
    found = _PARAGRAPH.fullmatch(line)
    if found and (found[1] != "I" or chapter == "IV"):  # “I.” is also the first chapter
        return f"{chapter}.{found[1]}"
    found = _CHAPTER.fullmatch(line)
    return found[1] if found else section


@cache
def agreement(path: Path) -> tuple[Line, ...]:
    """The lines of a signed copy without its footers, each with its section and PDF page."""
    lines, section = [], ""
    for page, text in enumerate(path.read_text("utf-8").split("\f"), 1):
        for line in text.splitlines():
            section = headed(line.rstrip(), section)
            if not _FOOTER.search(line):
                lines.append(Line(section, page, reduced(line)))
    return tuple(lines)


def borne_out(quotation: str, text: str) -> float:
    """The share of the quotation that stands in the text, in order and in one place."""
    words = reduced(quotation)
    if words in text:
        return 1.0
    longest = SequenceMatcher(None, words, text, autojunk=False).find_longest_match()
    start = max(0, longest.b - longest.a - 10)
    place = text[start : start + len(words) + 20]
    blocks = SequenceMatcher(None, words, place, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words)


def quoted(form: Form) -> Iterator[tuple[str, Citation]]:
    for item in form.items:
        yield from ((item.id, cited) for cited in item.citations if cited.document == "moa")


@BOTH
def test_each_quotation_stands_in_its_section_and_begins_on_its_page(
    form_id: str, shared: Path
) -> None:
    lines = agreement(shared / "moa" / AGREEMENTS[form_id])
    for item_id, cited in quoted(forms.load(form_id)):
        assert cited.page is not None and len(cited.quotation.split()) >= MIN_QUOTED_WORDS
        on = range(cited.page, cited.page + 2)
        inside = [line for line in lines if line.section == cited.section and line.page in on]
        whole = "".join(line.letters for line in inside)
        begins = "".join(line.letters for line in inside if line.page == cited.page)
        assert borne_out(cited.quotation, whole) >= SAME, (item_id, cited.section)
        assert borne_out(cited.quotation[:40], begins) >= SAME, (item_id, cited.page)


def test_a_quotation_that_says_something_else_is_noticed(shared: Path) -> None:
    lines = agreement(shared / "moa" / AGREEMENTS[JEM])
    text = "".join(line.letters for line in lines if line.section == "Appendix B")
    assert borne_out("no later than 30 days from the date of the resolution", text) == 1.0
    assert borne_out("no later than the date of resolution, 30 days before", text) < SAME
    assert {line.section for line in lines} >= {"I", "IV", "IV.G", "IV.I", "V.C", "Appendix A"}


# -- samples, tour, interviews --------------------------------------------------------------------


def labels(form_id: str, kind: str) -> list[str]:
    (found,) = (sample for sample in forms.load(form_id).sample_kinds if sample.id == kind)
    return [attribute.label for attribute in found.attributes]


def test_what_is_sampled_and_the_columns_of_a_case_file() -> None:
    jem, wso = ({kind.id for kind in forms.load(form_id).sample_kinds} for form_id in (JEM, WSO))
    assert jem == {"case-file", "training-record", "complaint"}
    assert wso == {"warrant", "training-record"}
    assert labels(JEM, "case-file") == [
        *("A-no.", "Name", "Birth", "Entry", "USC", "Chk", "Q&A", "Lang."),
        *("Oath", "Sign", "Sup.", "247A", "I-200", "Ntc", "48 h"),
    ]


@BOTH
def test_column_heads_are_short_and_their_questions_whole(form_id: str) -> None:
    for kind in forms.load(form_id).sample_kinds:
        for attribute in kind.attributes:
            assert len(attribute.label) <= 6, attribute.id
            assert attribute.question.endswith("?") and attribute.item, attribute.id


@BOTH
def test_each_tour_point_leads_to_a_question(form_id: str) -> None:
    points = [point for area in forms.load(form_id).areas for point in area.points]
    assert points and all(point.item for point in points)


@BOTH
def test_spanish_is_for_detained_persons_alone_and_said_not_to_be_official(form_id: str) -> None:
    for role in forms.load(form_id).interview_roles:
        assert all(bool(topic.spanish) == (role.party == "detainee") for topic in role.topics)
    remarks = [line for line in forms.bytes_of(form_id).decode().splitlines() if line[:1] == "#"]
    assert any("working translation" in line and "not official" in line for line in remarks)
