"""One person's open folder: keys, store, and the one door through which changes go."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from inspector_app import identity
from inspector_app.bundle import INCOMING
from inspector_app.canonical import Value
from inspector_app.change import ABOUT, Change, Edit, compose, new_gesture
from inspector_app.errors import BadInput, StoreTrouble
from inspector_app.files import bytes_of, make_folder, part_of, replacing
from inspector_app.identity import Keys
from inspector_app.identity.changes import check_signature, signed_change
from inspector_app.inspection.log_reading import LogReading
from inspector_app.locking import lock_folder
from inspector_app.log import Log
from inspector_app.moments import Moment
from inspector_app.moments import now as moment_now
from inspector_app.store import Draft, Store

KEYS_FILE = "keys.json"
STORE_FILE = "workspace.db"
NEW_STORE = f"{STORE_FILE}.new"
"""Where `removing` writes the store anew; nobody ever opens it under this name."""
MIDDAY = "UTC"


@dataclass(frozen=True, slots=True)
class Changed:
    """What the listeners are told: which fields of which records of which log are different now."""

    log: str
    slots: frozenset[tuple[str, str]]


Listener = Callable[[Changed], None]


class Desk:
    """Keys, store and logs of one workspace. `commit` is the only door for writing.

    Order of a write: disk first, in one transaction; then memory; then one notice to listeners.
    """

    def __init__(self, folder: Path, keys: Keys, store: Store, lock: FileLock) -> None:
        self.folder = folder
        self.keys = keys
        self.store = store
        self.last_saved: datetime | None = None
        self.is_open = True
        self._lock = lock
        self._logs: dict[str, Log] = {}
        self._abouts: dict[str, Mapping[str, Value]] = {}
        self._readings: dict[str, LogReading] = {}
        self._listeners: list[Listener] = []
        own = next((log for log in store.logs() if self.kind(log) == "workspace"), None)
        if own is None:
            raise BadInput("This folder's store has no log of its own; it is not a workspace.")
        self.own = self.log(own)
        self.card_file = bytes.fromhex(str(self.own.about["card"]))
        self.card = identity.read_card(self.card_file)

    @property
    def key(self) -> str:
        """The author of what is written here."""
        return self.keys.author

    def close(self) -> None:
        """Let go of the store and the lock."""
        self.is_open = False  # workers see it, whose own connections end then
        self.store.close()
        self._lock.release()

    # -- logs --------------------------------------------------------------------------------

    def log(self, id: str) -> Log:
        """A log, folded when it is first asked for; every chain's newest signature is checked."""
        if id not in self._logs:
            self._logs[id] = fold(self.store.changes(id))
        return self._logs[id]

    def let_go(self, id: str) -> None:
        """Fold a log anew when it is asked for again; of many logs not all are kept in memory."""
        self._logs.pop(id, None)
        self._readings.pop(id, None)

    def about(self, id: str) -> Mapping[str, Value]:
        """What the first change of a log says, which fixes it for ever; nothing else is read."""
        if id not in self._abouts:
            self._abouts[id] = Log(self.store.first_change(id)).about
        return self._abouts[id]

    def kind(self, id: str) -> Value:
        """What a log is of."""
        return self.about(id).get("kind")

    def logs_of(self, kind: str) -> list[str]:
        """The logs of one kind, oldest first; one with derived rows is not read for it."""
        known: Mapping[str, Value] = self.store.derived.kinds()
        return [id for id in self.store.logs() if (known.get(id) or self.kind(id)) == kind]

    # -- the one door ------------------------------------------------------------------------

    def commit(
        self,
        log: Log,
        edits: Iterable[Edit],
        label: str,
        *,
        zone: str = MIDDAY,
        gesture: str | None = None,
    ) -> Change | None:
        """Append one signed change. Durable when it returns; None when nothing would change."""
        edits = list(edits)
        if not edits:
            return None
        change = self.composed(log, edits, label, zone=zone, gesture=gesture)
        self.store.append([change])
        self.take_in(log.id, [change])
        return change

    def composed(
        self,
        log: Log,
        edits: Iterable[Edit],
        label: str,
        *,
        zone: str = MIDDAY,
        gesture: str | None = None,
    ) -> Change:
        """The signed change that `commit` would append, for a transaction with more in it."""
        heads = log.heads().get(self.key, set())
        previous = next((id for id in reversed(log.changes) if id in heads), None)
        return self.sign(
            compose(
                log=log.id,
                author=self.key,
                previous=previous,
                at=moment_now(zone),
                gesture=gesture or new_gesture(),
                label=label,
                edits=edits,
            )
        )

    def sign(self, change: Change) -> Change:
        """The same change with this person's signature."""
        return signed_change(self.keys, change)

    def found(self, edits: Iterable[Edit], label: str, zone: str) -> Change:
        """The signed first change of a new log, not yet kept."""
        return founding(self.keys, edits, label, moment_now(zone))

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is being typed; durable when it returns."""
        self.store.put_draft(draft)
        self.last_saved = datetime.now().astimezone()

    def take_in(self, log: str, changes: list[Change], after: Log | None = None) -> None:
        """Let memory follow the disk, then tell the listeners once.

        `after`: the log with these changes, where they were tried on a copy of it.
        """
        self.last_saved = datetime.now().astimezone()
        if log in self._logs:
            self._follow(self._logs[log], changes, after)
        slots = frozenset(edit.slot for change in changes for edit in change.edits)
        self.tell(Changed(log, slots))

    def _follow(self, log: Log, changes: list[Change], after: Log | None) -> None:
        reading = self._readings.get(log.id)
        # not where something was written here since the copy was made, which then lacks it
        if after and len(after.changes) == len(log.changes) + len(changes):
            (reading or log).become(after)
            return
        for change in changes:
            (reading.apply if reading else log.add)(change)

    def follow(self, reading: LogReading) -> None:
        """Whoever holds caches over a log takes its changes in himself."""
        self._readings[reading.id] = reading

    def listen(self, listener: Listener) -> None:
        """Be told, after each commit, what is different."""
        self._listeners.append(listener)

    def tell(self, changed: Changed) -> None:
        for listener in list(self._listeners):
            listener(changed)


def create_desk_folder(folder: Path, name: str, role: str, office: str, passphrase: str) -> str:
    """Make a workspace in a new or empty folder. Returns the recovery key, shown once."""
    if role not in identity.roles():
        raise BadInput(f"There is no role “{role[:40]}”. Roles: {', '.join(identity.roles())}.")
    _check_free(folder)
    try:
        make_folder(folder)
    except OSError:
        raise StoreTrouble("The folder for the workspace cannot be made there.") from None
    with lock_folder(folder):
        _check_free(folder)
        keys = identity.new_keys()
        recovery_text, recovery = identity.new_recovery_key()
        sealed = identity.seal_keys(keys, passphrase, recovery)
        card = identity.make_card(keys, name, role, office)
        for path in folder.glob(f"{STORE_FILE}*"):
            path.unlink()
        with replacing(folder / KEYS_FILE) as part:
            part.write_bytes(sealed)
            store = Store.create(folder / STORE_FILE, keys.database)
            store.append([own_log(keys, card)])
            store.close()
    return recovery_text


def _check_free(folder: Path) -> None:
    """A store without keys counts, unless it was being made, which its keys, unfinished, tell."""
    keys, store = folder / KEYS_FILE, folder / STORE_FILE
    if keys.exists() or (store.exists() and not part_of(keys).exists()):
        raise BadInput("There is a workspace in this folder already. Nothing was changed.")


def clear_what_a_kill_left(folder: Path) -> None:
    """Remove what was being made or read; only for whoever holds the folder's lock."""
    unfinished = (path for begun in (INCOMING, NEW_STORE) for path in folder.glob(f"{begun}*"))
    for path in (part_of(folder / KEYS_FILE), *unfinished):
        with suppress(OSError):  # the next start tries again
            path.unlink(missing_ok=True)


