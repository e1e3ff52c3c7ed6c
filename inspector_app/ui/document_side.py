"""Beside the grid: what the current cell asks, its note, its column so far, its file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.change import new_record
from inspector_app.records import DocumentReview, Finding
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.editors import LineEditor, TextEditor
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
from inspector_app.ui.page import Page, RecordFields

if TYPE_CHECKING:
    from inspector_app.forms import Attribute
    from inspector_app.records import SampledFile

AGREEMENT = "moa"
RESULTS = (("yes", "Yes"), ("no", "No"), ("not-applicable", "n/a"), ("unclear", "Unclear"))
_KEYS = (
    ("Y", "yes"),
    ("N", "no"),
    ("A", "n/a"),
    ("U", "unclear"),
    ("Ctrl+D", "fill down"),
    ("Ctrl+'", "as above"),
    ("Enter", "next file"),
    ("Tab", "next attribute"),
    ("Del", "take away"),
    ("F6", "to the note"),
)


class CellPanel(QWidget):
    """Follows the current cell. Its editors are made anew only when the cell is another one."""

    result_set = Signal(str)
    """A result that was pressed here, "" to take it away."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._fields: RecordFields | None = None
        self._shown = ("", "")
        self.note, self.to_finding = TextEditor(2), QWidget()
        self._results = Chips(RESULTS, may_be_none=True, name="Result of this cell")
        self._results.chosen.connect(self.result_set)
        self._cell = column(gap=10, margins=16)
        self._column = column(gap=6, margins=16)
        self._file = column(gap=8, margins=16)
        parts = (self._cell, hairline(), self._column, hairline(), _keys(), hairline())
        box = column(*parts, self._file, gap=0)
        box.addStretch(1)
        self.setLayout(box)

    def show_cell(self, file: "SampledFile", attribute: "Attribute", at: int) -> None:
        """Show a cell; `at` is the place of its attribute, from 1."""
        if self._shown != (file.id, attribute.id):
            self.release()
            self._shown = file.id, attribute.id
            self._fields = RecordFields(self._page, file.id)
            self._fill_cell(file, attribute, at)
            self._fill_file(file)
        self._results.set_value(file.results.get(attribute.id))
        self._fill_column(file.review, attribute)

    def is_shown(self) -> bool:
        """Whether a cell is shown."""
        return self._fields is not None

    def release(self) -> None:
        """Commit what was typed here and let the editors go."""
        if self._fields is not None:
            self._fields.release()
            self._fields = None
            self._shown = ("", "")

    def _fill_cell(self, file: "SampledFile", attribute: "Attribute", at: int) -> None:
        self._results.setParent(None)
        emptied(self._cell)
        place = label(f"File {file.position or 0:02}, attribute {at}", "label")
        self.note = TextEditor(2, "Where in the file, what it says")
        self._bound(f"notes.{attribute.id}", self.note)
        for part in (
            place,
            label(attribute.question, "heading"),
            self._source(attribute),
            self._results,
            field_row("Note for this cell", self.note),
        ):
            self._cell.addWidget(part)
        self._results.show()

    def _source(self, attribute: "Attribute") -> QWidget:
        words = f"MOA {attribute.section}" if attribute.section else "No section of the MOA"
        line = row(label(words, "muted", wrap=False), gap=12)
        if item := attribute.item:
            line.addWidget(
                button(
                    item.upper(),
                    lambda: self._page.navigate.emit("checklist", f"answer:{item}"),
                    style="link",
                )
            )
        line.addStretch(1)
        return holding(line)

    def _fill_column(self, review: str, attribute: "Attribute") -> None:
        emptied(self._column)
        count = self._page.inspection.sample_count(review, attribute.id)
        words = label(f"of {count.of} files lack it", "small", wrap=False)
        self._column.addWidget(section("This column so far"))
        self._column.addWidget(holding(row(label(str(count.no), "number", wrap=False), words, 1)))
        self._column.addWidget(bar(count.no, max(count.of, 1), "not-met"))
        others = [
            f"{n} {words}"
            for n, words in ((count.unclear, "unclear"), (count.not_applicable, "not applicable"))
            if n
        ]
        if others:
            self._column.addWidget(label(", ".join(others), "muted"))
        self.to_finding = self._to_finding(review, attribute)
        self._column.addWidget(self.to_finding)

    def _to_finding(self, review: str, attribute: "Attribute") -> QWidget:
        found = finding_of(self._page, review, attribute)
        if found is None:
            return button(
                "Start a finding from this column",
                lambda: start_finding(self._page, review, attribute),
                style="link",
            )
        number = self._page.inspection.finding_numbers()[found.id]
        return button(
            f"Open finding {number}",
            lambda: self._page.navigate.emit("findings", found.id),
            style="link",
        )

    def _fill_file(self, file: "SampledFile") -> None:
        emptied(self._file)
        self._file.addWidget(section(f"File {file.position or 0:02}", "", self._removal(file.id)))
        for field, words in (
            ("file", "Identifier"),
            ("replaces_file", "Drawn in place of"),
            ("replaced_reason", "Why that one was replaced"),
        ):
            self._file.addWidget(field_row(words, self._bound(field, LineEditor())))

    def _bound(self, field: str, editor: "LineEditor | TextEditor") -> "LineEditor | TextEditor":
        assert self._fields is not None
        return self._fields.bind(field, editor)

    def _removal(self, file: str) -> QWidget:
        page = self._page

        def remove() -> None:
            page.write(file, lambda amends: page.workspace.remove(page.inspection_id, file, amends))

        return button("Remove file", remove, style="link")


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
