"""Reviewing and disagreeing: who may say what of which part, and the changes that record it."""

from typing import TYPE_CHECKING, Literal

from inspector_app.change import Edit, new_record
from inspector_app.errors import NotAllowed
from inspector_app.inspection import Inspection, parts, reviewing
from inspector_app.records import Review
from inspector_app.workspace import people

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace

Verdict = Literal["accepted", "returned"]


def review(
    workspace: "Workspace", id: str, part: str, verdict: Verdict | None = None, reason: str = ""
) -> "Commit":
    """Comment on a part, accept it, or return it with reasons.

    NotAllowed for whoever is no reviewer of this kind, is on the team, or would accept what he
    prepared. The verdict counts only while the part says the same.
    """
    inspection = workspace.inspection(id)
    people.require(workspace.desk, "review", "review")
    if not reviewing.is_reviewer(inspection, workspace.role):
        raise NotAllowed(
            "ERO headquarters reviews oversight reviews, OPR's reviewer inspections. Nothing was "
            "recorded."
        )
    words = f"{verdict or 'commented on'} {parts.part_title(inspection, part)}"
    people.check_not_on_team(workspace.desk, inspection)
    if verdict == "accepted":
        people.check_may_approve(workspace.desk, inspection, part)
    record, card = new_record(Review.kind), workspace.desk.card
    said = {"verdict": verdict, "reason": reason, "role": card.role, "name": card.name}
    said["held"] = str(workspace.moment(id))
    edits = reviewing.reviewing(inspection, record, part, said)
    return workspace.write(inspection, edits, words, record)


def disagree(workspace: "Workspace", id: str, finding: str, text: str) -> "Commit":
    """Record ERO's disagreement beside a finding. The finding is not touched."""
    inspection = workspace.inspection(id)
    if workspace.role not in reviewing.ERO_ROLES:
        raise NotAllowed("Only ERO disagrees with a finding of OPR. Nothing was recorded.")
    if inspection.kind == "oversight-review":
        raise NotAllowed("This review is ERO's own; there is nobody to disagree with.")
    moment = str(workspace.moment(id))
    edits = reviewing.disagreeing(inspection, finding, text, workspace.role, moment)
    return _write_beside(workspace, inspection, finding, edits, "ERO disagrees with")


def answer(workspace: "Workspace", id: str, finding: str, text: str) -> "Commit":
    """Record OPR's answer to ERO's disagreement with a finding."""
    inspection = workspace.inspection(id)
    if not workspace.role.startswith("opr-"):
        raise NotAllowed("Only OPR answers for OPR. Nothing was recorded.")
    edits = reviewing.answering(inspection, finding, text, str(workspace.moment(id)))
    return _write_beside(workspace, inspection, finding, edits, "OPR answers ERO on")


def _write_beside(
    workspace: "Workspace", inspection: Inspection, finding: str, edits: list[Edit], words: str
) -> "Commit":
    """What is printed beside a finding amends a report that is signed already, and says so."""
    said = f"{words} {inspection.finding_numbers()[finding]}"
    amends = said if parts.signed(inspection, parts.REPORT) else ""
    return workspace.write(inspection, edits, said, reviewing.disagreement_of(finding), amends)
