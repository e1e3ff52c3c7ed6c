"""One JWE (RFC 7516, general JSON) for several readers: what `keys.json` and a letter are made of.

Content A256GCM; slots PBES2-HS512+A256KW for at most one passphrase and ECDH-ES+A256KW for P-256
keys, found by `kid`: `passphrase`, or the key's RFC 7638 thumbprint. Only the one spelling that
this program writes is read. See docs/format.md, "Envelope".
"""

import base64
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion, WrongSecret

if TYPE_CHECKING:
    from joserfc.jwe import JWERegistry
    from joserfc.jwk import ECKey, Key

PASSPHRASE = "passphrase"
"""The `kid` of the slot that a passphrase opens."""

MAX_BYTES = 65_535
"""The longest envelope: with its line feed it fills 64 KiB."""

MAX_RECIPIENTS = 16
PASSPHRASE_LENGTH = range(12, 1025)
"""How many characters (in NFC) a passphrase may have when something is sealed with it."""

_ROUNDS = 256_000
_ACCEPTED_ROUNDS = range(100_000, 300_001)
_PBES2 = "PBES2-HS512+A256KW"
_ECDH = "ECDH-ES+A256KW"
_MEMBERS = {"ciphertext", "iv", "protected", "recipients", "sha256", "tag"}


@dataclass(frozen=True)
class Kind:
    """A kind of envelope: its name in the protected header, and what a person is told."""

    name: str
    has_public_part: bool
    damaged: str
    newer: str
    not_yours: str
    wrong_passphrase: str

    def protected(self) -> dict[str, canonical.Value]:
        return {"enc": "A256GCM", "typ": f"inspector-app-{self.name}-1"}

    def refuse(self) -> NoReturn:
        raise BadInput(self.damaged)


@dataclass(frozen=True)
class Envelope:
    """An envelope whose outside is in order; nothing in it is proven before `open_with_…`."""

    kind: Kind
    kids: tuple[str, ...]
    public: bytes
    _jwe: dict[str, Any]

    def open_with_passphrase(self, passphrase: str) -> bytes:
        """The content. WrongSecret when the passphrase is another one."""
        from joserfc.errors import JoseError
        from joserfc.jwk import OctKey

        if PASSPHRASE not in self.kids:
            raise WrongSecret(self.kind.not_yours)
        try:
            raw = passphrase_bytes(passphrase)
            return self._decrypt(PASSPHRASE, OctKey(raw, raw))
        except (JoseError, ValueError):
            raise WrongSecret(self.kind.wrong_passphrase) from None

    def open_with_key(self, key: "ECKey") -> bytes:
        """The content, for a holder of one of the P-256 keys. WrongSecret for anyone else."""
        from joserfc.errors import JoseError

        kid = key.thumbprint()
        if kid not in self.kids:
            raise WrongSecret(self.kind.not_yours)
        try:
            return self._decrypt(kid, key)
        except (JoseError, ValueError):
            self.kind.refuse()

    def _decrypt(self, kid: str, key: "Key") -> bytes:
        # The library sees the reader's own slot alone: a stranger's slot can cost no time and
        # raise nothing.
        from joserfc.jwe import decrypt_json

        mine = [self._jwe["recipients"][self.kids.index(kid)]]
        jwe: Any = {**self._jwe, "recipients": mine}
        return decrypt_json(jwe, key, registry=_registry()).plaintext or b""


def seal(
    kind: Kind,
    content: bytes,
    *,
    passphrase: str | None,
    readers: Sequence[dict[str, str]],
    public: bytes = b"",
) -> bytes:
    """The canonical bytes of a new envelope. `public` stays readable, and is proven on opening.

    BadInput for a passphrase that is too short, for nobody, for more than sixteen, for one reader
    twice and for what is no public key.
    """
    from joserfc.jwe import GeneralJSONEncryption, encrypt_json
    from joserfc.jwk import ECKey, OctKey

    if not 1 <= len(readers) + (passphrase is not None) <= MAX_RECIPIENTS:
        raise BadInput(f"Something is sealed for one to {MAX_RECIPIENTS} readers, not for more.")
    jwe = GeneralJSONEncryption(kind.protected(), content, aad=public or None)
    if passphrase is not None:
        raw = accepted_passphrase(passphrase)
        header = {"alg": _PBES2, "kid": PASSPHRASE, "p2c": _ROUNDS}
        jwe.add_recipient(header, OctKey(raw, raw))
    for kid, reader in _named(readers).items():
        jwe.add_recipient({"alg": _ECDH, "kid": kid}, ECKey.import_key(dict(reader)))
    sealed: dict[str, Any] = dict(encrypt_json(jwe, None, registry=_registry()))
    data = canonical.encode({**sealed, "sha256": canonical.sha256(canonical.encode(sealed))})
    return _short_enough(data)


def read(kind: Kind, data: bytes) -> Envelope:
    """Check everything about an envelope that needs no key. BadInput or NewerVersion."""
    if len(data) > MAX_BYTES:
        kind.refuse()
    try:
        jwe = canonical.decode(data, MAX_BYTES)
        return _checked(kind, jwe) if isinstance(jwe, dict) else kind.refuse()
    except (KeyError, TypeError, ValueError, BadInput):
        raise BadInput(kind.damaged) from None


