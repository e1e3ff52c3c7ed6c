"""What answers rest on that were given several at a time, and who judged his own office."""

from inspector_app.forms import Item
from inspector_app.inspection.basis import batches
from inspector_app.inspection.independence import self_assessed, self_assessed_items
from inspector_app.records import Answer, Basis, SampledFile
from inspector_app.reports.flow import Para, prose
from inspector_app.reports.subject import Subject
from inspector_app.reports.texts import listed, say
from inspector_app.reports.typed import Markup


def resting_lines(subject: Subject) -> list[Para]:
    """How many answers were given together, on which bases; how many an office gave on itself.

    GAO-21-186: in an oversight review the supervising office judges its own duties.
    """
    found = batches(subject.inspection)
    lines = []
    if found:
        bases = [f"{len(batch.answers)} on {basis_words(subject, batch.basis)}" for batch in found]
        n = sum(len(batch.answers) for batch in found)
        lines.append(prose(say("together", n=n, bases=listed(bases)), after=3))
    if own := len(self_assessed_items(subject.inspection)):
        lines.append(prose(say("self-assessed", n=own), after=3))
    return lines


def marks(subject: Subject, item: Item, answer: Answer) -> list[Markup]:
    """What stands under an answer in the checklist: its shared basis, and whose judgment it is."""
    said = []
    for basis in subject.inspection.linked(answer.id, Basis):
        lots = (lot for lot in batches(subject.inspection) if lot.basis.id == basis.id)
        if any(answer.id == one.id for lot in lots for one in lot.answers):
            said.append(say("rests-on", basis=basis_words(subject, basis)))
    own = self_assessed(subject.inspection, item)
    return [*said, *([say("self-assessed-mark")] if own else [])]


def basis_words(subject: Subject, basis: Basis) -> str:
    """What answers rest on: `T-03`, `file 4 of S-1`, a paper as it was described."""
    file = subject.inspection.get(SampledFile, basis.record)
    number = subject.record_numbers.get(file.review if file else basis.record, "")
    if file and number:
        return f"file {subject.position(file)} of {number}"
    return number or f"“{basis.text.strip()}”"
