"""Both sides are kept and shown until a named person decides; deletion never wins in silence."""

from itertools import combinations_with_replacement

import pytest

from inspector_app.conflicts import choosing, conflict_on, conflicts, deciding
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.inspection.reviewing import lapses, state_of
from inspector_app.log import Log
from tests.making import Person, copy_of, exchange, new_log
from tests.reports.inspections import HAMILTON, small_form

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


# -- edit, delete, sign-off by one, and the same by another, apart from each other ---------------

RECORDS = {"observation:o": "text", "finding:f": "title"}
NOW = "2026-03-12T16:00:00-04:00[America/Indiana/Indianapolis]"
ACTS = ("edit", "edit alike", "delete", "sign", "edit, sign", "delete, sign", "edit, delete", "")


def _does(person: Person, inspection: Inspection, record: str, acts: str) -> None:
    """One person's acts, each knowing that it alters what is signed."""
    for act in acts.split(", "):
        edits = {
            "edit": lambda: inspection.setting(record, {RECORDS[record]: person.name}, amends=True),
            "edit alike": lambda: inspection.setting(record, {RECORDS[record]: "x"}, amends=True),
            "delete": lambda: inspection.removing(record, amends=True),
            "sign": lambda: inspection.signing(person.key, "report", "opr-inspector", NOW),
        }
        if act:
            inspection.apply(person.change(inspection.log, edits[act]()))


def _after(record: str, ana: str, ben: str, signed: bool) -> list[Inspection]:
    """What both hold after they met, each having done his acts without seeing the other's."""
    log = new_log(ANA, purpose="inspection", practice=True, agency=dict(HAMILTON))
    first = Inspection(log, small_form())
    first.apply(ANA.change(first.log, first.setting(record, {RECORDS[record]: "first"})))
    if signed:
        _does(CAL, first, record, "sign")
    here, there = (Inspection(copy_of(first.log), small_form()) for _ in range(2))
    _does(ANA, here, record, ana)
    _does(BEN, there, record, ben)
    logs = [copy_of(here.log), copy_of(there.log)]
    exchange(*logs)
    return [Inspection(log, small_form()) for log in logs]


def _left(acts: str, name: str) -> str | None:
    """What a person's own acts leave in the field; None when he removed it."""
    said: str | None = "first"
    for act in acts.split(", "):
        said = {"edit": name, "edit alike": "x", "delete": None}.get(act, said)
    return said


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize(("ana", "ben"), [*combinations_with_replacement(ACTS, 2)])
def test_r6_nothing_vanishes_whatever_two_people_do_apart(record: str, ana: str, ben: str) -> None:
    for signed in (False, True):
        here, there = _after(record, ana, ben, signed)
        assert here.log.digest() == there.log.digest()
        wrote = {said for said in (_left(ana, "ana"), _left(ben, "ben")) if said != "first"}
        expected = wrote or {"first"}  # who did not touch it takes what the other says
        found = set(here.log.distinct(record, RECORDS[record]) or [None])
        assert found == expected
        assert bool(here.conflicts()) == bool(there.conflicts()) == (len(expected) > 1)
        assert here.log.in_view(record) == (expected != {None})
        _assert_signed_as_it_stands(here, expected, signed, (ana, ben))


def _assert_signed_as_it_stands(
    inspection: Inspection,
    expected: set[str | None],
    signed: bool,
    acts: tuple[str, str],
) -> None:
    """A signature holds while the part is what was signed, and never beside a conflict."""
    read = {"ana": _left(acts[0], "ana"), "ben": _left(acts[1], "ben")}
    stood = {read[name] for name, did in zip(read, acts, strict=True) if "sign" in did}
    stood |= {"first"} if signed else set()
    holds = len(expected) == 1 and bool(stood & expected)
    want = (
        "conflict" if len(expected) > 1 else "signed" if holds else "lapsed" if stood else "draft"
    )
    assert state_of(inspection, "report") == want
    if want == "lapsed":
        assert lapses(inspection, "report")
