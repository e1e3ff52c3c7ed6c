"""Beside the grid: what the current cell asks, its note, its column so far, its file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inspector_app.change import new_record
from inspector_app.errors import UserError
from inspector_app.records import DocumentReview, Finding
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.clock_sheet import ClockSheet
from inspector_app.ui.document_file import FilePart
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.kit import (
    bar,
    column,
    emptied,
    field_row,
    hairline,
    holding,
    key_cap,
    label,
    row,
    section,
)
from inspector_app.ui.page import Page, RecordFields, Told

if TYPE_CHECKING:
    from inspector_app.forms import Attribute
    from inspector_app.records import SampledFile

AGREEMENT = "moa"
REST = 120
"""Milliseconds on a cell after which its editors are made."""
RESULTS = (("yes", "Yes"), ("no", "No"), ("not-applicable", "n/a"), ("unclear", "Unclear"))
CLOCKS = {
    "complaint": "complaint-designated",
    "detainer": "detainer-notice",
    "citizenship-claim": "usc-claim",
    "release-record": "hold-after-transfer",
}
"""The clock of the agreement that stands beside the records of a kind of sample."""
_KEYS = (
    ("Y N A U", "or 1 to 4: a result"),
    ("Del", "take away"),
    ("Ctrl+D", "fill down"),
    ("Ctrl+'", "as above"),
    ("Ctrl+C", "copy"),
    ("Ctrl+V", "paste, also from Excel"),
    ("Enter", "next file"),
    ("Tab", "next attribute"),
    ("F2", "note"),
    ("Esc", "back to the grid"),
)


class CellPanel(QWidget):
    """Follows the current cell. Words follow at once, editors when somebody rests on a cell."""

    result_set = Signal(str)
    """A result that was pressed here, "" to take it away."""
    left = Signal()
    """Back to the grid."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._fields: RecordFields | None = None
        self._at: tuple[SampledFile, Attribute] | None = None
        self._place, self._question = label("", "label"), label("", "heading")
        self._section = label("", "muted", wrap=False)
        self._item = button("", self._go_to_item, style="link")
        self._results = Chips(RESULTS, may_be_none=True, name="Result of this cell")
        self._results.chosen.connect(self.result_set)
        self._note_box = column(gap=0)
        self._new_note()
        self.column = ColumnPart(page)
        self.file = FilePart(page)
        self.clock: ClockSheet | None = None
        self._clock_box, self._clock_of = column(gap=8), ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.settle)
        self._build()

    def _build(self) -> None:
        source = row(self._section, self._item, 1, gap=12)
        cell = column(
            *(self._place, self._question, holding(source), self._results, self._note_box),
            gap=10,
            margins=16,
        )
        clock = holding(self._clock_box)
        box = column(cell, clock, hairline(), self.column, hairline(), self.file, hairline(), gap=0)
        box.addWidget(_keys())
        box.addStretch(1)
        self.setLayout(box)

    def show_cell(self, file: "SampledFile", attribute: "Attribute", at: int) -> None:
        """Show a cell; `at` is the place of its attribute, from 1."""
        before, self._at = self._at, (file, attribute)
        if before is None or (before[0].id, before[1].id) != (file.id, attribute.id):
            self._let_go()
            self._place.setText(f"File {file.position or 0:02}, attribute {at}")
            self._question.setText(attribute.question)
            words = f"MOA {attribute.section}" if attribute.section else "No section of the MOA"
            self._section.setText(words)
            self._item.setText((attribute.item or "").upper())
            self._item.setVisible(bool(attribute.item))
            self._note_row.hide()  # it belongs to the cell before
        if self._fields is None:
            self._rest.start()
        self._results.set_value(file.results.get(attribute.id))
        self.column.show_column(file.review, attribute)
        self.file.show_file(file, now=self._fields is not None)

    def settle(self) -> None:
        """Make the editors of the cell that is current."""
        self._rest.stop()
        if self._at is not None and self._fields is None:
            try:
                self._make_editors()
            except UserError as error:
                self._page.told.emit(Told(error))

    def _make_editors(self) -> None:
        if self._at is None:
            return
        file, attribute = self._at
        self._show_clock(file.review)
        self._fields = RecordFields(self._page, file.id)
        self._new_note()
        self._fields.bind(f"notes.{attribute.id}", self.note)
        self.file.show_file(file, now=True)

    def _show_clock(self, review: str) -> None:
        """Beside complaints, detainers, claims and holds: in time under this agreement or not."""
        if review == self._clock_of:
            return
        self._clock_of = review
        emptied(self._clock_box)
        found = self._page.inspection.get(DocumentReview, review)
        clock = CLOCKS.get(found.sample_kind if found else "", "")
        self.clock = None
        if clock in self._page.inspection.form.clocks:
            self.clock = ClockSheet(self._page, clock)
            inside = column(hairline(), self.clock, gap=8, margins=16)
            self._clock_box.addWidget(holding(inside))

    def pause(self) -> None:
        """The page is left: make no editors until it is shown or something changes."""
        self._rest.stop()

    def _new_note(self) -> None:
        self.note = TextEditor(2, "Where in the file, what it says")
        emptied(self._note_box)
        self._note_row = field_row("Note for this cell", self.note)
        room = self._note_row.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._note_row.setSizePolicy(room)
        self._note_box.addWidget(self._note_row)

    def write_note(self) -> None:
        """Put the caret into the note of the current cell."""
        self.settle()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def replace_file(self) -> None:
        """Ask why the current file is replaced."""
        self.settle()
        self.file.replace_asked()

    def is_shown(self) -> bool:
        """Whether a cell is shown."""
        return self._at is not None

    def release(self) -> None:
        """Commit what was typed here and let the editors go."""
        self._let_go()
        self.file.release()
        self._at = None

    def _let_go(self) -> None:
        self._rest.stop()
        if self._fields is not None:
            self._fields.release()
            self._fields = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        super().keyPressEvent(event)  # where this is a drawer, it closes

    def _go_to_item(self) -> None:
        if self._at and self._at[1].item:
            self._page.navigate.emit("checklist", f"answer:{self._at[1].item}")


