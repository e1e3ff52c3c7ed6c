"""A bundle: one file, a sealed and signed letter before an encrypted store. See docs/format.md.

Reading goes from the outside in, and each step trusts only what the steps before it proved: the
fixed text, the letter's seal, the sender's signature, the hash of the store, its shape, its
changes. Nothing is written into a workspace here.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app import canonical, identity
from inspector_app.change import Change
from inspector_app.errors import BadInput, NewerVersion, StoreTrouble
from inspector_app.files import need_room, replacing
from inspector_app.identity import Card, Keys
from inspector_app.log import Log
from inspector_app.store import BundleStore, write_bundle_store

FORMAT = 1
HEAD_BYTES = 512
MAX_LETTER = 64 * 1024
INCOMING = ".incoming-"
"""How the name of a bundle's store begins while it is read beside a workspace."""

_AGAIN = "Nothing was changed; copy it again, or have it made again."
_CHUNK = 1024 * 1024
_WORDS = """inspector-app bundle, format 1

This file hands over inspections of agencies under 287(g) agreements between
inspectors. It is encrypted. Open it with inspector-app: on the first page choose
"Open a bundle", or run: inspector-app preview WORKSPACE THIS-FILE
The next line is a letter (a JWE that holds a JWS), sealed for its recipients;
after it comes an SQLCipher database under the key that the letter names.
"""
HEAD = _WORDS.encode().ljust(HEAD_BYTES - 1) + b"\n"

Blob = tuple[str, str]
"""The log and the SHA-256 of a picture or form."""


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that was written: the hash of its store, which names it, and what it holds.

    The sender's signature covers that hash; who adds or spoils a slot of the letter leaves it.
    """

    sha256: str
    size: int
    changes: int
    blobs: int
    left_behind: tuple[Blob, ...]


def write(
    out: Path,
    logs: Sequence[Log],
    blobs: Iterable[tuple[str, str, bytes]],
    left_behind: Sequence[Blob],
    keys: Keys,
    card: bytes,
    *,
    to: Sequence[Card] = (),
    passphrase: str | None = None,
    names: Mapping[str, Sequence[bytes]] | None = None,
) -> Made:
    """Write a bundle of whole logs, sealed to cards or to a passphrase; whole or not at all.

    `names`: the keys of sealed names by log, which then stand in the letter.
    """
    counted = _Counted(blobs)
    store_key = os.urandom(32)
    with replacing(out) as part:
        with _beside(part) as store:
            changes = [change for log in logs for change in log.changes.values()]
            write_bundle_store(store, store_key, changes, counted)
            digest = _hash_file(store)
            letter = {
                "store": {
                    "key": store_key.hex(),
                    "sha256": digest,
                    "size": store.stat().st_size,
                },
                "logs": sorted(log.id for log in logs),
                "left_behind": sorted([log, digest] for log, digest in left_behind),
                **_names_part(names or {}),
            }
            line = identity.seal_letter(letter, keys, card, to=to, passphrase=passphrase)
            _join(part, HEAD + line + b"\n", store)
        size = part.stat().st_size
    return Made(digest, size, len(changes), counted.number, tuple(left_behind))


@contextmanager
def _beside(part: Path) -> Iterator[Path]:
    """A place for the store of a bundle in the making; a kill may have left one there."""
    store = part.with_name(part.name + ".store")
    store.unlink(missing_ok=True)
    try:
        yield store
    finally:
        with suppress(OSError):
            store.unlink(missing_ok=True)


def _names_part(names: Mapping[str, Sequence[bytes]]) -> dict[str, Any]:
    """What a letter says of names: nothing at all in a bundle that is made without them."""
    return {"names": {log: [key.hex() for key in names[log]] for log in names}} if names else {}


class _Counted:
    """Counts what passes through, since blobs are never all in memory."""

    def __init__(self, blobs: Iterable[tuple[str, str, bytes]]) -> None:
        self._blobs = blobs
        self.number = 0

    def __iter__(self) -> Iterator[tuple[str, str, bytes]]:
        for blob in self._blobs:
            self.number += 1
            yield blob


def _join(target: Path, head: bytes, store: Path) -> None:
    with target.open("wb") as whole, store.open("rb") as rest:
        whole.write(head)
        while chunk := rest.read(_CHUNK):
            whole.write(chunk)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Outside:
    """What anybody can see of a bundle without a key."""

    letter: bytes
    store_at: int
    store_size: int


def look(path: Path) -> Outside:
    """The outside of a bundle; BadInput when it is no bundle or is cut off."""
    if path.exists() and not path.is_file():  # a pipe would wait, a device never end
        raise BadInput("This is no file, so it is no bundle. Nothing was changed; choose a file.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            line = file.readline(MAX_LETTER + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        raise BadInput(f"The file cannot be read. {_AGAIN}") from None
    if head != HEAD:
        raise _not_a_bundle(head)
    if not line.endswith(b"\n"):
        raise BadInput(f"The bundle is cut off or damaged in its letter. {_AGAIN}")
    at = HEAD_BYTES + len(line)
    return Outside(line[:-1], at, size - at)


def _not_a_bundle(head: bytes) -> BadInput | NewerVersion:
    if head.startswith(b"inspector-app bundle, format ") and not head.startswith(HEAD[:30]):
        return NewerVersion(
            "The bundle was written by a newer version. Nothing was changed; update this program."
        )
    return BadInput(f"This is not a bundle, or its first bytes are damaged. {_AGAIN}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter that opened: who sent it and what it says about the store."""

    sender: Card
    key: bytes
    sha256: str
    size: int
    logs: tuple[str, ...]
    left_behind: tuple[Blob, ...]
    names: dict[str, tuple[bytes, ...]] = field(default_factory=dict)


