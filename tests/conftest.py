"""What every test stands on: no screen, no network, an empty home, the same examples."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from joserfc._rfc7518.jwe_algs import PBES2HSAlgKeyEncryption

from inspector_app.child import process
from inspector_app.identity import envelope
from tests import harness, staying_here

ROOT = Path(__file__).parent.parent

# Without a platform and without a display Qt ends the interpreter, so this comes before any import.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def _stay_here(event: str, given: tuple[Any, ...]) -> None:
    """S9: whatever in this process asks for another machine fails the test that asked."""
    if staying_here.asks_elsewhere(event, given):
        pytest.fail("Something asked for the network: nothing here may.")


sys.addaudithook(_stay_here)

_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG = ("CONFIG", "DATA", "STATE", "CACHE")
_SECRETS = ("INSPECTOR_PASSPHRASE", "INSPECTOR_BUNDLE_PASSPHRASE")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home: no test reads or writes what belongs to the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOMES:
            patch.setenv(name, str(folder))
        for name in _XDG:
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        for name in _SECRETS:
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(scope="session")
def children_watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file that lies there when a child asked for the network.

    The decoder's child gets an environment of its own, so that is told too.
    """
    folder = tmp_path_factory.mktemp("watched")
    shutil.copy(staying_here.__file__, folder / "sitecustomize.py")

    def watched(given: Mapping[str, str]) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(folder), given.get("PYTHONPATH"))))
        return {**given, "PYTHONPATH": path}

    environment = process.environment
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", watched(os.environ)["PYTHONPATH"])
        patch.setattr(process, "environment", lambda: watched(environment()))
        yield folder / staying_here.NOTED


@pytest.fixture(autouse=True)
def children_stay_here(children_watched: Path) -> Iterator[None]:
    """S9: a child that asked for the network fails the test that started it."""
    yield
    if children_watched.exists():
        children_watched.unlink()
        pytest.fail("A child of this test asked for the network: nothing here may.")


@pytest.fixture(scope="session", autouse=True)
def quick_passphrases() -> Iterator[None]:
    """The fewest rounds that a workspace may have, walked once for the same secret and salt.

    Hundreds of workspaces are made here, and each is opened at least once.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(envelope, "_ROUNDS", envelope._ACCEPTED_ROUNDS.start)
        derived = PBES2HSAlgKeyEncryption.compute_derived_key
        patch.setattr(PBES2HSAlgKeyEncryption, "compute_derived_key", cache(derived))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reading matter beside the checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("INSPECTOR_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not here")
    return folder


Told = Callable[[str], None]


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """`told(text)`: a figure for the end of the run, whichever of its processes measured it."""
    return partial(record_property, "figure")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was measured, after a run of any size."""
    ended = [r for r in terminalreporter.getreports("") if r.when == "teardown"]
    figures = [text for report in ended for name, text in report.user_properties]
    if figures:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sorted(figures)))


@pytest.fixture(scope="session")
def torture() -> bool:
    """Whether this is `make torture`."""
    return harness.TORTURE


@pytest.fixture(scope="session")
def count() -> Callable[[int, int], int]:
    """`count(small, full)`: how many rounds a harness makes."""
    return harness.count
