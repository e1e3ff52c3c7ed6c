"""Photos on a page: small pictures painted by a worker, with caption and alternative text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.records import Photo
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import column, field_row, holding, label, row
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.theme import px
from inspector_app.ui.work import Work

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_WIDTH = 220


class PhotoCard(QWidget):
    """One photo: the picture, its caption and its alternative text, asked once."""

    def __init__(self, page: Page, photo: Photo) -> None:
        super().__init__()
        self._page = page
        self._photo = photo
        self._picture = QLabel("Loading …")
        self._picture.setObjectName("muted")
        self._picture.setFixedWidth(px(_WIDTH))
        self._picture.setAccessibleName(photo.alt or photo.caption or "Photo without a description")
        fields = RecordFields(page, photo.id)
        caption = fields.bind("caption", TextEditor(2, "What it shows"))
        alt = fields.bind("alt", TextEditor(2, "For a reader who cannot see it"))
        plain = fields.bind("decorative", CheckEditor("Decorative"))
        same = button("Use the caption", self._use_caption, style="link")
        number = page.inspection.record_numbers().get(photo.id, "photo")
        texts = column(
            label(number, "strong"),
            field_row("Caption", caption),
            field_row("Alternative text", alt, "", same),
            plain,
            gap=8,
        )
        texts.addStretch(1)
        box = row(self._picture, holding(texts), gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._load()

    def _use_caption(self) -> None:
        page, photo = self._page, self._photo
        for binding in page.bindings:
            binding.flush()
        found = page.inspection.get(Photo, photo.id)
        caption = found.caption if found else ""
        page.write(
            photo.id, lambda amends: page.workspace.put(page.inspection_id, photo.id, alt=caption)
        )

    def _load(self) -> None:
        data = self._page.workspace.photo_bytes(self._page.inspection_id, self._photo.sha256 or "")
        if data is None:
            self._picture.setText("Not here yet: it comes with a later bundle.")
            self._picture.setWordWrap(True)
            return
        self._work = Work(lambda: thumbnail(data), self)
        self._work.done.connect(self._show)
        self._work.failed.connect(lambda error: self._picture.setText(error.message))
        self._work.start()

    def _show(self, jpeg: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(jpeg)
        self._picture.setPixmap(picture.scaledToWidth(px(_WIDTH)))


def thumbnail(data: bytes) -> bytes:
    """A small upright JPEG, decoded in the child that never had a key."""
    from inspector_app.photos import PictureReader

    with PictureReader() as reader:
        return reader.thumbnail(data, 2 * _WIDTH)


def add_photos(
    workspace: "Workspace", inspection: str, pictures: Sequence[bytes], owner: str, area: str
) -> list[str]:
    """Keep pictures and link them to an observation, where one is meant; their records."""
    made = []
    for data in pictures:
        record = workspace.add_photo(inspection, data, area=area).record
        if owner:
            workspace.link(inspection, owner, record)
        made.append(record)
    return made
