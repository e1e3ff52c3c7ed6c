"""A person's keys on one laptop, `keys.json` that seals them, and signatures.

The database key opens the store, the Ed25519 key signs, the P-256 key opens what others seal.
`keys.json` is an envelope for a passphrase, the recovery key and the agency's escrow keys.
See docs/format.md, "keys.json" and "Signatures"; docs/decisions/keys.md says why.
"""

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from inspector_app import canonical
from inspector_app.errors import BadInput
from inspector_app.identity import envelope

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from joserfc.jwk import ECKey

Jwk = dict[str, str]
"""A public P-256 key: exactly `crv`, `kty`, `x` and `y` (RFC 7517)."""

_KEYS = envelope.Kind(
    name="keys",
    has_public_part=True,
    damaged="The keys file (keys.json) is damaged and was left as it is;"
    " put back the copy from a backup to open this workspace.",
    newer="The keys file (keys.json) was written by a newer version of this program"
    " and was left as it is; use that version.",
    not_yours="This recovery key does not open this workspace: it belongs to another one,"
    " or a character is mistyped.",
    wrong_passphrase="This passphrase does not open this workspace; nothing was changed.",
)
_RECOVERY_LENGTH = 52
_PRIME = 2**255 - 19
_D = -121665 * pow(121666, -1, _PRIME)
"""Of the curve of Ed25519 (RFC 8032, 5.1)."""

_PURPOSE = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True, eq=False)
class Keys:
    """Everything secret that a person has here. Never printed."""

    database: bytes = field(repr=False)
    signing: "Ed25519PrivateKey" = field(repr=False)
    sealing: "ECKey" = field(repr=False)

    @property
    def author(self) -> str:
        """The public signing key, 32 bytes in lower-case hex: the `author` of a change."""
        return self.signing.public_key().public_bytes_raw().hex()

    @property
    def sealing_public(self) -> Jwk:
        """The public half of the sealing key, as a card carries it."""
        return public_half(self.sealing)


def new_keys() -> Keys:
    """Fresh keys from the system's random source."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from joserfc.jwk import ECKey

    return Keys(secrets.token_bytes(32), Ed25519PrivateKey.generate(), ECKey.generate_key("P-256"))


def new_recovery_key() -> tuple[str, Jwk]:
    """A P-256 key: 52 characters in groups of four to print for a person, and its public half."""
    from joserfc.jwk import ECKey

    key = ECKey.generate_key("P-256")
    text = base64.b32encode(_scalar(key)).decode("ascii").rstrip("=")
    groups = (text[start : start + 4] for start in range(0, len(text), 4))
    return " ".join(groups), public_half(key)


def new_escrow_key() -> tuple[str, "ECKey"]:
    """A key as for recovery, with its text to print, for a card that names its public half."""
    text, _ = new_recovery_key()
    return text, _private_key(text)


def seal_keys(keys: Keys, passphrase: str, recovery: Jwk, escrow: Sequence[Jwk] = ()) -> bytes:
    """The bytes of `keys.json`. BadInput for a passphrase under 12 characters."""
    content: dict[str, canonical.Value] = {
        "database": keys.database.hex(),
        "sealing": _scalar(keys.sealing).hex(),
        "signing": keys.signing.private_bytes_raw().hex(),
    }
    public = _public_part(recovery, escrow)
    signature = sign(keys, "keys", canonical.sha256(canonical.encode(public))).hex()
    return envelope.seal(
        _KEYS,
        canonical.encode(content),
        passphrase=passphrase,
        readers=[recovery, *escrow],
        public=canonical.encode({**public, "signature": signature}),
    )


def open_keys(
    data: bytes, *, passphrase: str | None = None, recovery_key: str | None = None
) -> Keys:
    """Open `keys.json` with one of the two secrets; `recovery_key` may also be an escrow key.

    WrongSecret for another secret, BadInput for a damaged file or a recovery key that cannot be
    one, NewerVersion for a file from a newer version.
    """
    sealed = envelope.read(_KEYS, data)
    _readable_public_part(sealed)
    if recovery_key is not None:
        content = sealed.open_with_key(_private_key(recovery_key))
    elif passphrase is not None:
        content = sealed.open_with_passphrase(passphrase)
    else:
        raise ValueError("neither a passphrase nor a recovery key")
    keys = _keys_of(content)
    _signed_public_part(sealed, keys)
    return keys


def with_passphrase(data: bytes, keys: Keys, passphrase: str) -> bytes:
    """`keys.json` for a new passphrase; the same recovery and escrow keys open it, unasked."""
    public = _signed_public_part(envelope.read(_KEYS, data), keys)
    return seal_keys(keys, passphrase, public["recovery"], public["escrow"])


def recovery_public(data: bytes, keys: Keys | None = None) -> Jwk:
    """The public half of the recovery key. With `keys`, BadInput unless their owner named it."""
    sealed = envelope.read(_KEYS, data)
    public = _readable_public_part(sealed) if keys is None else _signed_public_part(sealed, keys)
    return cast(Jwk, public["recovery"])


def escrow_public(data: bytes, keys: Keys | None = None) -> list[Jwk]:
    """The public halves of the agency's escrow keys; as `recovery_public`."""
    sealed = envelope.read(_KEYS, data)
    public = _readable_public_part(sealed) if keys is None else _signed_public_part(sealed, keys)
    return cast(list[Jwk], public["escrow"])


