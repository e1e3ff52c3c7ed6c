"""Pictures in a workspace: taken in or kept out, added in one gesture, copied without places."""

import io
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.canonical import sha256
from inspector_app.errors import NotAllowed, StoreTrouble
from inspector_app.photos import LONGEST, SMALL, PictureReader
from inspector_app.records import Observation, Photo
from inspector_app.workspace import Workspace, picture_copies, pictures
from inspector_app.workspace.picture_copies import Shelf, export_job, report_copy
from inspector_app.workspace.pictures import Intake
from tests.conftest import Told
from tests.harness import count
from tests.test_photos import HEIC, drawn, huge_jpeg, saved
from tests.ui.open_pages import ZONE, new_workspace

Desk = tuple[Workspace, str]
PLACE = b"SPECIMEN-PLACE"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def photos(desk: Desk) -> list[Photo]:
    workspace, id = desk
    return workspace.inspection(id).all(Photo)


def jpeg(number: int = 0, taken: str = "", **exif: str) -> bytes:
    """A small picture, different for each number, that says when it was taken."""
    image = Image.new("RGB", (64, 48), (number * 7 % 256, 90, 90))
    said = Image.Exif()
    ifd = said.get_ifd(0x8769)
    if taken:
        ifd[0x9003] = taken
    if exif.get("offset"):
        ifd[0x9011] = exif["offset"]
    out = io.BytesIO()
    image.save(out, "JPEG", exif=said)
    return out.getvalue()


def with_place() -> bytes:
    """A picture whose EXIF says where it was taken, in words that can be looked for."""
    said = Image.Exif()
    said[0x010F] = PLACE.decode()
    said.get_ifd(0x8825).update({1: "N", 2: (39.0, 58.0, 1.0), 0x1D: "2026:03:10"})
    out = io.BytesIO()
    drawn(400, 300).save(out, "JPEG", exif=said, comment=PLACE)
    return out.getvalue()


def taken_in(desk: Desk, sources: Sequence[Path | bytes]) -> Intake:
    return pictures.intake_job(*desk, sources)()


# -- taking in ---------------------------------------------------------------------------------


def test_what_is_no_picture_is_kept_out_with_a_sentence_while_the_others_go_in(
    desk: Desk, tmp_path: Path
) -> None:
    broken = {
        "empty.jpg": b"",
        "sign-in.jpg": b"<html><body>Sign in to the network</body></html>",
        "huge.jpg": huge_jpeg(62_500),
        "half.jpg": saved(Image.effect_noise((300, 200), 60))[:5000],
    }
    files = []
    for name, data in (("one.jpg", jpeg(1)), *broken.items(), ("two.heic", HEIC)):
        files.append(tmp_path / name)
        files[-1].write_bytes(data)

    intake = taken_in(desk, [*files, tmp_path / "gone.jpg"])
    added = pictures.add(*desk, intake)

    assert [refused.place for refused in intake.refused] == [1, 2, 3, 4, 6]
    assert len({refused.why for refused in intake.refused}) == 5
    assert all(refused.why.endswith(".") for refused in intake.refused)
    assert [photo.id for photo in photos(desk)] == sorted(added.records, key=_order(desk))
    assert {photo.media_type for photo in photos(desk)} == {"image/jpeg", "image/heic"}


def _order(desk: Desk):  # type: ignore[no-untyped-def]
    return [photo.id for photo in photos(desk)].index


def test_the_original_is_kept_to_the_byte_and_named_by_its_hash(desk: Desk) -> None:
    workspace, id = desk
    pictures.add(*desk, taken_in(desk, [with_place()]))
    (photo,) = photos(desk)
    assert photo.sha256 == sha256(with_place())
    assert workspace.photo_bytes(id, photo.sha256) == with_place()
    assert photo.size == len(with_place())


