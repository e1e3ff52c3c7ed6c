"""Signatures: one author, one purpose, one digest."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from inspector_app.identity import sign, signed_by
from tests.identity.specimens import DIGEST, ana, marcus


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
