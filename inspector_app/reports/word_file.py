"""A Word document as a reader and a screen reader want it: real headings, heads of tables that
repeat, alternative texts, a language. It knows nothing of reports; python-docx only here.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FACE, LANGUAGE = "Calibri", "en-US"
_MARGIN, WIDE = 1.0, 6.5
"""Inches on Letter paper."""
_VALUES = 1.9
"""Where the values of a list of entries stand."""
_BODY, _SMALL = 10.5, 9.0
_NAVY, _QUIET = "17365D", "555D67"
_STYLES = {
    "Note": (_SMALL, _QUIET, False),
    "Table title": (10.5, "1A1D21", True),
    "Cell": (_SMALL, "1A1D21", False),
    "Entry": (_BODY, "1A1D21", False),
    "Label": (10.5, _NAVY, True),
    "Editable copy": (10.5, "8C2318", True),
}
"""Our own styles: size in points, color, bold."""
_HEADINGS = {1: 21, 2: 15, 3: 13, 4: 11}
_LEFT_OVER = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class Run:
    """Words in one look; a line break within them is one."""

    text: str
    bold: bool = False
    italic: bool = False
    ground: str = ""
    """The color behind the words (hex), where they stand out."""
    language: str = ""
    """Where it is not that of the file, such as es-US."""


@dataclass(frozen=True)
class TableCell:
    """The paragraphs of a cell, on a ground of that color (hex) where it stands out."""

    paragraphs: Sequence[Sequence[Run]]
    ground: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; `spans`: its one cell goes over the whole width, `over`: its first over two."""

    cells: Sequence[TableCell]
    head: bool = False
    spans: bool = False
    over: bool = False


@dataclass(frozen=True)
class About:
    """What the file says of itself, and what stands on every page."""

    title: str
    author: str
    subject: str
    head: str
    foot: str
    instant: datetime


class WordFile:
    """Grows from its top. The same calls give the same bytes."""

    def __init__(self, about: About) -> None:
        self._document = Document()
        _drop_leftovers(self._document.part)
        self._set_page()
        self._set_styles()
        self._describe(about)
        self._running(about)

    # -- what may stand in it ----------------------------------------------------------------

    def heading(self, level: int, runs: Sequence[Run]) -> None:
        """A real heading, 1 to 4."""
        self.paragraph(runs, f"Heading {level}")

    def paragraph(self, runs: Sequence[Run], style: str = "Normal") -> None:
        """Text in one of Word's styles or of ours."""
        _fill(_in_style(self._document.add_paragraph(), style), runs)

    def table(self, rows: Sequence[TableRow], widths: Sequence[float]) -> None:
        """A table; `widths` in any unit. Its head repeats on each page, its rows stay whole."""
        made = self._document.add_table(len(rows), len(widths), style="Table Grid")
        made.autofit = False
        properties = made._tbl.tblPr  # which has its parts in a fixed order
        properties.find(qn("w:tblLayout")).addprevious(_lines())
        properties.find(qn("w:tblLook")).addprevious(_margins())
        shares = [Inches(WIDE * width / sum(widths)) for width in widths]
        for column, share in zip(made.columns, shares, strict=True):
            column.width = share
        for row, told in zip(made.rows, rows, strict=True):
            _set_row(row, told, shares)
        self.paragraph([], "Note")

    def picture(self, data: bytes, width: float, alt: str) -> None:
        """A picture, `width` inches wide; without `alt` it is marked as decorative."""
        shape = self._document.add_picture(io.BytesIO(data), Inches(min(width, WIDE)))
        said = shape._inline.docPr
        said.set("descr", alt)
        if not alt:
            said.append(_decorative())

    def contents(self, entries: Sequence[tuple[int, str]]) -> None:
        """The contents as a field that Word can make anew; `entries`: level from 1, title."""
        made = [self._entry(level, title) for level, title in entries]
        if made:
            first = made[0]._p
            place = 1 if first.pPr is not None else 0
            code = ' TOC \\o "2-3" \\h \\z '
            for mark in reversed([_mark("begin"), _code(code), _mark("separate")]):
                first.insert(place, mark)
            made[-1]._p.append(_mark("end"))

    def _entry(self, level: int, title: str) -> Paragraph:
        made = self._document.add_paragraph(title)
        made.paragraph_format.left_indent = Inches(0.25 * (level - 1))
        made.paragraph_format.space_after = Pt(2)
        return made

    def data(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return _stamped(out.getvalue())

    # -- how it is set up --------------------------------------------------------------------

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(_MARGIN)

    def _set_styles(self) -> None:
        styles = self._document.styles
        _look(styles["Normal"], _BODY, "1A1D21", False)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        for level, size in _HEADINGS.items():
            _look(styles[f"Heading {level}"], size, _NAVY, True)
        for name, (points, color, bold) in _STYLES.items():
            made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = styles["Normal"]
            made.paragraph_format.space_after = Pt(2 if name == "Cell" else 4)
            made.paragraph_format.keep_with_next = name in ("Label", "Table title")
            _look(made, points, color, bold)
        entry = styles["Entry"].paragraph_format
        entry.left_indent, entry.first_line_indent = Inches(_VALUES), Inches(-_VALUES)
        entry.tab_stops.add_tab_stop(Inches(_VALUES))
        _look(styles["Caption"], _SMALL, "1A1D21", False)

    def _describe(self, about: About) -> None:
        said = self._document.core_properties
        said.title, said.author, said.subject = about.title, about.author, about.subject
        said.language, said.comments, said.revision = LANGUAGE, "", 1
        said.created = said.modified = about.instant.astimezone(UTC).replace(tzinfo=None)
        said.last_modified_by = ""

    def _running(self, about: About) -> None:
        section = self._document.sections[0]
        _fill(section.header.paragraphs[0], [Run(about.head)])
        foot = section.footer.paragraphs[0]
        _fill(foot, [Run(f"{about.foot}  ·  Page ")])
        for part in (_mark("begin"), _code(" PAGE "), _mark("end")):
            foot._p.append(part)
        for paragraph in (section.header.paragraphs[0], foot):
            _in_style(paragraph, "Note")


# -- pieces --------------------------------------------------------------------------------------


def _drop_leftovers(part: Any) -> None:
    """What the library's template tells of its maker: a thumbnail, a program's name, data."""
    for rels in (part.package.rels, part.rels):
        for id, relation in list(rels.items()):
            if relation.reltype.rsplit("/", 1)[1] in _LEFT_OVER:
                del rels[id]


def _look(style: Any, size: float, color: str, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = FACE, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(color)
    properties = style.element.get_or_add_rPr()
    faces = properties.rFonts
    for name in list(faces.attrib):
        if name.endswith("Theme"):
            del faces.attrib[name]
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(name), FACE)
    properties.append(_in_language(LANGUAGE))


def _in_style(paragraph: Paragraph, name: str) -> Paragraph:
    """By the style's id, which is its name without spaces; to look it up costs most of the time."""
    if name != "Normal":
        paragraph._p.style = name.replace(" ", "")
    return paragraph


def _fill(paragraph: Paragraph, runs: Sequence[Run]) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.ground:
            made._r.get_or_add_rPr().append(_shade(run.ground))
        if run.language:
            made._r.get_or_add_rPr().append(_in_language(run.language))


def _in_language(code: str) -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    return language


def _set_row(row: Any, told: TableRow, shares: Sequence[Any]) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_on("w:cantSplit"))
    if told.head:
        properties.append(_on("w:tblHeader"))
    cells = list(row.cells)
    if told.spans:
        cells = [cells[0].merge(cells[-1])]
    for cell, share in zip(cells, shares, strict=False):
        cell.width = sum(shares) if told.spans else share
    if told.over:
        cells[0] = cells[1] = cells[0].merge(cells[1])
    for place, (cell, said) in enumerate(zip(cells, told.cells, strict=False)):
        if told.over and place == 1:
            continue
        _set_cell(cell, said, bold=told.head or told.spans)


