"""Choosing files: the only dialogs there are."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.errors import BadInput
from inspector_app.files import bytes_of

PICTURES = (
    "Pictures (*.jpg *.jpeg *.png *.heic *.heif *.webp *.tif *.tiff *.JPG *.JPEG *.PNG *.HEIC)"
)
COPIES = "JPEG (*.jpg)"
BUNDLES = "Bundles (*.inspection)"
CARDS = "Cards (*.card)"
REPORTS = "PDF (*.pdf)"


def open_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """One file that is there; None when nobody chose one."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def open_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Any number of files that are there."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def save_file(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to write one file; None when nobody chose a place."""
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
    return Path(name) if name else None


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """A folder; None when nobody chose one."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def content(path: Path) -> bytes:
    """A chosen file's bytes; BadInput when it cannot be read."""
    try:
        return bytes_of(path)
    except OSError:
        raise BadInput("The file cannot be read; nothing was changed. Choose it again.") from None
