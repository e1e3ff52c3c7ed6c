"""A lost laptop, a stolen key, a copied workspace, a wrong clock: what a merge then takes."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.admission import REVOKED, Revoked, admit
from inspector_app.change import Change
from inspector_app.cli import showing
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.identity import read_card
from inspector_app.log import Log
from inspector_app.workspace import Workspace, contact, people
from inspector_app.workspace.parcels import FarOff
from inspector_app.workspace.revoking import admit_by_hand, with_below
from tests.harness import count
from tests.making import Person, copy_of, new_log
from tests.test_workspace import PASSPHRASE, _start

WHY = "the laptop was stolen"
_SOME = settings(max_examples=count(25, 500))


@dataclass
class Team:
    """Ana's inspection; Rita, a reviewer, has it too."""

    root: Path
    ana: Workspace
    rita: Workspace
    id: str
    sent: int = 0

    def send(self, sender: Workspace, to: Workspace) -> Path:
        self.sent += 1
        out = self.root / f"{self.sent}.inspection"
        sender.bundle([self.id], out, to=[read_card(to.card())])
        return out

    def note(self, workspace: Workspace, item: str) -> object:
        return workspace.inspection(self.id).log.value(f"answer:{item}", "note")


def _write(workspace: Workspace, id: str, item: str, note: str) -> str:
    workspace.put(id, f"answer:{item}", result="met", note=note)
    return list(workspace.inspection(id).log.changes)[-1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, tuple[str, str]]:
    """Folders that each test copies, and the keys that open them without guessing rounds."""
    root = tmp_path_factory.mktemp("team")
    ana, one = Workspace.create(root / "a", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    rita, two = Workspace.create(root / "r", "R. Placeholder", "opr-reviewer", "Unit", PASSPHRASE)
    ana.accept(rita.card())
    rita.accept(ana.card())
    team = Team(root, ana, rita, _start(ana))
    _write(ana, team.id, "j-82", "held before")
    rita.merge(team.send(ana, rita))
    ana.close()
    rita.close()
    return root, team.id, (one, two)


@pytest.fixture
def team(made: tuple[Path, str, tuple[str, str]], tmp_path: Path) -> Iterator[Team]:
    root, id, (one, two) = made
    for name in "ar":
        shutil.copytree(root / name, tmp_path / name)
    ana = Workspace.open(tmp_path / "a", recovery_key=one)
    rita = Workspace.open(tmp_path / "r", recovery_key=two)
    yield Team(tmp_path, ana, rita, id)
    ana.close()
    rita.close()


def test_what_is_held_stays_and_what_comes_after_is_listed_and_left(team: Team) -> None:
    person = team.rita.revoke(team.ana.key, f" {WHY} ")
    assert (person.revoked, person.reason) == (True, WHY)
    late = _write(team.ana, team.id, "j-83", "from the stolen laptop")
    bundle, before = team.send(team.ana, team.rita), team.rita.digest()
    preview = team.rita.preview(bundle)
    assert preview.revoked and not preview.accepted and preview.new == 0
    assert [log.refused for log in preview.logs] == [{late: REVOKED}]
    assert [[c.id for c in log.left] for log in preview.logs] == [[late]]
    merged = team.rita.merge(bundle)
    assert (merged.new, merged.refused) == (0, 1)
    assert team.rita.digest() == before and team.note(team.rita, "j-82") == "held before"
    assert team.rita.person(team.ana.key) == "Ana Sample"  # what stands keeps its author's name


def test_what_stood_comes_back_with_a_bundle_but_nothing_above_it(team: Team) -> None:
    log = team.rita.inspection(team.id).log
    [head] = log.heads()[team.ana.key]
    team.rita.revoke(team.ana.key, WHY)
    late = _write(team.ana, team.id, "j-83", "later")
    everything = list(team.ana.inspection(team.id).log.changes.values())
    ended = Revoked(frozenset({team.ana.key}), frozenset({head}))
    found = admit(team.id, everything, None, {team.rita.key}, ended)
    assert {c.id for c in found.taken} == set(log.changes) and set(found.refused) == {late}


def test_a_revoked_key_gets_nothing_and_is_not_accepted_again_under_another_card(
    team: Team,
) -> None:
    from inspector_app.identity import make_card

    team.rita.revoke(team.ana.key, WHY)
    other = make_card(team.ana.desk.keys, "Marcus Example", "opr-reviewer", "Elsewhere")
    for card in (team.ana.card(), other):
        with pytest.raises(NotAllowed, match="revoked"):
            team.rita.accept(card)
    with pytest.raises(NotAllowed, match="gets no bundle"):
        team.rita.bundle([team.id], team.root / "no", to=[read_card(team.ana.card())])
    assert not (team.root / "no").exists()


@pytest.mark.parametrize(
    ("whose", "reason", "kind"),
    [("ana", "  ", BadInput), ("nobody", WHY, BadInput), ("rita", WHY, NotAllowed)],
)
def test_revoking_asks_for_a_reason_and_a_card_that_was_accepted(
    team: Team, whose: str, reason: str, kind: type[Exception]
) -> None:
    keys = {"ana": team.ana.key, "rita": team.rita.key}
    with pytest.raises(kind):
        team.rita.revoke(keys.get(whose, "00" * 32), reason)
    assert [p.card.name for p in team.rita.contacts()] == ["Ana Sample"]


def test_a_reviewer_admits_what_he_names_and_no_more(team: Team) -> None:
    team.rita.revoke(team.ana.key, WHY)
    first = _write(team.ana, team.id, "j-83", "on the evening before")
    second = _write(team.ana, team.id, "j-84", "who knows")
    bundle = team.send(team.ana, team.rita)
    with pytest.raises(BadInput) as told:
        team.rita.admit(bundle, [second], "by telephone", None)
    assert list(told.value.details) == [first]
    for changes, reason in (([first], " "), (["00" * 32], "by telephone"), ([], "by telephone")):
        with pytest.raises(BadInput):
            team.rita.admit(bundle, changes, reason, None)
    assert team.rita.preview(bundle).new == 0
    assert team.rita.admit(bundle, [first], "by telephone", None) == 1
    merged = team.rita.merge(bundle)
    assert (merged.new, merged.refused) == (1, 1)
    assert team.note(team.rita, "j-83") == "on the evening before"
    assert team.note(team.rita, "j-84") is None


def test_what_a_colleague_wrote_between_two_of_them_needs_no_admitting(team: Team) -> None:
    team.rita.revoke(team.ana.key, WHY)
    log, ben = team.ana.inspection(team.id).log, Person("ben")
    first = _write(team.ana, team.id, "j-83", "one")
    between = ben.change(log, log.setting("answer:j-83", {"note": "two"}))
    team.ana.desk.store.append([between])
    team.ana.desk.take_in(log.id, [between])
    second = _write(team.ana, team.id, "j-83", "three")
    refused = {id: log.changes[id] for id in (first, between.id, second)}
    desk = team.rita.desk
    with pytest.raises(BadInput) as told:
        admit_by_hand(desk, refused, [second], "by telephone")
    assert list(told.value.details) == [first]
    assert admit_by_hand(desk, refused, [first, second], "by telephone") == 2
    assert with_below([between.id], refused, people.revoked_keys(desk)) == [first]


def test_an_inspector_admits_nothing(team: Team) -> None:
    team.ana.revoke(team.rita.key, WHY)
    late = _write(team.rita, team.id, "j-83", "later")
    with pytest.raises(NotAllowed):
        team.ana.admit(team.send(team.rita, team.ana), [late], "by telephone", None)


def test_a_new_card_takes_the_place_of_the_old_in_one_act(team: Team) -> None:
    new, _ = Workspace.create(team.root / "n", "Ana Sample", "opr-reviewer", "Unit", PASSPHRASE)
    before = len(team.rita.desk.own.changes)
    person = team.rita.replace(team.ana.key, new.card(), WHY)
    assert person.role == "opr-inspector"  # what was granted, not what the new card states
    assert len(team.rita.desk.own.changes) == before + 1
    assert [p.card.signing for p in team.rita.contacts()] == [new.key]
    [old] = [p for p in people.known(team.rita.desk) if p.revoked]
    assert (old.card.signing, old.successor) == (team.ana.key, person.card.fingerprint)
    new.close()


def test_replacing_a_key_by_itself_or_without_a_reason_changes_nothing(team: Team) -> None:
    before = team.rita.desk.own.digest()
    with pytest.raises(BadInput, match="same key"):
        team.rita.replace(team.ana.key, team.ana.card(), WHY)
    assert team.rita.desk.own.digest() == before


def test_a_copied_workspace_is_noticed_once_kept_whole_and_signs_nothing(
    team: Team, made: tuple[Path, str, tuple[str, str]]
) -> None:
    shutil.copytree(team.root / "a", team.root / "copy")
    copy = Workspace.open(team.root / "copy", recovery_key=made[2][0])
    _write(team.ana, team.id, "j-83", "on the laptop")
    _write(copy, team.id, "j-84", "on the copy")
    assert team.rita.merge(team.send(team.ana, team.rita)).copied == ()
    other = team.send(copy, team.rita)
    copy.close()
    preview = team.rita.preview(other)
    assert [log.copied for log in preview.logs] == [(team.ana.key,)]
    told = {"by": "Ana Sample", "key": team.ana.key}
    assert showing.shown_preview(team.rita, preview)["logs"][0]["copied"] == [told]
    assert team.rita.merge(other).copied == (team.ana.key,)
    assert team.rita.merge(other).copied == ()
    log = team.rita.inspection(team.id).log
    assert contact.copied(log) == [team.ana.key] and len(log.heads()[team.ana.key]) == 2
    assert team.note(team.rita, "j-83") and team.note(team.rita, "j-84")
    assert showing.shown_inspection(team.rita, team.id)["copied"] == [told]
    team.ana.merge(team.send(team.rita, team.ana))
    with pytest.raises(NotAllowed, match="two copies"):
        team.ana.sign_off(team.id, "report")
    team.rita.revoke(team.ana.key, "copied")
    own = team.rita.desk.own
    [record] = own.records("contact")
    assert set(str(own.value(record, f"heads.{team.id}")).split()) == log.heads()[team.ana.key]


# -- clocks --------------------------------------------------------------------------------------


@_SOME
@given(ahead=st.integers(-600, 100_000), later=st.integers(-100_000, 600))
def test_a_clock_is_flagged_where_its_time_cannot_be_and_nowhere_else(
    ahead: int, later: int
) -> None:
    start = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    ana, ben = Person("ana", start), Person("ben", start)
    log = new_log(ana)
    arrived = start + timedelta(days=2)
    ana.clock = arrived + timedelta(seconds=ahead - 1)
    first = ana.write(log, "answer:x", note="one")
    ben.clock = min(ana.clock, arrived) + timedelta(seconds=later - 1)
    second = ben.write(log, "answer:x", note="two")
    came = str(arrived.isoformat()) + "[UTC]"
    found = {one.change: one for one in contact.in_log(log, dict.fromkeys(log.changes, came))}
    assert (first.id in found) == (ahead > 600)
    assert (second.id in found) == (later < -600)
    for one in found.values():
        assert (one.claimed, one.received) == (log.changes[one.change].at, came)
        assert one.seconds == (ahead if one.change == first.id else later)


def test_of_each_author_the_worst_is_told() -> None:
    def off(author: str, seconds: int) -> FarOff:
        return FarOff(author, "c", "", "", seconds)

    found = contact.worst([off("a", 700), off("a", 9000), off("a", -800), off("b", 700)])
    assert [(one.author, one.seconds) for one in found] == [("a", -800), ("a", 9000), ("b", 700)]


# -- any history ---------------------------------------------------------------------------------


def _history(turns: list[tuple[bool, int]]) -> tuple[Log, Person, Person]:
    """Two people who answer four items, each seeing all that was written before."""
    ana, ben = Person("ana"), Person("ben")
    log = new_log(ana)
    for number, (is_ana, item) in enumerate(turns):
        (ana if is_ana else ben).write(log, f"answer:{item}", note=str(number))
    return log, ana, ben


@_SOME
@given(
    turns=st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12),
    held=st.integers(1, 12),
    order=st.randoms(use_true_random=False),
)
def test_a_revocation_takes_nothing_away_and_lets_nothing_later_in(
    turns: list[tuple[bool, int]], held: int, order: random.Random
) -> None:
    log, ana, ben = _history(turns)
    changes = list(log.changes.values())
    here = copy_of(_first(changes, held))
    heads = frozenset(here.heads().get(ana.key, ()))
    ended = Revoked(frozenset({ana.key}), heads)
    order.shuffle(changes)
    for start in (here, None):
        found = admit(log.id, changes, start, {ben.key}, ended)
        kept = {c.id: c for c in found.taken} | (here.changes if start else {})
        late = {c.id for c in changes if c.author == ana.key} - here.changes.keys()
        assert not late & kept.keys()
        assert set(here.changes) <= kept.keys()
        assert {i for i, why in found.refused.items() if why == REVOKED} == late
        assert found.left.keys() == found.refused.keys()
        assert set(found.refused) == _above(changes, late)


