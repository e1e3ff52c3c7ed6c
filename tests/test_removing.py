"""An inspection leaves a laptop whole or not at all, and only when something else holds it."""

import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from PIL import Image

from inspector_app.errors import InUse, NotAllowed
from inspector_app.identity import Keys
from inspector_app.locking import lock_folder
from inspector_app.store import Store, without
from inspector_app.store.connection import rows
from inspector_app.workspace import Workspace, place, removing
from inspector_app.workspace.backup import back_up
from inspector_app.workspace.desk import STORE_FILE, Desk
from inspector_app.workspace.removing import remove
from inspector_app.workspace.verifying import verify_workspace
from tests.conftest import Told
from tests.harness import count
from tests.test_workspace import PASSPHRASE, _start


@dataclass
class Case:
    """A closed workspace with two inspections and a backup of both."""

    folder: Path
    gone: str
    stays: str
    backup: Path
    keys: Keys

    def open(self) -> Workspace:
        """Open it with keys that are known, which spares the work on the passphrase."""
        lock = lock_folder(self.folder)
        store = Store.open(self.folder / STORE_FILE, self.keys.database)
        return Workspace(Desk(self.folder, self.keys, store, lock))

    def copy(self, to: Path) -> "Case":
        shutil.copytree(self.folder, to)
        return Case(to, self.gone, self.stays, self.backup, self.keys)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("removing")
    made, _ = Workspace.create(root / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 130, 140)).save(picture, "JPEG")
    ids = [_start(made), _start(made)]
    for id in ids:
        made.put(id, "answer:j-70", result="not-met", note="an open door")
        made.add_photo(id, picture.getvalue(), caption="North wall", alt="A gray wall")
    back_up(made, root / "stick")
    made.close()
    return Case(root / "w", ids[0], ids[1], root / "stick", made.desk.keys)


@pytest.fixture
def case(template: Case, tmp_path: Path) -> Case:
    return template.copy(tmp_path / "w")


def test_what_a_worker_prepared_counts_only_while_nothing_is_written(case: Case) -> None:
    workspace = case.open()
    new = case.folder / removing.NEW_STORE

    def cancelled(done: int, of: int) -> None:
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        removing.job(workspace, case.gone)(cancelled)
    assert not new.exists()
    prepared = removing.job(workspace, case.gone)(lambda done, of: None)
    workspace.put(case.stays, "answer:j-83", note="written meanwhile")
    with pytest.raises(NotAllowed, match="written meanwhile"):
        removing.finish(workspace, prepared)
    assert len(workspace.inspection_ids()) == 2 and not new.exists()
    removing.finish(workspace, removing.job(workspace, case.gone)(lambda done, of: None))
    there = case.open()
    assert there.inspection_ids() == [case.stays]
    assert there.inspection(case.stays).log.value("answer:j-83", "note") == "written meanwhile"
    verify_workspace(there)
    there.close()


def test_the_inspection_is_gone_and_all_else_is_as_it_was(case: Case) -> None:
    workspace = case.open()
    kept = workspace.digest(case.stays)
    workspace.draft(case.stays, "answer:j-82", "note", "half a sent")
    removed = remove(workspace, case.gone)
    assert (removed.inspection, removed.files) == (case.gone, 2)
    with case.folder.joinpath(STORE_FILE).open("rb") as file:
        assert file.read(16) != b"SQLite format 3\0"
    there = case.open()
    assert there.inspection_ids() == [case.stays]
    assert there.digest(case.stays) != kept  # the draft became a change
    assert there.inspection(case.stays).log.value("answer:j-82", "note") == "half a sent"
    assert there.desk.store.blob_sizes(case.gone) == {}
    assert len(there.desk.store.blob_sizes(case.stays)) == 2
    assert [
        r.removeprefix("inspection-removed:") for r in there.desk.own.records("inspection-removed")
    ] == [case.gone]
    verify_workspace(there)
    there.put(case.stays, "answer:j-83", result="met")  # and work goes on
    there.close()


