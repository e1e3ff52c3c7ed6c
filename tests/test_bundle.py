"""Bundles from an enemy: each is refused, or what is wrong in it is left out; nothing else changes.

The letter and the hash are valid in all of these, as a dishonest colleague could make them.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app import bundle, identity
from inspector_app.canonical import sha256
from inspector_app.change import ABOUT, Change, Edit, compose, new_gesture
from inspector_app.errors import BadInput, NewerVersion, UserError
from inspector_app.identity import Keys
from inspector_app.identity.changes import signed_change
from inspector_app.moments import now
from inspector_app.store.connection import BLOB_TABLE, CHANGE_TABLE, connect
from inspector_app.workspace import Workspace
from tests.making import keys_of
from tests.test_workspace import PASSPHRASE, _start

CANARY = "Zebrafinch 7741 in cell four"
Write = Callable[[Any], object]


@dataclass
class Pair:
    """Ana has an inspection that Ben merged once; each accepted the other's card."""

    ana: Workspace
    ben: Workspace
    id: str

    @property
    def keys(self) -> Keys:
        return self.ana.desk.keys

    def written(self, **fields: Any) -> Change:
        """A change by Ana on the tip that Ben knows, signed, in nobody's store."""
        return self.change([Edit("observation:new", name, value) for name, value in fields.items()])

    def change(self, edits: Sequence[Edit], **other: Any) -> Change:
        log = self.ben.desk.log(self.id)
        given = {"log": self.id, "author": self.ana.key, "at": now("UTC"), "label": "edit"}
        [tip] = log.heads()[self.ana.key]
        given |= {"previous": tip, "gesture": new_gesture(), "edits": edits, **other}
        return signed_change(self.keys, compose(**given))  # type: ignore[arg-type]

    def seal(self, out: Path, store: Path, key: bytes) -> Path:
        """A true letter of Ana's before whatever store."""
        told = {"key": key.hex(), "sha256": bundle._hash_file(store), "size": store.stat().st_size}
        letter = {"store": told, "logs": [self.id], "left_behind": []}
        card = identity.read_card(self.ben.card())
        line = identity.seal_letter(letter, self.keys, self.ana.card(), to=[card])
        bundle._join(out, bundle.HEAD + line + b"\n", store)
        return out


def _workspace(folder: Path, name: str) -> Workspace:
    return Workspace.create(folder, name, "opr-inspector", "Test unit", PASSPHRASE)[0]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    root = tmp_path_factory.mktemp("pair")
    ana, ben = _workspace(root / "ana", "Ana Sample"), _workspace(root / "ben", "Marcus Example")
    ana.accept(ben.card())
    ben.accept(ana.card())
    id = _start(ana)
    ana.put(id, "answer:j-70", result="not-met", note=CANARY)
    ana.bundle([id], root / "first.inspection", to=[identity.read_card(ben.card())])
    ben.merge(root / "first.inspection")
    yield Pair(ana, ben, id)
    ana.close()
    ben.close()


def _keep(database: Any, *changes: Change) -> None:
    for c in changes:
        values = (c.id, c.log, c.author, c.previous, c.signature, c.body)
        database.execute("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)", values)


def _hostile(pair: Pair, folder: Path, write: Write, tables: Sequence[str] | None = None) -> Path:
    """A bundle whose store is made by `write`, sealed by Ana to Ben."""
    path, key = folder / "hostile.store", os.urandom(32)
    database = connect(path, key)
    database.execute("PRAGMA user_version = 1")
    for table in (CHANGE_TABLE, BLOB_TABLE) if tables is None else tables:
        database.execute(table)
    write(database)
    database.close()
    return pair.seal(folder / "hostile.inspection", path, key)


@contextmanager
def _unchanged(workspace: Workspace) -> Iterator[None]:
    """Nothing of any inspection is different afterwards, and no debris lies about."""
    logs, digest = workspace.desk.store.logs(), workspace.digest()
    changes = {log: len(workspace.desk.store.changes(log)) for log in workspace.inspection_ids()}
    files = sorted(found.name for found in workspace.folder.iterdir())
    yield
    assert (workspace.desk.store.logs(), workspace.digest()) == (logs, digest)
    assert changes == {log: len(workspace.desk.store.changes(log)) for log in changes}
    assert sorted(found.name for found in workspace.folder.iterdir()) == files


