"""Undo appends the inverse of one's own last gesture; redo is the undo of the undo."""

import pytest

from inspector_app import conflicts, undo
from inspector_app.errors import NotAllowed
from inspector_app.log import Log
from tests.making import Person, copy_of, exchange, new_log

ANA, BEN = Person("ana"), Person("ben")
ITEM = "answer:j-70"


def _back(log: Log, person: Person) -> None:
    step = undo.undo_step(log, person.key)
    assert step
    log.add(person.change(log, undo.inverse(log, person.key, step), gesture=step.inverse))


def _again(log: Log, person: Person) -> None:
    step = undo.redo_step(log, person.key)
    assert step
    log.add(person.change(log, undo.inverse(log, person.key, step), gesture=step.inverse))


def test_two_hundred_steps_go_back_and_forth() -> None:
    log = new_log(ANA)
    states = [log.digest()]
    for number in range(200):
        ANA.write(log, ITEM, note=f"note {number}", result="met" if number % 3 else "not-met")
        states.append(log.digest())
    for expected in reversed(states[:-1]):
        _back(log, ANA)
        assert log.digest() == expected
    assert undo.undo_step(log, ANA.key) is None
    for expected in states[1:]:
        _again(log, ANA)
        assert log.digest() == expected
    assert undo.redo_step(log, ANA.key) is None


def test_a_new_gesture_ends_what_could_be_redone() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, note="one")
    _back(log, ANA)
    ANA.write(log, ITEM, note="two")
    assert undo.redo_step(log, ANA.key) is None
    _back(log, ANA)
    assert log.fields(ITEM) == {}


def test_undo_works_from_the_log_alone_after_a_restart() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, note="one")
    ANA.write(log, ITEM, note="two")
    log = copy_of(log)
    _back(log, ANA)
    assert log.fields(ITEM) == {"note": "one"}


def test_a_batch_of_changes_with_one_gesture_is_one_step() -> None:
    log = new_log(ANA)
    for number in range(3):
        change = ANA.change(log, log.setting(f"answer:j-0{number}", {"result": "met"}), gesture="g")
        log.add(change)
    _back(log, ANA)
    assert log.records("answer") == []


def test_undo_of_a_removal_brings_the_record_back() -> None:
    log = new_log(ANA)
    ANA.write(log, "photo:a", caption="door", alt="a door")
    log.add(ANA.change(log, log.removing("photo:a")))
    _back(log, ANA)
    assert log.fields("photo:a") == {"caption": "door", "alt": "a door"}


def test_undo_is_refused_where_somebody_replaced_the_value() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, note="mine")
    BEN.write(log, ITEM, note="changed by Ben")
    step = undo.undo_step(log, ANA.key)
    assert step
    with pytest.raises(NotAllowed, match="somebody has since changed"):
        undo.inverse(log, ANA.key, step)
    assert log.fields(ITEM) == {"note": "changed by Ben"}


def test_undo_is_refused_while_the_field_is_in_dispute() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    ANA.write(log, ITEM, note="mine")
    BEN.write(other, ITEM, note="theirs")
    exchange(log, other)
    step = undo.undo_step(log, ANA.key)
    assert step
    with pytest.raises(NotAllowed):
        undo.inverse(log, ANA.key, step)


def test_a_decided_conflict_is_not_undone_but_decided_again() -> None:
    log = new_log(ANA)
    other = copy_of(log)
    ANA.write(log, ITEM, note="mine")
    BEN.write(other, ITEM, note="theirs")
    exchange(log, other)
    [conflict] = conflicts.conflicts(log)
    edits = conflicts.choosing(log, ITEM, conflict.alternatives[0].changes[0])
    log.add(ANA.change(log, edits))
    step = undo.undo_step(log, ANA.key)
    assert step
    with pytest.raises(NotAllowed, match="Decide it again"):
        undo.inverse(log, ANA.key, step)


def test_one_undoes_only_ones_own() -> None:
    log = new_log(ANA)
    ANA.write(log, ITEM, note="mine")
    assert undo.undo_step(log, BEN.key) is None
