"""What the tour does with photos: taking them in, the gallery, one photo, the cards of a record."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from inspector_app.errors import BadInput, UserError
from inspector_app.files import write_whole
from inspector_app.photos import LONGEST, SMALL
from inspector_app.records import Observation, Photo
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.gallery import Gallery
from inspector_app.ui.gallery_card import PhotoCard
from inspector_app.ui.gallery_intake import Ending, IntakeLine, PhotoIntake
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.gallery_photo import PhotoView, owner_of
from inspector_app.ui.gallery_words import PhotoWords
from inspector_app.ui.kit import column, emptied, holding, label, row
from inspector_app.ui.naming import name_of
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.theme import px
from inspector_app.ui.views import Views
from inspector_app.ui.work import Work

if TYPE_CHECKING:
    from inspector_app.workspace.pictures import Source

PHOTOS = "photos"
"""The place on the tour page that is the gallery."""

_KINDS = ("photo", "annotation", "link", "observation")


class TourPhotos(QObject):
    """The part of the tour page that deals with photos."""

    def __init__(self, page: Page, log: QWidget) -> None:
        """`log`: the view of the tour without photos."""
        super().__init__(page)
        self._page = page
        self._small = PictureLoader(page.workspace, page.inspection_id, SMALL, 160)
        self._large = PictureLoader(page.workspace, page.inspection_id, LONGEST, 4)
        self.line = IntakeLine()
        self.line.ended.connect(self._ended)
        self.gallery = Gallery(page, self._small)
        self.gallery.opened.connect(page.show_record)
        self.gallery.removal.connect(self.remove)
        self._one = column()
        box = column(self._gallery_head(), self.gallery, gap=8)
        self.views = Views()
        for view in (log, holding(box), holding(self._one)):
            self.views.addWidget(view)
        self.view: PhotoView | None = None
        self._export: Work | None = None
        self._asked_at = ""
        self._asked_in: tuple[str, ...] = ()

    # -- what is shown -----------------------------------------------------------------------

    def photo_of(self, record: str) -> str:
        """The photo that a place of the page is about; empty where it is another place."""
        annotation = record.startswith("annotation:")
        photo = (
            str(self._page.inspection.log.value(record, "photo") or "") if annotation else record
        )
        return photo if self._page.inspection.get(Photo, photo) else ""

    def show(self, record: str) -> bool:
        """Show the gallery or one photo, where the record is that; else the log."""
        self._drop_view()
        photo = self._page.inspection.get(Photo, self.photo_of(record))
        if photo is not None:
            self.view = PhotoView(self._page, photo, self._large, *self._acts(photo))
            self.view.annotator.left.connect(self._back)
            self._one.addWidget(self.view)
            self.views.setCurrentIndex(2)
        elif record == PHOTOS:
            self._show_gallery()
        else:
            self.views.setCurrentIndex(0)
        return self.views.currentIndex() > 0

    def _drop_view(self) -> None:
        self.view = None
        emptied(self._one)

    def _gallery_head(self) -> QWidget:
        self._count = label("", "muted")
        self._switch = self.switch(PHOTOS)
        add = button("Add photos", self.choose, symbol="photo")
        texts = column(label("Tour", "pagetitle"), self._count, gap=2)
        head = row(texts, self._switch, add, gap=8)
        head.setStretch(0, 1)
        head.setContentsMargins(px(24), px(16), px(24), 0)
        for part in (self._switch, add):
            head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return holding(head)

    def _show_gallery(self) -> None:
        count = len(self._page.inspection.all(Photo))
        self._count.setText(f"{count:,} photo{'s' if count != 1 else ''}")
        self._switch.set_value(PHOTOS)
        self.gallery.refresh()
        self.views.setCurrentIndex(1)

    def switch(self, chosen: str) -> Chips:
        """The choice between the two views of the tour."""
        made = Chips([("log", "Log"), (PHOTOS, "Photos")], name="View")
        made.set_value(PHOTOS if chosen == PHOTOS else "log")
        made.chosen.connect(lambda view: self._page.show_record(PHOTOS if view == PHOTOS else ""))
        return made

    def toggle(self) -> None:
        """F4: from the log to the photos and back."""
        there = self._page.current_record() == PHOTOS or self.view is not None
        self._page.show_record("" if there else PHOTOS)
        if not there:
            self.gallery.view.setFocus()

    def show_loose(self) -> None:
        """The photos that belong to nothing yet."""
        self._page.show_record(PHOTOS)
        self.gallery.show_filter("loose")
        self.gallery.view.setFocus()

    def trail(self, record: str) -> list[str]:
        """What follows the page's title in the breadcrumb."""
        numbers = self._page.inspection.record_numbers()
        number = "photos" if record == PHOTOS else numbers.get(record, "")
        return [number[:1].upper() + number[1:]] if number else []

    def changed(self, record: str, slots: Slots) -> bool:
        """Follow the log; whether the page has nothing to do itself."""
        if not any(name.partition(":")[0] in _KINDS for name, _ in slots):
            return self.views.currentIndex() > 0
        self._small.forget_absent()
        self._large.forget_absent()
        photo = self.photo_of(record)
        if self.view is not None and photo:
            if self.view.needs_rebuilding():
                self._page.show_record(photo)
            else:
                self.view.refresh()
                self._name_owner(photo)
        elif record == PHOTOS:
            self._show_gallery()
        elif self.view is not None:
            self._page.show_record(PHOTOS)  # it was removed
        return self.views.currentIndex() > 0

    def flush(self) -> None:
        """Commit what was moved."""
        if self.view is not None:
            self.view.flush()

    def _back(self) -> None:
        """From a photo to where it belongs on the page: its observation, or the gallery."""
        photo = self._page.current_record()
        self._page.show_record(PHOTOS)
        self.gallery.view.select(photo)
        self.gallery.view.setFocus()

    # -- acts on one photo -------------------------------------------------------------------

    def _acts(self, photo: Photo) -> list[QWidget]:
        self._opening = button("", self._open_owner, style="link")
        self._name_owner(photo.id)
        return [
            button("All photos", self._back, style="link", cap="Esc"),
            self._opening,
            button("Previous", partial(self.step, -1), style="link", key="PgUp"),
            button("Next", partial(self.step, 1), style="link", key="PgDown"),
            button("Save a copy", partial(self._save, photo), style="link"),
            button("Remove", partial(self.remove, photo.id), style="link"),
        ]

    def _name_owner(self, photo: str) -> None:
        """The way to the observation or item that a photo belongs to, where it does."""
        inspection = self._page.inspection
        owner = owner_of(inspection, photo, "observation", "answer")
        number = name_of(inspection, owner) if owner else ""
        self._opening.setText(f"Open {number}")
        self._opening.setAccessibleName(f"Open {number}")
        if not number or self._opening.parentWidget():  # without one it would be a window
            self._opening.setVisible(bool(number))

    def _open_owner(self) -> None:
        photo = self.photo_of(self._page.current_record())
        owner = owner_of(self._page.inspection, photo, "observation", "answer")
        if owner.startswith("observation:"):
            self._page.show_record(owner)
        else:
            self._page.navigate.emit("", owner)

    def step(self, by: int) -> None:
        """The next or previous photo, as the gallery shows them."""
        here = self.photo_of(self._page.current_record())
        self.gallery.refresh()
        shown = self.gallery.shown() or [here]
        at = shown.index(here) if here in shown else -1
        self._page.show_record(shown[(at + by) % len(shown)])
        if self.view is not None:
            self.view.take_focus()

    def remove(self, record: str) -> None:
        """Take a photo out of view, with its marks."""
        from inspector_app.workspace import pictures

        page = self._page
        page.write(
            record,
            lambda amends: pictures.remove(page.workspace, page.inspection_id, record, amends),
        )

    def _save(self, photo: Photo) -> None:
        from inspector_app.workspace.picture_copies import export_job

        number = self._page.inspection.record_numbers()[photo.id].replace(" ", "-")
        chosen = choosing.save_file(self._page, "Save a copy", f"{number}.jpg", choosing.COPIES)
        if chosen is not None:
            self._chosen = chosen
            self._export = Work(
                export_job(self._page.workspace, self._page.inspection_id, photo), self
            )
            self._export.done.connect(self._write_copy)
            self._export.failed.connect(self._tell)
            self._export.start()

    def _write_copy(self, jpeg: bytes) -> None:
        if self._page.attempt(lambda: write_whole(self._chosen, jpeg)):
            self._page.message.emit(f"Copy saved: {self._chosen.name}")

    def _tell(self, error: UserError) -> None:
        self._page.told.emit(Told(error))

    # -- taking pictures in ------------------------------------------------------------------

    def add(self, sources: "Sequence[Source]", owner: str = "") -> None:
        """Take pictures in beside the window, for `owner` or the open observation, if there is one.

        A copy of one that is here already is not added, but filed.
        """
        if not sources:
            return
        page, record = self._page, self._page.current_record()
        seen = page.inspection.get(Observation, record)
        self._asked_at, self._asked_in = record, _typed_in(page)
        self.line.add(
            PhotoIntake(
                page.workspace,
                page.inspection_id,
                sources,
                owner=owner or (seen.id if seen else ""),
                area=seen.area if seen else "",
            )
        )

    def choose(self) -> None:
        self.add(choosing.open_files(self._page, "Add photos", choosing.PICTURES))

    def _ended(self, ending: Ending) -> None:
        page = self._page
        if ending.error is not None:
            if ending.again is None:
                self._tell(ending.error)
            else:  # once more: where the report is signed, the strip asks for a reason
                page.write("photo:", partial(self._added_with, ending))
            return
        if ending.kept_out:
            page.told.emit(Told(BadInput(ending.words, ending.kept_out)))
        page.message.emit(ending.words)
        if ending.added is not None:
            self._go_to(list(ending.added.records))

    def _added_with(self, ending: Ending, amends: str) -> None:
        if ending.again is not None:
            self._go_to(list(ending.again(amends).records))

    def _go_to(self, records: list[str]) -> None:
        """One photo opens with a line to type; many wait in the gallery for theirs."""
        page = self._page
        if page.current_record() != self._asked_at or not page.isVisible():
            return
        if (typed := _typed_in(page)) and typed != self._asked_in:
            return  # somebody is typing there
        if self._asked_at.startswith("observation:"):
            page.show_record(self._asked_at)
            self._to_caption(records[0])
        elif len(records) == 1:
            page.show_record(records[0])
            self._to_caption(records[0])
        else:
            page.show_record(PHOTOS)
            self.gallery.show_filter("caption")
            self.gallery.view.select(records[0])
            self.gallery.view.setFocus()

    def _to_caption(self, record: str) -> None:
        found = [words for words in self._page.findChildren(PhotoWords) if words.record == record]
        if found:  # the last one made: those before are on their way out
            found[-1].take_focus()

    # -- in an observation -------------------------------------------------------------------

    @property
    def small(self) -> PictureLoader:
        """What loads small pictures, for whoever shows one beside something else."""
        return self._small

    def cards(self, owner: str) -> list[QWidget]:
        """The photos that belong to a record, each with its words."""
        photos = self._page.inspection.linked(owner, Photo)
        return [PhotoCard(self._page, photo, self._small) for photo in photos]


def _typed_in(page: Page) -> tuple[str, ...]:
    """The text in which the focus is: which field, and what stands there; empty in none."""
    focused = QApplication.focusWidget()
    if not isinstance(focused, QLineEdit | QPlainTextEdit) or not page.isAncestorOf(focused):
        return ()
    text = focused.text() if isinstance(focused, QLineEdit) else focused.toPlainText()
    return (*page.field_in_focus(), focused.accessibleName(), text)
