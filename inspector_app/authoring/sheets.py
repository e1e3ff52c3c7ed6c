"""Which sheets and columns a form's workbook has: all of it follows from the grammar of forms.

A key that the grammar learns has its column at once; a new list of tables needs one line in
`_TITLES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from inspector_app.forms import finding_types
from inspector_app.forms.rules import POINTS, TOPICS
from inspector_app.forms.shapes import FORM, Key, Kind, Shape

Names = tuple[str, ...]

FORM_SHEET = "Form"
HEADING, VALUE = "What", "Value"
ITEM = "item"
CITATIONS = ("section", "item", "cites")
_TITLES: dict[Names, str] = {
    ("document",): "Documents",
    ("section", "item"): "Sections and items",
    CITATIONS: "Citations",
    ("clause",): "Clauses",
    ("point",): "Points",
    ("sample", "attribute"): "Samples",
    ("area", "point"): "Tour",
    ("interview", "topic"): "Interviews",
    ("not_asked",): "Not asked",
}
_VOCABULARY: dict[Names, Names] = {("clause", "topics"): TOPICS, ("point", "topic"): POINTS}
_REFERS: dict[Names, Names] = {("document",): ("document",), ("item",): ("section", "item")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the keys that lead to its value, from the table that its row stands for.

    `outer`: it belongs to the table that holds the row's own, as a section holds its items.
    """

    keys: Names
    key: Key
    heading: str
    outer: bool = False
    words: tuple[str, ...] = ()
    refers: Names = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, for the tables found by going down `names`."""

    title: str
    names: Names
    columns: tuple[Column, ...]

    @property
    def nested(self) -> bool:
        """Whether it has rows of two kinds: sections and under each its items."""
        return any(column.outer for column in self.columns)


@cache
def form_columns() -> tuple[Column, ...]:
    """The keys that a form has once, each a row of the first sheet."""
    return tuple(_columns(FORM, (), ""))


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet after the first, in the order of the workbook."""
    return tuple(Sheet(title, names, tuple(_of_sheet(names))) for names, title in _TITLES.items())


def shape_of(names: Names) -> Shape:
    """The keys of the tables found by going down these names."""
    shape = FORM
    for name in names:
        shape = shape[name].inside
    return shape


def title_of(names: Names) -> str:
    """The sheet of these tables; the outer ones share the sheet of the inner."""
    if not names or names in [column.keys[:1] for column in form_columns()]:
        return FORM_SHEET
    return next(title for path, title in _TITLES.items() if path[: len(names)] == names)


def _of_sheet(names: Names) -> Iterator[Column]:
    if names == CITATIONS:
        yield Column((ITEM,), Key(Kind.TEXT), "Item", refers=("section", "item"))
    elif len(names) > 1:
        yield from _columns(shape_of(names[:1]), names[:1], f"{_plain(names[0])}: ", outer=True)
    yield from _columns(shape_of(names), names, "")


def _columns(
    shape: Shape, names: Names, prefix: str, keys: Names = (), *, outer: bool = False
) -> Iterator[Column]:
    """The columns of one table; a table within it is spread over several."""
    for name, key in shape.items():
        path = (*keys, name)
        if key.kind is Kind.TABLE:
            yield from _columns(key.inside, names, prefix, path, outer=outer)
        elif key.kind is not Kind.TABLES:
            heading = prefix + ": ".join(map(_plain, path))
            heading = heading[:1].upper() + heading[1:]
            yield Column(path, key, heading, outer, _words(names, path, key), _refers(names, path))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _words(names: Names, path: Names, key: Key) -> tuple[str, ...]:
    """The words that a value is taken from, where there is such a list."""
    if (names[-1:], path) == (("item",), ("types",)):
        return tuple(finding_types())
    return key.one_of or _VOCABULARY.get((*names, *path), ())


def _refers(names: Names, path: Names) -> Names:
    """The tables whose first key the value names: a document, an item."""
    return _REFERS.get(path[-1:], ()) if names else ()
