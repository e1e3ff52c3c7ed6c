"""Issuing the report: a signed and reviewed version gets its number and goes to two recipients.

What was issued is frozen: its PDF is kept byte for byte, and its numbers hold in every later
version. ERO headquarters and the field office both receive a report (GAO-21-186).
"""

from typing import TYPE_CHECKING

from inspector_app import canonical
from inspector_app.checks import of_report
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection, issues, parts, reviewing
from inspector_app.inspection.as_it_stood import newest
from inspector_app.records import Issue, Photo, stored_values
from inspector_app.workspace import people

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace

REPORT_OF = {"oversight-review": "oversight-review", "focus-review": "focus-review"}


def report_of(inspection: Inspection) -> str:
    """The report that is issued of this kind of inspection."""
    return REPORT_OF.get(inspection.kind, "inspection")


def in_the_way(workspace: "Workspace", id: str) -> list[str]:
    """Why the report cannot be issued as it stands, a sentence each; empty when it can."""
    inspection = workspace.inspection(id)
    open_ones = len(of_report(workspace.problems(id)))
    newest = issues.stands_as_issued(inspection)
    faults = {
        "Somebody recorded values that another person disputes.": parts.disputed(
            inspection, parts.REPORT
        ),
        f"{open_ones} problems are open; What is left lists them.": open_ones > 1,
        "One problem is open; What is left shows it.": open_ones == 1,
        "Nobody of the team has signed the report as it stands.": not _team_signed(inspection),
        "No reviewer has accepted the report as it stands.": not _reviewed(workspace, inspection),
        "A picture is not here yet, so its page would be empty.": _absent(workspace, inspection),
        "The report was issued as it stands; nothing has changed since.": newest is not None,
    }
    return [sentence for sentence, is_so in faults.items() if is_so]


def _team_signed(inspection: Inspection) -> bool:
    signed = inspection.signed(parts.REPORT)
    return any(not reviewing.is_reviewer(inspection, sign_off.role) for sign_off in signed)


def _reviewed(workspace: "Workspace", inspection: Inspection) -> bool:
    """Accepted by somebody whom this workspace knows as a reviewer, whatever he says he is."""
    granted = {p.card.signing: p.role for p in people.known(workspace.desk)}
    granted[workspace.key] = workspace.role
    return any(
        reviewing.is_reviewer(inspection, granted.get(approval.author, ""))
        for approval in reviewing.approvals(inspection, parts.REPORT)
    )


def _absent(workspace: "Workspace", inspection: Inspection) -> bool:
    here = workspace.desk.store.blob_sizes(inspection.id)
    return any(photo.sha256 and photo.sha256 not in here for photo in inspection.all(Photo))


def issue(workspace: "Workspace", id: str, headquarters: str, field_office: str) -> "Commit":
    """Issue the report as it stands; the commit's record is the issue.

    `headquarters` and `field_office` say to whom it went. NotAllowed, with every reason, while
    something is open, unsigned or unreviewed; BadInput without both recipients.
    """
    inspection = workspace.inspection(id)
    people.require(workspace.desk, "issue", "issue reports")
    if not reviewing.is_reviewer(inspection, workspace.role):
        raise NotAllowed("ERO headquarters issues oversight reviews, OPR's reviewer inspections.")
    if not headquarters.strip() or not field_office.strip():
        raise BadInput("A report goes to ERO headquarters and to the field office: name both.")
    if faults := in_the_way(workspace, id):
        raise NotAllowed("The report cannot be issued yet; nothing was issued.", faults)
    data = workspace.report_bytes(id, report_of(inspection))
    values = _values(inspection, data)
    given = {"headquarters": headquarters.strip(), "field_office": field_office.strip()}
    values |= {**given, "at": str(workspace.moment(id))}
    record = f"{Issue.kind}:{values['number']}/{values['version']}"
    edits = inspection.log.setting(record, stored_values(Issue, values))
    workspace.desk.store.put_blob(inspection.id, data)
    words = f"issued {values['number']}, version {values['version']}"
    return workspace.write(inspection, edits, words, record)


def _values(inspection: Inspection, data: bytes) -> dict[str, str | int | None]:
    before = issues.replaced(inspection)
    return {
        "number": report_number(inspection),
        "version": issues.next_version(inspection),
        "replaces": before.id.partition(":")[2] if before else None,
        "part": inspection.part_digest(parts.REPORT),
        "sha256": canonical.sha256(data),
        "seen": newest(inspection.log),
        "numbers": issues.listed({**inspection.record_numbers(), **inspection.finding_numbers()}),
    }


def report_number(inspection: Inspection) -> str:
    """The number that the report prints."""
    from inspector_app.reports.subject import Subject

    return Subject(inspection, [], lambda photo: None, "internal").number


def issued_bytes(workspace: "Workspace", id: str, version: int | None = None) -> bytes:
    """The PDF as it was issued; the newest version unless another is named."""
    inspection = workspace.inspection(id)
    found = [i for i in issues.issues(inspection) if version in (None, i.version)]
    if not found:
        raise BadInput("There is no such issued version of the report.")
    data = workspace.desk.store.blob(inspection.id, found[-1].sha256 or "")
    if data is None:
        raise BadInput("The issued file is not here; ask for a bundle that has it.")
    return data
