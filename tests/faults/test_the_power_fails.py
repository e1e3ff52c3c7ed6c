"""R2, R4: whenever the power fails, what was acknowledged is there and old files are whole.

A command runs while every write, sync and rename is written down; then each disk that a power cut
could have left is rebuilt and opened.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.disk import Disk, Entry, State, read_log, write_down
from tests.faults.machine import Ended, Machine, lines_to
from tests.faults.place import DONE, REFUSED, Place
from tests.harness import TORTURE, count

OLD = b"the older file"
NOTES = count(3, 6)
STATES = count(3, 1_000_000)
DRAWS = count(4, 20)
"""How often the sectors that a cut leaves are drawn, where to look at them costs little."""
EVERY = ["merge", "backup", "init", "restore", "passphrase", "report", "unpack", "package"]
EVERY += ["remove", "assign"]
COMMANDS = EVERY if TORTURE else ["merge", "restore", "remove"]
AGAIN = 5
"""After every fifth state the command runs again."""


def _place(before: Before, folder: Path) -> Path:
    shutil.copytree(before.root / "ana", folder / "ana")
    (folder / "out").mkdir()
    (folder / "out" / "file").write_bytes(OLD)
    return folder


def _played(
    machine: Machine, folder: Path, *arguments: object, stdin: Path | None = None
) -> tuple[Disk, list[Entry]]:
    """The disk before, and all that a command did to it."""
    disk, log = Disk.of(folder), folder.with_name("log")
    machine.done(*arguments, below=folder, log=log, stdin=stdin)
    return disk, read_log(log)


def _cuts(disk: Disk, entries: list[Entry], torn: int = 1) -> Iterator[tuple[str, int, str, State]]:
    """Each different state before each call, and what had been acknowledged by then."""
    acknowledged, seen = "", set()
    for number, entry in enumerate(entries):
        if entry.what == "said":
            acknowledged += entry.data.decode()
        disk.take(entry)
        for name, state in disk.states(number, torn):
            mark = hash((acknowledged, tuple(sorted(state.items()))))
            if mark not in seen:
                seen.add(mark)
                yield acknowledged, number, name, state


def _chosen(
    cuts: list[tuple[str, int, str, State]], most: int = STATES
) -> Iterator[tuple[str, str, State]]:
    """A few of them, spread out, or all; the last ones first."""
    step = max(1, len(cuts) // most)
    for acknowledged, number, name, state in cuts[::-step]:
        yield acknowledged, f"after call {number}: {name}", state


def record_survives(machine: Machine, before: Before, root: Path) -> int:
    """Record notes and cut the power everywhere; returns the number of states."""
    root.mkdir()
    folder = _place(before, root / "place")
    notes = [{"verb": "answer", "item": "j-71", "note": f"more {n}"} for n in range(NOTES)]
    stdin, cut = lines_to(root / "notes", notes), root / "cut"
    arguments = ("record", folder / "ana", before.inspection)
    disk, entries = _played(machine, folder, *arguments, stdin=stdin)
    cuts = list(_cuts(disk, entries, count(1, 4)))
    for acknowledged, where, state in _chosen(cuts):
        shutil.rmtree(cut, ignore_errors=True)
        write_down(state, folder, cut)
        ended = machine.run("history", cut / "ana", before.inspection)
        assert ended.code == 0, (where, ended.errors)
        told = {json.loads(line)["change"] for line in acknowledged.splitlines()}
        assert told <= {entry["change"] for entry in ended.said}, where
        if TORTURE:
            machine.done("verify", cut / "ana")
    return len(cuts)


def bundle_is_whole(machine: Machine, before: Before, root: Path) -> int:
    """Write a bundle over an older file and cut the power everywhere; the number of states."""
    root.mkdir()
    folder, cut = _place(before, root / "place"), root / "cut"
    out = folder / "out" / "file"
    disk, entries = _played(
        machine, folder, "bundle", folder / "ana", "-o", out, "--to", before.card
    )
    whole = out.read_bytes()
    cuts = list(_cuts(disk, entries, DRAWS))
    done = next(n for n, entry in enumerate(entries) if entry.what == "said")
    for _, number, name, state in cuts:
        found = state.get(str(out))
        assert found in (OLD, whole), (number, name)
        assert found == whole or number < done, "acknowledged, and the old file is back"
    for _, where, state in _chosen(cuts, min(STATES, 100)):
        shutil.rmtree(cut, ignore_errors=True)
        write_down(state, folder, cut)
        assert machine.run("digest", cut / "ana").code == 0, where
    return len(cuts)


def test_what_was_acknowledged_survives_a_power_cut(
    machine: Machine, before: Before, tmp_path: Path, told: Told
) -> None:
    states = record_survives(machine, before, tmp_path / "record")
    assert states > 50
    told(f"{states} states after a power cut while recording: nothing acknowledged was lost")


def test_a_bundle_replaces_the_older_file_whole_or_not_at_all(
    machine: Machine, before: Before, tmp_path: Path, told: Told
) -> None:
    states = bundle_is_whole(machine, before, tmp_path / "bundle")
    assert states > 50
    told(f"{states} states after a power cut while a bundle was written: whole or the older one")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_power_cut_leaves_everything_whole(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    tried, states = command_survives(machine, before, tmp_path, command, count(1, 1_000_000))
    assert states > 3, "the shim does not reach the disk"
    told(f"{tried} of {states} states after a power cut during {command}: everything whole")


def command_survives(
    machine: Machine, before: Before, root: Path, command: str, most: int
) -> tuple[int, int]:
    """Cut the power during a command and open `most` of the states; how many there were."""
    place = Place.fresh(root / "place", before, machine, command)
    disk, log, at_first = Disk.of(place.root), root / "log", place.beginning()
    ended = place.run(log=log)
    assert ended.code == DONE, ended.errors
    digests = {at_first, place.digest()} if command != "passphrase" else {at_first}
    cuts = list(_cuts(disk, read_log(log)))
    chosen = cuts[:: -max(1, len(cuts) // most)]
    for number, (acknowledged, after, name, state) in enumerate(chosen):
        cut = Place(root / "cut", before, machine, command)
        shutil.rmtree(cut.root, ignore_errors=True)
        write_down(state, place.root, cut.root)
        left = Ended(DONE if acknowledged else REFUSED, [], "", 0)
        try:
            cut.survives(left, digests, again=number % AGAIN == 0)
        except AssertionError as error:
            raise AssertionError(f"after call {after}: {name}") from error
    return len(chosen), len(cuts)
