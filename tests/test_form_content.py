"""Every checklist that ships, against the signed agreements it was read from.

What a form asks must be what the agency signed: each clause stands where it is cited, each
requirement of the catalogue is asked or left out for a reason, and what another revision says is
not said here.
"""

import re
from pathlib import Path

import pytest

from inspector_app import auditing, forms
from inspector_app.auditing.dividing import body_lines
from inspector_app.auditing.letters import best_passage, reduced
from inspector_app.auditing.reading import pages_of

FORMS = [form.id for form in forms.shipped()]
COPIES = [
    ("jem-2020", "jem-2020-florida-doc"),
    ("jem-2020", "jem-2020-addendum-la-paz-az"),
    ("jem-2025", "jem-2025-hamilton-in"),
    ("wso-2019", "wso-2019-suwannee-fl"),
    ("wso-2020-early", "wso-2020-early-sheboygan-wi"),
    ("wso-2020", "wso-2020-kendall-tx"),
    ("wso-2025", "wso-2025-palm-beach-fl"),
    ("tfm-2025", "tfm-2025-lady-lake-fl"),
]
READ_FROM = dict(reversed(COPIES))  # the copy whose pages the citations count
ROWS = {"JEM": ("j", 103), "WSO": ("w", 59)}


def test_every_form_was_read_from_a_signed_copy() -> None:
    assert set(FORMS) == set(READ_FROM)


@pytest.mark.parametrize("kind", [".txt", ".pdf"])
@pytest.mark.parametrize(("form_id", "copy"), COPIES, ids=[copy for _, copy in COPIES])
def test_an_agreement_is_recognized_and_bears_out_its_form(
    shared: Path, form_id: str, copy: str, kind: str
) -> None:
    (audit,) = auditing.compared(pages_of(shared / "moa" / f"{copy}{kind}"), forms.shipped())
    assert audit.form.id == form_id
    assert [(one.item, one.section, one.why) for one in audit.absent] == []
    assert (audit.uncited, audit.strange) == ((), ())
    assert not any(control.found for control in audit.controls)


@pytest.mark.parametrize(
    ("copy", "carried"),
    [("jem-2020-florida-doc", True), ("jem-2020-addendum-la-paz-az", True)],
)
def test_the_review_every_three_years_is_found_on_its_page_or_built_in(
    shared: Path, copy: str, carried: bool
) -> None:
    (audit,) = auditing.compared(pages_of(shared / "moa" / f"{copy}.txt"), forms.shipped())
    assert audit.addenda == {"addendum": carried}


@pytest.mark.parametrize("form_id", FORMS)
def test_each_quotation_begins_on_the_page_that_is_cited(shared: Path, form_id: str) -> None:
    pages = pages_of(shared / "moa" / f"{READ_FROM[form_id]}.txt")
    for item in forms.load(form_id).items:
        for cited in (one for one in item.citations if one.document == "moa"):
            assert cited.page is not None, item.id
            page = "".join(map(reduced, body_lines([pages[cited.page - 1]])))
            assert best_passage(reduced(cited.quotation)[:40], page).same, (item.id, cited.page)


# -- what changed between revisions ---------------------------------------------------------------

CHANGED = [
    ("jem-2020", "j-92", ["jem-2025-hamilton-in"]),  # the steering committee is gone
    ("wso-2019", "w-14", ["wso-2020-early-sheboygan-wi", "wso-2020-kendall-tx"]),  # a hard hour
    (
        "wso-2019",
        "w-50",
        ["wso-2020-kendall-tx", "wso-2025-palm-beach-fl"],
    ),  # material, not posters
    ("wso-2019", "w-52", ["wso-2020-kendall-tx", "wso-2025-palm-beach-fl"]),  # 90 days
    ("wso-2019", "w-53", ["wso-2020-kendall-tx", "wso-2025-palm-beach-fl"]),  # interim suspension
    ("wso-2020", "w-49", ["wso-2019-suwannee-fl", "wso-2020-early-sheboygan-wi"]),  # posters
    ("wso-2020", "w-56", ["wso-2025-palm-beach-fl", "wso-2019-suwannee-fl"]),  # the committee
]


