"""Both sides of reading a signed PDF in a child: anybody can write one, and some never end.

A field that leads to two others, which both lead to the next two, is a million million fields in
a kilobyte; a stream unpacks to a thousand times its size.
"""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from inspector_app import canonical
from inspector_app.child import BrokenFrame, Child, Reply, command, serve
from inspector_app.errors import BadInput
from inspector_app.signatures.checking import Signature, Signed, certificate, read_signed

READER = command("read-signatures")
MAX_MEMORY = 380 * 1024**2
"""Address space of the child, in bytes."""

SECONDS = 4
"""Of processor time; a report of three hundred pages with two signatures takes less than one."""

_STOPPED = "The PDF is damaged, too large or built to do harm. Nothing was changed."


def signatures_in(data: bytes, trusted: Sequence[bytes] = ()) -> Signed:
    """Check every signature in a PDF. BadInput for a file that cannot be read.

    `trusted`: certificates, PEM or DER, whose holder vouches for others or for himself.
    """
    roots = [certificate(each).dump() for each in trusted]
    child = Child(READER)
    try:
        sizes: list[Any] = [len(each) for each in roots]
        head, body = child.ask({"roots": sizes}, b"".join([*roots, data]), _shaped)
    except BrokenFrame:
        raise BadInput(_STOPPED) from None
    finally:
        child.stop()
    if head["fault"]:
        raise BadInput(head["fault"])
    return _signed(body)


def _shaped(reply: Reply) -> Reply:
    """The child may have become the PDF's: its words are its own only where they look so."""
    head, body = reply
    if set(head) != {"fault"} or not isinstance(head["fault"], str):
        raise BrokenFrame
    if not head["fault"]:
        _signed(body)
    return reply


def _signed(body: bytes) -> Signed:
    kinds = {each.name: each.type for each in fields(Signature)}
    try:
        raw: Any = canonical.decode(body)
        for each in raw["signatures"]:
            if {name: type(value) for name, value in each.items()} != kinds:
                raise BrokenFrame
        found = tuple(Signature(**each) for each in raw["signatures"])
        free, ends = tuple(map(str, raw["free"])), tuple(map(str, raw["beginnings"]))
        return Signed(found, free, ends, raw["only_signed"] is True)
    except (BadInput, AttributeError, KeyError, TypeError):
        raise BrokenFrame from None


# -- the child -----------------------------------------------------------------------------------


def loop() -> None:
    """Answer questions until the parent goes away."""
    serve(_answer, MAX_MEMORY, SECONDS)


def _answer(request: dict[str, Any], data: bytes) -> Reply:
    roots, at = [], 0
    for size in request["roots"]:
        roots.append(certificate(data[at : at + size]))
        at += size
    try:
        found = asdict(read_signed(data[at:], roots))
    except BadInput as error:
        return {"fault": error.message}, b""
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}
    try:
        return {"fault": ""}, canonical.encode(plain)
    except BadInput:
        return {"fault": _STOPPED}, b""
