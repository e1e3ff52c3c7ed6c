"""R1: a change that was acknowledged survives a kill at any instant."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import Told
from tests.functional.terminal import Office, as_installed
from tests.harness import count

KILLS = count(6, 1000)
PROGRAM = (sys.executable, "-m", "inspector_app")


@dataclass(frozen=True)
class Killed:
    """The changes that a process acknowledged, when after its start the first, and its work."""

    changes: list[str]
    first: float
    worked: float


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal that only POSIX has")
def test_every_acknowledged_change_is_there_after_kill_nine(office: Office, told: Told) -> None:
    folder = _made_by_a_user(office.root / "ana")
    inspection = office.start(folder)
    killed = [
        _record_until_killed(folder, inspection, random.Random(seed)) for seed in range(KILLS)
    ]
    acknowledged = {id for each in killed for id in each.changes}
    kept = {entry["change"] for entry in office.terminal.run("history", folder, inspection)}
    assert all(each.changes for each in killed)
    assert acknowledged <= kept
    office.terminal.done("verify", folder)
    first, worked = [each.first for each in killed], [each.worked for each in killed]
    told(
        f"{KILLS} kills of `record`, none of {len(acknowledged):,} acknowledged changes lost; the "
        f"next start acknowledged its first after {median(first):.2f} s, at worst {max(first):.2f} "
        f"s; work until the kill {median(worked):.2f} s, at most {max(worked):.2f} s"
    )


def _made_by_a_user(folder: Path) -> Path:
    """In a process of its own: with as many rounds as a passphrase is really given."""
    who = ("--name", "Ana Sample", "--role", "opr-inspector", "--office", "Test unit")
    command = (*PROGRAM, "init", str(folder), *who)
    subprocess.run(command, env=as_installed(), capture_output=True, check=True)
    return folder


def _record_until_killed(folder: Path, inspection: str, chance: random.Random) -> Killed:
    """Feed notes into `record` and kill it after a random number of answers and moments."""
    begun = time.perf_counter()
    child = subprocess.Popen(
        (*PROGRAM, "record", str(folder), inspection),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=as_installed(),
    )
    assert child.stdin and child.stdout
    feeder = threading.Thread(target=_feed, args=(child.stdin, chance.random()), daemon=True)
    feeder.start()
    wanted = chance.randrange(1, 12)
    answers = [child.stdout.readline()]
    first = time.perf_counter() - begun
    answers += [child.stdout.readline() for _ in range(wanted - 1)]
    killer = threading.Timer(chance.random() * 0.01, os.kill, (child.pid, signal.SIGKILL))
    killer.start()
    answers += list(child.stdout)
    killer.join()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    feeder.join()
    child.stdout.close()
    changes = [json.loads(line)["change"] for line in answers if line.endswith("}\n")]
    return Killed(changes, first, used.ru_utime + used.ru_stime)


def _feed(pipe: "object", salt: float) -> None:
    try:
        for number in range(2_000):
            line = {"verb": "answer", "item": "j-70", "note": f"note {salt} {number}"}
            pipe.write(json.dumps(line) + "\n")  # type: ignore[attr-defined]
            pipe.flush()  # type: ignore[attr-defined]
    except OSError:
        pass  # the process was killed: that is what this is for
    finally:
        with suppress(OSError):
            pipe.close()  # type: ignore[attr-defined]