def open_letter(outside: Outside, *, keys: Keys | None, passphrase: str | None = None) -> Sealed:
    """Open and check the letter. WrongSecret when it is not sealed to this person."""
    letter = identity.open_letter(outside.letter, keys=keys, passphrase=passphrase)
    try:
        sealed = _sealed(letter.sender, letter.payload)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadInput("The bundle's letter does not say what a letter says.") from None
    if sealed.size != outside.store_size:
        raise BadInput(f"The bundle is cut off or something was added to it. {_AGAIN}")
    return sealed


def _sealed(sender: Card, payload: dict[str, Any]) -> Sealed:
    store = payload["store"]
    key = bytes.fromhex(store["key"])
    left = tuple((log, digest) for log, digest in payload["left_behind"])
    logs = tuple(payload["logs"])
    names = {log: tuple(map(_names_key, keys)) for log, keys in payload.get("names", {}).items()}
    hexes = (*logs, *names, store["sha256"], *(part for pair in left for part in pair))
    if len(key) != 32 or not all(map(canonical.is_hex, hexes)) or type(store["size"]) is not int:
        raise ValueError("of another shape")
    return Sealed(sender, key, str(store["sha256"]), store["size"], logs, left, names)


def _names_key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != 32:
        raise ValueError("of another length")
    return key


@contextmanager
def opened_store(
    path: Path, outside: Outside, sealed: Sealed, beside: Path
) -> Iterator[BundleStore]:
    """The store of a bundle, hashed while it is copied, still encrypted, into `beside`."""
    copy = beside / f"{INCOMING}{os.getpid()}.store"
    need_room(beside, outside.store_size)
    try:
        if _copy(path, outside, copy) != sealed.sha256:
            raise BadInput(f"The bundle is damaged: its store has changed. {_AGAIN}")
        store = BundleStore(copy, sealed.key)
        try:
            yield store
        finally:
            store.close()
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def changes_in(store: BundleStore, sealed: Sealed, keys: Keys | None) -> list[Change]:
    """Every change of a bundle; of one that others made, no more than a merge takes in at once."""
    is_own = keys is not None and sealed.sender.signing == keys.author
    return store.changes() if is_own else store.changes_to_take_in()


def _copy(path: Path, outside: Outside, copy: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            source.seek(outside.store_at)
            left = outside.store_size  # a file that grows meanwhile is read no further
            while left and (chunk := source.read(min(left, _CHUNK))):
                digest.update(chunk)
                target.write(chunk)
                left -= len(chunk)
    except OSError:
        raise StoreTrouble(
            "The bundle could not be copied beside the workspace: the disk may be full. Nothing "
            "was changed; make room and try again."
        ) from None
    return digest.hexdigest()
