"""What the program's own log holds: what ERO does about findings that come back."""

from datetime import date
from typing import ClassVar, Literal

from inspector_app.records.fields import Record

Judged = Literal["too-soon", "fewer", "no-change"]


class ProgramAction(Record):
    """A step for the whole program, such as a training: `program-action:<id>`.

    `types` are the codes of the types of findings that it is meant for, apart by spaces. `judged`
    is what a person makes of the years after, whose numbers are computed and never typed; it is
    too soon to tell until somebody says more (GAO-21-186 on the training of September 2019).
    """

    kind: ClassVar[str] = "program-action"
    title: str = ""
    types: str = ""
    day: date | None = None
    owner: str = ""
    text: str = ""
    judged: Judged | None = None
    reason: str = ""


PROGRAM_RECORDS: tuple[type[Record], ...] = (ProgramAction,)
