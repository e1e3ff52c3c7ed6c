"""Restoring a backup on a clean machine: the same inspections under a new signing key."""

from dataclasses import dataclass
from pathlib import Path

from inspector_app import bundle, identity
from inspector_app.errors import BadInput, StoreTrouble
from inspector_app.files import bytes_of, new_folder
from inspector_app.identity import Card, Keys
from inspector_app.log import Log
from inspector_app.store import Store
from inspector_app.workspace import Workspace, people, verifying
from inspector_app.workspace.backup import BUNDLE_FILE, Contents, read_whole
from inspector_app.workspace.books import shared_ids
from inspector_app.workspace.desk import KEYS_FILE, STORE_FILE, own_log


@dataclass(frozen=True, slots=True)
class Restored:
    """The workspace that was made: its digest, its new card's words, and the key it follows."""

    digest: str
    words: tuple[str, ...]
    key: str
    predecessor: str
    inspections: int


def restore(
    backup: Path, out: Path, *, passphrase: str, recovery_key: str | None = None
) -> Restored:
    """Make a workspace from a backup, whole or not at all.

    Opened with `passphrase`, or with `recovery_key` (an escrow key does too); then `passphrase`
    is the new one. WrongSecret, BadInput for a damaged backup or a place that is taken.
    """
    keys_file, old = _old_keys(backup, None if recovery_key else passphrase, recovery_key)
    with new_folder(out) as part:
        found = read_whole(backup / BUNDLE_FILE, part, keys=old)
        own = _own_of(found, old)
        before = identity.read_card(bytes.fromhex(str(own.about["card"])))
        keys = _following(old)
        card = identity.make_card(keys, before.name, before.role, before.office, predecessor=old)
        recovery = identity.recovery_public(keys_file, old)
        escrow = identity.escrow_public(keys_file, old)
        _write_store(part, backup, keys, card, found, own)
        sealed = identity.seal_keys(keys, passphrase, recovery, escrow)
        (part / KEYS_FILE).write_bytes(sealed)
        return _settled(part, passphrase, found, own, before)


def _old_keys(backup: Path, passphrase: str | None, recovery_key: str | None) -> tuple[bytes, Keys]:
    try:
        data = bytes_of(backup / KEYS_FILE)
    except OSError:
        raise BadInput("There is no backup in this folder.") from None
    return data, identity.open_keys(data, passphrase=passphrase, recovery_key=recovery_key)


def _following(old: Keys) -> Keys:
    """New keys. The sealing key stays, so that what was sealed to the old card still opens."""
    fresh = identity.new_keys()
    return Keys(fresh.database, fresh.signing, old.sealing)


def _own_of(found: Contents, old: Keys) -> Log:
    """The own log of the workspace that was backed up; it may carry those before it, too."""
    mine = [log for log in found.logs.values() if log.about.get("kind") == "workspace"]
    for log in mine:
        if next(iter(log.changes.values())).author == old.author:
            return log
    raise BadInput("The backup lacks the workspace's own log; it is not a backup of these keys.")


def _write_store(
    part: Path, backup: Path, keys: Keys, card: bytes, found: Contents, own: Log
) -> None:
    store = Store.create(part / STORE_FILE, keys.database)
    try:
        first = own_log(keys, card)
        store.append([first])  # first, because a workspace's own log is the oldest in its store
        path = backup / BUNDLE_FILE
        with bundle.opened_store(path, bundle.look(path), found.sealed, part) as source:
            store.put_blobs(
                (first.id if log == own.id else log, digest, data)
                for log, digest, data in source.blobs(sorted(found.blobs))
            )
        for log_ in found.logs.values():
            store.append(list(log_.changes.values()))
        for id, keys_of_names in found.sealed.names.items():
            store.put_names_keys(id, keys_of_names)
    finally:
        store.close()


def _settled(part: Path, passphrase: str, found: Contents, own: Log, before: Card) -> Restored:
    """Open what was made, carry over what the old own log knew, and check everything."""
    workspace = Workspace.open(part, passphrase=passphrase)
    try:
        for record in own.in_order():
            if own.in_view(record) and not record.startswith("about:"):
                edits = workspace.desk.own.setting(record, own.fields(record))
                workspace.desk.commit(workspace.desk.own, edits, "restored from a backup")
        people.accept(workspace.desk, bytes.fromhex(str(own.about["card"])), None)
        verifying.verify_workspace(workspace)
        ids, shared = workspace.inspection_ids(), shared_ids(workspace.desk)
        if any(workspace.desk.log(id).digest() != found.logs[id].digest() for id in shared):
            raise StoreTrouble("What was restored differs from the backup. Nothing was kept.")
        return Restored(
            workspace.digest(), workspace.words, workspace.key, before.signing, len(ids)
        )
    finally:
        workspace.close()
