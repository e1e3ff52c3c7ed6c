"""Choosing files: the only dialogs there are."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PICTURES = (
    "Pictures (*.jpg *.jpeg *.png *.heic *.heif *.webp *.tif *.tiff *.JPG *.JPEG *.PNG *.HEIC)"
)
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
