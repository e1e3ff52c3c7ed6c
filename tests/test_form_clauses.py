"""What the forms that ship rest on: authorities, and sentences that help.

That every requirement is asked and every quotation stands in its agreement is in
test_form_content.py.
"""

import pytest

from inspector_app import forms
from inspector_app.forms import Item

JEM, WSO = "jem-2025", "wso-2025"
EACH = pytest.mark.parametrize("form_id", [form.id for form in forms.shipped()])


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


@EACH
def test_each_item_says_in_full_sentences_what_to_look_at(form_id: str) -> None:
    for item in items(form_id):
        assert 2 <= len(item.look_at) <= 3, item.id
        assert all(is_sentence(line) for line in item.look_at), item.id
        assert item.question[0].isupper() and item.question.count("?") == 1, item.id


@EACH
def test_what_is_not_asked_has_a_reason_in_a_sentence(form_id: str) -> None:
    assert all(is_sentence(left.reason) for left in forms.load(form_id).not_asked)


@EACH
def test_no_two_items_ask_the_same(form_id: str) -> None:
    assert len({item.question for item in items(form_id)}) == len(items(form_id))


def test_a_longer_hold_is_asked_about_only_where_there_was_one() -> None:
    for form_id, hold, agreement in ((JEM, "j-17", "j-18"), (WSO, "w-10", "w-11")):
        condition = forms.load(form_id).item(agreement).shown_when
        assert condition == forms.Condition(hold, ("not-met",))


@EACH
def test_what_ice_alone_must_do_is_laid_to_ice(form_id: str) -> None:
    known = forms.finding_types()
    for item in items(form_id):
        if {known[code].party for code in item.types} == {"ice"}:
            assert any(party.startswith("ice-") for party in item.parties), item.id


# -- authority ------------------------------------------------------------------------------------


@EACH
def test_every_item_cites_a_clause_of_the_agreement(form_id: str) -> None:
    for item in items(form_id):
        assert any(cited.document == "moa" for cited in item.citations), item.id


@EACH
def test_every_document_is_cited_and_only_held_texts_are_quoted(form_id: str) -> None:
    form = forms.load(form_id)
    cited = [citation for item in form.items for citation in item.citations]
    assert {citation.document for citation in cited} == {document.id for document in form.documents}
    for citation in cited:
        assert bool(citation.quotation) == form.document(citation.document).text_held


@EACH
def test_policies_and_regulations_have_a_first_day_and_reports_none(form_id: str) -> None:
    """The guard takes as the authority of a deficiency only what is in force on a day."""
    for document in forms.load(form_id).documents:
        dated = document.in_force_from is not None
        assert dated == (document.kind in ("policy", "regulation")), document.id


@EACH
def test_what_was_not_read_in_the_agreement_says_what_it_goes_by(form_id: str) -> None:
    for item in items(form_id):
        others = [cited for cited in item.citations if cited.document != "moa"]
        assert item.certainty == "seen" or others, item.id


# -- samples, tour, interviews --------------------------------------------------------------------


def labels(form_id: str, kind: str) -> list[str]:
    (found,) = (sample for sample in forms.load(form_id).sample_kinds if sample.id == kind)
    return [attribute.label for attribute in found.attributes]


def test_what_is_sampled_and_the_columns_of_a_case_file() -> None:
    jem, wso = ({kind.id for kind in forms.load(form_id).sample_kinds} for form_id in (JEM, WSO))
    assert jem >= {"case-file", "training-record", "complaint", "detainer", "interpreter-log"}
    assert wso >= {"warrant", "training-record", "complaint", "credential"}
    assert labels(JEM, "case-file") == [
        *("A-no.", "Name", "Birth", "Entry", "USC", "Chk", "Q&A", "Lang."),
        *("Oath", "Sign", "Sup.", "247A", "I-200", "Ntc", "48 h"),
    ]


@EACH
def test_column_heads_are_short_and_their_questions_whole(form_id: str) -> None:
    for kind in forms.load(form_id).sample_kinds:
        for attribute in kind.attributes:
            assert len(attribute.label) <= 6, attribute.id
            assert attribute.question.endswith("?") and attribute.item, attribute.id


@EACH
def test_each_tour_point_leads_to_a_question(form_id: str) -> None:
    points = [point for area in forms.load(form_id).areas for point in area.points]
    assert points and all(point.item for point in points)


@EACH
def test_spanish_is_for_detained_persons_alone_and_said_not_to_be_official(form_id: str) -> None:
    for role in forms.load(form_id).interview_roles:
        assert all(bool(topic.spanish) == (role.party == "detainee") for topic in role.topics)
    remarks = [line for line in forms.bytes_of(form_id).decode().splitlines() if line[:1] == "#"]
    assert any("working translation" in line and "not official" in line for line in remarks)
