"""What a dishonest colleague has: his keys, an inspection he shares, and time to write bytes."""

import json
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app import bundle, canonical, identity
from inspector_app.change import Change, read_change
from inspector_app.identity import Keys
from inspector_app.identity.changes import signed_change
from inspector_app.identity.keys import sign
from inspector_app.store.connection import BLOB_TABLE, CHANGE_TABLE, connect

AT = "2026-03-10T09:42:07-05:00[America/Chicago]"
KEEP = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)"
TABLES = (CHANGE_TABLE, BLOB_TABLE)
Row = tuple[object, ...]
Blob = tuple[object, object, object]


@dataclass
class Maker:
    """Ana, who is accepted by Marcus and hostile. What she makes is sealed to him alone."""

    keys: Keys
    card: bytes
    reader: identity.Card
    log: str
    tip: str
    folder: Path
    chance: random.Random

    # -- changes ---------------------------------------------------------------------------------

    def body(self, *edits: dict[str, Any], **other: Any) -> dict[str, Any]:
        """The body of a change on the newest one that Marcus has."""
        return {
            "format": 1,
            "log": self.log,
            "author": self.keys.author,
            "previous": self.tip,
            "at": AT,
            "gesture": f"{self.chance.getrandbits(96):024x}",
            "label": "edit",
            "edits": [*edits] or [edit("observation:x", "text", "as it was")],
            **other,
        }

    def change(self, *edits: dict[str, Any], **other: Any) -> Change:
        """A true change, signed by her."""
        body = canonical.encode(self.body(*edits, **other))
        return signed_change(self.keys, read_change(body, b""))

    def row(self, body: bytes, **other: object) -> Row:
        """A row of `change` for whatever bytes, with columns that agree with them if they can."""
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = {}
        said = said if isinstance(said, dict) else {}
        id = canonical.sha256(body)
        log, author = said.get("log"), said.get("author")
        told = {"id": id, "log": log or id, "author": author, "previous": said.get("previous")}
        texts = {name: value if isinstance(value, str) else None for name, value in told.items()}
        signature = sign(self.keys, "change", id)
        row = {**texts, "author": texts["author"] or "", "signature": signature, "body": body}
        return tuple({**row, **other}.values())

    # -- stores and what goes before them --------------------------------------------------------

    def store(
        self,
        rows: Iterable[Row] = (),
        blobs: Iterable[Blob] = (),
        more: Sequence[str] = (),
        tables: Sequence[str] = TABLES,
        before: Sequence[str] = (),
    ) -> tuple[Path, bytes]:
        """A store with these rows, and after them whatever statements."""
        path, key = self.folder / "hostile.store", os.urandom(32)
        path.unlink(missing_ok=True)
        database = connect(path, key)
        for statement in (*before, "PRAGMA journal_mode = OFF", "PRAGMA user_version = 1"):
            database.execute(statement)
        with database.atomic():
            for table in tables:
                database.execute(table)
            if rows:  # what has none may lack the table too
                database.conn.executemany(KEEP, rows)
            if blobs:
                database.conn.executemany("INSERT INTO blob VALUES (?, ?, ?)", blobs)
            for statement in more:
                database.execute(statement)
        database.close()
        return path, key

    def letter(self, store: Path, key: bytes, **other: Any) -> dict[str, Any]:
        told = {"key": key.hex(), "sha256": bundle._hash_file(store), "size": store.stat().st_size}
        return {"store": told, "logs": [self.log], "left_behind": [], **other}

    def seal(self, store: Path, key: bytes, **other: Any) -> Path:
        """A true letter before that store."""
        letter = self.letter(store, key, **other)
        line = identity.seal_letter(letter, self.keys, self.card, to=[self.reader])
        return self.join(line, store)

    def join(self, line: bytes, store: Path, head: bytes = bundle.HEAD) -> Path:
        out = self.folder / "hostile.inspection"
        bundle._join(out, head + line + b"\n", store)
        return out

    def bundle(self, *changes: Change, blobs: Iterable[Blob] = ()) -> Path:
        """A bundle that is true but for what it says."""
        rows = [(c.id, c.log, c.author, c.previous, c.signature, c.body) for c in changes]
        return self.seal(*self.store(rows, blobs))

    def of_bytes(self, body: bytes) -> Path:
        """A bundle with one row, whatever its body is."""
        return self.seal(*self.store([self.row(body)]))

    def changed_file(self, alter: Callable[[bytes], bytes]) -> Path:
        """A true bundle whose bytes were altered."""
        path = self.bundle(self.change())
        path.write_bytes(alter(path.read_bytes()))
        return path


def edit(record: str, field: str, value: Any, *replaces: str) -> dict[str, Any]:
    return {"record": record, "field": field, "value": value, "replaces": sorted(replaces)}
