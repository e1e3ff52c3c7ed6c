"""How long the program's figures, report and list take, against 1×, 3× and 10× of the data.

1× is 1,843 agreements × 5 years × 3 visits: 27,645 visits. `python -m tests.bench_program` prints
the table of docs/architecture.md in processor time, which others on the machine do not lengthen;
`make bench` holds the report against 10 seconds by the clock.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from inspector_app.derived import Rows
from inspector_app.derived.figures import Figures
from inspector_app.reports.fiscal_year_report import About, build
from inspector_app.store import Store
from inspector_app.workspace.planning import visits_of
from tests.bench_clock import timed
from tests.synthetic_program import program

AGREEMENTS, YEARS, VISITS = 1_843, 5, 3
MOST_MS = 10_000.0
ABOUT = About("T. Mock", True, date(2026, 10, 5))
T = TypeVar("T")


def report_made(_: Path) -> tuple[float, float]:
    """Milliseconds from the derived tables to the report's bytes, and the most it may take."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), 1)
        took, _pdf = timed(lambda: build(Figures(store.derived.all(), 2026), [], ABOUT))
        store.close()
    return took, MOST_MS


def filled(folder: Path, times: int) -> Store:
    """A store with the derived rows of a program that many times as large."""
    rows = program(AGREEMENTS * times, YEARS, VISITS).rows
    store = Store.create(folder / "workspace.db", bytes(32))
    store.derived.replace({}, [row for table in rows.tables for row in table])
    return store


def measured(times: int) -> list[float]:
    """Reading all rows, the figures, the planner's visits, the report: processor seconds each."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), times)
        read, rows = _processor(store.derived.all)
        counted, figures = _processor(lambda: _figures(rows))
        planned, _visits = _processor(lambda: visits_of(rows))
        report, _pdf = _processor(lambda: build(figures, [], ABOUT))
        store.close()
    return [read, counted, planned, report]


def _processor(act: Callable[[], T]) -> tuple[float, T]:
    before = time.process_time()
    made = act()
    return time.process_time() - before, made


def _figures(rows: Rows) -> Figures:
    figures = Figures(rows.of(practice=True), 2026)
    figures.recurring()
    for year in figures.years:
        figures.follow_up(year)
        figures.open_again(year)
    return figures


def main() -> int:
    """Print the table."""
    visits = AGREEMENTS * YEARS * VISITS
    print(f"{'data':>6} {'visits':>9} {'read':>9} {'figures':>9} {'planner':>9} {'report':>9}  (s)")
    for times in (1, 3, 10):
        took = measured(times)
        cells = " ".join(f"{one:9,.2f}" for one in took)
        print(f"{times:>5}× {visits * times:>9,} {cells}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
