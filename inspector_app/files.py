"""Writing a file so that the old one is whole until the new one is."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inspector_app.errors import BadInput, StoreTrouble

MAX_WHOLE = 128 * 1024 * 1024
"""The most bytes of a file that are ever in memory at once."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` that becomes it, durably, when the block ends well.

    The temporary file lives on the same disk, so that what fits there fits at the end; whatever
    fails leaves the old file whole and no debris. Raises StoreTrouble for the disk's failures.
    """
    part = part_of(target)
    try:
        part.unlink(missing_ok=True)
        yield part
        _sync(part)
        part.replace(target)
        _sync_folder(target.parent)
    except OSError:
        raise StoreTrouble(
            "The file could not be written (the disk may be full, read-only or unplugged). The old "
            "file, if there was one, is whole; choose another place and try again."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def need_room(folder: Path, size: int) -> None:
    """StoreTrouble, before anything is written, where the disk of a folder lacks `size` bytes."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a place that cannot be asked is told of when it is written to
    if free < size:
        raise StoreTrouble(
            f"The disk has {_megabytes(free)} free, and this needs {_megabytes(size)}. Nothing was "
            "written; make room or choose another disk, and try again."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"


def part_of(target: Path) -> Path:
    """Where a file or folder is made until it is whole; a kill may leave it there."""
    return target.with_name(f".{target.name}.part")


def read_whole(source: Path) -> bytes:
    """The bytes of a file that somebody named; BadInput when it cannot be read."""
    try:
        return bytes_of(source)
    except OSError:
        raise BadInput(f"The file {source.name} cannot be read. Nothing was changed.") from None


def bytes_of(source: Path, limit: int = MAX_WHOLE) -> bytes:
    """The bytes of a file; OSError also for one over `limit` and for what is no file at all.

    A pipe would wait for its other end, and a device never end.
    """
    with open(source, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, "too large")
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A temporary folder beside `target` that becomes it, durably, when the block ends well.

    BadInput when something stands at `target` other than an empty folder: none is ever replaced.
    Whatever fails leaves no debris. Raises StoreTrouble for the disk's failures.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(
            "There is something in this place already; nothing was written. Choose another name."
        )
    part = part_of(target)
    try:
        shutil.rmtree(part, ignore_errors=True)  # left by one that was killed
        make_folder(part)
        yield part
        for path in (part, *sorted(part.rglob("*"))):
            _sync_folder(path) if path.is_dir() else _sync(path)
        if target.exists():
            target.rmdir()
        part.replace(target)
        _sync_folder(target.parent)
    except OSError:
        raise StoreTrouble(
            "The folder could not be written (the disk may be full, read-only or unplugged). "
            "Nothing of it is there, and what it was to be made of is as it was; choose another "
            "place and try again."
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, so that the names outlast a power cut; OSError if not."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def write_whole(target: Path, data: bytes) -> None:
    """Write `data` to `target`, whole or not at all."""
    with replacing(target) as part:
        part.write_bytes(data)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems have no way to sync a folder, and need none
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
