"""Which keys a form file has and what each may hold: the whole grammar, as one table."""

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


class Kind(Enum):
    """What a key holds, as a person would say it."""

    TEXT = "a text"
    NUMBER = "a whole number from 1"
    DAY = "a day such as 2025-02-15"
    TEXTS = "a list of texts"
    TABLE = "a table"
    TABLES = "a list of tables"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `some`: may not be empty. `one_of`: the words allowed. `inside`: its tables."""

    kind: Kind
    needed: bool = True
    some: bool = True
    one_of: tuple[str, ...] = ()
    inside: "Shape" = field(default_factory=dict)


Shape: TypeAlias = dict[str, Key]

_TEXT = Key(Kind.TEXT)
_TEXT_OR_EMPTY = Key(Kind.TEXT, some=False)
_MAYBE_TEXT = Key(Kind.TEXT, needed=False)
_TEXTS = Key(Kind.TEXTS)
_MAYBE_NUMBER = Key(Kind.NUMBER, needed=False)
_DAY = Key(Kind.DAY)
_MAYBE_DAY = Key(Kind.DAY, needed=False)


def _word(*one_of: str, needed: bool = True) -> Key:
    return Key(Kind.TEXT, needed, one_of=one_of)


def _words(*one_of: str) -> Key:
    return Key(Kind.TEXTS, one_of=one_of)


def _tables(inside: Shape, *, needed: bool = True) -> Key:
    return Key(Kind.TABLES, needed, some=needed, inside=inside)


_TOPICS = (
    *("AUT", "NOM", "TRA", "CER", "CRE", "IT", "SUP"),
    *("INT", "CIV", "COM", "MTG", "REL", "PRO", "USC", "DET"),
)

_DOCUMENT: Shape = {
    "id": _TEXT,
    "kind": _word("agreement", "addendum", "policy", "regulation", "report"),
    "title": _TEXT,
    "number": _TEXT_OR_EMPTY,
    "text": _word("held", "not-held"),
    "in_force_from": _MAYBE_DAY,
    "in_force_to": _MAYBE_DAY,
}

_CITATION: Shape = {
    "document": _TEXT,
    "section": _TEXT_OR_EMPTY,
    "page": _MAYBE_NUMBER,
    "quotation": _TEXT_OR_EMPTY,
}

_CONDITION: Shape = {
    "item": _TEXT,
    "result": _words("met", "not-met", "not-applicable", "could-not-assess"),
}

_ITEM: Shape = {
    "id": _TEXT,
    "was": Key(Kind.TEXTS, needed=False, some=False),
    "question": _TEXT,
    "look_at": _TEXTS,
    "evidence": _words("saw", "read", "told"),
    "types": Key(Kind.TEXTS, some=False),
    "parties": _words("lea-officers", "lea-management", "ice-field-supervisor", "ice-field-office"),
    "topic": _word(*_TOPICS),
    "verify": _word("desk", "site"),
    "certainty": _word("seen", "seed", "unverified", needed=False),
    "shown_when": Key(Kind.TABLE, needed=False, inside=_CONDITION),
    "cites": _tables(_CITATION),
}

_ATTRIBUTE: Shape = {
    "id": _TEXT,
    "label": _TEXT,
    "question": _TEXT,
    "item": _MAYBE_TEXT,
    "section": _MAYBE_TEXT,
}

_POINT: Shape = {"id": _TEXT, "text": _TEXT, "item": _MAYBE_TEXT}

_TOPIC: Shape = {"id": _TEXT, "english": _TEXT, "spanish": _MAYBE_TEXT}

_INTERVIEW: Shape = {
    "id": _TEXT,
    "title": _TEXT,
    "party": _word("lea", "ice", "detainee", "other"),
    "topic": _tables(_TOPIC),
}

_CLOCK: Shape = {
    "id": _TEXT,
    **dict.fromkeys(("hours", "days", "months"), _MAYBE_NUMBER),
    "weekends": _word("counted", "excluded", needed=False),
    "binding": _word("hard", "generally"),
}

_POINT_OF_TEXT: Shape = {
    "topic": _TEXT,
    "says": _TEXT,
    "section": _TEXT_OR_EMPTY,
    "clock": Key(Kind.TABLE, needed=False, inside=_CLOCK),
}

_TRAINING: Shape = {
    "pass_percent": _MAYBE_NUMBER,
    "retakes": _MAYBE_NUMBER,
    "retakes_in": _word("course", "exam", needed=False),
    "refresher_months": _MAYBE_NUMBER,
    "authorized_months": _MAYBE_NUMBER,
}

FORM: Shape = {
    "id": _TEXT,
    "title": _TEXT,
    "model": _word("JEM", "WSO", "TFM"),
    "revision": _TEXT,
    "seen_from": _DAY,
    "seen_to": _DAY,
    "recognized_by": Key(Kind.TEXTS, some=False),
    "document": _tables(_DOCUMENT),
    "section": _tables({"id": _TEXT, "title": _TEXT, "item": _tables(_ITEM)}),
    "clause": _tables(
        {"section": _TEXT, "title": _TEXT, "topics": Key(Kind.TEXTS, some=False)}, needed=False
    ),
    "point": _tables(_POINT_OF_TEXT, needed=False),
    "training": Key(Kind.TABLE, needed=False, some=False, inside=_TRAINING),
    "not_asked": _tables({"ref": _TEXT, "reason": _TEXT}, needed=False),
    "sample": _tables(
        {"id": _TEXT, "title": _TEXT, "attribute": _tables(_ATTRIBUTE)}, needed=False
    ),
    "area": _tables({"id": _TEXT, "title": _TEXT, "point": _tables(_POINT)}, needed=False),
    "interview": _tables(_INTERVIEW, needed=False),
}
