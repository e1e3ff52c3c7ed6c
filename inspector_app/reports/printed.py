"""What a report prints of its own making, read back from its pages: number, digest, heads.

The file may be years old and of another version, so only what stands in its text counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEX = "[0-9a-f]{4}"
_NUMBER = re.compile(r"\b\d\d-[A-Z]{3}-[A-Z2-7]{4}\b")
_DIGEST = rf" ({_HEX}(?: {_HEX}){{15}})(?! {_HEX}\b)"
_SHORT = re.compile(rf"data digest ({_HEX}(?: {_HEX}){{2}})\b")
_HEAD = re.compile(
    rf"(?<!\b{_HEX} )\b({_HEX}(?: {_HEX}){{3}}) (?:[\d,]+ )?({_HEX}(?: {_HEX}){{5}})\b(?! {_HEX}\b)"
)
_PROGRAM = re.compile(r"inspector-app (\d+(?:\.\w+)+)")


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """An author's newest change: the beginnings of his key (16 digits) and of its id (24)."""

    author: str
    change: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What a report says of itself; what it does not say is empty.

    `digest` has all 64 digits or the first 12; `internal`: it is the edition that was issued.
    """

    number: str
    version: int | None
    internal: bool
    digest: str
    heads: tuple[PrintedHead, ...]
    program: str


def printed_in(pages: Sequence[str]) -> Printed:
    """What stands in the text of these pages."""
    from inspector_app.reports.texts import entry, label

    text = " ".join(" ".join(pages).replace("\u00a0", " ").split())
    record = text.rpartition(str(label("heads")))
    number = _first(_NUMBER, " ".join(pages[:1]))
    version = re.search(rf"{label('number-of-report')} {number}, version (\d+)\b", text)
    full = re.search(re.escape(str(label("digest"))) + _DIGEST, text)
    short = _first(_SHORT, text)
    return Printed(
        number=number,
        version=int(version[1]) if version else None,
        internal=str(entry("edition", "internal")["name"]) in text,
        digest=_joined(full[1] if full else short),
        heads=_heads(record[2]) if record[1] else (),
        program=_first(_PROGRAM, text),
    )


def _heads(text: str) -> tuple[PrintedHead, ...]:
    found = (PrintedHead(_joined(m[1]), _joined(m[2])) for m in _HEAD.finditer(text))
    return tuple(dict.fromkeys(found))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[found.lastindex or 0] if found else ""


def _joined(grouped: str) -> str:
    return grouped.replace(" ", "")
