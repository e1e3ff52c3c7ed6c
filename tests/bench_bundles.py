"""A merge of 100,000 changes into as many others, beside plain SQL (P5)."""

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from inspector_app import bundle, identity
from inspector_app.change import Change, Edit, compose, new_gesture
from inspector_app.identity import Keys, new_keys
from inspector_app.identity.changes import signed_change
from inspector_app.moments import Moment
from inspector_app.store import Store
from inspector_app.workspace import Workspace
from tests.bench_clock import timed
from tests.making import Person, new_log

SECRET = "for the bench only"
CHANGES, ITEMS = 100_000, 150
KEEP = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)"


def merged(folder: Path) -> tuple[float, float]:
    """Milliseconds to merge 100,000 changes into 100,000 others, and to insert the same rows.

    The merge includes the letter, every check of every change, and both folds. Both are without
    Python's own collection, which the window replaces by one at rest (ui/collecting).
    """
    gc.disable()
    try:
        return _measured(folder)
    finally:
        gc.enable()


def _measured(folder: Path) -> tuple[float, float]:
    place = folder / "merging"
    if not place.exists():
        _write_twice(place)
    ben = _copied(place / "ben", place / "again")
    took, done = timed(lambda: ben.merge(place / "ana.inspection", SECRET))
    assert (done.new, done.refused) == (CHANGES, 0)
    [log] = set(ben.desk.store.logs()) - {ben.desk.own.id}
    rows = [_row(change) for change in ben.desk.log(log).changes.values()]
    ben.close()
    return took, timed(lambda: _inserted(place / "floor.db", rows[-CHANGES:]))[0]


def _copied(folder: Path, again: Path) -> Workspace:
    shutil.rmtree(again, ignore_errors=True)
    shutil.copytree(folder, again)
    return Workspace.open(again, passphrase=SECRET)


def _row(change: Change) -> tuple[object, ...]:
    return (change.id, change.log, change.author, change.previous, change.signature, change.body)


def _inserted(path: Path, rows: list[tuple[object, ...]]) -> None:
    path.unlink(missing_ok=True)
    store = Store.create(path, bytes(32))
    with store.transaction():
        store._db.conn.executemany(KEEP, rows)
    store.close()


def _write_twice(place: Path) -> None:
    """Ben's workspace with 100,000 changes of his own in Ana's inspection, and a bundle of hers."""
    place.mkdir()
    ana = new_keys()
    workspace, _ = Workspace.create(place / "ben", "T. Mock", "opr-inspector", "Unit", SECRET)
    card = identity.make_card(ana, "Ana Sample", "opr-inspector", "Unit")
    workspace.accept(card)
    first = _founded(ana)
    log = first.id
    workspace.desk.store.append([first, *_chain(workspace.desk.keys, log, None, "note")])
    hers = [first, *_chain(ana, log, first.id, "reason")]
    _sealed(place / "ana.inspection", log, hers, ana, card)
    workspace.close()


def _founded(keys: Keys) -> Change:
    edits = [Edit("about:log", "kind", "program"), Edit("about:log", "nonce", "x")]
    return _change(keys, None, None, edits)


def _change(keys: Keys, log: str | None, previous: str | None, edits: list[Edit]) -> Change:
    at, author = Moment.at(datetime(2026, 3, 10, 9, tzinfo=UTC), "UTC"), keys.author
    given = {"log": log, "author": author, "previous": previous, "at": at}
    made = compose(**given, gesture=new_gesture(), label="edit", edits=edits)  # type: ignore[arg-type]
    return signed_change(keys, made)


def _chain(keys: Keys, log: str, previous: str | None, field: str) -> Iterator[Change]:
    """Notes to 150 questions in turn, each of which replaces the one before it."""
    newest: dict[str, str] = {}
    for number in range(CHANGES):
        record = f"answer:j-{number % ITEMS}"
        replaces = (newest[record],) if record in newest else ()
        edit = Edit(record, field, f"What was seen, {number}", replaces)
        change = _change(keys, log, previous, [edit])
        newest[record] = previous = change.id
        yield change


def _sealed(
    out: Path,
    log: str,
    changes: list[Change],
    keys: Keys,
    card: bytes,
) -> None:
    whole = new_log(Person("nobody"), "program")
    whole.id, whole.changes = log, {change.id: change for change in changes}
    bundle.write(out, [whole], [], [], keys, card, passphrase=SECRET)
