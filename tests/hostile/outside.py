"""Hostile bundles, from the outside in: the file, and its letter."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app import bundle, canonical, identity
from inspector_app.identity import envelope
from inspector_app.identity import letter as letters
from tests.hostile.maker import Maker
from tests.making import keys_of

Case = Callable[[Maker], Path]
REFUSED, NOT_ALLOWED, NOT_YOURS, NEWER = {2}, {3}, {6}, {7}


def _plain(data: bytes) -> Case:
    def make(maker: Maker) -> Path:
        path = maker.folder / "hostile.inspection"
        path.write_bytes(data)
        return path

    return make


def _pipe(maker: Maker) -> Path:
    path = maker.folder / "hostile.inspection"
    os.mkfifo(path)
    return path


def _link_to(target: str) -> Case:
    def make(maker: Maker) -> Path:
        path = maker.folder / "hostile.inspection"
        path.symlink_to(target)
        return path

    return make


def _long_hole(maker: Maker) -> Path:
    """Three GB that take no room, after a true letter."""
    path = maker.bundle(maker.change())
    os.truncate(path, 3 << 30)
    return path


def _endless_letter(maker: Maker) -> Path:
    path = maker.folder / "hostile.inspection"
    path.write_bytes(bundle.HEAD + b"{")
    os.truncate(path, 1 << 30)
    return path


def _altered(alter: Callable[[bytes], bytes]) -> Case:
    return lambda maker: maker.changed_file(alter)


ZIP, PDF = b"PK\x03\x04" + bytes(26), b"%PDF-1.7\n"
NEXT = bundle.HEAD.replace(b"format 1", b"format 2", 1)
_alter: dict[str, Callable[[bytes], bytes]] = {
    "a ZIP before it": lambda data: ZIP + data,
    "a ZIP after it": lambda data: data + ZIP,
    "a PDF in its place": lambda data: PDF + data[len(PDF) :],
    "a byte less": lambda data: data[:-1],
    "its letter alone": lambda data: data[: data.index(b"\n", 512) + 1],
    "its letter twice": lambda data: data[: data.index(b"\n", 512) + 1] + data[512:],
    "CR before LF": lambda data: data[:512] + data[512:].replace(b"\n", b"\r\n", 1),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
}
FILES: dict[str, tuple[Case, set[int]]] = {
    **{name: (_altered(alter), REFUSED) for name, alter in _alter.items()},
    "an empty file": (_plain(b""), REFUSED),
    "the text alone": (_plain(bundle.HEAD), REFUSED),
    "the text and an empty letter": (_plain(bundle.HEAD + b"\n"), REFUSED),
    "the next format": (_plain(NEXT + b"{}\n"), NEWER),
    "a letter without end": (_endless_letter, REFUSED),
    "a pipe": (_pipe, REFUSED),
    "a folder": (_link_to("/"), REFUSED),
    "an endless device": (_link_to("/dev/zero"), REFUSED),
    "nothing": (_link_to("nowhere"), REFUSED),
    "three GB of holes": (_long_hole, REFUSED),
}


def _line(maker: Maker, line: bytes) -> Path:
    store, _ = maker.store()
    return maker.join(line, store)


def _bytes(text: str) -> tuple[Case, set[int]]:
    return (lambda maker: _line(maker, text.encode())), REFUSED


def _envelope(alter: Callable[[dict[str, Any]], object], codes: set[int] = REFUSED) -> Any:
    """A true letter whose envelope was altered and given a true hash."""

    def make(maker: Maker) -> Path:
        store, key = maker.store()
        told = maker.letter(store, key)
        line = identity.seal_letter(told, maker.keys, maker.card, to=[maker.reader])
        jwe = json.loads(line)
        jwe.pop("sha256")
        alter(jwe)
        data = canonical.encode(jwe)
        return maker.join(canonical.encode({**jwe, "sha256": canonical.sha256(data)}), store)

    return make, codes


def _slot(jwe: dict[str, Any]) -> dict[str, Any]:
    slot: dict[str, Any] = jwe["recipients"][0]
    return slot


def _passphrase(rounds: object) -> Callable[[dict[str, Any]], object]:
    header = {"alg": "PBES2-HS512+A256KW", "kid": "passphrase", "p2c": rounds, "p2s": "A" * 22}
    slot = {"encrypted_key": "A" * 54, "header": header}
    return lambda jwe: jwe.update(recipients=[slot])


def _typ(name: str) -> Callable[[dict[str, Any]], object]:
    told = canonical.encode({"enc": "A256GCM", "typ": name})
    return lambda jwe: jwe.update(protected=envelope.to_base64url(told))


def _many(jwe: dict[str, Any]) -> None:
    header = _slot(jwe)["header"]
    others = [{**header, "kid": envelope.to_base64url(bytes([n]) * 32)} for n in range(17)]
    jwe["recipients"] = [{**_slot(jwe), "header": other} for other in others]


def _told(alter: Callable[[dict[str, Any]], object], codes: set[int] = REFUSED) -> Any:
    """A letter that she signed and sealed truly, and that says something else."""

    def make(maker: Maker) -> Path:
        store, key = maker.store()
        content: dict[str, Any] = {
            **maker.letter(store, key),
            "format": 1,
            "recipients": [envelope.thumbprint(maker.reader.sealing)],
            "sender": canonical.decode(maker.card),
        }
        alter(content)
        jws = letters._signed(canonical.encode(content), maker.keys)
        sealed = envelope.seal(
            letters._LETTER, jws, passphrase=None, readers=[maker.reader.sealing]
        )
        return maker.join(sealed, store)

    return make, codes


def _store(**told: object) -> Any:
    return _told(lambda content: content["store"].update(told))


def _by_nobody(maker: Maker) -> Path:
    """Sealed truly by somebody whose card nobody accepted."""
    keys = keys_of("a stranger")
    card = identity.make_card(keys, "J. Specimen", "opr-inspector", "Unit")
    store, key = maker.store()
    line = identity.seal_letter(maker.letter(store, key), keys, card, to=[maker.reader])
    return maker.join(line, store)


def _in_anothers_name(maker: Maker) -> Path:
    """The reader's own card as sender, under her signature."""
    make, _ = _told(lambda content: content["sender"]["card"].update(name="T. Mock"))
    path: Path = make(maker)
    return path