def sign(keys: Keys, purpose: str, digest_hex: str) -> bytes:
    """The 64 bytes of an Ed25519 signature over one digest, for one purpose (`change`, `card`)."""
    return keys.signing.sign(_message(purpose, digest_hex))


def signed_by(author_hex: str, purpose: str, digest_hex: str, signature: bytes) -> bool:
    """Whether `author_hex` signed that digest for that purpose. False for whatever is no key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not canonical.is_hex(author_hex) or _is_of_small_order(author_hex):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(author_hex))
        key.verify(signature, _message(purpose, digest_hex))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_half(key: "ECKey") -> Jwk:
    """The public half of a P-256 key, with no other members."""
    return {name: str(part) for name, part in key.as_dict(private=False).items()}


def _is_of_small_order(author_hex: str) -> bool:
    """Whether eight times its point is nothing: for such a key anybody can make signatures."""
    y = int.from_bytes(bytes.fromhex(author_hex), "little") & (1 << 255) - 1
    square = y * y % _PRIME
    return square in (0, 1) or (_D * square * square + 2 * square - 1) % _PRIME == 0


def _message(purpose: str, digest_hex: str) -> bytes:
    if not _PURPOSE.fullmatch(purpose) or not canonical.is_hex(digest_hex):
        raise ValueError("a signature covers a named purpose and a SHA-256 in lower-case hex")
    return f"inspector-app {purpose} 1\n{digest_hex}".encode("ascii")


def _public_part(recovery: Jwk, escrow: Sequence[Jwk]) -> dict[str, canonical.Value]:
    return {"escrow": [dict(key) for key in escrow], "recovery": dict(recovery)}


def _readable_public_part(sealed: envelope.Envelope) -> dict[str, Any]:
    """The public keys that `sealed` names, if they are the keys of its slots."""
    try:
        public = cast(dict[str, Any], canonical.decode(sealed.public, envelope.MAX_BYTES))
        if set(public) != {"escrow", "recovery", "signature"}:
            raise ValueError("other members")
        readers = [envelope.public_jwk(key) for key in [public["recovery"], *public["escrow"]]]
        kids = (envelope.PASSPHRASE, *(envelope.thumbprint(key) for key in readers))
        if kids != sealed.kids or not canonical.is_hex(public["signature"], 128):
            raise ValueError("other readers")
    except (TypeError, ValueError, BadInput):
        raise BadInput(_KEYS.damaged) from None
    return public


def _signed_public_part(sealed: envelope.Envelope, keys: Keys) -> dict[str, Any]:
    public = _readable_public_part(sealed)
    digest = canonical.sha256(canonical.encode(_public_part(public["recovery"], public["escrow"])))
    if not signed_by(keys.author, "keys", digest, bytes.fromhex(public["signature"])):
        _KEYS.refuse()
    return public


def _keys_of(content: bytes) -> Keys:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        raw = cast(dict[str, str], canonical.decode(content, envelope.MAX_BYTES))
        if set(raw) != {"database", "sealing", "signing"} or not all(
            canonical.is_hex(part) for part in raw.values()
        ):
            raise ValueError("other members")
        database, sealing, signing = (bytes.fromhex(raw[name]) for name in sorted(raw))
        return Keys(database, Ed25519PrivateKey.from_private_bytes(signing), _sealing_key(sealing))
    except (AttributeError, TypeError, ValueError, BadInput):
        raise BadInput(_KEYS.damaged) from None


def _private_key(recovery_key: str) -> "ECKey":
    """The key that a person typed: case, spaces and dashes do not matter."""
    text = "".join(recovery_key.split()).replace("-", "").upper()
    try:
        raw = base64.b32decode(text + "====")
        if len(text) != _RECOVERY_LENGTH or base64.b32encode(raw).decode("ascii")[:-4] != text:
            raise ValueError("another spelling")
        return _sealing_key(raw)
    except ValueError:
        raise BadInput(
            f"A recovery key has {_RECOVERY_LENGTH} letters A to Z and digits 2 to 7;"
            " compare what was typed with the printed key."
        ) from None


def _sealing_key(scalar: bytes) -> "ECKey":
    from cryptography.hazmat.primitives.asymmetric import ec
    from joserfc.jwk import ECKey

    number = int.from_bytes(scalar, "big")
    return ECKey.import_key(ec.derive_private_key(number, ec.SECP256R1()))


def _scalar(key: "ECKey") -> bytes:
    return envelope.from_base64url(key.as_dict(private=True)["d"], 32)
