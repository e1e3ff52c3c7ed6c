"""The two checklists of 2025 against the signed agreements they were read from."""

import re
from pathlib import Path

import pytest

from inspector_app import forms

AGREEMENTS = {"jem-2025": "jem-2025-hamilton-in.txt", "wso-2025": "wso-2025-palm-beach-fl.txt"}
ROWS = {"jem-2025": ("j", 103), "wso-2025": ("w", 59)}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _agreement(shared: Path, name: str) -> str:
    """The letters and digits of an agreement without its page feet; "1-213" is the OCR's I-213."""
    text = (shared / "moa" / name).read_text("utf-8").replace("1-213", "I-213")
    feet = re.compile(r"^.*County Sheriff.?s Office.*$|^\s*\d*\s*Revised 02/1\d/2025\s*$", re.M)
    return _letters(feet.sub("", text))


@pytest.mark.parametrize("form_id", AGREEMENTS)
def test_every_quotation_stands_in_the_agreement(shared: Path, form_id: str) -> None:
    agreement = _agreement(shared, AGREEMENTS[form_id])
    missing = [
        item.id
        for item in forms.load(form_id).items
        for cite in item.citations
        if cite.document == "moa" and _letters(cite.quotation) not in agreement
    ]
    assert missing == []


@pytest.mark.parametrize("form_id", ROWS)
def test_every_row_of_the_catalogue_has_an_item_or_a_reason(form_id: str) -> None:
    form = forms.load(form_id)
    letter, last = ROWS[form_id]
    asked = {item.id for item in form.items}
    not_asked = {line.ref.lower() for line in form.not_asked}
    assert asked | not_asked == {f"{letter}-{n:02}" for n in range(1, last + 1)}
    assert asked & not_asked == set()


@pytest.mark.parametrize("form_id", ROWS)
def test_a_shipped_form_is_released_as_it_is(form_id: str) -> None:
    assert forms.load(form_id).released, (
        "changed: give it a new version or a line in forms/RELEASED"
    )


def test_the_case_file_sample_has_fifteen_attributes() -> None:
    kinds = {kind.id: kind for kind in forms.load("jem-2025").sample_kinds}
    assert len(kinds["case-file"].attributes) == 15


def test_what_is_read_to_detainees_stands_in_spanish_too() -> None:
    for form_id in ROWS:
        roles = {role.id: role for role in forms.load(form_id).interview_roles}
        assert all(topic.spanish for topic in roles["detained-person"].topics)
