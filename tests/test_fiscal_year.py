"""The fiscal year: its first and last day, and that every day lies in exactly one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import BadInput
from inspector_app.rules.fiscal_year import FiscalYear
from tests.functional.terminal import Terminal

days = st.dates(date(2, 1, 1), date(9999, 9, 29))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 1), "FY2027"),
        (date(2026, 9, 30), "FY2026"),
        (date(2026, 12, 31), "FY2027"),
        (date(2027, 1, 1), "FY2027"),
        (date(2028, 2, 29), "FY2028"),
    ],
)
def test_the_fiscal_year_of_a_day(day: date, words: str) -> None:
    assert str(FiscalYear.of(day)) == words


def test_its_first_and_last_day() -> None:
    year = FiscalYear(2027)
    assert (year.first_day, year.last_day) == (date(2026, 10, 1), date(2027, 9, 30))


@given(days)
def test_a_day_lies_in_its_fiscal_year_and_in_no_other(day: date) -> None:
    year = FiscalYear.of(day)
    assert day in year
    assert day not in FiscalYear(year.year - 1 if year.year > 5000 else year.year + 1)


@given(days)
def test_the_years_follow_each_other_without_a_gap(day: date) -> None:
    year = FiscalYear.of(day)
    following = FiscalYear.of(year.last_day + timedelta(days=1))
    assert following.first_day == year.last_day + timedelta(days=1) and following > year


@pytest.mark.parametrize("day", [date(9999, 10, 1), date.max, date.min])
def test_outside_the_calendar_it_is_refused_in_words(day: date) -> None:
    with pytest.raises(BadInput, match="between"):
        FiscalYear.of(day)


# -- the commands ------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def test_the_command_says_the_fiscal_year_of_a_day(terminal: Terminal) -> None:
    assert terminal.done("rules", "fiscal-year", "2026-10-01") == {
        "day": "2026-10-01",
        "fiscal_year": 2027,
        "words": "FY2027",
        "first_day": "2026-10-01",
        "last_day": "2027-09-30",
    }


@pytest.mark.parametrize(("findings", "due"), [(3, None), (4, "2027-02-28")])
def test_the_command_says_whether_a_focus_review_is_flagged(
    terminal: Terminal, findings: int, due: str | None
) -> None:
    asked = ("rules", "focus-review", "--last-day", "2026-08-31", "--findings", findings)
    said = terminal.done(*asked)
    assert (said["findings"], said["flagged"], said["due"]) == (findings, due is not None, due)
    assert said["sentence"].endswith(".")


@pytest.mark.parametrize("day", ["2026-02-30", "20261001", "9999-12-31", "1899-12-31", ""])
def test_a_day_that_is_none_is_refused_in_one_sentence(terminal: Terminal, day: str) -> None:
    for asked in (
        ("rules", "fiscal-year", day),
        ("rules", "focus-review", "--last-day", day, "--findings", 4),
    ):
        assert terminal.run(*asked) == [] and terminal.code == 2
        assert "must be a day" in terminal.errors and terminal.errors.count("\n") == 1
