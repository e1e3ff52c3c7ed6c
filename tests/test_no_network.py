"""S9: the guard of `conftest.py` fails whatever asks for another machine, and lets this one be."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.child import process


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_another_machine_is_out_of_reach(address: tuple[object, ...]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as asking, pytest.raises(pytest.fail.Exception):
        asking.connect(address)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(pytest.fail.Exception):
        socket.getaddrinfo("example.invalid", 80)


def test_this_machine_may_talk_to_itself() -> None:
    there = socket.create_server(("127.0.0.1", 0))
    with there, socket.create_connection(there.getsockname()) as here:
        assert here.getpeername() == there.getsockname()


ASKS = """
import contextlib, socket
with contextlib.suppress(Exception):
    socket.create_connection((ADDRESS, PORT), 1)
"""
"""It asks, and says nothing of what became of it."""


@pytest.mark.parametrize("own", [False, True], ids=["as tests start it", "as the program does"])
def test_a_child_that_asks_is_noted(children_watched: Path, own: bool) -> None:
    environment = process.environment() if own else dict(os.environ)
    with socket.create_server(("127.0.0.1", 0)) as there:
        _ask(environment, *there.getsockname())
    assert not children_watched.exists()
    _ask(environment, "192.0.2.1", 80)
    assert children_watched.exists()
    children_watched.unlink()


def _ask(environment: dict[str, str], address: str, port: int) -> None:
    given = f"ADDRESS, PORT = {(address, port)!r}\n{ASKS}"
    subprocess.run([sys.executable, "-c", given], env=environment, check=True)
