"""How much a workbook would make its reader do, found out before the reader is let near it.

A file of a few kilobytes can have a merged cell of seventeen billion, one sheet named a thousand
times, or entities that grow without end: openpyxl makes all of them.
"""

import posixpath
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from inspector_app.errors import BadInput

MOST_ELEMENTS = 600_000
"""Of XML: a cell with a value has two. As many take openpyxl some four seconds."""

_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_CELLS = ("row", "c", "v", "f", "is", "t", "si")
_DEAR = 10
"""How many elements of a cell any other takes as long as."""

_AREAS = ("mergeCell", "hyperlink")


def weight_of(archive: zipfile.ZipFile) -> int:
    """The elements that reading it goes through, cells of merged areas counted one by one.

    BadInput where there are too many, or where a part declares entities.
    """
    tally = _Tally()
    for name in archive.namelist():
        tally.part(name, archive.read(name))
    if tally.weight > MOST_ELEMENTS:
        raise too_large()
    return tally.weight


def too_large() -> BadInput:
    """What a person is told of it."""
    return BadInput(
        "The workbook has more cells than can be read at once; save the sheet that is needed, "
        "with no more than the columns that are needed, as CSV in UTF-8. Nothing was taken."
    )


@dataclass(slots=True)
class _Tally:
    """What was counted so far. A part counts as often as others name it."""

    elements: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    sheets: Counter[str] = field(default_factory=Counter)
    _name: str = ""

    @property
    def weight(self) -> int:
        often = max(self.sheets.values(), default=1)
        return often * sum(many * max(1, self.named[part]) for part, many in self.elements.items())

    def part(self, name: str, data: bytes) -> None:
        """Count one part, up to where it is no XML: no reader comes further."""
        self._name = name
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = _no_entities
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError):
            return

    def _element(self, tag: str, given: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        self.elements[self._name] += 1 if kind in _CELLS else _DEAR
        self.elements[self._name] += _DEAR * given.get("sqref", "").count(" ")
        if kind in _AREAS:
            self.elements[self._name] += _cells(given.get("ref", ""))
        elif kind == "sheet":
            self.sheets["".join(value for key, value in given.items() if key[-3:] == " id")] += 1
        elif kind == "Relationship":
            folder = posixpath.dirname(posixpath.dirname(self._name))
            target = posixpath.join("/", folder, given.get("Target", ""))
            self.named[posixpath.normpath(target).lstrip("/")] += 1
        if self.elements[self._name] > MOST_ELEMENTS:
            raise too_large()


def _no_entities(*_: object) -> None:
    raise BadInput("The workbook declares entities, which none from Excel does; it was not read.")


def _cells(area: str) -> int:
    """How many cells an area such as `A1:C9` has; of what is no area, none."""
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(area)
    except (ValueError, TypeError):  # openpyxl cannot read it either
        return 0
    across = (right or _LAST_COLUMN) - (left or 1) + 1
    return across * ((bottom or _LAST_ROW) - (top or 1) + 1)
