"""From a form file's bytes to a table that is without fault, or to all of its faults at once."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.forms.faults import Faults, Place, did_you_mean
from inspector_app.forms.types import finding_types

MAX_BYTES = 4 * 1024 * 1024
MIN_QUOTED_WORDS = 8
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Key:
    """What a key of a table may hold."""

    holds: type[Any]
    needed: bool = True
    one_of: tuple[str, ...] = ()
    of: type[Any] = object


_TEXT, _ID_KEY = Key(str), Key(str)
_MAYBE = Key(str, needed=False)
_TEXTS = Key(list, of=str)
_MAYBE_TEXTS = Key(list, needed=False, of=str)
_DAY, _MAYBE_DAY = Key(date), Key(date, needed=False)
_TABLES = Key(list, of=dict)
_MAYBE_TABLES = Key(list, needed=False, of=dict)
_RESULTS = ("met", "not-met", "not-applicable", "could-not-assess")
_PARTIES = ("lea-officers", "lea-management", "ice-field-supervisor", "ice-field-office")
_TOPICS = (
    *("AUT", "NOM", "TRA", "CER", "CRE", "IT", "SUP"),
    *("INT", "CIV", "COM", "MTG", "REL", "PRO", "USC", "DET"),
)

SHAPES: dict[str, dict[str, Key]] = {
    "form": {
        "id": _ID_KEY,
        "title": _TEXT,
        "model": Key(str, one_of=("JEM", "WSO", "TFM")),
        "revision": _TEXT,
        "seen_from": _DAY,
        "seen_to": _DAY,
        "recognized_by": _TEXTS,
        "document": _TABLES,
        "section": _TABLES,
        "not_asked": _MAYBE_TABLES,
        "sample": _MAYBE_TABLES,
        "area": _MAYBE_TABLES,
        "interview": _MAYBE_TABLES,
    },
    "document": {
        "id": _ID_KEY,
        "kind": Key(str, one_of=("agreement", "policy", "regulation", "report")),
        "title": _TEXT,
        "number": _MAYBE,
        "text": Key(str, one_of=("held", "not-held")),
        "in_force_from": _MAYBE_DAY,
        "in_force_to": _MAYBE_DAY,
    },
    "section": {"id": _ID_KEY, "title": _TEXT, "item": _TABLES},
    "item": {
        "id": _ID_KEY,
        "was": _MAYBE_TEXTS,
        "question": _TEXT,
        "look_at": _TEXTS,
        "evidence": Key(list, of=str, one_of=("saw", "read", "told")),
        "types": Key(list, of=str),
        "parties": Key(list, of=str, one_of=_PARTIES),
        "topic": Key(str, one_of=_TOPICS),
        "verify": Key(str, one_of=("desk", "site")),
        "certainty": Key(str, False, ("seen", "seed", "unverified")),
        "shown_when": Key(dict, needed=False),
        "cites": _TABLES,
    },
    "cites": {
        "document": _TEXT,
        "section": _MAYBE,
        "page": Key(int, needed=False),
        "quotation": _MAYBE,
    },
    "shown_when": {"item": _TEXT, "result": Key(list, of=str, one_of=_RESULTS)},
    "not_asked": {"ref": _TEXT, "reason": _TEXT},
    "sample": {"id": _ID_KEY, "title": _TEXT, "attribute": _TABLES},
    "attribute": {
        "id": _ID_KEY,
        "label": _TEXT,
        "question": _TEXT,
        "item": _MAYBE,
        "section": _MAYBE,
    },
    "area": {"id": _ID_KEY, "title": _TEXT, "point": _TABLES},
    "point": {"id": _ID_KEY, "text": _TEXT, "item": _MAYBE},
    "interview": {
        "id": _ID_KEY,
        "title": _TEXT,
        "party": Key(str, one_of=("lea", "ice", "detainee", "other")),
        "topic": _TABLES,
    },
    "topic": {"id": _ID_KEY, "english": _TEXT, "spanish": _MAYBE},
}
_INNER = {
    "form": ("document", "section", "not_asked", "sample", "area", "interview"),
    "section": ("item",),
    "sample": ("attribute",),
    "area": ("point",),
    "interview": ("topic",),
}


def checked_table(data: bytes, name: str) -> dict[str, Any]:
    """A form's table, or BadInput with every fault, each with file and line."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"The form {name} is larger than a form may be.")
    try:
        text = data.decode("utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError:
        raise BadInput(f"The form {name} is not UTF-8 text.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"The form {name} is not TOML.", [f"{name}: {error}"]) from None
    faults = Faults(name, text)
    check = _Check(faults)
    check.table("form", raw, (), "form")
    faults.raise_any()
    for rule in _RULES:
        rule(raw, faults)
    faults.raise_any()
    return raw


class _Check:
    """Keys and types, table by table, as `SHAPES` says."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def table(self, shape: str, raw: dict[str, Any], place: Place, key: str) -> None:
        keys = SHAPES[shape]
        for name in raw.keys() - keys.keys():
            near = did_you_mean(name, list(keys))
            self._faults.add(place, name, f"There is no key “{name[:40]}” in {key}.{near}")
        for name, wanted in keys.items():
            if name in raw:
                self._value(shape, name, wanted, raw, place)
            elif wanted.needed:
                self._faults.add(place, "", f"The key “{name}” is missing in {key}.")

    def _value(self, shape: str, name: str, wanted: Key, raw: dict[str, Any], place: Place) -> None:
        value: Any = raw[name]
        if type(value) is not wanted.holds or (
            wanted.holds is list and not all(isinstance(part, wanted.of) for part in value)
        ):
            self._faults.add(place, name, f"“{name}” must be {_words(wanted)}.")
            return
        if wanted.holds is str and wanted.needed and not value.strip():
            self._faults.add(place, name, f"“{name}” is empty.")
        words: list[str] = [value] if wanted.holds is str else value if wanted.of is str else []
        for word in words:
            if wanted.one_of and word not in wanted.one_of:
                near = did_you_mean(word, list(wanted.one_of))
                self._faults.add(place, name, f"“{word[:40]}” is no {name}.{near}")
        self._inside(shape, name, value, place)

    def _inside(self, shape: str, name: str, value: Any, place: Place) -> None:
        if name in _INNER.get(shape, ()):
            for at, part in enumerate(value):
                self.table(name, part, (*place, (name, at)), f"a {name}")
        elif shape == "item" and name == "cites":
            for part in value:
                self._within(place, "cites", part)
        elif name == "shown_when":
            self._within(place, "shown_when", value)

    def _within(self, place: Place, shape: str, raw: dict[str, Any]) -> None:
        """Inline tables have no line of their own: their faults are told at their key."""
        inner = Faults("", "")
        _Check(inner).table(shape, raw, (), shape)
        for sentence in inner.sentences():
            self._faults.add(place, shape, sentence)


def _words(wanted: Key) -> str:
    names = {str: "a text", int: "a whole number", date: "a day", dict: "a table"}
    if wanted.holds is list:
        return "a list of texts" if wanted.of is str else "a list of tables"
    return names[wanted.holds]


# -- rules that look at several tables -----------------------------------------------------------


def _placed(raw: dict[str, Any], *names: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every table of a path such as ("section", "item"), with its place."""
    tables: list[tuple[Place, dict[str, Any]]] = [((), raw)]
    for name in names:
        tables = [
            ((*place, (name, at)), part)
            for place, table in tables
            for at, part in enumerate(table.get(name, ()))
        ]
    yield from tables


def _ids(raw: dict[str, Any], faults: Faults) -> None:
    paths = [("document",), ("section",), ("section", "item"), ("sample",), ("area",)]
    for path in [*paths, ("interview",)]:
        _unique(_placed(raw, *path), path[-1], faults)
    for outer, inner in (("sample", "attribute"), ("area", "point"), ("interview", "topic")):
        for at, table in enumerate(raw.get(outer, ())):
            parts = (
                (((outer, at), (inner, n)), part) for n, part in enumerate(table.get(inner, ()))
            )
            _unique(parts, inner, faults)


def _unique(tables: "Iterator[tuple[Place, dict[str, Any]]]", what: str, faults: Faults) -> None:
    seen: set[str] = set()
    for place, table in tables:
        id = table["id"]
        if not _ID.fullmatch(id):
            faults.add(place, "id", f"“{id[:40]}” is no id: small letters, digits and dashes.")
        if id in seen:
            faults.add(place, "id", f"There are two of {what} “{id}”.")
        seen.add(id)


def _items(raw: dict[str, Any], faults: Faults) -> None:
    ids = [item["id"] for _, item in _placed(raw, "section", "item")]
    documents = {d["id"]: d for d in raw["document"]}
    for place, item in _placed(raw, "section", "item"):
        if not item["question"].rstrip().endswith("?"):
            faults.add(place, "question", "A question ends with a question mark.")
        if not any(line.rstrip().endswith(".") for line in item["look_at"]):
            faults.add(place, "look_at", "What to look at needs a full sentence.")
        for code in item["types"]:
            if code not in finding_types():
                near = did_you_mean(code, list(finding_types()))
                faults.add(place, "types", f"“{code[:40]}” is no type of finding.{near}")
        for old in item.get("was", ()):
            if old in ids:
                faults.add(place, "was", f"The earlier id “{old}” is in use.")
        if not item["cites"]:
            faults.add(place, "cites", "An item cites where it was read.")
        for cite in item["cites"]:
            _citation(place, cite, documents, faults)


def _citation(
    place: Place, cite: dict[str, Any], documents: dict[str, Any], faults: Faults
) -> None:
    document = documents.get(cite["document"])
    if document is None:
        near = did_you_mean(cite["document"], list(documents))
        faults.add(place, "cites", f"The document “{cite['document'][:40]}” is not declared.{near}")
    elif document["text"] == "held" and len(cite.get("quotation", "").split()) < MIN_QUOTED_WORDS:
        faults.add(place, "cites", f"A quotation has at least {MIN_QUOTED_WORDS} words.")


def _conditions(raw: dict[str, Any], faults: Faults) -> None:
    parents = {
        item["id"]: item["shown_when"]["item"]
        for _, item in _placed(raw, "section", "item")
        if "shown_when" in item
    }
    ids = [item["id"] for _, item in _placed(raw, "section", "item")]
    for place, item in _placed(raw, "section", "item"):
        parent = parents.get(item["id"])
        if parent is not None and parent not in ids:
            near = did_you_mean(parent, ids)
            faults.add(place, "shown_when", f"There is no item “{parent[:40]}”.{near}")
        elif parent is not None and _circular(item["id"], parents):
            faults.add(place, "shown_when", "The item depends on itself, in a circle.")


def _circular(id: str, parents: dict[str, str]) -> bool:
    seen = {id}
    while (id := parents.get(id, "")) and id not in seen:
        seen.add(id)
    return bool(id)


def _references(raw: dict[str, Any], faults: Faults) -> None:
    ids = [item["id"] for _, item in _placed(raw, "section", "item")]
    for path in (("sample", "attribute"), ("area", "point")):
        for place, table in _placed(raw, *path):
            item = table.get("item", "")
            if item and item not in ids:
                near = did_you_mean(item, ids)
                faults.add(place, "item", f"There is no item “{item[:40]}”.{near}")
    if raw["seen_to"] < raw["seen_from"]:
        faults.add((), "seen_to", "“seen_to” is before “seen_from”.")


_RULES: tuple[Callable[[dict[str, Any], Faults], None], ...] = (
    _ids,
    _items,
    _conditions,
    _references,
)
