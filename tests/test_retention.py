"""Under legal hold nothing of an inspection is destroyed here; the hold travels with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.workspace import Workspace, names, retention
from inspector_app.workspace.backup import back_up
from inspector_app.workspace.removing import remove
from tests.test_workspace import _start
from tests.two_people import acquainted, hand_over

Pair = tuple[Workspace, Workspace, str]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Ana's inspection, which Marcus has too."""
    ana, other = acquainted(tmp_path)
    id = _start(ana)
    hand_over(ana, other, id, tmp_path / "first")
    yield ana, other, id
    ana.close()
    other.close()


def test_removal_is_refused_under_hold_and_says_so(pair: Pair, tmp_path: Path) -> None:
    ana, _, id = pair
    retention.hold(ana, id, "Specimen v. Placeholder")
    back_up(ana, tmp_path / "stick")
    with pytest.raises(NotAllowed, match=r"legal hold.*Nothing was removed"):
        remove(ana, id)
    assert ana.inspection_ids() == [id]
    retention.release(ana, id, "released by counsel")
    back_up(ana, tmp_path / "stick")
    assert remove(ana, id).inspection == id


def test_the_key_of_names_is_not_destroyed_under_hold(pair: Pair) -> None:
    ana, _, id = pair
    role = ana.inspection(id).form.interview_roles[0].id
    talk = ana.new(id, "interview", role=role).record
    names.put_name(ana, id, talk, "R. Placeholder")
    retention.hold(ana, id, "a request for records")
    with pytest.raises(NotAllowed, match="Nothing was destroyed"):
        names.destroy(ana, id)
    assert names.name_of(ana, id, talk).text == "R. Placeholder"


def test_a_hold_travels_and_one_in_dispute_holds(pair: Pair, tmp_path: Path) -> None:
    ana, other, id = pair
    retention.hold(ana, id, "a request for records")
    hand_over(ana, other, id, tmp_path / "second")
    assert retention.is_held(other.desk.log(id))
    retention.release(ana, id, "released")
    retention.hold(other, id, "another matter")
    retention.release(other, id, "over")
    retention.hold(other, id, "yet another")
    hand_over(other, ana, id, tmp_path / "third")
    assert retention.is_held(ana.desk.log(id))


def test_what_is_said_of_keeping_leaves_signatures_alone(pair: Pair) -> None:
    ana, _, id = pair
    ana.sign_off(id, "report")
    digest, signed = ana.inspection(id).part_digest("report"), ana.inspection(id).signed("report")
    retention.set_class(ana, id, "six years after the report")
    retention.hold(ana, id, "a request for records")
    assert ana.inspection(id).part_digest("report") == digest
    assert signed and ana.inspection(id).signed("report") == signed
    assert retention.class_of(ana.desk.log(id)) == "six years after the report"


def test_no_class_means_do_not_destroy_and_reasons_are_asked_for(pair: Pair) -> None:
    ana, _, id = pair
    assert retention.class_of(ana.desk.log(id)) == "do not destroy"
    for verb in (retention.hold, retention.release):
        with pytest.raises(BadInput, match="reason"):
            verb(ana, id, "  ")
    assert not retention.is_held(ana.desk.log(id))
