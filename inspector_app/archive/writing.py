"""Writing an archive beside its place, checking it, and only then renaming it into place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app import __version__, canonical
from inspector_app.archive import bag, layout, page
from inspector_app.archive.checking import Checked, check
from inspector_app.errors import Difference, StoreTrouble
from inspector_app.files import new_folder
from inspector_app.log import Log

Blob = tuple[str, str, bytes]
"""The log, the SHA-256 and the bytes of a picture, agreement, roster or form."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written and checked: the digest of each log, and how much there is."""

    digests: dict[str, str]
    changes: int
    files: int
    not_here: int


def write(
    out: Path, logs: Sequence[Log], named: Mapping[str, Iterable[str]], blobs: Iterable[Blob]
) -> Written:
    """Write the archive of whole logs; whole or not at all, and checked before it is there.

    `named`: the files that the changes of each log name; what `blobs` does not bring of them is
    listed as not here. BadInput when there is something at `out` already.
    """
    with new_folder(out) as part:
        found = _write_files(part, logs, blobs)
        for log in logs:
            _write_changes(part, log)
        missing = {log.id: sorted(set(named[log.id]) - set(found[log.id])) for log in logs}
        summary = _summary(logs, found, missing)
        (part / layout.SUMMARY).write_bytes(canonical.encode(summary))
        (part / layout.README).write_text(layout.README_TEXT, "utf-8")
        (part / layout.INDEX).write_text(page.whole(part, logs, found), "utf-8")
        bag.close_bag(part, _info(logs))
        checked = _read_back(part)
    lost = sum(map(len, missing.values()))
    return Written({log.id: log.digest() for log in logs}, checked.changes, checked.files, lost)


def _read_back(part: Path) -> Checked:
    try:
        return check(part)
    except Difference:
        raise StoreTrouble(
            "What was written could not be read back as it was, so no archive was made. Look at "
            "the disk, or choose another place."
        ) from None


def _write_files(
    part: Path, logs: Sequence[Log], blobs: Iterable[Blob]
) -> dict[str, dict[str, str]]:
    """Write the files one by one; returns their paths by log and digest."""
    found: dict[str, dict[str, str]] = {log.id: {} for log in logs}
    forms = {log.id: log.about.get("form") for log in logs}
    for log in logs:
        (part / f"data/{log.id}/files").mkdir(parents=True)
    for id, digest, data in blobs:
        path = layout.file_path(id, digest, data[:16], form=digest == forms[id])
        (part / path).write_bytes(data)
        found[id][digest] = path
    return found


def _write_changes(part: Path, log: Log) -> None:
    with (part / layout.changes_path(log.id)).open("wb") as lines:
        for change in log.changes.values():
            lines.write(change.signature.hex().encode() + b" " + change.body + b"\n")
    ids = "".join(f"{id}\n" for id in log.changes)
    (part / layout.ids_path(log.id)).write_text(ids, "ascii")


def _summary(
    logs: Sequence[Log], found: dict[str, dict[str, str]], missing: dict[str, list[str]]
) -> canonical.Value:
    return {
        "format": layout.FORMAT,
        "logs": [
            {
                "log": log.id,
                "digest": log.digest(),
                "changes": len(log.changes),
                "heads": {author: [*sorted(ids)] for author, ids in log.heads().items()},
                "files": {**found[log.id]},
                "not_here": [*missing[log.id]],
            }
            for log in logs
        ],
    }


def _info(logs: Sequence[Log]) -> list[tuple[str, str]]:
    return [
        ("Bag-Software-Agent", f"inspector-app {__version__}"),
        *(("External-Identifier", log.id) for log in logs),
    ]
