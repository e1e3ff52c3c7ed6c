"""What several answers rest on that were given in one act."""

from typing import ClassVar, Literal

from inspector_app.records.fields import Record


class Basis(Record):
    """The shared basis of answers given together: `link(answer, basis)` joins each to it.

    `what` says what it is; `record` names it where it stands in this inspection, `text` describes
    a paper that does not, or says more about the record.
    """

    kind: ClassVar[str] = "basis"
    what: Literal["file", "tour", "documents", "interview", "paper"] | None = None
    record: str = ""
    text: str = ""
