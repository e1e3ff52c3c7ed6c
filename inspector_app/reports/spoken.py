"""Passages in Spanish: paragraphs that tell a screen reader how to pronounce them.

Section 508 (PDF/UA-1, 7.2) asks for the language of each passage that is not in the document's.
Which text is Spanish is recorded by a person or by the field; nothing guesses it.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from inspector_app.records import Interview
from inspector_app.reports import style
from inspector_app.reports.flow import Para
from inspector_app.reports.subject import Subject
from inspector_app.reports.typed import Markup, Spanish

SPANISH, SPANISH_CODE = "es-US", "es"
"""In the file, and as a record has it."""


class SpanishPara(Para):
    """A paragraph in Spanish; what a page break splits off is one too."""

    def draw(self) -> None:
        super().draw()
        if element := self.part.element_in(self.canv.structure):
            element.lang = SPANISH


def passage(markup: Markup, name: str = "body", *, in_text: bool = False) -> Para:
    """A paragraph in the language of its text."""
    styling = style.indented(name) if in_text else style.STYLES[name]
    return (SpanishPara if isinstance(markup, Spanish) else Para)(markup, styling)


def is_spanish(subject: Subject, record: str, field: str) -> bool:
    """Whether a person, or the field itself, says that this text is Spanish."""
    name, _, key = field.partition(".")
    if name == "poster":
        return key == SPANISH_CODE
    interview = subject.inspection.get(Interview, record) if name == "quotes" else None
    return bool(interview and interview.quoted_in.get(key) == SPANISH_CODE)


class Stack(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Paragraphs in one cell of a table, one under the other."""

    def __init__(self, said: Sequence[Para]) -> None:
        super().__init__()
        self.said = tuple(said)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        self.width = aW
        self.height = sum(part.wrap(aW, 1e6)[1] for part in self.said)
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        self.wrap(aW, 1e6)
        above = 0.0
        for place, part in enumerate(self.said):
            if above + part.height > aH:
                return self._cut(place, part.split(aW, aH - above))
            above += part.height
        return [self]

    def _cut(self, place: int, pieces: list[Para]) -> list[Flowable]:
        """In two within this paragraph, or before it where nothing of it fits."""
        before, after = self.said[:place], self.said[place + 1 :]
        if len(pieces) < 2:
            return [Stack(before), Stack(self.said[place:])] if before else []
        return [Stack([*before, pieces[0]]), Stack([*pieces[1:], *after])]

    def draw(self) -> None:
        top = self.height
        for part in self.said:
            top -= part.height
            part.drawOn(self.canv, 0, top)
