"""What a version of a report says otherwise than the one before it, record by record.

Two states of one log are compared, so nobody has to keep a list of changes, and none is forgotten.
What is said about the report, and not in it, is left out (`parts.APART`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from inspector_app.canonical import Value
from inspector_app.inspection import parts
from inspector_app.inspection.counting import NUMBER, numbers
from inspector_app.inspection.reading import Reading
from inspector_app.records import Link

Manner = Literal["new", "gone", "value", "count", "linked", "unlinked"]
_UNSEEN = ("question", "support")
"""Digests beside a text: no reader sees them."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing that is otherwise: a record that is `new` or `gone`, or one field of it.

    `count`: a live number in a text that stayed as it was; `before` and `after` are the numbers.
    `linked`, `unlinked`: `after` or `before` is the record at the other end.
    """

    record: str
    manner: Manner
    field: str = ""
    before: Value = None
    after: Value = None


def amendments(before: Reading, now: Reading) -> Mapping[str, list[Amendment]]:
    """Every difference by the record that it is about, in the order of the records."""
    found: dict[str, list[Amendment]] = {}
    ids = dict.fromkeys([*before.log.in_order(), *now.log.in_order()])
    changed = [one for record in ids for one in _of_record(before, now, record)]
    whole = {one.record for one in changed if one.manner in ("new", "gone")}
    for one in changed:
        if one.record not in whole or one.manner in ("new", "gone"):
            found.setdefault(one.record, []).append(one)
    return found


def _of_record(before: Reading, now: Reading, record: str) -> Iterator[Amendment]:
    was, is_ = before.log.in_view(record), now.log.in_view(record)
    if not (was or is_) or not parts.parts_of(now if is_ else before, record):
        return
    if record.startswith(f"{Link.kind}:"):
        yield from _of_link(before, now, record, was, is_)
    elif was and is_:
        yield from _of_fields(before, now, record)
    else:
        yield Amendment(record, "new" if is_ else "gone")


def _of_link(
    before: Reading, now: Reading, record: str, was: bool, is_: bool
) -> Iterator[Amendment]:
    link = (now if is_ else before).get(Link, record)
    if link is None or was == is_:
        return
    if is_:
        yield Amendment(link.from_, "linked", "link", after=link.to)
    else:
        yield Amendment(link.from_, "unlinked", "link", before=link.to)


def _of_fields(before: Reading, now: Reading, record: str) -> Iterator[Amendment]:
    was, is_ = before.log.fields(record), now.log.fields(record)
    for name in sorted({*was, *is_}):
        old, new = was.get(name), is_.get(name)
        if old != new and name not in _UNSEEN:
            yield Amendment(record, "value", name, old, new)
        elif isinstance(new, str) and old == new:
            yield from _of_numbers(before, now, record, name, new)


def _of_numbers(
    before: Reading, now: Reading, record: str, name: str, typed: str
) -> Iterator[Amendment]:
    """Counts that moved although nobody touched the text in which they stand."""
    for token in dict.fromkeys(match.group() for match in NUMBER.finditer(typed)):
        old, new = numbers(before, token), numbers(now, token)
        if old != new:
            yield Amendment(record, "count", name, old, new)
