"""Whether what a form asks is what an agreement says: recognized, quoted, and complete."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspector_app.auditing.dividing import Division, Pages, body_lines, divided
from inspector_app.auditing.letters import best_passage, reduced, times
from inspector_app.auditing.recognizing import Likeness, fitting, likeness, nearest
from inspector_app.forms import Citation, Form, Item

__all__ = [
    "Absence",
    "Audit",
    "Control",
    "Likeness",
    "Pages",
    "audit",
    "compared",
    "fitting",
    "likeness",
    "nearest",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class Absence:
    """A clause that an item cites and the agreement does not bear out where it is cited.

    `elsewhere` is the section where the sentence does stand; `share` the part of its letters that
    the cited section has in order, from 0 to 1.
    """

    item: str
    section: str
    quotation: str
    share: float
    elsewhere: str
    twice: bool

    @property
    def why(self) -> str:
        """What is wrong, in words."""
        if self.twice:
            return "it stands there more than once"
        if self.elsewhere:
            return f"it stands in {self.elsewhere}"
        return f"only {self.share:.0%} of its letters stand there"


@dataclass(frozen=True, slots=True)
class Control:
    """A clause that another revision has and this one should not; `found`: it stands here all the
    same, so the agreement is not what it was taken for, or the form leaves a question out."""

    form: str
    item: str
    found: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """One form held against one agreement.

    `absent`: clauses not borne out. `uncited`: sections that no item cites and no reason explains.
    `strange`: headings that the form does not know. `without_heading`: sections whose heading was
    not found. `addenda`: for each addendum of the form whether this copy carries it.
    """

    form: Form
    absent: tuple[Absence, ...]
    uncited: tuple[str, ...]
    strange: tuple[str, ...]
    without_heading: tuple[str, ...]
    addenda: dict[str, bool]
    controls: tuple[Control, ...]

    @property
    def passed(self) -> bool:
        """Whether all that is asked is said, all that is said is asked, and nothing else is."""
        wrong = any(control.found for control in self.controls)
        return not (self.absent or self.uncited or self.strange or wrong)


def text_of(pages: Pages) -> str:
    """A whole agreement reduced to letters and digits, without running lines."""
    return "".join(map(reduced, body_lines(pages)))


def compared(pages: Pages, forms: Sequence[Form]) -> list[Audit]:
    """An audit for each form that the agreement is recognized as."""
    return [audit(pages, form, forms) for form in fitting(text_of(pages), forms)]


def audit(pages: Pages, form: Form, forms: Sequence[Form] = ()) -> Audit:
    """Hold one form against one agreement, page by page text from a scan or a file.

    `forms`: those of other revisions, whose own clauses must not stand in this agreement.
    """
    division = divided(pages, form.clauses)
    kinds = {document.id: document.kind for document in form.documents}
    cited = [(item, c) for item in form.items for c in item.citations]
    absent = [
        found
        for item, citation in cited
        if kinds[citation.document] == "agreement"
        for found in _absence(item, citation, division)
    ]
    return Audit(
        form,
        tuple(absent),
        tuple(_uncited(form, division)),
        division.strange,
        division.missing,
        {
            document.id: _carried(document.id, cited, division)
            for document in form.documents
            if document.kind == "addendum"
        },
        tuple(_controls(form, forms, division)),
    )


def _absence(item: Item, citation: Citation, division: Division) -> Iterator[Absence]:
    quotation = reduced(citation.quotation)
    section = division.section(citation.section)
    found = times(quotation, section)
    if found == 1 or not quotation:
        return
    elsewhere = "" if found else _elsewhere(quotation, division)
    share = best_passage(quotation, section).share
    yield Absence(item.id, citation.section, citation.quotation, share, elsewhere, twice=found > 1)


def _elsewhere(quotation: str, division: Division) -> str:
    names = [heading.clause.section for heading in division.headings]
    return next((n for n in names if best_passage(quotation, division.section(n)).same), "")


def _controls(form: Form, forms: Sequence[Form], division: Division) -> Iterator[Control]:
    """The clauses of what other revisions of the model ask and this one does not ask so."""
    questions = {item.id: item.question for item in form.items}
    own = {reduced(cited.quotation) for item in form.items for cited in item.citations}
    for other in forms:
        if other.model != form.model or other.id == form.id:
            continue
        signed = {document.id for document in other.documents if document.kind == "agreement"}
        for item in other.items:
            if questions.get(item.id) == item.question:
                continue
            for cited in item.citations:
                quotation = reduced(cited.quotation)
                if cited.document in signed and quotation not in own:
                    same = best_passage(quotation, division.text).same
                    yield Control(other.id, item.id, same)


def _uncited(form: Form, division: Division) -> Iterator[str]:
    """Sections that stand in the agreement while the form neither asks nor explains them."""
    cited = {citation.section for item in form.items for citation in item.citations}
    explained = {left.ref for left in form.not_asked}
    for heading in division.headings:
        if heading.clause.section not in cited | explained:
            yield heading.clause.section


def _carried(document: str, cited: Sequence[tuple[Item, Citation]], division: Division) -> bool:
    quotations = [reduced(c.quotation) for _, c in cited if c.document == document]
    return any(best_passage(quotation, division.text).same for quotation in quotations)
