"""The flowables of a text page: paragraphs, headings, rail labels, rules.

Each knows its role in the document's structure; what it shows comes in as `Markup` only.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from inspector_app.reports import style
from inspector_app.reports.edition import codes_in
from inspector_app.reports.structure import Part
from inspector_app.reports.typed import Markup, plain

Role = Literal[
    "P", "BlockQuote", "Caption", "Lbl", "LBody", "TH", "TD", "H1", "H2", "H3", "H4", "Span",
    "Reference",
]  # fmt: skip
_BELOW: dict[int, Role] = {1: "H2", 2: "H3", 3: "H4"}
_IN_ITS_CELL = ("TH", "TD")

THREE_LINES = 46.0
LONGEST = 180.0
"""The most, in points, that a text takes beside what may not be parted: a photo, a line."""
THIRD = style.FRAME_HEIGHT / 3


class Piece(NamedTuple):
    """Words of a paragraph in one look, as they came: wrapping takes `frags` apart."""

    text: str
    face: str
    ground: str


def _pieces(frag: Any) -> Iterator[Piece]:
    """Of what a paragraph was made from; of a word that a split gives it, as (look, text) pairs."""
    if isinstance(frag, list):
        yield from (_piece(look, text) for look, text in frag[1:])
    else:
        yield _piece(frag, getattr(frag, "text", ""))


def _piece(frag: Any, text: str) -> Piece:
    is_break = getattr(frag, "lineBreak", False)
    ground = getattr(frag, "backColor", None)
    return Piece(
        "\n" if is_break else text,
        getattr(frag, "fontName", ""),
        ground.hexval()[2:] if ground else "",
    )


_MARKED = re.compile(r"[<&]|^$")
_LOOKS: dict[str, Any] = {}


def _looks(styling: ParagraphStyle) -> Any:
    """How the words of a style look, parsed once: most texts have no markup in them."""
    if styling.name not in _LOOKS:
        (_LOOKS[styling.name],) = Paragraph("x", styling).frags
    return _LOOKS[styling.name]


class Para(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph with a role. It splits freely over pages; what is split off keeps the role."""

    role: Role = "P"

    def __init__(
        self,
        markup: Markup | None,
        styling: ParagraphStyle,
        bulletText: Any = None,  # noqa: N803  # reportlab's names
        frags: Any = None,
    ) -> None:
        if frags is None and not isinstance(markup, Markup):
            raise TypeError("a paragraph takes markup, which only the door for text makes")
        if markup is not None and not _MARKED.search(markup):
            frags = [_looks(styling).clone(text=markup.strip())]
        super().__init__(markup, styling, bulletText, frags)
        self.part = Part()
        self.pieces = tuple(piece for frag in self.frags for piece in _pieces(frag))
        self.words = plain(self.getPlainText(identify=True))
        self._is_link = any(getattr(frag, "link", None) for frag in self.frags)
        self._codes = frozenset(codes_in("".join(p.text for p in self.pieces if p.ground)))

    def draw(self) -> None:
        """In an element of its role; what is empty is nothing, and a cell's text is the cell's."""
        if not self.words:
            return
        self._note_level()
        if self.role in _IN_ITS_CELL:
            self._draw_linked()
        else:
            with self.canv.structure.element(self.role, self.part):
                self._draw_linked()

    @property
    def is_link(self) -> bool:
        """Whether it leads to another place of the report."""
        return self._is_link

    def _note_level(self) -> None:
        if self.role[0] == "H":
            self.canv.level = int(self.role[1:])

    def _draw_linked(self) -> None:
        """A paragraph with a link is that link, as a whole."""
        self.canv.link_words = self.words
        with self.canv.content("Link" if self._is_link else ""):
            super().draw()
        self.canv.withheld.update(self._codes)

    def split(self, aW: float, aH: float) -> list["Para"]:  # noqa: N803
        parts: list[Para] = super().split(aW, aH)
        for part in parts:
            part.role, part.part = self.role, self.part
            part.words, part._is_link = self.words, self._is_link
        return parts


def para(
    markup: Markup,
    name: str = "body",
    role: Role = "P",
    *,
    in_text: bool = False,
    before: float = 0,
    after: float = 0,
    right: float = 0,
) -> Para:
    """A paragraph in one of the styles; over the whole width, or in the text columns."""
    made = Para(markup, _spaced(name, in_text, before, after, right))
    made.role = "Caption" if (name, role) == ("table-title", "P") else role
    return made


def prose(markup: Markup, after: float = 0, name: str = "body", role: Role = "P") -> Para:
    """A paragraph in the text columns."""
    return para(markup, name, role, in_text=True, after=after)


def _spaced(name: str, in_text: bool, before: float, after: float, right: float) -> ParagraphStyle:
    chosen = style.indented(name) if in_text else style.STYLES[name]
    if not (before or after or right):
        return chosen
    return chosen.clone(chosen.name, spaceBefore=before, spaceAfter=after, rightIndent=right)


