"""Protected values: a text sealed under a key of its inspection, such as a person's name.

`{"sealed": …}` is a compact JWE (RFC 7516), `dir` with A256GCM. Destroying the key destroys the
text everywhere, though the change that carries it stays. See docs/format.md, "Protected value".
"""

import secrets
from typing import TYPE_CHECKING, Any

from inspector_app import canonical
from inspector_app.errors import BadInput, WrongSecret
from inspector_app.identity import envelope

if TYPE_CHECKING:
    from joserfc.jwe import JWERegistry
    from joserfc.jwk import OctKey

MAX_TEXT_BYTES = 16 * 1024

_HEADER = {"alg": "dir", "enc": "A256GCM"}
_START = envelope.to_base64url(canonical.encode({**_HEADER})) + ".."
_DAMAGED = "A protected text is damaged or was sealed by a newer version; it stays sealed."


def new_value_key() -> bytes:
    """A fresh 32-byte key for the protected values of one inspection."""
    return secrets.token_bytes(32)


def seal_value(key: bytes, text: str) -> dict[str, canonical.Value]:
    """The value to store in a field. The same text gives another value each time."""
    from joserfc.jwe import encrypt_compact

    data = text.encode("utf-8", "surrogatepass")
    if len(data) > MAX_TEXT_BYTES or text != data.decode("utf-8", "replace"):
        raise BadInput("A protected text is too long or holds half a character.")
    return {"sealed": encrypt_compact({**_HEADER}, data, _key(key), registry=_registry())}


def open_value(key: bytes, sealed: Any) -> str:
    """The text in a value. WrongSecret for another key, BadInput for what is no sealed value."""
    from joserfc.errors import JoseError
    from joserfc.jwe import decrypt_compact

    compact = _checked(sealed)
    try:
        opened = decrypt_compact(compact, _key(key), registry=_registry())
    except (JoseError, ValueError):
        raise WrongSecret(
            "A protected text cannot be shown: this workspace lacks its names key."
        ) from None
    return (opened.plaintext or b"").decode("utf-8")


def _checked(sealed: Any) -> str:
    try:
        compact = sealed["sealed"]
        if len(sealed) != 1 or not compact.startswith(_START):
            raise ValueError("not a sealed value")
        iv, ciphertext, tag = compact.removeprefix(_START).split(".")
        envelope.from_base64url(iv, 12)
        envelope.from_base64url(tag, 16)
        if len(envelope.from_base64url(ciphertext)) > MAX_TEXT_BYTES:
            raise ValueError("too long")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadInput(_DAMAGED) from None
    return str(compact)


def _key(raw: bytes) -> "OctKey":
    from joserfc.jwk import OctKey

    return OctKey(raw, raw)


def _registry() -> "JWERegistry":
    from joserfc.jwe import JWERegistry

    return JWERegistry(algorithms=["dir", "A256GCM"])
