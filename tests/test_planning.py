"""Who is due for an inspection: two years, half a year, JEM alone."""

from datetime import date

import pytest

from inspector_app.rules.planning import Agreement, Key, plan


def agreement(name: str, model: str = "JEM", signed: date = date(2020, 1, 15)) -> Agreement:
    return Agreement(("ZZ", name, model), f"{name}, ZZ", "Field office A", signed)


def key(name: str, model: str = "JEM") -> Key:
    return ("ZZ", name, model)


@pytest.mark.parametrize(
    ("last", "on", "due", "state", "late"),
    [
        (date(2024, 5, 14), date(2026, 5, 14), date(2026, 5, 14), "due", 0),
        (date(2024, 5, 14), date(2026, 5, 15), date(2026, 5, 14), "overdue", 1),
        (date(2024, 2, 29), date(2026, 3, 1), date(2026, 2, 28), "overdue", 1),
        (date(2024, 9, 30), date(2025, 9, 30), date(2026, 9, 30), "later", 0),
        (date(2024, 9, 30), date(2025, 10, 1), date(2026, 9, 30), "due", 0),
        (date(2023, 10, 31), date(2025, 10, 30), date(2025, 10, 31), "due", 0),
    ],
)
def test_s14_two_years_to_the_day(last: date, on: date, due: date, state: str, late: int) -> None:
    found = plan([agreement("a")], {key("a"): [last]}, on).jem[0]
    assert (found.due, found.state, found.days_late) == (due, state, late)


def test_one_that_was_never_visited_is_due_two_years_after_it_was_signed() -> None:
    found = plan([agreement("a", signed=date(2024, 6, 3))], {}, date(2026, 9, 30)).jem[0]
    assert (found.last, found.due, found.days_late) == (None, date(2026, 6, 3), 119)


def test_s14_only_jem_agreements_are_ever_late() -> None:
    old = date(2019, 5, 6)
    rows = [agreement("w", "WSO", old), agreement("t", "TFM", old), agreement("j", "JEM", old)]
    found = plan(rows, {key("w", "WSO"): [date(2020, 1, 1)]}, date(2026, 3, 1))
    assert [one.agreement.key[1] for one in found.overdue] == ["j"]
    assert (found.wso[0].due, found.wso[0].state, found.tfm) == (None, "later", 1)


def test_a_visit_under_another_agreement_of_the_agency_does_not_count() -> None:
    visits = {key("a", "WSO"): [date(2026, 2, 1)]}
    found = plan([agreement("a")], visits, date(2026, 3, 1))
    assert found.jem[0].last is None


def test_a_visit_that_is_still_to_come_does_not_count_yet() -> None:
    visits = {key("a"): [date(2024, 3, 1), date(2026, 4, 2)]}
    assert plan([agreement("a")], visits, date(2026, 3, 20)).jem[0].state == "overdue"


def test_s14_half_of_the_agencies_in_each_fiscal_year() -> None:
    rows = [agreement(f"a{n}") for n in range(9)]
    visits = {key(f"a{n}"): [date(2024 + n % 2, 11, 5)] for n in range(9)}
    found = plan(rows, visits, date(2026, 3, 1))
    assert (found.half, found.inspected, len(found.due)) == (5, 4, 0)
    assert [one.agreement.key[1] for one in found.proposed] == ["a0"]  # due next, and makes half
    assert found.is_about_half
