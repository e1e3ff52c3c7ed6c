"""Commands on a machine whose disk and clock do what the test says."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.functional.terminal import PASSPHRASE

HERE = Path(__file__).parent
NEVER = 0
KILL = -1
"""In place of an error: the process is killed before the call."""
WRITES, HALVES, NAMES = range(3)
"""What is counted and fails: bytes and new names on their way to the disk; a write, of which half
is done; a file that is opened, made or removed."""


def build_shim(folder: Path) -> Path:
    """Compile the shim from its source; a machine without a compiler was not set up for tests."""
    assert shutil.which("cc"), "There is no C compiler: run `make setup-test`, which installs one."
    out = folder / "shim.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(out), str(HERE / "shim.c"), "-ldl"]
    subprocess.run(command, check=True)
    return out


@dataclass(frozen=True)
class Fault:
    """The n-th watched call of a kind fails with this error, alone or with all after it; 0 is none.

    Or the process is killed, so many seconds after its fork.
    """

    nth: int = NEVER
    error: int = 0
    lasting: bool = False
    killed_after: float | None = None
    kind: int = WRITES


@dataclass(frozen=True)
class Ended:
    """What a command left: exit code, JSON lines, sentences, and how often the disk was asked."""

    code: int
    said: list[Any]
    errors: str
    calls: int


class Machine:
    """Runs commands under the shim, each in a fork of one process that has loaded the program.

    `package` is the folder that holds the program, which is a copy of it where a fault was planted.
    """

    def __init__(self, shim: Path, folder: Path, package: Path = ROOT) -> None:
        self.folder, self.shim, self.package = folder, shim, package
        self.folder.mkdir()
        path = os.pathsep.join([str(package), str(ROOT)])
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(HERE / "forks.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": path},
        )

    def another(self) -> "Machine":
        """A second one with the same program."""
        return Machine(self.shim, self.folder.with_name("another"), self.package)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def begin(
        self,
        *arguments: object,
        fault: Fault = Fault(),
        below: Path | None = None,
        log: Path | None = None,
        clock: Path | None = None,
        stdin: Path | None = None,
        passphrase: str = PASSPHRASE,
    ) -> None:
        """Start a command; `end` waits for it. `below`: the folder that the shim watches."""
        request = {
            "arguments": [str(part) for part in arguments],
            "environment": {"INSPECTOR_PASSPHRASE": passphrase},
            **{name: str(self.folder / name) for name in ("out", "err", "calls")},
            "in": str(stdin or os.devnull),
            "below": str(below or ""),
            "log": str(log or ""),
            "clock": str(clock or ""),
            "nth": fault.nth,
            "kind": fault.kind,
            "error": fault.error,
            "lasting": fault.lasting,
            "killed_after": fault.killed_after,
        }
        for name, text in (("out", ""), ("err", ""), ("calls", "0")):
            (self.folder / name).write_text(text)
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def end(self) -> Ended:
        """Wait for the command that was begun."""
        assert self._process.stdout
        code = int(json.loads(self._process.stdout.readline())["code"])
        lines = (self.folder / "out").read_text("utf-8").splitlines()
        errors = (self.folder / "err").read_text("utf-8")
        calls = int((self.folder / "calls").read_text() or 0)  # empty: killed on its way
        said = [json.loads(line) for line in lines if line.endswith(("}", "]"))]
        return Ended(code, said, errors, calls)

    def run(self, *arguments: object, **more: Any) -> Ended:
        """Run one command to its end."""
        self.begin(*arguments, **more)
        return self.end()

    def done(self, *arguments: object, **more: Any) -> Any:
        """Run a command that must succeed; returns the last thing it said."""
        ended = self.run(*arguments, **more)
        assert ended.code == 0, (arguments[0], ended.code, ended.errors)
        return ended.said[-1] if ended.said else None


def copy_with(target: Path, planted: dict[str, tuple[str, str]]) -> Path:
    """A copy of the program in `target` in which texts of its files are replaced."""
    shutil.copytree(
        ROOT / "inspector_app",
        target / "inspector_app",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in ("forms", "resources"):
        (target / name).symlink_to(ROOT / name)
    for name, (old, new) in planted.items():
        path = target / "inspector_app" / name
        text = path.read_text("utf-8")
        assert old in text, f"{name}: the fault no longer fits the source: plant it anew"
        path.write_text(text.replace(old, new), "utf-8")
    return target


def lines_to(path: Path, lines: Sequence[dict[str, Any]]) -> Path:
    """Lines for `record` in a file."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path
