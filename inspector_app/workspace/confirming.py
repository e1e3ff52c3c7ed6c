"""Comparing an attached copy of the agreement with the checklist, and saying that a person did."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app import auditing, forms
from inspector_app.agreement import AgreementReader
from inspector_app.auditing.reading import pages_of_pdf
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.forms import Form
from inspector_app.inspection import VISIT
from inspector_app.records import Agreement

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a machine makes of an attached copy. `fits`: the forms whose phrases stand in it.

    `audit` holds the inspection's own form against it; None for a scan without text, which a
    person compares by eye.
    """

    own: Form
    fits: tuple[Form, ...]
    audit: auditing.Audit | None

    @property
    def agrees(self) -> bool:
        """Whether the copy has the text that this checklist asks about, and no other does."""
        return [form.id for form in self.fits] == [self.own.id]

    @property
    def sentence(self) -> str:
        """For people: what was recognized, and what to do."""
        if self.audit is None:
            return "This copy is a scan without text. Compare it with the checklist yourself."
        if self.agrees:
            missing = len(self.audit.absent)
            found = f"but {missing} of its quotations were not found" if missing else "all found"
            return f"Its words are those of {self.own.title}: {found}."
        if not self.fits:
            return "Its words are those of no checklist that ships. Compare it yourself."
        named = " and ".join(form.title for form in self.fits)
        return f"Its words are those of {named}, not of this checklist."


def recognize(data: bytes, own: Form) -> Recognition:
    """Compare the bytes of a PDF with every form; needs no workspace, so a worker may do it."""
    with AgreementReader(data) as reader:
        if not reader.facts().has_text:
            return Recognition(own, (), None)
    pages = pages_of_pdf(data)
    fits = tuple(auditing.fitting(auditing.text_of(pages), forms.shipped()))
    return Recognition(own, fits, auditing.audit(pages, own))


def confirm(workspace: "Workspace", id: str, digest: str, reason: str = "") -> "Commit":
    """Say that a person compared this copy with the checklist; it is presumed no longer.

    NotAllowed without a reason where the words are those of another checklist: then the
    inspection is better started anew under that one.
    """
    inspection = workspace.inspection(id)
    attached = inspection.get(Agreement, f"{Agreement.kind}:{digest}")
    data = workspace.agreement_bytes(id, digest)
    if attached is None or data is None:
        raise BadInput("This copy of the agreement is not attached here.")
    found = recognize(data, inspection.form)
    if found.audit is not None and not found.agrees and not reason.strip():
        raise NotAllowed(
            f"{found.sentence} Nothing was confirmed; give a reason, or start anew under that one."
        )
    words = f"compared the agreement: {reason.strip()}" if reason else "compared the agreement"
    return workspace.put(id, VISIT, words=words, agreement_seen=digest, agreement="on-file")
