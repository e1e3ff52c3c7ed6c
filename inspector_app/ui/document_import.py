"""A column of a CSV or Excel file as the list of files: which column, from which row on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.errors import UserError
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.kit import column, field_row, label, row
from inspector_app.ui.page import Page, Told
from inspector_app.ui.theme import px
from inspector_app.ui.work import Work
from inspector_app.workspace import frame_file

LISTS = "Lists (*.csv *.xlsx *.txt *.CSV *.XLSX *.TXT)"
_MOST_ROWS = 1_000_000


class ColumnChooser(QWidget):
    """Asks for a file, then for its column; the file is read in the background."""

    read = Signal(object, str)
    """The identifiers of the column, and a word on where they come from."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._data, self._letters = b"", ""
        self._work: Work | None = None
        self.ask = button("Import a file", self.choose_file, symbol="file")
        self.ask.setToolTip("A column of a CSV or Excel file, or a text file")
        self.columns = ChoiceEditor([], "Choose the column")
        self.columns.on_commit = self._chosen
        self.first = QLineEdit("2")
        self.first.setValidator(QIntValidator(1, _MOST_ROWS, self))
        self.first.setMaximumWidth(px(96))
        self.first.textEdited.connect(lambda _: self._read())
        fields = row(
            field_row("Column of the identifiers", self.columns),
            field_row("From row", self.first),
            gap=16,
        )
        fields.setStretch(0, 1)
        told = label("Row 1 is usually the headings, so the files begin in row 2.", "muted")
        self.setLayout(column(fields, told, gap=4))
        self.hide()

    def choose_file(self) -> None:
        """Ask for a file and show its columns."""
        path = choosing.open_file(self._page, "The list of all files", LISTS)
        found: list[bytes] = []
        if path is not None and self._page.attempt(lambda: found.append(choosing.content(path))):
            self.take(found[0])

    def take(self, data: bytes) -> None:
        """Show the columns of a file."""
        self._data = data
        self._in_background(lambda: frame_file.columns_of(data), self._show_columns)

    def forget(self) -> None:
        """No file is being imported."""
        self._data = b""
        self.hide()

    def _show_columns(self, columns: list[frame_file.Column]) -> None:
        choices = [(c.letters, f"{c.words}  ({c.filled} filled)") for c in columns]
        self.columns.set_choices(choices)
        self.columns.set_value("")
        self.show()
        self.columns.setFocus()

    def _chosen(self, letters: object) -> bool:
        self._read(str(letters))
        return True

    def _read(self, letters: str = "") -> None:
        self._letters = letters or self.columns.value()
        data, column = self._data, f"{self._letters}{self.first.text() or '1'}"
        if self._letters and data:
            self._in_background(lambda: frame_file.frame_of_column(data, column), self._done)

    def _done(self, identifiers: tuple[str, ...]) -> None:
        kind = "Excel" if self._data.startswith(b"PK") else "CSV"
        self._page.told.emit(None)
        self._page.message.emit(f"{len(identifiers):,} identifiers were read")
        self.read.emit(identifiers, f"Column {self._letters} of the {kind} file")

    def _in_background(self, act: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work = Work(act, self)
        self._work.done.connect(then)
        self._work.failed.connect(self._refused)
        self._page.message.emit("Reading the file …")
        self._work.start()

    def _refused(self, error: UserError) -> None:
        self._page.message.emit("Nothing was imported")
        self._page.told.emit(Told(error))
