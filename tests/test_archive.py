"""An archive shows everything, needs no program, and names the first thing that is wrong."""

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from inspector_app import archive, identity
from inspector_app.archive import bag, page
from inspector_app.errors import BadInput, Difference, WrongSecret
from inspector_app.workspace import Workspace
from inspector_app.workspace.unpacking import unpack_bundle, unpack_inspections
from tests.test_workspace import PASSPHRASE, _start

MARKUP = '<script>alert("Zebrafinch")</script> & a second line\nhere'


@dataclass
class Unpacked:
    """An archive of one inspection, and the workspace it came from."""

    workspace: Workspace
    id: str
    folder: Path

    def changes(self, folder: Path) -> Path:
        return folder / f"data/{self.id}/changes.txt"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unpacked]:
    root = tmp_path_factory.mktemp("archive")
    made, _ = Workspace.create(root / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    id = _start(made)
    made.put(id, "answer:j-70", result="not-met", note=MARKUP)
    key = identity.new_value_key()
    role = made.inspection(id).form.interview_roles[0].id
    talk = made.new(id, "interview", role=role).record
    made.put(id, talk, name=identity.seal_value(key, "R. Placeholder"))
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 130, 140)).save(picture, "JPEG")
    made.add_photo(id, picture.getvalue(), caption="North wall", alt="A gray wall")
    made.put(id, "answer:j-82", result="met")
    unpack_inspections(made, [id], root / "archive")
    yield Unpacked(made, id, root / "archive")
    made.close()


@pytest.fixture
def copy(unpacked: Unpacked, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unpacked.folder, tmp_path / "copy"))


def _sealed_anew(folder: Path) -> None:
    """The manifests of somebody who altered a file and knows how bags work."""
    payload = sorted(p.relative_to(folder).as_posix() for p in folder.glob("data/**/*.*"))
    bag._write_manifest(folder, bag.MANIFEST, payload)
    tags = [bag.DECLARED_IN, bag.INFO, bag.MANIFEST, "README.txt", "index.html"]
    bag._write_manifest(folder, bag.TAG_MANIFEST, tags)


