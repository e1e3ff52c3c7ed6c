"""The lists behind the numbers of the fiscal-year report: every inspection, every finding.

All rows stand in the PDF up to `WHOLE` of them. Of more, the first `MOST` of each list do, and the
report says how many others there are and in which sheet.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from inspector_app.derived import FindingRow, InspectionRow
from inspector_app.derived.figures import CLASSES, Figures
from inspector_app.reports.edition import Edition
from inspector_app.reports.flow import Para, para, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.subject import short_day
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.typed import text
from inspector_app.reports.year_opening import section
from inspector_app.reports.year_tables import number, table_title
from inspector_app.reports.year_texts import label, say, title, word

WHOLE, MOST = 1_500, 200
"""Rows of all lists that are printed whole, some 60 pages; else rows of each list."""

Widths = Sequence[tuple[str, float, bool]]
_VISITS: Widths = (
    ("agency", 148, False), ("office", 92, False), ("days", 66, False),
    ("deficiencies", 56, True), ("concerns", 62, True), ("found", 80, False),
)  # fmt: skip
_FINDINGS: Widths = (
    ("number", 50, False), ("agency", 138, False), ("code", 42, False), ("party", 64, False),
    ("finding", 210, False),
)  # fmt: skip
_MISSING: Widths = (
    ("agency", 194, False), ("office", 130, False), ("last-day", 90, False), ("findings", 90, True),
)  # fmt: skip


def most(figures: Figures) -> int:
    """How many rows of a list are printed: all of them, unless they are very many."""
    years = figures.by_year.values()
    rows = len(figures.last.inspected) + len(figures.last.findings)
    rows += sum(len(year.without_memo) for year in years)
    rows += sum(len(figures.open_again(year)) for year in figures.years)
    return rows if rows <= WHOLE else MOST


def build(figures: Figures, under: Edition) -> Callable[[], Story]:
    """Both lists of the report's year, for each pass of the layout anew."""
    year, years = figures.last, {"last": figures.years[-1]}
    codes = _codes(figures)
    findings = [row for row in year.findings if row.class_ in CLASSES]
    n = most(figures)

    def story() -> Story:
        visits = [_visit(row, codes[row.log]) for row in year.inspected[:n]]
        found = [_finding(figures, row, under) for row in findings[:n]]
        return [
            *section("list", title("list", **years)),
            para(say("list"), after=6),
            *_list(_VISITS, visits, len(year.inspected), "inspection"),
            room_for(120),
            *section("findings", title("findings", **years), fresh=False),
            *_list(_FINDINGS, found, len(findings), "finding"),
        ]

    return story


def missing_memos(figures: Figures) -> Story:
    """Inspections of all these years that have findings and no closeout memo."""
    found = [row for year in figures.by_year.values() for row in year.without_memo]
    return _of_inspections(figures, found, "Table 9", "missing")


def opened_again(figures: Figures) -> Story:
    """Inspections of all these years that have a memo and in which something is open again."""
    found = [row for year in figures.years for row in figures.open_again(year)]
    return _of_inspections(figures, found, "Table 10", "open-again")


def _of_inspections(
    figures: Figures, found: Sequence[InspectionRow], table: str, name: str
) -> Story:
    if not found:
        return []
    caption = table_title(table, text(word("table", name)))
    rows = [_memo(row) for row in found[: most(figures)]]
    return [room_for(100), caption, *_list(_MISSING, rows, len(found), "inspection")]


def practices(figures: Figures, under: Edition) -> Story:
    """The year's best practices, to be shared; none is a finding."""
    found = figures.last.practices
    rows = [_finding(figures, row, under) for row in found[: most(figures)]]
    return _list(_FINDINGS, rows, len(found), "finding")


def _list(widths: Widths, rows: Sequence[Row], of: int, sheet: str) -> Story:
    if not rows:
        return [para(say("none"))]
    after = [right for _, _, right in widths[1:]]
    columns = [
        Column(
            w, 14 if right and not next_ else 0 if right else 8, "head-right" if right else "head"
        )
        for (_, w, right), next_ in zip(widths, [*after, True], strict=True)
    ]
    labels = (label(name) for name, _, _ in widths)
    grid = Grid(columns, [head(columns, *labels), *rows], pad=2)
    if of <= len(rows):
        return [grid]
    n = len(rows)
    note = say("long-list", n=n, of=f"{of:,}", rest=f"{of - n:,}", sheet=f"{sheet}.csv")
    return [grid, para(note, "note", before=4)]


def _codes(figures: Figures) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in figures.last.findings:
        if one.class_ in CLASSES:
            found[one.log].append(one.type or "–")
    return found


def _visit(visit: InspectionRow, codes: Sequence[str]) -> Row:
    return row(
        _cell(visit.title),
        _cell(visit.field_office),
        _cell(_day(visit.first_day)),
        number(visit.deficiencies),
        number(visit.concerns),
        _cell(" ".join(codes)),
    )


def _finding(figures: Figures, finding: FindingRow, under: Edition) -> Row:
    visit = figures.by_log[finding.log]
    said = (finding.number, visit.title, finding.type, word("party", finding.party))
    return row(*map(_cell, (*said, under.text(finding.title))))


def _memo(visit: InspectionRow) -> Row:
    last = visit.last_day or visit.first_day
    codes = number(visit.findings)
    return row(_cell(visit.title), _cell(visit.field_office), _cell(_day(last)), codes)


def _cell(said: str) -> Para:
    return para(text(said or "–"), "sample", "TD")


def _day(day: date | None) -> str:
    return short_day(day) if day else "–"
