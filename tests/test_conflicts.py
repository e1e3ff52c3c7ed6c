"""Both sides are kept and shown until a named person decides; deletion never wins in silence."""

import pytest

from inspector_app.conflicts import choosing, conflict_on, conflicts, deciding
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import Log
from tests.making import Person, copy_of, exchange, new_log

ANA, BEN, CAL = Person("ana"), Person("ben"), Person("cal")
PHOTO = "photo:a"


def _apart() -> tuple[Log, Log]:
    """Two logs of two people who both saw a photo's record with two fields."""
    log = new_log(ANA)
    ANA.write(log, PHOTO, caption="door", alt="a door")
    return log, copy_of(log)


def _removed_and_edited() -> Log:
    log, other = _apart()
    log.add(ANA.change(log, log.removing(PHOTO)))
    BEN.write(other, PHOTO, caption="north door")
    exchange(log, other)
    return log


def test_removed_by_one_and_edited_by_another_is_a_conflict_of_the_whole_record() -> None:
    log = _removed_and_edited()
    [conflict] = conflicts(log)
    assert {side.author: side.removes for side in conflict.alternatives} == {
        ANA.key: True,
        BEN.key: False,
    }


def test_keeping_the_edit_brings_back_what_the_removal_took() -> None:
    log = _removed_and_edited()
    [conflict] = conflicts(log)
    kept = next(side for side in conflict.alternatives if not side.removes)
    log.add(CAL.change(log, choosing(log, PHOTO, kept.changes[0])))
    assert log.fields(PHOTO) == {"caption": "north door", "alt": "a door"}
    assert conflicts(log) == [] and not log.is_removed(PHOTO)


def test_keeping_the_removal_takes_the_edit_away_too() -> None:
    log = _removed_and_edited()
    [conflict] = conflicts(log)
    gone = next(side for side in conflict.alternatives if side.removes)
    log.add(CAL.change(log, choosing(log, PHOTO, gone.changes[0])))
    assert not log.in_view(PHOTO)
    assert conflicts(log) == []


def test_a_new_field_written_beside_a_removal_is_a_conflict_too() -> None:
    log, other = _apart()
    log.add(ANA.change(log, log.removing(PHOTO)))
    BEN.write(other, PHOTO, area="lobby")
    exchange(log, other)
    assert log.in_view(PHOTO)
    assert conflict_on(log, PHOTO) is not None


def test_both_removing_is_agreement() -> None:
    log, other = _apart()
    log.add(ANA.change(log, log.removing(PHOTO)))
    other.add(BEN.change(other, other.removing(PHOTO)))
    exchange(log, other)
    assert conflicts(log) == [] and not log.in_view(PHOTO)


def test_the_fields_of_one_record_are_decided_together() -> None:
    log, other = _apart()
    ANA.write(log, PHOTO, caption="A", alt="A")
    BEN.write(other, PHOTO, caption="B", alt="B")
    exchange(log, other)
    with pytest.raises(BadInput, match="together"):
        deciding(log, PHOTO, {"caption": "A"})
    log.add(CAL.change(log, deciding(log, PHOTO, {"caption": "A", "alt": "B"})))
    assert log.fields(PHOTO) == {"caption": "A", "alt": "B"}


def test_one_side_is_what_one_person_wrote_in_several_changes() -> None:
    log, other = _apart()
    ANA.write(log, PHOTO, caption="A")
    ANA.write(log, PHOTO, alt="A")
    BEN.write(other, PHOTO, caption="B", alt="B")
    exchange(log, other)
    [conflict] = conflicts(log)
    assert [dict(side.values) for side in conflict.alternatives if side.author == ANA.key] == [
        {"alt": "A", "caption": "A"}
    ]


def test_two_decisions_apart_are_a_new_conflict() -> None:
    log, other = _apart()
    ANA.write(log, PHOTO, caption="A")
    BEN.write(other, PHOTO, caption="B")
    exchange(log, other)
    log.add(ANA.change(log, deciding(log, PHOTO, {"caption": "A"})))
    other.add(BEN.change(other, deciding(other, PHOTO, {"caption": "B"})))
    exchange(log, other)
    assert log.disputed(PHOTO) == ("caption",)
    assert log.state() == other.state()


def test_what_is_decided_already_cannot_be_decided() -> None:
    log, _ = _apart()
    with pytest.raises(NotAllowed):
        deciding(log, PHOTO, {"caption": "x"})
    with pytest.raises(NotAllowed):
        choosing(log, PHOTO, log.id)
