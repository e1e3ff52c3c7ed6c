"""Backups by themselves: due by the plan, never onto the place of an absent stick, verified."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from inspector_app.errors import BadInput
from inspector_app.moments import Moment
from inspector_app.workspace import Workspace, backing_up
from inspector_app.workspace.backup import BUNDLE_FILE
from inspector_app.workspace.restoring import restore
from tests.test_workspace import PASSPHRASE, _start


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = Workspace.create(tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    _start(made)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def _made(workspace: Workspace) -> None:
    """As the window does it: a worker writes, then the window notes."""
    backing_up.note(workspace, backing_up.job(workspace)(lambda done, of: None))


def _later(workspace: Workspace, **after: int) -> Moment:
    last = backing_up.last_made(workspace)
    assert last
    return Moment.at(Moment.parse(last).instant + timedelta(**after), "UTC")


def test_it_is_due_by_the_plan_and_restores_to_the_same(
    ana: Workspace, stick: Path, tmp_path: Path
) -> None:
    assert not backing_up.state(ana).due
    backing_up.set_plan(ana, stick, 7)
    assert backing_up.state(ana).due  # there is none yet
    _made(ana)
    assert not backing_up.state(ana).due
    assert not backing_up.state(ana, _later(ana, days=6, hours=23)).due
    assert backing_up.state(ana, _later(ana, days=7)).due
    digest = ana.digest()
    assert restore(stick, tmp_path / "new", passphrase=PASSPHRASE).digest == digest


def test_a_clock_that_was_set_back_makes_one_due(ana: Workspace, stick: Path) -> None:
    backing_up.set_plan(ana, stick, 7)
    _made(ana)
    assert backing_up.state(ana, _later(ana, days=-1)).due


def test_without_days_it_is_only_made_when_asked_for(ana: Workspace, stick: Path) -> None:
    backing_up.set_plan(ana, stick, 0)
    assert not backing_up.state(ana).due
    _made(ana)
    assert (stick / BUNDLE_FILE).exists()


def test_an_absent_stick_is_said_and_nothing_written_in_its_place(
    ana: Workspace, stick: Path
) -> None:
    backing_up.set_plan(ana, stick, 1)
    _made(ana)
    at = _later(ana, days=2)
    shutil.rmtree(stick)
    for there in (False, True):  # gone altogether, or the empty folder where it was plugged in
        if there:
            stick.mkdir()
        state = backing_up.state(ana, at)
        assert state.due and "plug it in" in state.away and "kept on this laptop" in state.away
        with pytest.raises(BadInput, match="plug it in"):
            _made(ana)
        assert stick.exists() == there
        assert not there or not list(stick.iterdir())


def test_another_folder_is_new(ana: Workspace, stick: Path, tmp_path: Path) -> None:
    backing_up.set_plan(ana, stick, 1)
    _made(ana)
    (tmp_path / "other").mkdir()
    backing_up.set_plan(ana, tmp_path / "other", 1)
    assert not backing_up.state(ana).away
    _made(ana)
    assert (tmp_path / "other" / BUNDLE_FILE).exists()


def test_a_place_that_is_none_is_refused(ana: Workspace, tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", ana.folder):
        with pytest.raises(BadInput):
            backing_up.set_plan(ana, folder, 1)
    with pytest.raises(BadInput, match="365"):
        backing_up.set_plan(ana, tmp_path, 400)
    assert not backing_up.plan_of(ana).folder


def test_words_written_while_it_is_made_do_not_spoil_it(ana: Workspace, stick: Path) -> None:
    (id,) = ana.inspection_ids()
    backing_up.set_plan(ana, stick, 1)
    work = backing_up.job(ana)
    written = work(lambda done, of: ana.put(id, "answer:j-70", note=f"meanwhile {done}") and None)
    backing_up.note(ana, written)
    assert written.held[id] < len(ana.desk.log(id).changes)
