"""Forms are data: one file per agreement model and revision, with every rule about such a file."""

from functools import cache
from typing import Any

from inspector_app import canonical
from inspector_app.errors import BadInput
from inspector_app.forms.building import build
from inspector_app.forms.faults import did_you_mean
from inspector_app.forms.model import (
    Area,
    Attribute,
    Citation,
    Condition,
    Document,
    Form,
    InterviewRole,
    Item,
    NotAsked,
    SampleKind,
    Section,
    Topic,
    TourPoint,
)
from inspector_app.forms.parsing import checked_table
from inspector_app.forms.types import FindingType, finding_types
from inspector_app.paths import forms_dir

__all__ = [
    "Area",
    "Attribute",
    "Citation",
    "Condition",
    "Document",
    "FindingType",
    "Form",
    "InterviewRole",
    "Item",
    "NotAsked",
    "SampleKind",
    "Section",
    "Topic",
    "TourPoint",
    "as_json",
    "bytes_of",
    "finding_types",
    "load",
    "parse",
    "released_digests",
    "shipped",
]


def parse(data: bytes, name: str) -> Form:
    """A form, or BadInput with every fault, each with file and line."""
    raw = checked_table(data, name)
    digest = canonical.sha256(data)
    return build(raw, digest, released=digest in released_digests())


def bytes_of(form_id: str) -> bytes:
    """The file of a form that ships. BadInput, with a guess, when there is none."""
    known = sorted(path.stem for path in forms_dir().glob("*.toml"))
    if form_id not in known:
        near = did_you_mean(form_id, known)
        raise BadInput(f"There is no form “{form_id[:40]}”.{near}")
    return (forms_dir() / f"{form_id}.toml").read_bytes()


@cache
def load(form_id: str) -> Form:
    """A form that ships, by its id."""
    return parse(bytes_of(form_id), f"{form_id}.toml")


def shipped() -> list[Form]:
    """Every form that ships, by id."""
    return [load(path.stem) for path in sorted(forms_dir().glob("*.toml"))]


@cache
def released_digests() -> frozenset[str]:
    """The digests of every form file ever released: forms/RELEASED."""
    path = forms_dir() / "RELEASED"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return frozenset(line.split()[0] for line in lines if line.strip())


def as_json(form: Form) -> dict[str, Any]:
    """A form for another program: sections with items, each with its id."""
    return {
        "id": form.id,
        "title": form.title,
        "model": form.model,
        "revision": form.revision,
        "seen_from": form.seen_from.isoformat(),
        "seen_to": form.seen_to.isoformat(),
        "digest": form.digest,
        "released": form.released,
        "sections": [
            {"id": s.id, "title": s.title, "items": [_item_json(item) for item in s.items]}
            for s in form.sections
        ],
        "not_asked": [{"ref": n.ref, "reason": n.reason} for n in form.not_asked],
        "samples": {
            kind.id: [
                {"id": a.id, "label": a.label, "question": a.question} for a in kind.attributes
            ]
            for kind in form.sample_kinds
        },
        "areas": {area.id: area.title for area in form.areas},
        "interviews": {
            role.id: {"title": role.title, "topics": {t.id: t.english for t in role.topics}}
            for role in form.interview_roles
        },
    }


def _item_json(item: Item) -> dict[str, Any]:
    condition = item.shown_when
    return {
        "id": item.id,
        "question": item.question,
        "look_at": list(item.look_at),
        "evidence": list(item.evidence),
        "types": list(item.types),
        "parties": list(item.parties),
        "topic": item.topic,
        "certainty": item.certainty,
        "shown_when": {"item": condition.item, "result": list(condition.result)}
        if condition
        else None,
        "cites": [
            {"document": c.document, "section": c.section, "page": c.page, "quotation": c.quotation}
            for c in item.citations
        ],
        "digest": item.digest,
    }
