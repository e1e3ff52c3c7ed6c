"""R1: a change that was acknowledged survives a kill at any instant."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.functional.terminal import PASSPHRASE, Office
from tests.harness import count

KILLS = count(6, 1000)


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal that only POSIX has")
def test_every_acknowledged_change_is_there_after_kill_nine(office: Office) -> None:
    folder = office.person("ana")
    inspection = office.start(folder)
    acknowledged: list[str] = []
    for seed in range(KILLS):
        acknowledged += _record_until_killed(folder, inspection, random.Random(seed))
    history = office.terminal.run("history", folder, inspection)
    kept = {entry["change"] for entry in history}
    assert len(acknowledged) > KILLS
    assert set(acknowledged) <= kept
    office.terminal.done("verify", folder)


def _record_until_killed(folder: Path, inspection: str, chance: random.Random) -> list[str]:
    """Feed notes into `record` and kill it after a random number of answers and moments."""
    command = [sys.executable, "-m", "inspector_app", "record", str(folder), inspection]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "INSPECTOR_PASSPHRASE": PASSPHRASE},
    )
    assert child.stdin and child.stdout
    feeder = threading.Thread(target=_feed, args=(child.stdin, chance.random()), daemon=True)
    feeder.start()
    wanted = chance.randrange(1, 12)
    answers = [child.stdout.readline() for _ in range(wanted)]
    killer = threading.Timer(chance.random() * 0.01, child.send_signal, (signal.SIGKILL,))
    killer.start()
    answers += list(child.stdout)
    child.wait()
    feeder.join()
    killer.join()
    child.stdout.close()
    return [json.loads(line)["change"] for line in answers if line.endswith("}\n")]


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
