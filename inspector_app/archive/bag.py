"""The outside of an archive: BagIt 1.0 (RFC 8493), whose manifests are lines of digest and path."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from inspector_app import canonical
from inspector_app.errors import Difference
from inspector_app.files import bytes_of

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARED_IN = "bagit.txt"
INFO = "bag-info.txt"
PAYLOAD = "data"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_LONGEST_MANIFEST = 32 * 1024 * 1024


def close_bag(folder: Path, info: Iterable[tuple[str, str]]) -> None:
    """Write the tag files around a payload that is complete, then bring everything to the disk."""
    paths = sorted(_files(folder))
    payload = [path for path in paths if path.startswith(f"{PAYLOAD}/")]
    size = sum((folder / path).stat().st_size for path in payload)
    lines = [*info, ("Payload-Oxum", f"{size}.{len(payload)}")]
    (folder / DECLARED_IN).write_bytes(DECLARATION)
    (folder / INFO).write_text("".join(f"{name}: {value}\n" for name, value in lines), "utf-8")
    _write_manifest(folder, MANIFEST, payload)
    _write_manifest(folder, TAG_MANIFEST, sorted(set(_files(folder)) - set(payload)))
    for path in _files(folder):
        with (folder / path).open("rb+") as file:
            os.fsync(file.fileno())


def _write_manifest(folder: Path, name: str, paths: Iterable[str]) -> None:
    lines = [f"{digest_of(folder / path)}  {path}\n" for path in paths]
    (folder / name).write_text("".join(lines), "utf-8")


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex, without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_bag(folder: Path) -> bool:
    """Whether the folder says that it is a bag."""
    return (folder / DECLARED_IN).is_file()


def manifests(folder: Path) -> dict[str, str]:
    """Every path that the two manifests list, with its digest. Difference for another bag."""
    set(_files(folder))  # a link or a pipe is refused before any file is opened
    if read_small(folder, DECLARED_IN, 1024) != DECLARATION:
        raise Difference(f"The file {DECLARED_IN} is not that of an archive of this format.")
    return {**_read_manifest(folder, TAG_MANIFEST), **_read_manifest(folder, MANIFEST)}


def _read_manifest(folder: Path, name: str) -> dict[str, str]:
    lines = read_small(folder, name, _LONGEST_MANIFEST).decode("utf-8", "replace").splitlines()
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        digest, _, path = line.partition("  ")
        if not canonical.is_hex(digest) or not _stays_inside(path) or path in found:
            raise Difference(f"Line {number} of {name} is damaged.")
        found[path] = digest
    return found


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = "\\" not in path and ":" not in path and "/".join(parts) == path
    return bool(parts) and plain and ".." not in parts and parts[0] != "/"


def read_small(folder: Path, path: str, limit: int) -> bytes:
    """One file of an archive. Difference when it is missing, a link, or longer than `limit`."""
    whole = folder / path
    try:
        if whole.is_symlink() or whole.stat().st_size > limit:
            raise Difference(f"The file {path} is not one that an archive holds.")
        return bytes_of(whole, limit)
    except OSError:
        raise Difference(f"The file {path} is missing or cannot be read.") from None


def check_files(folder: Path, listed: dict[str, str]) -> None:
    """Difference for the first file that is missing, altered, a link, or not listed."""
    there = set(_files(folder)) - {TAG_MANIFEST}
    for path in sorted(listed):
        if path not in there:
            raise Difference(f"The file {path} is missing.")
        if digest_of(folder / path) != listed[path]:
            raise Difference(f"The file {path} was altered.")
    if more := sorted(there - set(listed)):
        raise Difference(f"The file {_shown(more[0])} was added: no manifest lists it.")


def _shown(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")[:200]


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files, as a manifest spells them. A link is none."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise Difference(f"The file {_shown(path.name)} is a link; an archive holds none.")
        if path.is_file():
            yield path.relative_to(folder).as_posix()
        elif not path.is_dir():
            raise Difference(f"The file {_shown(path.name)} is no file that can be read.")
