"""Pictures: what they say of themselves, copies for reports, thumbnails; decoded in a child.

Importing this loads no picture library; only the child that runs `serve` does.
"""

from inspector_app.photos.marks import Mark
from inspector_app.photos.reader import (
    LONGEST,
    MAX_PICTURE,
    SMALL,
    PictureFacts,
    PictureReader,
    ReportCopy,
)

__all__ = [
    "LONGEST",
    "MAX_PICTURE",
    "SMALL",
    "Mark",
    "PictureFacts",
    "PictureReader",
    "ReportCopy",
    "serve",
]


def serve() -> None:
    """Be the child: answer a `PictureReader` on stdin and stdout until it goes away."""
    from inspector_app.photos.decoder import loop

    loop()
