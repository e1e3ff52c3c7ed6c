"""Checking an archive without any key: the first record that is wrong is named.

The order goes from the records outward: first every change in its place, then what the changes
say together, then the files that they name, then everything that the manifests list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from inspector_app import canonical
from inspector_app.archive import bag, layout
from inspector_app.change import Change, read_change
from inspector_app.errors import BadInput, Difference, NewerVersion, UserError
from inspector_app.identity.changes import is_signed
from inspector_app.log import Log


@dataclass(frozen=True, slots=True)
class Checked:
    """What an archive holds and what of it was checked."""

    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    digests: dict[str, str]
    changes: int
    files: int


def is_archive(folder: Path) -> bool:
    """Whether a folder is an archive, whole or damaged."""
    return folder.is_dir() and (bag.is_bag(folder) or (folder / layout.SUMMARY).is_file())


def check(folder: Path) -> Checked:
    """Everything that can be checked. Difference names the first thing that is wrong."""
    listed = bag.manifests(folder)
    summary = _summary(folder)
    logs = [_checked_log(folder, entry, listed) for entry in summary]
    for entry in summary:
        _check_named_files(folder, entry)
    bag.check_files(folder, listed)
    return Checked(
        checked=(
            "every change, its place, chain and signature",
            "the digest and the newest changes of each log",
            "every picture, agreement, roster and checklist",
            "every file against the manifests",
        ),
        not_checked=("whether the keys belong to the persons named: compare their cards' words",),
        digests={log.id: log.digest() for log in logs},
        changes=sum(len(log.changes) for log in logs),
        files=sum(len(entry["files"]) for entry in summary),
    )


def logs_in(folder: Path) -> list[Log]:
    """Every log of an archive. Difference names the first change that is wrong."""
    listed = bag.manifests(folder)
    return [_checked_log(folder, entry, listed) for entry in _summary(folder)]


def _summary(folder: Path) -> list[dict[str, Any]]:
    data = bag.read_small(folder, layout.SUMMARY, layout.MAX_SUMMARY)
    try:
        raw: Any = canonical.decode(data, layout.MAX_SUMMARY)
        if type(raw["format"]) is int and raw["format"] > layout.FORMAT:
            raise NewerVersion("The archive was written by a newer version of this program.")
        for entry in raw["logs"]:
            _check_entry(entry)
    except (AttributeError, KeyError, TypeError, ValueError, BadInput):
        raise Difference(f"The file {layout.SUMMARY} is damaged.") from None
    found: list[dict[str, Any]] = raw["logs"]
    return found


def _check_entry(entry: dict[str, Any]) -> None:
    hexes = [entry["log"], entry["digest"], *entry["heads"], *entry["files"], *entry["not_here"]]
    if not all(map(canonical.is_hex, hexes)):
        raise ValueError("not hashes")
    folder = f"data/{entry['log']}/files/"
    if not all(path.startswith(folder + digest) for digest, path in entry["files"].items()):
        raise ValueError("files of another name")
    if not all(
        path.removeprefix(folder).replace(".", "").isalnum() for path in entry["files"].values()
    ):
        raise ValueError("files in another folder")


# -- changes -----------------------------------------------------------------------------------


def _checked_log(folder: Path, entry: dict[str, Any], listed: dict[str, str]) -> Log:
    id = entry["log"]
    changes: list[Change] = []
    log: Log | None = None
    where = _lines(folder, layout.changes_path(id))
    ids = bag.read_small(folder, layout.ids_path(id), layout.MAX_SUMMARY).decode("ascii", "replace")
    for number, (line, due) in enumerate(zip_longest(where, ids.splitlines()), 1):
        change = _change_at(id, number, line, due)
        log = _joined(log, change, id, number)
        changes.append(change)
    if log is None:
        raise Difference(f"The log {id} holds no change.")
    path = layout.changes_path(id)
    intact = listed.get(path) == bag.digest_of(folder / path)
    _check_signatures(id, changes, intact=intact)
    _check_ends(entry, log)
    return log


def _lines(folder: Path, path: str) -> Iterator[bytes]:
    whole = folder / path
    try:
        with whole.open("rb") as file:
            while line := file.readline(layout.LONGEST_LINE + 1):
                yield line
    except OSError:
        raise Difference(f"The file {path} is missing or cannot be read.") from None


def _change_at(log: str, number: int, line: bytes | None, listed: str | None) -> Change:
    where = f"line {number} of the log {log[:12]}"
    if line is None:
        raise Difference(f"The history is cut off: the change {listed} of {where} is missing.")
    if listed is None:
        raise Difference(f"A change was added at {where}.")
    signature, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or not canonical.is_hex(_text(signature), layout.SIGNATURE_HEX):
        raise Difference(f"The change {listed} at {where} is damaged or cut off.")
    found = canonical.sha256(body)
    if found != listed:
        raise Difference(
            f"At {where} stands not the change {listed}: it was altered, removed or moved."
        )
    try:
        return read_change(body, bytes.fromhex(_text(signature)))
    except UserError as error:
        raise Difference(f"The change {listed} at {where} is none: {error.message}") from None


def _text(data: bytes) -> str:
    return data.decode("ascii", "replace")


def _joined(log: Log | None, change: Change, id: str, number: int) -> Log:
    try:
        if log is None:
            if change.id != id:
                raise BadInput("The log begins with another change than its first.")
            return Log(change)
        if change.id in log.changes:
            raise BadInput("It stands there twice.")
        log.add(change)
    except UserError as error:
        raise Difference(
            f"The change {change.id} at line {number} of the log {id[:12]} does not hold: "
            f"{error.message}"
        ) from None
    return log


def _check_signatures(log: str, changes: list[Change], *, intact: bool) -> None:
    """The first change that nobody signed is named.

    A later change of the same author vouches for what lies under it, as in a merge. Where the file
    differs from its manifest, though, a signature that does not hold is what was altered.
    """
    vouched: set[str] = set()
    bad: list[tuple[int, Change]] = []
    for number, change in reversed([*enumerate(changes, 1)]):
        under = change.id in vouched
        if not (under and intact) and not is_signed(change):
            bad.append((number, change))
        elif change.previous:
            vouched.add(change.previous)
    if bad:
        number, change = bad[-1]
        raise Difference(
            f"The change {change.id} at line {number} of the log {log[:12]} is not signed by its "
            "author."
        )


def _check_ends(entry: dict[str, Any], log: Log) -> None:
    heads = {author: sorted(ids) for author, ids in log.heads().items()}
    for author, ids in sorted(entry["heads"].items()):
        if heads.get(author) != ids:
            raise Difference(f"The history is cut off: the change {_first(ids)} is not the newest.")
    if heads.keys() != entry["heads"].keys() or len(log.changes) != entry["changes"]:
        raise Difference(f"The log {log.id} holds more than the archive says.")
    if log.digest() != entry["digest"]:
        raise Difference(f"What the log {log.id} says has another digest than the archive says.")


def _first(ids: Any) -> str:
    return str(ids[0])[:64] if isinstance(ids, list) and ids else ""


# -- files -------------------------------------------------------------------------------------


def _check_named_files(folder: Path, entry: dict[str, Any]) -> None:
    for digest, path in sorted(entry["files"].items()):
        whole = folder / path
        if whole.is_symlink() or not whole.is_file():
            raise Difference(f"The file {path} is missing.")
        if bag.digest_of(whole) != digest:
            raise Difference(f"The file {path} is not the one that was kept.")
