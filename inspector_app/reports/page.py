"""The page: its frame, the running parts, and the passes that settle page numbers.

Everything that is drawn belongs to a flowable that knows its role, or is a running part and marked
as an artifact; a tagging layer can build on both. Same input, same bytes: no clock, no random.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, NextPageTemplate, PageTemplate

from inspector_app.reports import archival, style
from inspector_app.reports.bars import draw_bars
from inspector_app.reports.footnote import ROOM, draw_note
from inspector_app.reports.signature_places import describe_places
from inspector_app.reports.sources import SourcedFrame, Spot, spots
from inspector_app.reports.structure import Part, Structure
from inspector_app.reports.typed import plain
from inspector_app.reports.typeface import BOLD, REGULAR, SEMIBOLD, width_of

# JPEG bytes pass through as they are; as text a hundred photos would take minutes.
rl_config.useA85 = 0
rl_config.canvas_basefontname = REGULAR

_MOST_PASSES = 6
_HEAD_Y, _FOOT_Y, _MARKING_YS, _EDGE_X = 736, 38, (762, 24), 590
_EDGE_SIZE, _EDGE_SPACING, _RUNNING_SIZE = 15, 3, 8.5

Story = list[Flowable]


@dataclass(frozen=True)
class Running:
    """What stands on every page, and what the file says of itself.

    What artifacts say stands once in the text too: readers skip artifacts.
    """

    title: str
    issuer: str
    agency: str
    head: str
    version: str
    foot: str
    warning: str
    marking: str
    boxed: bool
    edge: tuple[str, ...]
    instant: datetime
    has_cover: bool
    notes: bool = False
    """Whether pages may end with a note on what is withheld."""
    amended: frozenset[str] = frozenset()
    """Records whose rows have a bar beside them."""


@dataclass(frozen=True)
class Placed:
    """A heading and the page it stands on."""

    key: str
    level: int
    title: str
    page: int


@dataclass(frozen=True)
class Places:
    """Where headings stand, as the last pass found them."""

    headings: tuple[Placed, ...] = ()
    total: int = 0

    def page(self, key: str) -> str:
        """The page number of a heading; a stand-in of the usual width before it is known."""
        return str(next((placed.page for placed in self.headings if placed.key == key), 10))

    def known(self, key: str) -> bool:
        """Whether there is such a heading to link to."""
        return any(placed.key == key for placed in self.headings)


class _Link(LinkAnnotation):  # type: ignore[misc]  # reportlab has no types
    """A link that the structure tree knows, and that prints (ISO 19005-2, 6.3.2)."""

    permitted = (*LinkAnnotation.permitted, "StructParent")


class ReportCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Knows which heading stands where, what each drawing is, and what is an artifact."""

    def __init__(
        self, target: io.BytesIO, running: Running, last: Places, is_trial: bool, **more: Any
    ) -> None:
        super().__init__(target, invariant=1, pageCompression=1, lang="en-US", **more)
        self.running = running
        self.last = last
        self.is_trial = is_trial
        """Whether this pass only finds where headings stand; see `SourcedFrame`."""
        self.found: list[Placed] = []
        self.spots: list[Spot] = []
        self.structure = Structure()
        self.signature_places: list[str] = []
        self.level = 1
        """The level of the last heading, for the labels under it."""
        self.withheld: set[str] = set()
        """The exemptions named on this page so far."""
        self.link_words = ""
        """What a reader says of the link that is drawn now."""

    def place(self, key: str, title: str, level: int, top: float) -> None:
        """A heading of level 2 or 3 stands here: a bookmark, and a place to link to."""
        self.found.append(Placed(key, level, title, self.getPageNumber()))
        if self.is_trial:
            return
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, level - 2, closed=level == 2)

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn here belongs to the page, not to the text."""
        with self.structure.artifact(self._code):
            yield

    @contextmanager
    def content(self, role: str = "", part: Part | None = None, **said: Any) -> Iterator[None]:
        """What is drawn here is read: in an element of this role, or in the open one."""
        if not role:
            with self.structure.content(self._code, self.getPageNumber()):
                yield
            return
        with self.structure.element(role, part, **said), self.content():
            yield

    @contextmanager
    def figure(self, alt: str, width: float, height: float, low: float = 0) -> Iterator[None]:
        """A drawing that is read as its alternative text."""
        x, y = self.absolutePosition(0, low)
        box = [round(edge, 2) for edge in (x, y, x + width, y + height)]
        with self.content("Figure", alt=plain(alt) or "–", BBox=box, Placement="Block"):
            yield

    def linkRect(  # noqa: N802  # reportlab's name; its paragraphs call it
        self, contents: str, destination: str, rect: Any, relative: int = 1, **_: Any
    ) -> None:
        """A link within the file, told to the structure; `contents` is what a reader says."""
        name = f"link-{self._annotationCount}"
        key = self.structure.link(self.getPageNumber(), name)
        self._addAnnotation(
            _Link(
                self._absRect(rect, relative),
                contents or self.link_words,
                self._bookmarkReference(destination),
                Border="[0 0 0]",
                F=4,
                StructParent=key,
            ),
            name,
        )

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        """End the page; readers go through its links in the order of the structure."""
        super().showPage()
        page = self._doc.idToObject[f"Page{self.getPageNumber() - 1}"]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.getPageNumber() - 2
        page.Tabs = PDFName("S")

    def save(self) -> None:
        """The document template calls this after each pass: the last page ends, no file yet."""
        if self._code:
            self.showPage()

    def write(self) -> None:
        """Write the file, once nothing moves any more, with what it says of itself."""
        running = self.running
        self.setTitle(plain(running.title))
        self.setAuthor(plain(running.issuer))
        self.setSubject(plain(f"{running.agency}, {running.head}"))
        self.setCreator("inspector-app")
        self.setViewerPreference("DisplayDocTitle", "true")
        self._doc._timeStamp = _Stamp(running.instant)
        archival.describe(self._doc, self.structure, running.instant)
        describe_places(self._doc, self.signature_places)
        with archival.strictly_written():
            super().save()


class _Stamp:
    """The moment the file claims: the record's, in UTC."""

    def __init__(self, instant: datetime) -> None:
        self.YMDhms = instant.astimezone(UTC).timetuple()[:6]
        self.dhh = self.dmm = 0
        self.t = 0.0


