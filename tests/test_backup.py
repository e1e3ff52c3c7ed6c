"""A backup holds everything, is proven before it replaces another, and restores to the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app import identity
from inspector_app.errors import BadInput, StoreTrouble, WrongSecret
from inspector_app.identity import read_card
from inspector_app.workspace import Workspace, names
from inspector_app.workspace.backup import BUNDLE_FILE, back_up
from inspector_app.workspace.restoring import restore
from inspector_app.workspace.verifying import verify_workspace
from tests.test_workspace import PASSPHRASE, _start

NEW = "another passphrase for the new laptop"


@dataclass
class Case:
    """A workspace with an inspection, a colleague and a backup."""

    workspace: Workspace
    colleague: Workspace
    recovery: str
    id: str
    backup: Path


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made, recovery = Workspace.create(
        tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE
    )
    other, _ = Workspace.create(
        tmp_path / "o", "Marcus Example", "opr-inspector", "Unit", PASSPHRASE
    )
    made.accept(other.card())
    other.accept(made.card())
    id = _start(made)
    made.put(id, "answer:j-70", result="not-met", note="an open door")
    back_up(made, tmp_path / "stick")
    yield Case(made, other, recovery, id, tmp_path / "stick")
    made.close()
    other.close()


def _open(folder: Path, passphrase: str = PASSPHRASE) -> Workspace:
    return Workspace.open(folder, passphrase=passphrase)


def test_a_restored_workspace_says_the_same(case: Case, tmp_path: Path) -> None:
    restored = restore(case.backup, tmp_path / "new", passphrase=PASSPHRASE)
    assert restored.digest == case.workspace.digest()
    assert restored.predecessor == case.workspace.key != restored.key
    there = _open(tmp_path / "new")
    assert there.digest() == case.workspace.digest()
    assert list(there.desk.log(case.id).changes) == list(case.workspace.desk.log(case.id).changes)
    assert there.name == "Ana Sample" and there.person(case.workspace.key) == "Ana Sample"
    assert "Marcus Example" in [person.card.name for person in there.contacts()]
    assert not verify_workspace(there).not_checked
    there.close()


def test_the_printed_key_opens_it_and_sets_a_new_passphrase(case: Case, tmp_path: Path) -> None:
    with pytest.raises(WrongSecret):
        restore(case.backup, tmp_path / "no", passphrase=NEW)
    assert not (tmp_path / "no").exists()
    restore(case.backup, tmp_path / "new", passphrase=NEW, recovery_key=case.recovery)
    _open(tmp_path / "new", NEW).close()
    Workspace.open(tmp_path / "new", recovery_key=case.recovery).close()  # the paper stays good


def test_the_escrow_key_restores_too(case: Case, tmp_path: Path) -> None:
    escrow, public = identity.new_recovery_key()
    keys_file = case.workspace.folder / "keys.json"
    keys = case.workspace.desk.keys
    recovery = identity.recovery_public(keys_file.read_bytes(), keys)
    keys_file.write_bytes(identity.seal_keys(keys, PASSPHRASE, recovery, [public]))
    back_up(case.workspace, case.backup)
    restored = restore(case.backup, tmp_path / "new", passphrase=NEW, recovery_key=escrow)
    assert restored.digest == case.workspace.digest()


def test_the_old_key_signs_the_new_card_and_both_laptops_meet(case: Case, tmp_path: Path) -> None:
    restore(case.backup, tmp_path / "new", passphrase=PASSPHRASE)
    there = _open(tmp_path / "new")
    assert read_card(there.card()).predecessor == case.workspace.key
    case.colleague.accept(there.card())
    there.put(case.id, "answer:j-82", result="met")
    case.workspace.put(case.id, "answer:j-83", result="met")  # the lost one was found
    for sender in (there, case.workspace):
        out = tmp_path / f"{sender.key[:4]}.inspection"
        sender.bundle([case.id], out, to=[read_card(case.colleague.card())])
        case.colleague.merge(out)
    log = case.colleague.desk.log(case.id)
    assert {author: len(ids) for author, ids in log.heads().items()} == {
        there.key: 1,
        case.workspace.key: 1,
    }
    there.close()


def test_what_was_sealed_to_the_old_card_still_opens(case: Case, tmp_path: Path) -> None:
    sent = tmp_path / "sent.inspection"
    case.workspace.bundle([case.id], tmp_path / "a", to=[read_card(case.colleague.card())])
    case.colleague.merge(tmp_path / "a")
    case.colleague.put(case.id, "answer:j-82", result="met")
    case.colleague.bundle([case.id], sent, to=[read_card(case.workspace.card())])
    restore(case.backup, tmp_path / "new", passphrase=PASSPHRASE)
    there = _open(tmp_path / "new")
    assert there.merge(sent).new == 2
    assert there.digest() == case.colleague.digest()
    there.close()


def test_a_restored_workspace_is_backed_up_and_restored_again(case: Case, tmp_path: Path) -> None:
    restore(case.backup, tmp_path / "second", passphrase=PASSPHRASE)
    there = _open(tmp_path / "second")
    there.put(case.id, "answer:j-82", result="met")
    back_up(there, tmp_path / "stick two")
    restored = restore(tmp_path / "stick two", tmp_path / "third", passphrase=PASSPHRASE)
    assert (restored.digest, restored.predecessor) == (there.digest(), there.key)
    there.close()


def test_names_go_along_only_when_asked(case: Case, tmp_path: Path) -> None:
    role = case.workspace.inspection(case.id).form.interview_roles[0].id
    talk = case.workspace.new(case.id, "interview", role=role).record
    names.put_name(case.workspace, case.id, talk, "R. Placeholder")
    for with_names, state in ((False, "no-key"), (True, "here")):
        made = back_up(case.workspace, case.backup, with_names=with_names)
        assert made.names_left_out == (0 if with_names else 1)
        restore(case.backup, tmp_path / state, passphrase=PASSPHRASE)
        there = _open(tmp_path / state)
        assert names.name_of(there, case.id, talk).state == state
        there.close()


@pytest.mark.parametrize("place", [3, 700, -1, -5000])
def test_a_damaged_backup_restores_nothing(case: Case, tmp_path: Path, place: int) -> None:
    path = case.backup / BUNDLE_FILE
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises((BadInput, WrongSecret)):
        restore(case.backup, tmp_path / "new", passphrase=PASSPHRASE)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o", "stick", "w"]


def test_a_backup_that_does_not_read_back_leaves_the_older_one(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that gives back other bytes than it was given."""
    before = (case.backup / BUNDLE_FILE).read_bytes()
    case.workspace.put(case.id, "answer:j-82", result="met")
    monkeypatch.setattr("inspector_app.bundle._join", lambda target, *_: target.write_bytes(before))
    with pytest.raises(StoreTrouble, match="does not hold"):
        back_up(case.workspace, case.backup)
    assert (case.backup / BUNDLE_FILE).read_bytes() == before
    assert sorted(p.name for p in case.backup.iterdir()) == [
        "README.txt",
        "backup.inspection",
        "keys.json",
    ]


def test_another_workspaces_folder_is_left_alone(case: Case, tmp_path: Path) -> None:
    for place in (case.backup, tmp_path / "w", tmp_path / "o"):
        before = {p.name: p.read_bytes() for p in place.iterdir() if p.name.endswith(".json")}
        with pytest.raises(BadInput, match="another"):
            back_up(case.colleague, place)
        assert {p.name: p.read_bytes() for p in place.iterdir() if p.name in before} == before
    with pytest.raises(BadInput, match="already"):
        restore(case.backup, tmp_path / "o", passphrase=PASSPHRASE)


def test_a_backup_does_not_count_as_handed_over(case: Case) -> None:
    waiting = case.workspace.not_handed_over(case.id)
    back_up(case.workspace, case.backup)
    assert case.workspace.not_handed_over(case.id) == waiting > 0


def test_nobody_else_opens_it(case: Case) -> None:
    with pytest.raises(WrongSecret):
        case.colleague.preview(case.backup / BUNDLE_FILE)
