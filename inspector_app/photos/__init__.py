"""Pictures: what they say of themselves, copies for reports, thumbnails; decoded in a child.

Importing this loads no picture library; only the child that runs `serve` does.
"""

from inspector_app.photos.reader import PictureFacts, PictureReader, ReportCopy

__all__ = ["PictureFacts", "PictureReader", "ReportCopy", "serve"]


def serve() -> None:
    """Be the child: answer a `PictureReader` on stdin and stdout until it goes away."""
    from inspector_app.photos.decoder import loop

    loop()
