"""What differs between two forms: what came, went and moved, and whose words are others."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from inspector_app.authoring.entries import KINDS, Entry, head
from inspector_app.forms import Form

WORDING = ("question", "look at", "clauses")
"""The values over which the digest of a question is made: where one differs, no answer carries."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value that differs; "" is none. Lists are told one member a line."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Named:
    """A part that only one of the forms has."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that both have, and what differs. `was`: its key before, where that is another."""

    key: str
    was: str
    says: str
    fields: tuple[Field, ...]

    @property
    def reworded(self) -> bool:
        """Whether another question is asked, of the wording that an answer was given to."""
        return any(field.name in WORDING for field in self.fields)


@dataclass(frozen=True, slots=True)
class Parts:
    """All that differs in one kind of parts, and how many are the same in both."""

    came: tuple[Named, ...]
    went: tuple[Named, ...]
    changed: tuple[Changed, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. `carried`: items of one id and one digest, whose answers carry."""

    before: str
    after: str
    head: tuple[Field, ...]
    parts: dict[str, Parts]
    carried: int
    items_before: int
    items_after: int

    def as_json(self) -> dict[str, Any]:
        """All of it under the names that its parts have here."""
        return asdict(self)


def difference(before: Form, after: Form) -> Difference:
    """What differs from one form to another, kind by kind."""
    digests = {item.id: item.digest for item in before.items}
    return Difference(
        before.id,
        after.id,
        tuple(_fields(head(before), head(after))),
        {name: _parts(entries(before), entries(after)) for name, entries in KINDS.items()},
        sum(digests.get(item.id) == item.digest for item in after.items),
        len(before.items),
        len(after.items),
    )


def _fields(before: dict[str, str], after: dict[str, str]) -> Iterator[Field]:
    for name, value in after.items():
        if value != before[name]:
            yield Field(name, before[name], value)


def _parts(before: Sequence[Entry], after: Sequence[Entry]) -> Parts:
    pairs = _pairs(before, after)
    lost = [at for at in range(len(before)) if at not in pairs.values()]
    places = _places(before, after, pairs)
    changed: list[Changed] = []
    for at, found in sorted(pairs.items()):
        old, new = before[found], after[at]
        differing = (*_fields(old.values, new.values), *places.get(at, ()))
        if differing or old.key != new.key:
            was = old.key if old.key != new.key else ""
            changed.append(Changed(new.key, was, new.says, differing))
    return Parts(
        tuple(Named(e.key, e.says) for at, e in enumerate(after) if at not in pairs),
        tuple(Named(before[at].key, before[at].says) for at in lost),
        tuple(changed),
        len(pairs) - len(changed),
    )


def _pairs(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """For the places of new parts those of the old ones that are the same part."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(before)))
    for step in range(max((len(entry.known_as) for entry in after), default=0)):
        for at, entry in enumerate(after):
            if at in pairs or step >= len(entry.known_as) or entry.known_as[step] is None:
                continue
            name = entry.known_as[step]
            hit = next((old for old in free if name in before[old].known_as), None)
            if hit is not None:
                pairs[at] = hit
                del free[hit]
    return pairs


def _places(
    before: Sequence[Entry], after: Sequence[Entry], pairs: dict[int, int]
) -> dict[int, tuple[Field, ...]]:
    """For the places of parts that moved, from where to where: to another holder, or in order."""
    moved: dict[int, tuple[Field, ...]] = {}
    order = sorted(pairs)
    steady = {order[at] for at in _longest_rise([pairs[at] for at in order])}
    for at in order:
        old, new = before[pairs[at]], after[at]
        if old.under != new.under:
            moved[at] = (Field("under", old.under, new.under),)
        elif at not in steady:
            moved[at] = (Field("place", _place(before, pairs[at]), _place(after, at)),)
    return moved


def _place(entries: Sequence[Entry], at: int) -> str:
    return f"after {entries[at - 1].key}" if at else "first"


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The places of a longest series of rising numbers: what stayed in order."""
    tails: list[int] = []  # the place at which a rise of each length ends lowest
    links: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left([numbers[tail] for tail in tails], number)
        links.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [at]
    found: set[int] = set()
    at_end: int | None = tails[-1] if tails else None
    while at_end is not None:
        found.add(at_end)
        at_end = links[at_end]
    return found


def marked(before: str, after: str) -> list[str]:
    """The lines that differ, both texts in one, word by word: [-what went-] {+what came+}."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[str] = []
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += [_marked(*pair) for pair in zip_longest(old[i:j], new[m:n], fillvalue="")]
    return lines


def _marked(before: str, after: str) -> str:
    old, new = _words(before), _words(after)
    parts: list[str] = []
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += new[m:n]
            continue
        parts += [f"[-{' '.join(old[i:j])}-]"] if i < j else []
        parts += [f"{{+{' '.join(new[m:n])}+}}"] if m < n else []
    return " ".join(parts)


def _words(text: str) -> list[str]:
    return text.split(" ") if text else []
