"""A difference between two forms, told to people."""

from collections.abc import Iterator, Sequence

from inspector_app.authoring.differing import (
    WORDING,
    Changed,
    Difference,
    Field,
    Named,
    Parts,
    marked,
)
from inspector_app.authoring.paper import block, heading, wrapped

_TITLES = {
    "documents": "Documents",
    "clauses": "Sections of the agreement",
    "points": "Points in which agreements differ",
    "sections": "Sections of the form",
    "items": "Items",
    "samples": "Samples",
    "tour": "Tour",
    "interviews": "Interviews",
    "not asked": "Not asked",
}
_PLACES = ("under", "place", "letter")  # the last is a clause's
_SHORT = 40  # values up to here are told as before → after; longer ones word by word


def told(difference: Difference) -> str:
    """The whole difference: counts first, then kind by kind what came, went, moved and changed."""
    return block(
        [
            heading(f"{difference.before} → {difference.after}", rule="="),
            _summary(difference),
            *_head(difference.head),
            *(part for name, parts in difference.parts.items() for part in _kind(name, parts)),
        ]
    )


def _summary(difference: Difference) -> str:
    items = difference.parts["items"]
    moved = sum(any(f.name in _PLACES for f in c.fields) for c in items.changed)
    reworded = sum(changed.reworded for changed in items.changed)
    numbers = (
        f"{difference.items_before} items before and {difference.items_after} after: "
        f"{len(items.came)} came, {len(items.went)} went, {moved} moved, "
        f"{reworded} in other words."
    )
    carried = (
        f"Answers carry over for {difference.carried} items, which have the same id and wording."
    )
    return "\n".join(wrapped(text) for text in (numbers, carried, *_nothing(difference)))


def _nothing(difference: Difference) -> Iterator[str]:
    kinds = difference.parts.values()
    if not difference.head and not any(k.came or k.went or k.changed for k in kinds):
        yield "Nothing differs."


def _head(fields: Sequence[Field]) -> Iterator[str]:
    if fields:
        yield heading("Head", rule="-") + "\n" + "\n".join(_field(field, 2) for field in fields)


def _kind(name: str, parts: Parts) -> Iterator[str]:
    """One kind of parts, where anything of it differs."""
    moved, others, paged = _sorted(parts.changed)
    if not (parts.came or parts.went or parts.changed):
        return
    yield heading(f"{_TITLES[name]} ({parts.same} the same)", rule="-")
    yield from _named("Came", "+", parts.came)
    yield from _named("Went", "-", parts.went)
    yield from _changed("Moved", moved)
    yield from _changed("Changed", others)
    if paged:
        pages = ", ".join(f"{c.key} {f.before} → {f.after}" for c in paged for f in c.fields)
        yield wrapped(f"Only on other pages: {pages}.")


def _sorted(changed: Sequence[Changed]) -> tuple[list[Changed], list[Changed], list[Changed]]:
    """Those that moved, the others, and those whose clauses only stand on other pages."""
    moved: list[Changed] = []
    others: list[Changed] = []
    paged: list[Changed] = []
    for part in changed:
        names = {field.name for field in part.fields}
        if names & set(_PLACES):
            moved.append(part)
        else:
            (paged if names == {"pages"} else others).append(part)
    return moved, others, paged


def _named(title: str, mark: str, parts: Sequence[Named]) -> Iterator[str]:
    if parts:
        lines = [wrapped(part.says, indent=2, first=f"{mark} {part.key}  ") for part in parts]
        yield "\n".join([f"{title}:", *lines])


def _changed(title: str, parts: Sequence[Changed]) -> Iterator[str]:
    if parts:
        yield "\n".join([f"{title}:", *(_one(part) for part in parts)])


def _one(part: Changed) -> str:
    was = f" (was {part.was})" if part.was else ""
    lines = [wrapped(part.says, indent=2, first=f"{part.key}{was}  ")]
    return "\n".join([*lines, *(_field(field, 6) for field in part.fields)])


def _field(field: Field, indent: int) -> str:
    """One value that differs: wordings and long ones word by word, others as a whole."""
    before, after = field.before or "none", field.after or "none"
    short = max(len(before), len(after)) <= _SHORT and "\n" not in before + after
    if short and field.name not in WORDING:
        return wrapped(f"{before} → {after}", indent=indent, first=f"{field.name}: ", hang=2)
    lines = marked(field.before, field.after)
    return "\n".join(
        wrapped(line, indent=indent, first=f"{field.name}: ", hang=2) for line in lines
    )
