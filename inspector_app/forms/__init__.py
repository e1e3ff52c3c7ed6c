"""Forms are data: one file per agreement model and revision, with every rule about such a file."""

from functools import cache, lru_cache

from inspector_app import canonical
from inspector_app.errors import BadInput
from inspector_app.forms.building import build
from inspector_app.forms.clock import Clock
from inspector_app.forms.faults import did_you_mean, quoted
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
from inspector_app.forms.parsing import checked_table
from inspector_app.forms.showing import as_json
from inspector_app.forms.types import FindingType, finding_types
from inspector_app.paths import forms_dir

__all__ = [
    "Area",
    "Attribute",
    "Citation",
    "Clause",
    "Clock",
    "Condition",
    "Document",
    "FindingType",
    "Form",
    "InterviewRole",
    "Item",
    "NotAsked",
    "Point",
    "SampleKind",
    "Section",
    "Topic",
    "TourPoint",
    "TrainingRule",
    "as_json",
    "bytes_of",
    "finding_types",
    "load",
    "parse",
    "released_digests",
    "shipped",
]


@lru_cache(maxsize=16)
def parse(data: bytes, name: str) -> Form:
    """A form, or BadInput with every fault, each with file and line."""
    raw = checked_table(data, name)
    digest = canonical.sha256(data)
    return build(raw, digest, released=digest in released_digests())


def bytes_of(form_id: str) -> bytes:
    """The file of a form that ships. BadInput, with a guess, when there is none."""
    known = _shipped_ids()
    if form_id not in known:
        guess = did_you_mean(form_id, known)
        raise BadInput(f"There is no form {quoted(form_id)}.{guess}")
    return (forms_dir() / f"{form_id}.toml").read_bytes()


@cache
def load(form_id: str) -> Form:
    """A form that ships, by its id. BadInput when there is none, or when it has faults."""
    return parse(bytes_of(form_id), f"{form_id}.toml")


def shipped() -> list[Form]:
    """Every form that ships, by id; each file is read once in the life of the program."""
    return [load(form_id) for form_id in _shipped_ids()]


def _shipped_ids() -> list[str]:
    return sorted(path.stem for path in forms_dir().glob("*.toml"))


@cache
def released_digests() -> frozenset[str]:
    """The digests of every form file ever released: forms/RELEASED, lines of digest and id."""
    path = forms_dir() / "RELEASED"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return frozenset(line.split()[0] for line in lines if line.strip())
