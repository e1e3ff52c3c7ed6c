"""What is written from the grid: results one by one, fills, pastes; each is one change."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from inspector_app.errors import BadInput, UserError
from inspector_app.ui.document_grid import DISPUTED, GridModel
from inspector_app.ui.document_paste import as_text, checked, read_block
from inspector_app.ui.page import Page, Told

if TYPE_CHECKING:
    from inspector_app.ui.document_table import Cells

Results = Mapping[tuple[int, int], str | None]


class GridWriting(QObject):
    """Writes results of cells, given by row and column of what the grid shows."""

    pasted = Signal(int, int, int, int)
    """A block was pasted: its first row and column, how many of each."""

    def __init__(self, page: Page, model: GridModel) -> None:
        super().__init__(page)
        self._page, self._model = page, model

    def set(self, result: str, cells: "Cells") -> None:
        """One result for these cells; the empty text takes it away."""
        self._write(dict.fromkeys(cells, result or None), "fill" if result else "emptying")

    def fill_down(self, cells: "Cells") -> None:
        """What stands in the uppermost cell of each column goes into the others."""
        top = {column: row for row, column in reversed(cells)}
        found = {
            (row, column): self._result(top[column], column)
            for row, column in cells
            if row != top[column]
        }
        self._write(found, "fill")

    def take_from_above(self, cells: "Cells") -> None:
        """What stands directly above each cell."""
        self._write({(row, column): self._result(row - 1, column) for row, column in cells}, "fill")

    def copy(self, cells: "Cells") -> None:
        """The smallest block around these cells goes to the clipboard, as Excel takes it."""
        if not cells:
            return
        columns = range(min(c for _, c in cells), max(c for _, c in cells) + 1)
        rows = range(cells[0][0], cells[-1][0] + 1)
        block = [[self._model.result(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(as_text(block))
        self._page.message.emit(f"Copied {len(rows) * len(columns)} cells")

    def paste(self, cells: "Cells") -> None:
        """The clipboard's block, from the first chosen cell on; one cell fills all chosen ones.

        Nothing is pasted when a cell of it is not understood or has no place.
        """
        if not cells:
            return
        try:
            results = self._pasted(cells)
        except UserError as error:
            self._page.told.emit(Told(error))
            return
        if not self._write(results, "paste"):
            return
        rows, columns = {row for row, _ in results}, {column for _, column in results}
        self._page.message.emit(f"Pasted {len(results)} cells")
        self.pasted.emit(min(rows), min(columns), len(rows), len(columns))

    def _pasted(self, cells: "Cells") -> dict[tuple[int, int], str | None]:
        read = read_block(QGuiApplication.clipboard().text())
        if len(read) == len(read[0]) == 1:
            ((result,),) = read
            if result is None:
                raise BadInput("The clipboard does not hold yes, no, n/a or unclear.")
            return dict.fromkeys(cells, result or None)
        top, left = cells[0][0], min(column for _, column in cells)
        model = self._model
        files = [model.file_words(row) for row in range(top, len(model.files))]
        block = checked(read, files, [a.label for a in model.attributes[left:]])
        return {
            (top + down, left + right): result or None
            for down, row in enumerate(block)
            for right, result in enumerate(row)
        }

    def _result(self, row: int, column: int) -> str | None:
        found = self._model.result(row, column)
        return None if found == DISPUTED else found or None

    def _write(self, results: Results, what: str) -> bool:
        """All of it in one change, which is one step of undo."""
        page, model = self._page, self._model
        records: dict[str, dict[str, dict[str, str | None]]] = {}
        for (row, column), result in results.items():
            fields = records.setdefault(model.files[row].id, {"results": {}})
            fields["results"][model.attributes[column].id] = result
        if not records:
            return True
        row, column = next(iter(results))
        one = f"{model.attributes[column].label} of {model.file_words(row).lower()}"
        words = f"{what} of {len(results)} cells" if len(results) > 1 else one
        return page.write(
            model.review,
            lambda amends: page.workspace.put_many(page.inspection_id, records, words, amends),
        )
