"""A report of a failure says where in the program, and nothing of what somebody typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app import crashes
from tests.conftest import ROOT

CANARY = "Specimen told us about locker nine"


@pytest.fixture
def log_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("inspector_app.crashes.log_folder", lambda: tmp_path / "inspector-app")
    return tmp_path / "inspector-app"


def failing(text: str) -> None:
    note = {"note": text}
    raise KeyError(f"no such {note['note']}")


def test_nothing_typed_is_in_a_report(log_folder: Path) -> None:
    with pytest.raises(KeyError) as caught:
        failing(CANARY)
    told = crashes.told(caught.value)
    (path,) = log_folder.iterdir()
    kept = path.read_text("utf-8")
    assert "KeyError" in kept and "test_crashes.py:" in kept and " failing" in kept
    for word in [*CANARY.split()[:2], "locker", str(ROOT), str(Path.home())]:
        assert word not in kept
    assert path.name in told and "saved is safe" in told and CANARY not in told


def test_a_report_may_fail_but_is_still_told(
    log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_folder.parent.joinpath("taken").write_text("a file where a folder should be")
    monkeypatch.setattr("inspector_app.crashes.log_folder", lambda: log_folder.parent / "taken")
    assert "No report was kept" in crashes.told(ValueError(CANARY))


def test_only_the_newest_reports_are_kept(log_folder: Path) -> None:
    log_folder.mkdir()
    for number in range(30):
        (log_folder / f"20200101-0000{number:02}-1.txt").write_text("old")
    crashes.keep("new")
    assert len(list(log_folder.glob("*.txt"))) == 20
    assert any(path.read_text().startswith("new") for path in log_folder.glob("*.txt"))


_DIES = """
import os, signal, sys
sys.path.insert(0, {root!r})
from inspector_app import crashes
crashes.catch_fatal()
def typing(note):
    os.kill(os.getpid(), signal.SIGSEGV)
typing({canary!r})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_end_by_the_system_is_told_at_the_next_start(log_folder: Path) -> None:
    program = _DIES.format(root=str(ROOT), canary=CANARY)
    env = {**os.environ, "XDG_STATE_HOME": str(log_folder.parent)}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True)
    assert done.returncode != 0 and not done.stderr
    told = crashes.catch_fatal()
    crashes.end()
    assert told and "ended by the system" in told
    (path,) = log_folder.iterdir()
    kept = path.read_text("utf-8")
    assert " typing" in kept and CANARY not in kept and "/" not in kept
    assert crashes.catch_fatal() is None
    crashes.end()
    assert [p.suffix for p in log_folder.iterdir()] == [".txt"]


def test_the_command_line_keeps_one_too(log_folder: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from inspector_app import cli
from inspector_app.workspace import Workspace
def fails(*_a, **_k):
    raise RuntimeError({CANARY!r})
Workspace.open = fails
sys.exit(cli.run(["show", "nowhere"]))
"""
    env = {**os.environ, "XDG_STATE_HOME": str(log_folder.parent), "INSPECTOR_PASSPHRASE": CANARY}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True)
    assert done.returncode == 1
    (path,) = log_folder.iterdir()
    for text in (done.stderr, done.stdout, path.read_text("utf-8")):
        assert CANARY not in text and "locker" not in text
    assert "RuntimeError" in path.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux whether it may be looked into")
def test_a_command_leaves_no_core_file_and_is_not_looked_into() -> None:
    """S4: it holds keys and words as the window does."""
    asked = (
        "import ctypes, resource, sys; from inspector_app.__main__ import main; "
        "sys.argv[1:] = ['schema']; main(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0) 0"
