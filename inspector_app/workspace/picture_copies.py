"""Copies of pictures: for reports, for the window, for export. Made once; the original stays.

No copy says where it was taken unless a rule allows it (resources/pictures.toml), and none has
what a blur covers. What is kept in the store is without marks: they are drawn anew each time.
"""

import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Self

from inspector_app.errors import BadInput, InUse, StoreTrouble
from inspector_app.inspection.marks import marks_of
from inspector_app.paths import resource
from inspector_app.photos import LONGEST, SMALL, PictureReader, ReportCopy
from inspector_app.records import Photo
from inspector_app.store import KeptCopy, Store
from inspector_app.workspace.desk import STORE_FILE

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Workspace

EXPORTED = 4096
"""The longer side, in pixels, of an exported picture."""

_NOT_HERE = "The photo was taken elsewhere and has not come here yet; ask for a bundle with it."


@cache
def place_may_show() -> bool:
    """Whether a rule allows copies to say where a picture was taken."""
    with resource("pictures.toml").open("rb") as file:
        return tomllib.load(file)["place"] is True


def to_keep(digest: str, copies: Iterable[ReportCopy]) -> list[KeptCopy]:
    """The copy for reports and the thumbnail of one picture, as the store keeps them."""
    return [
        KeptCopy(digest, longest, copy.width, copy.height, copy.jpeg)
        for longest, copy in zip((LONGEST, SMALL), copies, strict=True)
    ]


def kept_copy(
    store: Store, reader: PictureReader, log: str, digest: str, longest: int
) -> KeptCopy | None:
    """The kept copy of a picture, made now where none is; None while the picture is not here.

    BadInput when it is no picture that can be shown.
    """
    if found := store.pictures.get(log, digest, longest):
        return found
    data = store.blob(log, digest)
    if data is None:
        return None
    made = to_keep(digest, reader.taken_in(data)[1:])
    with suppress(StoreTrouble, InUse):  # not kept, made anew the next time
        store.pictures.put(log, made)
    return next(copy for copy in made if copy.longest == longest)


def report_copy(
    store: Store,
    reader: PictureReader,
    inspection: "Inspection",
    photo: Photo,
    *,
    place: bool = True,
) -> ReportCopy | None:
    """The photo as a report shows it, with its marks; None where it cannot be shown.

    `place`: where a rule allows copies to say where they were taken, this one may.
    """
    marks = marks_of(inspection, photo.id)
    digest = photo.sha256 or ""
    try:
        if place and place_may_show():
            data = store.blob(inspection.id, digest)
            return reader.report_copy(data, marks=marks, place=True) if data else None
        kept = kept_copy(store, reader, inspection.id, digest, LONGEST)
        if kept is None or not marks:
            return ReportCopy(kept.jpeg, kept.width, kept.height) if kept else None
        return reader.report_copy(kept.jpeg, marks=marks)
    except BadInput:
        return None  # somebody sent it; it must not cost the report


def export_job(workspace: "Workspace", id: str, photo: Photo) -> Callable[[], bytes]:
    """What a worker does: the photo as JPEG, upright, with its marks, without what cameras write.

    BadInput when it is not here or cannot be shown.
    """
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database
    inspection = workspace.inspection(id)
    log, marks = inspection.id, marks_of(inspection, photo.id)

    def work() -> bytes:
        store = Store.open(path, key)
        try:
            data = store.blob(log, photo.sha256 or "")
        finally:
            store.close()
        if data is None:
            raise BadInput(_NOT_HERE)
        with PictureReader() as reader:
            return reader.report_copy(data, EXPORTED, marks, place=place_may_show()).jpeg

    return work


class Shelf:
    """Kept copies for a worker, who has a connection and a child of his own."""

    def __init__(self, workspace: "Workspace", id: str) -> None:
        self._path, self._key = workspace.folder / STORE_FILE, workspace.desk.keys.database
        self._log = workspace.inspection(id).id

    def __enter__(self) -> Self:
        self._store = Store.open(self._path, self._key)
        self._reader = PictureReader()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.stop()
        self._store.close()

    def copy(self, digest: str, longest: int) -> KeptCopy | None:
        """A copy at most `longest` pixels long (LONGEST or SMALL), or None; see `kept_copy`."""
        return kept_copy(self._store, self._reader, self._log, digest, longest)