@dataclass(frozen=True)
class Laid:
    """A finished PDF, where its headings stand, and what each of its parts was made of."""

    pdf: bytes
    places: Places
    spots: tuple[Spot, ...]


def render(
    running: Running,
    story: Callable[[Places], Story],
    on_page: Callable[[int], None] | None = None,
) -> bytes:
    """The PDF of what `story` gives; see `lay_out`."""
    return lay_out(running, story, on_page).pdf


def lay_out(
    running: Running,
    story: Callable[[Places], Story],
    on_page: Callable[[int], None] | None = None,
) -> Laid:
    """What `story` gives, laid out until every page number it prints is true.

    `on_page` hears the number of each page as it is laid out, in every pass; what it raises ends
    the work.
    """
    last = Places()
    for _ in range(_MOST_PASSES):
        target = io.BytesIO()
        canvas = _passed(target, running, last, story(last), on_page)
        now = Places(tuple(canvas.found), canvas.getPageNumber() - 1)
        if now == last:
            canvas.write()
            return Laid(target.getvalue(), now, tuple(canvas.spots))
        last = now
    raise AssertionError("the page numbers of a report do not settle")


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Notes what each part of a page was made of, and draws the bars of what was amended."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # reportlab's name
        """Called when the flowable was drawn: it ends where the frame now stands."""
        if self.frame is None:
            return  # nothing stands on a page yet
        if self.canv.is_trial:
            return
        low = self.frame._y + flowable.getSpaceAfter()
        draw_bars(self.canv, flowable, low)
        self.canv.spots += spots(flowable, self.canv.getPageNumber(), style.LEFT, low)


def _passed(
    target: io.BytesIO,
    running: Running,
    last: Places,
    story: Story,
    on_page: Callable[[int], None] | None,
) -> ReportCanvas:
    made: list[ReportCanvas] = []

    def make(_: Any, **more: Any) -> ReportCanvas:
        settings = {name: more[name] for name in ("pagesize",)}
        made.append(ReportCanvas(target, running, last, last == Places(), **settings))
        return made[0]

    document = _Document(target, pagesize=style.PAGE)
    document.addPageTemplates([_template(n, on_page, running) for n in ("first", "later")])
    document.build([NextPageTemplate("later"), *story], canvasmaker=make)
    return made[0]


