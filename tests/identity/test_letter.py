"""Letters: who can open one, and what nobody can make one say."""

import json
from typing import Any

import pytest

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion, UserError, WrongSecret
from inspector_app.identity import (
    Keys,
    envelope,
    make_card,
    new_keys,
    open_keys,
    open_letter,
    read_card,
    seal_letter,
)
from inspector_app.identity import letter as letter_format
from tests.identity.specimens import (
    PASSPHRASE,
    ana,
    card_file,
    card_of,
    changed,
    cuts,
    flips,
    letter,
    marcus,
    protected,
    repaired_flips,
)


def test_a_letter_opens_for_each_reader_and_for_nobody_else() -> None:
    for reader in (ana(), marcus()):
        opened = open_letter(letter(), keys=reader)
        assert opened.payload == {"size": 3}
        assert opened.sender == read_card(opened.card_file) == read_card(card_file())
    with pytest.raises(WrongSecret, match="not sealed to you"):
        open_letter(letter(), keys=new_keys())
    with pytest.raises(WrongSecret, match="not sealed to you"):
        open_letter(letter(), passphrase=PASSPHRASE)


def test_a_letter_with_a_passphrase() -> None:
    line = seal_letter({}, ana(), card_file(), to=[card_of(marcus())], passphrase=PASSPHRASE)
    assert open_letter(line, passphrase=PASSPHRASE).payload == {}
    assert open_letter(line, keys=marcus()).sender.name == "Ana Sample"
    with pytest.raises(WrongSecret, match="passphrase does not open it"):
        open_letter(line, passphrase="another plain passphrase")


def test_a_reader_needs_no_passphrase_and_others_may_have_it() -> None:
    """A passphrase for another bundle is not in the way of one's own key."""
    assert open_letter(letter(), keys=marcus(), passphrase=PASSPHRASE).payload == {"size": 3}
    line = seal_letter({}, ana(), card_file(), to=[card_of(marcus())], passphrase=PASSPHRASE)
    assert open_letter(line, keys=new_keys(), passphrase=PASSPHRASE).payload == {}


def test_a_person_who_moved_to_another_office_still_opens_his_letters() -> None:
    """Readers are found by their key, and a new card may carry the same key."""
    moved = read_card(make_card(marcus(), "Marcus Example", "ero-headquarters", "ERO"))
    assert moved.fingerprint != card_of(marcus()).fingerprint
    line = seal_letter({}, ana(), card_file(), to=[moved, card_of(marcus())])
    assert open_letter(line, keys=marcus()).payload == {}


def test_no_changed_byte_of_a_letter_gets_through() -> None:
    for spoiled in (*flips(letter()), *cuts(letter())):
        with pytest.raises((BadInput, NewerVersion)):
            open_letter(spoiled, keys=marcus())


def test_a_letter_with_a_right_checksum_says_the_same_or_nothing() -> None:
    opened = 0
    for spoiled in repaired_flips(letter()):
        try:
            assert open_letter(spoiled, keys=marcus()) == open_letter(letter(), keys=marcus())
            opened += 1
        except (BadInput, NewerVersion, WrongSecret):
            pass
    assert opened, "a slot of another reader may be damaged"


def forged(content: dict[str, Any], signer: Keys, reader: Keys, jws: bytes | None = None) -> bytes:
    """A letter by someone who has this program's source and no scruples."""
    jws = jws or letter_format._signed(canonical.encode(content), signer)
    readers = [reader.sealing_public]
    return envelope.seal(letter_format._LETTER, jws, passphrase=None, readers=readers)


def honest(reader: Keys) -> dict[str, Any]:
    kid = envelope.thumbprint(reader.sealing_public)
    return {"format": 1, "recipients": [kid], "sender": json.loads(card_file()), "size": 3}


def test_a_letter_passed_on_under_the_sender_s_name_is_refused() -> None:
    """Marcus opens what Ana wrote to him and seals it anew, to look like hers, for another."""
    third = new_keys()
    assert open_letter(forged(honest(third), ana(), third), keys=third).payload == {"size": 3}
    with pytest.raises(BadInput):
        open_letter(forged(honest(marcus()), ana(), third), keys=third)
    with pytest.raises(BadInput):
        open_letter(forged(honest(third), marcus(), third), keys=third)


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "EdDSA"}, {"alg": "HS256"}, {"alg": "Ed25519", "kid": "ana"}],
)
def test_only_one_way_to_sign_is_known(header: dict[str, str]) -> None:
    start, body = (
        envelope.to_base64url(canonical.encode({**part})) for part in (header, honest(marcus()))
    )
    signed = f"{start}.{body}"
    signature = envelope.to_base64url(ana().signing.sign(signed.encode()))
    for jws in (f"{signed}.{signature}", f"{signed}.", signed):
        with pytest.raises(BadInput):
            open_letter(forged({}, ana(), marcus(), jws.encode()), keys=marcus())


@pytest.mark.parametrize("number, error", [(2, NewerVersion), (0, BadInput), (True, BadInput)])
def test_a_newer_letter_is_called_newer(number: object, error: type[UserError]) -> None:
    with pytest.raises(error):
        open_letter(forged({**honest(marcus()), "format": number}, ana(), marcus()), keys=marcus())
    newer = changed(letter(), lambda file: file.update(protected=protected("letter", 2)))
    with pytest.raises(NewerVersion):
        open_letter(newer, keys=marcus())


def test_a_letter_is_one_line_of_at_most_64_kib() -> None:
    long = {"logs": ["a" * 64] * 480}
    line = seal_letter(long, ana(), card_file(), to=[card_of(marcus())])
    assert b"\n" not in line and len(line) < 64 * 1024
    assert open_letter(line, keys=marcus()).payload == long
    with pytest.raises(BadInput, match="longer"):
        seal_letter({"logs": ["a" * 64] * 560}, ana(), card_file(), to=[card_of(marcus())])


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 70_000, b"\xff" * 100, b"null", b"1" * 5000])
def test_what_is_no_letter_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        open_letter(data, keys=ana())
    with pytest.raises(BadInput):
        open_keys(data, passphrase=PASSPHRASE)
    with pytest.raises(BadInput):
        read_card(data)


def test_a_letter_to_nobody_and_to_too_many() -> None:
    crowd = [card_of(new_keys()) for _ in range(17)]
    for to in ([], crowd):
        with pytest.raises(BadInput, match="16"):
            seal_letter({}, ana(), card_file(), to=to)
