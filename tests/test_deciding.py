"""Many conflicts are ended at once for one kind, and sentences of both may stand together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.workspace import Workspace, deciding
from tests.test_workspace import _start
from tests.two_people import acquainted, hand_over

Pair = tuple[Workspace, Workspace, str]
ITEMS = ("j-70", "j-82", "j-83")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two who answered the same three items and described the visit, each in his own way."""
    ana, other = acquainted(tmp_path)
    id = _start(ana)
    ana.put(id, "answer:j-70", note="as it was")
    hand_over(ana, other, id, tmp_path / "1")
    for one, word in ((ana, "mine"), (other, "theirs")):
        for item in ITEMS:
            one.put(id, f"answer:{item}", note=f"{word} {item}")
        one.put(id, "visit:self", limits=f"{word} of the visit")
    hand_over(other, ana, id, tmp_path / "2")
    yield ana, other, id
    ana.close()
    other.close()


def test_all_of_a_kind_are_decided_in_one_step_and_others_stay(pair: Pair) -> None:
    ana, other, id = pair
    before = len(ana.desk.log(id).changes)
    assert len(deciding.of_kind(ana.inspection(id).conflicts(), "answer", other.key)) == 3
    assert deciding.keep_all(ana, id, "answer", other.key) == 3
    assert len(ana.desk.log(id).changes) == before + 1
    assert [ana.inspection(id).answer(i).note for i in ITEMS] == [f"theirs {i}" for i in ITEMS]
    assert [c.record for c in ana.inspection(id).conflicts()] == ["visit:self"]
    assert deciding.keep_all(ana, id, "answer", other.key) == 0


def test_sentences_of_both_may_stand(pair: Pair) -> None:
    ana, _, id = pair
    deciding.keep_both(ana, id, "answer:j-82")
    note = ana.inspection(id).answer("j-82").note
    assert set(note.split("\n\n")) == {"mine j-82", "theirs j-82"}
    with pytest.raises(NotAllowed):
        deciding.keep_both(ana, id, "answer:j-82")


def test_what_is_no_sentence_needs_a_choice(pair: Pair, tmp_path: Path) -> None:
    ana, other, id = pair
    hand_over(ana, other, id, tmp_path / "3")
    deciding.keep_all(ana, id, "answer", ana.key)
    hand_over(ana, other, id, tmp_path / "4")
    for one, result in ((ana, "met"), (other, "not-met")):
        one.put(id, "answer:j-70", result=result)
    hand_over(other, ana, id, tmp_path / "5")
    with pytest.raises(BadInput, match="Only sentences"):
        deciding.keep_both(ana, id, "answer:j-70")
    assert ana.inspection(id).conflicts()


def test_what_was_there_before_is_told(pair: Pair) -> None:
    ana, _, id = pair
    found = {c.record: c for c in ana.inspection(id).conflicts()}
    log = ana.desk.log(id)
    assert deciding.before(log, found["answer:j-70"]) == {"note": "as it was"}
    assert deciding.before(log, found["answer:j-82"]) == {}
