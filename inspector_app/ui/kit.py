"""Small widgets that every page is made of. They are styled by name, in resources/window.qss."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.icons import WORDS, icon, pixmap


def named(widget: QWidget, style: str) -> QWidget:
    """Give a widget the name under which the style sheet knows it."""
    widget.setObjectName(style)
    return widget


def label(text: str, style: str = "body", *, wrap: bool = True) -> QLabel:
    """Plain text; typed text is never markup."""
    made = QLabel(text)
    made.setObjectName(style)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return made


def column(*parts: QWidget | QLayout | int, gap: int = 8, margins: int = 0) -> QVBoxLayout:
    """Parts from top to bottom; a number is a stretch."""
    box = QVBoxLayout()
    _fill(box, parts, gap, margins)
    return box


def row(*parts: QWidget | QLayout | int, gap: int = 8, margins: int = 0) -> QHBoxLayout:
    """Parts from left to right; a number is a stretch."""
    box = QHBoxLayout()
    _fill(box, parts, gap, margins)
    return box


def _fill(
    box: QBoxLayout, parts: Sequence[QWidget | QLayout | int], gap: int, margins: int
) -> None:
    box.setSpacing(gap)
    box.setContentsMargins(margins, margins, margins, margins)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)


def holding(layout: QLayout, style: str = "content") -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setObjectName(style)
    widget.setLayout(layout)
    return widget


def scrolled(layout: QLayout, style: str = "content") -> QScrollArea:
    """A layout that scrolls from top to bottom."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holding(layout, style))
    return area


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            emptied(inner)


def hairline() -> QFrame:
    """A line that separates."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def key_cap(text: str) -> QLabel:
    """A key, where it works."""
    return label(text, "keycap", wrap=False)


def mark(name: str, size: int = 16) -> QLabel:
    """A state by shape and color; its words are the accessible name and the tooltip."""
    made = QLabel()
    made.setPixmap(pixmap(name, size))
    made.setAccessibleName(WORDS.get(name, name))
    made.setToolTip(WORDS.get(name, name))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made


def state_line(name: str, words: str) -> QWidget:
    """A mark with its words."""
    return holding(row(mark(name), label(words, wrap=False), 1, gap=6))


def button(
    text: str,
    act: Callable[[], object],
    *,
    style: str = "",
    symbol: str | None = None,
    key: str | None = None,
) -> QPushButton:
    """A button that says what it does; with a key, the key works on the whole page."""
    made = QPushButton(text)
    made.setObjectName(style)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: act())
    if symbol:
        from inspector_app.ui.theme import active

        made.setIcon(icon(symbol, active().on_accent if style == "primary" else None))
    if key:
        made.setShortcut(key)
        made.setToolTip(f"{text} ({key})")
    if style == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def page_head(title: str, subtitle: str = "", *actions: QWidget) -> QWidget:
    """The head of a page: its title, what it is about, at most a few acts at the right."""
    texts = column(label(title, "pagetitle"), gap=2)
    if subtitle:
        texts.addWidget(label(subtitle, "muted"))
    return holding(row(texts, 1, *actions, gap=8))


def section(text: str, hint: str = "", *actions: QWidget) -> QWidget:
    """A small heading above what belongs to it."""
    parts: list[QWidget | QLayout | int] = [label(text, "label", wrap=False)]
    if hint:
        parts.append(label(hint, "muted", wrap=False))
    return holding(row(*parts, 1, *actions))


def field_row(words: str, editor: QWidget, hint: str = "") -> QWidget:
    """An editor under its label; the label is its buddy and its accessible name."""
    buddy = label(words, "label", wrap=False)
    buddy.setBuddy(editor)
    editor.setAccessibleName(words)
    head = row(buddy, 1, gap=8)
    if hint:
        head.addWidget(label(hint, "muted", wrap=False))
    return holding(column(head, editor, gap=4))


def facts(pairs: Sequence[tuple[str, str]], columns: int = 1) -> QWidget:
    """Labels and values in a grid."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for at, (name, value) in enumerate(pairs):
        line, place = divmod(at, columns)
        name_label = label(name, "muted", wrap=False)
        name_label.setMinimumWidth(112)
        grid.addWidget(name_label, line, place * 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value), line, place * 2 + 1)
        grid.setColumnStretch(place * 2 + 1, 1)
    return holding(grid)


def empty_state(title: str, text: str, *actions: QWidget) -> QWidget:
    """What a page shows when there is nothing yet: what it is for, and how to begin."""
    words = label(text, "muted")
    words.setMaximumWidth(520)
    return holding(column(label(title, "heading"), words, row(*actions, 1), 1, gap=8, margins=0))


class ElidedLabel(QLabel):
    """One line that may be cut in a side list; the whole is its tooltip and accessible name."""

    def __init__(self, text: str, style: str = "body") -> None:
        super().__init__()
        self.setObjectName(style)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = text
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        width = max(self.width(), 24)
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, width))


@dataclass(frozen=True, slots=True)
class RowData:
    """One row of a list: a mark, what it is, what it says, what stands at the right."""

    key: str
    title: str
    text: str = ""
    right: str = ""
    mark: str = ""


class ListRow(QPushButton):
    """A row that is a button: focus, Enter and a click do the same."""

    def __init__(self, data: RowData, title_width: int) -> None:
        super().__init__()
        self.setObjectName("row")
        self.setAutoDefault(False)
        self.key = data.key
        words = ", ".join(p for p in (WORDS.get(data.mark, ""), data.title, data.text) if p)
        self.setAccessibleName(words[:300])
        parts: list[QWidget | QLayout | int] = [mark(data.mark)] if data.mark else []
        title = ElidedLabel(data.title, "strong")
        if data.text:
            title.setFixedWidth(title_width)
        parts += [title, ElidedLabel(data.text)] if data.text else [title]
        parts += [label(data.right, "muted", wrap=False)] if data.right else []
        layout = row(*parts, gap=10)
        layout.setContentsMargins(4, 0, 4, 0)
        self.setLayout(layout)
        for inner in self.findChildren(QLabel):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class RowList(QWidget):
    """A short list of rows; Enter or a click tells which was meant."""

    activated = Signal(str)

    def __init__(self, rows: Sequence[RowData] = (), title_width: int = 180) -> None:
        super().__init__()
        self.setObjectName("content")
        self._title_width = title_width
        self._box = column(gap=0)
        self.setLayout(self._box)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[RowData]) -> None:
        emptied(self._box)
        for data in rows:
            made = ListRow(data, self._title_width)
            made.clicked.connect(lambda _=False, key=data.key: self.activated.emit(key))
            self._box.addWidget(made)

    def buttons(self) -> list[ListRow]:
        return self.findChildren(ListRow)
