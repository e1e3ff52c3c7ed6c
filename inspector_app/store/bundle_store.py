"""The encrypted store inside a bundle: two tables and nothing else, the same for ever.

A store from outside is read as if an enemy had written it: its schema is compared word for word,
sizes are looked at before contents, types are checked in Python, and nothing in it is executed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from inspector_app import canonical
from inspector_app.change import Change, read_change
from inspector_app.errors import BadInput, NewerVersion
from inspector_app.store.connection import (
    BLOB_TABLE,
    CHANGE_TABLE,
    FORMAT,
    check_format,
    connect,
    rows,
    told,
)

MAX_SIGNATURE = 64
MAX_BLOB = 256 * 1024 * 1024
MAX_CHANGES = 2_000_000


def write_bundle_store(
    path: Path, key: bytes, changes: Iterable[Change], blobs: Iterable[tuple[str, str, bytes]]
) -> None:
    """Write a new store with these changes and (log, sha256, bytes) blobs."""
    database = connect(path, key)
    with told():
        database.execute(
            "PRAGMA journal_mode = MEMORY"
        )  # the file is renamed into place when whole
        with database.atomic():
            database.execute(CHANGE_TABLE)
            database.execute(BLOB_TABLE)
            database.execute(f"PRAGMA user_version = {FORMAT}")
            database.conn.executemany(
                "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)",
                ((c.id, c.log, c.author, c.previous, c.signature, c.body) for c in changes),
            )
            database.conn.executemany("INSERT INTO blob VALUES (?, ?, ?)", blobs)
        database.close()


class BundleStore:
    """A bundle's store, opened read only."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._db = connect(path, key, read_only=True)
        try:
            with told():
                self._db.execute("PRAGMA trusted_schema = OFF")
                self._db.execute("PRAGMA cell_size_check = ON")
            check_format(self._db)
            _check_schema(self._db)
            _check_sizes(self._db)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    def changes(self) -> list[Change]:
        """Every change in it, in the order of the file. BadInput for anything but exact changes."""
        found = rows(self._db, "SELECT id, log, author, previous, signature, body FROM change")
        return [_change(row) for row in found]

    def blob_names(self) -> list[tuple[str, str]]:
        """The (log, sha256) of every blob."""
        return [(r[0], r[1]) for r in rows(self._db, "SELECT log, sha256 FROM blob")]

    def blobs(self, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, bytes]]:
        """The wanted blobs one by one, each checked against its hash."""
        for log, digest in wanted:
            found = rows(
                self._db, "SELECT bytes FROM blob WHERE log = ? AND sha256 = ?", log, digest
            )
            data = found[0][0] if found else None
            if not isinstance(data, bytes) or canonical.sha256(data) != digest:
                raise BadInput("A picture in the bundle is not the one it claims to be.")
            yield log, digest, data


def _check_schema(database: Database) -> None:
    found = rows(database, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    if set(found) != {("table", "change", CHANGE_TABLE), ("table", "blob", BLOB_TABLE)}:
        raise BadInput("The bundle's store has another shape than a bundle has. Nothing was read.")
    if database.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        raise NewerVersion("The bundle was written by a version of this program that is not known.")


def _check_sizes(database: Database) -> None:
    """Lengths before contents, so that a huge value is never read into memory."""
    ((count, body, signature, longest),) = rows(
        database,
        "SELECT count(*), max(length(body)), max(length(signature)),"
        " max(max(length(id), length(log), length(author), coalesce(length(previous), 0)))"
        " FROM change",
    )
    ((blob, name),) = rows(
        database, "SELECT max(length(bytes)), max(max(length(log), length(sha256))) FROM blob"
    )
    limits = (
        (count, MAX_CHANGES),
        (body, canonical.MAX_BYTES),
        (signature, MAX_SIGNATURE),
        (longest, 64),
        (blob, MAX_BLOB),
        (name, 64),
    )
    if any((size or 0) > limit for size, limit in limits):
        raise BadInput(
            "The bundle holds something larger than a bundle may hold. Nothing was read."
        )


def _change(row: tuple[object, ...]) -> Change:
    id, log, author, previous, signature, body = row
    if not (isinstance(body, bytes) and isinstance(signature, bytes)):
        raise BadInput("A change in the bundle is not made of bytes.")
    change = read_change(body, signature)
    if (change.id, change.log, change.author, change.previous) != (id, log, author, previous):
        raise BadInput("A change in the bundle differs from the columns beside it.")
    return change
