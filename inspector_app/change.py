"""A change: the only thing a person ever writes, and how its bytes are spelled.

A change says who set which fields of which records, when, and which changes' values the author
was looking at (`replaces`). It is immutable; its id is the SHA-256 of its bytes, it names its
author's previous change and it is signed. See docs/format.md, "Change".
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import Any

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.errors import BadInput, NewerVersion
from inspector_app.moments import Moment

FORMAT = 1
ABOUT = "about:log"

_CHANGE_FIELDS = {"format", "log", "author", "previous", "at", "gesture", "label", "edits"}
_EDIT_FIELDS = {"record", "field", "value", "replaces"}
_MAX_NAME = 300

Slot = tuple[str, str]
"""A record's id and the name of one of its fields: the unit that is set, replaced and disputed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One field set to one value; None takes the value away."""

    record: str
    field: str
    value: Value
    replaces: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        return self.record, self.field


@dataclass(frozen=True, slots=True)
class Change:
    """One act of one person, with the bytes that its id and signature cover."""

    id: str
    log: str
    author: str
    previous: str | None
    at: str
    gesture: str
    label: str
    edits: tuple[Edit, ...]
    body: bytes = field(repr=False)
    instant: datetime = field(repr=False)
    """When the author's clock claimed that it was, in UTC. Orders lists; decides nothing."""
    signature: bytes = field(repr=False, default=b"")

    @property
    def is_first(self) -> bool:
        """Whether this change founds its log; its body names no log."""
        return self.log == self.id

    @property
    def parents(self) -> list[str]:
        """What must be here first; every change but the first also needs its log's first change."""
        found = [id for edit in self.edits for id in edit.replaces]
        if self.previous:
            found.append(self.previous)
        if not self.is_first:
            found.append(self.log)
        return found

    def edit_of(self, slot: Slot) -> Edit | None:
        record, name = slot
        for edit in self.edits:
            if edit.record == record and edit.field == name:
                return edit
        return None


def compose(
    *,
    log: str | None,
    author: str,
    previous: str | None,
    at: Moment,
    gesture: str,
    label: str,
    edits: Iterable[Edit],
) -> Change:
    """A new, unsigned change. BadInput when it would be longer than a change may be."""
    body: dict[str, Value] = {
        "format": FORMAT,
        "log": log,
        "author": author,
        "previous": previous,
        "at": str(at),
        "gesture": gesture,
        "label": label,
        "edits": [
            {
                "record": edit.record,
                "field": edit.field,
                "value": edit.value,
                "replaces": [*sorted(edit.replaces)],
            }
            for edit in edits
        ],
    }
    return read_change(canonical.encode(body), b"")


def read_change(body: bytes, signature: bytes) -> Change:
    """A change from its bytes, from whatever source. BadInput for anything but the exact form."""
    return _read(canonical.decode(body), body, signature)


def read_kept_change(body: bytes, signature: bytes) -> Change:
    """A change from this workspace's own store, where only checked ones come in.

    Its form was checked then; its hash, its chain and the newest signature are checked by whoever
    folds the log, and they hold only for these bytes.
    """
    raw: Any = canonical.decode_kept(body)
    try:
        edits = tuple(map(_edit, raw["edits"]))
        return _made(raw, edits, Moment.kept_instant(raw["at"]), body, signature)
    except (KeyError, TypeError, ValueError):
        raise BadInput("A kept change is not a change: the store is damaged.") from None


def _read(raw: Any, body: bytes, signature: bytes) -> Change:
    if not isinstance(raw, dict):
        raise BadInput("A change is not an object.")
    if type(number := raw.get("format")) is int and number > FORMAT:
        raise NewerVersion("A change was written by a newer version of this program.")
    _require(type(number) is int and number == FORMAT, "is of no format")
    _require(raw.keys() == _CHANGE_FIELDS, "has other fields than a change has")
    return _typed_change(raw, body, signature)


def _typed_change(raw: dict[str, Any], body: bytes, signature: bytes) -> Change:
    log, previous = raw["log"], raw["previous"]
    _require(log is None or canonical.is_hex(log), "names a log that cannot be one")
    _require(canonical.is_hex(raw["author"]), "names an author that cannot be one")
    _require(
        previous is None or canonical.is_hex(previous), "names a previous change that cannot be one"
    )
    _require(log is not None or previous is None, "founds a log and yet follows another change")
    _require(_is_name(raw["gesture"]), "has no gesture")
    _require(isinstance(raw["label"], str), "has a label that is not text")
    _require(isinstance(raw["at"], str), "has a moment that is not text")
    instant = Moment.parse(raw["at"]).instant
    edits = _typed_edits(raw["edits"])
    says_what_it_is = any(edit.record == ABOUT for edit in edits)
    _require(log is not None or says_what_it_is, "founds a log and says nothing about it")
    _require(log is None or not says_what_it_is, "alters what a log is for ever")
    return _made(raw, edits, instant, body, signature)


def _made(
    raw: dict[str, Any], edits: tuple[Edit, ...], instant: datetime, body: bytes, signature: bytes
) -> Change:
    """What many changes say in the same words is kept in memory once."""
    id = canonical.sha256(body)
    log, author, label = intern(raw["log"] or id), intern(raw["author"]), intern(raw["label"])
    previous, at, gesture = raw["previous"], raw["at"], raw["gesture"]
    return Change(id, log, author, previous, at, gesture, label, edits, body, instant, signature)


def _typed_edits(raw: Any) -> tuple[Edit, ...]:
    _require(isinstance(raw, list) and bool(raw), "has no edits")
    edits = tuple(_typed_edit(part) for part in raw)
    _require(len({edit.slot for edit in edits}) == len(edits), "sets one field twice")
    return edits


def _typed_edit(raw: Any) -> Edit:
    _require(isinstance(raw, dict) and raw.keys() == _EDIT_FIELDS, "has an edit of another shape")
    _require(_is_name(raw["record"]) and _is_name(raw["field"]), "names no record or field")
    replaces = raw["replaces"]
    _require(
        isinstance(replaces, list) and all(map(canonical.is_hex, replaces)),
        "replaces what is no change",
    )
    _require(replaces == sorted(set(replaces)), "lists what it replaces out of order")
    return _edit(raw)


def _edit(raw: dict[str, Any]) -> Edit:
    record, name = intern(raw["record"]), intern(raw["field"])
    return Edit(record, name, raw["value"], tuple(raw["replaces"]))


def _is_name(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= _MAX_NAME


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise BadInput(f"A change {fault}.")


def new_gesture() -> str:
    """A fresh id for one act of a person, which may take several changes."""
    return secrets.token_hex(12)


def new_record(kind: str) -> str:
    """A fresh record id of that kind."""
    return f"{kind}:{secrets.token_hex(12)}"


def link_record(one: str, other: str) -> str:
    """The id of the link between two records: the same for everybody who links them."""
    return "link:" + canonical.sha256(canonical.encode([one, other]))
