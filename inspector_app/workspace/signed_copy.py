"""The agreement that was signed: a PDF kept with its inspection like a picture, never altered."""

from typing import TYPE_CHECKING, Literal

from inspector_app import canonical
from inspector_app.agreement import AgreementFacts, AgreementReader
from inspector_app.errors import BadInput
from inspector_app.records import Agreement

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Commit, Workspace

Part = Literal["signed-copy", "addendum"]
_NOT_HERE = (
    "The agreement was attached elsewhere and has not come here yet; ask for a bundle with it."
)


def facts_of(data: bytes) -> AgreementFacts:
    """What the PDF says of itself, from a child without keys; BadInput says why it is not taken.

    Needs no workspace: a worker may do it, before `attach` is told.
    """
    with AgreementReader(data) as reader:
        return reader.facts()


def attach(
    workspace: "Workspace",
    id: str,
    data: bytes,
    part: Part = "signed-copy",
    *,
    title: str = "",
    amends: str = "",
    facts: AgreementFacts | None = None,
) -> "Commit":
    """Keep the PDF's bytes, then the record that names them. The same file again changes nothing.

    BadInput when it cannot be opened or shown, NotAllowed when the report is signed and `amends`
    gives no reason; then nothing was kept. Attaching confirms nothing: a person compares the copy
    with the checklist.
    """
    facts = facts or facts_of(data)
    record = f"{Agreement.kind}:{canonical.sha256(data)}"
    values = {
        "sha256": canonical.sha256(data),
        "part": part,
        "pages": facts.pages,
        "has_text": facts.has_text,
        "size": len(data),
        **({"title": title} if title else {}),
    }
    inspection = workspace.inspection(id)
    inspection.setting(record, values, amends=bool(amends))  # refused before the bytes are kept
    workspace.desk.store.put_blob(inspection.id, data)
    return workspace.put_many(id, {record: values}, "attached the agreement", amends)


def attached(inspection: "Inspection") -> list[Agreement]:
    """What is attached: signed copies before addenda, the newest of each first."""
    found = reversed(inspection.all(Agreement))
    return sorted(found, key=lambda agreement: agreement.part == "addendum")


def is_here(workspace: "Workspace", id: str, agreement: Agreement) -> bool:
    """Whether its bytes have come: a bundle may have left them behind."""
    return agreement.sha256 in workspace.desk.store.blob_sizes(workspace.inspection(id).id)


def bytes_of(workspace: "Workspace", id: str, digest: str) -> bytes | None:
    """The PDF as it was attached, or None while it is not here yet."""
    return workspace.desk.store.blob(workspace.inspection(id).id, digest)


def pages(workspace: "Workspace", id: str, digest: str) -> list[str]:
    """The text of each page; empty texts where it is a scan. BadInput when it is not here."""
    data = bytes_of(workspace, id, digest)
    if data is None:
        raise BadInput(_NOT_HERE)
    with AgreementReader(data) as reader:
        return reader.texts()
