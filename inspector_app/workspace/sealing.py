"""Signing an issued report as a file: what is signed is what was issued, with nothing else added.

The signed copy is not kept here: the issued bytes are, and every signed copy begins with them.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from inspector_app.errors import Difference
from inspector_app.inspection.issues import issues

if TYPE_CHECKING:
    from inspector_app.signatures import Key
    from inspector_app.workspace import Workspace


def issued_digests(workspace: "Workspace", id: str) -> frozenset[str]:
    """SHA-256 of every file that was issued of an inspection."""
    found = (issue.sha256 for issue in issues(workspace.inspection(id)))
    return frozenset(digest for digest in found if digest)


def signed_copy(
    data: bytes, key: "Key", place: str = "", issued: Collection[str] | None = None
) -> tuple[bytes, str]:
    """The file with a signature more, and by which certificate, in words.

    Difference where another signature in it does not hold, and, with the digests of `issued`
    files, unless it is one of them with nothing but signatures added. It may run in a worker.
    """
    from inspector_app.signatures import sign, signatures_in

    signed = signatures_in(data)
    if any(not each.holds for each in signed.signatures):
        raise Difference("A signature in the file does not hold. Nothing was signed.")
    is_issued = issued is None or any(digest in issued for digest in signed.beginnings)
    if not is_issued or not signed.only_signed:
        raise Difference(
            "The file is not the issued report with only signatures added. Nothing was signed."
        )
    made = sign(data, key, place)
    return made, f"the certificate “{key.subject}” (SHA-256 {key.fingerprint[:16]}…)"