def test_many_photos_are_one_step_of_undo(desk: Desk) -> None:
    workspace, id = desk
    pictures.add(*desk, taken_in(desk, [jpeg(n) for n in range(5)]))
    assert workspace.undo_step(id) == "5 new photos"
    workspace.undo(id)
    assert photos(desk) == []
    workspace.redo(id)
    assert len(photos(desk)) == 5


def test_more_photos_than_one_change_holds_are_still_one_gesture(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_IN_ONE_CHANGE", 2)
    workspace, id = desk
    owner = workspace.new(id, "observation", text="Wall").record
    intake = taken_in(desk, [jpeg(n) for n in range(5)])
    before = len(workspace.history(id))
    pictures.add(*desk, intake, owner=owner)
    assert len(workspace.history(id)) == before + 3
    assert len(workspace.inspection(id).linked(owner, Photo)) == 5
    workspace.undo(id)
    assert photos(desk) == [] and workspace.inspection(id).ends_from(owner) == []


def test_what_is_here_already_is_filed_and_not_added_twice(desk: Desk) -> None:
    workspace, id = desk
    pictures.add(*desk, taken_in(desk, [jpeg(1)]))
    owner = workspace.new(id, "observation", text="Wall").record
    added = pictures.add(*desk, taken_in(desk, [jpeg(1), jpeg(2), jpeg(2)]), owner=owner)
    assert (len(added.records), added.again, len(photos(desk))) == (2, 1, 2)
    assert {p.id for p in workspace.inspection(id).linked(owner, Photo)} == set(added.records)


def test_adding_to_a_signed_report_needs_a_reason(desk: Desk) -> None:
    workspace, id = desk
    workspace.sign_off(id, "report")
    intake = taken_in(desk, [jpeg(1)])
    with pytest.raises(NotAllowed):
        pictures.add(*desk, intake)
    assert photos(desk) == []
    pictures.add(*desk, intake, amends="a photo that was forgotten")
    assert workspace.history(id)[-1].label == "amendment: a photo that was forgotten"


def test_whoever_cancels_gets_nothing(desk: Desk) -> None:
    done: list[int] = []
    job = pictures.intake_job(
        *desk, [jpeg(n) for n in range(5)], done.append, lambda: len(done) == 2
    )
    with pytest.raises(pictures.Cancelled):
        job()
    assert done == [1, 2] and photos(desk) == []


def test_a_photo_is_removed_with_its_marks_and_comes_back_with_them(desk: Desk) -> None:
    workspace, id = desk
    (photo,) = pictures.add(*desk, taken_in(desk, [jpeg(1)])).records
    workspace.put(id, "annotation:one", photo=photo, shape="blur", x1=0, y1=0, x2=9, y2=9)
    state = workspace.digest()
    pictures.remove(workspace, id, photo)
    assert workspace.problems(id) == [p for p in workspace.problems(id) if p.record != photo]
    assert workspace.inspection(id).record("annotation:one") is None
    workspace.undo(id)
    assert workspace.digest() == state


def test_a_photo_moves_from_one_observation_to_another_in_one_step(desk: Desk) -> None:
    workspace, id = desk
    one, other = (workspace.new(id, "observation", text=text).record for text in ("Wall", "Desk"))
    (photo,) = pictures.add(*desk, taken_in(desk, [jpeg(1)]), owner=one).records
    pictures.file_under(*desk, photo, other)
    assert workspace.inspection(id).ends_to(photo) == [other]
    workspace.undo(id)
    assert workspace.inspection(id).ends_to(photo) == [one]


# -- when it was taken -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "offset", "stored", "clock"),
    [
        ("2026:03:10 09:42:07", "", "2026-03-10T09:42:07-04:00", "camera"),
        ("2026:03:10 09:42:07", "-05:00", "2026-03-10T10:42:07-04:00", "camera"),
        ("2026:11:01 01:30:00", "-05:00", "2026-11-01T01:30:00-05:00", "camera"),
        ("2026:11:01 01:30:00", "", "", "laptop"),  # that hour comes twice: not guessed
        ("2026:03:08 02:30:00", "", "", "laptop"),  # that hour is skipped
        ("0000:00:00 00:00:00", "", "", "laptop"),
        ("", "", "", "laptop"),
    ],
)
def test_the_camera_s_clock_is_a_claim_at_the_facility(
    desk: Desk, said: str, offset: str, stored: str, clock: str
) -> None:
    pictures.add(*desk, taken_in(desk, [jpeg(1, said, offset=offset)]))
    (photo,) = photos(desk)
    assert photo.taken_from == clock
    assert photo.taken is not None and photo.taken.endswith(f"[{ZONE}]")
    assert not stored or photo.taken == f"{stored}[{ZONE}]"


