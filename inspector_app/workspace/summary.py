"""What the list of inspections shows of each."""

from dataclasses import dataclass
from datetime import date

from inspector_app.inspection import Counts, Inspection
from inspector_app.records import Member

KIND_WORDS = {
    "inspection": "OPR inspection",
    "oversight-review": "WSO oversight review",
    "focus-review": "Focus review",
}


UNKNOWN = -1
"""A number that a row of the list does not know yet."""


def counted(number: int, one: str, many: str) -> str:
    """`1 deficiency`, `3 deficiencies`."""
    return f"{number} {one if number == 1 else many}"


def findings_in_words(counts: Counts) -> str:
    """`3 deficiencies, 1 area of concern, 1 best practice`."""
    return ", ".join(
        (
            counted(counts.deficiencies, "deficiency", "deficiencies"),
            counted(counts.concerns, "area of concern", "areas of concern"),
            counted(counts.practices, "best practice", "best practices"),
        )
    )


@dataclass(frozen=True, slots=True)
class InspectionSummary:
    """One row: an agency, when, who, how much is left, what was not handed over."""

    id: str
    agency: str
    state: str
    model: str
    form_title: str
    kind: str
    practice: bool
    first_day: date | None
    last_day: date | None
    team: tuple[str, ...]
    left: int
    conflicts: int
    findings: int
    not_handed_over: int
    follow_up: str = ""
    """How it stands after its report: `no memo, 2 late`, `closed`; empty before."""

    @property
    def kind_words(self) -> str:
        return KIND_WORDS.get(self.kind, self.kind)


def summarize(
    inspection: Inspection, left: int, not_handed_over: int, follow_up: str = ""
) -> InspectionSummary:
    """The row of one inspection."""
    counts = inspection.counts()
    visit = inspection.visit
    return InspectionSummary(
        id=inspection.id,
        agency=inspection.agency.title,
        state=inspection.agency.state,
        model=inspection.model,
        form_title=inspection.form.title,
        kind=inspection.kind,
        practice=inspection.practice,
        first_day=visit.first_day,
        last_day=visit.last_day,
        team=tuple(member.name for member in inspection.all(Member)),
        left=left,
        conflicts=counts.in_conflict,
        findings=counts.findings,
        not_handed_over=not_handed_over,
        follow_up=follow_up,
    )
