"""The editable copy: the telling of a report as a Word document, part by part.

It walks through the same flowables as the PDF, so no text of the report is written twice. What
only layout needs (rules, white space, page breaks) is left out; page numbers are those of the PDF.
"""

import io
from collections.abc import Callable, Sequence
from functools import singledispatchmethod

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from inspector_app.reports import style
from inspector_app.reports.blocks import SignatureLines, Strip, Tag
from inspector_app.reports.charts import Chart
from inspector_app.reports.flow import Heading, Para, RailLabel, Rule
from inspector_app.reports.page import Places, Running, lay_out
from inspector_app.reports.pictures import PictureRow, shown_size
from inspector_app.reports.spoken import SPANISH, SpanishPara
from inspector_app.reports.tables import Grid, Row
from inspector_app.reports.telling import Telling
from inspector_app.reports.texts import entry
from inspector_app.reports.typed import every_character, plain
from inspector_app.reports.typeface import BOLD, ITALIC, SEMIBOLD
from inspector_app.reports.word_file import About, Run, TableCell, TableRow, WordFile

_NAMED = {
    "BlockQuote": "Quote", "note": "Note", "note-strong": "Note", "fine": "Note",
    "caption": "Caption", "table-title": "Table title", "cover-title": "Title",
}  # fmt: skip
"""Word's or our style by role or by the report's own style; others are plain text."""


def editable(told: Telling, on_page: Callable[[int], None] | None = None) -> bytes:
    """The copy as DOCX: the same records, the same bytes.

    The PDF is laid out first, for its page numbers; `on_page` hears of its pages.
    """
    places = lay_out(told.running, told.story, on_page).places
    with every_character():
        story = told.story(places)
        copy = _Copy(told.running, places)
        for part in story:
            copy.add(part)
    return copy.file.data()


class _Copy:
    """What was added so far, and the level of the last heading: labels stand one below it."""

    def __init__(self, running: Running, places: Places) -> None:
        self.file = WordFile(_about(running))
        self._running = running
        self._places = places
        self._level = 1
        self._tag = ""
        self._is_contents = False
        self.file.paragraph([Run(str(entry("text", "editable-copy")))], "Editable copy")
        for said in (running.marking, " ".join(running.edge[:2]), running.warning):
            if said:
                self.file.paragraph([Run(said, bold=True)])

    @singledispatchmethod
    def add(self, part: Flowable) -> None:
        raise AssertionError(f"no copy is known of {type(part).__name__}")

    @add.register(Spacer)
    @add.register(CondPageBreak)
    @add.register(Rule)
    def _layout(self, part: Flowable) -> None:
        """Nothing to read."""

    @add.register
    def _para(self, part: Para) -> None:
        if not part.words:
            return
        if part.role[0] == "H":
            self._heading(int(part.role[1:]), runs(part))
            self._is_contents = isinstance(part, Heading) and part.key == "contents"
        else:
            base = part.style.name.removesuffix("-in-text")
            self.file.paragraph(runs(part), _NAMED.get(part.role, _NAMED.get(base, "Normal")))

    def _heading(self, level: int, words: list[Run]) -> None:
        self._level = level
        named = [Run(f"{self._tag}: ")] if self._tag else []
        self._tag = ""
        self.file.heading(level, [*named, *(Run(run.text, italic=run.italic) for run in words)])

    @add.register
    def _rail(self, part: RailLabel) -> None:
        if part.heads:
            self.file.heading(self._level + 1, [Run(r.text) for r in runs(part.label)])
        else:
            self.file.paragraph(runs(part.label), "Label")

    @add.register
    def _finding_tag(self, part: Tag) -> None:
        """Number and class go before the title, as in the PDF's bookmark."""
        self._tag = ", ".join(plain(said.getPlainText(identify=True)) for said in part.said)

    @add.register
    def _numbers(self, part: Strip) -> None:
        for number, label in part.said:
            words = [Run(f"{number} ", bold=True), *runs(label)]
            self.file.paragraph(words, "List Bullet")

    @add.register
    def _lines(self, part: SignatureLines) -> None:
        for label in part.said:
            self.file.paragraph([Run("_" * 40 + "\n"), *runs(label)])

    @add.register
    def _chart(self, part: Chart) -> None:
        self.file.picture(_painted(part, self._running), style.TEXT / 72, part.alt)

    @add.register
    def _pictures(self, part: PictureRow) -> None:
        for picture, captions in part.said:
            if picture.jpeg is None:
                self.file.paragraph([Run(plain(picture.absent), bold=True)])
            else:
                width, _ = shown_size(picture, style.TEXT)
                self.file.picture(picture.jpeg, width / 72, plain(picture.alt))
            for caption in captions:
                self.file.paragraph(runs(caption), "Caption")

    @add.register
    def _grid(self, part: Grid) -> None:
        if self._is_contents:
            found = [h for h in self._places.headings if h.key != "contents"]
            self.file.contents([(h.level - 1, h.title) for h in found])
        elif any(row.kind == "head" for row in part.rows):
            self.file.table([_row(row) for row in part.rows], part.widths)
        else:
            self._entries(part)
        self._is_contents = False

    def _entries(self, part: Grid) -> None:
        """A table without a head is a list: facts one by one, or a row a line."""
        for row in part.rows:
            cells = [words for words in map(runs, _bodies(row)) if words]
            if _bodies(row)[0].style.name.startswith("fact"):
                for cell in cells:
                    self.file.paragraph(cell)
            elif cells:
                first, *rest = cells
                words = [*first, *(r for cell in rest for r in (Run("\t"), *cell))]
                self.file.paragraph(words, "Entry")


