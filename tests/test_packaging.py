"""The package for ERO: what is in it, what its manifest proves, and what is left when it fails."""

import errno
import hashlib
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.cli import run
from inspector_app.errors import BadInput, NotAllowed, StoreTrouble
from inspector_app.workspace import Workspace
from inspector_app.workspace.packaging import MANIFEST, SUMS, job
from tests.ui.open_pages import new_workspace

PHOTOS = 2


def _camera_picture(number: int) -> bytes:
    """A JPEG with what cameras write: a maker and a place."""
    picture, exif = Image.new("RGB", (80, 60), (number * 90, 80, 80)), Image.Exif()
    exif[0x010F] = "CANARY-MAKER"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """Nothing in these tests writes to it."""
    workspace, id = new_workspace(tmp_path_factory.mktemp("ana"))
    for number in range(PHOTOS):
        caption = f"Wall {number}"
        workspace.add_photo(id, _camera_picture(number), caption=caption, alt="A wall")
    workspace.put(id, "visit:self", first_day=date(2026, 3, 10), last_day=date(2026, 3, 12))
    yield workspace, id
    workspace.close()


@pytest.fixture(scope="module")
def package(ana: tuple[Workspace, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a folder."""
    out = tmp_path_factory.mktemp("out") / "package"
    job(*ana, out)(None)
    return out


def read(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        found = (p for p in path.rglob("*") if p.is_file())
        return {p.relative_to(path).as_posix(): p.read_bytes() for p in found}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_manifest_names_every_file_with_its_digest(package: Path) -> None:
    files = read(package)
    manifest = json.loads(files[MANIFEST])
    assert {f["name"] for f in manifest["files"]} == set(files) - {MANIFEST, SUMS}
    for file in manifest["files"]:
        data = files[file["name"]]
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    sums = subprocess.run(["sha256sum", "-c", "--strict", SUMS], cwd=package, capture_output=True)
    assert sums.returncode == 0, sums.stderr
    assert manifest["edition"] == "internal" and manifest["absent"] == []


def test_a_zip_holds_the_same_bytes(
    ana: tuple[Workspace, str], package: Path, tmp_path: Path
) -> None:
    job(*ana, tmp_path / "one.zip")(None)
    assert read(tmp_path / "one.zip") == read(package)


def test_it_has_the_report_sheets_tables_and_evidence_by_item(package: Path) -> None:
    names = sorted(name.rpartition("/")[2] for name in read(package))
    number = json.loads(read(package)[MANIFEST])["report"]
    assert names == sorted([
        f"{number}-inspection-draft-internal.pdf", f"{number}-custody-draft-internal.pdf",
        f"{number}-evidence-index-draft-internal.pdf", "answers.csv", "findings.csv",
        "roster.csv", "samples.csv", "tables.xlsx", "photo-1.jpg", "photo-2.jpg", MANIFEST, SUMS,
    ])  # fmt: skip
    assert not any(word in " ".join(names).lower() for word in ("ana", "wall", "hamilton"))


def test_what_the_camera_wrote_goes_along_only_where_originals_are_asked_for(
    ana: tuple[Workspace, str], package: Path, tmp_path: Path
) -> None:
    full = tmp_path / "full.zip"
    job(*ana, full, originals=True)(None)
    assert not any(b"CANARY" in data for data in read(package).values())
    originals = {n: d for n, d in read(full).items() if n.startswith("originals/")}
    assert set(originals) == {"originals/photo-1.jpg", "originals/photo-2.jpg"}
    assert set(originals.values()) == {_camera_picture(0), _camera_picture(1)}
    with pytest.raises(NotAllowed):
        job(*ana, tmp_path / "no.zip", "public", originals=True)
    assert not (tmp_path / "no.zip").exists()


def test_the_report_in_it_is_the_report(ana: tuple[Workspace, str], package: Path) -> None:
    workspace, id = ana
    (path,) = package.glob("*.pdf")
    assert path.read_bytes() == workspace.report_bytes(id, "inspection")


class Enough(Exception):
    """As the window raises it in the worker."""


@pytest.mark.parametrize(("steps", "ending"), [(0, ""), (1, ".zip"), (4, "")])
def test_a_cancelled_package_leaves_the_old_one_and_no_debris(
    ana: tuple[Workspace, str], tmp_path: Path, steps: int, ending: str
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    out = place / f"package{ending}"
    if ending:
        out.write_bytes(b"the package of last week")
    taken: list[tuple[int, int]] = []

    def step(done: int, of: int) -> None:
        if len(taken) == steps:
            raise Enough
        taken.append((done, of))

    with pytest.raises(Enough):
        job(*ana, out)(step)
    assert [done for done, _ in taken] == list(range(steps))
    assert [p.name for p in place.iterdir()] == ([out.name] if ending else [])
    assert not ending or out.read_bytes() == b"the package of last week"


@pytest.mark.parametrize("ending", [".zip", ""])
def test_a_full_disk_leaves_the_old_one_and_no_debris(
    ana: tuple[Workspace, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    out = place / f"package{ending}"
    if ending:
        out.write_bytes(b"the package of last week")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    work = job(*ana, out)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreTrouble):
        work(None)
    assert [p.name for p in place.iterdir()] == ([out.name] if ending else [])
    assert not ending or out.read_bytes() == b"the package of last week"


def test_a_folder_is_never_written_over(ana: tuple[Workspace, str], tmp_path: Path) -> None:
    out = tmp_path / "there"
    out.mkdir()
    (out / "note.txt").write_text("mine")
    with pytest.raises(BadInput):
        job(*ana, out)(None)
    assert [p.name for p in out.iterdir()] == ["note.txt"]


def test_the_command_line_writes_every_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, id = new_workspace(tmp_path)
    workspace.close()
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "a passphrase for tests only")
    desk = str(tmp_path / "desk")

    def write(command: str, name: str, *more: str) -> int:
        return run([command, desk, id, *more, "-o", str(tmp_path / name)])

    assert write("report", "copy.docx", "document-request") == 0
    assert write("tables", "all.xlsx") == 0
    assert write("tables", "answers.csv", "--table", "answers") == 0
    assert write("package", "public.zip", "--edition", "public") == 0
    assert (tmp_path / "answers.csv").read_bytes().startswith(b"\xef\xbb\xbfItem,Section")
    assert json.loads(read(tmp_path / "public.zip")[MANIFEST])["edition"] == "public"
    assert write("tables", "answers.csv", "--table", "names") != 0
    assert write("tables", "answers.txt") != 0
    capsys.readouterr()
