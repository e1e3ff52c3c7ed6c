"""Bundles that a colleague signed truly: values and pictures that hope to do harm later."""

import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from inspector_app import canonical
from inspector_app.change import Change, link_record
from inspector_app.records import BY_KIND
from tests.hostile.maker import Maker, edit
from tests.hostile.outside import Case
from tests.making import keys_of

Make = Callable[[Maker], Sequence[Change]]


def _case(make: Make) -> Case:
    return lambda maker: maker.bundle(*make(maker))


def _edits(*edits: dict[str, Any]) -> Case:
    return _case(lambda maker: [maker.change(*edits)])


def _many_sides(maker: Maker) -> list[Change]:
    """Four thousand answers to one question, none of which has seen another."""
    return [maker.change(edit("answer:j-82", "note", f"side {n}")) for n in range(4_000)]


def _replaced_over_and_over(maker: Maker) -> list[Change]:
    """Twelve changes of 2,500 fields, each of which replaces all fields of three before it."""
    made: list[Change] = []
    for _ in range(12):
        ids = [change.id for change in made[-3:]]
        edits = [edit("observation:x", f"f{n}", n, *ids) for n in range(2_500)]
        made.append(maker.change(*edits))
    return made


def _self_granted(maker: Maker) -> list[Change]:
    """The records by which a workspace accepts people, in a log that travels."""
    stranger = keys_of("a stranger").author
    granted = [edit(f"contact:{stranger}", n, v) for n, v in (("role", "field-supervisor"),)]
    return [maker.change(*granted, edit(f"admitted:{'a' * 64}", "log", maker.log))]


def _names_ended(maker: Maker) -> list[Change]:
    return [maker.change(edit("names-destroyed:x", "held", "never"))]


def _after_signing(maker: Maker) -> list[Change]:
    """A signature that says what it pleases, and an edit after it."""
    signature = f"sign-off:{maker.keys.author}/report"
    told = [edit(signature, "part", "report"), edit(signature, "digest", "0" * 64)]
    return [maker.change(*told), maker.change(edit("answer:j-70", "note", "after it"))]


CHANGES: dict[str, Case] = {
    "four thousand sides": _case(_many_sides),
    "replaced over and over": _case(_replaced_over_and_over),
    "a role granted to oneself": _case(_self_granted),
    "names ended": _case(_names_ended),
    "an edit after a signature": _case(_after_signing),
    "a link to itself": _edits(edit(link_record("a:b", "a:b"), "from", "link:" + "0" * 64)),
    "a kind that nobody knows": _edits(edit("zebra:x", "stripes", [1, [2, [3]]])),
    "a record without a kind": _edits(edit("x", "text", "t"), edit(":", ":", "t")),
    "two changes on one": _case(lambda m: [m.change(), m.change()]),
    "a removal of everything": _edits(edit("visit:visit", "removed", True)),
    "a member whose role nobody knows": _edits(
        edit(f"member:{'a' * 64}", "name", "R. Placeholder"),
        edit(f"member:{'a' * 64}", "role", "<b>\u202eno\0role"),
    ),
    "a zone that nobody knows": _case(
        lambda m: [m.change(at="2026-03-10T09:42:07-05:00[Nowhere/At_All]")]
    ),
}

BIDI = "\u202e txet sdrawkcab \u2066\u202d"
MARKUP = "<b><img src='file:///etc/passwd'/><a href='http://x'>x</a></para><!-- ]]> {{7*7}} %s"
VALUES: dict[str, Any] = {
    "a list": [["x"], {"y": None}],
    "an object": {"sealed": {"sealed": []}},
    "a number": 2**53 - 1,
    "a number below nothing": -1,
    "true": True,
    "text of another kind": BIDI + MARKUP,
    "zero bytes": "a\u0000b\u001b[2J\r\n\ufeff",
    "a long text": "x " * 400,
    "a path": "../../../../etc/passwd",
    "a formula": '=HYPERLINK("http://x","y")',
}


def _in_every_field(value: Any) -> Case:
    """The value in each field of each kind of record, known to this program."""

    def make(maker: Maker) -> list[Change]:
        made = []
        for kind, cls in sorted(BY_KIND.items()):
            record = {"answer": "answer:j-82", "visit": "visit:visit"}.get(kind, f"{kind}:x")
            made.append(maker.change(*(edit(record, name, value) for name in cls.model_fields)))
        return made

    return _case(make)


def png(width: int, height: int) -> bytes:
    """A picture of nothing, of any size, in a few thousand bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress(bytes(min(width * height, 40_000_000)), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
PICTURES = {
    "a picture of two billion points": png(46_000, 46_000),
    "a picture wider than any": png(2_000_000_000, 1),
    "a picture that ends early": png(1_000, 1_000)[:60],
    "a page of markup": SVG,
    "a PDF that is a picture": b"%PDF-1.7\n" + png(2, 2),
    "a picture of no bytes": b"",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file",
}


def _picture(data: bytes) -> Case:
    """A photo and a signed agreement, both of which are these bytes."""

    def make(maker: Maker) -> Path:
        digest = canonical.sha256(data)
        told = {"sha256": digest, "caption": BIDI, "alt": "a wall", "size": len(data)}
        edits = [edit("photo:p", name, value) for name, value in told.items()]
        agreement = [edit("agreement:a", "sha256", digest)]
        change = maker.change(*edits, *agreement)
        return maker.bundle(change, blobs=[(maker.log, digest, data)])

    return make


def _founded(**about: Any) -> Case:
    """Another inspection, whose first change says what it pleases of it."""

    def make(maker: Maker) -> Path:
        form = b"[" * 300_000
        told = {"kind": "inspection", "form": canonical.sha256(form), **about}
        edits = [edit("about:log", name, value) for name, value in told.items()]
        change = maker.change(*edits, log=None, previous=None)
        return maker.bundle(change, blobs=[(change.id, canonical.sha256(form), form)])

    return make


FOUNDED: dict[str, Case] = {
    "an inspection with no agency": _founded(),
    "an inspection of a list": _founded(agency=[1], form_id=[], purpose=7, practice="no"),
    "an agency's file of nobody": _founded(kind="agency"),
    "a register of its own": _founded(kind="program"),
}
"""The checklist of the first two is no TOML: 300,000 brackets."""

HARMLESS: dict[str, Case] = {
    **{f"change: {name}": case for name, case in CHANGES.items()},
    **{f"value: {name} in every field": _in_every_field(v) for name, v in VALUES.items()},
    **{f"picture: {name}": _picture(data) for name, data in PICTURES.items()},
    **{f"log: {name}": case for name, case in FOUNDED.items()},
}
