"""A letter: the one line of a bundle that says who sent what to whom, sealed and signed.

An envelope (for cards or a passphrase) that holds a JWS (RFC 7515, compact, alg `Ed25519`) by
the sender over canonical JSON. See docs/format.md, "Letter".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion, WrongSecret
from inspector_app.identity import envelope
from inspector_app.identity.cards import Card, read_card, read_card_value
from inspector_app.identity.keys import Keys

FORMAT = 1
MAX_BYTES = envelope.MAX_BYTES

_OWN_FIELDS = {"format", "recipients", "sender"}
_JWS_HEADER = {"alg": "Ed25519"}
_JWS_START = envelope.to_base64url(canonical.encode({**_JWS_HEADER})) + "."
_DAMAGED = "The letter is damaged or was changed on its way; nothing was taken from it."
_LETTER = envelope.Kind(
    name="letter",
    has_public_part=False,
    damaged=f"{_DAMAGED} Ask the sender for it again.",
    newer="This was sealed by a newer version of this program and was left as it is;"
    " use that version to open it.",
    not_yours="This is not sealed to you, so it cannot be opened here;"
    " ask the sender to seal it to your card.",
    wrong_passphrase="This passphrase does not open it; nothing was changed.",
)


@dataclass(frozen=True)
class Letter:
    """An opened letter. Proven: that the holder of the sender's key wrote this for this reader."""

    sender: Card
    payload: dict[str, Any]
    card_file: bytes
    """The sender's card as a `*.card` file holds it, to be accepted."""


def seal_letter(
    payload: Mapping[str, Any],
    keys: Keys,
    card_file: bytes,
    *,
    to: Sequence[Card] = (),
    passphrase: str | None = None,
) -> bytes:
    """One line, without its line feed, of at most 65,535 bytes, for the owners of the cards.

    `payload` is JSON as inspector_app.canonical knows it. BadInput when nobody or more than
    sixteen are to read it, when the passphrase is too short, and when it gets too long.
    """
    card = read_card(card_file)
    if card.signing != keys.author or _OWN_FIELDS & set(payload):
        raise ValueError("another person's card, or a payload with the letter's own fields")
    readers = {envelope.thumbprint(one.sealing): one.sealing for one in to}
    kids = [envelope.PASSPHRASE, *readers] if passphrase is not None else [*readers]
    content: dict[str, Any] = {
        **payload,
        "format": FORMAT,
        "recipients": kids,
        "sender": canonical.decode(card_file),
    }
    jws = _signed(canonical.encode(content), keys)
    return envelope.seal(_LETTER, jws, passphrase=passphrase, readers=[*readers.values()])


def open_letter(line: bytes, *, keys: Keys | None = None, passphrase: str | None = None) -> Letter:
    """Open a letter with one's own keys where they are a reader's, else with its passphrase.

    WrongSecret when it is sealed to others or the passphrase is another one, BadInput when it is
    damaged or says something else inside than outside, NewerVersion.
    """
    sealed = envelope.read(_LETTER, line)
    jws = _opened(sealed, keys, passphrase)
    try:
        return _verified(jws, sealed.kids)
    except (KeyError, TypeError, ValueError, BadInput):
        raise BadInput(_LETTER.damaged) from None


def _opened(sealed: envelope.Envelope, keys: Keys | None, passphrase: str | None) -> bytes:
    if keys is not None:
        try:
            return sealed.open_with_key(keys.sealing)
        except WrongSecret:
            if passphrase is None:
                raise
    if passphrase is None:
        raise ValueError("neither keys nor a passphrase")
    return sealed.open_with_passphrase(passphrase)


def _signed(content: bytes, keys: Keys) -> bytes:
    from joserfc.jwk import OKPKey
    from joserfc.jws import serialize_compact

    key = OKPKey.import_key(keys.signing)
    return serialize_compact({**_JWS_HEADER}, content, key, algorithms=["Ed25519"]).encode("ascii")


def _verified(jws: bytes, kids: tuple[str, ...]) -> Letter:
    """The signed content of `jws`, if it names exactly the readers that the envelope has."""
    text = jws.decode("ascii")
    if not text.startswith(_JWS_START):
        raise ValueError("another JWS header")
    encoded, signature = text.removeprefix(_JWS_START).split(".")
    content = canonical.decode(envelope.from_base64url(encoded), MAX_BYTES)
    envelope.from_base64url(signature, 64)
    if not isinstance(content, dict):
        raise ValueError("not an object")
    _check_version(content["format"])
    sender = read_card_value(content["sender"])
    _check_signature(jws, sender.signing)
    if content["recipients"] != [*kids]:
        raise ValueError("written for others")
    payload = {name: value for name, value in content.items() if name not in _OWN_FIELDS}
    return Letter(sender, payload, canonical.encode(content["sender"]))


def _check_version(number: Any) -> None:
    if type(number) is int and number > FORMAT:
        raise NewerVersion(_LETTER.newer)
    if type(number) is not int or number != FORMAT:
        raise ValueError("no such format")


def _check_signature(jws: bytes, signing: str) -> None:
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey
    from joserfc.jws import deserialize_compact

    point = envelope.to_base64url(bytes.fromhex(signing))
    key = OKPKey.import_key({"crv": "Ed25519", "kty": "OKP", "x": point})
    try:
        deserialize_compact(jws, key, algorithms=["Ed25519"])
    except JoseError:
        raise ValueError("not signed by its sender") from None
