"""The format: files of every version open for ever, and strangers can read them."""

import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from mnemonic import Mnemonic

from inspector_app.identity import open_keys, open_letter, open_value, read_card
from tests.identity.specimens import (
    OLD,
    PASSPHRASE,
    ana,
    content,
    decoded,
    keys_file,
)


def test_files_of_format_1_open() -> None:
    words = "WWEY CIK2 NKL6 AUAJ E2E7 D5DF YKY2 TTOZ O52I KJYT ZEJE YIJ5 QNZQ"
    data = (OLD / "keys.json").read_bytes()
    keys = open_keys(data, passphrase="practice passphrase é")
    card = read_card((OLD / "ana-sample.card").read_bytes())
    assert content(keys) == content(open_keys(data, recovery_key=words))
    assert keys.author == card.signing
    assert card.words == ("bright", "crew", "derive", "want", "erosion", "snow")
    for secret in ({"keys": keys}, {"passphrase": "practice passphrase é"}):
        assert open_letter((OLD / "letter").read_bytes(), **secret).payload == {"note": "practice"}
    old = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..d-AKTPr1oRrvRqfu.zaAJ-ValxI2B0FnrNi4."
    sealed = {"sealed": old + "iYwQYMicxVf_iHkj97u8Lg"}
    assert open_value(bytes(range(32)), sealed) == "R. Placeholder"


def test_a_stranger_opens_the_keys_from_the_documentation_alone() -> None:
    """docs/format.md, "keys.json", with nothing but the cryptography library."""
    file = json.loads(keys_file())
    slot = file["recipients"][0]
    salt = b"PBES2-HS512+A256KW\0" + decoded(slot["header"]["p2s"])
    kdf = PBKDF2HMAC(hashes.SHA512(), 32, salt, slot["header"]["p2c"])
    key = aes_key_unwrap(kdf.derive(PASSPHRASE.encode()), decoded(slot["encrypted_key"]))
    proven = f"{file['protected']}.{file['aad']}".encode()
    sealed = decoded(file["ciphertext"]) + decoded(file["tag"])
    opened = json.loads(AESGCM(key).decrypt(decoded(file["iv"]), sealed, proven))
    assert opened["database"] == ana().database.hex()
    assert opened["signing"] == ana().signing.private_bytes_raw().hex()


def test_the_six_words_are_the_first_66_bits() -> None:
    card = read_card((OLD / "ana-sample.card").read_bytes())
    bits = f"{int(card.fingerprint, 16):0256b}"
    assert [int(bits[at : at + 11], 2) for at in range(0, 66, 11)] == [
        Mnemonic("english").wordlist.index(word) for word in card.words
    ]