def test_what_the_window_keeps_stays_and_nothing_is_forgotten(case: Case) -> None:
    workspace = case.open()
    place.keep(workspace, {"page": "findings", "inspection": case.gone})
    place.keep_apart(workspace, "filters", {"mine": "open"})
    tables = {
        row[0]
        for row in rows(
            workspace.desk.store._db, "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
    }
    copied = {part.partition("fresh.")[2].split()[0] for part in without._COPIED}
    local = ("search_", "picture_", "derived_", "sqlite_", "_sqlite")
    rebuilt = {t for t in tables if t.startswith(local)}
    assert tables - copied == rebuilt  # a new table is either copied or can be rebuilt
    remove(workspace, case.gone)
    there = case.open()
    assert place.kept(there) == {}
    assert place.kept_apart(there, "filters") == {"mine": "open"}
    there.close()


def test_the_backup_brings_it_back(case: Case, template: Case, tmp_path: Path) -> None:
    whole = template.open()
    digest = whole.digest()
    whole.close()
    remove(case.open(), case.gone)
    there = case.open()
    there.merge(case.backup / "backup.inspection")
    assert there.digest() == digest
    there.close()


def test_refused_while_nothing_holds_all_of_it(case: Case, tmp_path: Path) -> None:
    workspace = case.open()
    before = (case.folder / STORE_FILE).read_bytes(), workspace.digest()
    workspace.put(case.gone, "answer:j-82", result="met")
    for held_by in (None, case.backup):
        with pytest.raises(NotAllowed):
            remove(workspace, case.gone, held_by)
    out, secret = tmp_path / "b.inspection", "one passphrase for all"
    workspace.bundle([case.stays], out, passphrase=secret)
    with pytest.raises(NotAllowed, match="not hold all"):
        remove(workspace, case.gone, out, secret)
    with pytest.raises(NotAllowed, match="not hold all"):
        remove(workspace, case.gone, case.backup, secret)  # opens by one's own key
    assert case.gone in workspace.inspection_ids() and before[1] != workspace.digest()
    workspace.bundle([case.gone], out, passphrase=secret)
    remove(workspace, case.gone, out, secret)
    assert not [p for p in case.folder.iterdir() if ".new" in p.name]


def test_refused_while_something_typed_is_not_kept(case: Case) -> None:
    workspace = case.open()
    workspace.draft(case.gone, "answer:j-82", "note", "half a sent")
    with pytest.raises(NotAllowed, match="typed"):
        remove(workspace, case.gone)
    workspace.close()


def test_refused_while_another_connection_reads(case: Case) -> None:
    workspace = case.open()
    before = workspace.digest()
    other = Store.open(case.folder / STORE_FILE, workspace.desk.keys.database)
    with pytest.raises(InUse):
        remove(workspace, case.gone)
    other.close()
    there = case.open()
    assert there.digest() == before
    there.close()
    assert not [p for p in case.folder.iterdir() if ".new" in p.name]


# -- kills -------------------------------------------------------------------------------------

_OURS = {removing.__file__, without.__file__}


def _in_child(case: Case, act: Callable[[Workspace], None]) -> int:
    """Remove in a process of its own; returns how it ended."""
    pid = os.fork()
    if pid == 0:  # pragma: no cover
        try:
            act(case.open())
        finally:
            os._exit(0)
    return pid


def _killing_at(wanted: tuple[str, int] | None, seen: list[tuple[str, int]]) -> Callable[..., Any]:
    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in _OURS:
            return None
        place = (frame.f_code.co_filename, frame.f_lineno)
        if event == "line":
            seen.append(place)
            if place == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def _lines_that_run(case: Case) -> list[tuple[str, int]]:
    seen: list[tuple[str, int]] = []
    workspace = case.open()
    sys.settrace(_killing_at(None, seen))
    try:
        remove(workspace, case.gone)
    finally:
        sys.settrace(None)
    return list(dict.fromkeys(seen))


def _chosen(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Every line of the exchange, where one store takes the place of the other, and some others."""
    code = removing._exchange.__code__
    of_exchange = {(code.co_filename, line) for *_, line in code.co_lines() if line}
    others = [place for place in lines if place not in of_exchange]
    some = set(others[:: max(1, len(others) // count(4, 1000))])
    return [place for place in lines if place in of_exchange or place in some]


def _one_whole_store(case: Case, before: str, after: str) -> bool:
    """Whether the inspection is gone; whatever is there is whole, and can be removed from."""
    there = case.open()
    verify_workspace(there)
    digest = there.digest()
    assert digest == (before if case.gone in there.inspection_ids() else after)
    gone = digest == after
    if not gone:
        remove(there, case.gone)
        there = case.open()
    there.close()
    assert sorted(p.name for p in case.folder.iterdir()) == ["in-use.lock", "keys.json", STORE_FILE]
    return gone


@pytest.fixture(scope="module")
def digests(template: Case) -> tuple[str, str]:
    workspace = template.open()
    found = workspace.digest(), workspace.digest(template.stays)
    workspace.close()
    return found


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal that only POSIX has")
def test_a_kill_at_any_line_leaves_one_whole_store(
    template: Case, digests: tuple[str, str], tmp_path: Path, told: Told
) -> None:
    ended = []
    lines = _chosen(_lines_that_run(template.copy(tmp_path / "first")))
    for number, at in enumerate(lines):
        case = template.copy(tmp_path / f"w{number}")

        def act(workspace: Workspace, at: tuple[str, int] = at, case: Case = case) -> None:
            sys.settrace(_killing_at(at, []))
            remove(workspace, case.gone)

        _, status = os.waitpid(_in_child(case, act), 0)
        assert os.WIFSIGNALED(status), at
        ended.append(_one_whole_store(case, *digests))
        shutil.rmtree(case.folder)
    assert ended == sorted(ended)  # once it is gone it stays gone
    assert not ended[0]
    told(f"{len(ended)} kills at a line while an inspection was removed: one whole store each time")


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal that only POSIX has")
def test_a_kill_at_any_moment_leaves_one_whole_store(
    template: Case, digests: tuple[str, str], tmp_path: Path, told: Told
) -> None:
    chance, kills = random.Random(287), count(5, 200)
    for number in range(kills):
        case = template.copy(tmp_path / f"w{number}")
        ready, tell = os.pipe()

        def act(workspace: Workspace, tell: int = tell, case: Case = case) -> None:
            os.write(tell, b"!")
            remove(workspace, case.gone)

        child = _in_child(case, act)
        os.read(ready, 1)
        time.sleep(chance.random() * 0.15)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(tell)
        _one_whole_store(case, *digests)
        shutil.rmtree(case.folder)
    told(f"{kills} kills at a moment while an inspection was removed: one whole store each time")
