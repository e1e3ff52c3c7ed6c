"""An import is taken back field by field; what somebody wrote since is left; it can be restored."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.identity import read_card
from inspector_app.log import Log
from inspector_app.workspace import Workspace
from inspector_app.workspace.undo_import import (
    FOUNDED,
    PERSONAL,
    SEVERAL,
    SINCE,
    imports,
    preview_undo,
    undo_import,
)
from tests.test_workspace import _start
from tests.two_people import acquainted


@dataclass
class Pair:
    """Ana's inspection, which Marcus merged; bundles go both ways."""

    ana: Workspace
    marcus: Workspace
    id: str
    root: Path
    sent: int = 0

    def send(self, sender: Workspace, to: Workspace) -> str:
        """Hand over and merge; the import's name."""
        self.sent += 1
        out = self.root / f"{self.sent}.inspection"
        sender.bundle([self.id], out, to=[read_card(to.card())])
        return to.merge(out).file

    def said(self, workspace: Workspace, item: str) -> list[object]:
        log: Log = workspace.inspection(self.id).log
        return [log.distinct(f"answer:{item}", name) for name in ("result", "note")]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    ana, marcus = acquainted(tmp_path)
    pair = Pair(ana, marcus, _start(ana), tmp_path)
    ana.put(pair.id, "answer:j-70", result="met", note="hangs")
    pair.send(ana, marcus)
    yield pair
    ana.close()
    marcus.close()


def test_every_field_has_its_earlier_value_again(pair: Pair) -> None:
    before = pair.ana.digest()
    pair.marcus.put(pair.id, "answer:j-70", result="not-met", note="gone")
    pair.marcus.put(pair.id, "answer:j-82", result="met")
    seen = pair.marcus.new(pair.id, "observation", text="an open door").record
    file = pair.send(pair.marcus, pair.ana)
    assert pair.ana.digest() != before
    assert [each.file for each in imports(pair.ana)] == [file]
    assert imports(pair.ana)[0].sender == "Marcus Example"
    changes = len(pair.ana.desk.log(pair.id).changes)
    [taken] = undo_import(pair.ana, file)
    assert pair.ana.digest() == before
    assert (taken.by, taken.left) == (("Marcus Example",), ())
    log = pair.ana.desk.log(pair.id)
    assert len(log.changes) == changes + 1  # one change, and nothing left the history
    assert log.changes[str(taken.change)].author == pair.ana.key
    assert "Marcus Example" in log.changes[str(taken.change)].label
    assert not log.in_view(seen)
    with pytest.raises(NotAllowed, match="nothing of this import"):
        undo_import(pair.ana, file)


def test_fields_written_since_are_left_and_listed(pair: Pair) -> None:
    pair.marcus.put(pair.id, "answer:j-70", result="not-met", note="gone")
    file = pair.send(pair.marcus, pair.ana)
    pair.ana.put(pair.id, "answer:j-70", note="gone, as Marcus says")
    [planned] = preview_undo(pair.ana, file)
    [taken] = undo_import(pair.ana, file)
    assert (planned.edits, planned.left) == (taken.edits, taken.left)
    assert [(left.field, left.why) for left in taken.left] == [("note", SINCE)]
    assert pair.said(pair.ana, "j-70") == [["met"], ["gone, as Marcus says"]]


def test_a_conflict_that_the_import_made_ends_with_what_was_there(pair: Pair) -> None:
    pair.ana.put(pair.id, "answer:j-82", result="met")
    pair.marcus.put(pair.id, "answer:j-82", result="not-met")
    file = pair.send(pair.marcus, pair.ana)
    assert pair.ana.inspection(pair.id).conflicts()
    undo_import(pair.ana, file)
    assert not pair.ana.inspection(pair.id).conflicts()
    assert pair.said(pair.ana, "j-82")[0] == ["met"]
    pair.ana.undo(pair.id)
    assert pair.ana.inspection(pair.id).conflicts()
    assert pair.said(pair.ana, "j-82")[0] == ["met", "not-met"]


def test_a_conflict_that_the_import_decided_is_left(pair: Pair) -> None:
    pair.ana.put(pair.id, "answer:j-82", result="met")
    pair.marcus.put(pair.id, "answer:j-82", result="not-met")
    pair.send(pair.ana, pair.marcus)
    pair.send(pair.marcus, pair.ana)
    pair.marcus.decide(pair.id, "answer:j-82", values={"result": "not-met"})
    pair.marcus.put(pair.id, "answer:j-83", result="met")
    file = pair.send(pair.marcus, pair.ana)
    [taken] = undo_import(pair.ana, file)
    assert {left.why for left in taken.left} == {SEVERAL}
    assert pair.said(pair.ana, "j-82")[0] == ["not-met"]
    assert pair.said(pair.ana, "j-83")[0] == [None]


