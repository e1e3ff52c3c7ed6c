"""The encrypted file of a workspace: nothing in it is altered, and damage is noticed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from inspector_app.canonical import sha256
from inspector_app.errors import BadInput, NewerVersion, StoreTrouble, UserError
from inspector_app.store import Draft, Store
from inspector_app.store.connection import connect, pragma
from tests.conftest import Told
from tests.harness import count
from tests.making import Person, new_log

KEY = bytes(range(32))
CANARY = "Zebrafinch 7741 in cell four"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store with three changes and a blob."""
    path = tmp_path / "workspace.db"
    store, ana = Store.create(path, KEY), Person("ana")
    log = new_log(ana)
    for number in range(2):
        ana.write(log, "answer:j-70", note=f"{CANARY} {number}")
    store.append(list(log.changes.values()))
    store.put_blob(log.id, b"a picture " * 400)
    store.close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path, KEY)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET body = x'00'",
        "UPDATE change SET signature = x'00'",
        "DELETE FROM change",
        "UPDATE blob SET bytes = x'00'",
        "DELETE FROM blob",
        "REPLACE INTO change SELECT id, log, author, previous, x'00', x'00' FROM change",
        "UPDATE OR REPLACE change SET id = log",
        "REPLACE INTO blob SELECT log, sha256, x'00' FROM blob",
    ],
)
def test_what_was_kept_cannot_be_altered(store: Store, statement: str) -> None:
    [log] = store.logs()
    before = store.changes(log), store.blob_sizes(log)
    with pytest.raises(dbapi2.DatabaseError, match="never altered"):
        store._db.execute(statement)
    assert (store.changes(log), store.blob_sizes(log)) == before


def test_the_same_change_again_is_passed_over(store: Store) -> None:
    [log] = store.logs()
    changes = store.changes(log)
    store.append(changes)
    assert store.changes(log) == changes


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1)],
)
def test_every_commit_is_written_through(store: Store, name: str, value: object) -> None:
    assert store._db.execute(f"PRAGMA {name}").fetchone()[0] == value


def test_a_setting_that_does_not_take_stops_the_opening() -> None:
    class Memory:
        """A database that journals in memory whatever it is told."""

        def execute(self, sql: str) -> "Memory":
            return self

        def fetchone(self) -> tuple[str]:
            return ("memory",)

    with pytest.raises(StoreTrouble):
        pragma(Memory(), "journal_mode", "WAL")


def _looked_through(path: Path) -> list[str]:
    """What opening, reading everything and the store's own checks find."""
    try:
        store = Store.open(path, KEY)
    except UserError as error:
        return [error.message]
    try:
        for log in store.logs():
            store.changes(log)
            for digest in store.blob_sizes(log):
                if sha256(store.blob(log, digest) or b"") != digest:
                    return ["a blob is another"]
        return store.faults()
    except UserError as error:
        return [error.message]
    finally:
        store.close()


def test_a_whole_store_has_no_faults(path: Path) -> None:
    assert _looked_through(path) == []


def test_a_flipped_byte_is_noticed_wherever_it_is(path: Path, told: Told) -> None:
    whole = path.read_bytes()
    places = range(7, len(whole), max(1, len(whole) // count(40, 4_000)))
    unnoticed = []
    for place in places:
        damaged = path.with_name("damaged.db")
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        if not _looked_through(damaged):
            unnoticed.append(place)
        for rest in damaged.parent.glob("damaged.db*"):
            rest.unlink()
    assert unnoticed == []
    told(f"{len(places)} flipped bytes of a store of {len(whole)}: each noticed")


def test_another_key_does_not_open_it_and_leaves_it_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(BadInput):
        Store.open(path, bytes(32))
    assert path.read_bytes() == before


def test_a_newer_store_is_left_untouched(path: Path) -> None:
    database = connect(path, KEY)
    database.execute("PRAGMA user_version = 2")
    database.close()
    before = path.read_bytes()
    with pytest.raises(NewerVersion):
        Store.open(path, KEY)
    assert path.read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == [path.name]


def test_a_folder_without_a_store_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        Store.open(tmp_path / "workspace.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_the_blob_of_one_log_is_not_anothers(store: Store) -> None:
    [log] = store.logs()
    [digest] = store.blob_sizes(log)
    other = new_log(Person("ben"))
    store.append(list(other.changes.values()))
    assert store.blob(other.id, digest) is None and store.blob_sizes(other.id) == {}


def test_a_transaction_happens_whole_or_not_at_all(store: Store) -> None:
    other = new_log(Person("ben"))
    with pytest.raises(RuntimeError), store.transaction():
        store.put_blob(other.id, b"a form")
        store.append(list(other.changes.values()))
        raise RuntimeError("the program fails here")
    assert other.id not in store.logs() and store.blob_sizes(other.id) == {}


def test_columns_that_differ_from_the_bytes_are_damage(store: Store) -> None:
    [log] = store.logs()
    real, other = store.changes(log)[1], new_log(Person("ben"))
    store._db.execute(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)",
        ("0" * 64, other.id, real.author, real.previous, real.signature, real.body),
    )
    with pytest.raises(BadInput, match="columns"):
        store.changes(other.id)


def test_nothing_that_was_written_can_be_read_off_the_disk(path: Path) -> None:
    store = Store.open(path, KEY)
    [log] = store.logs()
    store.put_draft(Draft(log, "answer:j-70", "note", CANARY, "2026-03-10T09:00:00+00:00[UTC]"))
    on_disk = b"".join(found.read_bytes() for found in path.parent.iterdir())
    store.close()
    on_disk += path.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert CANARY.encode(encoding) not in on_disk


def test_a_draft_is_overwritten_by_the_next_and_forgotten_when_done(store: Store) -> None:
    [log] = store.logs()
    for text in ("half", "half a sentence"):
        store.put_draft(Draft(log, "answer:j-70", "note", text, "2026-03-10T09:00:00+00:00[UTC]"))
    assert [draft.value for draft in store.drafts()] == ["half a sentence"]
    store.drop_draft(log, "answer:j-70", "note")
    assert store.drafts() == []
