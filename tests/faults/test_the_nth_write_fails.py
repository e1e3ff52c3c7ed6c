"""R3, R4: whichever write, sync or rename fails, earlier work stays and no debris is left.

The n-th call to the disk fails with an I/O error or a full disk, once or from then on, while a
command runs. It must end with a sentence, and the next start must find everything.
"""

import errno
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.faults.conftest import Before, Told
from tests.faults.machine import Ended, Fault, Machine, lines_to
from tests.harness import TORTURE

OLD = b"the older file"
WORKSPACE = {"in-use.lock", "keys.json", "workspace.db", "workspace.db-shm", "workspace.db-wal"}
HARMLESS, REFUSED = 0, 4
FIRST = {"record": 20, "bundle": 30, "merge": 12, "report": 3, "backup": 60}
"""The call that fails in `make test`; `make torture` tries all of them, in both ways."""

WAYS = (Fault(error=errno.EIO), Fault(error=errno.ENOSPC, lasting=True))


@dataclass
class Place:
    """A fresh copy of the workspaces, in which one command runs."""

    root: Path
    before: Before
    machine: Machine
    command: str

    @classmethod
    def fresh(cls, root: Path, before: Before, machine: Machine, command: str) -> "Place":
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        for name in ("ana", "ben"):
            shutil.copytree(before.root / name, root / name)
        (root / "out").mkdir()
        place = cls(root, before, machine, command)
        if command in ("bundle", "report"):
            place.out.write_bytes(OLD)
        return place

    @property
    def who(self) -> Path:
        return self.root / ("ben" if self.command == "merge" else "ana")

    @property
    def out(self) -> Path:
        return (
            self.root / "out" / "file.pdf" if self.command == "report" else self.root / "out/file"
        )

    def run(self, fault: Fault, log: Path | None = None) -> Ended:
        """The command, with this fault; its calls written down where somebody asks."""
        given = {
            "record": (self.before.inspection,),
            "bundle": ("-o", self.out, "--to", self.before.card),
            "merge": (self.before.bundle,),
            "report": (self.before.inspection, "document-request", "-o", self.out),
            "backup": ("-o", self.out),
        }[self.command]
        word = {"verb": "answer", "item": "j-71"}
        notes = [{**word, "note": f"more {n}"} for n in range(3)]
        stdin = lines_to(self.before.root / "more", notes)
        return self.machine.run(
            *(self.command, self.who, *given), fault=fault, below=self.root, stdin=stdin, log=log
        )

    def digest(self) -> str:
        return str(self.machine.done("digest", self.who)["digest"])

    def look(self, ended: Ended, digests: set[str]) -> None:
        """All that must hold after a fault."""
        assert ended.code in (HARMLESS, REFUSED), (ended.code, ended.errors)
        told = [ended.errors.strip(), *(line.get("refused") for line in ended.said)]
        assert ended.code == HARMLESS or (any(told) and "Traceback" not in ended.errors)
        assert {path.name for path in self.who.iterdir()} <= WORKSPACE
        self.machine.done("verify", self.who)
        if self.command == "record":
            self._acknowledged(ended)
        else:
            assert self.digest() in digests
        self._output(ended)

    def _acknowledged(self, ended: Ended) -> None:
        kept = self.machine.run("history", self.who, self.before.inspection).said
        told = {line["change"] for line in ended.said if "change" in line}
        assert told <= {entry["change"] for entry in kept}
        assert ended.code == REFUSED or len(told) == 3

    def _output(self, ended: Ended) -> None:
        beside = {path.name for path in (self.root / "out").rglob("*") if path != self.out}
        whole = {"backup.inspection", "keys.json", "README.txt"}
        assert beside <= (whole if self.command == "backup" else set()), beside
        if self.command == "bundle" and not self._is_old(ended):
            self.machine.done("preview", self.root / "ben", self.out)
        if self.command == "report" and not self._is_old(ended):
            data = self.out.read_bytes()
            assert data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
        if self.command == "backup" and ended.code == HARMLESS:
            assert beside == whole

    def _is_old(self, ended: Ended) -> bool:
        old = self.out.read_bytes() == OLD
        assert not (old and ended.code == HARMLESS)
        return old


@pytest.mark.parametrize("command", FIRST)
def test_a_failed_write_leaves_everything_whole(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    tried, refused = every_fault(machine, before, tmp_path / "place", command)
    assert refused, "no fault was noticed: the shim does not reach the disk"
    told(f"{command}: {tried} faults, {refused} of them told; nothing lost, no debris")


def every_fault(machine: Machine, before: Before, root: Path, command: str) -> tuple[int, int]:
    """Fail a call, or in `make torture` each in both ways; how many, and how many were told."""
    digests = {before.digests["ben" if command == "merge" else "ana"]}
    calls, ways = [FIRST[command]], list(WAYS[1:])
    if TORTURE:
        place = Place.fresh(root, before, machine, command)
        whole = place.run(Fault())
        assert whole.code == 0, whole.errors
        digests.add(place.digest())
        calls, ways = list(range(1, whole.calls + 1)), list(WAYS)
    faults = [replace(way, nth=nth) for nth in calls for way in ways]
    return len(faults), sum(is_borne(machine, before, root, command, f, digests) for f in faults)


def is_borne(
    machine: Machine, before: Before, root: Path, command: str, fault: Fault, digests: set[str]
) -> bool:
    """Run a command with a fault and look at everything; whether it ended with a refusal."""
    place = Place.fresh(root, before, machine, command)
    ended = place.run(fault)
    place.look(ended, digests)
    return ended.code == REFUSED
