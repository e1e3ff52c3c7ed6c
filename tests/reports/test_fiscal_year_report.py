"""The fiscal-year report as a reader has it: figures, lists, what does not tie, and its tags."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.derived.figures import Figures
from inspector_app.records.program import ProgramAction
from inspector_app.reports import year_lists
from inspector_app.reports.fiscal_year_report import About, build
from inspector_app.reports.published_report import build as build_published
from tests.reports.reading import pages, whole_text
from tests.reports.test_tagged import faults
from tests.synthetic_program import Program, program, published_program

ABOUT = About("T. Mock", True, date(2026, 10, 5))
TRAINING = ProgramAction(
    id="program-action:1", title="Training of field supervisors", types="D01", day=date(2025, 9, 16)
)


def small() -> Program:
    """Two years: a type that comes back, a focus review, a missing memo, a best practice."""
    made = Program()
    made.visit(1, date(2025, 3, 10), types=["D01"], closed=date(2025, 9, 1))
    visit = made.visit(2, date(2025, 11, 3), types=["D01", "D10", "A01", "A02"], practices=1)
    made.focus(visit, date(2026, 4, 6), ["resolved", "", "resolved", "unresolved"])
    made.visit(3, date(2026, 2, 2), "oversight-review", "WSO", ["D03"])
    made.visit(4, date(2026, 9, 30))
    return made


def report(made: Program, year: int = 2026) -> bytes:
    return build(Figures(made.rows, year), [TRAINING], ABOUT)


@pytest.fixture(scope="module")
def text() -> str:
    return whole_text(report(small()))


def test_s24_the_cover_has_the_year_in_four_numbers(text: str) -> None:
    assert "287(g) inspections, fiscal year 2026" in text
    for said in ("1 of 2", "findings: 2 deficiencies, 2 areas of concern"):
        assert said in text
    assert "It makes no recommendations" in text


def test_s25_a_type_that_comes_back_stands_with_what_was_done(text: str) -> None:
    assert "Training of field supervisors (Sep 16, 2025)" in text
    assert "Too soon to tell" in text


def test_follow_up_closeout_and_reviews_are_told(text: str) -> None:
    assert "1 of 2" in text and "Not tested" in text
    assert "Inspections with findings and no closeout memo" in text
    assert "Example County 0002 Sheriff, ZZ" in text


def test_a_review_by_ero_is_in_no_table_of_opr(text: str) -> None:
    assert "Example County 0003" not in text


def test_a_year_without_anything_still_has_all_its_sections() -> None:
    found = whole_text(build(Figures(Program().rows, 2026), [], ABOUT))
    assert "No findings in these fiscal years" in found
    assert found.count("None recorded.") == 3


def test_the_same_records_on_the_same_day_give_the_same_bytes() -> None:
    assert report(small()) == report(small())


def test_a_long_list_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    made = program(6, 2, 2)
    whole, n = whole_text(report(made)), len(Figures(made.rows, 2026).last.inspected)
    assert "Rows 1 to" not in whole and n > 3
    monkeypatch.setattr(year_lists, "WHOLE", n)
    monkeypatch.setattr(year_lists, "MOST", 3)
    found = whole_text(report(made))
    rest = f"Rows 1 to 3 of {n}. The other {n - 3} are in the sheet “inspection.csv”"
    assert rest in found and f"writes with all {n} of them." in found


def test_the_public_edition_withholds_what_is_marked_and_who_made_it() -> None:
    made = small()
    marked = "Seen {b7E: by night} by 123-45-6789"
    made.findings[1] = replace(made.findings[1], title=marked)
    action = TRAINING.model_copy(update={"title": "Training {b6: of R. Sample}"})
    public = build(Figures(made.rows, 2026), [action], replace(ABOUT, edition="public"))
    found = whole_text(public)
    assert "Seen [2 words, b7E] by [number, b6]" in found and "by night" not in found
    assert "Training [3 words, b6]" in found and "R. Sample" not in found
    assert "T. Mock" not in found and "data digest" not in found
    assert "Public edition" in found and "techniques and procedures" in found
    assert faults(public) == []
    internal = whole_text(build(Figures(made.rows, 2026), [action], ABOUT))
    assert "Seen by night by 123-45-6789" in internal and "Training of R. Sample" in internal


def test_both_reports_are_accessible_and_fit_for_the_archive() -> None:
    assert faults(report(small())) == []
    assert faults(build_published(Figures(published_program().rows, 2020))) == []


def test_the_published_tables_say_what_does_not_tie_and_what_ties() -> None:
    found = whole_text(build_published())
    assert "Fiscal year 2017: the rows add to 14; the published total is 13." in found
    assert "the rows add to 193, the published totals to 192, and the published text says 194" in (
        found
    )
    assert "Totals tie: rows, columns and text give 119." in found
    assert "not known" in found
    assert "42 of 86" in found and "16 of 47" in found


def test_the_chart_tells_its_values_in_words() -> None:
    from inspector_app.derived.published import published_table
    from inspector_app.reports.fiscal_year_report import year_chart
    from inspector_app.reports.year_texts import say

    chart = year_chart(published_table("table-2"), published_table("table-3"), say("chart-line"))
    assert "2017 14 and 9; 2018 26 and 14; 2019 86 and 38; 2020 47 and 18." in chart.alt


def test_published_figures_are_marked_as_no_federal_record() -> None:
    first = pages(build_published())[0]
    assert "PRACTICE: PUBLISHED FIGURES OF GAO-21-186, NOT A FEDERAL RECORD" in first
