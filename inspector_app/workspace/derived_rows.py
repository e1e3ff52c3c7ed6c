"""Keeping the rows that span logs in step with the logs.

As with the search index, rows are made when somebody asks, not when somebody writes: a change
never waits for them, a list never misses what was just written, and a program that was killed
leaves nothing to repair. What is asked first is how many changes a log has; only logs that have
other ones than their rows were made from are read at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from inspector_app.derived import InspectionRow, Row, Rows, rows_of, stamp
from inspector_app.inspection import Inspection
from inspector_app.log import Log
from inspector_app.store import Made, Store
from inspector_app.workspace.desk import STORE_FILE, fold
from inspector_app.workspace.reporting import with_its_form

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_AT_ONCE = 100
MANY = 1_000
"""Logs of which a list is not read while a window waits, even where every row is in step."""
Step = Callable[[int, int], None]
T = TypeVar("T")


def rows(workspace: "Workspace") -> Rows:
    """The rows of every log of this workspace, as they are now."""
    bring_in_step(workspace.desk.store, _live(workspace))
    return workspace.desk.store.derived.all()


@dataclass(frozen=True, slots=True)
class Visits:
    """The row of every inspection and review, oldest first, and where each log stands."""

    rows: Sequence[InspectionRow]
    places: Mapping[str, tuple[int, int]]


def visits(workspace: "Workspace", *, in_step: bool = True) -> Visits:
    """The rows of visits alone: as they are now, or as the tables hold them."""
    if in_step:
        bring_in_step(workspace.desk.store, _live(workspace))
    return _visits(workspace.desk.store)


def _visits(store: Store) -> Visits:
    found = {row.log: row for row in store.derived.inspections()}
    there = store.derived.places()
    return Visits([found[log] for log in store.logs() if log in found and log in there], there)


def visits_with(workspace: "Workspace", **fixed: str) -> dict[str, str]:
    """The visits of which this is so, with their agency's name; none that has a row is read.

    `fixed`: columns that the first change fixes for ever, such as `state`, `model` or `follows`; a
    row says them however old it is.
    """
    derived, desk = workspace.desk.store.derived, workspace.desk
    said = {id: _said(desk.about(id)) for id in derived.without_rows()}
    unread = {id: one.get("name", "") for id, one in said.items() if fixed.items() <= one.items()}
    return {**derived.visits_with(fixed), **unread}


def _said(about: Mapping[str, Any]) -> dict[str, str]:
    agency = about.get("agency")
    if about.get("kind") != "inspection" or not isinstance(agency, Mapping):
        return {}
    return {name: str(value or "") for name, value in {**about, **agency}.items()}


def behind(store: Store) -> list[str]:
    """The logs whose rows are not of their changes as they are now; and rows without a log go."""
    if gone := store.derived.without_log():
        store.derived.forget(gone)
    return store.derived.behind()


def bring_in_step(
    store: Store, live: "Callable[[str], Inspection | None]", step: Step | None = None
) -> int:
    """Make the rows anew of each log that differs; how many did.

    `live` gives an inspection that is open already. `step` hears how many are done of how many,
    and may end the work: what is done is kept, and the rest is made when somebody asks again.
    """
    late, places, done = behind(store), store.derived.places(), 0
    for some in _batches(late):
        if step is not None:
            step(done, len(late))
        _make(store, live, {id: places[id] for id in some})
        done += len(some)
    return len(late)


def _batches(logs: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(logs), _AT_ONCE):
        yield logs[start : start + _AT_ONCE]


def _make(
    store: Store,
    live: "Callable[[str], Inspection | None]",
    places: Mapping[str, tuple[int, int]],
) -> None:
    """`places` was read before the changes: what comes in between is seen the next time."""
    about: dict[str, Made] = {}
    made: list[Row] = []
    for id, place in places.items():
        inspection = live(id)
        log = inspection.log if inspection else fold(store.changes(id))
        heads = (head for ids in log.heads().values() for head in ids)
        about[id] = Made(str(log.about["kind"]), stamp(heads), *place)
        made += _rows(store, log, inspection)
    store.derived.replace(about, made)


def _rows(store: Store, log: Log, inspection: Inspection | None) -> list[Row]:
    if log.about.get("kind") != "inspection":
        return []
    return list(rows_of(inspection or with_its_form(store, log)))


def _live(workspace: "Workspace") -> "Callable[[str], Inspection | None]":
    """An inspection that is open here; the others are read aside and let go of."""
    return workspace._open.get


def in_step_job(workspace: "Workspace") -> Callable[[Step], int] | None:
    """What a worker does to bring many logs in step, with a connection of its own; else None.

    A few are read at once when somebody asks; of many a window would stand still.
    """
    if len(behind(workspace.desk.store)) <= _AT_ONCE:
        return None
    return _apart(workspace, lambda store, step: bring_in_step(store, lambda id: None, step))


def visits_job(workspace: "Workspace") -> Callable[[Step], Visits] | None:
    """What a worker does to bring many logs in step and read the rows of visits; else None."""
    if workspace.desk.store.derived.count_logs() <= MANY and in_step_job(workspace) is None:
        return None

    def read(store: Store, step: Step) -> Visits:
        bring_in_step(store, lambda id: None, step)
        return _visits(store)

    return _apart(workspace, read)


def _apart(workspace: "Workspace", act: Callable[[Store, Step], T]) -> Callable[[Step], T]:
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database

    def job(step: Step) -> T:
        store = Store.open(path, key)
        try:
            return act(store, step)
        finally:
            store.close()

    return job
