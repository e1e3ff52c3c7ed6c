"""R10: a reader written from docs/format.md alone gets the digest that the program tells."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.workspace.unpacking import unpack_bundle
from tests.test_kept_formats import HANDED_OVER, KEPT
from tests.test_workspace import PASSPHRASE

READER = Path(__file__).parent / "stranger.py"
BUNDLE = KEPT / "bundle.inspection"


def _read(path: Path) -> "subprocess.CompletedProcess[str]":
    """Run it where it finds nothing of the program."""
    command = [sys.executable, "-I", str(READER), str(path)]
    environment = {**os.environ, "INSPECTOR_BUNDLE_PASSPHRASE": PASSPHRASE}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stranger") / "archive"
    unpack_bundle(BUNDLE, folder, passphrase=PASSPHRASE)
    return folder


def test_the_reader_is_short_and_has_nothing_of_the_program() -> None:
    lines = READER.read_text("utf-8").splitlines()
    assert len(lines) <= 120
    assert not any("inspector_app" in line for line in lines)


def test_it_reads_a_sealed_bundle_and_an_archive(archive: Path) -> None:
    for path in (BUNDLE, archive):
        read = _read(path)
        assert read.returncode == 0, read.stderr
        assert json.loads(read.stdout)["digest"] == HANDED_OVER


def test_it_notices_what_was_altered(archive: Path, tmp_path: Path) -> None:
    altered = Path(shutil.copytree(archive, tmp_path / "altered"))
    [changes] = altered.glob("data/*/changes.txt")
    first, second, *rest = changes.read_bytes().splitlines(keepends=True)
    for path in altered.glob("*manifest-sha256.txt"):
        path.unlink()  # by somebody who knows how bags work
    changes.write_bytes(b"".join([first, first[:128] + second[128:], *rest]))
    assert "InvalidSignature" in _read(altered).stderr
    data = bytearray(BUNDLE.read_bytes())
    data[-1] ^= 1
    (tmp_path / "bundle").write_bytes(data)
    assert "the store was altered" in _read(tmp_path / "bundle").stderr