# -- what leaves -------------------------------------------------------------------------------


def test_no_copy_says_where_a_picture_was_taken_while_the_original_does(desk: Desk) -> None:
    """Report, window and export; a mark changes nothing about that."""
    workspace, id = desk
    (record,) = pictures.add(*desk, taken_in(desk, [with_place()])).records
    workspace.put(id, "annotation:a", photo=record, shape="box", x1=0, y1=0, x2=900, y2=900)
    (photo,) = photos(desk)
    copies = _copies(desk, photo)
    assert len(copies) == 4
    for made in copies:
        image = Image.open(io.BytesIO(made))
        assert not dict(image.getexif()) and not image.getexif().get_ifd(0x8825)
        assert b"Exif" not in made and PLACE not in made
    original = workspace.photo_bytes(id, photo.sha256 or "")
    assert original == with_place() and PLACE in original
    assert PLACE not in workspace.report_bytes(id, "inspection")


def test_a_rule_may_let_copies_say_where_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures.add(*desk, taken_in(desk, [with_place()]))
    (photo,) = photos(desk)
    monkeypatch.setattr(picture_copies, "place_may_show", lambda: True)
    reported, exported, *_ = _copies(desk, photo)
    for made in (reported, exported):
        said = Image.open(io.BytesIO(made)).getexif()
        assert said.get_ifd(0x8825)[1] == "N"
        assert PLACE not in made and set(said) == {0x8825}


def test_no_rule_allows_it_as_shipped() -> None:
    assert picture_copies.place_may_show() is False


def _copies(desk: Desk, photo: Photo) -> list[bytes]:
    """The report's copy, the exported one, and the two that the window shows."""
    workspace, id = desk
    with PictureReader() as reader:
        copy = report_copy(workspace.desk.store, reader, workspace.inspection(id), photo)
    with Shelf(workspace, id) as shelf:
        shown = [shelf.copy(photo.sha256 or "", longest) for longest in (LONGEST, SMALL)]
    assert copy is not None
    exported = export_job(workspace, id, photo)()
    return [copy.jpeg, exported, *(kept.jpeg for kept in shown if kept)]


def test_a_report_of_photos_that_came_without_copies_makes_and_keeps_them(desk: Desk) -> None:
    workspace, id = desk
    pictures.add(*desk, taken_in(desk, [jpeg(1)]))
    (photo,) = photos(desk)
    first = workspace.report_bytes(id, "inspection")
    workspace.desk.store.pictures.clear()
    assert workspace.report_bytes(id, "inspection") == first
    assert workspace.desk.store.pictures.get(id, photo.sha256 or "", LONGEST)


def test_copies_leave_in_no_bundle(desk: Desk, tmp_path: Path) -> None:
    workspace, id = desk
    pictures.add(*desk, taken_in(desk, [jpeg(1)]))
    other, _ = Workspace.create(
        tmp_path / "other", "Marcus Example", "opr-inspector", "Unit", "another passphrase"
    )
    try:
        other.accept(workspace.card())
        workspace.accept(other.card())
        workspace.bundle([id], tmp_path / "b.inspection", to=[other.desk.card])
        other.merge(tmp_path / "b.inspection")
        (photo,) = photos(desk)
        assert other.photo_bytes(id, photo.sha256 or "") == jpeg(1)
        assert other.desk.store.pictures.get(id, photo.sha256 or "", SMALL) is None
        with Shelf(other, id) as shelf:
            assert shelf.copy(photo.sha256 or "", SMALL)
    finally:
        other.close()


