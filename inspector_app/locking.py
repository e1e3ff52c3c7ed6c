"""One process for each workspace: the lock on its folder."""

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


def in_use(folder: Path) -> str:
    """That a workspace is open elsewhere, in a sentence; empty where it is not."""
    try:
        lock_folder(folder).release()
    except (InUse, BadInput) as error:
        return error.message if isinstance(error, InUse) else ""
    return ""
