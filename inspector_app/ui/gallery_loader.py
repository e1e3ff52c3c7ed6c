"""Copies of pictures for the screen, read by a worker; those asked for last come first."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from inspector_app.errors import BadInput, UserError
from inspector_app.ui.work import Work

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.picture_copies import Shelf

_AT_ONCE = 8
_WAITING = 160
NOT_HERE = "Not here yet: it comes with a later bundle."

Found = dict[str, QImage | str]
"""By the hash of the original: the picture, or why it cannot be shown."""


class PictureLoader(QObject):
    """Holds the copies that were shown lately, at most `keep`, of one length."""

    loaded = Signal()
    """Some that were asked for are here."""

    def __init__(self, workspace: "Workspace", inspection: str, longest: int, keep: int) -> None:
        super().__init__()
        self._workspace, self._inspection = workspace, inspection
        self._longest, self._keep = longest, keep
        self._held: OrderedDict[str, QImage | str] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._under_way: Work | None = None
        self._asked: list[str] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)

    def picture(self, digest: str) -> QImage | None:
        """The copy, or None while it is on its way or where it cannot be shown (`why_not`)."""
        found = self._held.get(digest)
        if found is None:
            self._ask(digest)
        else:
            self._held.move_to_end(digest)
        return found if isinstance(found, QImage) else None

    def why_not(self, digest: str) -> str:
        """Why there is no copy; empty while it is on its way."""
        found = self._held.get(digest)
        return found if isinstance(found, str) else ""

    def is_busy(self) -> bool:
        return self._under_way is not None or bool(self._wanted)

    def forget_absent(self) -> None:
        """Look again for what was not here: a bundle may have brought it."""
        for digest in [digest for digest, found in self._held.items() if isinstance(found, str)]:
            del self._held[digest]

    def _ask(self, digest: str) -> None:
        self._wanted[digest] = None
        self._wanted.move_to_end(digest)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)  # scrolled past; painting asks for it again
        if self._under_way is None:
            self._soon.start()

    def _begin(self) -> None:
        from inspector_app.workspace.picture_copies import Shelf

        if self._under_way is not None or not self._workspace.desk.is_open:
            return
        asked = [self._wanted.popitem()[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
        if asked:
            shelf = Shelf(self._workspace, self._inspection)
            self._asked = asked
            self._under_way = Work(lambda: self._read(shelf, asked), self)
            self._under_way.done.connect(self._done)  # bound: so it comes in the window's thread
            self._under_way.failed.connect(self._failed)
            self._under_way.start()

    def _read(self, shelf: "Shelf", digests: Sequence[str]) -> Found:
        """In the worker: the images too are unpacked here."""
        found: Found = {}
        with shelf:
            for digest in digests:
                try:
                    kept = shelf.copy(digest, self._longest)
                except BadInput as error:
                    found[digest] = error.message
                    continue
                found[digest] = unpacked(kept.jpeg) if kept else NOT_HERE
        return found

    def _done(self, found: Found) -> None:
        self._under_way = None
        for digest, picture in found.items():
            self._wanted.pop(digest, None)
            self._held[digest] = picture
        while len(self._held) > self._keep:
            self._held.popitem(last=False)
        self.loaded.emit()
        self._begin()

    def _failed(self, error: UserError) -> None:
        self._done(dict.fromkeys(self._asked, error.message))


def unpacked(jpeg: bytes) -> QImage | str:
    """The image of a JPEG of our own; what else it may be is not tried."""
    image = QImage.fromData(jpeg, "JPEG")  # type: ignore[arg-type]  # bytes are refused
    return "The picture cannot be shown." if image.isNull() else image