def _refused(pair: Pair, path: Path, kind: type[UserError] = BadInput) -> None:
    for act in (pair.ben.preview, pair.ben.merge):
        with _unchanged(pair.ben), pytest.raises(kind) as told:
            act(path)
        assert CANARY not in str(told.value)


# -- the store's shape -------------------------------------------------------------------------

_RAW = "INSERT INTO change VALUES ('{0}', '{0}', '{0}', NULL, x'00', {1})"
SHAPES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "one more table": ((CHANGE_TABLE, BLOB_TABLE), ("CREATE TABLE more (x TEXT)",)),
    "a missing table": ((CHANGE_TABLE,), ()),
    "no table": ((), ()),
    "a trigger": (
        (CHANGE_TABLE, BLOB_TABLE),
        ("CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM blob; END",),
    ),
    "a view": ((CHANGE_TABLE, BLOB_TABLE), ("CREATE VIEW v AS SELECT * FROM change",)),
    "a view in place of a table": (
        (CHANGE_TABLE,),
        ("CREATE VIEW blob AS SELECT '' AS log, '' AS sha256, x'' AS bytes",),
    ),
    "an index": ((CHANGE_TABLE, BLOB_TABLE), ("CREATE INDEX i ON change (author)",)),
    "columns of any type": ((CHANGE_TABLE.replace(" STRICT", ""), BLOB_TABLE), ()),
    "one column of another type": (
        (CHANGE_TABLE.replace("body BLOB", "body ANY"), BLOB_TABLE),
        (),
    ),
    "a computed column": (
        (CHANGE_TABLE, BLOB_TABLE.replace("bytes BLOB NOT NULL", "bytes BLOB AS (zeroblob(9))")),
        (),
    ),
    "a body larger than a change may be": (
        (CHANGE_TABLE, BLOB_TABLE),
        (_RAW.format("0" * 64, "zeroblob(1048577)"),),
    ),
    "an id as long as a book": (
        (CHANGE_TABLE, BLOB_TABLE),
        (_RAW.format("0" * 65, "x'00'"),),
    ),
    "a body that is no change": ((CHANGE_TABLE, BLOB_TABLE), (_RAW.format("0" * 64, "x'00'"),)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_store_of_another_shape_is_refused(pair: Pair, tmp_path: Path, shape: str) -> None:
    tables, statements = SHAPES[shape]

    def write(database: Any) -> None:
        for statement in statements:
            database.execute(statement)

    _refused(pair, _hostile(pair, tmp_path, write, tables))


@pytest.mark.parametrize("version", [0, 2, 2**31 - 1])
def test_a_store_of_another_format_is_told_apart(pair: Pair, tmp_path: Path, version: int) -> None:
    path = _hostile(pair, tmp_path, lambda db: db.execute(f"PRAGMA user_version = {version}"))
    _refused(pair, path, NewerVersion)


def test_a_store_that_is_no_database_is_refused(pair: Pair, tmp_path: Path) -> None:
    for name, content in (("empty", b""), ("plain", b"SQLite format 3\0" + bytes(8176))):
        store = tmp_path / name
        store.write_bytes(content)
        with _unchanged(pair.ben), pytest.raises(UserError):
            pair.ben.merge(pair.seal(tmp_path / f"{name}.inspection", store, bytes(32)))


def test_a_plain_database_under_no_key_is_refused(pair: Pair, tmp_path: Path) -> None:
    store = tmp_path / "plain.db"
    database = sqlite3.connect(store)
    database.execute(CHANGE_TABLE)
    database.execute(BLOB_TABLE)
    database.commit()
    database.close()
    _refused(pair, pair.seal(tmp_path / "plain.inspection", store, bytes(32)))


# -- what the store holds ----------------------------------------------------------------------


@pytest.mark.parametrize("column", ["id", "log", "author", "previous"])
def test_columns_that_differ_from_the_bytes_are_refused(
    pair: Pair, tmp_path: Path, column: str
) -> None:
    lie = replace(pair.written(text="true"), **{column: "0" * 64})
    _refused(pair, _hostile(pair, tmp_path, lambda db: _keep(db, lie)))


def test_a_picture_that_is_not_its_hash_is_refused(pair: Pair, tmp_path: Path) -> None:
    claimed = "ab" * 32
    change = pair.change([Edit("photo:p", "sha256", claimed)])

    def write(database: Any) -> None:
        _keep(database, change)
        database.execute("INSERT INTO blob VALUES (?, ?, ?)", (pair.id, claimed, b"another"))

    path = _hostile(pair, tmp_path, write)
    with _unchanged(pair.ben), pytest.raises(BadInput, match="picture"):
        pair.ben.merge(path)
    assert pair.ben.photo_bytes(pair.id, claimed) is None


def test_a_picture_that_no_change_names_stays_outside(pair: Pair, tmp_path: Path) -> None:
    digest = sha256(b"x")
    path = _hostile(
        pair,
        tmp_path,
        lambda db: db.execute("INSERT INTO blob VALUES (?, ?, ?)", (pair.id, digest, b"x")),
    )
    with _unchanged(pair.ben):
        assert pair.ben.merge(path).photos == 0
    assert pair.ben.photo_bytes(pair.id, digest) is None


def _left_out(pair: Pair, folder: Path, *changes: Change) -> set[str]:
    """Merge these changes: none may come in. The reasons that the preview gives."""
    path = _hostile(pair, folder, lambda db: _keep(db, *changes))
    with _unchanged(pair.ben):
        told = {id: why for log in pair.ben.preview(path).logs for id, why in log.refused.items()}
        merged = pair.ben.merge(path)
    assert (merged.new, merged.refused) == (0, len(changes))
    assert set(told) == {change.id for change in changes}
    return set(told.values())


def test_a_workspaces_own_log_never_comes_in(pair: Pair, tmp_path: Path) -> None:
    own = pair.ana.desk.own
    [first] = [change for change in own.changes.values() if change.is_first]
    assert any("never travels" in why for why in _left_out(pair, tmp_path, first))


def test_changes_of_an_unknown_person_stay_outside(pair: Pair, tmp_path: Path) -> None:
    stranger = keys_of("a stranger")
    edits = [Edit("observation:x", "text", "smuggled")]
    change = pair.change(edits, author=stranger.author, previous=None)
    change = signed_change(stranger, change)
    [why] = _left_out(pair, tmp_path, change)
    assert "not accepted" in why


def test_what_builds_on_a_stranger_stays_outside_too(pair: Pair, tmp_path: Path) -> None:
    stranger = keys_of("a stranger")
    edits = [Edit("observation:x", "text", "smuggled")]
    foreign = signed_change(stranger, pair.change(edits, author=stranger.author, previous=None))
    onto = pair.change([Edit("observation:x", "text", "built on it", (foreign.id,))])
    assert len(_left_out(pair, tmp_path, foreign, onto)) == 2


@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64])
def test_a_change_with_a_bad_signature_stays_outside(
    pair: Pair, tmp_path: Path, signature: bytes
) -> None:
    [why] = _left_out(pair, tmp_path, replace(pair.written(text="x"), signature=signature))
    assert "not signed" in why


