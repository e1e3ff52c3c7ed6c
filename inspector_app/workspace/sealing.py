"""Signing an issued report as a file: what is signed is what was issued, with nothing else added.

The signed copy is not kept here: the issued bytes are, and every signed copy begins with them.
"""

from typing import TYPE_CHECKING

from inspector_app.errors import Difference
from inspector_app.inspection.issues import issues

if TYPE_CHECKING:
    from inspector_app.signatures import Key, Signed
    from inspector_app.workspace import Workspace


def check_begins_as_issued(workspace: "Workspace", id: str, data: bytes) -> None:
    """Difference unless the file is an issued version with nothing but sound signatures added."""
    from inspector_app.signatures import signatures_in

    signed = signatures_in(data)
    _check_sound(signed)
    known = {issue.sha256 for issue in issues(workspace.inspection(id))}
    if not known & set(signed.beginnings) or not signed.only_signed:
        raise Difference(
            "The file is not the issued report with only signatures added. Nothing was signed."
        )


def _check_sound(signed: "Signed") -> None:
    """Nobody signs a file in which another's signature is broken."""
    if any(not each.holds for each in signed.signatures):
        raise Difference("A signature in the file does not hold. Nothing was signed.")


def signed_copy(data: bytes, key: "Key", place: str = "") -> tuple[bytes, str]:
    """The file with a signature more, and by which certificate, in words."""
    from inspector_app.signatures import sign, signatures_in

    _check_sound(signatures_in(data))
    made = sign(data, key, place)
    return made, f"the certificate “{key.subject}” (SHA-256 {key.fingerprint[:16]}…)"
