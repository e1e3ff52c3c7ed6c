"""The text of a form file that says something new, and stays as it was wherever it says the same.

Remarks, layout and the order of keys are kept. A table that moves takes the remarks above it along;
one that goes takes them with it.
"""

import tomllib
from collections.abc import Iterator
from typing import Any, TypeAlias

from inspector_app.authoring.blocks import Block, blocks_of
from inspector_app.authoring.changing import Table, changed
from inspector_app.authoring.matching import Row, matched, rows
from inspector_app.authoring.sheets import Names, shape_of
from inspector_app.authoring.spelling import block
from inspector_app.forms.lines import Place
from inspector_app.forms.shapes import FORM, Key, Kind, Shape

_Part: TypeAlias = tuple[Place | None, str]
_GAP = "\n\n"


def rewritten(text: str, new: Table) -> str:
    """The text of a form without faults, changed so that it says `new`, a form without faults."""
    plain = text.replace("\r\n", "\n")
    done = _Rewriting(plain, new).text()
    return done.replace("\n", "\r\n") if plain != text else done


def _inner(outer: str) -> str | None:
    """The name of the tables inside the tables of this name, where they are rows too."""
    shape = FORM[outer].inside
    return next((name for name, key in shape.items() if key.kind is Kind.TABLES), None)


class _Rewriting:
    """One text, block by block; of each top-level name, what stood and what shall stand."""

    def __init__(self, text: str, new: Table) -> None:
        self._old: Table = tomllib.loads(text)
        self._new = new
        self._blocks = blocks_of(text)
        self._at = {found.place: found for found in self._blocks}

    def text(self) -> str:
        first = self._blocks[0]
        inline = {name: key for name, key in FORM.items() if self._is_inline(name, key)}
        first.text = changed(first.text, (), self._old, self._new, inline)
        last, end = self._blocks[-1].place, self._blocks[-1].gap
        for name in FORM:
            if name not in inline:
                self._arrange(name, list(self._parts(name)))
        for found in self._blocks:
            found.gap = max(found.gap, _GAP, key=len) if found.place == last else found.gap
        self._blocks[-1].gap = end
        return "".join(found.text + found.gap for found in self._blocks)

    def _is_inline(self, name: str, key: Key) -> bool:
        """Whether a key stands among the first keys of the file, written inline if it is tables."""
        if key.kind not in (Kind.TABLE, Kind.TABLES):
            return True
        head: Place = (name,) if key.kind is Kind.TABLE else (name, 0)
        return bool(self._old.get(name)) and head not in self._at

    def _arrange(self, name: str, parts: list[_Part]) -> None:
        """Puts the blocks of one name into the text: where they were, or where the first was."""
        before = [found.place for found in self._blocks if found.place[:1] == (name,)]
        if [place for place, _ in parts] == before:
            for place, text in parts:
                self._at[place or ()].text = text
            return
        at = next(at for at, found in enumerate([*self._blocks, None]) if self._ends(found, name))
        rest = [found for found in self._blocks if found.place[:1] != (name,)]
        made = [Block(place or (name,), text, self._gap(place)) for place, text in parts]
        self._blocks = [*rest[:at], *made, *rest[at:]]

    def _ends(self, found: Block | None, name: str) -> bool:
        """Whether the tables of a name begin at this block, or at the latest before it."""
        order = list(FORM)
        has = any(block.place[:1] == (name,) for block in self._blocks)
        if found is None or not found.place:
            return found is None
        there = str(found.place[0])
        return there == name if has else order.index(there) > order.index(name)

    def _gap(self, place: Place | None) -> str:
        return self._at[place].gap if place else _GAP

    def _parts(self, name: str) -> Iterator[_Part]:
        """What shall stand under one name: of each table the old place, if it had one, and text."""
        if FORM[name].kind is Kind.TABLE:
            yield from self._single(name)
            return
        new = rows(self._new, name)
        owners = matched(rows(self._old, name), new)
        inner = list(self._inner_parts(name, owners))
        for at, row in enumerate(new):
            place = (name, owners[at]) if at in owners else None
            yield self._part(row.names, place, row.table, self._own_shape(name, place))
            yield from (part for owner, part in inner if owner == at)

    def _single(self, name: str) -> Iterator[_Part]:
        """The form's one table of this name, if it shall have it."""
        if name not in self._new:
            return
        place: Place = (name,)
        if place not in self._at:
            text = block((name,), self._new[name], FORM[name].inside, listed=False)
            yield None, text.rstrip("\n")
            return
        old, new = self._old.get(name, {}), self._new[name]
        yield place, changed(self._at[place].text, place, old, new, FORM[name].inside)

    def _own_shape(self, name: str, place: Place | None) -> Shape:
        """The keys in a table's own block: not the tables in it that have heads of their own."""
        inner = _inner(name)
        shape = FORM[name].inside
        if inner and not self._holds_inline(name, place, inner):
            return {key: what for key, what in shape.items() if key != inner}
        return shape

    def _holds_inline(self, name: str, place: Place | None, inner: str) -> bool:
        held = place and self._old[name][place[1]].get(inner)
        return bool(held) and (*(place or ()), inner, 0) not in self._at

    def _inner_parts(self, name: str, owners: dict[int, int]) -> Iterator[tuple[int, _Part]]:
        """The tables inside the tables of a name, each with the new place of its holder."""
        inner = _inner(name)
        if inner is None:
            return
        old = [row for row in rows(self._old, name, inner) if _place(row) in self._at]
        new = [row for row in rows(self._new, name, inner) if not self._inline(row, owners)]
        found = matched(old, new, owners)
        for at, row in enumerate(new):
            place = _place(old[found[at]]) if at in found else None
            yield row.owner or 0, self._part(row.names, place, row.table, shape_of(row.names))

    def _inline(self, row: Row, owners: dict[int, int]) -> bool:
        """Whether a row shall stand inside the block of its holder."""
        name, inner = row.names
        holder = owners.get(row.owner or 0)
        return holder is not None and self._holds_inline(name, (name, holder), inner)

    def _part(self, names: Names, place: Place | None, new: Table, shape: Shape) -> _Part:
        if place is None:
            return None, block(names, new, shape).rstrip("\n")
        old: Any = self._old
        for step in place:
            old = old[step]
        return place, changed(self._at[place].text, (*names, 0), old, new, shape)


def _place(row: Row) -> Place:
    """Where an inner row stands in its form."""
    outer, inner = row.names
    return (outer, row.owner or 0, inner, row.at)
