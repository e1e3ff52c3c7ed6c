"""How long a log is kept, and whether anything of it may be destroyed at all."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from inspector_app.records.fields import Record


class Retention(Record):
    """`retention:self` of any log: its retention class, and a legal hold while there is one.

    It travels with the log, so that whoever holds a copy knows. No schedule for OPR's inspection
    files is published (catalogue, records law): the class is a text of the agency's own, and
    without one nothing is to be destroyed. `hold` stands from `since` for `reason`.
    """

    kind: ClassVar[str] = "retention"
    class_: str = Field(default="", alias="class")
    hold: bool = False
    since: date | None = None
    reason: str = ""
