"""A photo where it belongs: small, with its marks, and the words about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from inspector_app.inspection.marks import marks_of
from inspector_app.photos import Mark
from inspector_app.records import Photo
from inspector_app.ui.annotation_paint import paint_marks
from inspector_app.ui.buttons import button
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.gallery_rows import blurred_words
from inspector_app.ui.gallery_words import PhotoWords
from inspector_app.ui.kit import column, holding, label, row
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px

_WIDTH = 220


class PhotoCard(QWidget):
    """One photo of an observation: small, with its marks, and what it shows."""

    def __init__(self, page: Page, photo: Photo, loader: PictureLoader) -> None:
        super().__init__()
        self._page, self._photo, self._loader = page, photo, loader
        self._marks = marks_of(page.inspection, photo.id)
        self._picture = QLabel()
        self._picture.setObjectName("muted")
        self._picture.setFixedWidth(px(_WIDTH))
        self._picture.setAccessibleName(photo.alt or photo.caption or "Photo without a description")
        number = page.inspection.record_numbers().get(photo.id, "photo")
        self.words = PhotoWords(page, photo)
        opening = button("Open and mark", partial(page.show_record, photo.id), style="link")
        opening.setAccessibleName(f"Open and mark {number}")
        head = row(label(number.capitalize(), "strong", wrap=False), 1, opening)
        blurred = blurred_words(self._marks)
        noted = [label(blurred, "muted")] if blurred else []
        texts = column(head, *noted, self.words, gap=8)
        texts.addStretch(1)
        box = row(self._picture, holding(texts), gap=16)
        box.setStretch(1, 1)
        box.setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)
        self.setLayout(box)
        loader.loaded.connect(self._show)
        self._show()

    def _show(self) -> None:
        digest = self._photo.sha256 or ""
        image = self._loader.picture(digest)
        if image is None:
            self._picture.setWordWrap(True)
            self._picture.setText(self._loader.why_not(digest) or "Loading …")
        elif self._picture.pixmap().isNull():
            self._picture.setWordWrap(False)  # a wrapped label gives a picture no height
            self._picture.setPixmap(marked(image, self._marks, px(_WIDTH)))


def marked(image: QImage, marks: Sequence[Mark], width: int) -> QPixmap:
    """A small picture with its marks, sharp on every screen."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    drawn = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(drawn)
    paint_marks(painter, QRectF(drawn.rect()), image, marks)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(drawn)
