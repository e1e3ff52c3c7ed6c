"""What a photo shows, asked once, next to it: caption, alternative text, or "decorative"."""

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_app.records import Photo
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import column, facts, field_row, holding, section, state_line
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.theme import px
from inspector_app.ui.typed import show_moment

_ALT = "For whoever cannot see it; the caption is read too"
_LAID_OUT = 50
"""Milliseconds after which what was made just now has its place."""

_FILE_NAME = re.compile(
    r"(img|dsc|dscn|dscf|pxl|image|photo|picture|p|screenshot)?[-_ ]?\d[\w-]*( ?\(\d+\))?"
    r"|[\w() -]+\.(jpe?g|png|heic|heif|webp|tiff?)",
    re.I,
)


class PhotoWords(QWidget):
    """Bound to the photo's record; what would help no reader is told below the text."""

    def __init__(self, page: Page, photo: Photo) -> None:
        super().__init__()
        self._page, self.record = page, photo.id
        fields = RecordFields(page, photo.id)
        self.caption = fields.bind("caption", TextEditor(2, "What it shows"))
        alt = fields.bind("alt", TextEditor(2, _ALT))
        plain = fields.bind("decorative", CheckEditor("Decorative: a reader may pass over it"))
        self._alt = field_row("Alternative text", alt)
        self._repeated = state_line("caution", "The caption again: it would be read twice.")
        self._file_name = state_line("caution", "A file’s name. Say what can be seen.")
        below = holding(column(self._alt, self._repeated, self._file_name, gap=4))
        box = column(field_row("Caption", self.caption), below, plain, gap=8)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)
        self.refresh()

    def take_focus(self) -> None:
        """To the caption, which is asked first, and into view with it."""
        self.caption.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(_LAID_OUT, self, self._come_into_view)

    def _come_into_view(self) -> None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and self.caption.hasFocus():
            parent.ensureWidgetVisible(self.caption, 0, px(80))

    def refresh(self) -> None:
        """Show what is to be said of the words as they are now."""
        photo = self._page.inspection.get(Photo, self.record)
        if photo is not None:
            fault = alt_fault(photo)
            self._alt.setVisible(not photo.decorative)
            self._repeated.setVisible(fault == "caption")
            self._file_name.setVisible(fault == "file-name")


def alt_fault(photo: Photo) -> str:
    """`caption` or `file-name`, where the alternative text is no more than that; mostly empty."""
    alt, caption = _plain(photo.alt), _plain(photo.caption)
    if photo.decorative or not alt:
        return ""
    if alt == caption:
        return "caption"
    return "file-name" if _FILE_NAME.fullmatch(alt) else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def taken_words(photo: Photo) -> str:
    """`March 10, 2026, 09:42 by the camera’s clock`."""
    if not photo.taken:
        return "not said"
    clock = {"camera": "by the camera’s clock", "laptop": "when it was added"}
    return f"{show_moment(photo.taken)} {clock.get(photo.taken_from or '', '')}".strip()


def photo_facts(photo: Photo) -> QWidget:
    """What is known of the original that is kept."""
    size = f"{photo.size / 1000:,.0f} kB" if photo.size else "not said"
    pairs = [
        ("Taken", taken_words(photo)),
        ("Size", f"{photo.width} by {photo.height} pixels, {size}"),
        ("Kept as", "the original, unaltered"),
    ]
    return holding(column(section("This photo"), facts(pairs), gap=8))
