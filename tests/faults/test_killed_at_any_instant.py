"""R1: a kill at any instant of a command leaves a workspace whole, and the command can run again.

`record` in processes of its own, with what it acknowledged, is killed in
functional/test_nothing_acknowledged_is_lost.py; here every command that writes is.
"""

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.machine import KILL, Fault, Machine
from tests.faults.place import Place
from tests.harness import TORTURE

KILLS = 100
MIDDLE = {
    "record": 17,
    "merge": 11,
    "bundle": 25,
    "report": 3,
    "backup": 60,
    "passphrase": 2,
    "verify": 20,
    "init": 150,
    "restore": 200,
}
"""The call before which `make test` kills; `verify` opens the store of an older program."""

COMMANDS = list(MIDDLE) if TORTURE else ["merge", "passphrase", "verify", "init"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_kill_leaves_everything_whole(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    root = tmp_path / "place"
    faults = [Fault(MIDDLE[command], KILL)]
    digests = {Place(root, before, machine, command).beginning()}
    if TORTURE:
        whole, took = _whole(machine, before, root, command, digests)
        faults = list(_instants(whole, took, random.Random(command)))
    killed = [_is_killed(machine, before, root, command, fault, digests) for fault in faults]
    assert sum(killed) > len(faults) // 2, "hardly one kill came while it ran"
    told(f"{command}: {sum(killed)} kills while it ran; everything whole, nothing lost")


def _whole(
    machine: Machine, before: Before, root: Path, command: str, digests: set[str]
) -> tuple[int, float]:
    """Run it undisturbed: how often it asks the disk, how long it takes, what digest it leaves."""
    place = Place.fresh(root, before, machine, command)
    begun = time.perf_counter()
    ended = place.run()
    took = time.perf_counter() - begun
    assert ended.code == 0, ended.errors
    if command != "passphrase":
        digests.add(place.digest())
    return ended.calls, took


def _instants(calls: int, took: float, chance: random.Random) -> Iterator[Fault]:
    """Half of them at a moment, half before a call to the disk, of which there may be few."""
    for _ in range(KILLS // 2):
        yield Fault(killed_after=chance.uniform(0, took))
        yield Fault(chance.randint(1, calls), KILL)


def _is_killed(
    machine: Machine, before: Before, root: Path, command: str, fault: Fault, digests: set[str]
) -> bool:
    """Kill it and look at everything; whether the kill came while it ran."""
    place = Place.fresh(root, before, machine, command)
    ended = place.run(fault)
    assert ended.code in (0, -signal.SIGKILL), (ended.code, ended.errors)
    place.survives(ended, digests)
    return ended.code != 0
