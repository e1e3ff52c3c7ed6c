"""The encrypted file of a workspace: changes and blobs for ever, and what is local beside them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.change import Change, read_kept_change
from inspector_app.errors import BadInput
from inspector_app.store.connection import (
    BLOB_TABLE,
    CHANGE_TABLE,
    FORMAT,
    a_few_at_a_time,
    check_format,
    closed_if_it_fails,
    connect,
    pragma,
    rows,
    told,
)
from inspector_app.store.derived_tables import DerivedTables, make_derived_tables
from inspector_app.store.kept_place import KeptPlace, make_place_table
from inspector_app.store.picture_copies import PictureCopies, make_table
from inspector_app.store.search_index import SearchIndex, make_tables

_BATCH = 32 * 1024 * 1024
_INDEX_IN_MEMORY = 32 * 1024 * 1024
"""That of some 300,000 changes; one that is larger takes longer to be written."""

_FOREVER = (
    CHANGE_TABLE,
    BLOB_TABLE,
    "CREATE INDEX change_log ON change (log)",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never altered'); END"
        for table in ("change", "blob")
        for verb in ("UPDATE", "DELETE")
    ),
)

local = Migrations("local")
"""What may be migrated: rebuildable or private, outside bundle and digest."""


@local()
def drafts_arrivals_and_names(db: Database) -> None:
    db.execute(
        "CREATE TABLE draft (log TEXT, record TEXT, field TEXT, value BLOB NOT NULL,"
        " at TEXT NOT NULL, PRIMARY KEY (log, record, field)) STRICT"
    )
    db.execute(
        "CREATE TABLE arrival"
        " (change TEXT PRIMARY KEY, at TEXT NOT NULL, bundle TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE TABLE names_key (log TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT")


@local()
def search_index(db: Database) -> None:
    make_tables(db)


@local()
def place_in_the_window(db: Database) -> None:
    make_place_table(db)


@local()
def picture_copies(db: Database) -> None:
    make_table(db)


@local()
def rows_that_span_logs(db: Database) -> None:
    make_derived_tables(db)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was being typed when it was last kept; `at` is a moment."""

    log: str
    record: str
    field: str
    value: Value
    at: str


