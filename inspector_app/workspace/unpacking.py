"""Unpacking: inspections of a workspace or a bundle as an archive that needs no program."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from inspector_app import archive, bundle
from inspector_app.admission import causal_order
from inspector_app.archive import Written
from inspector_app.change import Change
from inspector_app.errors import BadInput
from inspector_app.identity import Keys
from inspector_app.log import Log
from inspector_app.workspace import Workspace, handing
from inspector_app.workspace.books import shared_ids
from inspector_app.workspace.carried import named_blobs
from inspector_app.workspace.desk import Desk, fold
from inspector_app.workspace.handing import Step


def unpack_inspections(workspace: Workspace, ids: Sequence[str], out: Path) -> Written:
    """Inspections and agencies' files of this workspace; without ids all. Names stay sealed."""
    logs = [workspace.kept(id).log for id in ids or shared_ids(workspace.desk)]
    if not logs:
        raise BadInput("There is no inspection to unpack.")
    return _unpacked(workspace.desk, logs, out)


def job(workspace: Workspace, id: str, out: Path) -> Callable[[Step], Written]:
    """One inspection or agency's file, for a worker; whole or, if it is ended, not at all."""
    desk, log = workspace.desk, workspace.kept(id).id

    def work(step: Step) -> Written:
        with handing.beside(desk, step) as apart:
            return _unpacked(apart.desk, [apart.desk.log(log)], out, step)

    return work


def _unpacked(
    desk: Desk, logs: Sequence[Log], out: Path, step: Step = lambda done, of: None
) -> Written:
    named = _named(logs)
    wanted = [(log.id, digest) for log in logs for digest in sorted(named[log.id])]

    def blobs() -> Iterator[archive.writing.Blob]:
        for number, (log, digest) in enumerate(wanted):
            step(number, len(wanted))
            data = desk.store.blob(log, digest)
            if data is not None:
                yield log, digest, data

    return archive.write(out, logs, named, blobs())


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
        changes = bundle.changes_in(store, sealed, keys)
        logs = [log for log in folded_logs(changes) if log.about.get("kind") != "workspace"]
        if not logs:
            raise BadInput("The bundle holds no inspection.")
        named = _named(logs)
        wanted = {(log, digest) for log, digests in named.items() for digest in digests}
        there = sorted(wanted & store.blob_sizes().keys())
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
