"""Small parts that every page is made of. They are styled by name, in resources/window.qss."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.flow import flowing
from inspector_app.ui.focus import SCROLLED
from inspector_app.ui.icons import WORDS, pixmap
from inspector_app.ui.theme import active, px

Part = QWidget | QLayout | int
"""What stands in a row or column; a number is a stretch."""

_Box = TypeVar("_Box", bound=QBoxLayout)

_BESIDE = 140
"""What a head's words have at least beside its acts."""
_TITLE = 160
"""Letters of a page's head; a longer title stands in its own field."""
READING_WIDTH = 720
"""Nothing that is read or typed is wider."""


def label(text: str, style: str = "body", *, wrap: bool = True) -> QLabel:
    """Plain text; typed text is never markup. `wrap`: it may take several lines."""
    made = QLabel(text)
    made.setObjectName(style)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return made


def column(*parts: Part, gap: int = 8, margins: int = 0) -> QVBoxLayout:
    """Parts from top to bottom."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def row(*parts: Part, gap: int = 8, margins: int = 0) -> QHBoxLayout:
    """Parts from left to right."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def _filled(box: _Box, parts: Sequence[Part], gap: int, margins: int) -> _Box:
    box.setSpacing(px(gap))
    box.setContentsMargins(px(margins), px(margins), px(margins), px(margins))
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


def holding(layout: QLayout, style: str = "plain") -> QWidget:
    """A widget around a layout; `plain` has no ground of its own."""
    widget = QWidget()
    widget.setObjectName(style)
    widget.setLayout(layout)
    return widget


def framed(layout: QLayout, style: str) -> QFrame:
    """A frame around a layout: "box", "note" (a caution) or "conflictcard"."""
    frame = QFrame()
    frame.setObjectName(style)
    layout.setContentsMargins(px(12), px(10), px(12), px(10))
    frame.setLayout(layout)
    return frame


class _Scrolled(QScrollArea):
    """Scrolls from top to bottom, and to whatever takes the focus.

    The place of the bar is always kept. Where a text is shorter beside a bar than without one, Qt
    would take the bar away and bring it back until the stack is full.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._show_bar)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.setProperty(SCROLLED, self)

    def _show_bar(self, least: int, most: int) -> None:
        """A bar that is disabled is not painted."""
        self.verticalScrollBar().setEnabled(most > least)


def scrolled(layout: QLayout) -> QScrollArea:
    """A layout that scrolls from top to bottom."""
    return _Scrolled(holding(layout))


def reading(layout: QLayout, *, wide: bool = False) -> QScrollArea:
    """The body of a page: scrolls, has margins, and is at most as wide as one can read.

    `wide`: a grid or list that takes all the width there is.
    """
    inside = holding(layout)
    inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    outer = row(inside, *([] if wide else [0]))
    if not wide:
        inside.setMaximumWidth(px(READING_WIDTH))
        outer.setStretch(0, 100)
        outer.setStretch(1, 1)
    outer.setContentsMargins(px(24), px(16), px(24), px(24))
    return scrolled(outer)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            emptied(inner)
            inner.deleteLater()


def hairline() -> QFrame:
    """A line that separates."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def key_cap(text: str) -> QLabel:
    """A key, where it works."""
    return boxed(text, "keycap")