def read_keys_file(folder: Path) -> bytes:
    """The sealed keys of a workspace; BadInput where there is none."""
    try:
        return bytes_of(folder / KEYS_FILE)
    except OSError:
        raise BadInput("There is no workspace in this folder; choose another.") from None


def open_desk_keys(folder: Path, passphrase: str | None, recovery_key: str | None) -> Keys:
    """The keys of a workspace; distinct errors for a wrong secret, damage and a newer version."""
    return identity.open_keys(
        read_keys_file(folder), passphrase=passphrase, recovery_key=recovery_key
    )


def fold(changes: list[Change]) -> Log:
    """A log from its kept changes; BadInput when the chain or a signature does not hold."""
    if not changes:
        raise BadInput("There is no such log in this workspace.")
    log = Log(changes[0])
    for change in changes[1:]:
        log.add(change)
    for ids in log.heads().values():
        for id in ids:
            check_signature(log.changes[id])
    return log


def founding(keys: Keys, edits: Iterable[Edit], label: str, at: Moment) -> Change:
    """A signed first change."""
    change = compose(
        log=None,
        author=keys.author,
        previous=None,
        at=at,
        gesture=new_gesture(),
        label=label,
        edits=edits,
    )
    return signed_change(keys, change)


def own_log(keys: Keys, card: bytes) -> Change:
    """The first change of a workspace's own log, which never leaves it."""
    edits = [
        Edit(ABOUT, "kind", "workspace"),
        Edit(ABOUT, "card", card.hex()),
        Edit(ABOUT, "nonce", secrets.token_hex(16)),
    ]
    return founding(keys, edits, "made this workspace", moment_now(MIDDAY))
