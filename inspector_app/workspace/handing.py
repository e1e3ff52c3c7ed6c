"""Handing over beside the window: a worker writes a bundle or reads one, the window notes it.

Each job has a connection and a fold of its own, as of its start, and writes no change. `step` is
called between two photos with how many are done of how many; what it raises ends the job, and
then there is neither a file nor a change.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from filelock import FileLock

from inspector_app.identity import Card
from inspector_app.locking import LOCK_FILE
from inspector_app.store import Store
from inspector_app.workspace.desk import STORE_FILE, Desk
from inspector_app.workspace.exchange import Exchange
from inspector_app.workspace.parcels import Fetched, Preview, Written

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

Step = Callable[[int, int], None]
T = TypeVar("T")


class _Apart(Exchange):
    """Dealing with others over a connection of a worker's own."""

    def __init__(self, desk: Desk, step: Step) -> None:
        self.desk = desk
        self._step = step

    def step(self, done: int, of: int) -> None:
        self._step(done, of)


@contextmanager
def beside(desk: Desk, step: Step) -> Iterator[_Apart]:
    """A worker's own. What does not change is taken from `desk`, the window's, which is held."""
    store = Store.open(desk.folder / STORE_FILE, desk.keys.database)
    try:
        yield _Apart(Desk(desk.folder, desk.keys, store, FileLock(desk.folder / LOCK_FILE)), step)
    finally:
        store.close()


def _job(workspace: "Workspace", act: Callable[[_Apart], T]) -> Callable[[Step], T]:
    desk = workspace.desk

    def work(step: Step) -> T:
        with beside(desk, step) as apart:
            return act(apart)

    return work


def bundle_job(
    workspace: "Workspace",
    ids: Sequence[str],
    out: Path,
    to: Sequence[Card],
    passphrase: str | None,
    *,
    with_names: bool = False,
) -> Callable[[Step], Written]:
    """Write a bundle's file; afterwards `Workspace.note_bundle` in the window's thread."""
    chosen = [workspace.kept(id).id for id in ids]
    return _job(
        workspace,
        lambda apart: apart.write_bundle(chosen, out, to, passphrase, with_names=with_names),
    )


def preview_job(
    workspace: "Workspace", path: Path, passphrase: str | None
) -> Callable[[Step], Preview]:
    """What a bundle would change."""
    return _job(workspace, lambda apart: apart.preview(path, passphrase))


def merge_job(
    workspace: "Workspace", path: Path, passphrase: str | None
) -> Callable[[Step], Fetched]:
    """Keep a bundle's photos; afterwards `Workspace.enter` in the window's thread."""
    return _job(workspace, lambda apart: apart.fetch(path, passphrase))
