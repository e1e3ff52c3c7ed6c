"""What is dropped or copied, where it is pictures: files, or a picture itself."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

if TYPE_CHECKING:
    from inspector_app.workspace.pictures import Source


def holds_pictures(data: QMimeData) -> bool:
    """Whether it is files, or a picture and no text: a text is wanted as text."""
    return bool(_files(data)) or (data.hasImage() and not data.hasText())


def sources_of(data: QMimeData) -> "list[Source]":
    """Files that were dropped or copied; else the picture itself, as PNG."""
    if data.hasUrls():
        return [path for path in _files(data) if path.is_file()]
    image = data.imageData() if data.hasImage() else None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not isinstance(image, QImage) or not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        return []
    return [bytes(buffer.data().data())]


def copied() -> QMimeData:
    """What the clipboard holds; nothing at all, after it was cleared."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return data or QMimeData()


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