class ColumnPart(QWidget):
    """How many files lack the attribute so far, and the finding that comes of it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._shown: tuple[str, Attribute] | None = None
        self._no, self._of = label("", "number", wrap=False), label("", "small", wrap=False)
        self._bar, self._others = bar(0, 1, "not-met"), label("", "muted")
        self.to_finding = button("", self._to_finding, style="link")
        figures = holding(row(self._no, self._of, 1))
        parts = (section("This column so far"), figures, self._bar, self._others, self.to_finding)
        self.setLayout(column(*parts, gap=6, margins=16))

    def show_column(self, review: str, attribute: "Attribute") -> None:
        """The counts of an attribute, as they are now."""
        self._shown = review, attribute
        count = self._page.inspection.sample_count(review, attribute.id)
        self._no.setText(str(count.no))
        self._of.setText(f"of {count.of} files lack it")
        self._bar.setRange(0, max(count.of, 1))
        self._bar.setValue(count.no)
        self._bar.setAccessibleName(f"{count.no} of {count.of}")
        pairs = ((count.unclear, "unclear"), (count.not_applicable, "not applicable"))
        others = ", ".join(f"{n} {words}" for n, words in pairs if n)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        found = finding_of(self._page, review, attribute)
        numbers = self._page.inspection.finding_numbers() if found else {}
        words = f"Open finding {numbers[found.id]}" if found else "Start a finding from this column"
        self.to_finding.setText(words)
        self.to_finding.setAccessibleName(words)

    def _to_finding(self) -> None:
        if self._shown is None:
            return
        found = finding_of(self._page, *self._shown)
        if found is None:
            start_finding(self._page, *self._shown)
        else:
            self._page.navigate.emit("findings", found.id)


def _keys() -> QWidget:
    caps = QWidget()
    flow = FlowLayout(caps, gap=8)
    for key, words in _KEYS:
        flow.addWidget(holding(row(key_cap(key), label(words, "small", wrap=False), gap=4)))
    return holding(column(section("Keys"), caps, gap=8, margins=16))


def _token(review: str, attribute: "Attribute") -> str:
    return f"{{count:{review}:{attribute.id}}}"


def finding_of(page: Page, review: str, attribute: "Attribute") -> Finding | None:
    """The finding that was started from this column, if there is one."""
    token = _token(review, attribute)
    found = (f for f in page.inspection.findings() if token in f.title + f.condition)
    return next(found, None)


def start_finding(page: Page, review: str, attribute: "Attribute") -> None:
    """A finding with the column's live count and the clause it is read from; then go there."""
    inspection, record = page.inspection, new_record(Finding.kind)
    sample = inspection.get(DocumentReview, review)
    where = f" ({sample.title}, {sample.period})" if sample and sample.period else ""
    token = _token(review, attribute)
    values = {
        "document": AGREEMENT,
        "section": attribute.section,
        "title": f"{token} files lack it: {attribute.label}",
        "condition": f"In {token} files examined{where} the answer is no: {attribute.question}",
        **_of_item(page, attribute),
    }
    ends = [review, f"answer:{attribute.item}"]
    links = [(record, end) for end in ends if inspection.record(end) is not None]
    if page.attempt(
        lambda: page.workspace.put_many(
            page.inspection_id, {record: values}, "new finding from a column", links=links
        )
    ):
        page.navigate.emit("findings", record)


def _of_item(page: Page, attribute: "Attribute") -> dict[str, str | None]:
    """What the item behind the column says of a finding: its type, the sentence it cites."""
    if attribute.item is None:
        return {}
    item = page.inspection.form.item(attribute.item)
    cited = [c for c in item.citations if c.document == AGREEMENT]
    sentence = next((c.quotation for c in cited if c.section == attribute.section), "")
    return {
        "item": item.id,
        "type": item.types[0] if item.types else None,
        "verify": item.verify or None,
        "quotation": sentence,
    }
