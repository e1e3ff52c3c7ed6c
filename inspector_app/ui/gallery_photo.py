"""One photo: the picture with its marks, and beside it what it shows, asked once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from inspector_app.canonical import Value
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Observation, Photo
from inspector_app.reports.edition import releases
from inspector_app.ui.annotator import Annotator
from inspector_app.ui.choices import ActChooser, FieldChoice
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.flow import FlowLayout
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.gallery_words import PhotoWords, photo_facts, taken_words
from inspector_app.ui.kit import column, field_row, holding, page_head, scrolled, state_line
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection

BESIDE = 860
_SIDE, _HEAD, _LEAST = 320, 132, 300


class PhotoView(QWidget):
    """Made anew for each photo. Esc goes back, PgUp and PgDn go to its neighbors."""

    def __init__(self, page: Page, photo: Photo, loader: PictureLoader, *acts: QWidget) -> None:
        """`acts`: what stands at the right of the head."""
        super().__init__()
        self._page, self._record, self._digest = page, photo.id, photo.sha256 or ""
        self._loader = loader
        self.annotator = Annotator(page, photo)
        self.words: PhotoWords | None = None
        self._choice = ActChooser([], none="No observation yet")
        self.is_disputed = ConflictCard.needed(page, photo.id)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(px(16))
        self._beside.addWidget(self.annotator, 1, Qt.AlignmentFlag.AlignTop)
        parts = (*self._parts(photo), self.annotator.side, photo_facts(photo))
        self._side = holding(column(*parts, gap=12))
        self._beside.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self._area = self._laid_out(photo, *acts)
        loader.loaded.connect(self._show_picture)
        self._show_picture()

    def _laid_out(self, photo: Photo, *acts: QWidget) -> QScrollArea:
        number = self._page.inspection.record_numbers()[photo.id]
        acting = QWidget()
        flow = FlowLayout(acting, gap=16)
        for act in acts:
            flow.addWidget(act)
        self._head.setSpacing(px(8))
        self._head.addWidget(page_head(number.capitalize(), taken_words(photo)), 1)
        self._head.addWidget(acting, 0, Qt.AlignmentFlag.AlignTop)
        whole = column(gap=12)
        whole.addLayout(self._head)
        whole.addLayout(self._beside)
        whole.addStretch(1)
        whole.setContentsMargins(px(24), px(16), px(24), px(16))
        area = scrolled(whole)
        outer = column(area, gap=0)
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        return area

    def _parts(self, photo: Photo) -> list[QWidget]:
        if self.is_disputed:
            return [ConflictCard(self._page, photo.id)]
        fields = RecordFields(self._page, photo.id)
        areas = [(area.id, area.title) for area in self._page.inspection.form.areas]
        where = fields.bind("area", FieldChoice(areas, none="No area"))
        self.words = PhotoWords(self._page, photo)
        owner = field_row("Belongs to", self._owner(photo))
        released = fields.bind("release", FieldChoice(releases(), none="Not decided: withheld"))
        public = field_row("In public", released)
        return [self.words, field_row("Area", where), owner, public, *self._cautions(photo)]

    def _cautions(self, photo: Photo) -> list[QWidget]:
        """A camera whose clock is wrong says another day."""
        visit = self._page.inspection.visit
        day = Moment.parse(photo.taken).day if photo.taken else None
        if photo.taken_from != "camera" or not (day and visit.first_day and visit.last_day):
            return []
        if visit.first_day <= day <= visit.last_day:
            return []
        words = f"The camera’s clock says {day_in_words(day)}, which is no day of the visit."
        return [state_line("caution", words)]

    def _owner(self, photo: Photo) -> ActChooser:
        """The observations, in their order; choosing one lets the photo belong to it."""
        page, numbers = self._page, self._page.inspection.record_numbers()
        seen = sorted(page.inspection.all(Observation), key=lambda o: numbers[o.id])
        rows = [(o.id, f"{numbers[o.id]}  {' '.join(o.text.split())}") for o in seen]
        self._choice.set_choices(rows)
        self._choice.set_value(owner_of(page.inspection, photo.id, "observation"))
        self._choice.on_commit = self._file
        return self._choice

    def _file(self, owner: Value) -> bool:
        from inspector_app.workspace import pictures

        page, record = self._page, self._record
        return page.write(
            record,
            lambda amends: pictures.file_under(
                page.workspace, page.inspection_id, record, str(owner), amends
            ),
        )

    # -- what is shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the marks and the words about the photo as they are now."""
        self.annotator.refresh()
        self._choice.set_value(owner_of(self._page.inspection, self._record, "observation"))
        if self.words is not None:
            self.words.refresh()

    def needs_rebuilding(self) -> bool:
        """Whether people disagree about the photo now, or do so no longer."""
        return self.is_disputed != ConflictCard.needed(self._page, self._record)

    def take_focus(self) -> None:
        """To the caption, which is asked first."""
        if self.words is not None:
            self.words.take_focus()

    def flush(self) -> None:
        """Commit what was moved."""
        self.annotator.flush()

    def _show_picture(self) -> None:
        image = self._loader.picture(self._digest)
        self.annotator.set_picture(image, self._loader.why_not(self._digest))

    # -- room and keys -----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)

    def _arrange(self) -> None:
        """Beside each other where there is room; else the words under the picture."""
        beside = self.width() >= px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)
        self._head.setDirection(way)
        self._side.setFixedWidth(px(_SIDE) if beside else max(self.width() - px(56), px(200)))
        wide = max(self.width() - px(64) - (px(_SIDE) if beside else 0), px(200))
        high = self.height() - px(_HEAD) if beside else wide
        self.annotator.setFixedSize(wide, self.annotator.height_for(wide, max(high, px(_LEAST))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.annotator.left.emit()
        else:
            super().keyPressEvent(event)


def owner_of(inspection: "Inspection", photo: str, *kinds: str) -> str:
    """The record of the first of these kinds that a photo belongs to; empty when to none."""
    ends = inspection.ends_to(photo)
    found = (end for kind in kinds for end in ends if end.partition(":")[0] == kind)
    return next(found, "")