def _template(name: str, on_page: Callable[[int], None] | None, running: Running) -> PageTemplate:
    top = style.FIRST_TOP if name == "first" else style.TOP
    bottom = style.BOTTOM + (ROOM if running.notes else 0)
    frame = SourcedFrame(
        style.LEFT, bottom, style.WIDE, top - bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def draw(canvas: ReportCanvas, _: Any) -> None:
        if on_page:
            on_page(canvas.getPageNumber())
        with canvas.artifact():
            _draw_running(canvas, first=name == "first")

    def end(canvas: ReportCanvas, _: Any) -> None:
        draw_note(canvas)

    return PageTemplate(name, [frame], onPage=draw, onPageEnd=end)


def _draw_running(canvas: ReportCanvas, first: bool) -> None:
    canvas.saveState()
    for y in _MARKING_YS:
        _draw_marking(canvas, y)
    if not first:
        _draw_line(canvas, _HEAD_Y, _head_of(canvas.running), canvas.running.version)
        _hairline(canvas, _HEAD_Y - 7)
    _hairline(canvas, _FOOT_Y + 12)
    foot = "  ·  ".join(filter(None, (canvas.running.foot, canvas.running.warning)))
    _draw_line(canvas, _FOOT_Y, foot, _page_of(canvas, first))
    if canvas.running.edge:
        _draw_edge(canvas)
    canvas.restoreState()


def _head_of(running: Running) -> str:
    """The agency, cut where it is long, and the report, which never is."""
    rest = f" · {plain(running.head)}"
    taken = width_of(rest + plain(running.version), REGULAR, _RUNNING_SIZE) + 24
    return shortened(running.agency, REGULAR, _RUNNING_SIZE, style.WIDE - taken) + rest


def _page_of(canvas: ReportCanvas, first: bool) -> str:
    total = canvas.last.total
    if first and canvas.running.has_cover:
        return f"{total} pages"
    return f"Page {canvas.getPageNumber()} of {total}"


def _draw_marking(canvas: ReportCanvas, y: float) -> None:
    marking = plain(canvas.running.marking)
    width = width_of(marking, BOLD, 8.5)
    canvas.setFillColor(style.INK)
    canvas.setFont(BOLD, 8.5)
    canvas.drawCentredString(style.PAGE[0] / 2, y, marking)
    if canvas.running.boxed:
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.9)
        canvas.rect((style.PAGE[0] - width) / 2 - 8, y - 4.5, width + 16, 14)


def _draw_line(canvas: ReportCanvas, y: float, left: str, right: str) -> None:
    canvas.setFillColor(style.QUIET)
    canvas.setFont(REGULAR, 8.5)
    right = plain(right)
    canvas.drawString(style.LEFT, y, plain(left))
    canvas.drawRightString(style.LEFT + style.WIDE, y, right)


def _hairline(canvas: ReportCanvas, y: float) -> None:
    canvas.setStrokeColor(style.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(style.LEFT, y, style.LEFT + style.WIDE, y)


def _draw_edge(canvas: ReportCanvas) -> None:
    """Reading upward at the right edge; never under text. Capitals are spaced."""
    words = canvas.running.edge
    spacings = [_EDGE_SPACING if word.isupper() else 0 for word in words]
    widths = [
        width_of(word, SEMIBOLD, _EDGE_SIZE) + spacing * len(word)
        for word, spacing in zip(words, spacings, strict=True)
    ]
    canvas.translate(_EDGE_X, style.PAGE[1] / 2 - (sum(widths) + 14 * (len(words) - 1)) / 2)
    canvas.rotate(90)
    canvas.setFillColor(style.QUIET)
    x = 0.0
    for word, spacing, width in zip(words, spacings, widths, strict=True):
        line = canvas.beginText(x, 0)
        line.setFont(SEMIBOLD, _EDGE_SIZE)
        line.setCharSpace(spacing)
        line.textOut(word)
        line.setCharSpace(0)
        canvas.drawText(line)
        x += width + 14


def shortened(string: str, face: str, size: float, room: float) -> str:
    """The string in one line, cut with an ellipsis where it has no room. For artifacts only."""
    string = plain(string)
    if width_of(string, face, size) <= room:
        return string
    while string and width_of(string + "…", face, size) > room:
        string = string[:-1]
    return string.rstrip() + "…"
