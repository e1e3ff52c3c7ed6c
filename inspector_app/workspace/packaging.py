"""The package for ERO: the report, its sheets and tables, the evidence by item, and a manifest.

Files are named by numbers of the report only: no name of a person or file of a camera. Pictures
are the copies that reports show, without what cameras write; the originals go along where they
are asked for. The manifest has the SHA-256 of every file, twice: as JSON, and as `sha256sum -c`
reads it. The package is written whole or not at all.
"""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app import canonical
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.files import new_folder, replacing
from inspector_app.inspection import Inspection
from inspector_app.inspection.issues import newest_signed, stands_as_issued
from inspector_app.records import Agreement, Photo, RosterFile
from inspector_app.store import Store
from inspector_app.workspace import reporting
from inspector_app.workspace.desk import STORE_FILE
from inspector_app.workspace.exporting import tables_of
from inspector_app.workspace.issuing import report_of
from inspector_app.workspace.reporting import Step

if TYPE_CHECKING:
    from inspector_app.reports.subject import Subject
    from inspector_app.workspace import Workspace

INTERNAL = "internal"
SHEETS = ("evidence-index", "custody")
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_ENDINGS = {
    b"%PDF": ".pdf", b"PK\x03\x04": ".xlsx", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png",
    b"RIFF": ".webp", b"II*\x00": ".tif", b"MM\x00*": ".tif",
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """One file of a package: its name there, what it is, the item it belongs to, and its bytes."""

    name: str
    what: str
    item: str
    make: Callable[[], bytes | None]
    ends_by_bytes: bool = False
    """Whether the name gets its ending from the bytes, which are read once, when they go in."""

    def called(self, data: bytes) -> str:
        """Its whole name."""
        return f"{self.name}{_ending(data)}" if self.ends_by_bytes else self.name


@dataclass(frozen=True)
class Packed:
    """What was packed: names with sizes and digests, and the items whose bytes are not here."""

    files: tuple[dict[str, Any], ...]
    absent: tuple[str, ...]


def job(
    workspace: "Workspace", id: str, out: Path, edition: str = INTERNAL, *, originals: bool = False
) -> Callable[[Step | None], Packed]:
    """What a worker does: a zip where `out` ends so, else a new folder.

    `originals`: the evidence as it was taken in too, with all that cameras wrote; only in the
    internal edition, NotAllowed in others. `step` is called before each file with how many are
    done of how many; what it raises ends the work, and then nothing is written.
    """
    if originals and edition != INTERNAL:
        raise NotAllowed("Originals go into the internal edition only; nothing was written.")
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database
    log = workspace.inspection(id).id

    def work(step: Step | None) -> Packed:
        with reporting.apart(path, key, log) as (store, inspection):
            return _pack(store, inspection, out, edition, originals, step)

    return work


def _pack(
    store: Store,
    inspection: Inspection,
    out: Path,
    edition: str,
    originals: bool,
    step: Step | None,
) -> Packed:
    from inspector_app.checks import problems
    from inspector_app.photos import PictureReader
    from inspector_app.reports.edition import in_edition
    from inspector_app.reports.subject import Subject

    with PictureReader() as reader, _target(out) as put:
        view = in_edition(inspection, edition)
        copies = reporting.copies_of(store, reader, view, None)
        subject = Subject(view, problems(inspection), copies, edition)
        contents = [
            *_reports(store, inspection, subject, edition),
            *_tables(store, inspection, edition),
            *_pictures(inspection, subject),
            *(_originals(store, inspection, subject) if originals else ()),
        ]
        packed = _put_all(contents, put, step)
        _put_manifest(packed, subject, put)
    return packed


# -- writing -------------------------------------------------------------------------------------

Put = Callable[[str, bytes], None]


@contextmanager
def _target(out: Path) -> Iterator[Put]:
    if out.suffix.lower() == ".zip":
        with replacing(out) as part, zipfile.ZipFile(part, "w") as archive:
            yield lambda name, data: archive.writestr(_entry(name), data)
    else:
        with new_folder(out) as folder:
            yield lambda name, data: _put_file(folder / name, data)


def _put_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _entry(name: str) -> zipfile.ZipInfo:
    """Without a clock: the same package, the same bytes. Pictures and PDFs are packed already."""
    about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    packed_already = name.endswith((".pdf", ".jpg", ".xlsx", ".docx", ".png"))
    about.compress_type = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    return about


def _put_all(contents: Sequence[Content], put: Put, step: Step | None) -> Packed:
    files: list[dict[str, Any]] = []
    absent = []
    for done, content in enumerate(contents):
        if step is not None:
            step(done, len(contents))
        data = content.make()
        if data is None:
            absent.append(content.item)
            continue
        name = content.called(data)
        put(name, data)
        said = {"item": content.item} if content.item else {}
        about = {"name": name, "what": content.what, **said, "bytes": len(data)}
        files.append({**about, "sha256": canonical.sha256(data)})
    return Packed(tuple(files), tuple(dict.fromkeys(absent)))


def _put_manifest(packed: Packed, subject: "Subject", put: Put) -> None:
    said = {
        "report": subject.number,
        "version": subject.version_line.replace("\u00a0", " "),
        "edition": subject.edition,
        "absent": list(packed.absent),
        "files": list(packed.files),
    }
    put(MANIFEST, (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode())
    lines = (f"{file['sha256']}  {file['name']}\n" for file in packed.files)
    put(SUMS, "".join(lines).encode())


# -- what goes in --------------------------------------------------------------------------------


def _reports(
    store: Store, inspection: Inspection, subject: "Subject", edition: str
) -> Iterator[Content]:
    """The report as it was signed or else issued, byte for byte; else as it stands; two sheets."""
    from inspector_app.reports import REPORTS

    name = report_of(inspection)
    for report in (name, *SHEETS):
        title = REPORTS[report].title
        file = reporting.file_name(inspection, report, edition)
        make = _issued_or_made(store, inspection, report, edition)
        yield Content(file if report == name else f"sheets/{file}", title, "", make)


def _issued_or_made(
    store: Store, inspection: Inspection, report: str, edition: str
) -> Callable[[], bytes]:
    def make() -> bytes:
        leaves_as_kept = report == report_of(inspection) and edition == INTERNAL
        kept = _kept(store, inspection) if leaves_as_kept else None
        return kept or reporting.made(store, inspection, report, reporting.pdf_of, None, edition)

    return make


def _kept(store: Store, inspection: Inspection) -> bytes | None:
    """The file of the version that still stands: its newest signed copy, else the issued one."""
    issue = stands_as_issued(inspection)
    if issue is None:
        return None
    files = (newest_signed(inspection, issue), issue)
    found = (store.blob(inspection.id, file.sha256 or "") for file in files if file)
    return next((data for data in found if data is not None), None)


def _tables(store: Store, inspection: Inspection, edition: str) -> Iterator[Content]:
    from inspector_app.reports.spreadsheets import comma_separated, workbook

    found, subject = tables_of(store, inspection, edition)
    note = f"{subject.number}, {subject.version_line}"
    book = workbook(found, subject.number, note, subject.instant)
    made = {"tables.xlsx": ("All tables", book)} | {
        f"{table.name}.csv": (f"Table of {table.name}", comma_separated(table)) for table in found
    }
    for name, (what, data) in made.items():
        scanned = partial(reporting.scanned, store, inspection, edition, data)
        yield Content(f"tables/{name}", what, "", scanned)


def _pictures(inspection: Inspection, subject: "Subject") -> Iterator[Content]:
    """Each photo as this edition shows it; one that it withholds is not there."""
    for photo in inspection.all(Photo):
        item = _item(subject, photo.id)
        yield Content(f"evidence/{item}.jpg", "Photo as in the report", item, _copy(subject, photo))


def _copy(subject: "Subject", photo: Photo) -> Callable[[], bytes | None]:
    def make() -> bytes | None:
        copy = subject.copy_of(photo)
        return copy.jpeg if copy else None

    return make


def _originals(store: Store, inspection: Inspection, subject: "Subject") -> Iterator[Content]:
    """The bytes as they came: photos, copies of the agreement, rosters, under their numbers."""
    copies = enumerate(inspection.all(Agreement), 1)
    rosters = enumerate(inspection.all(RosterFile), 1)
    found: list[tuple[str, str | None]] = [
        *((_item(subject, photo.id), photo.sha256) for photo in inspection.all(Photo)),
        *((f"A-{n}", copy.sha256) for n, copy in copies),
        *((f"O-{n}", file.sha256) for n, file in rosters),
    ]
    for item, digest in found:
        make = _blob(store, inspection.id, digest or "")
        yield Content(f"originals/{item}", "Original", item, make, ends_by_bytes=True)


def _blob(store: Store, log: str, digest: str) -> Callable[[], bytes | None]:
    return lambda: store.blob(log, digest)


def _item(subject: "Subject", record: str) -> str:
    """`photo-1`: as a file can be called everywhere."""
    number = subject.record_numbers.get(record, "")
    if not number:
        raise BadInput("A photo has no number in the report; nothing was written.")
    return number.replace("\u00a0", "-").replace(" ", "-").lower()


def _ending(data: bytes) -> str:
    """By the bytes, not by what the file was called."""
    if data[4:8] == b"ftyp":
        return ".heic"
    return next((ending for first, ending in _ENDINGS.items() if data.startswith(first)), ".csv")
