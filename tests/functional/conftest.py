"""Fixtures of the stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.functional.terminal import Office, Terminal
from tests.functional.window import Hands, hands_on
from tests.ui.open_pages import new_workspace


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


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    """Somebody before the window, with an inspection open."""
    workspace, id = new_workspace(tmp_path)
    with hands_on(qtbot, workspace) as hands:
        assert hands.window.shell is not None
        hands.window.shell.open_inspection(id)
        yield hands
