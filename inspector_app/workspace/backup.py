"""Backup and restore: a bundle of every log, sealed to one's own, recovery and escrow keys.

A backup is a folder with the bundle, a copy of keys.json and a few words. It is verified before it
takes the place of an older one. Whoever restores gets the same inspections and a new signing key,
whose card the old key signs, so that the lost laptop and this one are never taken for one
(reliability.md R7; docs/format.md, "Backup").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from inspector_app import bundle, identity
from inspector_app.bundle import Blob, Sealed
from inspector_app.change import new_record
from inspector_app.errors import BadInput, StoreTrouble
from inspector_app.files import bytes_of, make_folder, need_room, replacing, write_whole
from inspector_app.identity import Card, Keys
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import BackupMade, stored_values
from inspector_app.workspace import Workspace, names
from inspector_app.workspace.carried import size_of
from inspector_app.workspace.desk import KEYS_FILE, Desk, fold

Step = Callable[[int, int], None]

BUNDLE_FILE = "backup.inspection"
README_FILE = "README.txt"
_README = """A backup of an inspector-app workspace.

backup.inspection  every inspection and what belongs to it, encrypted
keys.json          the keys, sealed for the passphrase, the printed recovery key and, where there
                   is one, the agency's escrow key

Restore it with:  inspector-app restore THIS-FOLDER -o NEW-FOLDER
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle was found to hold, every byte of it checked."""

    sealed: Sealed
    logs: dict[str, Log]
    blobs: frozenset[Blob]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written and read back."""

    sha256: str
    size: int
    logs: int
    changes: int
    files: int
    names_left_out: int


@dataclass(frozen=True, slots=True)
class WrittenBackup:
    """A backup's files, which are not yet noted; `names` counts the names keys by log."""

    made: BackedUp
    held: dict[str, int]
    files: dict[str, int]
    names: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Holdings:
    """Everything at one moment, to which what was written is compared."""

    logs: tuple[Log, ...]
    blobs: tuple[Blob, ...]

    def files(self) -> dict[str, int]:
        return {log.id: sum(id == log.id for id, _ in self.blobs) for log in self.logs}


# -- writing -----------------------------------------------------------------------------------


def back_up(workspace: Workspace, folder: Path, *, with_names: bool = False) -> BackedUp:
    """Write a backup into a folder and read it back; an older one there stays until that is done.

    `with_names`: whoever opens the backup can read the sealed names too; without, they are lost
    with this laptop. BadInput when the folder holds the backup of another workspace.
    """
    written = write_backup(workspace.desk, folder, with_names=with_names)
    note_backup(workspace.desk, written)
    return written.made


def write_backup(
    desk: Desk, folder: Path, *, with_names: bool = False, step: Step = lambda done, of: None
) -> WrittenBackup:
    """The files alone, for a worker too: `step` is told of each picture and before what was
    written is read back, and may end it there.
    """
    keys_file = _keys_file(desk.folder)
    _check_place(folder, keys_file)
    holdings = _holdings(desk)
    need_room(folder, 2 * size_of(desk.store, holdings.blobs))  # the store, then the whole file
    keys_of_names = names.keys_to_send(desk, holdings.logs)
    sent = keys_of_names if with_names else {}
    with replacing(folder / BUNDLE_FILE) as part:
        made = bundle.write(
            part,
            holdings.logs,
            _every_blob(desk, holdings, step),
            [],
            desk.keys,
            desk.card_file,
            to=_readers(desk, keys_file),
            names=sent,
        )
        step(len(holdings.blobs), len(holdings.blobs))
        _compare(holdings, read_whole(part, desk.folder, keys=desk.keys))
    write_whole(folder / KEYS_FILE, keys_file)
    write_whole(folder / README_FILE, _README.encode())
    left_out = len(keys_of_names) - len(sent)
    logs = holdings.logs
    return WrittenBackup(
        BackedUp(made.sha256, made.size, len(logs), made.changes, made.blobs, left_out),
        {log.id: len(log.changes) for log in logs},
        holdings.files(),
        {log: len(keys) for log, keys in sent.items()},
    )


def _holdings(desk: Desk) -> _Holdings:
    logs = tuple(desk.log(id) for id in desk.store.logs())
    blobs = [(log.id, d) for log in logs for d in sorted(desk.store.blob_sizes(log.id))]
    return _Holdings(logs, tuple(blobs))


def _keys_file(folder: Path) -> bytes:
    try:
        return bytes_of(folder / KEYS_FILE)
    except OSError:
        raise BadInput("The folder lacks its keys file (keys.json).") from None


def _check_place(folder: Path, keys_file: bytes) -> None:
    """A folder with another workspace's backup, or with a workspace, is left alone."""
    try:
        make_folder(folder)
    except OSError:
        raise StoreTrouble(
            "The folder for the backup cannot be made there; choose another place."
        ) from None
    if not (folder / KEYS_FILE).exists():
        return
    there = identity.recovery_public(_keys_file(folder))
    if not (folder / BUNDLE_FILE).exists() or there != identity.recovery_public(keys_file):
        raise BadInput(
            "This folder belongs to another workspace or backup. Nothing was written; choose an "
            "empty one."
        )


def _readers(desk: Desk, keys_file: bytes) -> list[Card]:
    """One's own card, and the recovery and escrow keys, which have no card of their own."""
    public = [identity.recovery_public(keys_file, desk.keys)]
    public += identity.escrow_public(keys_file, desk.keys)
    return [desk.card, *(replace(desk.card, sealing=key) for key in public)]


def _every_blob(desk: Desk, holdings: _Holdings, step: Step) -> Iterator[tuple[str, str, bytes]]:
    for number, (log, digest) in enumerate(holdings.blobs):
        step(number, len(holdings.blobs))
        yield log, digest, desk.store.blob(log, digest) or b""


def _compare(holdings: _Holdings, found: Contents) -> None:
    here = {log.id: list(log.changes) for log in holdings.logs}
    there = {id: list(log.changes) for id, log in found.logs.items()}
    if here != there or set(holdings.blobs) != found.blobs:
        raise StoreTrouble("The backup does not hold what was written. Try another disk.")


def note_backup(desk: Desk, written: WrittenBackup) -> None:
    """What a backup was found to hold counts as held from now on."""
    values = {
        "file": written.made.sha256,
        "made": str(now("UTC")),
        "held": written.held,
        "files": written.files,
        "names": written.names,
    }
    record = new_record(BackupMade.kind)
    edits = desk.own.setting(record, stored_values(BackupMade, values))
    desk.commit(desk.own, edits, "made a backup")


# -- reading back ------------------------------------------------------------------------------


def read_whole(
    path: Path, beside: Path, *, keys: Keys | None = None, passphrase: str | None = None
) -> Contents:
    """Everything a bundle of one's own holds, in its order, with every change and file checked."""
    outside = bundle.look(path)
    sealed = bundle.open_letter(outside, keys=keys, passphrase=passphrase)
    with bundle.opened_store(path, outside, sealed, beside) as store:
        changes = sorted(store.changes(), key=lambda change: change.log)  # stable: keeps the order
        by_log = groupby(changes, key=lambda change: change.log)
        logs = {id: fold(list(group)) for id, group in by_log}
        blobs = frozenset((log, digest) for log, digest, _ in store.blobs(store.blob_sizes()))
    return Contents(sealed, logs, blobs)
