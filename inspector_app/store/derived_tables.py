"""The derived tables: rows that span logs, in the encrypted file, made anew whenever it is wanted.

They are local: no bundle carries them and no digest covers them. Each log bears the stamp of what
its rows were made from and, since changes are only ever appended, how many changes that were and
where the newest stands: so whoever asks can tell at once which logs differ, without reading any.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from inspector_app.derived import (
    STAMPED,
    TABLES,
    ActionRow,
    EarlierRow,
    FindingRow,
    InspectionRow,
    R,
    Row,
    Rows,
    columns,
    read,
    stored,
)
from inspector_app.store.connection import rows, told

_TYPES = {str: "TEXT", int: "INTEGER"}


@dataclass(frozen=True, slots=True)
class Made:
    """What a log's rows were made from: its kind, its stamp, how many changes, the newest."""

    kind: str
    stamp: str
    changes: int
    newest: int


def make_derived_tables(database: Database) -> None:
    """The tables, empty; a step of the store's local migrations."""
    database.execute(
        "CREATE TABLE derived_log (log TEXT PRIMARY KEY, kind TEXT NOT NULL, stamp TEXT NOT NULL,"
        " changes INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT"
    )
    for cls in TABLES:
        listed = ", ".join(f'"{name}" {_TYPES.get(kind, "TEXT")}' for name, kind in columns(cls))
        database.execute(f"CREATE TABLE derived_{cls.table} ({listed}) STRICT")
        database.execute(f"CREATE INDEX derived_{cls.table}_log ON derived_{cls.table} (log)")


class DerivedTables:
    """The derived rows in one open store."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def places(self) -> dict[str, tuple[int, int]]:
        """How many changes each log has here and where its newest stands."""
        sql = "SELECT log, COUNT(*), MAX(rowid) FROM change GROUP BY log"
        return {log: (n, newest) for log, n, newest in rows(self._db, sql)}

    def count_logs(self) -> int:
        """How many logs there are."""
        return int(rows(self._db, "SELECT COUNT(DISTINCT log) FROM change")[0][0])

    def behind(self) -> list[str]:
        """The logs without rows, or with rows of other changes or of another edition.

        Those that changed last come first.
        """
        sql = (
            "SELECT one.log FROM"
            " (SELECT log, COUNT(*) AS n, MAX(rowid) AS newest FROM change GROUP BY log) one"
            " LEFT JOIN derived_log made ON made.log = one.log"
            " WHERE made.changes IS NOT one.n OR made.newest IS NOT one.newest"
            " OR substr(made.stamp, 1, ?) <> ? ORDER BY one.newest DESC"
        )
        return [row[0] for row in rows(self._db, sql, len(STAMPED), STAMPED)]

    def without_log(self) -> list[str]:
        """Logs that have rows here and are gone."""
        sql = "SELECT log FROM derived_log WHERE log NOT IN (SELECT log FROM change)"
        return [row[0] for row in rows(self._db, sql)]

    def kinds(self) -> dict[str, str]:
        """What each log is of: fixed by its first change, so a row's age is no matter."""
        return dict(rows(self._db, "SELECT log, kind FROM derived_log"))

    def visits_with(self, fixed: Mapping[str, str]) -> dict[str, str]:
        """The visits whose columns are these, oldest first, with the agency's name.

        A row without a log is none.
        """
        if strange := fixed.keys() - {name for name, _ in columns(InspectionRow)}:
            raise ValueError(strange)
        sql = (
            "SELECT one.log, one.agency FROM derived_inspection one"
            " JOIN change first ON first.id = one.log"
            f" WHERE {' AND '.join(f'one.{name} = ?' for name in fixed)} ORDER BY first.rowid"
        )
        return dict(rows(self._db, sql, *fixed.values()))

    def without_rows(self) -> list[str]:
        """The logs of which nothing was made yet."""
        sql = "SELECT log FROM change EXCEPT SELECT log FROM derived_log"
        return [row[0] for row in rows(self._db, sql)]

    def replace(self, logs: Mapping[str, Made], wanted: Iterable[Row]) -> None:
        """Let the rows of these logs be these, in one transaction."""
        by_table: dict[str, list[Sequence[str | int | None]]] = {cls.table: [] for cls in TABLES}
        for row in wanted:
            by_table[row.table].append(stored(row))
        with told(), self._db.atomic():
            self._forget(logs)
            for cls in TABLES:
                marks = ", ".join("?" for _ in columns(cls))
                sql = f"INSERT INTO derived_{cls.table} VALUES ({marks})"
                self._db.conn.executemany(sql, by_table[cls.table])
            self._db.conn.executemany(
                "INSERT INTO derived_log VALUES (?, ?, ?, ?, ?)",
                [(log, m.kind, m.stamp, m.changes, m.newest) for log, m in logs.items()],
            )

    def forget(self, logs: Iterable[str]) -> None:
        """Take logs out of the tables."""
        with told(), self._db.atomic():
            self._forget(logs)

    def _forget(self, logs: Iterable[str]) -> None:
        gone = [(log,) for log in logs]
        for name in (*(cls.table for cls in TABLES), "log"):
            self._db.conn.executemany(f"DELETE FROM derived_{name} WHERE log = ?", gone)

    def all(self) -> Rows:
        """Every row of every log."""
        return Rows(
            self._read(InspectionRow),
            self._read(FindingRow),
            self._read(EarlierRow),
            self._read(ActionRow),
        )

    def inspections(self) -> list[InspectionRow]:
        """The row of every visit, for a list."""
        return self._read(InspectionRow)

    def newest(self, most: int) -> list[InspectionRow]:
        """The rows of the visits that came last, newest first; rows without a log are none."""
        sql = (
            "SELECT one.* FROM derived_inspection one JOIN change first ON first.id = one.log"
            " WHERE one.rowid IN (SELECT each.rowid FROM derived_inspection each ORDER BY"
            " (SELECT rowid FROM change WHERE id = each.log) DESC LIMIT ?)"
            " ORDER BY first.rowid DESC"
        )
        return [read(InspectionRow, values) for values in rows(self._db, sql, most)]

    def counts(self) -> dict[str, int]:
        """How many visits have rows, and how many of them are practice."""
        sql = "SELECT COUNT(*), COALESCE(SUM(practice), 0) FROM derived_inspection"
        [(visits, practice)] = rows(self._db, sql)
        return {"all": visits, "practice": practice}

    def _read(self, cls: type[R]) -> list[R]:
        sql = f"SELECT * FROM derived_{cls.table} ORDER BY rowid"
        return [read(cls, values) for values in rows(self._db, sql)]
