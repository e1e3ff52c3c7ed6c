"""The document request list: what the agency and ICE should have ready, with boxes to tick.

Its numbers, R-1 and on, follow the checklist alone, so that they stay the same during a visit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from reportlab.platypus import Flowable

from inspector_app.forms import Item, SampleKind
from inspector_app.inspection.counting import side
from inspector_app.records import DocumentReview
from inspector_app.reports import style
from inspector_app.reports.flow import labelled, para, prose, room_for
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.tables import Cell, Column, Grid, Row, group, head
from inspector_app.reports.texts import entry, label, listed, say, title, word
from inspector_app.reports.typed import Markup, strong, text

_BOX = 9.0


@dataclass(frozen=True)
class Request:
    """One line of the list. `state`: `open`, `done`, or `unasked` while its item is not asked."""

    number: str
    part: str
    asked: Markup
    section: str
    party: str
    period: Markup
    state: str

    @property
    def open(self) -> bool:
        """Whether what it asks for has not been examined or answered yet."""
        return self.state == "open"


def requests(subject: Subject) -> list[Request]:
    """A list for each kind of sample, then papers for each item that is answered by reading.

    Items that hang on another answer are asked for too: before the visit none is given.
    """
    form = subject.inspection.form
    made = [partial(_of_kind, subject, kind=kind) for kind in form.sample_kinds]
    made += [
        partial(_of_item, subject, part=section.title, item=item)
        for section in form.sections
        for item in section.items
        if "read" in item.evidence
    ]
    return [request(number=f"R-{n}") for n, request in enumerate(made, 1)]


def story(subject: Subject) -> Story:
    """What is asked for, by when and of whom; then the table."""
    found = requests(subject)
    return [
        *labelled(label("purpose"), prose(say("request-purpose")), before=4),
        *labelled(label("ready-by"), prose(_ready_by(subject))),
        *labelled(label("how-to-send"), prose(_how_to_send(subject))),
        room_for(120),
        para(title("requests"), "table-title", "H2", before=16, after=3),
        *_table(found),
    ]


def _ready_by(subject: Subject) -> Markup:
    day = subject.inspection.visit.first_day
    return say("request-ready", date=on_day(day)) if day else say("request-ready-open")


def _how_to_send(subject: Subject) -> Markup:
    leads = [member.name.strip() for member in subject.team if member.lead and member.name.strip()]
    names = listed(leads) or str(entry("text", "request-lead-unknown"))
    return say("request-send", lead=names, office=subject.spec.office)


# -- the lines -------------------------------------------------------------------------------


def _of_kind(subject: Subject, number: str, kind: SampleKind) -> Request:
    reviews = [r for r in subject.inspection.all(DocumentReview) if r.sample_kind == kind.id]
    periods = [review.period.strip() for review in reviews if review.period.strip()]
    items = {item.id: item for item in subject.inspection.form.items}
    asked = [items[a.item] for a in kind.attributes if a.item in items]
    return Request(
        number=number,
        part=str(entry("heading", "request-samples")),
        asked=say("request-sample", title=kind.title),
        section=_sections(attribute.section for attribute in kind.attributes),
        party=side(list(dict.fromkeys(party for item in asked for party in item.parties))),
        period=text("; ".join(periods)) if periods else say("request-period-open"),
        state="done" if reviews and all(_examined(subject, r) for r in reviews) else "open",
    )


def _examined(subject: Subject, review: DocumentReview) -> bool:
    files = subject.inspection.files_of(review.id)
    return bool(files) and all(map(subject.inspection.examined, files))


def _of_item(subject: Subject, number: str, part: str, item: Item) -> Request:
    day = subject.inspection.visit.first_day
    return Request(
        number=number,
        part=part,
        asked=text(item.question),
        section=_sections(citation.section for citation in item.citations),
        party=side(list(item.parties)),
        period=say("request-as-of", date=on_day(day)) if day else say("request-as-of-visit"),
        state=_state_of(subject, item),
    )


def _state_of(subject: Subject, item: Item) -> str:
    if not subject.inspection.shown(item):
        return "unasked"
    return "open" if subject.result_of(item) == "open" else "done"


def _sections(sections: Iterable[str]) -> str:
    """Each section once, with short names for the appendices."""
    short = (section.replace("Appendix ", "App.\u00a0") for section in sections if section)
    return ", ".join(dict.fromkeys(short)) or "–"


# -- the table -------------------------------------------------------------------------------


def _table(found: list[Request]) -> Story:
    if not found:
        return [prose(say("none"))]
    wide = (34, 34, 200, 72, 44, 72)
    columns = [*(Column(each, 14 if each == max(wide) else 10) for each in wide), Column(48, 0)]
    names = ("ready", "number", "request", "section", "from", "period", "request-state")
    rows = [head(columns, *map(label, names))]
    part = ""
    for request in found:
        rows += [group(text(request.part))] if request.part != part else []
        rows.append(_row(request))
        part = request.part
    return [Grid(columns, rows)]


def _row(request: Request) -> Row:
    return Row(
        (
            Cell(Box()),
            Cell(para(strong(text(request.number)), "cell")),
            Cell(para(request.asked, "cell")),
            Cell(para(text(request.section), "cell-quiet")),
            Cell(para(text(word("party-short", request.party)), "cell")),
            Cell(para(request.period, "cell-quiet")),
            Cell(para(_state(request), "cell")),
        )
    )


def _state(request: Request) -> Markup:
    """Open stands out: that is what is still to be had."""
    words = text(word("request-state", request.state))
    return strong(words) if request.open else words


class Box(Flowable):  # type: ignore[misc]  # reportlab has no types
    """An empty box to tick by hand, read aloud as one."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = _BOX, _BOX + 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        return self.width, self.height

    def draw(self) -> None:
        words = str(entry("label", "box"))
        with self.canv.figure(words, _BOX, _BOX):
            self.canv.setStrokeColor(style.INK)
            self.canv.setLineWidth(0.8)
            self.canv.rect(0.4, 0.4, _BOX - 0.8, _BOX - 0.8, stroke=1, fill=0)