def test_a_stranger_with_nothing_but_hashes_gets_the_same_digest(unpacked: Unpacked) -> None:
    now: dict[tuple[str, str], dict[str, object]] = {}
    log = ""
    for line in unpacked.changes(unpacked.folder).read_bytes().splitlines():
        body = line[129:]
        id, raw = hashlib.sha256(body).hexdigest(), json.loads(body)
        log = log or id
        for edit in raw["edits"]:
            values = now.setdefault((edit["record"], edit["field"]), {})
            for replaced in edit["replaces"]:
                values.pop(replaced, None)
            values[id] = edit["value"]

    def spelled(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    rows = [spelled(log)]
    for slot in sorted(now):
        distinct = sorted({spelled(value) for value in now[slot].values()})
        if distinct != [b"null"]:
            rows.append(spelled([*slot, [json.loads(value) for value in distinct]]))
    found = hashlib.sha256(b"\n".join(rows)).hexdigest()
    assert found == unpacked.workspace.desk.log(unpacked.id).digest()
    [entry] = json.loads((unpacked.folder / "data/archive.json").read_bytes())["logs"]
    assert entry["digest"] == found


def test_every_listed_file_is_there_and_every_file_is_listed(unpacked: Unpacked) -> None:
    listed = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (unpacked.folder / name).read_text("utf-8").splitlines():
            digest, path = line.split("  ")
            listed[path] = digest
    there = {p.relative_to(unpacked.folder).as_posix(): p for p in unpacked.folder.rglob("*.*")}
    files = {path: file for path, file in there.items() if file.is_file()}
    files.pop("tagmanifest-sha256.txt")
    assert {p: hashlib.sha256(f.read_bytes()).hexdigest() for p, f in files.items()} == listed
    assert (unpacked.folder / "bagit.txt").read_text() == (
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )


def test_the_page_shows_everything_and_can_do_nothing(unpacked: Unpacked) -> None:
    shown = (unpacked.folder / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(&quot;Zebrafinch&quot;)&lt;/script&gt; &amp; a second" in shown
    assert not re.search(r"<(script|iframe|object|link|form)\b|javascript:|\son\w+=", shown)
    assert f'<meta http-equiv="Content-Security-Policy" content="{page.POLICY}">' in shown
    assert page.POLICY.startswith("default-src 'none'; ") and "unsafe" not in page.POLICY
    [style] = re.findall(r"<style>(.*?)</style>", shown, re.S)
    assert style == page.STYLE
    sources = re.findall(r'(?:src|href)="([^"#]+)"', shown)
    assert sources and all((unpacked.folder / source).is_file() for source in sources)
    for words in ("Hamilton County", "North wall", "A gray wall", "Ana Sample", "sealed; it stays"):
        assert words in shown
    form = unpacked.workspace.inspection(unpacked.id).form
    assert all(f">{item.id.upper()} &nbsp;" in shown for s in form.sections for item in s.items)


def test_names_stay_sealed(unpacked: Unpacked) -> None:
    for path in unpacked.folder.rglob("*.*"):
        assert not path.is_file() or b"R. Placeholder" not in path.read_bytes()


# -- what is wrong is named --------------------------------------------------------------------


def _lines(path: Path, alter: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(alter(path.read_bytes().splitlines(keepends=True))))


ALTERATIONS: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "flipped in a body": lambda ls: [ls[0].replace(b"not-met", b"not-mex"), *ls[1:]],
    "flipped in a signature": lambda ls: [
        (b"1" if ls[0][:1] != b"1" else b"2") + ls[0][1:],
        *ls[1:],
    ],
    "removed": lambda ls: ls[1:],
    "swapped": lambda ls: [ls[1], ls[0], *ls[2:]],
    "cut": lambda ls: [],
    "cut inside": lambda ls: [ls[0][:-9]],
}
"""What happens to the lines from the one on that must be named."""


@pytest.mark.parametrize("way", ALTERATIONS)
@pytest.mark.parametrize("knows_bags", [False, True])
def test_the_first_bad_change_is_named(
    unpacked: Unpacked, copy: Path, way: str, knows_bags: bool
) -> None:
    ids = (copy / f"data/{unpacked.id}/ids.txt").read_text().split()
    index = next(
        n
        for n, line in enumerate(unpacked.changes(copy).read_bytes().splitlines())
        if b"not-met" in line
    )

    _lines(unpacked.changes(copy), lambda lines: lines[:index] + ALTERATIONS[way](lines[index:]))
    if knows_bags:
        _sealed_anew(copy)
    if knows_bags and way == "flipped in a signature":
        assert archive.check(copy).changes == len(ids)  # the next change vouches for its body
        return
    with pytest.raises(Difference) as told:
        archive.check(copy)
    assert ids[index] in told.value.message
    assert told.value.exit_code == 8


@pytest.mark.parametrize("gone", [0, 2, -1])
def test_a_change_taken_out_everywhere_is_noticed(
    unpacked: Unpacked, copy: Path, gone: int
) -> None:
    """Also by somebody who takes its id out of the list and writes the manifests anew."""
    for path in (unpacked.changes(copy), copy / f"data/{unpacked.id}/ids.txt"):
        lines = path.read_bytes().splitlines(keepends=True)
        del lines[gone]
        path.write_bytes(b"".join(lines))
    _sealed_anew(copy)
    with pytest.raises(Difference, match=r"cut off|does not hold"):
        archive.check(copy)


def test_every_file_is_checked(unpacked: Unpacked, copy: Path) -> None:
    for path in sorted(p for p in copy.rglob("*.*") if p.is_file()):
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        with pytest.raises(Difference):
            archive.check(copy)
        path.unlink()
        with pytest.raises(Difference):
            archive.check(copy)
        path.write_bytes(whole)
    archive.check(copy)


def test_what_was_added_or_is_a_link_is_refused(copy: Path) -> None:
    (copy / "data/more.txt").write_text("more")
    with pytest.raises(Difference, match=r"data/more\.txt was added"):
        archive.check(copy)
    (copy / "data/more.txt").unlink()
    (copy / "README.txt").rename(copy.parent / "elsewhere")
    (copy / "README.txt").symlink_to(copy.parent / "elsewhere")
    with pytest.raises(Difference, match="link"):
        archive.check(copy)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "data/../../x", "C:/x", "a\\b"])
def test_a_manifest_never_leads_outside(copy: Path, path: str) -> None:
    with (copy / "manifest-sha256.txt").open("a") as file:
        file.write(f"{'0' * 64}  {path}\n")
    with pytest.raises(Difference, match="is damaged"):
        archive.check(copy)


# -- where it comes from -----------------------------------------------------------------------


def test_a_bundle_unpacks_to_the_same_history(unpacked: Unpacked, tmp_path: Path) -> None:
    bundle = tmp_path / "b.inspection"
    unpacked.workspace.bundle([unpacked.id], bundle, passphrase="one passphrase for all")
    with pytest.raises(WrongSecret):
        unpack_bundle(bundle, tmp_path / "no", passphrase="another passphrase")
    assert not (tmp_path / "no").exists()
    written = unpack_bundle(bundle, tmp_path / "yes", passphrase="one passphrase for all")
    assert written.digests == {unpacked.id: unpacked.workspace.desk.log(unpacked.id).digest()}
    assert written.not_here == 0
    assert archive.check(tmp_path / "yes").changes == written.changes


def test_what_is_there_stays(unpacked: Unpacked, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="already"):
        unpack_inspections(unpacked.workspace, [unpacked.id], tmp_path / "there")
    assert [p.name for p in tmp_path.rglob("*")] == ["there", "mine.txt"]
