"""The side that has the key: starting the child, asking it, and ending it when it misbehaves."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import inspector_app
from inspector_app.child.frames import BrokenFrame, read_frame, write_frame

PATIENCE = 15.0
"""Seconds that one question may take."""

Reply = tuple[dict[str, Any], bytes]
"""A head of a few fields, and bytes."""


def command(verb: str) -> tuple[str, ...]:
    """How this program is started as a child. `-P`: nothing in the current folder is imported."""
    if getattr(sys, "frozen", False):
        return sys.executable, verb
    return sys.executable, "-P", "-m", "inspector_app", verb


class Child:
    """One process for as long as it lives, a new one after that. One thread asks at a time."""

    def __init__(self, command: Sequence[str], patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._ending = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Have a process; one that has ended is replaced."""
        self._running()

    def is_running(self) -> bool:
        """Whether the process that was asked last is still there."""
        return self.process is not None and self.process.poll() is None

    def ask(self, request: dict[str, Any], body: bytes, trusted: Callable[[Reply], Reply]) -> Reply:
        """Its reply, as far as `trusted` takes it; whoever is not taken at his word is ended.

        BrokenFrame when the child ended, took longer than its patience, or said something else
        than a reply: it may have become the file's.
        """
        process = self._running()
        watchdog = threading.Timer(self._patience, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            write_frame(cast(BinaryIO, process.stdin), request, body)
            return trusted(read_frame(cast(BinaryIO, process.stdout)))
        except (BrokenFrame, OSError, ValueError):  # ValueError: `stop` has closed the pipes
            self.stop()
            raise BrokenFrame from None
        finally:
            watchdog.cancel()
            watchdog.join()

    def stop(self) -> None:
        """End the process, from whichever thread; a question under way is broken off."""
        with self._ending:
            process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was still to be written to a child that has ended
                cast(BinaryIO, pipe).close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            self.process = subprocess.Popen(
                [*self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self.process


def environment() -> dict[str, str]:
    """Nothing of the person's or the program's: no passphrase, no home."""
    here = {"PYTHONPATH": str(Path(inspector_app.__file__).resolve().parent.parent)}
    # Windows starts no Python without it.
    return here | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
