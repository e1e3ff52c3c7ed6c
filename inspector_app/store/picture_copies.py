"""Copies of pictures: made once, kept in the encrypted file, thrown away whenever one likes.

They are local: no bundle carries them and no digest covers them. A report of a hundred photos and
a gallery of thousands read them instead of decoding the originals anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from inspector_app.store.connection import rows, told

_TABLE = (
    "CREATE TABLE picture_copy (log TEXT NOT NULL, sha256 TEXT NOT NULL, longest INTEGER NOT NULL,"
    " width INTEGER NOT NULL, height INTEGER NOT NULL, jpeg BLOB NOT NULL,"
    " PRIMARY KEY (log, sha256, longest)) STRICT"
)


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """An upright JPEG of the picture of that hash, whose longer side is at most `longest` pixels.

    Without EXIF, and without the marks that are drawn over it where it is shown.
    """

    sha256: str
    longest: int
    width: int
    height: int
    jpeg: bytes


def make_table(database: Database) -> None:
    """The table, empty; a step of the store's local migrations."""
    database.execute(_TABLE)


class PictureCopies:
    """The copies in one open store."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, log: str, copies: Iterable[KeptCopy]) -> None:
        """Keep copies; others of the same pictures and lengths give way."""
        with told(), self._db.atomic():
            self._db.conn.executemany(
                "INSERT INTO picture_copy VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " width = excluded.width, height = excluded.height, jpeg = excluded.jpeg",
                [(log, c.sha256, c.longest, c.width, c.height, c.jpeg) for c in copies],
            )

    def get(self, log: str, sha256: str, longest: int) -> KeptCopy | None:
        """The copy of that length, or None when none is kept."""
        sql = (
            "SELECT width, height, jpeg FROM picture_copy"
            " WHERE log = ? AND sha256 = ? AND longest = ?"
        )
        found = rows(self._db, sql, log, sha256, longest)
        return KeptCopy(sha256, longest, *found[0]) if found else None

    def clear(self) -> None:
        """Throw all of them away; they are made anew when they are wanted."""
        with told(), self._db.atomic():
            self._db.execute("DELETE FROM picture_copy")
