"""That a finding was there before: the fact at its head, once a person has said so."""

from inspector_app.records import EarlierFinding, Finding
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.texts import label, say
from inspector_app.reports.typed import Markup


def repeated(subject: Subject, finding: Finding) -> list[tuple[Markup, Markup]]:
    """`INT-2 of March 12, 2026`; nothing where nobody said that the finding repeats one."""
    one = subject.inspection.get(EarlierFinding, finding.repeats)
    if one is None:
        return []
    date = on_day(one.day) if one.day else "–"
    return [(label("earlier-finding"), say("repeats", number=one.number, date=date))]
