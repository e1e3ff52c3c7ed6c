"""How the window's process and a child speak: length-prefixed frames on two pipes.

A frame is four bytes of length (big-endian) and a JSON object in canonical form, then four bytes
of length and raw bytes. Neither side trusts a length before it has compared it.
"""

import struct
from typing import Any, BinaryIO

from inspector_app import canonical
from inspector_app.errors import BadInput

MAX_BODY = 128 * 1024 * 1024
"""The most bytes of a file, or of what was made of it, that one frame carries."""

_MAX_HEAD = 4096
_LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """The other side ended, or speaks something else."""


def write_frame(pipe: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame. OSError when the other side has ended."""
    packed = canonical.encode(head)
    pipe.write(_LENGTH.pack(len(packed)) + packed + _LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for one frame. BrokenFrame when there is none or it is not one."""
    try:
        head = canonical.decode(_read_part(pipe, _MAX_HEAD))
    except BadInput:
        raise BrokenFrame from None
    if not isinstance(head, dict):
        raise BrokenFrame
    return head, _read_part(pipe, MAX_BODY)


def _read_part(pipe: BinaryIO, limit: int) -> bytes:
    (length,) = _LENGTH.unpack(_read_exactly(pipe, _LENGTH.size))
    if length > limit:
        raise BrokenFrame
    return _read_exactly(pipe, length)


def _read_exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise BrokenFrame
    return data
