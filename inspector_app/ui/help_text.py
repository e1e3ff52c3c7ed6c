"""A page of the manual as it is read: Qt's own Markdown, in the colors and sizes of the theme."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from inspector_app.ui.theme import FAMILY, active, base_font, px

_HEADINGS = {1: 20, 2: 16, 3: 15}
_LINE_HEIGHT = 112  # percent
_FULL = 100
_RUNS = (6, 4, 3, 2)
"""How many words of a passage are looked for in a row: cells of a table stand apart."""


class HelpText(QTextBrowser):
    """Shows one text; follows no link itself and loads nothing from anywhere."""

    followed = Signal(str)
    """The name of the page that a link leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Help")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.document().setDocumentMargin(px(16))
        self.anchorClicked.connect(self._follow)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing: a page of the manual is whole in itself."""
        return None

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.path().removesuffix(".md"))

    def show_text(self, text: str) -> None:
        """Show a page in Markdown from its beginning."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, QColor(active().accent))
        self.setPalette(palette)
        document = self.document()
        document.setDefaultFont(base_font())
        document.setIndentWidth(px(22))
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        for block in _blocks(document):
            _style_block(block)
            for fragment in _fragments(block):
                _style_fragment(document, block.blockFormat().headingLevel(), fragment)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _style_table(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: str) -> None:
        """Mark a passage and bring it into view."""
        said = words.split()
        runs = (" ".join(said[at : at + n]) for n in _RUNS for at in range(len(said) - n + 1))
        places = (self.document().find(run) for run in [*runs, words])
        found = next((place for place in places if not place.isNull()), None)
        if found is not None:
            to_end = QTextCursor.MoveOperation.EndOfBlock
            found.movePosition(to_end, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(found)
            self.ensureCursorVisible()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        found.append(pieces.fragment())
        pieces += 1
    return found


def _style_block(block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    look = QTextBlockFormat()
    look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    look.setTopMargin(px(0 if level == 1 else 14 if level else 3))
    look.setBottomMargin(px(4 if level else 3))
    QTextCursor(block).mergeBlockFormat(look)


def _style_fragment(document: QTextDocument, level: int, fragment: QTextFragment) -> None:
    """A heading in its size; a key, which Markdown calls code, in a tint; a link in the accent."""
    look = fragment.charFormat()
    if level:
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        look.setProperty(QTextFormat.Property.FontPixelSize, px(_HEADINGS.get(level, 15)))
        look.setFontWeight(QFont.Weight.DemiBold)
    if look.fontFixedPitch():
        look.setFontFamilies([FAMILY])
        look.setFontFixedPitch(False)
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setBackground(QColor(active().hover))
    if look.isAnchor():
        look.setForeground(QColor(active().accent))
        look.setFontUnderline(True)
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(look)


def _style_table(table: QTextTable) -> None:
    """A hairline under each row, room around the words, the whole width."""
    look = table.format()
    look.setBorder(0)
    look.setCellSpacing(0)
    look.setCellPadding(px(4))
    look.setTopMargin(px(4))
    look.setBottomMargin(px(8))
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, _FULL))
    table.setFormat(look)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            shape = cell.format().toTableCellFormat()
            shape.setBottomBorder(1)
            shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setBottomBorderBrush(QColor(active().line))
            cell.setFormat(shape)
