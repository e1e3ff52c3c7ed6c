"""Keys: what opens keys.json, what does not, and that no changed byte gets through."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from inspector_app import canonical
from inspector_app.errors import BadInput, NewerVersion, UserError, WrongSecret
from inspector_app.identity import (
    envelope,
    escrow_public,
    new_recovery_key,
    open_keys,
    recovery_public,
    seal_keys,
    with_passphrase,
)
from tests.identity.specimens import (
    PASSPHRASE,
    ana,
    changed,
    content,
    cuts,
    escrow,
    flips,
    keys_file,
    marcus,
    protected,
    recovery,
    repaired_flips,
)


def test_both_secrets_and_the_escrow_key_open_the_keys() -> None:
    for secret in (
        {"passphrase": PASSPHRASE},
        {"recovery_key": recovery()[0]},
        {"recovery_key": escrow()[0]},
    ):
        assert content(open_keys(keys_file(), **secret)) == content(ana())


def test_a_recovery_key_may_be_typed_in_any_way() -> None:
    printed = recovery()[0]
    assert [len(group) for group in printed.split(" ")] == [4] * 13
    for typed in (printed.lower(), printed.replace(" ", ""), printed.replace(" ", " -\n\t")):
        assert open_keys(keys_file(), recovery_key=typed).author == ana().author


def test_wrong_damaged_and_newer_are_told_apart() -> None:
    newer = changed(keys_file(), lambda file: file.update(protected=protected("keys", 2)))
    told = []
    for data, secret, error in (
        (keys_file(), {"passphrase": "another plain passphrase"}, WrongSecret),
        (keys_file(), {"recovery_key": new_recovery_key()[0]}, WrongSecret),
        (keys_file(), {"recovery_key": recovery()[0][:-1]}, BadInput),
        (keys_file()[:-1], {"passphrase": PASSPHRASE}, BadInput),
        (newer, {"passphrase": PASSPHRASE}, NewerVersion),
    ):
        with pytest.raises(UserError) as refused:
            open_keys(data, **secret)
        assert type(refused.value) is error
        assert refused.value.message.endswith(".") and PASSPHRASE not in refused.value.message
        told.append(refused.value.message)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "typed", ["", "A" * 52, "a" * 51, "A" * 53, "B" * 43 + "A", "7" * 52, "é" * 52, "1" * 52]
)
def test_what_can_be_no_recovery_key_is_bad_input(typed: str) -> None:
    with pytest.raises(BadInput, match="52"):
        open_keys(keys_file(), recovery_key=typed)


def test_one_way_to_type_an_accent_is_as_good_as_the_other() -> None:
    composed, decomposed = "sésame, sésame", unicodedata.normalize("NFD", "sésame, sésame")
    assert composed != decomposed
    assert open_keys(seal_keys(ana(), composed, recovery()[1]), passphrase=decomposed)


@pytest.mark.parametrize("passphrase", [" plain words ", "tab\tand\u00a0space", "x" * 12, "🗝" * 12])
def test_a_passphrase_is_taken_as_it_is(passphrase: str) -> None:
    data = seal_keys(ana(), passphrase, recovery()[1])
    assert open_keys(data, passphrase=passphrase).author == ana().author
    if passphrase != passphrase.strip():
        with pytest.raises(WrongSecret):
            open_keys(data, passphrase=passphrase.strip())


@pytest.mark.parametrize(
    "passphrase", ["", "eleven char", "e\u0301" * 11, "x" * 1025, "half a character \ud800"]
)
def test_a_poor_passphrase_seals_nothing(passphrase: str) -> None:
    with pytest.raises(BadInput, match="another one"):
        seal_keys(ana(), passphrase, recovery()[1])
    with pytest.raises(WrongSecret):
        open_keys(keys_file(), passphrase=passphrase)


def test_a_new_passphrase_leaves_the_other_keys_as_they_are() -> None:
    renewed = with_passphrase(keys_file(), ana(), "new words for practice")
    assert open_keys(renewed, passphrase="new words for practice").author == ana().author
    assert open_keys(renewed, recovery_key=recovery()[0]).author == ana().author
    assert open_keys(renewed, recovery_key=escrow()[0]).author == ana().author
    assert recovery_public(renewed, ana()) == recovery()[1] == recovery_public(keys_file())
    assert escrow_public(renewed, ana()) == [escrow()[1]]
    with pytest.raises(WrongSecret):
        open_keys(renewed, passphrase=PASSPHRASE)


def test_nobody_slips_in_a_recovery_key_of_his_own() -> None:
    """Someone who can write the file, but has no secret, waits for the next passphrase change."""
    planted = seal_keys(marcus(), PASSPHRASE, new_recovery_key()[1])
    for use in (
        lambda: with_passphrase(planted, ana(), "new words for practice"),
        lambda: recovery_public(planted, ana()),
    ):
        with pytest.raises(BadInput):
            use()


def test_no_changed_byte_of_the_keys_gets_through() -> None:
    for spoiled in (*flips(keys_file()), *cuts(keys_file())):
        with pytest.raises((BadInput, NewerVersion)):
            open_keys(spoiled, recovery_key=recovery()[0])


def test_a_change_with_a_right_checksum_gives_the_same_keys_or_none() -> None:
    opened = 0
    for spoiled in repaired_flips(keys_file()):
        try:
            assert content(open_keys(spoiled, recovery_key=recovery()[0])) == content(ana())
            opened += 1
        except (BadInput, NewerVersion):
            pass
    assert opened, "a slot of another reader may be damaged"


@pytest.mark.parametrize("rounds", [1, 99_999, 300_001, 10**9, True, "256000"])
def test_a_file_cannot_ask_for_years_of_work_or_for_none(rounds: object) -> None:
    def ask(file: dict[str, Any]) -> None:
        file["recipients"][0]["header"]["p2c"] = rounds

    with pytest.raises(BadInput):
        open_keys(changed(keys_file(), ask), passphrase=PASSPHRASE)


def _bad_point(file: dict[str, Any]) -> None:
    file["recipients"][1]["header"]["epk"]["x"] = "A" * 43


def _extra_header(file: dict[str, Any]) -> None:
    file["recipients"][1]["header"]["apu"] = "AAAA"


def _twice(file: dict[str, Any]) -> None:
    file["recipients"].append(file["recipients"][1])


def _seventeen(file: dict[str, Any]) -> None:
    file["recipients"] *= 6


def _swapped(file: dict[str, Any]) -> None:
    file["recipients"].reverse()


def _zipped(file: dict[str, Any]) -> None:
    header = {"enc": "A256GCM", "typ": "inspector-app-keys-1", "zip": "DEF"}
    file["protected"] = envelope.to_base64url(canonical.encode({**header}))


@pytest.mark.parametrize(
    "change",
    [
        _bad_point,
        _extra_header,
        _twice,
        _seventeen,
        _swapped,
        _zipped,
        lambda file: file.update(recipients=[]),
        lambda file: file.update(recipients={}),
        lambda file: file.update(unprotected={"alg": "dir"}),
        lambda file: file.update(protected=protected("letter", 1)),
        lambda file: file.update(iv=file["iv"][:-1]),
        lambda file: file.pop("tag"),
        lambda file: file.pop("aad"),
    ],
)
def test_what_this_program_never_writes_is_not_read(change: Callable[[Any], None]) -> None:
    with pytest.raises(BadInput):
        open_keys(changed(keys_file(), change), recovery_key=recovery()[0])


def test_sixteen_readers_and_no_more() -> None:
    others = [new_recovery_key() for _ in range(15)]
    data = seal_keys(ana(), PASSPHRASE, recovery()[1], [public for _, public in others[:14]])
    assert open_keys(data, recovery_key=others[13][0]).author == ana().author
    with pytest.raises(BadInput, match="16"):
        seal_keys(ana(), PASSPHRASE, recovery()[1], [public for _, public in others])


def test_nothing_is_sealed_that_could_not_be_opened_again() -> None:
    public = recovery()[1]
    for keys, says in (
        ([public, public], "twice"),
        ([{**public, "kid": "escrow"}], "P-256"),
        ([{**public, "x": public["y"]}], "P-256"),
        ([{}], "P-256"),
    ):
        with pytest.raises(BadInput, match=says):
            seal_keys(ana(), PASSPHRASE, escrow()[1], keys)


def test_keys_do_not_print() -> None:
    assert repr(ana()) == "Keys()"
