"""PAdES signatures of PDF files: made with a key that somebody else keeps, and checked.

All cryptography is pyHanko's and `cryptography`'s, or the token's. A signature is by the
certificate in the file; whether that certificate is anybody's is not known here. Nothing is
fetched: no time stamps, no revocation lists. No module used here is FIPS-validated.
"""

from inspector_app.signatures.apart import signatures_in
from inspector_app.signatures.checking import Signature, Signed
from inspector_app.signatures.keys import Key, key_from_file, key_on_token
from inspector_app.signatures.sealed_pdf import sealed_pdf
from inspector_app.signatures.signing import Place, places, sign

__all__ = [
    "Key",
    "Place",
    "Signature",
    "Signed",
    "key_from_file",
    "key_on_token",
    "places",
    "sealed_pdf",
    "serve",
    "sign",
    "signatures_in",
]


def serve() -> None:
    """Be the child: answer `signatures_in` on stdin and stdout until it goes away."""
    from inspector_app.signatures.apart import loop

    loop()
