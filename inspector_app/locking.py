"""One process for each workspace: the lock on its folder."""

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from inspector_app.errors import BadInput, InUse

LOCK_FILE = "in-use.lock"


def lock_folder(folder: Path) -> FileLock:
    """Hold a workspace for this process alone; a killed holder's lock is free at once."""
    lock = FileLock(folder / LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise InUse(
            "This workspace is open in another window or command. Nothing was changed; close that "
            "one first."
        ) from None
    except OSError:
        raise BadInput("There is no workspace in this folder, or it cannot be written.") from None
    return lock


def refuse_if_open(folder: Path) -> None:
    """Raise InUse where another process holds the workspace. Nothing is made in any folder."""
    if os.path.isfile(folder / LOCK_FILE):  # noqa: PTH113  (names that are too long are none)
        with suppress(BadInput):
            lock_folder(folder).release()


def in_use(folder: Path) -> str:
    """That a workspace is open elsewhere, in a sentence; empty where it is not."""
    try:
        refuse_if_open(folder)
    except InUse as error:
        return error.message
    return ""
