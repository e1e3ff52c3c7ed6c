"""Checking what a stranger can check: this workspace, a bundle, an archive, a report."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.kit import column, emptied, framed, label, section, state_line
from inspector_app.workspace import checking

if TYPE_CHECKING:
    from inspector_app.ui.keeping_page import KeepingPage

CHECKED = "Reports and bundles (*.pdf *.inspection)"
_WORDS = (
    "Pages, changes, signatures and pictures are read whole; the first that is not as it was "
    "written is named. Nothing is changed."
)


class Checks(QWidget):
    """Three acts, and what the last one found."""

    def __init__(self, page: "KeepingPage") -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.here = button("Check this workspace", lambda: self._check(None))
        self.file = button("Check a file", self._choose_file)
        self.folder = button("Check an archive", self._choose_folder)
        self._found = column(gap=6)
        head = section("Is it whole?", "", self.here, self.file, self.folder)
        box = column(head, label(_WORDS, "muted"), gap=10)
        box.addLayout(self._found)
        self.setLayout(box)

    def _choose_file(self) -> None:
        path = choosing.open_file(self._page, "A report or a bundle", CHECKED)
        if path:
            self._check(path)

    def _choose_folder(self) -> None:
        path = choosing.choose_folder(self._page, "An archive’s folder")
        if path:
            self._check(path)

    def _check(self, path: Path | None) -> None:
        page = self._page
        if page.work.is_busy:
            return
        emptied(self._found)
        page.run("Checking …", checking.job(page.workspace, path), self, self._show)

    def _show(self, found: checking.Checked) -> None:
        self._page.told.emit(None)
        lines: list[QWidget] = [label(f"{found.what} is as it was written", "strong")]
        lines += [state_line("check", _sentence(words)) for words in found.holds]
        lines += [state_line("caution", f"Not looked at: {one}") for one in found.not_checked]
        lines += [state_line("note", words) for words in found.said]
        self._found.addWidget(framed(column(*lines, gap=6), "box"))
        self._page.message.emit(f"{found.what} is as it was written")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