# -- words ---------------------------------------------------------------------------------------


def runs(part: Para) -> list[Run]:
    """The words of a paragraph in their looks."""
    base = part.style.fontName in (SEMIBOLD, BOLD)
    language = SPANISH if isinstance(part, SpanishPara) else ""
    return [
        Run(
            piece.text,
            base or piece.face in (SEMIBOLD, BOLD),
            piece.face == ITALIC,
            piece.ground,
            language,
        )
        for piece in part.pieces
        if piece.text
    ]


def _row(row: Row) -> TableRow:
    cells = [
        TableCell([runs(said) for said in _said(cell.body)] or [[]], _ground(cell.fill))
        for cell in row.cells
    ]
    is_over = row.kind == "total" and not isinstance(row.cells[0].body, Para)
    return TableRow(cells, row.kind == "head", row.kind == "group", is_over)


def _ground(color: object) -> str:
    """Letters on a dark one become white."""
    return color.hexval()[2:] if color is not None else ""  # type: ignore[attr-defined]


def _said(body: Flowable) -> Sequence[Para]:
    return [body] if isinstance(body, Para) else getattr(body, "said", ())


def _bodies(row: Row) -> list[Para]:
    return [said for cell in row.cells for said in _said(cell.body)]


# -- drawings ------------------------------------------------------------------------------------


def _painted(chart: Chart, running: Running) -> bytes:
    """A chart as PNG, cut out of a page on which it stands alone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(lay_out(running, lambda _: [chart]).pdf)
    wide, high = style.PAGE
    low = style.FIRST_TOP - chart.height - 4
    crop = (style.LEFT + style.TEXT_X, low, wide - style.LEFT - style.WIDE, high - style.FIRST_TOP)
    picture = document[0].render(scale=200 / 72, crop=crop).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG")
    document.close()
    return out.getvalue()


def _about(running: Running) -> About:
    return About(
        title=plain(running.title),
        author=plain(running.issuer),
        subject=plain(f"{running.agency}, {running.head}"),
        head=plain(f"{running.agency} · {running.head}\t\t{running.version}"),
        foot=plain(running.foot),
        instant=running.instant,
    )
