"""S3: a story leaves no note, name, file name or picture that a finder of the disk can read."""

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.workspace import Workspace, names
from tests.functional.terminal import PASSPHRASE, Office, Terminal

NOTE = "Quetzalcoatlus behind the second door"
NAME = "Peregrine Specimen-Placeholder"
FILE = "armadillo-in-the-hall"
CAMERA = b"Written by a camera called Wombat"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """A home and a temporary folder of this story alone."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    for folder in (home, temporary):
        folder.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE", "RUNTIME"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return home, temporary


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """On the stick of the camera, which is no part of the laptop."""
    path = tmp_path / "stick" / f"{FILE}.jpg"
    path.parent.mkdir()
    Image.effect_noise((640, 480), 80).save(path, "JPEG", comment=CAMERA)
    return path


def test_a_story_leaves_nothing_readable(
    office: Office, terminal: Terminal, places: tuple[Path, ...], photo: Path, tmp_path: Path
) -> None:
    ana, marcus = office.person("ana"), office.person("marcus")
    office.acquaint(ana, marcus)
    id = office.start(ana)
    lines = [
        {"verb": "answer", "item": "j-02", "result": "not-met", "note": NOTE},
        {"verb": "photo", "path": str(photo), "caption": NOTE},
        {"verb": "interview", "id": "one", "role": "field-supervisor", "notes": NOTE},
    ]
    assert [said for said in terminal.record(ana, id, lines) if "refused" in said] == []
    workspace = Workspace.open(ana, passphrase=PASSPHRASE)
    names.put_name(workspace, id, "interview:one", NAME)
    workspace.close()
    bundle = office.bundle(ana, marcus)
    terminal.done("preview", marcus, bundle)
    office.merge(marcus, bundle)
    terminal.done("search", marcus, NOTE.split()[0])
    terminal.done("undo", ana, id)
    backup = tmp_path / "backup"
    terminal.done("backup", ana, "-o", backup)
    terminal.done("verify", ana)
    found = list(readable([ana, marcus, bundle, backup, *places], photo))
    assert found == []


def test_the_search_of_the_disk_finds_what_is_there(photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "leaking"
    folder.mkdir()
    (folder / f"{FILE}.part").touch()
    (folder / "cache").write_bytes(b"\0" + NOTE.encode("utf-16-le"))
    (folder / "copy").write_bytes(b"ab" + photo.read_bytes())
    (folder / "secret").write_text(base64.b64encode(PASSPHRASE.encode()).decode())
    found = {name for name, _ in readable([folder], photo)}
    assert found == {"cache", "copy", f"{FILE}.part", "secret"}


def readable(places: list[Path], photo: Path) -> Iterator[tuple[str, str]]:
    """Every file below the places that holds, or is named as, what nobody may read."""
    for path in sorted(p for place in places for p in [place, *place.rglob("*")] if p.is_file()):
        data = path.read_bytes()
        if FILE in path.name:
            yield path.name, "a name of a file"
        yield from ((path.name, what) for what, secret in secrets(photo) if secret in data)


def secrets(photo: Path) -> Iterator[tuple[str, bytes]]:
    """What is searched for, as each program might keep it."""
    for text in (NOTE, NAME, FILE, PASSPHRASE):
        yield from (("a text", text.encode(encoding)) for encoding in ENCODINGS)
        yield "a text", base64.b64encode(text.encode())[:-4]
    yield "what the camera wrote", CAMERA
    yield "a picture", photo.read_bytes()[-4096:-64]
