"""Removing an inspection from this laptop: a new store without it, proven, then renamed into place.

The two tables never lose a row, so the whole file is written anew. Until the rename the old store
is whole and in place; from then on the new one is (design.md 4, "Workspace"). What was written to
the disk before may stay on it, as everything here is only under the workspace's key.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inspector_app.change import compose, new_gesture
from inspector_app.errors import InUse, NotAllowed, StoreTrouble
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import BackupMade, read_record, stored_values
from inspector_app.records.own import InspectionRemoved
from inspector_app.store import Store
from inspector_app.store.without import Extent, extent, is_alone, make_one_file, write_without
from inspector_app.workspace import Workspace, handing, place, retention
from inspector_app.workspace.backup import BUNDLE_FILE, read_whole
from inspector_app.workspace.desk import NEW_STORE, STORE_FILE, Desk, fold
from inspector_app.workspace.handing import Step

_SUFFIXES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed, and the bundle or backup that holds all of it."""

    inspection: str
    changes: int
    files: int
    held_by: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new store without an inspection stands beside the old one; `seen` is what that held."""

    removed: Removed
    seen: Extent


def remove(
    workspace: Workspace, id: str, held_by: Path | None = None, passphrase: str | None = None
) -> Removed:
    """Take an inspection off this laptop. Unless it is refused, the workspace is then closed.

    `held_by`: a bundle that opens with one's own keys or `passphrase`, or a backup's folder. It is
    read whole now. Without it, the newest backup made here counts if nothing came since.
    NotAllowed under legal hold, and while nothing is known to hold all of it. Colleagues' copies
    stay as they are.
    """
    desk, log = workspace.desk, workspace.kept(id).log
    removed = _provable(desk, log, held_by, passphrase)
    _forget_place(workspace, log)
    _clear(desk.folder)
    try:
        _write(desk, log, removed.held_by)
        _exchange(desk)
    finally:
        _clear(desk.folder)
        workspace.close()
    return removed


def job(
    workspace: Workspace, id: str, held_by: Path | None = None, passphrase: str | None = None
) -> Callable[[Step], Prepared]:
    """For a worker: check what else holds it, and write the new store beside the old one.

    Ended or failed, it leaves nothing; then `finish` in the window's thread.
    """
    desk, log = workspace.desk, workspace.kept(id).id
    retention.check_may_go(desk.log(log), "Nothing was removed")

    def work(step: Step) -> Prepared:
        with handing.beside(desk, step) as apart:
            _clear(desk.folder)
            seen, gone = extent(apart.desk.store), apart.desk.log(log)
            try:
                step(0, 2)
                removed = _provable(apart.desk, gone, held_by, passphrase)
                step(1, 2)
                _write(apart.desk, gone, removed.held_by)
                step(2, 2)
            except BaseException:
                _clear(desk.folder)
                raise
        return Prepared(removed, seen)

    return work


def finish(workspace: Workspace, prepared: Prepared) -> Removed:
    """Put the new store in place of the old one. Unless it is refused, the workspace is closed.

    NotAllowed where anything was written since the work began; then nothing is removed.
    """
    desk = workspace.desk
    try:
        if extent(desk.store) != prepared.seen:
            raise NotAllowed("Something was written meanwhile, so nothing was removed. Try again.")
        try:
            _exchange(desk)
        finally:
            workspace.close()
    finally:
        _clear(desk.folder)
    return prepared.removed


def _provable(desk: Desk, log: Log, held_by: Path | None, passphrase: str | None) -> Removed:
    """What would be removed, once it may go and something else is found to hold all of it."""
    retention.check_may_go(log, "Nothing was removed")
    files = set(desk.store.blob_sizes(log.id))
    file = _checked_now(desk, log, files, held_by, passphrase) if held_by else _backed_up(desk, log)
    _check_no_drafts(desk, log)
    return Removed(log.id, len(log.changes), len(files), file)


def _forget_place(workspace: Workspace, log: Log) -> None:
    if log.id in str(place.kept(workspace)):
        place.keep(workspace, {})  # the window does not open where there is nothing any more


# -- what else holds it ------------------------------------------------------------------------


def _checked_now(
    desk: Desk, log: Log, files: set[str], held_by: Path, passphrase: str | None
) -> str:
    path = held_by / BUNDLE_FILE if held_by.is_dir() else held_by
    found = read_whole(path, desk.folder, keys=desk.keys, passphrase=passphrase)
    there = found.logs.get(log.id)
    blobs = {digest for id, digest in found.blobs if id == log.id}
    if there is None or log.changes.keys() - there.changes.keys() or files - blobs:
        raise NotAllowed(
            "This does not hold all of the inspection: something was written since, or pictures "
            "were left out. Nothing was removed; make a backup or a whole bundle first."
        )
    return found.sealed.sha256


def _backed_up(desk: Desk, log: Log) -> str:
    files = len(desk.store.blob_sizes(log.id))
    for record in desk.own.records(BackupMade.kind):
        made, _ = read_record(BackupMade, record, desk.own.fields(record))
        whole = made.held.get(log.id) == len(log.changes) and made.files.get(log.id) == files
        if made.file and whole:
            return made.file
    raise NotAllowed(
        "Nothing else is known to hold all of this inspection, so it was not removed. Make a "
        "backup, or name a bundle of it that opens here."
    )


def _check_no_drafts(desk: Desk, log: Log) -> None:
    if any(draft.log == log.id for draft in desk.store.drafts()):
        raise NotAllowed("Something typed in this inspection is not yet kept. Nothing was removed.")


# -- the new store -----------------------------------------------------------------------------


def _write(desk: Desk, log: Log, file: str) -> None:
    """The new store beside the old one; it alone says that the inspection was removed."""
    values = stored_values(InspectionRemoved, {"at": str(now("UTC")), "file": file})
    edits = desk.own.setting(f"{InspectionRemoved.kind}:{log.id}", values)
    heads = desk.own.heads()[desk.key]
    change = compose(
        log=desk.own.id,
        author=desk.key,
        previous=next(id for id in reversed(desk.own.changes) if id in heads),
        at=now("UTC"),
        gesture=new_gesture(),
        label="removed an inspection from this laptop",
        edits=edits,
    )
    path = desk.folder / NEW_STORE
    write_without(desk.store, path, desk.keys.database, log.id, [desk.sign(change)])
    _check(desk, path, log.id)


def _check(desk: Desk, path: Path, gone: str) -> None:
    """Every log but that one folds in the new store to what it is in the old one."""
    fresh = Store.open(path, desk.keys.database)
    try:
        left = [id for id in desk.store.logs() if id != gone]
        same = fresh.logs() == left and all(
            fold(fresh.changes(id)).digest() == desk.log(id).digest()
            for id in left
            if id != desk.own.id
        )
        fold(fresh.changes(desk.own.id))
    finally:
        fresh.close()
    if not same:
        raise StoreTrouble("The new store differs from the old one, so nothing was removed.")


def _exchange(desk: Desk) -> None:
    """Rename the new store into place. Neither may have a log beside it that names the other."""
    old, new = desk.folder / STORE_FILE, desk.folder / NEW_STORE
    desk.is_open = False  # workers see it, whose own connections end then
    make_one_file(desk.store)
    desk.store.close()
    if not is_alone(old) or not is_alone(new):
        raise InUse("Something else still reads this workspace, so nothing was removed. Try again.")
    try:
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        _unlink(old.with_name(f"{old.name}{suffix}") for suffix in _SUFFIXES[1:])
        new.replace(old)
        if os.name == "posix":
            handle = os.open(desk.folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
    except OSError:
        raise StoreTrouble(
            "The disk failed; nothing was removed. Look at it before you go on."
        ) from None


def _clear(folder: Path) -> None:
    """What a removal that was killed left behind: a store that nobody ever opened."""
    _unlink(folder / f"{NEW_STORE}{suffix}" for suffix in _SUFFIXES)


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
