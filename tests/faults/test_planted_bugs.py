"""The harnesses that fail calls and cut the power catch bugs planted in a copy of the program."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Before
from tests.faults.disk import read_log
from tests.faults.forks import TRIED_THE_NETWORK
from tests.faults.machine import HALVES, NAMES, ROOT, WRITES, Fault, Machine, copy_with
from tests.faults.place import Place
from tests.faults.test_other_machines import nothing_is_reordered, second_is_refused
from tests.faults.test_the_nth_write_fails import is_borne
from tests.faults.test_the_power_fails import bundle_is_whole, record_survives
from tests.faults.test_the_window import words_survive
from tests.harness import TORTURE

Check = Callable[[Machine, Before, Path], object]
Planted = dict[str, tuple[str, str]]


COUNTED = {"write", "cut", "sync", "rename"}


def _fault(command: str, nth: int) -> Check:
    def check(machine: Machine, before: Before, root: Path) -> None:
        digests = {Place.fresh(root, before, machine, command).digest()}
        is_borne(machine, before, root, command, Fault(nth, errno.ENOSPC, True), digests)

    return check


def _at_the_last_name(machine: Machine, before: Before, root: Path) -> None:
    """The sync before the bundle takes its name fails, once."""
    place, log = Place.fresh(root, before, machine, "bundle"), root.with_name("log")
    place.run(Fault(), log)
    calls = [entry for entry in read_log(log, without="no such") if entry.what in COUNTED]
    name = next(n for n, entry in enumerate(calls, 1) if entry.other == str(place.out))
    is_borne(machine, before, root, "bundle", Fault(name - 1, errno.EIO), {place.digest()})


def _by_half(machine: Machine, before: Before, root: Path) -> None:
    for nth in range(1, 12):
        fault = Fault(nth, kind=HALVES)
        is_borne(machine, before, root, "report", fault, {before.digests["ana"]})


def _not_opened(machine: Machine, before: Before, root: Path) -> None:
    """Each file that the bundle needs cannot be opened, one after the other."""
    for nth in range(1, 20):
        place = Place.fresh(root, before, machine, "bundle")
        place.is_told(place.run(Fault(nth, errno.EACCES, kind=NAMES)))


def _words_survive(machine: Machine, before: Before, root: Path) -> None:
    root.mkdir()
    played = [("j-02", "another item", WRITES, errno.ENOSPC)]
    words_survive(machine.shim, root, played, machine.package)


def _second_is_refused(machine: Machine, before: Before, root: Path) -> None:
    another = machine.another()
    try:
        second_is_refused(machine, another, before, root)
    finally:
        another.close()


_GIVEN = "    given = _secrets_first("
_ASKS = f"""    import contextlib, socket
    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 80), 1)
{_GIVEN}"""


def _stays_here(machine: Machine, before: Before, root: Path) -> None:
    """S9: the shim gives no socket, and the fork ends with a code of its own."""
    assert machine.run("digest", before.root / "ana").code != TRIED_THE_NETWORK


BUGS: dict[str, tuple[Planted, Check]] = {
    "a file takes its name before its bytes are synced": (
        {"files.py": ("        _sync(part)\n        part.replace", "        part.replace")},
        bundle_is_whole,
    ),
    "the store is not synced": (
        {"store/workspace_store.py": ('"synchronous", "FULL"', '"synchronous", "OFF"')},
        record_survives,
    ),
    "the new name is not synced": (
        {"files.py": ("        _sync_folder(target.parent)\n", "")},
        bundle_is_whole,
    ),
    "a change is told before it is kept": (
        {
            "workspace/desk.py": (
                "        self.store.append([change])\n        self.take_in",
                "        try:\n            self.store.append([change])\n"
                "        except Exception:\n            pass\n        self.take_in",
            )
        },
        _fault("record", 20),
    ),
    "what was half written is left lying": (
        {
            "files.py": (
                "    finally:\n        with suppress(OSError):\n            part.unlink",
                "    finally:\n        with suppress(OSError):\n            dict",
            )
        },
        _at_the_last_name,
    ),
    "the older file is removed first": (
        {
            "files.py": (
                "        _sync(part)\n",
                "        target.unlink(missing_ok=True)\n        _sync(part)\n",
            )
        },
        _at_the_last_name,
    ),
    "nobody holds the workspace": (
        {"locking.py": ("        lock.acquire()\n", "        pass\n")},
        _second_is_refused,
    ),
    "a second start asks the passphrase first": (
        {
            "workspace/__init__.py": (
                "        lock = lock_folder(folder)",
                "        open_desk_keys(folder, passphrase, recovery_key)\n"
                "        lock = lock_folder(folder)",
            ),
            "cli/loading.py": ("            refuse_if_open(Path(given))\n", "            pass\n"),
        },
        _second_is_refused,
    ),
    "the latest by the clock stands": (
        {
            "log.py": (
                "        for id in edit.replaces:\n            values.pop",
                "        if any(self.changes[id].instant > change.instant for id in edit.replaces):"
                "\n            return\n        for id in edit.replaces:\n            values.pop",
            )
        },
        nothing_is_reordered,
    ),
    "the history is in the order of the clock": (
        {
            "workspace/__init__.py": (
                "in inspection.log.changes.values())",
                "in sorted(inspection.log.changes.values(), key=lambda c: c.instant))",
            )
        },
        nothing_is_reordered,
    ),
    "half of a write is taken for the whole": (
        {
            "files.py": (
                "        part.write_bytes(data)",
                "        os.write(os.open(part, os.O_CREAT | os.O_WRONLY), data)",
            )
        },
        _by_half,
    ),
    "a file that cannot be opened is not told": (
        {
            "files.py": (
                '    except OSError:\n        raise StoreTrouble(\n            "The file could',
                '    except EOFError:\n        raise StoreTrouble(\n            "The file could',
            )
        },
        _not_opened,
    ),
    "words that the disk does not take are forgotten": (
        {"store/workspace_store.py": ("for r in kept} | self._waiting", "for r in kept}")},
        _words_survive,
    ),
    "a command asks for the network": (
        {"cli/__init__.py": (_GIVEN, _ASKS)},
        _stays_here,
    ),
}
CHOSEN = list(BUGS) if TORTURE else list(BUGS)[:1]


@pytest.mark.parametrize("bug", BUGS)
def test_each_bug_can_still_be_planted(bug: str) -> None:
    for name, (sound, _) in BUGS[bug][0].items():
        assert sound in (ROOT / "inspector_app" / name).read_text("utf-8")


@pytest.mark.parametrize("bug", CHOSEN)
def test_a_planted_bug_is_caught(shim: Path, before: Before, tmp_path: Path, bug: str) -> None:
    planted, check = BUGS[bug]
    machine = Machine(shim, tmp_path / "machine", copy_with(tmp_path / "copy", planted))
    try:
        with pytest.raises((AssertionError, FileNotFoundError)) as caught:
            check(machine, before, tmp_path / "place")
        assert str(caught.value)
    finally:
        machine.close()
