"""Where somebody was in the window: one row that is overwritten, in the encrypted file.

It is local: no bundle carries it, no digest covers it, and without it the window opens at home. It
stands here and not in a plain file, since it may hold a word that was typed and not yet entered.
"""

from sqlite_utils import Database

from inspector_app.store.connection import rows, told


def make_place_table(database: Database) -> None:
    """The table with its one row; a step of the store's local migrations."""
    database.execute(
        "CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), value TEXT NOT NULL) STRICT"
    )


class KeptPlace:
    """The place that one open store keeps."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, value: str) -> None:
        """Keep this instead of what was kept; durable when the call returns."""
        with told(), self._db.atomic():
            self._db.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (value,))

    def value(self) -> str:
        """What was kept last; empty at first."""
        found = rows(self._db, "SELECT value FROM place")
        return str(found[0][0]) if found else ""
