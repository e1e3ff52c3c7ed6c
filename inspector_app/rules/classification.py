"""When a finding may be a deficiency, an area of concern or a best practice.

GAO-21-186 gives OPR's definitions: a deficiency violates written policy that can be tied to the
agreement, an ICE policy or an operational procedure; an area of concern lowers the program's
effectiveness and violates none; a best practice is a positive practice that helps compliance.
A topic never decides the class: the written requirement does.
"""

from dataclasses import dataclass
from datetime import date

from inspector_app.forms import Document
from inspector_app.records import Finding, FindingClass

CLASSES: tuple[FindingClass, ...] = ("deficiency", "area-of-concern", "best-practice")


@dataclass(frozen=True, slots=True)
class Authority:
    """A document that may be cited, with the first and last day of its force where known."""

    document: Document
    from_day: date | None
    to_day: date | None

    def in_force(self, day: date) -> bool:
        """Whether it binds on that day; an unknown end is open, an unknown start is not.

        A report tells what others do and binds nobody.
        """
        if self.document.kind == "report" or self.from_day is None or day < self.from_day:
            return False
        return self.to_day is None or day <= self.to_day


def missing(
    finding: Finding, class_: FindingClass, authority: Authority | None, day: date | None
) -> list[str]:
    """What stands in the way of this class, in words; empty when nothing does."""
    match class_:
        case "deficiency":
            return _missing_for_deficiency(finding, authority, day)
        case "area-of-concern":
            return _violation_cited(finding) + _effect_missing(finding)
        case "best-practice":
            return _violation_cited(finding)


def _missing_for_deficiency(
    finding: Finding, authority: Authority | None, day: date | None
) -> list[str]:
    faults = []
    if authority is None:
        faults.append("No authority is cited: choose the agreement, a policy or a procedure.")
    elif day is None:
        faults.append("The inspection has no first day, so nothing can be said to be in force.")
    elif not authority.in_force(day):
        faults.append(
            "The cited authority is not known to be in force on the inspection's first day."
        )
    elif not authority.document.text_held and not finding.own_copy:
        faults.append("The text of this authority is not held here: quote it from your own copy.")
    if not finding.quotation.strip():
        faults.append("No violated sentence is quoted.")
    elif not finding.confirmed:
        faults.append("Nobody has confirmed that the quoted sentence, as it stands, is violated.")
    return faults


def _violation_cited(finding: Finding) -> list[str]:
    return ["A sentence is confirmed as violated."] if finding.violated else []


def _effect_missing(finding: Finding) -> list[str]:
    return [] if finding.effect.strip() else ["No effect on the program is stated."]
