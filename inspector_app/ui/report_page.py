"""The reports: which one, what still stands in its way, its pages as they will print, the file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_app.checks import KINDS
from inspector_app.files import write_whole
from inspector_app.reports import reports_for
from inspector_app.reports.edition import INTERNAL, edition, editions
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import column, holding, label, page_head, reading, row, section
from inspector_app.ui.naming import name_of
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.pages import page_of
from inspector_app.ui.report_exports import ReportExports
from inspector_app.ui.report_preview import ReportPreview
from inspector_app.ui.report_signing import ReportSigning
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.work import Work
from inspector_app.workspace.exporting import preview_job
from inspector_app.workspace.reporting import Step
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.reports.page import Laid
    from inspector_app.workspace import Workspace

_PAGE_WIDTH = 620
_REST = 900
"""Milliseconds without a change before shown pages are painted anew."""


class ReportPage(Page):
    """Pages are painted by a worker from the bytes that would be written."""

    title = "Report"
    keys = (("F5", "preview"), ("Ctrl+S", "write the PDF"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._work: Work | None = None
        self._data: bytes | None = None
        self._pages = ReportPreview()
        self._pages.chosen.connect(lambda record: self.navigate.emit(page_of(record), record))
        self._pages.moved.connect(self._scroll_to)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REST)
        self._soon.timeout.connect(self._paint_again)
        self._state = label("", "muted")
        self._box = column(gap=12)
        self._offered = {report.name: report for report in reports_for(self.inspection.kind)}
        self._choice = self._chooser()
        self._edition = self._edition_chooser()
        self._purpose, self._for_whom = label("", "muted"), label("", "muted")
        self._cancel = button("Cancel", self._stop)
        self._cancel.hide()
        self._signing = ReportSigning(self)
        self.fill(reading(self._box, wide=True))
        self._build()

    @property
    def report_name(self) -> str:
        """The report that is chosen; at first that of the inspection itself."""
        return self._choice.value()

    def choose(self, name: str) -> None:
        """Offer this report to be shown and written; pages of another one are taken away."""
        self._stop()
        self._choice.set_value(name)
        self._purpose.setText(self._offered[name].purpose)
        self._for_whom.setText(edition(self.edition_name).purpose)
        self._data = None
        self._pages.show_pages([], ())
        self._tell()

    def _chooser(self) -> Chips:
        """A chip for each report, with what it is for where a pointer or a reader asks."""
        titles = [(name, report.title) for name, report in self._offered.items()]
        chips = Chips(titles, name="Which report")
        for name, report in self._offered.items():
            chips.chip(name).setToolTip(report.purpose)
            chips.chip(name).setAccessibleDescription(report.purpose)
        chips.set_value(next(iter(self._offered)))
        chips.chosen.connect(self.choose)
        return chips

    @property
    def edition_name(self) -> str:
        """The edition that is chosen; at first the internal one."""
        return self._edition.value()

    def choose_edition(self, name: str) -> None:
        """Offer this edition to be shown and written; pages of another one are taken away."""
        self._edition.set_value(name)
        self.choose(self.report_name)

    def _edition_chooser(self) -> Chips:
        offered = [edition(name) for name in editions()]
        chips = Chips([(one.name, one.title) for one in offered], name="Which edition")
        for one in offered:
            chips.chip(one.name).setToolTip(one.purpose)
            chips.chip(one.name).setAccessibleDescription(one.purpose)
        chips.set_value(INTERNAL)
        chips.chosen.connect(self.choose_edition)
        return chips

    def _build(self) -> None:
        write = button("Write the PDF", self._write, style="primary", symbol="report", key="Ctrl+S")
        show = button("Preview", self.preview, key="F5")
        sign = button("Review and sign-off", lambda: self.navigate.emit("review", "report"))
        self._box.addWidget(page_head("Report", "", show, sign, write))
        self._box.addWidget(self._choice)
        self._box.addWidget(self._purpose)
        self._box.addWidget(self._edition)
        self._box.addWidget(self._for_whom)
        line = row(self._state, self._cancel)
        line.setStretch(0, 1)
        self._box.addWidget(holding(line))
        self._box.addWidget(ReportExports(self, lambda: (self.report_name, self.edition_name)))
        self._box.addWidget(self._signing)
        pages = row(self._pages, 0)
        pages.setStretch(0, 100)
        self._box.addLayout(pages)
        self._box.addStretch(1)
        self.choose(self.report_name)

    def _tell(self) -> None:
        left = len(self.workspace.problems(self.inspection_id))
        words = counted(left, "problem is open", "problems are open")
        signed = "It is signed." if self.inspection.signed("report") else "Nobody has signed it."
        state = f"{words}: the report is marked DRAFT." if left else f"No open problems. {signed}"
        if self.is_painted and self._data is None:
            state += " The preview is older than the newest change."
        self._state.setText(state)

    @property
    def is_painted(self) -> bool:
        """Whether pages are shown."""
        return self._pages.page_count > 0

    # -- preview -----------------------------------------------------------------------------

    def preview(self) -> None:
        """Paint the pages as they would print now."""
        id, name, edition_name = self.inspection_id, self.report_name, self.edition_name
        job = preview_job(self.workspace, id, name, edition_name)
        self._start(lambda step: _painted(job(step)), self._show_pages)

    def _paint_again(self) -> None:
        if self.is_painted and self.isVisible():
            self.preview()

    def _scroll_to(self, top: int, height: int) -> None:
        """Bring a part of the pages into sight."""
        around = self._pages.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        content = around.widget() if around is not None else None
        if around is not None and content is not None:
            half = min(height // 2 + 40, around.height() // 2)
            middle = self._pages.mapTo(content, self._pages.rect().topLeft()).y() + top
            around.ensureVisible(0, middle + height // 2, 0, half)

    def _start(self, act: Callable[[Step], object], then: Callable[..., object]) -> None:
        self._stop()
        work = self._work = Work(lambda: act(work.step), self)
        self._work.progress.connect(self._go_on)
        self._work.done.connect(then)
        self._work.failed.connect(self._failed)
        self._state.setText("Building the report …")
        self._cancel.show()
        self._work.start()

    def _go_on(self, done: int, of: int) -> None:
        if self._work is not None:
            self._state.setText(f"Building the report … {done} of {of} photos")

    def _stop(self) -> None:
        """What was built so far is thrown away; no file was touched."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._cancel.hide()
        self._tell()

    def _failed(self, error: Any) -> None:
        self._stop()
        self.told.emit(Told(error))

    def _show_pages(self, made: "tuple[Laid, list[QImage]]") -> None:
        laid, images = made
        self._data = laid.pdf
        self._stop()
        self._pages.show_pages(images, laid.spots)

    # -- the file ----------------------------------------------------------------------------

    def _write(self) -> None:
        name = self.workspace.report_file(self.inspection_id, self.report_name, self.edition_name)
        chosen = choosing.save_file(self, "Write the report", name, choosing.REPORTS)
        if chosen:
            id, name, edition_name = self.inspection_id, self.report_name, self.edition_name
            job = self.workspace.report_job(id, name, edition_name)
            self._start(job, lambda data: self._save(chosen, data))

    def _save(self, path: Path, data: bytes) -> None:
        self._stop()
        if self.attempt(lambda: write_whole(path, data)):
            self.message.emit(f"Report written: {path.name}")

    def leave(self) -> None:
        super().leave()
        self._stop()

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        self._data = None
        self._signing.refresh()
        self._tell()
        self._soon.start()

    def side_panel(self) -> QWidget:
        """What stands in the way, as links."""
        found = self.workspace.problems(self.inspection_id)
        parts: list[QWidget] = [section("Open problems", str(len(found)))]
        for kind, words in KINDS.items():
            of_kind = [problem for problem in found if problem.kind == kind]
            if of_kind:
                rows = [
                    RowData(p.record, p.sentence, name_of(self.inspection, p.record))
                    for p in of_kind[:6]
                ]
                listed = RowList(rows, name=words, under=True)
                listed.activated.connect(lambda record: self.navigate.emit(page_of(record), record))
                parts += [label(f"{words} ({len(of_kind)})", "strong"), listed]
        if not found:
            parts.append(label("Nothing stands in the way of signing.", "muted"))
        box = column(*parts, gap=8, margins=16)
        box.addStretch(1)
        return holding(box)


def _painted(laid: "Laid") -> "tuple[Laid, list[QImage]]":
    return laid, page_images(laid.pdf, _PAGE_WIDTH)


def page_images(data: bytes, width: int) -> list[QImage]:
    """The pages of our own PDF as images that stand on their own."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    images = []
    for page in document:
        bitmap = page.render(scale=2 * width / page.get_width())
        whole = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
        )
        images.append(whole.rgbSwapped())
    document.close()
    return images
