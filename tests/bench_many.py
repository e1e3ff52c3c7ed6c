"""The list of a whole program, and a search over 1,000,000 texts of findings and clauses."""

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

from inspector_app import searching
from inspector_app.derived import stamp
from inspector_app.store import Made, Store
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.workspace import Workspace
from tests.bench_clock import best_in_turn, milliseconds
from tests.bench_program import AGREEMENTS, VISITS, YEARS
from tests.synthetic_program import program

LIST_MS, _BODY = 300.0, 1_500
LOGS, TEXTS, FIRST = 1_000, 1_000, 50
SECRET = "for the bench only"
_TEXT = """poster interpreter custody warrant officer training complaint record booking detainer
supervisor credential letter roster agreement language signature file notice review"""
WORDS = _TEXT.split()
ASKED = ("interpreter poster", "warrant sign", "credential", "complaint notice roster")


def list_painted(folder: Path) -> tuple[float, float]:
    """Milliseconds from an open workspace of a whole program to its painted list; the goal."""
    theme.apply(application(), "light", 1.0)
    desk = folder / "many"
    if not desk.exists():
        _many(desk)
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    workspace = Workspace.open(desk, passphrase=SECRET)
    took = milliseconds(lambda: _entered(window, workspace))
    window.close()
    return took, LIST_MS


def _entered(window: MainWindow, workspace: Workspace) -> None:
    window.enter(workspace)
    window.repaint()  # what fills the list afterwards is not waited for


def found_first(folder: Path) -> tuple[float, float]:
    """Milliseconds to the first 50 of a search across, and to the same words by plain SQL."""
    path = folder / "searched.db"
    if not path.exists():
        _indexed(path)
    store = Store.open(path, bytes(32))
    index, database = store.search_index, store._db.conn
    sql = (
        "SELECT rowid FROM search_word WHERE search_word MATCH ? "
        "ORDER BY bm25(search_word, 4.0, 1.0) LIMIT ?"
    )
    pairs = [
        best_in_turn(
            lambda match=match: index.find_outside("", match, FIRST),
            lambda match=match: database.execute(sql, (match, FIRST)).fetchall(),
            3,
        )
        for match in map(searching.expression, ASKED)
    ]
    store.close()
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def _many(desk: Path) -> None:
    """A program of 27,645 visits in its derived tables, each with a log that nobody reads here."""
    workspace, _ = Workspace.create(desk, "T. Mock", "ero-headquarters", "HQ", SECRET)
    store, found = workspace.desk.store, program(AGREEMENTS, YEARS, VISITS).rows
    logs = [row.log for row in found.inspections]
    with store.transaction():
        store._db.conn.executemany(
            "INSERT INTO change VALUES (?, ?, ?, NULL, ?, ?)",
            [(log, log, workspace.key, bytes(64), bytes(_BODY)) for log in logs],
        )
    places = store.derived.places()
    made = {log: Made("inspection", stamp([log]), *places[log]) for log in logs}
    store.derived.replace(made, [row for table in found.tables for row in table])
    workspace.close()


def _indexed(path: Path) -> None:
    store = Store.create(path, bytes(32))
    chance = random.Random(287)
    for log in range(LOGS):
        store.search_index.replace(f"{log:064x}", "made", _texts(chance))
    store.close()


def _texts(chance: random.Random) -> Iterator[tuple[str, str, str, str, bool, bool]]:
    for number in range(TEXTS):
        title = " ".join(chance.choices(WORDS, k=5))
        body = " ".join(chance.choices(WORDS, k=25))
        yield f"finding:{number}", "finding", title, body, True, True


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as root:
        for measure in (list_painted, found_first):
            print(measure.__name__, [round(value, 1) for value in measure(Path(root))])
