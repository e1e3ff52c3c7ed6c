"""Opening an encrypted file, and turning what SQLite says into sentences for a person.

The only module that knows that the store is SQLCipher under sqlite-utils.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2

# sqlite-utils looks for another SQLite under these names; without them it would test for the
# standard library's exception classes, which SQLCipher never raises.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

from sqlite_utils import Database  # noqa: E402  (after the names above)

from inspector_app.errors import (  # noqa: E402
    BadInput,
    InUse,
    NewerVersion,
    StoreTrouble,
    UserError,
)

FORMAT = 1
_FEW = 64
OLDEST_SQLITE = (3, 51, 3)  # before it, a reset of the write-ahead log could corrupt the file

CHANGE_TABLE = """CREATE TABLE change (
    id TEXT PRIMARY KEY NOT NULL,
    log TEXT NOT NULL,
    author TEXT NOT NULL,
    previous TEXT,
    signature BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT"""
BLOB_TABLE = """CREATE TABLE blob (
    log TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (log, sha256)
) STRICT"""

_SCHEMA_STEPS = 2_000
"""More than SQLite needs for the schema of a bundle's store."""


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Database:
    """An open database under a raw 32-byte key. Raises the errors of `told`."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise StoreTrouble(
            "The SQLite in this installation is too old to be safe. Nothing was opened."
        )
    # Immutable: nobody else has it, and a header that asks for a log beside it gets none.
    target = path.resolve().as_uri() + "?mode=ro&immutable=1" if read_only else os.fspath(path)
    with told():
        connection = dbapi2.connect(target, uri=read_only, isolation_level=None, timeout=5)
    with closed_if_it_fails(connection):
        connection.set_key(f"x'{key.hex()}'")
        connection.execute("PRAGMA cipher_log_level = NONE")
        if read_only:  # a hostile schema of a hundred thousand tables is not read to its end
            connection.set_progress_handler(lambda: True, _SCHEMA_STEPS)
        database = Database(connection, strict=True, execute_plugins=False)
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return database


@contextmanager
def closed_if_it_fails(database: Any) -> Iterator[None]:
    """Raises the errors of `told`, and leaves nothing open then, nor a file of SQLite's own."""
    try:
        with told():
            yield
    except BaseException:
        with suppress(dbapi2.Error):
            database.close()
        raise


def pragma(database: Database, name: str, value: str) -> None:
    """Set a pragma and make sure that it took."""
    database.execute(f"PRAGMA {name} = {value}")
    found = str(database.execute(f"PRAGMA {name}").fetchone()[0]).lower()
    if found not in {value.lower(), {"ON": "1", "OFF": "0", "FULL": "2"}.get(value, value)}:
        raise StoreTrouble(f"The store does not keep the setting {name}; it was not opened.")


def check_format(database: Database) -> None:
    """Refuse, untouched, what a newer version of the program wrote."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise NewerVersion(
            "This was written by a newer version of the program. It was left untouched; "
            "open it with that version."
        )


@contextmanager
def told() -> Iterator[None]:
    """Translate what SQLite raises: the one place where that is done."""
    try:
        yield
    except (dbapi2.DatabaseError, sqlite3.DatabaseError, OSError) as error:
        raise _sentence(error) from None


_DAMAGE = ("not a database", "malformed", "hmac", "interrupted")
"""What SQLite says of damage; a bundle's reader interrupts what a sound file never needs."""


def _sentence(error: Exception) -> UserError:
    text = str(error)
    if any(word in text for word in _DAMAGE):
        return BadInput(
            "The store is damaged: it does not open with its own key. Nothing was written. "
            "Restore it from the newest backup."
        )
    if "locked" in text or "busy" in text:
        return InUse("Another program has this store open. Nothing was written; close that first.")
    return StoreTrouble(
        "The disk could not be read or written (it may be full, read-only or unplugged). What was "
        "saved before is safe; make room or plug it in, and try again."
    )


def rows(database: Database, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of one query."""
    with told():
        return list(database.execute(sql, values).fetchall())


def a_few_at_a_time(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of one query, never all of them in memory; one by one takes a fifth longer."""
    return chain.from_iterable(iter(lambda: cursor.fetchmany(_FEW), []))
