"""Rows that span logs: always those of the logs as they are now, and every figure from them."""

import csv
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.derived import TABLES, Rows, columns, read, stored
from inspector_app.derived.figures import CLASSES, Figures
from inspector_app.derived.published import compared, published_table, supervisor_failures
from inspector_app.errors import BadInput
from inspector_app.reports.fiscal_year_report import About, build
from inspector_app.store import Store
from inspector_app.workspace import Workspace
from inspector_app.workspace.derived_rows import behind, bring_in_step, rows
from inspector_app.workspace.program import export_sheets, figures
from tests.harness import count
from tests.reports.reading import whole_text
from tests.synthetic_program import Program, play, program, published_program

PASSPHRASE = "a passphrase for tests"
YEAR = 2026


@pytest.fixture(scope="module")
def made() -> Program:
    return program(agreements=4, years=5, visits=2)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, made: Program) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("program") / "desk"
    opened, _ = Workspace.create(folder, "Ana Sample", "ero-headquarters", "HQ", PASSPHRASE)
    play(opened, made)
    yield opened
    opened.close()


def shown(counted: Figures) -> dict[str, Any]:
    """Every figure of a report, plainly."""
    found: dict[str, Any] = {class_: counted.table(class_) for class_ in CLASSES}
    for year in counted.years:
        follow = counted.follow_up(year)
        found[f"year {year}"] = [*year_of(counted, year), follow.deficiencies, follow.concerns]
    found["party"] = counted.split(lambda visit, finding: finding.party)
    found["model"] = counted.split(lambda visit, finding: visit.model)
    found["office"] = counted.split(lambda visit, finding: visit.field_office)
    found["recurring"] = counted.recurring()
    return found


def test_rows_made_of_logs_say_what_the_logs_were_made_from(
    workspace: Workspace, made: Program
) -> None:
    assert shown(figures(workspace, YEAR)) == shown(Figures(made.rows, YEAR))


def test_a_change_makes_the_rows_of_its_log_anew_and_no_others(workspace: Workspace) -> None:
    store = workspace.desk.store
    rows(workspace)
    id = workspace.inspection_ids()[0]
    workspace.put(id, "visit:self", field_office="Field office Z")
    assert set(behind(store)) == {id}
    assert [r.field_office for r in rows(workspace).inspections if r.log == id] == [
        "Field office Z"
    ]
    assert behind(store) == []


def test_work_that_was_ended_goes_on_where_it_was(workspace: Workspace) -> None:
    store = workspace.desk.store
    store.derived.forget(store.derived.kinds())
    late = len(behind(store))
    heard: list[tuple[int, int]] = []
    assert bring_in_step(store, lambda id: None, lambda done, of: heard.append((done, of))) == late
    assert heard[0] == (0, late)
    assert not behind(store)


