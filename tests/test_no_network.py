"""S9: the guard of `conftest.py` fails whatever asks for another machine, and lets this one be."""

import socket

import pytest


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
