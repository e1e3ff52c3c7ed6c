"""Where people disagree, and how a named person ends it.

Two different current values of one field are a conflict; so is a record that one person removed
and another, not seeing that, wrote in. Both sides are kept and shown until somebody decides; the
decision is one more change, which replaces both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.change import Edit
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import REMOVED, Log


@dataclass(frozen=True, slots=True)
class Alternative:
    """One side: what one person set in the disputed record, in which changes."""

    changes: tuple[str, ...]
    author: str
    at: str
    values: Mapping[str, Value]

    @property
    def removes(self) -> bool:
        return self.values.get(REMOVED) is True


@dataclass(frozen=True, slots=True)
class Conflict:
    """The disputed fields of one record; they are decided together."""

    record: str
    fields: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


def conflicts(log: Log) -> list[Conflict]:
    """Every record on which people disagree, in the same order everywhere."""
    found = (conflict_on(log, record) for record in log.in_order())
    return [conflict for conflict in found if conflict]


def conflict_on(log: Log, record: str) -> Conflict | None:
    """The conflict of one record, if there is one."""
    fields = disputed_fields(log, record)
    if not fields:
        return None
    sides = [_alternative(log, record, fields, ids) for ids in _sides(log, record, fields)]
    return Conflict(record, fields, tuple(sides))


def disputed_fields(log: Log, record: str) -> tuple[str, ...]:
    """What has to be decided together; of a record removed and written in, all of it."""
    if log.is_removed(record) and log.in_view(record):
        return (*sorted(set(log.disputed(record)) | log.fields(record).keys()), REMOVED)
    return log.disputed(record)


def _sides(log: Log, record: str, fields: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The changes behind a conflict, one group a person; several for one who set a field twice."""
    by_author: dict[str, list[str]] = {}
    for name in fields:
        for id in log.current(record, name):
            by_author.setdefault(log.changes[id].author, []).append(id)
    groups: list[tuple[str, ...]] = []
    for ids in by_author.values():
        alone = any(len(set(log.current(record, name)) & set(ids)) > 1 for name in fields)
        groups += [(id,) for id in sorted(set(ids))] if alone else [tuple(sorted(set(ids)))]
    return sorted(groups)


def _alternative(
    log: Log, record: str, fields: tuple[str, ...], ids: tuple[str, ...]
) -> Alternative:
    values = {
        name: log.current(record, name)[id]
        for id in ids
        for name in fields
        if id in log.current(record, name)
    }
    newest = log.changes[max(ids, key=lambda id: log.changes[id].instant)]
    return Alternative(ids, newest.author, newest.at, values)


def deciding(log: Log, record: str, values: Mapping[str, Value]) -> list[Edit]:
    """The edits that end the conflict of one record with a value for every disputed field."""
    fields = disputed_fields(log, record)
    if not fields:
        raise NotAllowed("There is no conflict here any more. Nothing was changed.")
    values = {**({REMOVED: None} if REMOVED in fields else {}), **values}
    if left := [name for name in fields if name not in values]:
        raise BadInput(f"The conflict also covers {', '.join(left)}: decide all of it together.")
    return [log.edit(record, name, value) for name, value in values.items()]


def choosing(log: Log, record: str, change: str) -> list[Edit]:
    """The edits that let the side of `change` stand.

    Choosing the side that wrote over the one that removed brings the whole record back, also the
    fields that nobody disputes.
    """
    conflict = conflict_on(log, record)
    side = (
        next((s for s in conflict.alternatives if change in s.changes), None) if conflict else None
    )
    if conflict is None or side is None:
        raise NotAllowed("That side of the conflict is not there any more. Nothing was changed.")
    if side.removes:
        return [log.edit(record, name, None) for name in log.field_names(record)] + [
            log.edit(record, REMOVED, True)
        ]
    values = {name: side.values.get(name, log.value(record, name)) for name in conflict.fields}
    if REMOVED in conflict.fields:
        values = {**_taken_away(log, conflict), **values, REMOVED: None}
    return deciding(log, record, values)


def _taken_away(log: Log, conflict: Conflict) -> dict[str, Value]:
    """Values that a removal, now overruled, took from the fields nobody disputes."""
    removals = {id for side in conflict.alternatives if side.removes for id in side.changes}
    found: dict[str, Value] = {}
    for name in log.field_names(conflict.record):
        setters = set(log.current(conflict.record, name))
        if name not in conflict.fields and setters <= removals:
            found[name] = value_before(log, min(setters), conflict.record, name)
    return {name: value for name, value in found.items() if value is not None}


def value_before(log: Log, change: str, record: str, name: str) -> Value:
    """What a field held before that change; None when nothing, or several things."""
    edit = log.changes[change].edit_of((record, name))
    replaced = [log.changes[id].edit_of((record, name)) for id in edit.replaces] if edit else []
    distinct = {canonical.encode(e.value): e.value for e in replaced if e}
    return next(iter(distinct.values())) if len(distinct) == 1 else None
