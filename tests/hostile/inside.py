"""Hostile stores: what SQLite is shown, and the bytes of changes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from inspector_app import canonical
from inspector_app.store.connection import BLOB_TABLE, CHANGE_TABLE
from tests.hostile.maker import AT, TABLES, Maker, Row, edit
from tests.hostile.outside import NEWER, REFUSED, Case
from tests.hostile.pages import branch, opened, sealed


def _shape(*more: str, tables: tuple[str, ...] = TABLES) -> tuple[Case, set[int]]:
    return (lambda maker: maker.seal(*maker.store(more=more, tables=tables))), REFUSED


def _before(*before: str) -> tuple[Case, set[int]]:
    return (lambda maker: maker.seal(*maker.store(before=before))), REFUSED


def _rewritten(alter: Callable[[list[bytearray]], object]) -> tuple[Case, set[int]]:
    """A store whose pages hold what SQLite would never write, under true page signatures."""

    def make(maker: Maker) -> Path:
        path, key = maker.store([maker.row(maker.change().body)])
        pages = opened(path, key)
        alter(pages)
        sealed(path, key, pages)
        return maker.seal(path, key)

    return make, REFUSED


def _in_one_file(kind: str, column: str, value: str) -> tuple[Case, set[int]]:
    """A column that the schema would refuse, in a file made under another schema."""
    loose = CHANGE_TABLE.replace(" STRICT", "").replace(f"{column} BLOB", f"{column} {kind}")
    fixed = f"UPDATE sqlite_master SET sql = '{CHANGE_TABLE}' WHERE name = 'change'"
    columns = dict.fromkeys(("id", "log", "author"), f"'{'0' * 64}'")
    row = {**columns, "previous": "NULL", "signature": "x'00'", "body": "x'00'", column: value}
    insert = f"INSERT INTO change VALUES ({', '.join(row.values())})"
    allowed = ("PRAGMA writable_schema = ON", fixed)
    return _shape(insert, *allowed, tables=(loose, BLOB_TABLE))


def _many_branches(pages: list[bytearray]) -> None:
    """Seven floors of 300 doors to the same room: rows without number in a small file."""
    leaf = 2  # the first table's page
    room = pages[leaf - 1]
    pages.append(room)
    for _ in range(6):
        pages.append(branch(len(pages), 300))
    pages[leaf - 1] = branch(len(pages), 300)
    pages[0][28:32] = len(pages).to_bytes(4, "big")


def _round_and_round(pages: list[bytearray]) -> None:
    pages[1] = branch(2, 300)


def _no_pages(pages: list[bytearray]) -> None:
    del pages[2:]


def _write_ahead(pages: list[bytearray]) -> None:
    pages[0][18:20] = b"\x02\x02"


def _longer_than_it_is(pages: list[bytearray]) -> None:
    pages[0][28:32] = b"\x7f\xff\xff\xff"


def _noise(number: int) -> Callable[[list[bytearray]], None]:
    def alter(pages: list[bytearray]) -> None:
        start = 100 if number == 0 else 0
        pages[number][start : start + 40] = os.urandom(40)

    return alter


def _five_million(maker: Maker) -> Path:
    """Changes of a few bytes, more than anybody ever made."""
    row = "SELECT printf('%x', i), '', '', NULL, x'', x'' FROM n"
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000000)"
    return maker.seal(*maker.store(more=(f"INSERT INTO change {count} {row}",)))


def _many_true(maker: Maker) -> Path:
    """A chain of changes that are all true but for the signatures under the last one."""
    return maker.seal(*maker.store(_chain(maker, 300_000)))


def _chain(maker: Maker, length: int) -> Iterator[Row]:
    pattern = canonical.encode(maker.body(edit("observation:x", "text", "t")))
    before, after = pattern.split(maker.tip.encode())
    tip = maker.tip
    for _ in range(length):
        body, previous = before + tip.encode() + after, tip
        tip = canonical.sha256(body)
        yield tip, maker.log, maker.keys.author, previous, bytes(64), body


def _long_ones(count: int, value: Any) -> tuple[Case, set[int]]:
    """So many changes of a megabyte each."""

    def make(maker: Maker) -> Path:
        edits = (edit("observation:x", "text", value) for _ in range(count))
        bodies = (canonical.encode(maker.body(one)) for one in edits)
        return maker.seal(*maker.store(maker.row(body) for body in bodies))

    return make, REFUSED


def _big_blob(maker: Maker) -> Path:
    blob = f"INSERT INTO blob VALUES ('{maker.log}', '{'0' * 64}', zeroblob(268435457))"
    return maker.seal(*maker.store(more=(blob,)))


def _plain_database(maker: Maker) -> Path:
    path = maker.folder / "plain"
    path.write_bytes(b"SQLite format 3\0" + bytes(8176))
    return maker.seal(path, bytes(32))


_VIEW = "CREATE VIEW blob AS SELECT '' AS log, '' AS sha256, x'' AS bytes"
_COMPUTED = BLOB_TABLE.replace("bytes BLOB NOT NULL", "bytes BLOB AS (zeroblob(9))")
_HUGE = f"INSERT INTO change VALUES ('{'0' * 64}', '', '', NULL, x'00', zeroblob(1048577))"
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {})"
_TABLES = (
    f"INSERT INTO sqlite_schema {_NUMBERS.format(100_000)}"
    " SELECT 'table', 't' || i, 't' || i, 2, 'CREATE TABLE t' || i || '(a)' FROM n"
)
STORES: dict[str, tuple[Case, set[int]]] = {
    "a hundred thousand tables": _shape("PRAGMA writable_schema = ON", _TABLES),
    "three million pictures of no bytes": _shape(
        f"INSERT INTO blob {_NUMBERS.format(3_000_000)} SELECT 'x', i, x'' FROM n"
    ),
    "one more table": _shape("CREATE TABLE more (x TEXT)"),
    "a missing table": _shape(tables=TABLES[:1]),
    "a trigger": _shape("CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM blob; END"),
    "a view": _shape("CREATE VIEW v AS SELECT load_extension('/tmp/x')"),
    "a view as table": _shape(_VIEW, tables=TABLES[:1]),
    "an index": _shape("CREATE INDEX i ON change (author)"),
    "an index over an expression": _shape("CREATE INDEX i ON change (abs(-9223372036854775808))"),
    "a virtual table": _shape("CREATE VIRTUAL TABLE f USING fts5(x)"),
    "statistics": _shape("ANALYZE"),
    "a computed column": _shape(tables=(CHANGE_TABLE, _COMPUTED)),
    "a default that runs": _shape(
        tables=(CHANGE_TABLE, BLOB_TABLE.replace("BLOB NOT NULL", "BLOB DEFAULT (zeroblob(9))"))
    ),
    "a body larger than a change may be": _shape(_HUGE),
    "text behind a zero byte": _in_one_file("TEXT", "body", "CAST(zeroblob(300000000) AS TEXT)"),
    "a body of text": _in_one_file("TEXT", "body", "'{}'"),
    "a body that is a number": _in_one_file("INTEGER", "body", "7"),
    "a signature of text": _in_one_file("TEXT", "signature", "'{}'"),
    "rows without number": _rewritten(_many_branches),
    "a page that holds itself": _rewritten(_round_and_round),
    "pages that are not there": _rewritten(_no_pages),
    "more pages than there are": _rewritten(_longer_than_it_is),
    **{f"noise on page {number + 1}": _rewritten(_noise(number)) for number in range(2)},
    "five million changes": (_five_million, REFUSED),
    "150 MB of changes": _long_ones(150, "x" * 1_040_000),
    "120 MB of text that takes four times as much": _long_ones(120, "x" * 1_040_000 + "😀"),
    "20 MB of lists that take twenty times as much": _long_ones(20, [[]] * 340_000),
    "12 MB of objects that take forty times as much": _long_ones(12, [{"": 0}] * 140_000),
    "300,000 changes": (_many_true, REFUSED),
    "a picture of 256 MB and a byte": (_big_blob, REFUSED),
    "no database": (_plain_database, REFUSED),
    "pages of 64 KiB": _before("PRAGMA cipher_page_size = 65536"),
}
HARMLESS_STORES: dict[str, Case] = {
    "a write-ahead log that is not there": _rewritten(_write_ahead)[0],
    "noise in an index": _rewritten(_noise(2))[0],
    "UTF-16": _before("PRAGMA encoding = 'UTF-16'")[0],
}


def _body(data: bytes) -> tuple[Case, set[int]]:
    return (lambda maker: maker.of_bytes(data)), REFUSED


def _said(codes: set[int] = REFUSED, **other: Any) -> tuple[Case, set[int]]:
    """A change whose body is canonical and says something that no change says."""
    return (lambda maker: maker.of_bytes(canonical.encode(maker.body(**other)))), codes


def _spelled(old: bytes, new: bytes) -> tuple[Case, set[int]]:
    """A change that is spelled in another way."""

    def make(maker: Maker) -> Path:
        body = canonical.encode(maker.body(edit("observation:x", "text", "abc")))
        assert old in body
        return maker.of_bytes(body.replace(old, new, 1))

    return make, REFUSED


def _edits(*edits: dict[str, Any]) -> tuple[Case, set[int]]:
    return _said(edits=[*edits])


ONE = edit("observation:x", "text", "t")
BODIES: dict[str, tuple[Case, set[int]]] = {
    "no bytes": _body(b""),
    "no object": _body(b"[]"),
    "null": _body(b"null"),
    "not UTF-8": _body(b'{"a":"\xff\xfe"}'),
    "nested 100,000 deep": _body(b"[" * 100_000 + b"]" * 100_000),
    "half a million lists": _body(b"[" + b"[]," * 340_000 + b"[]]"),
    "a number of a million digits": _body(b'{"a":' + b"9" * 1_000_000 + b"}"),
    "NaN": _spelled(b'"abc"', b"NaN"),
    "infinity": _spelled(b'"abc"', b"1e999"),
    "minus infinity": _spelled(b'"abc"', b"-Infinity"),
    "a fraction": _spelled(b'"abc"', b"1.5"),
    "minus zero": _spelled(b'"abc"', b"-0"),
    "2 to the 53": _spelled(b'"abc"', b"9007199254740992"),
    "half a character": _spelled(b'"abc"', b'"\\ud800"'),
    "half a character in a key": _spelled(b'"abc"', b'{"\\udfff":1}'),
    "half a character in bytes": _spelled(b'"abc"', b'"\xed\xa0\x80"'),
    "a character escaped": _spelled(b'"abc"', b'"\\u0061bc"'),
    "a key twice": _spelled(b'"format":1,', b'"format":1,"format":1,'),
    "keys out of order": _spelled(b'"abc"', b'{"b":1,"a":2}'),
    "a space": _spelled(b'"format":1', b'"format": 1'),
    "a line feed": _spelled(b'"format":1,', b'"format":1,\n'),
    "a byte order mark": _spelled(b"{", b"\xef\xbb\xbf{"),
    "nine deep": _spelled(b'"abc"', b"[" * 9 + b"]" * 9),
    "format 2": _said(NEWER, format=2),
    "format true": _said(format=True),
    "format as text": _said(format="1"),
    "one more field": _said(more=1),
    "an author that is none": _said(author="Ana Sample"),
    "an author in capitals": _said(author="A" * 64),
    "an author that is a list": _said(author=["a" * 64]),
    "a log in another spelling": _said(log="../" + "a" * 61),
    "a previous change that is none": _said(previous=7),
    "the year 10000": _said(at="10000-01-01T00:00:00+00:00[UTC]"),
    "the last hour of the year 9999": _said(at="9999-12-31T23:59:59-14:00[UTC]"),
    "the first hour of the year 1": _said(at="0001-01-01T00:00:00+14:00[UTC]"),
    "the year 0": _said(at="0000-01-01T00:00:00+00:00[UTC]"),
    "the last hour of a zone": _said(at="9999-12-31T23:59:59+00:00[Pacific/Kiritimati]"),
    "the first hour of a zone": _said(at="0001-01-01T00:00:00+00:00[America/New_York]"),
    "no moment": _said(at="yesterday"),
    "a moment with a line feed": _said(at=AT + "\n"),
    "a moment in a zone that climbs": _said(at=AT.partition("[")[0] + "[../../etc/passwd]"),
    "no gesture": _said(gesture=""),
    "a gesture of 301": _said(gesture="g" * 301),
    "a label that is a number": _said(label=7),
    "no edits": _edits(),
    "edits that are text": _said(edits="none"),
    "a field twice": _edits(ONE, ONE),
    "an edit without a value": _edits({"record": "a:b", "field": "c", "replaces": []}),
    "a key of a megabyte": _edits(edit("observation:" + "k" * 1_000_000, "text", "t")),
    "a field of a megabyte": _edits(edit("observation:x", "k" * 1_000_000, "t")),
    "replaced out of order": _edits({**ONE, "replaces": ["b" * 64, "a" * 64]}),
    "replaced twice": _edits({**ONE, "replaces": ["b" * 64] * 2}),
    "replaced what is none": _edits({**ONE, "replaces": [1]}),
    "a lists of what is replaced that is text": _edits({**ONE, "replaces": "b" * 64}),
    "what a log is, altered": _edits(edit("about:log", "practice", True)),
    "a log that says nothing of itself": _said(log=None, previous=None),
    "a first change that follows": _said(log=None),
}
