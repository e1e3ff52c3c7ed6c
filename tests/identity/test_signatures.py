"""Signatures: one author, one purpose, one digest."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from inspector_app.identity import sign, signed_by
from inspector_app.identity.keys import _PRIME, _is_of_small_order
from tests.identity.specimens import DIGEST, ana, marcus

_Y_OF_EIGHT = int("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16)
"""Of a point that is nothing only when it is taken eight times."""


def test_a_signature_is_for_one_author_one_purpose_and_one_digest() -> None:
    signature = sign(ana(), "change", DIGEST)
    assert signed_by(ana().author, "change", DIGEST, signature)
    message = b"inspector-app change 1\n" + DIGEST.encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(ana().author)).verify(signature, message)
    for author, purpose, digest, other in (
        (marcus().author, "change", DIGEST, signature),
        (ana().author, "card", DIGEST, signature),
        (ana().author, "change", "cd" * 32, signature),
        (ana().author, "change", DIGEST, signature[:-1]),
        (ana().author, "change", DIGEST, b""),
        (ana().author.upper(), "change", DIGEST, signature),
        ("no key", "change", DIGEST, signature),
    ):
        assert not signed_by(author, purpose, digest, other)


def test_a_key_for_which_anybody_can_sign_is_nobodys() -> None:
    """The one point that is nothing: with it as key and as half of a signature, all verifies."""
    nothing = (1).to_bytes(32, "little")
    forged = nothing + bytes(32)
    Ed25519PublicKey.from_public_bytes(nothing).verify(forged, b"whatever anybody says")
    assert not signed_by(nothing.hex(), "change", DIGEST, forged)
    for y in (0, 1, _Y_OF_EIGHT, _PRIME - _Y_OF_EIGHT, _PRIME - 1, _PRIME, _PRIME + 1):
        for sign_bit in (0, 1 << 255):
            assert _is_of_small_order((y | sign_bit).to_bytes(32, "little").hex())
    assert not any(_is_of_small_order(person.author) for person in (ana(), marcus()))
