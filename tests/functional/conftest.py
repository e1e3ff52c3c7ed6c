"""Fixtures of the stories."""

from pathlib import Path

import pytest

from tests.functional.terminal import Office, Terminal


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def office(terminal: Terminal, tmp_path: Path) -> Office:
    return Office(terminal, tmp_path)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small photo."""
    from PIL import Image

    path = tmp_path / "wall.jpg"
    Image.new("RGB", (320, 240), (120, 130, 140)).save(path, "JPEG")
    return path
