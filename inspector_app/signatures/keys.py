"""Keys that sign: a PKCS#12 file, or a PKCS#11 token such as a PIV card.

The key stays where it is kept: read for one signature, or never read at all by a token.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inspector_app.errors import BadInput, NotAllowed, WrongSecret

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign import Signer

LEAST_RSA_BITS = 2048
CURVES = ("secp256r1", "secp384r1", "secp521r1")
"""P-256, P-384, P-521: the curves that FIPS 186-5 approves, of those that PDF readers know."""

MOST_ROUNDS = 10_000_000
"""Of a PKCS#12 file: a second's work; programs write 2,048 to a million."""

_UNCHANGED = "Nothing was signed."


@dataclass(frozen=True)
class Key:
    """A key ready to sign, its certificate's subject in words and SHA-256, and how long it holds.

    `opened` gives the signer for as long as the block lasts: a token's session ends with it.
    """

    subject: str
    fingerprint: str
    until: datetime
    opened: "Callable[[], AbstractContextManager[Signer]]"


def key_from_file(data: bytes, passphrase: str) -> Key:
    """The key of a PKCS#12 file. WrongSecret when the passphrase does not open it."""
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign import SimpleSigner

    secret = passphrase.encode()
    if _rounds(data) > MOST_ROUNDS:
        raise BadInput(f"The key file asks for too much work to be opened. {_UNCHANGED}")
    try:
        found = pkcs12.load_pkcs12(data, secret)
    except ValueError as error:
        raise _not_opened(error) from None
    if found.key is None or found.cert is None:
        raise BadInput(f"The key file holds no key with its certificate. {_UNCHANGED}")
    signer = SimpleSigner.load_pkcs12_data(data, [], secret)
    return _checked(signer.signing_cert, lambda: nullcontext(signer))


def _rounds(data: bytes) -> int:
    """How often the passphrase is hashed before it is known to be the right one."""
    from asn1crypto.pkcs12 import Pfx

    try:
        return int(Pfx.load(data)["mac_data"]["iterations"].native)
    except (ValueError, TypeError, KeyError):
        return 0  # no key file, as the next one to read it will say


def _not_opened(error: ValueError) -> BadInput | WrongSecret:
    if "password" in str(error).lower() or "mac" in str(error).lower():
        return WrongSecret(f"The passphrase does not open the key file. {_UNCHANGED}")
    return BadInput(f"This is no PKCS#12 file (.p12 or .pfx), or it is damaged. {_UNCHANGED}")


def key_on_token(library: str, token: str, pin: str, certificate: str = "") -> Key:
    """The key on a token that the PKCS#11 `library` finds by its label.

    `certificate` is the label of its certificate, needed where the token has several.
    """
    with _session(library, token, pin) as session:
        found = _certificate(session, certificate)

    @contextmanager
    def opened() -> "Iterator[Signer]":
        from pyhanko.sign.pkcs11 import PKCS11Signer

        with _session(library, token, pin) as session:
            cert, id = found
            # Many tokens sign only a digest that was made outside of them.
            raw = cert.public_key.algorithm == "ec"
            yield PKCS11Signer(session, signing_cert=cert, key_id=id, use_raw_mechanism=raw)

    return _checked(found[0], opened)


@contextmanager
def _session(library: str, token: str, pin: str) -> Iterator[Any]:
    """An open session; what the library refuses is told in a sentence."""
    import pkcs11
    from pkcs11 import exceptions

    try:
        session = pkcs11.lib(library).get_token(token_label=token).open(user_pin=pin)
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange):
        raise WrongSecret(f"The token does not take this PIN. {_UNCHANGED}") from None
    except exceptions.PinLocked:
        raise NotAllowed(f"The token is locked after too many wrong PINs. {_UNCHANGED}") from None
    except (exceptions.NoSuchToken, exceptions.MultipleTokensReturned):
        raise BadInput(f"There is not exactly one token of this name. {_UNCHANGED}") from None
    except (exceptions.PKCS11Error, RuntimeError, OSError):
        raise BadInput(
            f"The token's library cannot be used; name the file of a PKCS#11 module. {_UNCHANGED}"
        ) from None
    try:
        with session:
            yield session
    except exceptions.PKCS11Error:
        raise BadInput(f"The token did not sign with this key. {_UNCHANGED}") from None


def _certificate(session: Any, label: str) -> "tuple[Certificate, bytes]":
    """The one certificate asked for, and the id that its key has too."""
    from asn1crypto.x509 import Certificate
    from pkcs11 import Attribute, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE}
    found = list(session.get_objects({**wanted, **({Attribute.LABEL: label} if label else {})}))
    if len(found) != 1:
        seen = [str(one[Attribute.LABEL]) for one in session.get_objects(wanted)]
        raise BadInput(f"Name one certificate of the token. {_UNCHANGED}", seen)
    return Certificate.load(found[0][Attribute.VALUE]), found[0][Attribute.ID]


def _checked(cert: "Certificate", opened: "Callable[[], AbstractContextManager[Signer]]") -> Key:
    """NotAllowed for a certificate that is not valid now, or a key that is weak or another's."""
    validity = cert["tbs_certificate"]["validity"]
    first, last = validity["not_before"].native, validity["not_after"].native
    if not first <= datetime.now(UTC) <= last:
        raise NotAllowed(
            f"The certificate holds from {first:%B} {first.day}, {first.year}, to {last:%B} "
            f"{last.day}, {last.year}. {_UNCHANGED}"
        )
    usage = cert.key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        raise NotAllowed(f"The certificate is not one for signatures. {_UNCHANGED}")
    if not is_strong(cert):
        raise NotAllowed(
            f"The key is of a kind that is not used here: RSA of at least {LEAST_RSA_BITS} bits, "
            f"or an elliptic curve P-256, P-384 or P-521. {_UNCHANGED}"
        )
    return Key(subject_of(cert), fingerprint_of(cert), last, opened)


def is_strong(cert: "Certificate") -> bool:
    """RSA of 2048 bits or more, or a curve that is approved (FIPS 186-5)."""
    key = cert.public_key
    if key.algorithm == "rsa":
        return bool(key.bit_size >= LEAST_RSA_BITS)
    return key.algorithm == "ec" and key.curve[1] in CURVES


def subject_of(cert: "Certificate") -> str:
    """Who the certificate says its owner is, in words."""
    name = cert.subject.native.get("common_name", cert.subject.human_friendly)
    return str(name if isinstance(name, str) else cert.subject.human_friendly)


def fingerprint_of(cert: "Certificate") -> str:
    """SHA-256 of the certificate, by which people compare it."""
    return hashlib.sha256(cert.dump()).hexdigest()
