"""What follows an inspection: earlier findings in a later visit, ERO's actions, the closeout."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from inspector_app.records.fields import Record

Resolved = Literal["resolved", "unresolved"]


class EarlierFinding(Record):
    """A finding of the visit before, and what this one says of it.

    `earlier-finding:<inspection>/<finding's own id>` in the log of the later visit, copied at its
    start from the log of the earlier one. `number` is the one it bore there, `day` that visit's
    last, `parties` keys of PARTIES apart by spaces. `result` stays empty while nobody tested it;
    there is nothing between resolved and unresolved (GAO-21-186, focus reviews). `now` is the
    condition as it was found now. Evidence is linked as for a finding.
    """

    kind: ClassVar[str] = "earlier-finding"
    inspection: str = ""
    finding: str = ""
    number: str = ""
    class_: Literal["deficiency", "area-of-concern", "best-practice"] | None = Field(
        default=None, alias="class"
    )
    title: str = ""
    type: str = ""
    item: str = ""
    section: str = ""
    document: str = ""
    quotation: str = ""
    condition: str = ""
    parties: str = ""
    day: date | None = None
    verify: Literal["desk", "site"] | None = None
    result: Resolved | None = None
    now: str = ""


class CorrectiveAction(Record):
    """What ERO does about a finding: `corrective-action:<finding's own id>` in its log.

    OPR recommends nothing; the plan is ERO's (GAO-21-186, "ERO ... determine how to address").
    `agrees` is whether ERO agrees with the finding, `reason` why not or only partly. `accepted`:
    ERO headquarters took it as done. Evidence is linked as for a finding.
    """

    kind: ClassVar[str] = "corrective-action"
    agrees: Literal["yes", "partly", "no"] | None = None
    cause: str = ""
    action: str = ""
    owner: str = ""
    target: date | None = None
    done: date | None = None
    status: Literal["open", "accepted"] | None = None
    reason: str = ""
    papers: str = ""


class Closeout(Record):
    """ERO's memo that all findings are addressed: `closeout:self` in the inspection's log.

    It keeps what it rests on: `review` is the number of the last focus review, `review_day` its
    last day, `results` what the reviews said, by the finding's own id; empty where none was held.
    """

    kind: ClassVar[str] = "closeout"
    day: date | None = None
    from_: str = Field(default="", alias="from")
    to: str = ""
    text: str = ""
    review: str = ""
    review_day: date | None = None
    results: dict[str, Resolved] = Field(default_factory=dict)
