"""A photo and the marks on it: tools, the picture, the list of marks, the one in hand.

Each act is one change: putting a mark, moving it, its color, its words, its removal. The original
is never altered, and every mark can be altered for ever.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from inspector_app.change import new_record
from inspector_app.inspection.marks import annotations_of, mark_of
from inspector_app.photos import Mark
from inspector_app.records import Annotation, Photo
from inspector_app.ui.annotation_canvas import Canvas
from inspector_app.ui.annotation_shapes import TOOLS, WORDS, Places, described
from inspector_app.ui.buttons import Button, Chips, button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.gallery_rows import blurred_words
from inspector_app.ui.kit import column, emptied, field_row, holding, label, row, section
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.rows import RowData, RowList

_HINTS = {
    "": "A mark lies over the picture; the original stays as it is. Click one to move it.",
    "arrow": "Drag from the end of the arrow to its tip, or press Enter.",
    "text": "Click where the words begin, or press Enter.",
    "blur": "Drag over what nobody may see, or press Enter. Reports and copies lose it.",
}
_DRAG = "Drag on the picture, or press Enter to put it in the middle."
_SELECTED = "Arrows move it, Shift+arrows change its size, Del removes it, Esc lets it go."
_COLORS = [(c, c.capitalize()) for c in ("red", "yellow", "blue", "black", "white")]


class Annotator(QWidget):
    """Tools and picture. `side` is the list of marks, for whoever lays out the view."""

    left = Signal()

    def __init__(self, page: Page, photo: Photo) -> None:
        super().__init__()
        self._page, self._photo = page, photo.id
        self._marks: dict[str, Mark] = {}
        self._fields: RecordFields | None = None
        self.canvas = Canvas((photo.height or 3) / (photo.width or 4))
        self.canvas.setAccessibleName("Picture")
        self._tools = {shape: self._tool(shape) for shape in TOOLS}
        self._hint = label("", "muted")
        self._list = RowList([], name="Marks on the picture", under=True)
        self._one, self._disputed = column(gap=8), column(gap=8)
        self._head = section("Marks")
        self.side = holding(column(self._head, self._list, self._one, self._disputed, gap=8))
        tools = QWidget()
        flow = FlowLayout(tools, gap=6)
        for made in self._tools.values():
            flow.addWidget(made)
        box = column(tools, self.canvas, self._hint, gap=8)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.canvas.put.connect(self._put)
        self.canvas.moved.connect(self._move)
        self.canvas.removal.connect(self._remove)
        self.canvas.chosen.connect(self._chosen)
        self.canvas.tool_changed.connect(self._show_tool)
        self.canvas.left.connect(self.left)
        self._list.activated.connect(self._to_mark)
        self._list.removal.connect(self._remove)

    def _tool(self, shape: str) -> Button:
        made = button(
            WORDS[shape], lambda: self._take(shape), symbol=f"mark-{shape}", cap=TOOLS[shape]
        )
        made.setCheckable(True)
        return made

    # -- what is shown -----------------------------------------------------------------------

    def set_picture(self, image: QImage | None, why: str) -> None:
        """The picture without marks, or why there is none."""
        self.canvas.set_picture(image, why)

    def height_for(self, width: int, most: int) -> int:
        """How high it is with the whole picture at this width; at most so high."""
        around = self.sizeHint().height() - self.canvas.sizeHint().height()
        return min(around + self.canvas.height_for(width), most)

    def refresh(self) -> None:
        """Show the marks as the log has them."""
        inspection = self._page.inspection
        found = annotations_of(inspection, self._photo)
        whole = {a.id: mark for a in found if (mark := mark_of(inspection, a))}
        self._marks = whole
        self.canvas.set_marks(list(whole.items()))
        rows = [RowData(r, described(m, n)) for n, (r, m) in enumerate(whole.items(), 1)]
        self._list.set_rows(rows)
        self._list.setVisible(bool(rows))
        self._head.setVisible(bool(rows))
        self._list.select(self.canvas.selected())
        self._show_disputed(found)
        self._show_tool(self.canvas.tool())

    def marks(self) -> list[Mark]:
        return list(self._marks.values())

    def flush(self) -> None:
        """Commit what was moved."""
        self.canvas.flush()

    def _show_disputed(self, found: list[Annotation]) -> None:
        emptied(self._disputed)
        for annotation in found:
            if ConflictCard.needed(self._page, annotation.id):
                self._disputed.addWidget(ConflictCard(self._page, annotation.id))

    def _show_tool(self, shape: str) -> None:
        for name, made in self._tools.items():
            made.setChecked(name == shape)
        hint = _HINTS.get(shape, _DRAG)
        if not shape and self.canvas.selected():
            hint = _SELECTED
        blurred = blurred_words(self.marks())
        self._hint.setText(f"{blurred}. {hint}" if blurred and not shape else hint)

    def _take(self, shape: str) -> None:
        self.canvas.set_tool("" if self.canvas.tool() == shape else shape)
        self.canvas.setFocus()

    def _to_mark(self, record: str) -> None:
        self.canvas.select(record)
        self.canvas.setFocus()

    def _chosen(self, record: str) -> None:
        """The mark in hand: its color and its words below the list."""
        if self._fields is not None and self._fields in self._page.bindings:
            self._fields.release()
        self._fields = None
        emptied(self._one)
        self._list.select(record)
        self._show_tool(self.canvas.tool())
        mark = self._marks.get(record)
        if mark is None or ConflictCard.needed(self._page, record):
            return
        self._fields = RecordFields(self._page, record)
        remove = button("Remove the mark", lambda: self._remove(record), style="link")
        if mark.shape == "text":
            words = self._fields.bind("text", LineEditor("What stands on the picture"))
            self._one.addWidget(field_row("Words", words))
        if mark.shape != "blur":
            colors = self._fields.bind("color", Chips(_COLORS, name="Color"))
            colors.set_value(mark.color)
            self._one.addWidget(colors)
        self._one.addWidget(holding(row(remove, 1)))

    # -- what is done ------------------------------------------------------------------------

    def _put(self, shape: str, places: Places) -> None:
        page, record = self._page, new_record(Annotation.kind)
        values = {"photo": self._photo, "shape": shape, **_named(places)}
        values |= {} if shape == "blur" else {"color": "red"}
        number = page.inspection.record_numbers().get(self._photo, "a photo")
        words = f"{WORDS[shape].lower()} on {number}"
        done = page.write(
            self._photo,
            lambda amends: page.workspace.put_many(
                page.inspection_id, {record: values}, words, amends
            ),
        )
        if done:
            self.refresh()
            self.canvas.select(record)
            (self._words_line() if shape == "text" else self.canvas).setFocus()

    def _words_line(self) -> QWidget:
        return next(iter(self.side.findChildren(LineEditor)), self.canvas)

    def _move(self, record: str, places: Places) -> None:
        page, values = self._page, {record: _named(places)}
        page.write(
            record,
            lambda amends: page.workspace.put_many(
                page.inspection_id, values, "moved a mark", amends
            ),
        )
        self.refresh()

    def _remove(self, record: str) -> None:
        page = self._page
        page.write(record, lambda amends: page.workspace.remove(page.inspection_id, record, amends))
        self.refresh()


def _named(places: Places) -> dict[str, int]:
    return dict(zip(("x1", "y1", "x2", "y2"), places, strict=True))