class Store:
    """One open workspace file. Every write is durable when the call returns."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._waiting: dict[tuple[str, str, str], tuple[bytes, str]] = {}
        self.search_index = SearchIndex(database)
        self.pictures = PictureCopies(database)
        self.place = KeptPlace(database)
        self.derived = DerivedTables(database)

    @classmethod
    def create(cls, path: Path, key: bytes) -> "Store":
        database = connect(path, key)
        with closed_if_it_fails(database):
            _settle(database)
            with database.atomic():
                for statement in _FOREVER:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {FORMAT}")
            local.apply(database)
        return cls(database)

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Store":
        if not path.is_file():
            raise BadInput("There is no workspace in this folder; choose another.")
        database = connect(path, key)
        with closed_if_it_fails(database):
            check_format(database)
            _settle(database)
            local.apply(database)
        return cls(database)

    def close(self) -> None:
        with told():
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, durably, or nothing."""
        with told(), self._db.atomic():
            yield

    @contextmanager
    def many_at_once(self) -> Iterator[None]:
        """Room in memory for the index of ids, whose pages are written out over and over else."""
        with told():
            before = self._db.execute("PRAGMA cache_size").fetchone()[0]
            self._db.execute(f"PRAGMA cache_size = {-_INDEX_IN_MEMORY // 1024}")
        try:
            yield
        finally:
            with told():
                self._db.execute(f"PRAGMA cache_size = {before}")

    # -- changes and blobs -------------------------------------------------------------------

    def append(self, changes: Sequence[Change]) -> None:
        """Keep new changes for ever; ones that are here already are passed over."""
        with self.transaction():
            self._db.conn.executemany(
                "INSERT OR IGNORE INTO change VALUES (?, ?, ?, ?, ?, ?)",
                ((c.id, c.log, c.author, c.previous, c.signature, c.body) for c in changes),
            )

    def logs(self, beginning: str = "") -> list[str]:
        """The ids of all logs, or of those whose ids begin so, oldest first.

        Through the index of logs: what the changes say would have to be read with their rows.
        """
        sql = (
            "SELECT one.log FROM (SELECT DISTINCT log FROM change WHERE log >= ? AND log < ?) one"
            " CROSS JOIN change first ON first.id = one.log ORDER BY first.rowid"
        )
        return [row[0] for row in rows(self._db, sql, beginning, f"{beginning}g")]

    def newest(self) -> int:
        """Where the newest change stands: another number, and something was written."""
        return int(rows(self._db, "SELECT IFNULL(MAX(rowid), 0) FROM change")[0][0])

    def changes(self, log: str) -> list[Change]:
        """All changes of one log as they came, each checked against its columns."""
        sql = (
            "SELECT id, author, previous, signature, body FROM change WHERE log = ? ORDER BY rowid"
        )
        with told():
            found = self._db.execute(sql, (log,))
            return [_checked(log, *row) for row in a_few_at_a_time(found)]

    def first_change(self, log: str) -> Change:
        """The change that founded a log."""
        sql = "SELECT id, author, previous, signature, body FROM change WHERE id = ?"
        found = rows(self._db, sql, log)
        if not found:
            raise BadInput("There is no such log in this workspace.")
        return _checked(log, *found[0])

    def put_blob(self, log: str, data: bytes) -> str:
        """Keep a picture or form with the log it belongs to. Returns its SHA-256."""
        digest = canonical.sha256(data)
        self.put_blobs([(log, digest, data)])
        return digest

    def put_blobs(self, blobs: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep (log, sha256, bytes), some 32 MB at once; what is here already is passed over."""
        for batch in _batches(blobs):
            with self.transaction():
                self._db.conn.executemany("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", batch)

    def blob(self, log: str, digest: str) -> bytes | None:
        found = rows(self._db, "SELECT bytes FROM blob WHERE log = ? AND sha256 = ?", log, digest)
        return found[0][0] if found else None

    def blob_sizes(self, log: str) -> dict[str, int]:
        """The blobs of one log by hash, with their sizes in bytes."""
        return dict(rows(self._db, "SELECT sha256, length(bytes) FROM blob WHERE log = ?", log))

    # -- local -------------------------------------------------------------------------------

    def put_draft(self, draft: Draft) -> None:
        """Keep what is being typed; the only thing here that is ever overwritten.

        StoreTrouble when the disk fails; it then waits in memory until the disk takes one again.
        """
        value = canonical.encode(draft.value)
        self._waiting[draft.log, draft.record, draft.field] = value, draft.at
        self.keep_waiting()

    def keep_waiting(self) -> None:
        """Write the drafts that the disk did not take. StoreTrouble while it still does not."""
        if not self._waiting:
            return
        with self.transaction():
            self._db.conn.executemany(
                "INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET value = excluded.value, at = excluded.at",
                [(*slot, *said) for slot, said in self._waiting.items()],
            )
        self._waiting.clear()

    def has_waiting(self) -> bool:
        """Whether a draft is in memory alone."""
        return bool(self._waiting)

    def drop_draft(self, log: str, record: str, field: str) -> None:
        self._waiting.pop((log, record, field), None)
        with self.transaction():
            self._db.execute(
                "DELETE FROM draft WHERE log = ? AND record = ? AND field = ?", (log, record, field)
            )
        self.keep_waiting()

    def drafts(self) -> list[Draft]:
        """Every draft, whether the disk took it or not, oldest first."""
        kept = rows(self._db, "SELECT log, record, field, value, at FROM draft")
        found = {(r[0], r[1], r[2]): (r[3], r[4]) for r in kept} | self._waiting
        drafts = [Draft(*slot, canonical.decode(of), at) for slot, (of, at) in found.items()]
        return sorted(drafts, key=lambda draft: draft.at)

    def note_arrival(self, place: int, at: str, bundle: str) -> None:
        """Remember when the changes behind a place (`newest`) came, beside the time they claim.

        And in which bundle. In the order of ids, as the table's index has them.
        """
        with self.transaction():
            self._db.execute(
                "INSERT OR IGNORE INTO arrival"
                " SELECT id, ?, ? FROM change WHERE rowid > ? ORDER BY id",
                (at, bundle, place),
            )

    def arrivals(self) -> dict[str, str]:
        """When each change that came in a bundle came."""
        return dict(rows(self._db, "SELECT change, at FROM arrival"))

    def names_keys(self, log: str) -> list[bytes]:
        """The keys that open the names of an inspection, 32 bytes each; the first seals."""
        found = rows(self._db, "SELECT key FROM names_key WHERE log = ?", log)
        whole: bytes = found[0][0] if found else b""
        return [whole[at : at + 32] for at in range(0, len(whole), 32)]

    def put_names_keys(self, log: str, keys: Sequence[bytes]) -> None:
        """Keep these keys as those of an inspection, in one row."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO names_key VALUES (?, ?) ON CONFLICT DO UPDATE SET key = excluded.key",
                (log, b"".join(keys)),
            )

    def destroy_names_keys(self, log: str) -> None:
        """Overwrite and delete the row; `forget_deleted` then empties the log beside the file."""
        with self.transaction():
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("DELETE FROM names_key WHERE log = ?", (log,))

    def forget_deleted(self) -> None:
        """Write the store whole, so that no older page of it stays in the write-ahead log."""
        with told():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- health ------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """What the store's own integrity checks find; empty when it is whole."""
        with told():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            pages = self._db.execute("PRAGMA cipher_integrity_check").fetchall()
            found = self._db.execute("PRAGMA integrity_check(5)").fetchall()
        return [str(r[0]) for r in pages] + [str(r[0]) for r in found if r[0] != "ok"]


def _settle(database: Database) -> None:
    pragma(database, "journal_mode", "WAL")
    pragma(database, "synchronous", "FULL")
    pragma(database, "recursive_triggers", "ON")
    pragma(database, "foreign_keys", "ON")


def _batches(
    blobs: Iterable[tuple[str, str, bytes]],
) -> Iterator[list[tuple[str, str, bytes]]]:
    """So many that their bytes fit into memory, whatever their number."""
    batch: list[tuple[str, str, bytes]] = []
    size = 0
    for blob in blobs:
        batch.append(blob)
        size += len(blob[2])
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _checked(
    log: str, id: str, author: str, previous: str | None, signature: bytes, body: bytes
) -> Change:
    change = read_kept_change(body, signature)
    if (change.id, change.log, change.author, change.previous) != (id, log, author, previous):
        raise BadInput("A change in the store differs from the columns beside it.")
    return change
