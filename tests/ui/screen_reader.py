"""What a screen reader of Linux hears: the window on a screen of its own, read over AT-SPI."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.conftest import ROOT

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT_PATH = "/org/a11y/atspi/accessible/root"
PATIENCE = 30.0
_WALKS = 5
_GONE = ("No such object path", "was not found in object")
ENABLED, FOCUSABLE, FOCUSED, SELECTABLE, SELECTED, SHOWING = 8, 11, 12, 22, 23, 25
"""Places of these states in the two words of AT-SPI's StateSet."""

CONTROL, TAB, LETTER_Z, LETTER_A = 37, 23, 52, 38
"""Keys by their place on a keyboard of a PC."""
_DOWN, _UP = 0, 1
_REGISTRY = "org.a11y.atspi.Registry"
_KEYBOARD = (
    _REGISTRY,
    "/org/a11y/atspi/registry/deviceeventcontroller",
    "org.a11y.atspi.DeviceEventController",
)


@dataclass(frozen=True)
class Node:
    """One thing as a reader has it."""

    at: tuple[str, str]
    role: str
    name: str
    states: int
    depth: int

    def has(self, state: int) -> bool:
        return bool(self.states >> state & 1)


class Gone(Exception):
    """What was listed a moment ago is no more."""


class Reader:
    """Asks over the bus, as Orca does; knows nothing of the program."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        wanted = ("object:announcement", [], "")
        self._call(
            _REGISTRY, "/org/a11y/atspi/registry", _REGISTRY, "RegisterEvent", "sass", *wanted
        )
        rule = MatchRule(
            type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement"
        )
        self._call(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "AddMatch",
            "s",
            rule.serialise(),
        )
        self._said: deque[Message] = deque()
        self._filter = bus.filter(rule, queue=self._said)

    def programs(self) -> list[tuple[str, str]]:
        (found,) = self._call(_REGISTRY, ROOT_PATH, ACCESSIBLE, "GetChildren")
        return [(str(name), str(path)) for name, path in found]

    def tree(self) -> list[Node]:
        """Everything that is to be seen, in the order of the tree; anew where it changed."""
        for _ in range(_WALKS - 1):
            with suppress(Gone):
                return self._walked()
        return self._walked()

    def _walked(self) -> list[Node]:
        return [node for at in self.programs() for node in self._walk(at, 0)]

    def _walk(self, at: tuple[str, str], depth: int) -> Iterator[Node]:
        (role,) = self._call(*at, ACCESSIBLE, "GetRoleName")
        (states,) = self._call(*at, ACCESSIBLE, "GetState")
        node = Node(at, role, self._name(at), states[0] | states[1] << 32, depth)
        if depth and not node.has(SHOWING) and role not in ("list item", "tree item"):
            return
        yield node
        (children,) = self._call(*at, ACCESSIBLE, "GetChildren")
        for name, path in children:
            yield from self._walk((name, path), depth + 1)

    def _name(self, at: tuple[str, str]) -> str:
        properties = "org.freedesktop.DBus.Properties"
        ((_, name),) = self._call(*at, properties, "Get", "ss", ACCESSIBLE, "Name")
        return str(name)

    def press(self, node: Node) -> None:
        """Do the first act of a thing, as a reader does for its user."""
        assert self._call(*node.at, "org.a11y.atspi.Action", "DoAction", "i", 0) == (True,)

    def click(self, node: Node) -> None:
        """Click into the middle of a thing with the pointer."""
        component = "org.a11y.atspi.Component"
        ((left, top, width, height),) = self._call(*node.at, component, "GetExtents", "u", 0)
        middle = left + width // 2, top + height // 2
        self._call(*_KEYBOARD, "GenerateMouseEvent", "iis", *middle, "b1c")

    def keys(self, *codes: int) -> None:
        """Press keys together, as the keyboard of the screen sends them."""
        down = [(code, _DOWN) for code in codes]
        for code, way in [*down, *((code, _UP) for code in reversed(codes))]:
            self._call(*_KEYBOARD, "GenerateKeyboardEvent", "isu", code, "", way)

    def heard(self, words: str) -> str:
        """Wait until something with these words is announced."""
        end = time.monotonic() + PATIENCE
        said: list[str] = []
        while not any(words in text for text in said):
            left = end - time.monotonic()
            try:
                message = self._bus.recv_until_filtered(self._said, timeout=max(left, 0))
            except TimeoutError:
                raise AssertionError(f"“{words}” was not said: {said}") from None
            said.append(str(message.body[3][1]))
        return said[-1]

    def _call(
        self, to: str, path: str, interface: str, member: str, kinds: str = "", *body: object
    ) -> Any:
        address = DBusAddress(path, bus_name=to, interface=interface)
        message = new_method_call(address, member, kinds or None, body)
        answer = self._bus.send_and_get_reply(message, timeout=PATIENCE)
        if any(words in str(answer.body) for words in _GONE):
            raise Gone
        assert answer.header.message_type.name == "method_return", (member, answer.body)
        return answer.body


@contextmanager
def screen(home: Path) -> Iterator[dict[str, str]]:
    """A screen and a bus of their own; what a program must find in its environment to use them."""
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="bus") as short:
        # the name of a socket may have 107 letters, fewer than some folders of tests
        here = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": short}
        read, write = os.pipe()
        display = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24"]
        _started(stack, [*display, "-nolisten", "tcp"], here, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as told:
            here["DISPLAY"] = f":{told.readline().strip()}"
        daemon = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        bus = _started(stack, daemon, here, stdout=subprocess.PIPE, text=True)
        here["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        yield here | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@contextmanager
def read_aloud(folder: Path, secret: str, home: Path, until: str = "tree") -> Iterator[Reader]:
    """The program, opened on a workspace, and a reader that has found a role or name in it."""
    with ExitStack() as stack:
        here = stack.enter_context(screen(home))
        bus = stack.enter_context(_accessible_bus(here["DBUS_SESSION_BUS_ADDRESS"]))
        reader = Reader(bus)
        command = [sys.executable, "-m", "inspector_app", str(folder)]
        _started(stack, command, here | {"INSPECTOR_PASSPHRASE": secret}, cwd=ROOT)
        end = time.monotonic() + PATIENCE
        while not any(until in (node.role, node.name) for node in reader.tree()):
            assert time.monotonic() < end, "the window did not come"
        yield reader


def _accessible_bus(session: str) -> DBusConnection:
    with open_dbus_connection(session) as bus:
        address = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        answer = bus.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=PATIENCE)
    return open_dbus_connection(answer.body[0])


def _started(stack: ExitStack, command: list[str], env: dict[str, str], **more: Any) -> Any:
    """A program that is ended with the test."""
    assert shutil.which(command[0]), f"{command[0]} is not installed: run make setup-test"
    made = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, **more)
    stack.callback(made.wait)
    stack.callback(made.kill)
    if made.stdout is not None:
        stack.callback(made.stdout.close)
    return made
