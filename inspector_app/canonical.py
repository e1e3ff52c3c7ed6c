"""The one way in which this program writes JSON that is hashed or signed.

UTF-8, keys sorted, no spaces; only objects, lists, strings, true, false, null and integers
below 2**53 in size. A reader parses, writes it again and refuses what does not give the same
bytes, so that one meaning has exactly one spelling. See docs/format.md, "Canonical JSON".
"""

import hashlib
import json
import re
from typing import Any, Never, TypeAlias

from inspector_app.errors import BadInput

Value: TypeAlias = "None | bool | int | str | list[Value] | dict[str, Value]"

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 8
MAX_INTEGER = 2**53
_HEX = re.compile("[0-9a-f]*").fullmatch
_TOO_LARGE = "A number is too large to be kept."
_NO_VALUE = "Only text, whole numbers, true, false and lists can be kept."


def _whole(digits: str) -> int:
    if len(digits) > len(f"-{MAX_INTEGER}") or abs(number := int(digits)) >= MAX_INTEGER:
        raise BadInput(_TOO_LARGE)
    return number


def _refuse(number: str) -> Never:
    raise BadInput(_NO_VALUE)


# Made once: a log has a hundred thousand records.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_refuse, parse_constant=_refuse)


def encode(value: Value) -> bytes:
    """The canonical bytes of `value`. BadInput for what has none (a float, half a character)."""
    _check(value)  # also ends what holds itself, which has no depth
    return _spelled(value)


def _spelled(value: Value) -> bytes:
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(
            "A text holds half a character (a lone surrogate) and cannot be kept."
        ) from None


def decode(data: bytes, limit: int = MAX_BYTES) -> Value:
    """The value that `data` spells, or BadInput if it is not canonical or longer than `limit`.

    The decoder gives nothing but what may be kept, apart from its depth; so that is all that is
    looked at, and only where enough brackets stand.
    """
    if len(data) > limit:
        raise BadInput(f"A record is longer than {limit} bytes.")
    try:
        value: Value = _DECODER.raw_decode(data.decode("utf-8"))[0]
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH:
            _check(value)
        same = _spelled(value) == data  # nothing stands after it either
    except (ValueError, RecursionError):
        raise BadInput("A record is not JSON.") from None
    if not same:
        raise BadInput("A record is not written in the canonical form.")
    return value


def decode_kept(data: bytes) -> Value:
    """The value of bytes that were checked when they came and whose hash still holds."""
    try:
        value: Value = _DECODER.raw_decode(data.decode("utf-8"))[0]
    except (ValueError, RecursionError):
        raise BadInput("A record is not JSON.") from None
    return value


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def is_hex(text: Any, length: int = 64) -> bool:
    """Whether `text` is that many lower-case hexadecimal digits."""
    return isinstance(text, str) and len(text) == length and _HEX(text) is not None


def _check(value: Value) -> None:
    """Refuse what the canonical form does not know. A loop over containers: this runs often."""
    waiting: list[tuple[Any, int]] = [([value], 0)]
    while waiting:
        container, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise BadInput("A record is nested too deeply.")
        if isinstance(container, dict) and not all(isinstance(key, str) for key in container):
            raise BadInput("A record has a key that is not text.")
        for part in container.values() if isinstance(container, dict) else container:
            kind = type(part)
            if kind is dict or kind is list:
                waiting.append((part, depth + 1))
            elif kind is int and abs(part) >= MAX_INTEGER:
                raise BadInput(_TOO_LARGE)
            elif kind not in _PLAIN:
                raise BadInput(_NO_VALUE)


_PLAIN = frozenset({str, bool, int, type(None)})
