"""Signing an issued report as a file: what is signed is what was issued, with nothing else added.

Every signed copy begins with the issued bytes. It is kept with the record, byte for byte, and
travels with it; a copy that came back from somebody else can be kept as well.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from inspector_app import canonical
from inspector_app.errors import BadInput, Difference
from inspector_app.inspection.issues import issues, newest_signed
from inspector_app.records import SignedFile, stored_values

if TYPE_CHECKING:
    from inspector_app.signatures import Key, Signed
    from inspector_app.workspace import Commit, Workspace


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

    _check(signatures_in(data), issued, "Nothing was signed.")
    made = sign(data, key, place)
    return made, f"the certificate “{key.subject}” (SHA-256 {key.fingerprint[:16]}…)"


def _check(signed: "Signed", issued: Collection[str] | None, unchanged: str) -> None:
    """Difference unless it is an issued file to which nothing but good signatures was added."""
    if any(not each.holds for each in signed.signatures):
        raise Difference(f"A signature in the file does not hold. {unchanged}")
    is_issued = issued is None or any(digest in issued for digest in signed.beginnings)
    if not is_issued or not signed.only_signed:
        raise Difference(
            f"The file is not the issued report with only signatures added. {unchanged}"
        )


def keep(workspace: "Workspace", id: str, data: bytes) -> "Commit":
    """Keep a signed copy with the record: its bytes, then who signed it. Twice changes nothing.

    Difference unless it is an issued version with nothing but good signatures added, BadInput
    without any signature.
    """
    from inspector_app.signatures import signatures_in

    signed, inspection = signatures_in(data), workspace.inspection(id)
    _check(signed, issued_digests(workspace, id), "Nothing was kept.")
    if not signed.signatures:
        raise BadInput("Nobody has signed this file. The issued one is kept already.")
    of = next(issue for issue in issues(inspection) if issue.sha256 in signed.beginnings)
    digest = canonical.sha256(data)
    record = f"{SignedFile.kind}:{digest}"
    if (known := inspection.get(SignedFile, record)) is not None:
        return workspace.write(inspection, [], "kept a signed report", known.id)
    certificates = " ".join(each.fingerprint for each in signed.signatures)
    values = {"issue": of.id, "sha256": digest, "certificates": certificates}
    values["at"] = str(workspace.moment(id))
    workspace.desk.store.put_blob(inspection.id, data)
    edits = inspection.log.setting(record, stored_values(SignedFile, values))
    return workspace.write(inspection, edits, "kept a signed report", record)


def kept_signed(workspace: "Workspace", id: str, version: int | None = None) -> bytes:
    """The newest signed copy of an issued version, of the newest unless another is named."""
    inspection = workspace.inspection(id)
    of = [issue for issue in issues(inspection) if version in (None, issue.version)][-1:]
    found = newest_signed(inspection, of[0]) if of else None
    data = workspace.desk.store.blob(inspection.id, found.sha256 or "") if found else None
    if data is None:
        raise BadInput("No signed copy of this version is here; ask for a bundle that has it.")
    return data