def test_rows_of_another_edition_are_made_anew(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(workspace)
    monkeypatch.setattr("inspector_app.store.derived_tables.STAMPED", "0 ")
    assert len(behind(workspace.desk.store)) == len(workspace.desk.store.derived.places())


def test_headquarters_makes_its_own_rows_of_what_a_bundle_brings(
    workspace: Workspace, tmp_path: Path
) -> None:
    wanted = shown(figures(workspace, YEAR))
    file = tmp_path / "all.inspection"
    workspace.bundle([], file, passphrase=PASSPHRASE)
    other, _ = Workspace.create(tmp_path / "other", "T. Mock", "ero-headquarters", "HQ", PASSPHRASE)
    other.accept(workspace.desk.card_file)
    other.merge(file, passphrase=PASSPHRASE)
    assert not other.desk.store.derived.kinds()
    assert shown(figures(other, YEAR)) == wanted
    other.close()


def test_practice_and_real_are_never_counted_together(made: Program) -> None:
    assert len(made.rows.of(True).inspections) == len(made.inspections)
    assert made.rows.of(False) == Rows([], [], [], [])


def test_findings_that_do_not_add_up_stop_the_report(made: Program) -> None:
    by_log = {row.log: row for row in made.inspections if row.purpose == "inspection"}
    gone = next(f for f in made.findings if f.class_ == "deficiency" and f.log in by_log)
    wrong = Rows(made.inspections, [f for f in made.findings if f is not gone], made.earlier, [])
    with pytest.raises(BadInput, match="do not add up"):
        Figures(wrong, by_log[gone.log].year or YEAR)


@pytest.mark.parametrize("cls", TABLES)
def test_a_row_is_read_as_it_was_stored(cls: Any, made: Program) -> None:
    for row in made.rows.tables[TABLES.index(cls)][:5]:
        assert read(cls, stored(row)) == row


# -- every figure by plain SQL over the export -------------------------------------------------


@pytest.fixture(scope="module")
def large() -> Program:
    return program(count(40, 1843), 5, 3)


@pytest.fixture(scope="module")
def database(large: Program, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return exported(large, tmp_path_factory.mktemp("export"))


def test_s24_every_figure_again_by_plain_sql_over_the_export(
    large: Program, database: sqlite3.Connection
) -> None:
    counted = Figures(large.rows, YEAR)
    for class_ in CLASSES:
        assert by_type(database, class_) == cells(counted.table(class_).cells, counted.years)
        for name, key in SPLITS.items():
            table = counted.split(key)[class_]
            assert split(database, name, class_) == cells(table.cells, counted.years), name
    for year in counted.years:
        follow = counted.follow_up(year)
        for class_, of in zip(CLASSES, (follow.deficiencies, follow.concerns), strict=True):
            found = outcomes(database, year, class_)
            assert found == (of.resolved, of.unresolved, of.untested)
        assert year_by_sql(database, year) == year_of(counted, year)
    assert recurring_by_sql(database) == counted.recurring()
    assert everything_occurs(large, counted)


def test_s24_what_the_report_prints_is_what_plain_sql_counts(
    large: Program, database: sqlite3.Connection
) -> None:
    figures = Figures(large.rows, YEAR)
    printed = whole_text(build(figures, [], About("T. Mock", True, date(2026, 10, 5))))
    printed = printed.replace("\u00a0", " ")
    inspected, *others = zip(*(year_by_sql(database, year) for year in figures.years), strict=True)
    names = ("With findings", "Four or more findings")
    for name, row in zip(("Inspected", *names), (inspected, *others), strict=False):
        assert f"{name} {spaced(row)} " in printed
    for class_ in CLASSES:
        for code, row in by_code(by_type(database, class_), figures.years).items():
            shown = "–" if code == "none" else code.removesuffix("-other")
            assert re.search(rf"{shown} [^0-9]+ {spaced(row)} {sum(row):,}\b", printed), code
    for year in figures.years:
        assert follow_up_by_sql(database, year) in printed
        _, found, _, closed, missing, *_, again, _ = year_by_sql(database, year)
        assert f"{year} {spaced((found, closed, missing, again))} " in printed


def by_code(found: dict[tuple[str, int], int], years: Sequence[int]) -> dict[str, list[int]]:
    codes = {code for code, _ in found}
    return {code: [found.get((code, year), 0) for year in years] for code in codes}


def spaced(row: Iterable[int]) -> str:
    return " ".join(f"{n:,}" if n else "–" for n in row)


def follow_up_by_sql(database: sqlite3.Connection, year: int) -> str:
    """A row of the table of focus reviews: `2026 18 16 47 of 56 27 of 31 7`."""
    planned, held = year_by_sql(database, year)[6:8]
    outcomes_ = [outcomes(database, year, class_) for class_ in CLASSES]
    resolved = " ".join(f"{one[0]:,} of {sum(one):,}" for one in outcomes_)
    untested = sum(one[2] for one in outcomes_)
    return f"{year} {spaced((planned, held))} {resolved} {spaced([untested])} "


def everything_occurs(made: Program, counted: Figures) -> bool:
    """That the program has of each sort some, so that no figure above is equal for being nought."""
    follow = [counted.follow_up(year) for year in counted.years]
    outcomes = [one for found in follow for one in (found.deficiencies, found.concerns)]
    numbers = map(sum, zip(*(year_of(counted, year) for year in counted.years), strict=True))
    reviewed = [row.follows for row in made.inspections if row.follows]
    called_off = {row.log for row in made.inspections if row.no_focus_reason}
    held = {row.log for found in follow for row in found.held}
    return (
        all(numbers)
        and all(
            sum(getattr(o, n) for o in outcomes) for n in ("resolved", "unresolved", "untested")
        )
        and len(reviewed) > len(set(reviewed))  # two reviews of one inspection
        and bool(called_off & held and (called_off & set(reviewed)) - held)
        and all(sum(counted.table(class_).cells["none"]) for class_ in CLASSES)
    )


SPLITS = {
    "f.party": lambda visit, finding: finding.party,
    "i.model": lambda visit, finding: visit.model,
    "i.field_office": lambda visit, finding: visit.field_office,
}


def exported(made: Program, folder: Path) -> sqlite3.Connection:
    """The sheets of a store that holds these rows, read into plain SQLite as text and numbers."""
    store = Store.create(folder / "workspace.db", bytes(32))
    store.derived.replace({}, [row for table in made.rows.tables for row in table])
    database = sqlite3.connect(":memory:")
    for path in export_sheets_of(store, folder / "sheets"):
        with path.open(encoding="utf-8", newline="") as file:
            head, *found = csv.reader(file)
        quoted = ", ".join(f'"{name}"' for name in head)
        database.execute(f"CREATE TABLE {path.stem} ({quoted})")
        marks = ", ".join("?" for _ in head)
        database.executemany(f"INSERT INTO {path.stem} VALUES ({marks})", found)
    store.close()
    return database


def export_sheets_of(store: Store, folder: Path) -> list[Path]:
    from inspector_app.workspace.program import write_sheets

    return write_sheets(store.derived.all(), folder)


def cells(table: Any, years: tuple[int, ...]) -> dict[tuple[str, int], int]:
    return {
        (code, year): n for code, row in table.items() for year, n in zip(years, row, strict=True)
        if n
    }  # fmt: skip


_JOINED = (
    " FROM finding f JOIN inspection i ON i.log = f.log WHERE i.purpose = 'inspection'"
    " AND f.class = ? AND CAST(i.year AS INTEGER) BETWEEN 2022 AND 2026"
)


def by_type(database: sqlite3.Connection, class_: str) -> dict[tuple[str, int], int]:
    letter = CLASSES[class_]
    sql = f"SELECT CASE WHEN f.type LIKE '{letter}%' THEN f.type ELSE 'none' END, i.year, COUNT(*)"
    return counted_by(database, sql + _JOINED + " GROUP BY 1, 2", class_)


def split(database: sqlite3.Connection, name: str, class_: str) -> dict[tuple[str, int], int]:
    sql = f"SELECT {name}, i.year, COUNT(*){_JOINED} GROUP BY 1, 2"
    return counted_by(database, sql, class_)


def counted_by(database: sqlite3.Connection, sql: str, *values: str) -> dict[tuple[str, int], int]:
    return {(name, int(year)): n for name, year, n in database.execute(sql, values)}


_NEWEST = (
    " FROM (SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.inspection, e.finding"
    " ORDER BY e.result = '', v.first_day DESC, v.log DESC) AS place"
    " FROM earlier e JOIN inspection v ON v.log = e.log) e"
    " JOIN inspection i ON i.log = e.inspection WHERE place = 1 AND "
)
"""Of each earlier finding what the newest review says that tested it, else that nobody did."""

_HELD = (
    "(i.log IN (SELECT inspection FROM earlier WHERE result <> '')"
    " OR (i.no_focus_reason = '0' AND i.log IN (SELECT follows FROM inspection)))"
)


_OPEN = (
    "(i.log IN (SELECT f.log FROM finding f LEFT JOIN action a ON a.log = f.log AND a.finding ="
    " f.finding WHERE f.class <> 'best-practice' AND IFNULL(a.status, '') <> 'accepted')"
    f" OR ({_HELD} AND i.log IN (SELECT log FROM finding WHERE class <> 'best-practice' AND log"
    f" || 'finding:' || finding NOT IN (SELECT i.log || e.finding{_NEWEST}e.result = 'resolved')))"
    f" OR (NOT {_HELD} AND i.n >= 4 AND i.no_focus_reason = '0'))"
)
"""Some finding without an accepted action, or one that its review did not find resolved."""


def outcomes(database: sqlite3.Connection, year: int, class_: str) -> tuple[int, ...]:
    sql = (
        "SELECT TOTAL(e.result = 'resolved'), TOTAL(e.result = 'unresolved'), TOTAL(e.result = '')"
        f"{_NEWEST}{_HELD} AND i.purpose = 'inspection' AND i.year = ? AND e.class = ?"
    )
    return tuple(map(int, database.execute(sql, (str(year), class_)).fetchone()))


def year_by_sql(database: sqlite3.Connection, year: int) -> tuple[int, ...]:
    sql = (
        "SELECT COUNT(*), TOTAL(n > 0), TOTAL(n >= 4), TOTAL(n > 0 AND closed <> ''),"
        " TOTAL(n > 0 AND closed = ''), TOTAL(practices), TOTAL(n >= 4 AND no_focus_reason = '0'),"
        f" TOTAL({_HELD}), TOTAL(final = '0'), TOTAL(n > 0 AND closed <> '' AND {_OPEN})"
        " FROM (SELECT *, deficiencies + concerns AS n FROM inspection"
        " WHERE purpose = 'inspection' AND year = ?) i"
    )
    reviews = "SELECT COUNT(*) FROM inspection WHERE purpose = 'oversight-review' AND year = ?"
    found = database.execute(sql, (str(year),)).fetchone()
    return (*map(int, found), *database.execute(reviews, (str(year),)).fetchone())


def recurring_by_sql(database: sqlite3.Connection) -> list[str]:
    sql = (
        "SELECT f.type FROM finding f JOIN inspection i ON i.log = f.log"
        " WHERE i.purpose = 'inspection' AND CAST(i.year AS INTEGER) BETWEEN 2022 AND 2026"
        " AND (f.class, SUBSTR(f.type, 1, 1)) IN (('deficiency', 'D'), ('area-of-concern', 'A'))"
        " GROUP BY f.type"
        " HAVING TOTAL(i.year = '2026') AND TOTAL(i.year = '2025') ORDER BY COUNT(*) DESC, f.type"
    )
    return [row[0] for row in database.execute(sql)]


def year_of(counted: Figures, year: int) -> tuple[int, ...]:
    about, follow = counted.by_year[year], counted.follow_up(year)
    found = (
        *(about.inspected, about.with_findings, about.four_or_more, about.closed),
        *(about.without_memo, about.practices, follow.planned, follow.held),
        *(about.not_final, counted.open_again(year), about.reviews),
    )
    return tuple(map(len, found))


def test_a_sheet_has_the_columns_of_its_table(workspace: Workspace, tmp_path: Path) -> None:
    for path, cls in zip(export_sheets(workspace, tmp_path), TABLES, strict=True):
        head = path.read_text("utf-8").splitlines()[0]
        assert head == ",".join(name for name, _ in columns(cls))


# -- what GAO-21-186 says of follow-up ---------------------------------------------------------


def test_follow_up_as_published_through_the_same_engine(tmp_path: Path) -> None:
    workspace, _ = Workspace.create(
        tmp_path / "desk", "Ana Sample", "ero-headquarters", "HQ", PASSPHRASE
    )
    play(workspace, published_program())
    found = compared(figures(workspace, 2020))
    workspace.close()
    assert {one.what: one.computed for one in found} == {
        "2018: focus reviews held": "5 of 5",
        "2018: deficiencies resolved": "14 of 15",
        "2018: areas of concern resolved": "9 of 9",
        "2019: focus reviews held": "15 of 18",
        "2019: deficiencies resolved": "53 of 64",
        "2019: areas of concern resolved": "20 of 21",
        "Closed out": "45 of 47",
    }
    assert all(one.same for one in found)


def test_tables_2_and_3_as_published_through_the_same_engine() -> None:
    made = Program()
    published = {class_: published_table(name) for class_, name in TABLE_NAMES.items()}
    for place, year in enumerate(published["deficiency"].years):
        for table in published.values():
            types = [code for code, row in table.cells.items() for _ in range(row[place])]
            made.visit(place, date(year, 3, 9), types=types)
    counted = Figures(made.rows, 2020, span=6)
    deficiencies, concerns = (counted.table(class_) for class_ in published)
    for class_, table in published.items():
        found = {code: row for code, row in counted.table(class_).cells.items() if any(row)}
        assert found == dict(table.cells)
    assert (deficiencies.total, deficiencies.sums[2], concerns.total) == (193, 14, 119)
    assert deficiencies.ties and concerns.ties  # cells tie by themselves; what is printed does not
    table_2 = published["deficiency"]
    assert (table_2.printed and table_2.printed[2], table_2.printed_total) == (13, 192)
    assert table_2.stated == 194
    failures = {year: numbers for year, *numbers in supervisor_failures(deficiencies)}
    assert (failures[2019], failures[2020]) == ([42, 44, 86], [16, 17, 47])
    ice = counted.split(lambda visit, finding: finding.party)["deficiency"].cells["ice"]
    assert ice[-2:] == (44, 17)


TABLE_NAMES = {"deficiency": "table-2", "area-of-concern": "table-3"}


def test_agencies_without_a_memo_are_named_and_not_unclear() -> None:
    counted = Figures(published_program().rows, 2020)
    missing = counted.by_year[2018].without_memo
    reviewed = {row.follows for row in counted.by_log.values()}
    assert len(missing) == 2 and not counted.by_year[2019].without_memo
    assert not {row.log for row in missing} & reviewed


def test_an_untested_finding_is_neither_resolved_nor_left_out() -> None:
    made = Program()
    visit = made.visit(1, date(2026, 3, 10), types=["D01", "D02", "A01", "A02"])
    made.focus(visit, date(2026, 8, 3), ["resolved", "", "unresolved", ""])
    found = Figures(made.rows, YEAR).follow_up(YEAR)
    assert (found.deficiencies.resolved, found.deficiencies.of) == (1, 2)
    assert (found.concerns.unresolved, found.concerns.untested) == (1, 1)


def test_of_two_focus_reviews_the_later_result_counts() -> None:
    made = Program()
    visit = made.visit(1, date(2025, 11, 3), types=["D01", "D02", "D03", "D04"])
    made.focus(visit, date(2026, 8, 3), ["resolved", "resolved", "resolved", ""])
    made.focus(visit, date(2026, 4, 6), ["unresolved"] * 4)
    found = Figures(made.rows, YEAR).follow_up(YEAR).deficiencies
    assert (found.resolved, found.unresolved, found.untested) == (3, 1, 0)


def test_a_focus_review_that_was_called_off_was_not_held() -> None:
    made = Program()
    visit = made.visit(1, date(2025, 11, 3), types=["D01", "D02", "D03", "D04"])
    made.focus(visit, date(2026, 4, 6), [""] * 4)
    assert len(Figures(made.rows, YEAR).follow_up(YEAR).held) == 1
    made.inspections[0] = replace(visit, no_focus_reason=1)
    found = Figures(made.rows, YEAR).follow_up(YEAR)
    assert (len(found.planned), len(found.held), found.deficiencies.of) == (0, 0, 0)
