"""Two people, their keys, cards and letters, and every way to spoil the bytes of a file."""

import base64
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from inspector_app import canonical
from inspector_app.identity import (
    Card,
    Keys,
    envelope,
    make_card,
    new_keys,
    new_recovery_key,
    read_card,
    seal_keys,
    seal_letter,
)
from tests.harness import count

PASSPHRASE = "plain words for practice"
STEP = count(7, 1)
DIGEST = "ab" * 32
OLD = Path(__file__).parent.parent / "data" / "identity-1"


@cache
def ana() -> Keys:
    return new_keys()


@cache
def marcus() -> Keys:
    return new_keys()


@cache
def card_file() -> bytes:
    return make_card(ana(), "Ana Sample", "opr-inspector", "OPR")


def card_of(keys: Keys, name: str = "Marcus Example") -> Card:
    return read_card(make_card(keys, name, "opr-reviewer", "OPR"))


@cache
def recovery() -> tuple[str, dict[str, str]]:
    return new_recovery_key()


@cache
def escrow() -> tuple[str, dict[str, str]]:
    return new_recovery_key()


@cache
def keys_file() -> bytes:
    return seal_keys(ana(), PASSPHRASE, recovery()[1], [escrow()[1]])


@cache
def letter() -> bytes:
    return seal_letter({"size": 3}, ana(), card_file(), to=[card_of(marcus()), card_of(ana())])


def content(keys: Keys) -> tuple[bytes, bytes, dict[str, Any]]:
    return keys.database, keys.signing.private_bytes_raw(), keys.sealing.as_dict(private=True)


def changed(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A JSON file with one change, spelled canonically and with a right checksum."""
    value = json.loads(data)
    change(value)
    if value.pop("sha256", None):
        value["sha256"] = canonical.sha256(canonical.encode(value))
    return canonical.encode(value)


def flips(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), STEP):
        for bit in (0x01, 0x20, 0x80):
            yield data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def cuts(data: bytes) -> Iterator[bytes]:
    yield from (data[:at] for at in range(0, len(data), STEP))
    yield from (data + extra for extra in (b"\n", b" ", b"\0", data))


def repaired_flips(data: bytes) -> Iterator[bytes]:
    """Every base64url text inside `data` with one letter changed, and the checksum mended."""
    texts = sorted(_texts(json.loads(data)), key=len)
    for text in texts:
        for at in [*range(0, len(text), 7 * STEP), len(text) - 1]:
            other = "B" if text[at] != "B" else "C"
            spoiled = data.replace(text.encode(), (text[:at] + other + text[at + 1 :]).encode(), 1)
            yield changed(spoiled, lambda value: None)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 12:
        yield value
    for part in value.values() if isinstance(value, dict) else value if type(value) is list else ():
        yield from _texts(part)


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def protected(kind: str, number: int) -> str:
    """The protected header of an envelope of that kind and format number."""
    header = {"enc": "A256GCM", "typ": f"inspector-app-{kind}-{number}"}
    return envelope.to_base64url(canonical.encode({**header}))
