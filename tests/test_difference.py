""" "Nothing to hand over" is said only where a bundle carried every change of one's own."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector_app.identity import read_card
from inspector_app.workspace import Workspace, difference
from inspector_app.workspace.backup import back_up
from inspector_app.workspace.removing import remove
from inspector_app.workspace.restoring import restore
from tests.harness import count
from tests.test_workspace import PASSPHRASE, _start

ACTS = ("write", "write", "bundle", "colleague writes", "merge", "restore", "remove")


@dataclass
class Life:
    """A person, a colleague, and by a set of changes what the person's bundles carried."""

    at: Path
    mine: Workspace
    other: Workspace
    id: str = ""
    carried: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    steps: int = 0

    def do(self, act: str) -> None:
        self.steps += 1
        here = self.at / str(self.steps)
        match act:
            case "write":
                self.mine.put(self.id, "answer:j-70", note=str(here))
            case "colleague writes":
                self.other.put(self.id, "answer:j-82", note=str(here))
            case "bundle":
                self.bundle(here)
            case "merge":
                self.other.bundle([self.id], here, to=[read_card(self.mine.card())])
                self.mine.merge(here)
            case "restore":
                self.restored(here)
            case "remove":
                self.remove(here)

    def bundle(self, here: Path) -> None:
        self.mine.bundle([self.id], here, to=[self.other.desk.card])
        self.carried |= self.mine.desk.log(self.id).changes.keys()
        self.other.merge(here)

    def restored(self, here: Path) -> None:
        back_up(self.mine, here)
        self.mine.close()
        self.mine = _open(here, here.with_suffix(".new"))
        self.keys.add(self.mine.key)
        self.other.accept(self.mine.card())

    def remove(self, here: Path) -> None:
        """The inspection leaves this laptop, and what the colleague has of it comes back."""
        folder = self.mine.folder
        back_up(self.mine, here)
        remove(self.mine, self.id)
        self.mine = Workspace.open(folder, passphrase=PASSPHRASE)
        self.do("merge")

    def waiting(self) -> set[str]:
        """By the model: one's own changes here that no bundle carried."""
        changes = self.mine.desk.log(self.id).changes
        return {c.id for c in changes.values() if c.author in self.keys} - self.carried


def _open(backup: Path, folder: Path) -> Workspace:
    restore(backup, folder, passphrase=PASSPHRASE)
    return Workspace.open(folder, passphrase=PASSPHRASE)


def _life(at: Path) -> Life:
    mine, _ = Workspace.create(at / "m", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    other, _ = Workspace.create(at / "o", "Marcus Example", "opr-inspector", "Unit", PASSPHRASE)
    mine.accept(other.card())
    other.accept(mine.card())
    life = Life(at, mine, other, _start(mine), keys={mine.key})
    life.do("bundle")
    return life


@settings(
    max_examples=count(4, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=8))
def test_the_difference_is_what_no_bundle_carried(
    tmp_path_factory: object, acts: list[str]
) -> None:
    at: Path = tmp_path_factory.mktemp("life")  # type: ignore[attr-defined]
    life = _life(at)
    try:
        for act in acts:
            life.do(act)
            found = difference.waiting(life.mine.desk, life.mine.desk.log(life.id))
            told = {change.id for change in found}
            assert told >= life.waiting()
            assert told == life.waiting() or "remove" in acts
            assert life.mine.not_handed_over(life.id) == len(told)
    finally:
        life.mine.close()
        life.other.close()
        shutil.rmtree(at)


def test_a_key_followed_twice_is_still_ones_own(tmp_path: Path) -> None:
    life = _life(tmp_path)
    life.do("write")
    life.do("restore")
    life.do("restore")
    assert life.mine.not_handed_over(life.id) == 1
    life.do("bundle")
    assert life.mine.not_handed_over(life.id) == 0
    life.mine.close()
    life.other.close()


def test_what_came_back_after_a_removal_does_not_hide_what_is_new(tmp_path: Path) -> None:
    """Many changes were handed over, few came back: a number would cover what nobody has."""
    life = _life(tmp_path)
    first = tmp_path / "early"
    life.other.bundle([life.id], first, to=[life.mine.desk.card])
    for _ in range(5):
        life.do("write")
    life.mine.bundle([life.id], tmp_path / "late", to=[life.other.desk.card])
    folder = life.mine.folder
    back_up(life.mine, tmp_path / "stick")
    remove(life.mine, life.id)
    life.mine = Workspace.open(folder, passphrase=PASSPHRASE)
    life.mine.merge(first)
    life.do("write")
    assert life.mine.not_handed_over(life.id) == 1
    life.mine.close()
    life.other.close()
