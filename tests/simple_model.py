"""A second, simpler model of a log: a bag of changes; everything computed from all of it."""

import hashlib
import json
from typing import Any


class Bag:
    """The rules of docs/format.md, word for word, with no thought for speed."""

    def __init__(self) -> None:
        self.bodies: dict[str, dict[str, Any]] = {}

    def put(self, body: bytes) -> str:
        id = hashlib.sha256(body).hexdigest()
        self.bodies[id] = json.loads(body)
        return id

    def current(self, record: str, field: str) -> dict[str, Any]:
        edits = {
            id: edit
            for id, body in self.bodies.items()
            for edit in body["edits"]
            if (edit["record"], edit["field"]) == (record, field)
        }
        replaced = {parent for edit in edits.values() for parent in edit["replaces"]}
        return {id: edit["value"] for id, edit in edits.items() if id not in replaced}

    def slots(self) -> set[tuple[str, str]]:
        return {(e["record"], e["field"]) for b in self.bodies.values() for e in b["edits"]}

    def state(self) -> list[Any]:
        rows = []
        for record, field in sorted(self.slots()):
            distinct = sorted({_bytes(v) for v in self.current(record, field).values()})
            if distinct != [b"null"]:
                rows.append([record, field, [json.loads(v) for v in distinct]])
        return rows

    def digest(self, log: str) -> str:
        lines = [_bytes(log), *map(_bytes, self.state())]
        return hashlib.sha256(b"\n".join(lines)).hexdigest()

    def disputed(self) -> set[tuple[str, str]]:
        return {(record, field) for record, field, values in self.state() if len(values) > 1}

    def heads(self) -> dict[str, set[str]]:
        followed = {body["previous"] for body in self.bodies.values()}
        newest: dict[str, set[str]] = {}
        for id, body in self.bodies.items():
            if id not in followed:
                newest.setdefault(body["author"], set()).add(id)
        return newest

    def in_view(self) -> set[str]:
        return {
            record
            for record, field, values in self.state()
            if field != "removed" and any(value is not None for value in values)
        }


def _bytes(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
