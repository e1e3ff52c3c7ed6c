"""A card: a person's name, stated role, office and public keys, signed by itself.

A card states a role; the person who accepts the card grants one. Two people compare a card by
reading six words to each other. See docs/format.md, "Card".
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion
from inspector_app.identity import envelope
from inspector_app.identity.keys import Jwk, Keys, sign, signed_by
from inspector_app.identity.roles import roles

FORMAT = 1
MAX_BYTES = 8 * 1024
MAX_TEXT = 200

_FIELDS = {"format", "name", "office", "predecessor", "role", "sealing", "signing"}
_FILE_FIELDS = {"card", "predecessor_signature", "signature"}
_ROLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_DAMAGED = "The card is damaged or was changed; ask its owner for it again."
_NEWER = "The card was written by a newer version of this program; use that version to read it."


@dataclass(frozen=True)
class Card:
    """Who somebody says he is. Proven: that the holder of `signing` wrote it, nothing more."""

    name: str
    role: str
    office: str
    signing: str
    sealing: Jwk = field(hash=False)
    predecessor: str | None = None
    """The signing key that this one takes the place of, and that signed this card too."""

    def to_bytes(self) -> bytes:
        """The canonical bytes that the fingerprint and the signature cover."""
        return canonical.encode(self._value())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical card, in hex."""
        return canonical.sha256(self.to_bytes())

    @property
    def words(self) -> tuple[str, ...]:
        """Six words, the first 66 bits of the fingerprint, eleven bits a word (BIP 39's list)."""
        from mnemonic import Mnemonic

        bits = int(self.fingerprint, 16) >> (256 - 66)
        listed = Mnemonic("english").wordlist
        return tuple(listed[bits >> shift & 2047] for shift in range(55, -1, -11))

    def _value(self) -> dict[str, canonical.Value]:
        return {
            "format": FORMAT,
            "name": self.name,
            "office": self.office,
            "predecessor": self.predecessor,
            "role": self.role,
            "sealing": dict(self.sealing),
            "signing": self.signing,
        }


def make_card(
    keys: Keys, name: str, role: str, office: str, *, predecessor: Keys | None = None
) -> bytes:
    """The bytes of a `*.card` file. BadInput for a name, office or role that no card may carry.

    `predecessor` are the keys that these replace, on a workspace that was restored.
    """
    if role not in roles():
        raise BadInput(f"There is no such role; choose one of: {', '.join(roles())}.")
    for text, what in ((name, "name"), (office, "office")):
        _check_text(text, f"The {what}")
    before = predecessor.author if predecessor else None
    card = Card(name, role, office, keys.author, keys.sealing_public, before)
    succession = sign(predecessor, "successor", card.fingerprint).hex() if predecessor else None
    file: dict[str, canonical.Value] = {
        "card": card._value(),
        "predecessor_signature": succession,
        "signature": sign(keys, "card", card.fingerprint).hex(),
    }
    return canonical.encode(file)


def read_card(data: bytes) -> Card:
    """The card in a `*.card` file, with its signatures checked. BadInput or NewerVersion."""
    try:
        file = canonical.decode(data, MAX_BYTES)
    except BadInput:
        raise BadInput(_DAMAGED) from None
    return read_card_value(file)


def read_card_value(file: Any) -> Card:
    """As `read_card`, for the JSON value of the file: how a letter carries its sender's card."""
    try:
        raw = file["card"]
        _check_version(raw["format"])
        if set(file) != _FILE_FIELDS or set(raw) != _FIELDS:
            raise ValueError("other members")
        card = _typed(raw)
        _check_signatures(card, file["signature"], file["predecessor_signature"])
    except (KeyError, TypeError, ValueError, BadInput):
        raise BadInput(_DAMAGED) from None
    return card


def _check_version(number: Any) -> None:
    if type(number) is int and number > FORMAT:
        raise NewerVersion(_NEWER)
    if number != FORMAT or isinstance(number, bool):
        raise ValueError("no such format")


def _typed(raw: dict[str, Any]) -> Card:
    _check_text(raw["name"], "The name")
    _check_text(raw["office"], "The office")
    role, before = raw["role"], raw["predecessor"]
    if not isinstance(role, str) or len(role) > 60 or not _ROLE.fullmatch(role):
        raise ValueError("not a role")
    if not canonical.is_hex(raw["signing"]) or not (before is None or canonical.is_hex(before)):
        raise ValueError("not a signing key")
    sealing = envelope.public_jwk(raw["sealing"])
    return Card(raw["name"], role, raw["office"], raw["signing"], sealing, before)


def _check_signatures(card: Card, signature: Any, succession: Any) -> None:
    if not _signed(card.signing, "card", card.fingerprint, signature):
        raise ValueError("not signed by itself")
    if card.predecessor is None:
        if succession is not None:
            raise ValueError("a signature of nobody")
    elif not _signed(card.predecessor, "successor", card.fingerprint, succession):
        raise ValueError("not signed by its predecessor")


def _signed(author: str, purpose: str, digest: str, signature: Any) -> bool:
    return canonical.is_hex(signature, 128) and signed_by(
        author, purpose, digest, bytes.fromhex(signature)
    )


def _check_text(text: Any, what: str) -> None:
    """A line that shows as what it is: nothing unseen, nothing that turns the text around."""
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_TEXT or text != text.strip():
        raise BadInput(f"{what} must have 1 to {MAX_TEXT} characters and no space at its ends.")
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise BadInput(f"{what} holds a character that cannot be seen; type it anew.")