class Heading(Para):
    """A heading with a bookmark and a page number under `key`; see `heading`."""

    key = ""
    level = 2
    bookmark = ""

    def draw(self) -> None:
        self.stand_on(self.canv)
        super().draw()

    def stand_on(self, canvas: Any) -> None:
        """Tell the canvas that it stands on its page, without drawing it."""
        if self.key:
            canvas.place(self.key, self.bookmark, self.level, self.height)

    def split(self, aW: float, aH: float) -> list[Para]:  # noqa: N803
        """The first part keeps the bookmark; the rest is its continuation."""
        parts = super().split(aW, aH)
        if len(parts) > 1 and isinstance(parts[0], Heading):
            parts[0].key, parts[0].level, parts[0].bookmark = self.key, self.level, self.bookmark
        return parts


def heading(
    markup: Markup,
    key: str,
    level: Literal[2, 3],
    *,
    name: str = "h2",
    in_text: bool = True,
    bookmark: str = "",
    before: float = 0,
    after: float = 6,
) -> Heading:
    """A heading whose lines are balanced. Keep room for what follows with `room_for`."""
    room = style.TEXT if in_text else style.WIDE
    narrower = room - balanced(markup, name, room)
    made = Heading(markup, _spaced(name, in_text, before, after, narrower))
    made.role = "H2" if level == 2 else "H3"
    made.key, made.level = key, level
    made.bookmark = bookmark or plain(made.getPlainText(identify=True))
    return made


def balanced(markup: Markup, name: str, room: float) -> float:
    """The narrowest width in which the text takes no more lines than in `room`."""

    def lines_in(width: float) -> int:
        paragraph = Paragraph(markup, style.STYLES[name])
        paragraph.wrap(width, 1e6)
        return len(paragraph.blPara.lines)

    least, most, wanted = room / 4, room, lines_in(room)
    if wanted == 1:
        return room
    while most - least > 1:
        middle = (least + most) / 2
        least, most = (least, middle) if lines_in(middle) <= wanted else (middle, most)
    return most


class RailLabel(Flowable):  # type: ignore[misc]
    """A label in the rail, on the first baseline of what follows: it takes no height.

    `first` is the distance from the top of what follows to its first baseline. It `heads` what
    follows, one level below the heading before it; else it is a line of text.
    """

    def __init__(
        self, markup: Markup, before: float = 12, first: float = 10.5, *, heads: bool = True
    ) -> None:
        super().__init__()
        self._label, self._heads = para(markup, "rail"), heads
        self.spaceBefore, self.spaceAfter = before, 0
        self._first = first

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        self._label.wrap(style.RAIL, 1e6)
        return style.RAIL, 0

    @property
    def label(self) -> Para:
        """The words."""
        return self._label

    @property
    def heads(self) -> bool:
        """Whether it is a heading to what follows."""
        return self._heads

    def draw(self) -> None:
        raised = self._first - self._label.style.fontSize
        level = self.canv.level
        if self._heads:
            self._label.role = _BELOW[level]
        self._label.drawOn(self.canv, 0, -raised - self._label.height)
        self.canv.level = level


def labelled(
    label: Markup, *body: Flowable, before: float = 12, first: float = 10.5
) -> list[Flowable]:
    """A rail label with what it labels; as much of that stays with it as must."""
    return [CondPageBreak(before + _kept(body[0])), RailLabel(label, before, first), *body]


def _kept(body: Flowable) -> float:
    """Three lines of a paragraph, the first rows of a table, the whole of a chart."""
    if isinstance(body, Paragraph):
        return THREE_LINES
    _, height = body.wrap(style.WIDE, 1e6)
    return float(min(height, getattr(body, "kept", style.FRAME_HEIGHT * 0.9)))


class Rule(Flowable):  # type: ignore[misc]
    """A horizontal line. An artifact of the layout."""

    def __init__(
        self,
        weight: float = style.HAIR,
        color: Color = style.RULE,
        *,
        x: float = 0,
        width: float = style.WIDE,
        before: float = 0,
        after: float = 0,
    ) -> None:
        super().__init__()
        self._weight, self._color, self._x, self.width = weight, color, x, width
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        return self.width, self._weight

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.setStrokeColor(self._color)
            self.canv.setLineWidth(self._weight)
            self.canv.line(self._x, self._weight / 2, self._x + self.width, self._weight / 2)


def cut(words: Para, width: float) -> list[Para]:
    """What stays with what it belongs to, and what is left over for the next page."""
    words.wrap(width, 1e6)
    return words.split(width, LONGEST) if words.height > LONGEST else [words]


def space(height: float) -> Flowable:
    """White space, none at the top of a page."""
    return Spacer(1, height)


def room_for(height: float) -> Flowable:
    """A new page unless that much height is free."""
    return CondPageBreak(height)


def fresh_page() -> Flowable:
    """A new page, unless nothing stands on this one yet."""
    return CondPageBreak(style.FRAME_HEIGHT - 1)
