"""The encrypted store inside a bundle: two tables and nothing else, the same for ever.

A store from outside is read as if an enemy had written it: its schema is compared word for word,
sizes are looked at before contents, types are checked in Python, and nothing in it is executed.
"""

import math
import re
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
    a_few_at_a_time,
    check_format,
    connect,
    rows,
    told,
)

MAX_SIGNATURE = 64
MAX_BLOB = 256 * 1024 * 1024
MAX_CHANGES = 2_000_000
MAX_TAKEN_IN = 200_000
"""How many changes a merge holds in memory at once; a backup may have more."""

MAX_TAKEN_IN_BYTES = 128 * 1024 * 1024
"""How many bytes of changes."""

MAX_IN_MEMORY = 280_000_000
"""How many bytes these take once they are read: some 125,000 changes of an ordinary length."""

_WIDE = re.compile(b"[\xf0-\xff]").search

MAX_BLOBS = 500_000
"""How many pictures and other files a bundle may hold."""

_STEPS = 1_000_000
_STEPS_PER_BYTE = 8


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
            _end_in_time(self._db, path.stat().st_size)
            check_format(self._db)
            _check_schema(self._db)
            self._count, self._bytes = _check_sizes(self._db, path.stat().st_size)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    def changes_to_take_in(self) -> list[Change]:
        """`changes` for a merge; BadInput when it cannot have all of them in memory at once."""
        if self._count > MAX_TAKEN_IN or self._bytes > MAX_TAKEN_IN_BYTES:
            raise _too_many()
        return self.changes(MAX_IN_MEMORY)

    def changes(self, room: float = math.inf) -> list[Change]:
        """Every change in it, in the order of the file. BadInput for anything but exact changes.

        `room`: how many bytes of memory they may take.
        """
        sql = "SELECT id, log, author, previous, signature, body FROM change"
        found = []
        with told():
            for row in a_few_at_a_time(self._db.execute(sql)):
                found.append(_change(row))
                room -= _in_memory(found[-1].body)
                if room < 0:
                    raise _too_many()
        return found

    def blob_sizes(self) -> dict[tuple[str, str], int]:
        """The size in bytes of every blob, by log and sha256."""
        found = rows(self._db, "SELECT log, sha256, length(bytes) FROM blob")
        return {(log, digest): size for log, digest, size in found}

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


def _end_in_time(database: Database, size: int) -> None:
    """End any reading that takes more steps than so small a file can need.

    The pages of a hostile file may name one another over and over: rows without number. SQLite
    then says that it was interrupted, which `told` calls damage.
    """
    left = iter(range(10 + size * _STEPS_PER_BYTE // _STEPS))
    database.conn.set_progress_handler(lambda: next(left, None) is None, _STEPS)


def _check_sizes(database: Database, size: int) -> tuple[int, int]:
    """Lengths before contents, so that a huge value is never read into memory.

    In bytes: the length of a text ends at its first zero byte. The number of changes and of the
    bytes of their bodies, which are no more than the file has, or pages are in it twice.
    """
    ((count, bodies, body, signature, longest),) = rows(
        database,
        "SELECT count(*), total(octet_length(body)), max(octet_length(body)),"
        " max(octet_length(signature)), max(max(octet_length(id), octet_length(log),"
        " octet_length(author), coalesce(octet_length(previous), 0))) FROM change",
    )
    ((blobs, blob, name),) = rows(
        database,
        "SELECT count(*), max(octet_length(bytes)),"
        " max(max(octet_length(log), octet_length(sha256))) FROM blob",
    )
    limits = (
        (count, MAX_CHANGES),
        (bodies, size),
        (body, canonical.MAX_BYTES),
        (signature, MAX_SIGNATURE),
        (longest, 64),
        (blobs, MAX_BLOBS),
        (blob, MAX_BLOB),
        (name, 64),
    )
    if any((found or 0) > limit for found, limit in limits):
        raise BadInput(
            "The bundle holds something larger than a bundle may hold. Nothing was read."
        )
    return count, int(bodies)


def _too_many() -> BadInput:
    return BadInput(
        "The bundle holds more changes than can be taken in at once. Nothing was changed; "
        "ask the sender for fewer inspections at a time."
    )


def _in_memory(body: bytes) -> int:
    """About what a change takes: its bytes, its text as wide as its widest letter, its parts."""
    width = 1 if body.isascii() else 4 if _WIDE(body) else 2
    parts = body.count(b",") + body.count(b"[")
    return len(body) * (1 + width) + 64 * parts + 232 * body.count(b"{")


def _change(row: tuple[object, ...]) -> Change:
    id, log, author, previous, signature, body = row
    if not (isinstance(body, bytes) and isinstance(signature, bytes)):
        raise BadInput("A change in the bundle is not made of bytes.")
    change = read_change(body, signature)
    if (change.id, change.log, change.author, change.previous) != (id, log, author, previous):
        raise BadInput("A change in the bundle differs from the columns beside it.")
    return change
