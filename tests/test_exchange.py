"""What a merge leaves in memory: the log that was tried, or the one from before where it failed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.errors import StoreTrouble
from inspector_app.identity import read_card
from inspector_app.records import Answer
from inspector_app.workspace import Workspace
from inspector_app.workspace.desk import Changed, fold
from tests.test_workspace import PASSPHRASE, _start

ITEM = "answer:j-70"


@dataclass
class Two:
    """Ben holds Ana's inspection open; `bundle` has more of hers than some free pages take."""

    ana: Workspace
    ben: Workspace
    id: str
    bundle: Path

    def note(self) -> str:
        found = self.ben.inspection(self.id).get(Answer, ITEM)
        return str(found.note) if found else ""

    def is_as_on_the_disk(self) -> bool:
        log = self.ben.inspection(self.id).log
        there = fold(self.ben.desk.store.changes(self.id))
        return (list(log.changes), log.heads(), log.in_order(), log.digest()) == (
            (list(there.changes), there.heads(), there.in_order(), there.digest())
        )


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    ana, ben = (
        Workspace.create(tmp_path / name, f"{name} Sample", "opr-inspector", "Unit", PASSPHRASE)[0]
        for name in ("ana", "ben")
    )
    ana.accept(ben.card())
    ben.accept(ana.card())
    id, out, to = _start(ana), tmp_path / "hers.inspection", [read_card(ben.card())]
    ana.put(id, ITEM, note="first")
    ana.bundle([id], out, to=to)
    ben.merge(out)
    for number in range(40):
        ana.put(id, ITEM, note=f"{number} {'word ' * 2000}")
    ana.put(id, ITEM, note="last")
    ana.bundle([id], out, to=to)
    yield Two(ana, ben, id, out)
    ana.close()
    ben.close()


def _full_after(workspace: Workspace, pages: int) -> None:
    """From now on the file grows by so many pages and no more, as on a disk that is full."""
    database = workspace.desk.store._db
    [held] = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {held + pages}")


@pytest.mark.parametrize("pages", [0, 64])
def test_a_merge_that_the_disk_does_not_take_leaves_memory_as_it_was(two: Two, pages: int) -> None:
    told: list[Changed] = []
    two.ben.listen(told.append)
    digest, held = two.ben.digest(), two.ben.inspection(two.id)
    two.note()  # read once, so that what was read must not change either
    _full_after(two.ben, pages)
    with pytest.raises(StoreTrouble):
        two.ben.merge(two.bundle)
    assert (two.ben.digest(), two.note(), told) == (digest, "first", [])
    assert two.is_as_on_the_disk()
    _full_after(two.ben, 100_000)
    assert two.ben.merge(two.bundle).new == 41
    assert (two.ben.digest(), two.note()) == (two.ana.digest(), "last")
    assert [one.slots for one in told if one.log == two.id] == [frozenset({(ITEM, "note")})]
    assert two.ben.inspection(two.id) is held and two.is_as_on_the_disk()


def test_what_is_written_while_a_bundle_is_read_stays(two: Two) -> None:
    fetched = two.ben.fetch(two.bundle)
    two.ben.put(two.id, "answer:j-82", note="meanwhile")
    two.ben.enter(fetched)
    answer = two.ben.inspection(two.id).get(Answer, "answer:j-82")
    assert answer and answer.note == "meanwhile" and two.note() == "last"
    assert two.is_as_on_the_disk()


def test_what_came_meanwhile_in_another_way_comes_once(two: Two) -> None:
    fetched = two.ben.fetch(two.bundle)
    two.ben.merge(two.bundle)
    two.ben.enter(fetched)
    assert two.ben.digest() == two.ana.digest() and two.is_as_on_the_disk()


def test_what_is_written_after_a_merge_follows_it(two: Two) -> None:
    two.ben.merge(two.bundle)
    two.ben.put(two.id, ITEM, note="and more")
    assert two.note() == "and more" and two.is_as_on_the_disk()
    assert not two.ben.inspection(two.id).conflicts()
