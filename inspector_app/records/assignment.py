"""What an office says when it prepares an inspection for a team."""

from typing import ClassVar

from inspector_app.records.fields import MomentText, Record


class Assignment(Record):
    """`assignment:self`: that an office prepared this inspection, when, and what it tells the team.

    `by` is the key of who prepared it, who is not on the team. `instructions` is what the office
    tells the team; `documents` are papers to ask for beyond the document request list, one a line.
    """

    kind: ClassVar[str] = "assignment"
    by: str = ""
    prepared: MomentText | None = None
    office: str = ""
    instructions: str = ""
    documents: str = ""
