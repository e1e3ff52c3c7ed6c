"""The list of 10,000 inspections, and a search over 1,000,000 texts of findings and clauses."""

import random
import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from inspector_app import searching
from inspector_app.store import Store
from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.workspace import Workspace
from tests.bench_clock import best_in_turn, milliseconds
from tests.synthetic_program import Program, play

INSPECTIONS, LIST_MS = 10_000, 300.0
LOGS, TEXTS, FIRST = 1_000, 1_000, 50
SECRET = "for the bench only"
_TEXT = """poster interpreter custody warrant officer training complaint record booking detainer
supervisor credential letter roster agreement language signature file notice review"""
WORDS = _TEXT.split()
ASKED = ("interpreter poster", "warrant sign", "credential", "complaint notice roster")


def list_painted(folder: Path) -> tuple[float, float]:
    """Milliseconds from an open workspace of 10,000 inspections to the painted list; the goal."""
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
    workspace, _ = Workspace.create(desk, "T. Mock", "ero-headquarters", "HQ", SECRET)
    made = Program()
    for number in range(INSPECTIONS):
        made.visit(number % 1_500, date(2022 + number % 5, 1 + number % 12, 2))
    play(workspace, made)
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