def _set_cell(cell: _Cell, told: TableCell, bold: bool) -> None:
    for place, runs in enumerate(told.paragraphs):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _fill(_in_style(paragraph, "Cell"), [replace(run, bold=run.bold or bold) for run in runs])
        for run in paragraph.runs if _is_dark(told.ground) else ():
            run.font.color.rgb = RGBColor.from_string("FFFFFF")
    if told.ground:
        cell._tc.get_or_add_tcPr().append(_shade(told.ground))


def _is_dark(ground: str) -> bool:
    """Whether dark letters cannot be read on it."""
    red, green, blue = (int(ground[n : n + 2] or "ff", 16) for n in (0, 2, 4))
    return red * 299 + green * 587 + blue * 114 < 128_000


def _lines() -> Any:
    """Hairlines between rows, none between columns."""
    made = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_shown = side in ("top", "bottom", "insideH")
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single" if is_shown else "nil"), ("sz", "4"), ("space", "0"),
                            ("color", "7A828C")):  # fmt: skip
            line.set(qn(f"w:{name}"), value)
        made.append(line)
    return made


def _margins() -> Any:
    """Narrow ones, for the words of narrow columns."""
    made = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        made.append(margin)
    return made


def _shade(color: str) -> Any:
    made = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        made.set(qn(f"w:{name}"), value)
    return made


def _on(name: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), "true")
    return made


def _mark(kind: str) -> Any:
    """The begin, the middle or the end of a field."""
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _code(words: str) -> Any:
    run, code = OxmlElement("w:r"), OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = words
    run.append(code)
    return run


def _decorative() -> Any:
    from lxml import etree

    found = etree.Element(f"{{{_DRAWN}}}extLst", nsmap={"a": _DRAWN})
    one = etree.SubElement(found, f"{{{_DRAWN}}}ext", uri=_DECORATIVE)
    etree.SubElement(one, f"{{{_ADEC}}}decorative", nsmap={"adec": _ADEC}, val="1")
    return found


def _stamped(data: bytes) -> bytes:
    """The same archive without the moment at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, old.read(name))
    return out.getvalue()
