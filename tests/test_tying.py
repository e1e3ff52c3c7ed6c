"""Totals that tie, and those that do not: the published tables are reported as they are."""

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.derived.published import published_table, said, supervisor_failures
from inspector_app.rules.tying import Table


def test_table_3_ties_at_119() -> None:
    table = published_table("table-3")
    assert (table.total, table.printed_total, table.stated) == (119, 119, 119)
    assert table.ties and table.faults == ()
    assert table.row_sum("A01") == 44


def test_table_2_does_not_tie_and_fiscal_year_2017_is_named() -> None:
    table = published_table("table-2")
    assert (table.total, table.printed_total, table.stated) == (193, 192, 194)
    assert table.differences == (0, 0, 1, 0, 0, 0)
    assert not table.ties
    assert table.faults == (
        "Fiscal year 2017: the rows add to 14; the published total is 13.",
        "All years: the rows add to 193, the published totals to 192, and the published text says"
        " 194.",
    )
    assert (table.row_sum("D01"), table.row_sum("D02")) == (40, 27)


def test_supervisors_alone_and_all_of_ice_are_told_apart() -> None:
    found = {row[0]: row[1:] for row in supervisor_failures(published_table("table-2"))}
    assert found[2019] == (42, 44, 86)
    assert found[2020] == (16, 17, 47)
    stated = said()["supervisors"]["stated"]
    assert {y: [found[int(y)][0], found[int(y)][2]] for y in stated} == dict(stated)


def test_what_figure_3_says_is_no_more_than_the_text() -> None:
    about = said()["figure-3"]
    assert about["inspections"] - sum(about["inspected"].values()) == 55
    assert "2015" not in about["inspected"]


columns = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(st.lists(columns, min_size=1, max_size=5), st.integers(0, 5), st.integers(-3, 3))
def test_a_total_that_is_off_is_always_named(rows: list[list[int]], at: int, off: int) -> None:
    width = min(map(len, rows))
    cells = {f"D{n}": tuple(row[:width]) for n, row in enumerate(rows)}
    sums = Table(tuple(range(2015, 2015 + width)), cells).sums
    printed = tuple(total + off * (place == at % width) for place, total in enumerate(sums))
    table = Table(tuple(range(2015, 2015 + width)), cells, printed)
    assert table.ties == (off == 0)
    assert any(str(2015 + at % width) in fault for fault in table.faults) == (off != 0)