def _for_others(maker: Maker) -> Path:
    store, key = maker.store()
    own = identity.read_card(maker.card)
    line = identity.seal_letter(maker.letter(store, key), maker.keys, maker.card, to=[own])
    return maker.join(line, store)


LETTERS: dict[str, tuple[Case, set[int]]] = {
    "nested 20,000 deep": _bytes("[" * 20_000),
    "60,000 small lists": _bytes("[" + "[]," * 20_000 + "[]]"),
    "not a number": _bytes('{"a":NaN}'),
    "a number of 60,000 digits": _bytes('{"a":' + "9" * 60_000 + "}"),
    "half a character": _bytes('{"a":"\\ud800"}'),
    "a key twice": _bytes('{"ciphertext":"","ciphertext":""}'),
    "64 KiB": _bytes('"' + "a" * 65_533 + '"'),
    "64 KiB and one": _bytes('"' + "a" * 65_534 + '"'),
    "no object": _bytes("[]"),
    "not UTF-8": ((lambda maker: _line(maker, b'{"a":"\xff"}')), REFUSED),
    "seventeen readers": _envelope(_many),
    "one reader twice": _envelope(lambda jwe: jwe.update(recipients=[_slot(jwe)] * 2)),
    "nobody to read": _envelope(lambda jwe: jwe.update(recipients=[])),
    "two billion rounds": _envelope(_passphrase(2**31)),
    "no rounds": _envelope(_passphrase(0)),
    "rounds that are true": _envelope(_passphrase(True)),
    "a point off the curve": _envelope(lambda jwe: _slot(jwe)["header"]["epk"].update(x="A" * 43)),
    "another curve": _envelope(lambda jwe: _slot(jwe)["header"]["epk"].update(crv="P-521")),
    "direct encryption": _envelope(lambda jwe: _slot(jwe)["header"].update(alg="dir")),
    "compressed": _envelope(
        lambda jwe: jwe.update(
            protected=envelope.to_base64url(
                canonical.encode({"enc": "A256GCM", "typ": "inspector-app-letter-1", "zip": "DEF"})
            )
        )
    ),
    "an unprotected header": _envelope(lambda jwe: jwe.update(unprotected={"zip": "DEF"})),
    "a tag cut short": _envelope(lambda jwe: jwe.update(tag="AAAA")),
    "another tag": _envelope(lambda jwe: jwe.update(tag="A" * 22)),
    "another kind": _envelope(_typ("inspector-app-keys-1")),
    "a later kind": _envelope(_typ("inspector-app-letter-2"), NEWER),
    "the kind of a far day": _envelope(_typ("inspector-app-letter-" + "9" * 5000), NEWER),
    "by nobody that is accepted": (_by_nobody, NOT_ALLOWED),
    "for somebody else": (_for_others, NOT_YOURS),
    "a card with another name": (_in_anothers_name, REFUSED),
    "written for others": _told(lambda content: content.update(recipients=["passphrase"])),
    "no sender": _told(lambda content: content.pop("sender")),
    "a sender that is text": _told(lambda content: content.update(sender="Ana Sample")),
    "format true": _told(lambda content: content.update(format=True)),
    "format 2": _told(lambda content: content.update(format=2), NEWER),
    "no store": _told(lambda content: content.pop("store")),
    "a store that is a list": _told(lambda content: content.update(store=[])),
    "a short key": _store(key="00"),
    "a key that is no key": _store(key="x'; ATTACH"),
    "a size that is true": _store(size=True),
    "a size below nothing": _store(size=-1),
    "another hash": _store(sha256="0" * 64),
    "a hash that is a list": _store(sha256=[]),
    "logs that are none": _told(lambda content: content.update(logs=["../../x"])),
    "logs that are numbers": _told(lambda content: content.update(logs=[1])),
    "left behind, in another shape": _told(lambda content: content.update(left_behind=[[1]])),
    "left behind, which is no hash": _told(
        lambda content: content.update(left_behind=[["../../x", {"a": 1}]])
    ),
    "names of a log that is none": _told(
        lambda content: content.update(names={"../../x": ["aa" * 32]})
    ),
    "names of another shape": _told(lambda content: content.update(names=[["x"]])),
    "a names key of another length": _told(lambda content: content.update(names={"x": ["00"]})),
}
