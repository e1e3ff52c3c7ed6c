"""Whether a finding was there before: the same duty, though its section was renumbered.

The program proposes, a person says so (`Finding.repeats`). Two findings concern the same duty when
they answer the same item, or an item that took the other's place (`was`). Under different forms,
or where an item is not named, the clause decides: its number may differ, its topics are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inspector_app.forms import Form
from inspector_app.inspection.following import counted
from inspector_app.inspection.guard import SIGNED
from inspector_app.inspection.numbering import finding_numbers
from inspector_app.inspection.reading import Reading
from inspector_app.records import Finding

Why = Literal["item", "clause"]


@dataclass(frozen=True, slots=True)
class Before:
    """A finding of an earlier visit that concerns the same duty, and how that is known."""

    inspection: str
    finding: str
    number: str
    title: str
    day: date | None
    why: Why


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A repeat finding was there on one earlier visit, a recurring one on two or more."""

    before: tuple[Before, ...]

    @property
    def kind(self) -> Literal["repeat", "recurring"]:
        return "recurring" if len({one.inspection for one in self.before}) > 1 else "repeat"


def recurrences(reading: Reading, earlier: Sequence[Reading]) -> dict[str, Recurrence]:
    """The findings that were there before, by record; `earlier`: earlier visits, latest first."""
    found = {finding.id: tuple(_before(reading, finding, earlier)) for finding in counted(reading)}
    return {record: Recurrence(before) for record, before in found.items() if before}


def _before(reading: Reading, finding: Finding, earlier: Sequence[Reading]) -> Iterator[Before]:
    for visit in earlier:
        numbers = finding_numbers(visit)
        for old in counted(visit):
            why = same_duty(reading.form, finding, visit.form, old)
            if why:
                title = visit_title(visit, old)
                yield Before(visit.id, old.id, numbers[old.id], title, visit.visit.last_day, why)


def visit_title(visit: Reading, finding: Finding) -> str:
    """The finding's title with its live numbers as they were on that visit."""
    from inspector_app.inspection.counting import numbers

    return numbers(visit, finding.title)


def same_duty(form: Form, finding: Finding, old_form: Form, old: Finding) -> Why | None:
    """How two findings are known to concern the same duty; None where nothing says so."""
    if finding.item and old.item:
        if same_item(form, finding.item, old_form, old.item):
            return "item"
        if form.id == old_form.id:
            return None  # one checklist asks about two duties of a clause in two items
    return "clause" if _same_clause(form, finding, old_form, old) else None


def same_item(form: Form, item: str, old_form: Form, old: str) -> bool:
    """Whether one item is the other under a later form; either form may be the later one."""
    return item == old or old in _was(form, item) or item in _was(old_form, old)


def _was(form: Form, item: str) -> tuple[str, ...]:
    return next((one.was for one in form.items if one.id == item), ())


def _same_clause(form: Form, finding: Finding, old_form: Form, old: Finding) -> bool:
    if not (_is_agreement(form, finding) and _is_agreement(old_form, old)):
        same = finding.document == old.document and finding.document != ""
        return same and bool(finding.section) and finding.section == old.section
    topics = clause_topics(form, section_of(form, finding))
    return bool(topics & clause_topics(old_form, section_of(old_form, old)))


def section_of(form: Form, finding: Finding) -> str:
    """The section that a finding cites, else the one that its item was read from."""
    cited = [c.section for i in form.items if i.id == finding.item for c in i.citations]
    return finding.section.strip() or next(iter(cited), "")


def _is_agreement(form: Form, finding: Finding) -> bool:
    """Whether it cites what the agency signed; one that cites nothing is taken by its item."""
    known = any(d.id == finding.document and d.kind in SIGNED for d in form.documents)
    return known or (not finding.document and bool(finding.item))


def clause_topics(form: Form, section: str) -> frozenset[str]:
    """What the clause with this number is about; a finer number belongs to the clause above it."""
    wanted = section.strip()
    held = [c for c in form.clauses if wanted == c.section or wanted.startswith(f"{c.section}.")]
    longest = max(held, key=lambda clause: len(clause.section), default=None)
    return frozenset(longest.topics) if longest else frozenset()
