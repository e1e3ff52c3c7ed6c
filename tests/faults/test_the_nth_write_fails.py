"""R3, R4: whichever call to the disk fails, earlier work stays and no debris is left.

While a command runs, the n-th write, truncation, sync or rename fails with an I/O error or a full
disk, once or from then on; or the n-th write is done by half; or the n-th file that is opened, made
or removed cannot be. It must end with a sentence, and the next start must find everything.
"""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.machine import HALVES, NAMES, WRITES, Fault, Machine
from tests.faults.place import DONE, REFUSED, Place
from tests.harness import TORTURE

FIRST = {
    "record": 20, "bundle": 30, "merge": 12, "report": 3, "backup": 60, "unpack": 20, "remove": 230,
}  # fmt: skip
"""The call that fails in `make test`; `make torture` tries all of them."""

WAYS = (Fault(error=errno.EIO), Fault(error=errno.ENOSPC, lasting=True))
HALF_WAYS = (Fault(kind=HALVES), Fault(error=errno.ENOSPC, lasting=True, kind=HALVES))
NAME_ERRORS = (errno.EACCES, errno.ENOSPC, errno.EIO, errno.EMFILE)

HALF = {"merge": 9} if not TORTURE else FIRST
NAMED = {"bundle": 12, "unpack": 12} if not TORTURE else FIRST


@pytest.mark.parametrize("command", FIRST)
def test_a_failed_write_leaves_everything_whole(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    tried, refused = every_fault(machine, before, tmp_path / "place", command)
    assert refused, "no fault was noticed: the shim does not reach the disk"
    told(f"{command}: {tried} faults, {refused} of them told; nothing lost, no debris")


@pytest.mark.parametrize("command", HALF)
def test_a_write_done_by_half_is_no_write_done(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    """The rest is written, or it is told; half of it is never taken for the whole."""
    root = tmp_path / "place"
    calls, digests = _calls(machine, before, root, command, HALVES, HALF[command])
    faults = [replace(way, nth=n) for n in calls for way in _ways(HALF_WAYS, n)]
    refused = sum(is_borne(machine, before, root, command, fault, digests) for fault in faults)
    told(f"{command}: {len(faults)} writes by half, {refused} of them told; nothing lost")


@pytest.mark.parametrize("command", NAMED)
def test_a_file_that_cannot_be_opened_or_removed(
    machine: Machine, before: Before, tmp_path: Path, command: str, told: Told
) -> None:
    """What could not be removed may lie there until the command runs again."""
    root = tmp_path / "place"
    calls, digests = _calls(machine, before, root, command, NAMES, NAMED[command])
    faults, refused = list(_named_faults(calls)), 0
    for fault in faults:
        place = Place.fresh(root, before, machine, command)
        ended = place.run(fault)
        place.is_told(ended)
        place.survives(ended, digests)
        refused += ended.code != DONE
    told(f"{command}: {len(faults)} files not opened or removed, {refused} told; nothing lost")


def _named_faults(calls: list[int]) -> Iterator[Fault]:
    """Each call fails alone and with all after it, the errors by turns."""
    for nth in calls:
        for turn, lasting in enumerate((False, True)):
            error = NAME_ERRORS[(nth + turn) % len(NAME_ERRORS)]
            yield Fault(nth, error, lasting, kind=NAMES)


def every_fault(machine: Machine, before: Before, root: Path, command: str) -> tuple[int, int]:
    """Fail a call, or in `make torture` each; how many faults there were, and how many were told.

    A store written anew asks the disk so often that each call fails in one of the two ways.
    """
    calls, digests = _calls(machine, before, root, command, WRITES, FIRST[command])
    faults = [
        replace(way, nth=nth)
        for nth in calls
        for way in (_ways(WAYS, nth) if command == "remove" else WAYS if TORTURE else WAYS[1:])
    ]
    return len(faults), sum(is_borne(machine, before, root, command, f, digests) for f in faults)


def _ways(ways: tuple[Fault, ...], nth: int) -> tuple[Fault, ...]:
    return (ways[nth % len(ways)],)


def _calls(
    machine: Machine, before: Before, root: Path, command: str, kind: int, first: int
) -> tuple[list[int], set[str]]:
    """Which calls fail, and the digests that a whole or no command leaves."""
    place = Place.fresh(root, before, machine, command)
    at_first = place.beginning()
    whole = place.run(Fault(kind=kind))
    assert whole.code == DONE, whole.errors
    calls = list(range(1, whole.calls + 1))
    return calls if TORTURE else [min(first, len(calls))], {at_first, place.digest()}


def is_borne(
    machine: Machine, before: Before, root: Path, command: str, fault: Fault, digests: set[str]
) -> bool:
    """Run a command with a fault and look at everything; whether it ended with a refusal."""
    place = Place.fresh(root, before, machine, command)
    ended = place.run(fault)
    place.look(ended, digests)
    return ended.code == REFUSED
