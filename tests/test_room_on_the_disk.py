"""Room on the disk is looked at before a bundle or a backup is made or read (P6)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from inspector_app import bundle
from inspector_app.errors import StoreTrouble
from inspector_app.identity import read_card
from inspector_app.workspace import Workspace
from inspector_app.workspace.backup import back_up
from tests.test_pictures import jpeg
from tests.test_workspace import _start as start
from tests.two_people import acquainted

Says = Callable[[int], None]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Workspace, str]]:
    """Ana, whose inspection has photos, and Marcus, who has none of it yet."""
    ana, marcus = acquainted(tmp_path_factory.mktemp("people"))
    id = start(ana)
    for number in range(3):
        ana.add_photo(id, jpeg(number))
    yield ana, marcus, id
    ana.close()
    marcus.close()


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Says how many bytes each disk has free."""

    def says(size: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=size))

    return says


def test_a_bundle_and_a_backup_are_not_begun_where_they_do_not_fit(
    people: tuple[Workspace, Workspace, str], free: Says, tmp_path: Path
) -> None:
    ana, marcus, id = people
    free(2_000)
    with pytest.raises(StoreTrouble, match="The disk has 0 MB free"):
        ana.bundle([id], tmp_path / "big.inspection", to=[read_card(marcus.card())])
    with pytest.raises(StoreTrouble, match="Nothing was written"):
        back_up(ana, tmp_path / "backup")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_merge_looks_first_whether_the_copy_and_then_whether_the_photos_fit(
    people: tuple[Workspace, Workspace, str], free: Says, tmp_path: Path
) -> None:
    ana, marcus, id = people
    path = tmp_path / "photos.inspection"
    ana.bundle([id], path, to=[read_card(marcus.card())])
    before = marcus.digest(), sorted(marcus.folder.iterdir())
    size, photos = bundle.look(path).store_size, sum(len(jpeg(n)) for n in range(3))
    assert photos < size
    for left in (size - 1, photos):
        free(left)
        with pytest.raises(StoreTrouble, match="make room"):
            marcus.merge(path)
        assert (marcus.digest(), sorted(marcus.folder.iterdir())) == before
    free(size)
    assert marcus.merge(path).photos >= 3
