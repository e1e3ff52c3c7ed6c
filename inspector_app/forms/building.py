"""From a checked table to a Form."""

from dataclasses import fields
from typing import Any

from inspector_app import canonical
from inspector_app.forms.clock import Clock
from inspector_app.forms.model import (
    Area,
    Attribute,
    Citation,
    Clause,
    Condition,
    Document,
    Form,
    InterviewRole,
    Item,
    NotAsked,
    Point,
    SampleKind,
    Section,
    Topic,
    TourPoint,
    TrainingRule,
)

Table = dict[str, Any]


def build(raw: Table, digest: str, *, released: bool) -> Form:
    """The form that a table says, once it is known to be without faults."""
    rule = raw.get("training", {})
    return Form(
        id=raw["id"],
        title=raw["title"],
        model=raw["model"],
        revision=raw["revision"],
        seen_from=raw["seen_from"],
        seen_to=raw["seen_to"],
        recognized_by=tuple(raw["recognized_by"]),
        documents=tuple(map(_document, raw["document"])),
        sections=tuple(map(_section, raw["section"])),
        clauses=tuple(
            Clause(t["section"], t["title"], tuple(t["topics"])) for t in raw.get("clause", ())
        ),
        points=tuple(map(_point, raw.get("point", ()))),
        training=TrainingRule(**{f.name: rule.get(f.name) for f in fields(TrainingRule)}),
        not_asked=tuple(NotAsked(t["ref"], t["reason"]) for t in raw.get("not_asked", ())),
        sample_kinds=tuple(map(_sample, raw.get("sample", ()))),
        areas=tuple(map(_area, raw.get("area", ()))),
        interview_roles=tuple(map(_interview, raw.get("interview", ()))),
        digest=digest,
        released=released,
    )


def _document(raw: Table) -> Document:
    return Document(
        raw["id"],
        raw["kind"],
        raw["title"],
        raw["number"],
        raw["text"] == "held",
        raw.get("in_force_from"),
        raw.get("in_force_to"),
    )


def _section(raw: Table) -> Section:
    return Section(raw["id"], raw["title"], tuple(map(_item, raw["item"])))


def _item(raw: Table) -> Item:
    condition = raw.get("shown_when")
    citations = tuple(
        Citation(c["document"], c["section"], c.get("page"), c["quotation"]) for c in raw["cites"]
    )
    return Item(
        id=raw["id"],
        was=tuple(raw.get("was", ())),
        question=raw["question"],
        look_at=tuple(raw["look_at"]),
        evidence=tuple(raw["evidence"]),
        types=tuple(raw["types"]),
        parties=tuple(raw["parties"]),
        topic=raw["topic"],
        verify=raw["verify"],
        certainty=raw.get("certainty", "seen"),
        citations=citations,
        shown_when=Condition(condition["item"], tuple(condition["result"])) if condition else None,
        digest=question_digest(raw["question"], raw["look_at"], citations),
    )


def question_digest(question: str, look_at: list[str], citations: tuple[Citation, ...]) -> str:
    """SHA-256 over what is asked: question, what to look at, clauses; not over types or parties."""
    asked: canonical.Value = {
        "question": question,
        "look_at": [*look_at],
        "cites": [[c.document, c.section, c.quotation] for c in citations],
    }
    return canonical.sha256(canonical.encode(asked))


def _point(raw: Table) -> Point:
    clock = raw.get("clock")
    return Point(raw["topic"], raw["says"], raw["section"], _clock(clock) if clock else None)


def _clock(raw: Table) -> Clock:
    units = {unit: raw.get(unit) for unit in ("hours", "days", "months")}
    return Clock(
        raw["id"], **units, weekends=raw.get("weekends", "counted"), binding=raw["binding"]
    )


def _sample(raw: Table) -> SampleKind:
    attributes = tuple(
        Attribute(a["id"], a["label"], a["question"], a.get("item"), a.get("section", ""))
        for a in raw["attribute"]
    )
    return SampleKind(raw["id"], raw["title"], attributes)


def _area(raw: Table) -> Area:
    points = tuple(TourPoint(p["id"], p["text"], p.get("item")) for p in raw["point"])
    return Area(raw["id"], raw["title"], points)


def _interview(raw: Table) -> InterviewRole:
    topics = tuple(Topic(t["id"], t["english"], t.get("spanish")) for t in raw["topic"])
    return InterviewRole(raw["id"], raw["title"], raw["party"], topics)
