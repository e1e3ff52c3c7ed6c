"""Pictures: taken in by a worker, added by the window's thread.

A worker decodes in the child without keys and keeps the bytes (`intake_job`); then one gesture
adds the records that name them (`add`). Bytes that no change names do not exist for anyone.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app import canonical
from inspector_app.change import Edit, compose, new_gesture, new_record
from inspector_app.errors import BadInput, InUse, StoreTrouble
from inspector_app.files import bytes_of
from inspector_app.inspection.marks import annotations_of
from inspector_app.moments import Moment
from inspector_app.photos import MAX_PICTURE, PictureFacts, PictureReader
from inspector_app.records import Photo
from inspector_app.rules.clocks import local_moment
from inspector_app.store import Store
from inspector_app.workspace.desk import STORE_FILE
from inspector_app.workspace.picture_copies import to_keep

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Commit, Workspace

_IN_ONE_CHANGE = 200
"""Photos: a change holds at most 1 MiB."""

_NOT_READ = "The file cannot be read; choose it again."
_TOO_LONG = (
    f"The file is larger than {MAX_PICTURE // 2**20} MB, so it is no photo; it was not read."
)

Source = Path | bytes
"""A file, or the bytes of a pasted picture."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture whose bytes are in the store: their hash and number, and what they say."""

    sha256: str
    size: int
    facts: PictureFacts


@dataclass(frozen=True, slots=True)
class Refused:
    """The picture at this place of the import, from 0, was kept out, and why."""

    place: int
    why: str


@dataclass(slots=True)
class Intake:
    """What a worker took in. `trouble`: why it ended early; what it had done holds."""

    of: int
    kept: list[Kept] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The photos of an import in its order; `again` of them were in the inspection already."""

    records: tuple[str, ...]
    again: int


class Cancelled(Exception):
    """Whoever asked for an import no longer wants it."""


def intake_job(
    workspace: "Workspace",
    id: str,
    sources: Sequence[Source],
    tell: Callable[[int], None] = lambda done: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Callable[[], Intake]:
    """What a worker does: decode each picture and keep it, in a transaction of its own.

    `tell` is called in the worker with how many are done. Raises Cancelled; a picture that is none
    is kept out with a sentence, and a full disk ends the work but loses nothing.
    """
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database
    log = workspace.inspection(id).id

    def work() -> Intake:
        store = Store.open(path, key)
        try:
            with PictureReader() as reader:
                return _taken_in(store, reader, log, sources, tell, is_cancelled)
        finally:
            store.close()

    return work


def _taken_in(
    store: Store,
    reader: PictureReader,
    log: str,
    sources: Sequence[Source],
    tell: Callable[[int], None],
    is_cancelled: Callable[[], bool],
) -> Intake:
    intake = Intake(len(sources))
    for place, source in enumerate(sources):
        if is_cancelled():
            raise Cancelled
        try:
            intake.kept.append(_kept(store, reader, log, _bytes_of(source)))
        except BadInput as error:
            intake.refused.append(Refused(place, error.message))
        except (StoreTrouble, InUse) as error:
            intake.trouble = error.message
            break
        tell(place + 1)
    return intake


def _bytes_of(source: Source) -> bytes:
    """A file's bytes; what is far too long is not read."""
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > MAX_PICTURE:
            raise BadInput(_TOO_LONG)
        return bytes_of(source)
    except OSError:
        raise BadInput(_NOT_READ) from None


def _kept(store: Store, reader: PictureReader, log: str, data: bytes) -> Kept:
    """Keep the original and its copies, all or nothing."""
    facts, *copies = reader.taken_in(data)
    digest = canonical.sha256(data)
    with store.transaction():
        store.put_blobs([(log, digest, data)])
        store.pictures.put(log, to_keep(digest, copies))
    return Kept(digest, len(data), facts)


# -- the records -----------------------------------------------------------------------------


def add(
    workspace: "Workspace",
    id: str,
    intake: Intake,
    *,
    owner: str = "",
    area: str = "",
    amends: str = "",
) -> Added:
    """Add what was taken in, in one gesture; `owner` is the record that it belongs to.

    What is in the inspection already is not added twice, but linked with the owner. Raises what
    `Workspace.put_many` raises, and StoreTrouble; then nothing was added, and it may be tried
    again. `amends` is the reason for altering what is signed.
    """
    inspection = workspace.inspection(id)
    here = {photo.sha256: photo.id for photo in inspection.all(Photo)}
    values: dict[str, dict[str, Any]] = {}
    for kept in intake.kept:
        if kept.sha256 not in here:
            record = here[kept.sha256] = new_record(Photo.kind)
            values[record] = {**_values(workspace, id, kept), "area": area}
    records = tuple(dict.fromkeys(here[kept.sha256] for kept in intake.kept))
    workspace.join(id, amends)
    may = bool(amends)
    edits = {
        record: [
            *(inspection.setting(record, values[record], amends=may) if record in values else ()),
            *(inspection.linking(owner, record, fresh=values, amends=may) if owner else ()),
        ]
        for record in records
    }
    _commit_together(workspace, inspection, edits, _label(_words(len(values)), amends))
    return Added(records, len(records) - len(values))


