"""A form: the checklist for one revision of one agreement model, as immutable data."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from inspector_app.forms.clock import Clock


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be cited. `text_held`: its text is known here, so quotations are whole."""

    id: str
    kind: str
    title: str
    number: str
    text_held: bool
    in_force_from: date | None
    in_force_to: date | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a question was read from; `page` counts the pages of the signed copy's PDF from 1."""

    document: str
    section: str
    page: int | None
    quotation: str


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is asked only while another item's result is one of these."""

    item: str
    result: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `digest` covers what is asked, so that an answer can name its question."""

    id: str
    was: tuple[str, ...]
    question: str
    look_at: tuple[str, ...]
    evidence: tuple[str, ...]
    types: tuple[str, ...]
    parties: tuple[str, ...]
    topic: str
    verify: str
    certainty: str
    citations: tuple[Citation, ...]
    shown_when: Condition | None
    digest: str


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A requirement or a section of the agreement that this form does not ask, and why not."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A section of the agreement, with its printed heading and the topics it is about."""

    section: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What this revision says on a point in which revisions differ, in our short words."""

    topic: str
    says: str
    section: str
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """Numbers of the training clause, for the roster; None where the text has none.

    `retakes` are allowed in the whole "course" or in each "exam". `refresher_months` is a
    practice of the program and never a violation by itself (GAO-21-186).
    """

    pass_percent: int | None
    retakes: int | None
    retakes_in: str | None
    refresher_months: int | None
    authorized_months: int | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that is looked up in every file of a sample. `label` heads its column."""

    id: str
    label: str
    question: str
    item: str | None
    section: str


@dataclass(frozen=True, slots=True)
class SampleKind:
    id: str
    title: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class TourPoint:
    id: str
    text: str
    item: str | None


@dataclass(frozen=True, slots=True)
class Area:
    id: str
    title: str
    points: tuple[TourPoint, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What to ask about. The Spanish is a working translation and not official."""

    id: str
    english: str
    spanish: str | None


@dataclass(frozen=True, slots=True)
class InterviewRole:
    id: str
    title: str
    party: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Form:
    """A whole form. `digest`: SHA-256 of the file's bytes; `released`: the makers shipped it."""

    id: str
    title: str
    model: str
    revision: str
    seen_from: date
    seen_to: date
    recognized_by: tuple[str, ...]
    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    points: tuple[Point, ...]
    training: TrainingRule
    not_asked: tuple[NotAsked, ...]
    sample_kinds: tuple[SampleKind, ...]
    areas: tuple[Area, ...]
    interview_roles: tuple[InterviewRole, ...]
    digest: str
    released: bool

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the order of the form."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, id: str) -> Item:
        """The item of that id; KeyError when there is none."""
        return self._items_by_id[id]

    def section_of(self, item_id: str) -> Section:
        """The section that asks the item; KeyError when none does."""
        return self._sections_by_item[item_id]

    def document(self, id: str) -> Document:
        """The document of that id; KeyError when there is none."""
        return self._documents_by_id[id]

    @cached_property
    def clocks(self) -> dict[str, Clock]:
        """The clocks of this revision by their ids."""
        return {point.clock.id: point.clock for point in self.points if point.clock}

    def timed(self, item: Item) -> list[Point]:
        """The points with a clock whose term stands in a sentence that the item cites."""
        return [
            point
            for point in self.points
            for cite in item.citations
            if point.clock and cite.section == point.section
            if point.clock.is_stated_in(cite.quotation or "")
        ]

    @cached_property
    def _items_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _sections_by_item(self) -> dict[str, Section]:
        return {item.id: section for section in self.sections for item in section.items}

    @cached_property
    def _documents_by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}
