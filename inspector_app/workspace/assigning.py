"""The assignment: one bundle that starts an inspection on the laptops of its team.

The office starts the inspection itself, puts in what it has, and names team and sections. What
leaves is an ordinary bundle, with the agency's file and earlier inspections of the same agency;
whoever opens it is on the team and begins on the overview. The office itself is not on the team.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.bundle import Made
from inspector_app.change import Edit
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.identity import Card
from inspector_app.inspection import Inspection
from inspector_app.inspection.assignment import members_of
from inspector_app.records import Member
from inspector_app.workspace import agency_file, assigned, signed_copy, starting
from inspector_app.workspace.earlier import earlier_visits
from inspector_app.workspace.rosters import file_of

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace


@dataclass(frozen=True, slots=True)
class Post:
    """One of the team: the card of whoever is sent, his sections, and whether he leads."""

    card: Card
    sections: tuple[str, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes along with an assignment. `earlier` and `files` are ids of other logs."""

    agreements: int
    roster: bool
    earlier: tuple[str, ...]
    files: tuple[str, ...]
    findings: int

    @property
    def logs(self) -> tuple[str, ...]:
        return (*self.earlier, *self.files)


def contents(workspace: "Workspace", id: str) -> Contents:
    """What there is for an inspection: signed copies, roster, the agency's past, its file."""
    inspection = workspace.inspection(id)
    earlier = earlier_visits(workspace, id)
    agency = inspection.agency
    files = agency_file.find(workspace, agency.state, agency.name, practice=inspection.practice)
    return Contents(
        agreements=len(signed_copy.attached(inspection)),
        roster=file_of(inspection, "officers") is not None,
        earlier=tuple(other.id for other in earlier),
        files=tuple(file.id for file in files),
        findings=sum(len(other.findings()) for other in earlier),
    )


def prepare(
    workspace: "Workspace",
    id: str,
    team: Sequence[Post],
    *,
    instructions: str = "",
    documents: str = "",
) -> "Commit":
    """Put team, sections and what the office tells them into the inspection, in one change.

    NotAllowed when others have written in it: then it is under way. BadInput says what of the team
    is not right. It may be prepared again before it is opened; sections are only added.
    """
    inspection = workspace.inspection(id)
    _check(workspace, inspection, team)
    edits: list[Edit] = []
    own = f"{Member.kind}:{workspace.key}"
    if inspection.get(Member, own) and not any(p.card.signing == workspace.key for p in team):
        edits += inspection.removing(own)
    posts = {f"{Member.kind}:{post.card.signing}": post for post in team}
    edits += _members(inspection, posts, workspace.key)
    for record, post in posts.items():
        for part in post.sections:
            edits += inspection.linking(record, f"section:{part}", fresh=posts)
    says = {
        "by": workspace.key,
        "prepared": str(workspace.moment(id)),
        "office": workspace.office,
        "instructions": instructions.strip(),
        "documents": documents.strip(),
    }
    edits += inspection.setting(assigned.RECORD, says)
    return workspace.write(inspection, edits, "prepared the assignment", assigned.RECORD)


def _check(workspace: "Workspace", inspection: Inspection, team: Sequence[Post]) -> None:
    if {change.author for change in inspection.log.changes.values()} - {workspace.key}:
        raise NotAllowed(
            "Others have written in this inspection, so it is under way. Hand it over as a bundle."
        )
    if not team:
        raise BadInput("Nobody is on the team. Accept the cards of those who are sent first.")
    if sum(post.lead for post in team) != 1:
        raise BadInput("One of the team leads it: name exactly one.")
    if len({post.card.signing for post in team}) != len(team):
        raise BadInput("Somebody stands on the team twice.")


def _members(inspection: Inspection, posts: dict[str, Post], own: str) -> list[Edit]:
    """The team's members; each keeps a letter that he has, others get the next free ones."""
    members = {m.id: m.place for m in inspection.all(Member) if m.id != f"{Member.kind}:{own}"}
    edits: list[Edit] = []
    for record, post in sorted(posts.items(), key=lambda each: not each[1].lead):
        place = members.get(record) or starting.next_place([*members.values()])
        members[record] = place
        values = starting.member_values(post.card, place, lead=post.lead)
        edits += inspection.setting(record, values)
    return edits


def unassigned(inspection: Inspection) -> list[str]:
    """The titles of sections that nobody has yet."""
    parts = inspection.form.sections
    return [part.title for part in parts if not members_of(inspection, part.id)]


def assign(
    workspace: "Workspace",
    id: str,
    out: Path,
    team: Sequence[Post],
    *,
    instructions: str = "",
    documents: str = "",
) -> Made:
    """Prepare the assignment and write its bundle, sealed to the cards of the team."""
    prepare(workspace, id, team, instructions=instructions, documents=documents)
    ids = [workspace.inspection(id).id, *contents(workspace, id).logs]
    to = [post.card for post in team if post.card.signing != workspace.key]
    return workspace.bundle(ids, out, to=to)
