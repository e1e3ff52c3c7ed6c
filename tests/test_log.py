"""The five rules of folding, and what the bytes of a change may be."""

import json

import pytest

from inspector_app import canonical
from inspector_app.change import ABOUT, Edit, compose, new_gesture, read_change
from inspector_app.errors import BadInput, NewerVersion
from inspector_app.log import Log
from inspector_app.moments import now
from tests.making import Person, copy_of, exchange, new_log

ANA, BEN, CAL = Person("ana"), Person("ben"), Person("cal")
ITEM = "answer:j-70"


def test_a_value_is_current_until_a_change_that_saw_it_replaces_it() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, result="met")
    ANA.write(log, ITEM, result="not-met")
    assert log.fields(ITEM) == {"result": "not-met"}
    assert len(log.current(ITEM, "result")) == 1


def test_two_who_did_not_see_each_other_are_both_kept() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    ANA.write(log, ITEM, result="met")
    BEN.write(other, ITEM, result="not-met")
    exchange(log, other)
    assert log.disputed(ITEM) == ("result",)
    assert log.state() == other.state()


def test_two_who_say_the_same_agree() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    ANA.write(log, ITEM, result="met")
    BEN.write(other, ITEM, result="met")
    exchange(log, other)
    assert log.disputed(ITEM) == ()


def test_true_and_one_are_different_values() -> None:
    log = new_log(ANA)
    ANA.write(log, "finding:x", own_copy=True)
    ANA.write(log, "finding:x", own_copy=1)
    assert canonical.encode(log.value("finding:x", "own_copy")) == b"1"


def test_a_removed_record_stays_away_and_writing_brings_it_back() -> None:
    log = new_log(ANA)
    ANA.write(log, "photo:a", caption="door")
    log.add(ANA.change(log, log.removing("photo:a")))
    assert not log.in_view("photo:a")
    ANA.write(log, "photo:a", caption="gate")
    assert log.in_view("photo:a") and not log.is_removed("photo:a")


def test_what_was_written_without_seeing_the_removal_keeps_the_record_in_view() -> None:
    log = new_log(ANA)
    ANA.write(log, "photo:a", caption="door", alt="a door")
    other = copy_of(log)
    log.add(ANA.change(log, log.removing("photo:a")))
    BEN.write(other, "photo:a", caption="north door")
    exchange(log, other)
    assert log.in_view("photo:a") and log.is_removed("photo:a")


def test_a_log_takes_only_changes_whose_parents_are_here() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    first = ANA.write(other, ITEM, result="met")
    second = ANA.write(other, ITEM, result="not-met")
    with pytest.raises(BadInput):
        log.add(second)
    log.add(first)
    log.add(second)
    assert log.state() == other.state()


def test_a_change_cannot_replace_a_value_of_another_field() -> None:
    log = new_log(ANA)
    seen = ANA.write(log, ITEM, result="met")
    with pytest.raises(BadInput, match="another field"):
        log.add(ANA.change(log, [Edit(ITEM, "note", "x", (seen.id,))]))


def test_a_change_cannot_follow_one_of_another_author() -> None:
    log = new_log(ANA)
    theirs = BEN.write(log, ITEM, result="met")
    stray = compose(
        log=log.id,
        author=ANA.key,
        previous=theirs.id,
        at=now("UTC"),
        gesture=new_gesture(),
        label="x",
        edits=[Edit(ITEM, "note", "y")],
    )
    with pytest.raises(BadInput, match="another author"):
        log.add(stray)


def test_what_a_log_is_about_is_fixed_for_ever() -> None:
    log = new_log(ANA, practice=True)
    with pytest.raises(BadInput, match="for ever"):
        ANA.change(log, [Edit(ABOUT, "practice", False)])


def test_the_digest_follows_values_and_not_the_way_to_them() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    ANA.write(log, ITEM, result="met")
    ANA.write(other, ITEM, result="not-met")
    assert log.digest() != other.digest()
    ANA.write(other, ITEM, result="met")
    assert log.digest() == other.digest()


def _body(**changes: object) -> bytes:
    log = new_log(ANA)
    body = json.loads(ANA.change(log, [Edit(ITEM, "note", "x")]).body)
    return canonical.encode({**body, **changes})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"author": "A" * 64},
        {"author": 7},
        {"log": "short"},
        {"previous": "x"},
        {"at": "yesterday"},
        {"at": "2026-02-30T00:00:00+00:00[UTC]"},
        {"at": "9999-12-31T23:59:59-14:00[UTC]"},
        {"gesture": ""},
        {"label": 3},
        {"edits": []},
        {"edits": [{"record": "a:b", "field": "c", "value": 1}]},
        {"edits": [{"record": "", "field": "c", "value": 1, "replaces": []}]},
        {"edits": [{"record": "a:b", "field": "c", "value": 1, "replaces": ["ff"]}]},
        {"edits": [{"record": "a:b", "field": "c", "value": 1, "replaces": []}] * 2},
    ],
)
def test_a_reader_refuses_everything_but_the_exact_form(changes: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        read_change(_body(**changes), b"")


def test_a_newer_format_is_told_apart_from_damage() -> None:
    with pytest.raises(NewerVersion):
        read_change(_body(format=2), b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a":1,"a":1}',
        b'{ "a":1}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0041"}',
        b"[" * 100_000 + b"]" * 100_000,
        b"[[[[[[[[[1]]]]]]]]]",
        b'"' + b"a" * canonical.MAX_BYTES + b'"',
    ],
)
def test_only_canonical_json_is_read(data: bytes) -> None:
    with pytest.raises(BadInput):
        canonical.decode(data)


def test_a_log_of_no_known_kind_is_refused() -> None:
    with pytest.raises(BadInput):
        new_log(ANA, kind="persons")


def test_a_log_begins_with_its_first_change() -> None:
    log = new_log(ANA)
    with pytest.raises(BadInput):
        Log(ANA.write(log, ITEM, note="x"))


def test_a_value_of_another_field_is_not_replaced_though_the_field_has_one() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, note="x")
    other = ANA.write(log, ITEM, result="met")
    with pytest.raises(BadInput):
        log.add(ANA.change(log, [Edit(ITEM, "note", "y", (other.id,))]))