def _words(added: int) -> str:
    return "new photo" if added == 1 else f"{added} new photos" if added else "linked photos"


def _commit_together(
    workspace: "Workspace", inspection: "Inspection", edits: dict[str, list[Edit]], label: str
) -> None:
    """As few changes as hold them, of one gesture, kept in one transaction and told once."""
    found, gesture = [part for part in edits.values() if part], new_gesture()
    heads, log = inspection.log.heads().get(workspace.key, set()), inspection.log
    previous = next((id for id in reversed(log.changes) if id in heads), None)
    changes = []
    for start in range(0, len(found), _IN_ONE_CHANGE):
        change = workspace.desk.sign(
            compose(
                log=log.id,
                author=workspace.key,
                previous=previous,
                at=workspace.moment(inspection.id),
                gesture=gesture,
                label=label,
                edits=[edit for part in found[start : start + _IN_ONE_CHANGE] for edit in part],
            )
        )
        changes.append(change)
        previous = change.id
    if changes:
        workspace.desk.store.append(changes)
        workspace.desk.take_in(log.id, changes)


def add_photo(
    workspace: "Workspace",
    id: str,
    data: bytes,
    *,
    record: str | None = None,
    links: Iterable[tuple[str, str]] = (),
    amends: str = "",
    **fields: Any,
) -> "Commit":
    """Keep one picture and the record that names it, here and now; it may be a second of its kind.

    BadInput when it is no picture that can be shown.
    """
    log = workspace.inspection(id).id
    with PictureReader() as reader:
        kept = _kept(workspace.desk.store, reader, log, data)
    record = record or new_record(Photo.kind)
    known = _values(workspace, id, kept)
    values = {**known, **({"taken_from": None} if "taken" in fields else {}), **fields}
    return workspace.put_many(id, {record: values}, "new photo", amends, links=links)


def _values(workspace: "Workspace", id: str, kept: Kept) -> dict[str, Any]:
    taken, clock = _when(kept.facts.taken, workspace.inspection(id).visit.zone)
    return {
        "sha256": kept.sha256,
        "media_type": kept.facts.media_type,
        "width": kept.facts.width,
        "height": kept.facts.height,
        "size": kept.size,
        "taken": taken or str(workspace.moment(id)),
        "taken_from": clock,
    }


def _when(taken: str | None, zone: str | None) -> tuple[str, str]:
    """The camera's own claim at the facility, where its hour is one hour there; nothing guessed."""
    with suppress(BadInput, ValueError, OverflowError):
        local = datetime.fromisoformat(taken or "")
        if local.tzinfo is not None:
            return str(Moment.at(local, zone or "UTC")), "camera"
        if zone:
            return str(local_moment(local, zone)), "camera"
    return "", "laptop"


def file_under(workspace: "Workspace", id: str, photo: str, owner: str, amends: str = "") -> None:
    """Let a photo belong to this observation and to no other; without one, to none."""
    inspection, may = workspace.inspection(id), bool(amends)
    before = [end for end in inspection.ends_to(photo) if end.startswith("observation:")]
    edits = {end: inspection.unlinking(end, photo, amends=may) for end in before if end != owner}
    if owner:
        edits[owner] = inspection.linking(owner, photo, amends=may)
    workspace.join(id, amends)
    _commit_together(workspace, inspection, edits, _label("filed a photo", amends))


def remove(workspace: "Workspace", id: str, photo: str, amends: str = "") -> None:
    """Take a photo out of view with the marks on it: one change, one step of undo."""
    inspection = workspace.inspection(id)
    records = [photo, *(annotation.id for annotation in annotations_of(inspection, photo))]
    edits = {record: inspection.removing(record, amends=bool(amends)) for record in records}
    _commit_together(workspace, inspection, edits, _label("removed photo", amends))


def _label(words: str, amends: str) -> str:
    return f"amendment: {amends}" if amends else words
