"""S9: no test, and no child of a test, asks another machine for anything.

`conftest.py` watches its own process, and puts a copy of this file as `sitecustomize` on the way
of each Python that tests start, which then watches itself and notes what it was asked for.
"""

import sys
from pathlib import Path
from typing import Any

LOCAL = ("127.", "::1", "localhost")
NOTED = "asked-for-the-network"
"""Lies beside the copy when a child asked."""


def asks_elsewhere(event: str, given: tuple[Any, ...]) -> bool:
    """Whether an audit event of Python means that another machine is asked."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        host = given[1][0] if isinstance(given[1], tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = given[0] or ""
    else:
        return False
    name = host.decode() if isinstance(host, bytes) else str(host)
    return bool(name) and not name.startswith(LOCAL)


def _note(event: str, given: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and asks_elsewhere(event, given):
        Path(__file__).with_name(NOTED).touch()
        raise OSError("Something asked for the network: nothing here may.")


if __name__ == "sitecustomize":
    sys.addaudithook(_note)