@pytest.mark.parametrize(("form_id", "item", "others"), CHANGED, ids=[c[1] for c in CHANGED])
def test_a_clause_that_changed_is_not_found_in_the_other_revision(
    shared: Path, form_id: str, item: str, others: list[str]
) -> None:
    quoted = [c.quotation for c in forms.load(form_id).item(item).citations if c.document == "moa"]
    for other in others:
        text = auditing.text_of(pages_of(shared / "moa" / f"{other}.txt"))
        assert quoted and not any(best_passage(reduced(q), text).same for q in quoted), other


def test_no_form_asks_for_what_its_agreement_no_longer_has() -> None:
    """A steering-committee question put to a 2025 signer would be a wrong deficiency."""
    asked = {form.id: {item.id for item in form.items} for form in forms.shipped()}
    assert {"j-92", "j-93", "j-94"} <= asked["jem-2020"]
    assert not {"j-92", "j-93", "j-94"} & asked["jem-2025"]
    assert "w-49" not in asked["wso-2019"] | asked["wso-2020-early"]
    assert not {"w-50", "w-52", "w-53", "w-56"} & asked["wso-2025"]


def test_the_hour_for_a_citizenship_claim_binds_in_2019_alone() -> None:
    bound = {form.id: form.clocks.get("usc-claim") for form in forms.shipped()}
    assert {id: clock and clock.binding for id, clock in bound.items()} == {
        "jem-2020": "generally",
        "jem-2025": "generally",
        "tfm-2025": None,
        "wso-2019": "hard",
        "wso-2020": "generally",
        "wso-2020-early": "generally",
        "wso-2025": "generally",
    }


# -- completeness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", [id for id in FORMS if not id.startswith("tfm")])
def test_every_row_of_the_catalogue_has_an_item_or_a_reason(form_id: str) -> None:
    form = forms.load(form_id)
    letter, last = ROWS[form.model]
    asked = {item.id for item in form.items}
    refs = (left.ref.lower() for left in form.not_asked)
    not_asked = {ref for ref in refs if re.fullmatch(rf"{letter}-\d+", ref)}
    assert asked | not_asked == {f"{letter}-{n:02}" for n in range(1, last + 1)}
    assert asked & not_asked == set()


@pytest.mark.parametrize("form_id", FORMS)
def test_every_section_of_the_agreement_is_cited_or_has_a_reason(form_id: str) -> None:
    form = forms.load(form_id)
    cited = {cite.section for item in form.items for cite in item.citations}
    reasons = {left.ref for left in form.not_asked}
    assert {clause.section for clause in form.clauses} <= cited | reasons


@pytest.mark.parametrize("form_id", FORMS)
def test_every_form_answers_every_point_in_which_revisions_differ(form_id: str) -> None:
    from inspector_app.forms.rules import POINTS

    assert [point.topic for point in forms.load(form_id).points] == list(POINTS)


@pytest.mark.parametrize("form_id", FORMS)
def test_a_shipped_form_is_released_as_it_is(form_id: str) -> None:
    assert forms.load(form_id).released, (
        "changed: give it a new version or a line in forms/RELEASED"
    )


def test_questions_that_revisions_share_keep_their_words() -> None:
    """Where the clause is the same the question is; else the answer could not be carried over."""
    for older, newer, few in (("jem-2020", "jem-2025", 0), ("wso-2020-early", "wso-2019", 1)):
        old = {item.id: item.question for item in forms.load(older).items}
        new = {item.id: item.question for item in forms.load(newer).items}
        shared = old.keys() & new.keys()
        assert sum(old[id] != new[id] for id in shared) == few


def test_the_case_file_sample_has_fifteen_attributes() -> None:
    kinds = {kind.id: kind for kind in forms.load("jem-2025").sample_kinds}
    assert len(kinds["case-file"].attributes) == 15


@pytest.mark.parametrize("form_id", FORMS)
def test_what_is_read_to_detainees_stands_in_spanish_too(form_id: str) -> None:
    roles = {role.id: role for role in forms.load(form_id).interview_roles}
    assert all(topic.spanish for topic in roles["detained-person"].topics)
