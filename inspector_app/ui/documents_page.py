"""Documents: the reviews, what each is of, and the grid in which its files are examined."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.errors import NotAllowed
from inspector_app.inspection import samples
from inspector_app.records import DocumentReview, SampledFile
from inspector_app.ui.body import enter_page
from inspector_app.ui.buttons import button
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.document_review import ReviewGrid
from inspector_app.ui.document_sample import SampleStep
from inspector_app.ui.document_side import CellPanel
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.kit import (
    column,
    emptied,
    empty_state,
    page_head,
    reading,
)
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px
from inspector_app.ui.views import Views

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_KINDS = {"document-review", "frame", "draw", "sampled-file", "finding"}


class DocumentsPage(Page):
    """The list of reviews; in a review its grid, and with F4 what it is a sample of."""

    title = "Documents"
    keys = (
        ("Ctrl+N", "new review"),
        ("Y N A U", "result"),
        ("1 2 3 4", "result, too"),
        ("Del", "take away"),
        ("Ctrl+D", "fill down"),
        ("Ctrl+'", "as above"),
        ("Ctrl+C", "copy cells"),
        ("Ctrl+V", "paste cells, also from Excel"),
        ("F2", "note for the cell"),
        ("Ctrl+R", "replace the file"),
        ("Ctrl+I", "add files"),
        ("Ctrl+Del", "remove the file"),
        ("F4", "grid or sample"),
    )

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._review = ""
        self.grid: ReviewGrid | None = None
        self.sample: SampleStep | None = None
        self.side = CellPanel(self)
        self.destroyed.connect(self.side.deleteLater)
        self.side.result_set.connect(self._pressed_beside)
        self.side.left.connect(self._to_cells)
        self.side.file.replaced.connect(self._to_file)
        self._list, self._sample, self._work = column(gap=14), column(gap=14), column(gap=0)
        self._views = Views()
        self._views.addWidget(reading(self._list, wide=True))
        self._sample_view = reading(self._sample)
        self._views.addWidget(self._sample_view)
        work = QWidget()
        work.setLayout(self._work)
        self._views.addWidget(work)
        self.finder = QLineEdit()
        self.rows = RowList(name="Document reviews", title_width=320)
        QShortcut(QKeySequence("F4"), self).activated.connect(self._toggle)
        QShortcut(QKeySequence("Ctrl+R"), self).activated.connect(
            lambda: self._beside(self.side.replace_file)
        )
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.new_review)
        self._build_list()
        self.fill(self._views)
        self._refresh_list()

    # -- where one is ------------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        """A review, a file of one, or the list of reviews."""
        file = self.inspection.get(SampledFile, record)
        review = file.review if file else record
        if review != self._review or self.grid is None:
            self._open(review)
        elif self._views.currentIndex() == 2:
            self.grid.refresh()
            self.grid.enter()
        if file and self.grid:
            self.grid.go_to(file.id)
        self.placed.emit()

    def current_record(self) -> str:
        return self._review

    def leave(self) -> None:
        super().leave()
        self.side.pause()
        for unsent in self.findChildren(Unsent) + self.side.findChildren(Unsent):
            unsent.keep()

    def field_in_focus(self) -> tuple[str, str]:
        """In the grid, the result of the cell."""
        place = self.grid.place() if self.grid and self.grid.view.hasFocus() else None
        return (place[0].id, f"results.{place[1].id}") if place else super().field_in_focus()

    def trail(self) -> list[str]:
        review = self.inspection.get(DocumentReview, self._review)
        return [review.title or "Review"] if review else []

    def _open(self, review: str) -> None:
        self._close()
        self._review = review if self.inspection.get(DocumentReview, review) else ""
        if not self._review:
            self._refresh_list()
            self._views.setCurrentIndex(0)
            return
        self.grid = ReviewGrid(self, review)
        self.grid.moved.connect(self._cell_changed)
        self.grid.sample_asked.connect(self._toggle)
        self.grid.removal.connect(self._remove_all)
        self.grid.note_asked.connect(lambda: self._beside(self.side.write_note))
        self._work.addWidget(self.grid)
        if not samples.all_files(self.inspection, review):
            self._open_sample()  # the sample comes first
            return
        self._views.setCurrentIndex(2)
        self.grid.show()  # now, not with the next event: what is not to be seen takes no focus
        self.grid.enter()
        self._cell_changed()

    def _close(self) -> None:
        self.side.release()
        self._release_sample()
        self.grid = None
        emptied(self._work)
        emptied(self._sample)

    def _toggle(self) -> None:
        if self.grid is None:
            return
        if self._views.currentIndex() == 2:
            self._open_sample()
        else:
            self._views.setCurrentIndex(2)
            self.grid.refresh()
            self.grid.enter()
        self.placed.emit()

    # -- the list ----------------------------------------------------------------------------

    def _build_list(self) -> None:
        new = button("New review", self.new_review, style="primary", symbol="plus", cap="Ctrl+N")
        self._empty = empty_state(
            "No documents examined yet",
            "A review is a set of files, such as case files of one quarter, that is read against "
            "the same questions. Each file is a row, each question a column.",
        )
        self.finder.setPlaceholderText("Find a review")
        self.finder.setAccessibleName("Find a review")
        self.finder.setMaximumWidth(px(320))
        self.finder.textChanged.connect(lambda _: self._refresh_list())
        self.finder.returnPressed.connect(self.rows.setFocus)
        self.rows.activated.connect(self.show_record)
        self.rows.removal.connect(self._remove)
        for part in (page_head("Documents", "", new), self.finder, self._empty, self.rows):
            self._list.addWidget(part)
        self._list.addStretch(1)

    def _refresh_list(self) -> None:
        words = self.finder.text().strip().casefold()
        reviews = self.inspection.all(DocumentReview)
        rows = [self._row(review) for review in reviews]
        found = [r for r in rows if words in f"{r.title} {r.text}".casefold()]
        self.rows.set_rows(found)
        self.rows.setVisible(bool(found))
        self.finder.setVisible(len(reviews) > 1)
        self._empty.setVisible(not reviews)

    def _row(self, review: DocumentReview) -> RowData:
        inspection = self.inspection
        files = inspection.files_of(review.id)
        done = sum(inspection.examined(file) for file in files)
        number = inspection.record_numbers()[review.id]
        kinds = {kind.id: kind.title for kind in inspection.form.sample_kinds}
        text = ", ".join(p for p in (kinds.get(review.sample_kind), review.period) if p)
        frame = f" (frame {review.frame})" if review.frame is not None else ""
        right = f"examined {done} of {len(files)}{frame}"
        mark = "check" if files and done == len(files) else "partly" if done else "unanswered"
        if any(ConflictCard.needed(self, id) for id in (review.id, *(f.id for f in files))):
            mark = "conflict"
        return RowData(review.id, f"{number}  {review.title or 'No title'}", text, right, mark)

    def new_review(self) -> None:
        """A review of the form's first kind; what it is of is asked next."""
        kind = self.inspection.form.sample_kinds[0]
        made: list[str] = []

        def write() -> None:
            commit = self.workspace.new(
                self.inspection_id, DocumentReview.kind, sample_kind=kind.id, title=kind.title
            )
            made.append(commit.record)

        if self.attempt(write):
            self._open(made[0])
            self.placed.emit()

    def _remove(self, review: str) -> None:
        """Take away a review that holds no file; what was examined never goes with it unseen."""
        held = len(self.inspection.files_of(review))
        if held:
            words = f"This review still holds {held} files, and nothing was removed."
            self.told.emit(
                Told(NotAllowed(f"{words} Remove its files first: Ctrl+Del in the grid."))
            )
            return
        self._remove_all([review])

    def _remove_all(self, records: list[str]) -> None:
        def remove(amends: str) -> None:
            for record in records:
                self.workspace.remove(self.inspection_id, record, amends)

        self.write(records[0], remove)

    # -- the sample --------------------------------------------------------------------------

    def _release_sample(self) -> None:
        if self.sample is not None:
            self.sample.fields.release()
            self.sample = None

    def _open_sample(self) -> None:
        self._release_sample()
        emptied(self._sample)
        number = self.inspection.record_numbers().get(self._review, "")
        to_grid = button("To the grid", self._toggle, cap="F4")
        self._sample.addWidget(page_head("What is sampled", f"Review {number}", to_grid))
        if ConflictCard.needed(self, self._review):
            self._sample.addWidget(ConflictCard(self, self._review))
        else:
            self.sample = SampleStep(self, self._review)
            self.sample.drawn.connect(self._toggle)
            self._sample.addWidget(self.sample)
        self._sample.addStretch(1)
        self._views.setCurrentIndex(1)
        if self.sample is not None:
            self.sample.show()
            enter_page(self.sample)

    # -- beside ------------------------------------------------------------------------------

    def side_panel(self) -> QWidget | None:
        there = self.grid is not None and self._views.currentIndex() == 2 and self.grid.place()
        return self.side if there else None

    def _cell_changed(self) -> None:
        place = self.grid.place() if self.grid else None
        if place is None or self.grid is None:
            self.side.release()
            self.placed.emit()
            return
        had = self.side.is_shown()
        at = [a.id for a in self.grid.model.attributes].index(place[1].id) + 1
        self.side.show_cell(*place, at)
        if not had:
            self.placed.emit()

    def _pressed_beside(self, result: str) -> None:
        if self.grid:
            self.grid.set_result(result)

    def _beside(self, act: Callable[[], None]) -> None:
        """Do something in the panel; where it is a drawer that is closed, say how to open it."""
        if self.side.isVisible():
            act()
        elif self.grid is not None and self.grid.place():
            self.message.emit("This is done in the panel beside the grid: F6 opens it")

    def _to_cells(self) -> None:
        """Back into the grid, where one was."""
        if self.grid:
            self.grid.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_file(self, file: str) -> None:
        """Into the grid, on the file that took another one's place."""
        self._to_cells()
        if self.grid and file:
            self.grid.go_to(file)

    # -- following changes -------------------------------------------------------------------

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if not {record.partition(":")[0] for record, _ in slots} & _KINDS:
            return
        if self._review and self.inspection.get(DocumentReview, self._review) is None:
            self.show_record("")
        if not self._review:
            self._refresh_list()
        if self.grid is not None:
            self.grid.follow(slots)
            self._cell_changed()
        if self._views.currentIndex() != 1:
            return
        disputed = ConflictCard.needed(self, self._review)
        if disputed != (self.sample is None):
            self._open_sample()
        elif self.sample is not None:
            self.sample.refresh()
