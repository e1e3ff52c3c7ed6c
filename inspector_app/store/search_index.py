"""The search index: a full-text table in the encrypted file, made anew whenever it is wanted.

It is local: no bundle carries it and no digest covers it. Each log's rows bear the stamp of what
they were made from, so that whoever asks can tell whether they still hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from inspector_app.store.connection import rows, told

OPEN, CLOSE = "\x02", "\x03"
"""What stands before and after a found word; no indexed text holds them."""

_TABLES = (
    "CREATE TABLE search_log (log TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT",
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, log TEXT NOT NULL, record TEXT NOT NULL,"
    " kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, inside INTEGER NOT NULL,"
    " outside INTEGER NOT NULL) STRICT",
    "CREATE INDEX search_text_log ON search_text (log)",
    "CREATE VIRTUAL TABLE search_word USING fts5 (title, body, content = 'search_text',"
    " content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE TRIGGER search_text_in AFTER INSERT ON search_text BEGIN"
    " INSERT INTO search_word (rowid, title, body) VALUES (new.id, new.title, new.body); END",
    "CREATE TRIGGER search_text_out AFTER DELETE ON search_text BEGIN"
    " INSERT INTO search_word (search_word, rowid, title, body)"
    " VALUES ('delete', old.id, old.title, old.body); END",
)
_FIND = (
    "SELECT t.log, t.record, t.kind, highlight(search_word, 0, ?1, ?2),"
    " snippet(search_word, 1, ?1, ?2, '…', 32)"
    " FROM search_word JOIN search_text t ON t.id = search_word.rowid WHERE search_word MATCH ?3"
)
_BEST_FIRST = " ORDER BY bm25(search_word, 4.0, 1.0), t.id LIMIT ?5"

Row = tuple[str, str, str, str, bool, bool]
"""Record, kind, title, body, whether it is found inside its log, whether from outside."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row that was found; the words that were looked for stand between OPEN and CLOSE."""

    log: str
    record: str
    kind: str
    title: str
    body: str


def make_tables(database: Database) -> None:
    """The index's tables, empty; a step of the store's local migrations."""
    for statement in _TABLES:
        database.execute(statement)


class SearchIndex:
    """The index in one open store."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def stamps(self) -> dict[str, str]:
        """What each indexed log was indexed from."""
        return dict(rows(self._db, "SELECT log, stamp FROM search_log"))

    def replace(self, log: str, stamp: str, wanted: Iterable[Row]) -> None:
        """Let the rows of one log be these; only what is different is written."""
        sql = "SELECT record, kind, title, body, inside, outside, id FROM search_text WHERE log = ?"
        there = {row[:6]: row[6] for row in rows(self._db, sql, log)}
        kept = dict.fromkeys(wanted)
        with told(), self._db.atomic():
            gone = [(id,) for row, id in there.items() if row not in kept]
            self._db.conn.executemany("DELETE FROM search_text WHERE id = ?", gone)
            self._db.conn.executemany(
                "INSERT INTO search_text (log, record, kind, title, body, inside, outside)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(log, *row) for row in kept if row not in there],
            )
            self._db.execute(
                "INSERT INTO search_log VALUES (?, ?) ON CONFLICT DO UPDATE SET stamp = ?",
                (log, stamp, stamp),
            )

    def forget(self, log: str) -> None:
        """Take a log out of the index."""
        with told(), self._db.atomic():
            self._db.execute("DELETE FROM search_text WHERE log = ?", (log,))
            self._db.execute("DELETE FROM search_log WHERE log = ?", (log,))

    def find_inside(self, log: str, expression: str, limit: int) -> list[Match]:
        """What fits in one log, the best first."""
        return self._find(" AND t.inside AND t.log = ?4", expression, log, limit)

    def find_outside(self, besides: str, expression: str, limit: int) -> list[Match]:
        """What may be found from outside its log and fits, in every log besides one."""
        return self._find(" AND t.outside AND t.log <> ?4", expression, besides, limit)

    def _find(self, where: str, expression: str, log: str, limit: int) -> list[Match]:
        if not expression:
            return []
        sql = _FIND + where + _BEST_FIRST
        return [Match(*row) for row in rows(self._db, sql, OPEN, CLOSE, expression, log, limit)]
