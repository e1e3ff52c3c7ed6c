"""Photos on a page: small pictures painted by a worker, with caption and alternative text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.records import Photo
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import CheckEditor, ChoiceEditor
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import column, facts, field_row, holding, label, row, section
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.rows import RowData
from inspector_app.ui.theme import px
from inspector_app.ui.typed import short_moment
from inspector_app.ui.work import Work

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_WIDTH = 220


class PhotoCard(QWidget):
    """One photo: the picture, its caption and its alternative text, asked once."""

    def __init__(self, page: Page, photo: Photo, shown: dict[str, QPixmap]) -> None:
        """`shown`: the small pictures that this page has painted already, by their digest."""
        super().__init__()
        self._shown = shown
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
        remove = button("Remove photo", self._remove, style="link")
        texts = column(
            row(label(number, "strong", wrap=False), 1, remove),
            field_row("Caption", caption),
            field_row("Alternative text", alt, "", same),
            plain,
            gap=8,
        )
        texts.addStretch(1)
        box = row(self._picture, holding(texts), gap=16)
        box.setStretch(1, 1)
        box.setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)
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

    def _remove(self) -> None:
        page, id = self._page, self._photo.id
        page.write(id, lambda amends: page.workspace.remove(page.inspection_id, id, amends))

    def _load(self) -> None:
        if (painted := self._shown.get(self._photo.sha256 or "")) is not None:
            self._picture.setPixmap(painted)
            return
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
        painted = picture.scaledToWidth(px(_WIDTH), Qt.TransformationMode.SmoothTransformation)
        self._shown[self._photo.sha256 or ""] = painted
        self._picture.setPixmap(painted)


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


def pasted_picture() -> bytes:
    """The picture on the clipboard as PNG; empty when there is none."""
    image = QGuiApplication.clipboard().image()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.isNull():
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # as Qt documents it
    return bytes(buffer.data().data())


def filing_of(page: Page, photo: Photo, observations: Sequence[RowData]) -> QWidget:
    """Where a photo could belong that belongs to no observation yet."""

    def file(owner: str) -> bool:
        id = page.inspection_id
        filed = bool(owner) and page.write(
            owner, lambda amends: page.workspace.link(id, owner, photo.id, amends)
        )
        if filed:
            page.show_record(owner)
        return filed

    choices = [(row.key, f"{row.title}  {row.text}") for row in observations]
    choice = ChoiceEditor(choices, none="No observation yet")
    choice.on_commit = lambda value: file(str(value))
    return field_row("Belongs to", choice)


def photo_facts(photo: Photo) -> QWidget:
    """What is known of the original that is kept."""
    size = f"{photo.size / 1000:,.0f} kB" if photo.size else "not said"
    pairs = [
        ("Taken in", short_moment(photo.taken) if photo.taken else "not said"),
        ("Size", f"{photo.width} by {photo.height} pixels, {size}"),
        ("Kept as", "the original, unaltered"),
    ]
    return holding(column(section("This photo"), facts(pairs), gap=8))