def test_a_picture_that_somebody_sent_and_nobody_can_read_does_not_cost_the_report(
    desk: Desk,
) -> None:
    workspace, id = desk
    digest = workspace.desk.store.put_blob(id, b"<html>")
    workspace.put(id, "photo:broken", sha256=digest, caption="Broken")
    assert workspace.report_bytes(id, "inspection").startswith(b"%PDF")


# -- a full disk -------------------------------------------------------------------------------


@contextmanager
def files_no_larger_than(limit: int) -> Iterator[None]:
    """As on a full disk: what would make a file longer fails."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def noise(number: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((500, 400), 50 + number).save(out, "PNG")
    return out.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="files are limited this way on Linux alone")
def test_a_full_disk_loses_nothing_and_the_rest_can_be_added_later(desk: Desk) -> None:
    workspace, id = desk
    seen = workspace.new(id, "observation", text="Written before").record
    sources = [noise(n) for n in range(6)]
    with files_no_larger_than(_longest_file(workspace) + 900_000):
        intake = taken_in(desk, sources)
    assert 0 < len(intake.kept) < 6 and "make room" in intake.trouble

    pictures.add(*desk, intake)
    assert len(photos(desk)) == len(intake.kept)
    pictures.add(*desk, taken_in(desk, sources))
    assert {p.sha256 for p in photos(desk)} == {sha256(data) for data in sources}
    assert len(photos(desk)) == 6
    found = workspace.inspection(id).get(Observation, seen)
    assert found is not None and found.text == "Written before"
    assert workspace.desk.store.faults() == []


@pytest.mark.skipif(sys.platform != "linux", reason="files are limited this way on Linux alone")
def test_a_disk_that_is_full_at_the_last_step_adds_nothing_and_says_so(desk: Desk) -> None:
    intake = taken_in(desk, [jpeg(n) for n in range(3)])
    with files_no_larger_than(2_000), pytest.raises(StoreTrouble):
        pictures.add(*desk, intake)
    assert photos(desk) == []
    pictures.add(*desk, intake)
    assert len(photos(desk)) == 3


def _longest_file(workspace: Workspace) -> int:
    return max(path.stat().st_size for path in workspace.folder.glob("workspace.db*"))


# -- a kill ------------------------------------------------------------------------------------

_IMPORT = """
import sys
from pathlib import Path
from inspector_app.workspace import Workspace, pictures

workspace = Workspace.open(Path(sys.argv[1]), passphrase="a passphrase for tests only")
id = workspace.inspection_ids()[0]
files = sorted(Path(sys.argv[2]).glob("*.png"))
print("begun", flush=True)
pictures.add(workspace, id, pictures.intake_job(workspace, id, files)())
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal that only POSIX has")
def test_a_kill_at_any_moment_leaves_whole_photos_or_none(tmp_path: Path, told: Told) -> None:
    workspace, id = new_workspace(tmp_path)
    workspace.close()
    for number in range(6):
        (tmp_path / f"{number}.png").write_bytes(noise(number))
    command = [sys.executable, "-c", _IMPORT, str(tmp_path / "desk"), str(tmp_path)]
    kills = count(2, 60)
    for seed in range(kills):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout and child.stdout.readline() == "begun\n"
            killer = threading.Timer(random.Random(seed).random() * 2, child.kill)
            killer.start()
            done = child.stdout.readline() == "done\n"
            child.wait()
            killer.cancel()
        found = Workspace.open(tmp_path / "desk", passphrase="a passphrase for tests only")
        try:
            assert len(found.inspection(id).all(Photo)) in ((6,) if done else (0, 6))
            assert all(found.photo_bytes(id, p.sha256 or "") for p in photos((found, id)))
            assert found.desk.store.faults() == []
        finally:
            found.close()
    told(f"{kills} kills while photos came in: all of them or none")
