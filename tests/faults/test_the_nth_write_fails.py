"""R3, R4: whichever write, sync or rename fails, earlier work stays and no debris is left.

The n-th call to the disk fails with an I/O error or a full disk, once or from then on, while a
command runs. It must end with a sentence, and the next start must find everything.
"""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.machine import Fault, Machine
from tests.faults.place import REFUSED, Place
from tests.harness import TORTURE

FIRST = {"record": 20, "bundle": 30, "merge": 12, "report": 3, "backup": 60}
"""The call that fails in `make test`; `make torture` tries all of them, in both ways."""

WAYS = (Fault(error=errno.EIO), Fault(error=errno.ENOSPC, lasting=True))


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
