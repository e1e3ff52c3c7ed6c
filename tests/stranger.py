"""A reader of bundles and archives, written from docs/format.md alone; nothing of the program.

Checks an archive, or a bundle by INSPECTOR_BUNDLE_PASSPHRASE, and prints the digest of each log.
"""

import base64
import hashlib
import json
import os
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import sqlcipher3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

Row = tuple[bytes, bytes]  # a change's signature and body


def spelled(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parsed(data: bytes) -> Any:
    value = json.loads(data)
    assert spelled(value) == data, "not canonical JSON"
    return value


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def verify(key: str, signature: bytes, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)


def opened(line: bytes, passphrase: str) -> bytes:
    """What an envelope seals."""
    sealed = parsed(line)
    assert sealed.pop("sha256") == sha256(spelled(sealed))
    slot = next(s for s in sealed["recipients"] if s["header"]["kid"] == "passphrase")
    salt, rounds = unpadded(slot["header"]["p2s"]), slot["header"]["p2c"]
    kdf = PBKDF2HMAC(hashes.SHA512(), 32, b"PBES2-HS512+A256KW\0" + salt, rounds)
    wrapping = kdf.derive(unicodedata.normalize("NFC", passphrase).encode())
    key = aes_key_unwrap(wrapping, unpadded(slot["encrypted_key"]))
    iv, ciphertext, tag = (unpadded(sealed[name]) for name in ("iv", "ciphertext", "tag"))
    return AESGCM(key).decrypt(iv, ciphertext + tag, sealed["protected"].encode())


def letter_of(jws: bytes) -> Any:
    """The letter's payload, signed by its sender, whose card is signed too."""
    signed, _, signature = jws.rpartition(b".")
    header, payload = (unpadded(part.decode()) for part in signed.split(b"."))
    assert header == b'{"alg":"Ed25519"}'
    letter = parsed(payload)
    card, own = letter["sender"]["card"], bytes.fromhex(letter["sender"]["signature"])
    verify(card["signing"], own, b"inspector-app card 1\n" + sha256(spelled(card)).encode())
    verify(card["signing"], unpadded(signature.decode()), signed)
    return letter


def in_bundle(file: Path, passphrase: str) -> list[Row]:
    line, _, store = file.read_bytes()[512:].partition(b"\n")
    about = letter_of(opened(line, passphrase))["store"]
    assert (len(store), sha256(store)) == (about["size"], about["sha256"]), "the store was altered"
    with tempfile.NamedTemporaryFile() as copy:
        Path(copy.name).write_bytes(store)
        db = sqlcipher3.connect(copy.name)
        db.execute(f"PRAGMA key = \"x'{about['key']}'\"")
        assert all(sha256(data) == id for id, data in db.execute("SELECT sha256, bytes FROM blob"))
        return list(db.execute("SELECT signature, body FROM change"))


def in_archive(folder: Path) -> list[Row]:
    listed = [m.read_text().splitlines() for m in folder.glob("*manifest-sha256.txt")]
    for digest, path in (line.split("  ") for lines in listed for line in lines):
        assert sha256((folder / path).read_bytes()) == digest, f"{path} was altered"
    lines = [line for file in folder.glob("data/*/changes.txt") for line in file.open("rb")]
    return [(bytes.fromhex(line[:128].decode()), line[129:].rstrip(b"\n")) for line in lines]


def digests(rows: list[Row]) -> dict[str, str]:
    """Of each log of kind `inspection`, after every change was checked."""
    edits: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for signature, body in rows:
        change, id = parsed(body), sha256(body)
        verify(change["author"], signature, b"inspector-app change 1\n" + id.encode())
        slots = edits.setdefault(change["log"] or id, {})
        for edit in change["edits"]:
            slots.setdefault((edit["record"], edit["field"]), {})[id] = edit
    kind = {log: slots["about:log", "kind"][log]["value"] for log, slots in edits.items()}
    return {log: digest(log, edits[log]) for log in sorted(kind) if kind[log] == "inspection"}


def digest(log: str, slots: dict[tuple[str, str], dict[str, Any]]) -> str:
    rows = [spelled(log)]
    for slot, by in sorted(slots.items()):
        gone = {id for edit in by.values() for id in edit["replaces"]}
        values = sorted({spelled(edit["value"]) for id, edit in by.items() if id not in gone})
        if values != [b"null"]:
            rows.append(spelled([*slot, [json.loads(value) for value in values]]))
    return sha256(b"\n".join(rows))


if __name__ == "__main__":
    given, secret = Path(sys.argv[1]), os.environ.get("INSPECTOR_BUNDLE_PASSPHRASE", "")
    found = digests(in_archive(given) if given.is_dir() else in_bundle(given, secret))
    whole = sha256(b"\n".join(spelled([*each]) for each in found.items()))
    print(json.dumps({"logs": found, "digest": whole}))
