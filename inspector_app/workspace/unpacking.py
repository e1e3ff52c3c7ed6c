"""Unpacking: inspections of a workspace or a bundle as an archive that needs no program."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from inspector_app import archive, bundle
from inspector_app.admission import causal_order
from inspector_app.archive import Written
from inspector_app.change import Change
from inspector_app.errors import BadInput
from inspector_app.identity import Keys
from inspector_app.log import Log
from inspector_app.workspace import Workspace
from inspector_app.workspace.books import shared_ids
from inspector_app.workspace.carried import named_blobs
from inspector_app.workspace.desk import fold


def unpack_inspections(workspace: Workspace, ids: Sequence[str], out: Path) -> Written:
    """Inspections and agencies' files of this workspace; without ids all. Names stay sealed."""
    logs = [workspace.kept(id).log for id in ids or shared_ids(workspace.desk)]
    if not logs:
        raise BadInput("There is no inspection to unpack.")

    def blobs() -> Iterator[archive.writing.Blob]:
        for log in logs:
            for digest in sorted(named_blobs(log.changes.values())):
                data = workspace.desk.store.blob(log.id, digest)
                if data is not None:
                    yield log.id, digest, data

    return archive.write(out, logs, _named(logs), blobs())


def unpack_bundle(
    path: Path, out: Path, *, keys: Keys | None = None, passphrase: str | None = None
) -> Written:
    """A bundle, with the keys it is sealed to or its passphrase. Nobody needs to be accepted.

    What is in it is checked as it would be on its way into a workspace, apart from who wrote it.
    A workspace's own log, as a backup holds it, is left out: it is nobody else's matter.
    """
    outside = bundle.look(path)
    sealed = bundle.open_letter(outside, keys=keys, passphrase=passphrase)
    out.parent.mkdir(parents=True, exist_ok=True)
    with bundle.opened_store(path, outside, sealed, out.parent) as store:
        logs = [log for log in folded_logs(store.changes()) if log.about.get("kind") != "workspace"]
        if not logs:
            raise BadInput("The bundle holds no inspection.")
        named = _named(logs)
        wanted = {(log, digest) for log, digests in named.items() for digest in digests}
        there = sorted(wanted & set(store.blob_names()))
        return archive.write(out, logs, named, store.blobs(there))


def _named(logs: Sequence[Log]) -> dict[str, set[str]]:
    return {log.id: named_blobs(log.changes.values()) for log in logs}


def folded_logs(changes: Sequence[Change]) -> Iterator[Log]:
    """Each log folded, parents first. BadInput when something is missing or is not signed."""
    for _, group in groupby(sorted(changes, key=lambda c: c.log), key=lambda c: c.log):
        found = {change.id: change for change in group}
        ordered = causal_order(found, set())
        if len(ordered) != len(found):
            raise BadInput("The bundle lacks changes that others build on. Nothing was unpacked.")
        yield fold(ordered)