def _first(changes: list[Change], number: int) -> Log:
    log = Log(changes[0])
    for change in changes[1:number]:
        log.add(change)
    return log


def _above(changes: list[Change], refused: set[str]) -> set[str]:
    """The changes named and all that build on them."""
    found = set(refused)
    for _ in changes:
        for change in changes:
            parents = {id for edit in change.edits for id in edit.replaces} | {change.previous}
            if parents & found:
                found.add(change.id)
    return found


@_SOME
@given(turns=st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=1, max_size=10))
def test_what_is_admitted_with_what_lies_below_comes_in(turns: list[tuple[bool, int]]) -> None:
    log, ana, ben = _history(turns)
    changes = list(log.changes.values())
    here = _first(changes, 1)
    ended = Revoked(frozenset({ana.key}), frozenset({log.id}))
    left = admit(log.id, changes, here, {ben.key}, ended).left
    if left:
        chosen = with_below([list(left)[-1]], left, {ana.key})
        by_hand = Revoked(ended.keys, ended.heads, frozenset(chosen))
        found = admit(log.id, changes, here, {ben.key}, by_hand)
        assert {*chosen, list(left)[-1]} <= {c.id for c in found.taken}
        unnamed = {c.id for c in changes[1:] if c.author == ana.key} - set(chosen)
        assert unnamed <= found.refused.keys()
