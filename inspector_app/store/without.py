"""A new store that holds everything of another but one log: how an inspection leaves a laptop.

Rows go from file to file by SQL, so that a store of gigabytes takes little memory. What can be
rebuilt (the search index, derived rows, small copies of pictures) is not copied.
"""

from collections.abc import Sequence
from pathlib import Path

from inspector_app.change import Change
from inspector_app.errors import InUse, StoreTrouble
from inspector_app.store.connection import rows, told
from inspector_app.store.workspace_store import Draft, Store

_COPIED = (
    "INSERT INTO fresh.change SELECT * FROM main.change WHERE log <> ? ORDER BY rowid",
    "INSERT INTO fresh.blob SELECT * FROM main.blob WHERE log <> ?",
    "INSERT INTO fresh.draft SELECT * FROM main.draft WHERE log <> ?",
    "INSERT INTO fresh.names_key SELECT * FROM main.names_key WHERE log <> ?",
    "INSERT INTO fresh.place SELECT * FROM main.place",
    "INSERT INTO fresh.arrival SELECT * FROM main.arrival WHERE change IN "
    "(SELECT id FROM main.change WHERE log <> ?)",
)


Extent = tuple[tuple[int, ...], list[Draft]]


def extent(store: Store) -> Extent:
    """How many rows each table holds, and the drafts: the same again says that nothing came."""
    tables = ("change", "blob", "names_key", "arrival")
    counts = (rows(store._db, f"SELECT count(*) FROM {table}")[0][0] for table in tables)
    return tuple(counts), store.drafts()


def write_without(store: Store, path: Path, key: bytes, log: str, more: Sequence[Change]) -> None:
    """Write a new store at `path`: all but one log, and then these changes.

    StoreTrouble when the disk fails; what is at `path` is then of no use.
    """
    Store.create(path, key).close()
    database = store._db
    with told():
        database.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(path), f"x'{key.hex()}'"))
        try:
            with database.atomic():
                for statement in _COPIED:
                    database.execute(statement, (log,) if "?" in statement else ())
        finally:
            database.execute("DETACH DATABASE fresh")
    fresh = Store.open(path, key)
    try:
        fresh.append(more)
        _compare(store, fresh, log, more)
    finally:
        fresh.close()


def _compare(store: Store, fresh: Store, log: str, added: Sequence[Change]) -> None:
    """Every row that should be there is, and nothing else; the new file's pages are whole."""
    changes, blobs = "SELECT log, id FROM change", "SELECT log, sha256 FROM blob"
    new = [(change.log, change.id) for change in added]
    same = (
        [*rows(store._db, f"{changes} WHERE log <> ? ORDER BY rowid", log), *new]
        == rows(fresh._db, f"{changes} ORDER BY rowid")
    ) and (
        rows(store._db, f"{blobs} WHERE log <> ? ORDER BY log, sha256", log)
        == rows(fresh._db, f"{blobs} ORDER BY log, sha256")
    )
    if not same or fresh.faults():
        raise StoreTrouble("The new store is not whole, so nothing was removed. Try again.")


def make_one_file(store: Store) -> None:
    """Bring all of an open store into its one file. InUse while another connection has it open."""
    with told():
        mode = store._db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    if mode != "delete":
        raise InUse("Something else still reads this workspace, so nothing was removed. Try again.")


def is_alone(path: Path) -> bool:
    """Whether a closed store is one file: nothing of it is left in a log beside it."""
    beside = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-journal"))
    return not any(other.exists() and other.stat().st_size for other in beside)
