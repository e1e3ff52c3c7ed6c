"""R3, R5, R8: a full disk, a second window, a clock that jumps, each while `record` runs."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any, TextIO

import pytest

from tests.conftest import Told
from tests.faults.conftest import Before
from tests.faults.machine import Machine, lines_to
from tests.functional.terminal import as_installed
from tests.harness import count

YEARS = 20 * 365 * 24 * 3600
FULL, IN_USE = 4, 5


def _answer(note: str) -> dict[str, Any]:
    return {"verb": "answer", "item": "j-71", "note": note}


@contextmanager
def _recording(
    machine: Machine, folder: Path, inspection: str, clock: Path | None = None
) -> Iterator[TextIO]:
    """`record` on a pipe: what is written into it is recorded at once."""
    pipe = folder.with_name("pipe")
    with suppress(FileExistsError):
        os.mkfifo(pipe)
    begun = threading.Thread(
        target=machine.begin,
        args=("record", folder, inspection),
        kwargs={"stdin": pipe, "clock": clock},
    )
    begun.start()
    with pipe.open("w", encoding="utf-8") as typed:
        begun.join()
        yield typed


def _say(typed: TextIO, machine: Machine, note: str, answers: int) -> list[Any]:
    """Record a note and wait until that many answers are there."""
    typed.write(json.dumps(_answer(note)) + "\n")
    typed.flush()
    out = machine.folder / "out"
    while (text := out.read_text("utf-8")).count("}\n") < answers:
        os.sched_yield()
    return [json.loads(line) for line in text.splitlines()]


def test_a_second_start_is_refused_in_words_and_the_first_goes_on(
    machine: Machine, second: Machine, before: Before, tmp_path: Path
) -> None:
    second_is_refused(machine, second, before, tmp_path / "place")


def second_is_refused(machine: Machine, second: Machine, before: Before, root: Path) -> None:
    """Record on one machine, try to on the other: refused, nothing written, whatever was typed."""
    folder = Path(shutil.copytree(before.root / "ana", root / "ana"))
    more = lines_to(root / "lines", [_answer("from the second")])
    with _recording(machine, folder, before.inspection) as typed:
        _say(typed, machine, "one", 1)
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        refused = second.run("record", folder, before.inspection, stdin=more)
        assert (refused.code, refused.said) == (IN_USE, [])
        assert "open" in refused.errors and "Traceback" not in refused.errors
        assert second.run("digest", folder, passphrase="not this one").code == IN_USE
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
        _say(typed, machine, "two", 2)
    assert machine.end().code == 0
    second.done("record", folder, before.inspection, stdin=more)
    kept = json.dumps(second.done("show", folder, before.inspection))
    assert "from the second" in kept
    second.done("verify", folder)


def test_how_long_a_second_start_takes_to_say_so(
    machine: Machine, before: Before, tmp_path: Path, told: Told
) -> None:
    """The figure is printed: it says as much of the machine as of the program."""
    folder = Path(shutil.copytree(before.root / "ana", tmp_path / "ana"))
    command = [sys.executable, "-m", "inspector_app", "digest", str(folder)]
    took, worked = [], []
    with _recording(machine, folder, before.inspection) as typed:
        _say(typed, machine, "one", 1)
        for _ in range(1 + count(1, 20)):
            begun = time.perf_counter()
            with subprocess.Popen(
                command, env=as_installed(), stderr=subprocess.DEVNULL
            ) as started:
                _, status, used = os.wait4(started.pid, 0)
                started.returncode = os.waitstatus_to_exitcode(status)
            took.append(time.perf_counter() - begun)
            worked.append(used.ru_utime + used.ru_stime)
            assert started.returncode == IN_USE
    assert machine.end().code == 0
    del took[0], worked[0]  # it may have compiled the modules
    told(
        f"{len(took)} second starts said so after {median(took):.2f} s, at worst {max(took):.2f} "
        f"s; work {median(worked):.2f} s, at most {max(worked):.2f} s"
    )


def test_a_clock_that_jumps_while_recording_loses_and_reorders_nothing(
    machine: Machine, before: Before, tmp_path: Path
) -> None:
    nothing_is_reordered(machine, before, tmp_path / "place")


def nothing_is_reordered(machine: Machine, before: Before, root: Path) -> None:
    """Record while the clock jumps to and fro: the order of writing is that of the history."""
    folder = Path(shutil.copytree(before.root / "ana", root / "ana"))
    clock, said = root / "clock", []
    clock.write_text("0")
    jumps = [0, -YEARS, YEARS, -3600, 3600] * count(1, 40)
    with _recording(machine, folder, before.inspection, clock) as typed:
        for number, jump in enumerate(jumps):
            clock.write_text(str(jump))
            said = _say(typed, machine, f"note {number}", number + 1)
    assert machine.end().code == 0
    history = machine.run("history", folder, before.inspection).said
    kept = {entry["change"]: entry for entry in history}
    told = [line["change"] for line in said]
    assert [id for id in (entry["change"] for entry in history) if id in set(told)] in (
        told,
        told[::-1],
    )
    years = {str(kept[id]["at"])[:4] for id in told}
    assert len(years) == 3, years
    assert f"note {len(jumps) - 1}" in json.dumps(machine.done("show", folder, before.inspection))
    machine.done("verify", folder)


@contextmanager
def _small_disk(place: Path, size: int) -> Iterator[Path]:
    """A file system of this many bytes; the mount ends with the test."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)
def test_a_full_disk_is_said_and_saving_goes_on_when_there_is_room(
    machine: Machine, before: Before, tmp_path: Path
) -> None:
    with _small_disk(tmp_path / "disk", 2_000_000) as disk:
        folder = Path(shutil.copytree(before.root / "ana", disk / "ana"))
        with _recording(machine, folder, before.inspection) as typed:
            acknowledged = _say(typed, machine, "with room", 1)
            filler = disk / "filler"
            with suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(bytes(4096))
                    file.flush()
            refused = [_say(typed, machine, "n" * 60_000, 2 + n)[-1] for n in range(2)][-1]
            assert refused["code"] == FULL and "disk" in refused["refused"]
            filler.unlink()
            answers = _say(typed, machine, "room again", 4)
        assert machine.end().code == FULL
        told = {line["change"] for line in [*acknowledged, answers[-1]]}
        kept = machine.run("history", folder, before.inspection).said
        assert told <= {entry["change"] for entry in kept}
        machine.done("verify", folder)
