"""What anybody can check of a workspace or a bundle, step by step, and where it first fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app import bundle
from inspector_app.admission import unsigned
from inspector_app.canonical import sha256
from inspector_app.errors import Difference, UserError
from inspector_app.identity import Keys
from inspector_app.log import Log
from inspector_app.store import Store
from inspector_app.workspace import Workspace
from inspector_app.workspace.desk import fold

Step = Callable[[int, int], None]


@dataclass(slots=True)
class Verdict:
    """What was looked at and holds, and what could not be looked at without a key."""

    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    changes: int = 0


def verify_workspace(workspace: Workspace) -> Verdict:
    """Every page, change, chain, signature and blob. Raises Difference at the first that fails."""
    return verify_store(workspace.desk.store)


def verify_store(store: Store, step: Step = lambda done, of: None) -> Verdict:
    """The same over a connection of one's own; `step` is called between two logs."""
    verdict, ids = Verdict(), store.logs()
    if faults := store.faults():
        raise Difference("The store's pages are damaged. Restore it from a backup.", faults[:5])
    verdict.checked.append("every page of the store")
    for number, id in enumerate(ids):
        step(number, len(ids))
        verdict.changes += len(_folded(store, id).changes)
        for digest in store.blob_sizes(id):
            if sha256(store.blob(id, digest) or b"") != digest:
                raise Difference(f"The picture {digest} is not the one that was kept.")
    verdict.checked += ["every change, chain and signature", "every picture and form"]
    return verdict


def verify_bundle(
    path: Path, *, keys: Keys | None = None, passphrase: str | None = None, beside: Path
) -> Verdict:
    """A bundle from the outside in; without a key only what is open."""
    verdict = Verdict()
    outside = bundle.look(path)
    verdict.checked.append("the fixed text and the outside of the letter")
    if keys is None and passphrase is None:
        verdict.not_checked = ["the sender", "the store's hash", "every change"]
        return verdict
    sealed = bundle.open_letter(outside, keys=keys, passphrase=passphrase)
    verdict.checked += ["the letter and the sender's signature"]
    with bundle.opened_store(path, outside, sealed, beside) as store:
        changes = bundle.changes_in(store, sealed, keys)
        if bad := unsigned(changes):
            raise Difference(f"The change {bad[0].id} is not signed by its author.")
        verdict.checked += ["the store's hash and shape", "every change, chain and signature"]
        for _ in store.blobs(store.blob_sizes()):
            pass
        verdict.checked.append("every picture and form")
    verdict.changes = len(changes)
    return verdict


def _folded(store: Store, id: str) -> Log:
    try:
        return fold(store.changes(id))
    except UserError as error:
        raise Difference(error.message, error.details) from None
