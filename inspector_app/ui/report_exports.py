"""The other forms of a report: an editable copy, tables, the package, the list of file numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import UserError
from inspector_app.files import write_whole
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.kit import column, framed, holding, label, row
from inspector_app.ui.page import Page, Told
from inspector_app.ui.secret_line import SecretLine
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace import exporting, file_list, packaging

if TYPE_CHECKING:
    from inspector_app.workspace.packaging import Packed

Step = Callable[[int, int], None]
_LIST = "Write the list of file numbers"
_COPIES, _TABLES, _PACKAGES = "Word (*.docx)", "Excel (*.xlsx)", "Package (*.zip)"


class ReportExports(QWidget):
    """Four buttons, and a line that says how far it is.

    `chosen` names the report and the edition that are chosen now.
    """

    def __init__(self, page: Page, chosen: Callable[[], tuple[str, str]]) -> None:
        super().__init__()
        self._page, self._chosen = page, chosen
        self.work = WorkLine()
        copy = button("Editable copy", self._copy)
        copy.setToolTip("As a Word document; it is not the report of record, and says so")
        tables = button("Tables", self._tables)
        tables.setToolTip("Findings, answers, samples and the roster for a spreadsheet")
        package = button("Package for ERO", self._package)
        package.setToolTip("Report, sheets, tables and evidence by item, with a manifest")
        self._open = button("File numbers…", self._toggle)
        self._open.setToolTip("The samples’ full list for the agency, sealed with a passphrase")
        buttons = FlowLayout()
        for each in (copy, tables, package, self._open):
            buttons.addWidget(each)
        self._form = self._numbers_form()
        self.setLayout(column(holding(buttons), self._form, self.work, gap=4))

    def _numbers_form(self) -> QWidget:
        """What the list of file numbers is sealed with: the agency has no card."""
        self._secret = SecretLine("Passphrase of the list")
        self._secret.entered.connect(self._numbers)
        words = "Which file is meant by each row of a sample. Any PDF reader opens it with the "
        told = label(words + "passphrase; tell the agency that another way.", "muted")
        save = button("Seal and save…", self._numbers, style="primary")
        buttons = holding(row(save, button("Close", self._toggle), 1))
        form = framed(column(told, self._secret, buttons, gap=8), "box")
        form.hide()
        return form

    def _toggle(self) -> None:
        shown = self._form.isHidden()
        self._form.setVisible(shown)
        self._secret.clear()
        self._secret.refuse("")
        (self._secret if shown else self._open).setFocus()

    def _numbers(self) -> None:
        page, passphrase = self._page, self._secret.text()
        name = file_list.file_name(page.workspace, page.inspection_id)
        if self.work.is_busy:
            return
        path = choosing.save_file(self, _LIST, name, choosing.REPORTS)
        if path is not None:
            job = file_list.job(page.workspace, page.inspection_id, passphrase)
            self._run("Writing the list", job, lambda data: self._numbered(path, data))

    def _numbered(self, path: Path, data: bytes) -> None:
        self._save(path, data)
        self._toggle()

    def _copy(self) -> None:
        report, edition = self._chosen()
        make = exporting.report_copy(report, edition)
        self._export("Write an editable copy", f"{report}-{edition}.docx", _COPIES, make)

    def _tables(self) -> None:
        _, edition = self._chosen()
        make = exporting.all_tables(edition)
        self._export("Write the tables", f"tables-{edition}.xlsx", _TABLES, make)

    def _export(self, title: str, name: str, kinds: str, make: exporting.Making) -> None:
        path = self._asked(title, name, kinds)
        if path is not None:
            job = exporting.job(self._page.workspace, self._page.inspection_id, make)
            self._run(title, job, lambda data: self._save(path, data))

    def _package(self) -> None:
        _, edition = self._chosen()
        path = self._asked("Make the package", f"package-{edition}.zip", _PACKAGES)
        if path is not None:
            job = packaging.job(self._page.workspace, self._page.inspection_id, path, edition)
            self._run("Making the package", job, lambda packed: self._packed(path, packed))

    def _asked(self, title: str, name: str, kinds: str) -> Path | None:
        if self.work.is_busy:
            return None
        name = f"{self._page.inspection_id[:4]}-{name}"
        return choosing.save_file(self, title, name, kinds)

    def _run(self, words: str, job: Callable[[Step], object], done: Callable[..., object]) -> None:
        self.work.run(words, job, self, done=done, failed=self._failed, stopped=self._stopped)

    def _save(self, path: Path, data: bytes) -> None:
        if self._page.attempt(lambda: write_whole(path, data)):
            self._page.message.emit(f"Written: {path.name}")

    def _packed(self, path: Path, packed: "Packed") -> None:
        words = f"Package written: {path.name}, {len(packed.files)} files"
        if packed.absent:
            words += f"; not here yet: {', '.join(packed.absent)}"
        self._page.message.emit(words)

    def _failed(self, error: UserError) -> None:
        self._page.told.emit(Told(error))

    def _stopped(self) -> None:
        self._page.message.emit("Cancelled; nothing was written.")