def thumbprint(jwk: dict[str, str]) -> str:
    """The `kid` of a public P-256 key: its RFC 7638 thumbprint (SHA-256, base64url)."""
    from joserfc.jwk import ECKey

    return ECKey.import_key(dict(jwk)).thumbprint()


def public_jwk(value: Any) -> dict[str, str]:
    """`value` if it is exactly a public P-256 key; ValueError for anything else."""
    if not isinstance(value, dict) or set(value) != {"crv", "kty", "x", "y"}:
        raise ValueError("not a public key")
    if (value["crv"], value["kty"]) != ("P-256", "EC"):
        raise ValueError("not a P-256 key")
    from_base64url(value["x"], 32)
    from_base64url(value["y"], 32)
    thumbprint(value)  # refuses a point that is not on the curve
    return {name: str(part) for name, part in value.items()}


def from_base64url(text: Any, length: int | None = None) -> bytes:
    """Decode base64url without padding; ValueError unless `text` is its one spelling."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text or (length is not None and len(data) != length):
        raise ValueError("not base64url in its one spelling")
    return data


def to_base64url(data: bytes) -> str:
    """base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def passphrase_bytes(passphrase: str) -> bytes:
    """A passphrase as it enters PBKDF2: NFC, UTF-8, never trimmed."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8")


def accepted_passphrase(passphrase: str) -> bytes:
    """The bytes of a passphrase that is good enough to seal with; BadInput when it is not."""
    shortest, longest = PASSPHRASE_LENGTH[0], PASSPHRASE_LENGTH[-1]
    if len(unicodedata.normalize("NFC", passphrase)) not in PASSPHRASE_LENGTH:
        raise BadInput(f"A passphrase has {shortest} to {longest} characters; choose another one.")
    try:
        return passphrase_bytes(passphrase)
    except UnicodeEncodeError:
        raise BadInput("The passphrase holds half a character; choose another one.") from None


def _named(readers: Sequence[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The readers by `kid`. What could not be read again is not written."""
    try:
        named = {thumbprint(public_jwk(reader)): reader for reader in readers}
    except ValueError:
        raise BadInput("Something can be sealed for public P-256 keys alone.") from None
    if len(named) != len(readers):
        raise BadInput("The same key was named twice as a reader; name it once.")
    return named


def _checked(kind: Kind, jwe: dict[str, Any]) -> Envelope:
    _check_version(kind, jwe["protected"])
    if set(jwe) != (_MEMBERS | {"aad"} if kind.has_public_part else _MEMBERS):
        kind.refuse()
    rest = {name: value for name, value in jwe.items() if name != "sha256"}
    if jwe["sha256"] != canonical.sha256(canonical.encode(rest)):
        kind.refuse()
    from_base64url(jwe["iv"], 12)
    from_base64url(jwe["tag"], 16)
    from_base64url(jwe["ciphertext"])
    public = from_base64url(jwe["aad"]) if kind.has_public_part else b""
    return Envelope(kind, _checked_slots(jwe["recipients"]), public, rest)


def _check_version(kind: Kind, protected: Any) -> None:
    raw = canonical.decode(from_base64url(protected))
    if raw == kind.protected():
        return
    named = raw.get("typ") if isinstance(raw, dict) else None
    later = rf"inspector-app-{kind.name}-(?!1$)[1-9]\d*"
    if isinstance(named, str) and re.fullmatch(later, named):
        raise NewerVersion(kind.newer)
    kind.refuse()


def _checked_slots(slots: Any) -> tuple[str, ...]:
    if not isinstance(slots, list) or not 1 <= len(slots) <= MAX_RECIPIENTS:
        raise ValueError("too many readers or none")
    kids = tuple(_checked_slot(slot) for slot in slots)
    if len(set(kids)) != len(kids):
        raise ValueError("a reader is named twice")
    return kids


def _checked_slot(slot: dict[str, Any]) -> str:
    if set(slot) != {"encrypted_key", "header"}:
        raise ValueError("not a slot")
    from_base64url(slot["encrypted_key"], 40)
    header = slot["header"]
    match header:
        case {"alg": "PBES2-HS512+A256KW", "kid": "passphrase", "p2c": int(rounds), "p2s": salt}:
            from_base64url(salt, 16)
            known = len(header) == 4 and rounds in _ACCEPTED_ROUNDS
        case {"alg": "ECDH-ES+A256KW", "kid": kid, "epk": epk}:
            from_base64url(kid, 32)
            public_jwk(epk)
            known = len(header) == 3
        case _:
            known = False
    if not known:
        raise ValueError("not a slot of this version")
    return str(header["kid"])


def _short_enough(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise BadInput(f"What should be sealed is longer than {MAX_BYTES} bytes; split it.")
    return data


def _registry() -> "JWERegistry":
    from joserfc.jwe import JWERegistry

    return JWERegistry(algorithms=["A256GCM", _PBES2, _ECDH], verify_all_recipients=False)
