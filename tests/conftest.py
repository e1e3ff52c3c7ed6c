"""What every test stands on: no screen, a home of its own, the same examples on every machine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import harness

ROOT = Path(__file__).parent.parent

# Without a platform and without a display Qt ends the interpreter, so this comes before any import.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

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
def shared() -> Path:
    """The folder of reading matter beside the checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("INSPECTOR_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not here")
    return folder


@pytest.fixture(scope="session")
def torture() -> bool:
    """Whether this is `make torture`."""
    return harness.TORTURE


@pytest.fixture(scope="session")
def count() -> Callable[[int, int], int]:
    """`count(small, full)`: how many rounds a harness makes."""
    return harness.count