def test_a_true_signature_of_another_person_does_not_count(pair: Pair, tmp_path: Path) -> None:
    [why] = _left_out(pair, tmp_path, signed_change(keys_of("a stranger"), pair.written(text="x")))
    assert "not signed" in why


def test_changes_in_ones_own_name_that_one_never_signed_stay_outside(
    pair: Pair, tmp_path: Path
) -> None:
    forged = pair.change([Edit("observation:x", "text", "x")], author=pair.ben.key, previous=None)
    [why] = _left_out(pair, tmp_path, forged)
    assert "not signed" in why


def test_a_change_without_its_parent_stays_outside(pair: Pair, tmp_path: Path) -> None:
    absent, edits = pair.written(text="first"), [Edit("observation:new", "text", "second")]
    by_chain = pair.change(edits, previous=absent.id)
    by_value = pair.change([replace(edits[0], replaces=(absent.id,))])
    [why] = _left_out(pair, tmp_path, by_chain, by_value)
    assert "missing" in why


def test_what_an_inspection_is_cannot_be_altered_later(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        pair.change([Edit(ABOUT, "practice", True)])


def test_an_inspection_without_its_checklist_is_refused(pair: Pair, tmp_path: Path) -> None:
    other = _start(pair.ana)
    [first] = pair.ana.desk.log(other).changes.values()
    path = _hostile(pair, tmp_path, lambda db: _keep(db, first))
    with _unchanged(pair.ben), pytest.raises(BadInput, match="checklist"):
        pair.ben.merge(path)


# -- what goes out -----------------------------------------------------------------------------


def test_a_bundle_and_its_way_out_show_no_plain_text(pair: Pair, tmp_path: Path) -> None:
    out = tmp_path / "out.inspection"
    pair.ana.bundle([pair.id], out, to=[identity.read_card(pair.ben.card())])
    assert [found.name for found in tmp_path.iterdir()] == ["out.inspection"]
    data = out.read_bytes()
    for hidden in (CANARY, "Ana Sample", "Hamilton", "j-70", "CREATE TABLE", "SQLite format"):
        for encoding in ("utf-8", "utf-16-le"):
            assert hidden.encode(encoding) not in data


def test_a_failed_bundle_leaves_the_older_file_whole(pair: Pair, tmp_path: Path) -> None:
    out = tmp_path / "out.inspection"
    out.write_bytes(b"the older bundle")
    with pytest.raises(BadInput):
        pair.ana.bundle([pair.id], out, passphrase="short")
    assert out.read_bytes() == b"the older bundle"
    assert [found.name for found in tmp_path.iterdir()] == ["out.inspection"]


def test_only_the_chosen_inspections_travel(pair: Pair, tmp_path: Path) -> None:
    _start(pair.ana)
    made = pair.ana.bundle(
        [pair.id], tmp_path / "o.inspection", to=[identity.read_card(pair.ben.card())]
    )
    assert made.changes == len(pair.ana.desk.log(pair.id).changes)
    [log] = pair.ben.preview(tmp_path / "o.inspection").logs
    assert (log.log, log.new) == (pair.id, 0)


def test_an_honest_bundle_made_in_the_same_way_is_merged(pair: Pair, tmp_path: Path) -> None:
    """Without this, a fault in the way these bundles are made would look like a refusal."""
    path = _hostile(pair, tmp_path, lambda db: _keep(db, pair.written(text="as it was")))
    before = pair.ben.digest()
    assert pair.ben.merge(path).new == 1 and pair.ben.digest() != before
    with _unchanged(pair.ben):
        assert pair.ben.merge(path).new == 0


def test_what_every_recipient_has_shown_to_have_may_stay_behind(pair: Pair, tmp_path: Path) -> None:
    ben, out = identity.read_card(pair.ben.card()), tmp_path / "out.inspection"
    whole = pair.ana.bundle([pair.id], out, to=[ben], without_known_photos=True)
    assert whole.blobs == 1  # Ben has written nothing that Ana has seen: he may lack the form
    pair.ben.put(pair.id, "answer:j-82", result="met")
    pair.ben.bundle([pair.id], tmp_path / "back", to=[identity.read_card(pair.ana.card())])
    pair.ana.merge(tmp_path / "back")
    lean = pair.ana.bundle([pair.id], out, to=[ben], without_known_photos=True)
    assert (lean.blobs, len(lean.left_behind)) == (0, 1)
    keys = keys_of("a third")
    third = identity.read_card(identity.make_card(keys, "J. Specimen", "opr-inspector", "Unit"))
    assert pair.ana.bundle([pair.id], out, to=[ben, third], without_known_photos=True).blobs == 1
