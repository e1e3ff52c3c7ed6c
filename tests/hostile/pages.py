"""The pages of an SQLCipher 4 file, taken apart and sealed again by whoever has its key.

So that a hostile store can hold what no SQLite would ever write, under true page signatures.
"""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SIZE, RESERVED, SALT = 4096, 80, 16


def opened(path: Path, key: bytes) -> list[bytearray]:
    """The plain pages of a store; the first one lacks its first 16 bytes."""
    data = path.read_bytes()
    pages = [data[at : at + SIZE] for at in range(0, len(data), SIZE)]
    found = []
    for number, page in enumerate(pages):
        start = 0 if number else SALT
        end = SIZE - RESERVED
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + 16])).decryptor()
        plain = cipher.update(page[start:end]) + cipher.finalize()
        found.append(bytearray(bytes(start) + plain))
    return found


def sealed(path: Path, key: bytes, pages: list[bytearray]) -> None:
    """Write these pages as a store under that key."""
    salt = os.urandom(SALT)
    masked = bytes(byte ^ 0x3A for byte in salt)
    signing = hashlib.pbkdf2_hmac("sha512", key, masked, 2, 32)
    with path.open("wb") as out:
        for number, page in enumerate(pages, 1):
            start = SALT if number == 1 else 0
            iv = os.urandom(16)
            cipher = Cipher(algorithms.AES256(key), modes.CBC(iv)).encryptor()
            body = cipher.update(bytes(page[start:])) + cipher.finalize() + iv
            mac = hmac.digest(signing, body + number.to_bytes(4, "little"), "sha512")
            out.write((salt if start else b"") + body + mac)


def branch(child: int, cells: int) -> bytearray:
    """An interior page of a table whose every branch is the same page below it."""
    page = bytearray(SIZE - RESERVED)
    at = len(page)
    page[0] = 5
    for cell in range(cells):
        body = child.to_bytes(4, "big") + _varint(cell + 1)
        at -= len(body)
        page[at : at + len(body)] = body
        page[12 + 2 * cell : 14 + 2 * cell] = at.to_bytes(2, "big")
    page[3:5] = cells.to_bytes(2, "big")
    page[5:7] = at.to_bytes(2, "big")
    page[8:12] = child.to_bytes(4, "big")
    return page


def _varint(number: int) -> bytes:
    high, low = divmod(number, 128)
    return bytes([128 | high, low]) if high else bytes([low])
