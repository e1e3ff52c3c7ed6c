"""The structure of a report twice: as poppler reads it in the file, and as its telling wants it.

The second walks through what a report is told with, by kind, and shares no code with the tagging.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from pathlib import Path

from reportlab.platypus import Flowable

from inspector_app.reports.blocks import SignatureLines, Strip, Tag
from inspector_app.reports.charts import Chart
from inspector_app.reports.document_request import Box
from inspector_app.reports.flow import Para, RailLabel
from inspector_app.reports.pictures import PictureRow
from inspector_app.reports.tables import Grid, Row

Node = tuple[int, str]
"""How deep it stands under the document, and its role."""
_SHOWN = re.compile(r"( *)([A-Z][A-Za-z0-9]*)(?: .*|:)?$")


def read_tree(file: Path) -> list[Node]:
    """The elements of a file in reading order, by poppler."""
    ran = subprocess.run(["pdfinfo", "-struct", file], capture_output=True, check=True, text=True)
    assert not ran.stderr, ran.stderr
    found = (_SHOWN.match(line) for line in ran.stdout.splitlines())
    nodes = [(len(m[1]) // 2, m[2]) for m in found if m]
    return [node for node in nodes if node[1] != "Object"]


def expected_tree(story: Iterable[Flowable]) -> list[Node]:
    """What a reader must find, in the order of the telling (shared rules of reports: 4, Tags)."""
    tops = [top for part in story for top in told(part)]
    return [(0, "Document"), *_sections(tops)]


def _sections(tops: Sequence[list[Node]]) -> Iterator[Node]:
    """Each H2 and H3 opens a section; a rail label stands one below the heading before it."""
    deep = 0
    tops = _with_captions(_with_tags(list(tops)))
    for top in tops:
        role = top[0][1]
        if role in ("H2", "H3"):
            deep = int(role[1]) - 1 if deep else 1
            yield deep, "Sect"
        yield from ((deep + 1 + own, name) for own, name in top)


def _with_tags(tops: list[list[Node]]) -> list[list[Node]]:
    """The tag of a finding is the beginning of its title."""
    made: list[list[Node]] = []
    for top in tops:
        if made and made[-1][0][1] == "Tag":
            top = [*top, *made.pop()[1:]]
        made.append(top)
    return made


def _with_captions(tops: list[list[Node]]) -> list[list[Node]]:
    """The title of a table is its caption; over anything else it is a line of text."""
    made: list[list[Node]] = []
    for top in tops:
        if made and made[-1] == [(0, "Caption")]:
            is_table = top[0][1] == "Table"
            made[-1:] = [] if is_table else [[(0, "P")]]
            top = [top[0], (1, "Caption"), *top[1:]] if is_table else top
        made.append(top)
    return made


def under(role: str, *inner: list[Node]) -> list[Node]:
    """An element with what is in it."""
    return [(0, role), *((deep + 1, name) for nodes in inner for deep, name in nodes)]


_level = 1


@singledispatch
def told(part: Flowable) -> list[list[Node]]:
    """The elements that a part of the telling becomes, side by side; layout becomes none."""
    return []


@told.register
def _para(part: Para) -> list[list[Node]]:
    global _level
    if not part.words:
        return []
    if part.role[0] == "H":
        _level = int(part.role[1])
    return [under(part.role, *([[(0, "Link")]] if part.is_link else []))]


@told.register
def _rail(part: RailLabel) -> list[list[Node]]:
    return [[(0, f"H{_level + 1}" if part.heads else "P")]]


@told.register
def _tag(part: Tag) -> list[list[Node]]:
    return [under("Tag", [(0, "Span")], [(0, "Span")])]


@told.register
def _strip(part: Strip) -> list[list[Node]]:
    entries = [under("LI", [(0, "Lbl")], [(0, "LBody")]) for _ in part.said]
    return [under("L", *entries)]


@told.register
def _chart(part: Chart) -> list[list[Node]]:
    return [[(0, "Figure")]]


@told.register
def _lines(part: SignatureLines) -> list[list[Node]]:
    forms = [[under("P", [(0, "Form")])] if place else [] for place in part.places]
    forms += [[]] * (len(part.said) - len(forms))
    return [node for form, _ in zip(forms, part.said, strict=True) for node in (*form, [(0, "P")])]


@told.register
def _photos(part: PictureRow) -> list[list[Node]]:
    made = []
    for picture, captions in part.said:
        shown = [(0, "P")] if picture.jpeg is None else [(0, "Figure")]
        seen = [shown] if picture.jpeg is None or picture.alt.strip() else []
        words = [[(0, "P")] for caption in captions if caption.words]
        made.append(under("Div", *seen, under("Caption", *words)))
    return made


@told.register
def _grid(part: Grid) -> list[list[Node]]:
    if any(row.kind == "head" for row in part.rows):
        return [under("Table", *_groups(part.rows))]
    bodies = [cell.body for row in part.rows for cell in row.cells]
    if any(isinstance(body, Para) and body.is_link for body in bodies):
        return [under("TOC", *(under("TOCI", *_entry(row)) for row in part.rows))]
    filled = [words for body in bodies for words in told(body)]
    return [under("L", *(under("LI", under("LBody", words)) for words in filled))]


def _entry(row: Row) -> Iterator[list[Node]]:
    for cell in row.cells:
        for made in told(cell.body):
            is_link = (1, "Link") in made
            yield [(0, "Reference"), (1, "Link")] if is_link else made


_PARTS = {"head": "THead", "body": "TBody", "group": "TBody", "total": "TFoot"}


def _groups(rows: Sequence[Row]) -> list[list[Node]]:
    made: dict[str, list[list[Node]]] = {}
    for row in rows:
        made.setdefault(_PARTS[row.kind], []).append(under("TR", *_cells(row)))
    if list(made) == ["THead"]:
        return made["THead"]  # a head alone is no part of a table
    return [under(name, *inside) for name, inside in made.items()]


def _cells(row: Row) -> Iterator[list[Node]]:
    for place, cell in enumerate(row.cells):
        said = [p for p in getattr(cell.body, "said", (cell.body,)) if isinstance(p, Para)]
        boxes = sum(isinstance(cell.body, Box) for cell in row.cells)
        is_head = row.kind in ("head", "group") or (place == boxes and _speaks(cell.body))
        inner = [made for p in said for made in told(p)]
        inner += [[(0, "Figure")]] if isinstance(cell.body, Box) else []
        inner = [made[1:] if made[0][1] in ("TH", "TD") else made for made in inner]
        links = [[(deep - 1, name) for deep, name in made] if made and made[0][0] else made
                 for made in inner]  # fmt: skip
        yield under("TH" if is_head else "TD", *links)


def _speaks(body: Flowable) -> bool:
    return not isinstance(body, Para) or bool(body.words)