def test_a_conflict_that_the_import_left_as_it_was_stays_one(pair: Pair) -> None:
    pair.ana.put(pair.id, "answer:j-82", result="met")
    pair.marcus.put(pair.id, "answer:j-82", result="not-met")
    pair.send(pair.marcus, pair.ana)
    pair.marcus.put(pair.id, "answer:j-82", result="not-applicable")
    pair.marcus.put(pair.id, "answer:j-82", result="not-met")
    pair.marcus.put(pair.id, "answer:j-83", result="met")
    file = pair.send(pair.marcus, pair.ana)
    undo_import(pair.ana, file)
    assert pair.said(pair.ana, "j-82")[0] == ["met", "not-met"]
    assert pair.said(pair.ana, "j-83")[0] == [None]


def test_a_removal_is_taken_back_too(pair: Pair) -> None:
    seen = pair.ana.new(pair.id, "observation", text="an open door").record
    pair.send(pair.ana, pair.marcus)
    pair.marcus.remove(pair.id, seen)
    file = pair.send(pair.marcus, pair.ana)
    assert not pair.ana.inspection(pair.id).log.in_view(seen)
    undo_import(pair.ana, file)
    log = pair.ana.inspection(pair.id).log
    assert (log.value(seen, "text"), log.is_removed(seen)) == ("an open door", False)
    assert not pair.ana.inspection(pair.id).conflicts()


def test_it_travels_and_is_restored_with_one_action(pair: Pair) -> None:
    pair.marcus.put(pair.id, "answer:j-70", result="not-met", note="gone")
    pair.marcus.put(pair.id, "answer:j-82", result="met")
    file = pair.send(pair.marcus, pair.ana)
    theirs = pair.ana.digest()
    undo_import(pair.ana, file)
    back = pair.send(pair.ana, pair.marcus)
    assert pair.marcus.digest() == pair.ana.digest() != theirs
    undo_import(pair.marcus, back)  # Marcus stands by what he wrote
    assert pair.marcus.digest() == theirs
    pair.ana.undo(pair.id)  # and so might Ana herself, in one step
    assert pair.ana.digest() == theirs


def test_signatures_of_others_stay_theirs_and_signed_parts_need_a_reason(pair: Pair) -> None:
    pair.marcus.put(pair.id, "answer:j-70", note="gone")
    section = next(
        s.id for s in pair.ana.inspection(pair.id).form.sections for i in s.items if i.id == "j-70"
    )
    pair.marcus.sign_off(pair.id, f"section:{section}")
    file = pair.send(pair.marcus, pair.ana)
    with pytest.raises(NotAllowed, match="signed"):
        undo_import(pair.ana, file)
    assert pair.said(pair.ana, "j-70")[1] == ["gone"]
    [taken] = undo_import(pair.ana, file, amends="the wrong bundle")
    assert {left.why for left in taken.left} == {PERSONAL}
    change = pair.ana.desk.log(pair.id).changes[str(taken.change)]
    assert change.label == "amendment: the wrong bundle"
    assert pair.said(pair.ana, "j-70")[1] == ["hangs"]


def test_an_inspection_that_came_whole_is_not_taken_back(pair: Pair) -> None:
    [came] = imports(pair.marcus)
    [planned] = preview_undo(pair.marcus, came.file)
    assert [left.why for left in planned.left] == [FOUNDED] and not planned.edits
    with pytest.raises(NotAllowed):
        undo_import(pair.marcus, came.file)


def test_an_unknown_import_is_named_as_such(pair: Pair) -> None:
    for file in ("", "abc", "0" * 64):
        with pytest.raises(BadInput, match="No import"):
            preview_undo(pair.ana, file)


def test_a_large_import_is_one_step_of_undo(pair: Pair) -> None:
    for number in range(4):
        pair.marcus.put(pair.id, f"observation:{number}", text="door " * 70_000)
    before = pair.ana.digest()
    file = pair.send(pair.marcus, pair.ana)
    merged = pair.ana.digest()
    undo_import(pair.ana, file)
    assert pair.ana.digest() == before
    back = pair.send(pair.ana, pair.marcus)
    undo_import(pair.marcus, back)  # gives back 1.4 MB: more than one change holds
    assert pair.marcus.digest() == merged
    pair.marcus.undo(pair.id)
    assert pair.marcus.digest() == before
