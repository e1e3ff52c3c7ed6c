"""What a day of signing can decide and what it leaves open; the signed text decides the rest."""

from datetime import date, timedelta

import pytest

from inspector_app import agencies, forms
from inspector_app.agencies import Resolution
from inspector_app.errors import BadInput
from inspector_app.workspace.starting import Plan, chosen_form

DAYS = (date(2026, 3, 10), date(2026, 3, 12))


def resolution(model: str, signed: date) -> Resolution:
    row = agencies.AgencyRow("WI", "Sample County Sheriff", "County", "Sample", model, signed)
    return agencies.resolve(row, forms.shipped())


def plan(signed: date, form: str | None = None, reason: str = "") -> Plan:
    row = agencies.AgencyRow("WI", "Sample County Sheriff", "County", "Sample", "WSO", signed)
    found = agencies.resolve(row, forms.shipped())
    return Plan(row, found, "oversight-review", *DAYS, form=form, reason=reason)


@pytest.mark.parametrize(
    ("model", "signed", "form", "presumed"),
    [
        ("JEM", date(2020, 3, 12), "jem-2020", False),
        ("JEM", date(2025, 3, 3), "jem-2025", False),
        ("JEM", date(2026, 5, 14), "jem-2025", True),
        ("WSO", date(2019, 10, 15), "wso-2019", False),
        ("WSO", date(2020, 7, 24), "wso-2020", False),
        ("WSO", date(2025, 2, 26), "wso-2025", False),
        ("WSO", date(2026, 1, 7), "wso-2025", True),
        ("TFM", date(2025, 4, 10), "tfm-2025", False),
        ("TFM", date(2026, 1, 7), "tfm-2025", True),
    ],
)
def test_each_revision_is_found_by_its_day(
    model: str, signed: date, form: str, presumed: bool
) -> None:
    found = resolution(model, signed)
    assert found.form is not None and found.form.id == form
    assert found.presumed == presumed


@pytest.mark.parametrize(
    ("model", "signed"),
    [("TFM", date(2016, 3, 19)), ("TFM", date(2025, 1, 30)), ("JEM", date(2022, 5, 1))],
)
def test_a_day_that_no_form_explains_says_why(model: str, signed: date) -> None:
    found = resolution(model, signed)
    assert found.form is None and found.offered == ()
    assert found.reason.endswith(".")


def test_where_the_day_cannot_decide_both_are_offered_as_presumed() -> None:
    found = resolution("WSO", date(2020, 3, 13))
    assert [form.id for form in found.offered] == ["wso-2019", "wso-2020-early"]
    assert found.presumed
    assert "its text decides" in found.reason


def test_either_of_the_offered_forms_needs_no_reason_and_another_does() -> None:
    signed = date(2020, 3, 13)
    for form in ("wso-2019", "wso-2020-early"):
        assert chosen_form(plan(signed, form)).id == form
    with pytest.raises(BadInput, match="needs a reason"):
        chosen_form(plan(signed, "wso-2025"))
    assert chosen_form(plan(signed, "wso-2025", "The copy on file is the new form.")).id == (
        "wso-2025"
    )


@pytest.mark.parametrize("form", forms.shipped(), ids=lambda form: str(form.id))
def test_a_form_is_sure_only_where_its_text_was_seen(form: forms.Form) -> None:
    late = resolution(form.model, form.seen_to + timedelta(days=1))
    assert late.presumed or late.form is None or late.form.id != form.id
    last = resolution(form.model, form.seen_to)
    assert form.id in {offered.id for offered in last.offered}