def boxed(text: str, style: str) -> QLabel:
    """A word in a box of its own height: a key cap, "practice"."""
    made = label(text, style, wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def mark(name: str, size: int = 16, words: str = "") -> QLabel:
    """A state by shape and color; its words are the accessible name and the tooltip."""
    made = QLabel()
    made.setPixmap(pixmap(name, px(size)))
    made.setAccessibleName(words or WORDS.get(name, name.replace("-", " ")))
    made.setToolTip(made.accessibleName())
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made


def symbol(name: str, size: int = 16, color: str | None = None) -> QLabel:
    """An icon beside the word that says the same; a screen reader passes over it."""
    made = QLabel()
    made.setPixmap(pixmap(name, px(size), color))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made


def state_line(name: str, words: str, style: str = "small") -> QWidget:
    """A mark with its words."""
    return holding(_beside(symbol(name), label(words, style)))


def _beside(small: QLabel, text: QLabel) -> QHBoxLayout:
    """A mark at the height of the first of several lines."""
    line = row(gap=8)
    holder = row(small)
    holder.setContentsMargins(0, px(2) if small.text() == "" else 0, 0, 0)
    outer = column(holder, 1, gap=0)
    line.addLayout(outer)
    line.addWidget(text, 1)
    return line


def page_head(title: str, subtitle: str = "", *actions: QWidget) -> QWidget:
    """The head of a page: its title, what it is about, at most a few acts at the right."""
    shown = title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"
    texts = column(label(shown, "pagetitle"), gap=2)
    if subtitle:
        texts.addWidget(label(subtitle, "muted"))
    return headed(holding(texts), *actions)


def headed(texts: QWidget, *actions: QWidget) -> QWidget:
    """Words at left and acts at right; where there is no room for both, the acts stand below."""
    return _Head(texts, actions) if actions else texts


class _Head(QWidget):
    """At 200 % no act is cut off: below the words they go on in as many lines as it takes."""

    def __init__(self, texts: QWidget, actions: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("plain")
        texts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._acts = holding(flowing(*actions))
        self._box = row(texts, self._acts, gap=8)
        self._box.setStretch(0, 1)
        self._box.setAlignment(self._acts, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._acts.sizeHint().width() + px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)


def section(text: str, hint: str = "", *actions: QWidget) -> QWidget:
    """A small heading above what belongs to it."""
    parts: list[Part] = [label(text, "label", wrap=False)]
    if hint:
        parts.append(ElidedLabel(hint, "muted"))
    line = row(*parts, *([] if hint else [1]), *actions)
    if hint:
        line.setStretch(1, 1)
    return holding(line)


def field_row(words: str, editor: QWidget, hint: str = "", *acts: QWidget) -> QWidget:
    """An editor under its label, which is its buddy and its name; a refusal is told below it.

    `acts`: small things at the right of the label, such as a key cap or a link.
    """
    from inspector_app.ui.editors import LineEditor, TextEditor

    buddy = label(words.replace("&", "&&"), "label", wrap=False)
    buddy.setBuddy(editor)
    editor.setAccessibleName(words)
    head = row(buddy, 1, *([label(hint, "muted", wrap=False)] if hint else []), *acts)
    box = column(head, editor, gap=4)
    if isinstance(editor, LineEditor | TextEditor):
        refusal = label("", "refused")
        refusal.hide()
        editor.typing.refused.connect(refusal.setText)
        editor.typing.refused.connect(lambda told: refusal.setVisible(bool(told)))
        box.addWidget(refusal)
    return holding(box)


def facts(pairs: Sequence[tuple[str, str]], columns: int = 1) -> QWidget:
    """Labels and values in a grid."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(6))
    for at, (name, value) in enumerate(pairs):
        line, place = divmod(at, columns)
        name_label = label(name, "muted", wrap=False)
        name_label.setMinimumWidth(px(112))
        grid.addWidget(name_label, line, place * 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, "small"), line, place * 2 + 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(place * 2 + 1, 1)
    return holding(grid)


def empty_state(title: str, text: str, *actions: QWidget) -> QWidget:
    """What a page shows when there is nothing yet: what it is for, and how to begin."""
    words = label(text, "muted")
    words.setMaximumWidth(px(520))
    # a column asks how high the words are at its own width, a row at theirs
    line = row(words, 0)
    line.setStretch(0, 100)
    line.setStretch(1, 1)
    return holding(column(label(title, "heading"), line, row(*actions, 1), gap=8))


def caution(words: str) -> QFrame:
    """Something to know before going on."""
    return framed(column(state_line("caution", words)), "note")


def clause(text: str, marked: str = "") -> QLabel:
    """The words of an agreement, with the sentence that matters marked."""
    from html import escape

    shown = escape(text)
    if marked and (found := escape(marked)) in shown:
        look = f"background-color: {active().mark}; text-decoration: none"
        if active().mark_line != active().mark:
            look = f"text-decoration: underline; color: {active().mark_line}"
        shown = shown.replace(found, f'<span style="{look}">{found}</span>', 1)
    made = label("", "small")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(shown.replace("\n", "<br>"))
    made.setAccessibleName(text)
    return made


def bullets(texts: Sequence[str]) -> QWidget:
    """A list of short sentences."""
    lines = column(gap=6)
    for text in texts:
        lines.addLayout(_beside(label("•", "small", wrap=False), label(text, "small")))
    return holding(lines)


def bar(done: int, of: int, state: str = "") -> QProgressBar:
    """How much of something is done; the figures stand beside it."""
    made = QProgressBar()
    made.setRange(0, max(of, 1))
    made.setValue(done)
    made.setTextVisible(False)
    made.setProperty("state", state)
    made.setAccessibleName(f"{done} of {of}")
    return made


def live(text: str) -> QLabel:
    """A number that the program computes: it cannot be typed."""
    return label(text, "live", wrap=False)


class ElidedLabel(QLabel):
    """One line that may be cut in a side list; the whole is its tooltip and accessible name."""

    def __init__(self, text: str, style: str = "body") -> None:
        super().__init__()
        self.setObjectName(style)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        width = max(self.width(), px(24))
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, width))
