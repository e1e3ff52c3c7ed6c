"""Keeping the rows that span logs in step with the logs.

As with the search index, rows are made when somebody asks, not when somebody writes: a change
never waits for them, a list never misses what was just written, and a program that was killed
leaves nothing to repair. What is asked first is how many changes a log has; only logs that have
other ones than their rows were made from are read at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inspector_app.derived import InspectionRow, Row, Rows, of_this_edition, rows_of, stamp
from inspector_app.inspection import Inspection
from inspector_app.log import Log
from inspector_app.store import Made, Store
from inspector_app.workspace.desk import STORE_FILE, fold
from inspector_app.workspace.reporting import with_its_form

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_AT_ONCE = 100
Step = Callable[[int, int], None]


def rows(workspace: "Workspace") -> Rows:
    """The rows of every log of this workspace, as they are now."""
    bring_in_step(workspace.desk.store, _live(workspace))
    return workspace.desk.store.derived.all()


def rows_of_visits(workspace: "Workspace") -> list[InspectionRow]:
    """The row of every inspection and review alone, oldest first."""
    bring_in_step(workspace.desk.store, _live(workspace))
    found = {row.log: row for row in workspace.desk.store.derived.inspections()}
    return [found[log] for log in workspace.desk.store.logs() if log in found]


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
    there, made = store.derived.places(), store.derived.made()
    if gone := made.keys() - there.keys():
        store.derived.forget(gone)
    return [
        log
        for log, place in there.items()
        if log not in made
        or (made[log].changes, made[log].newest) != place
        or not of_this_edition(made[log].stamp)
    ]


def bring_in_step(
    store: Store, live: "Callable[[str], Inspection | None]", step: Step | None = None
) -> int:
    """Make the rows anew of each log that differs; how many did.

    `live` gives an inspection that is open already. `step` hears how many are done of how many,
    and may end the work: what is done is kept, and the rest is made when somebody asks again.
    """
    late = behind(store)
    done = 0
    for some in _batches(late):
        if step is not None:
            step(done, len(late))
        _make(store, live, some)
        done += len(some)
    return len(late)


def _batches(logs: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(logs), _AT_ONCE):
        yield logs[start : start + _AT_ONCE]


def _make(store: Store, live: "Callable[[str], Inspection | None]", logs: Sequence[str]) -> None:
    places = store.derived.places()
    about: dict[str, Made] = {}
    made: list[Row] = []
    for id in logs:
        inspection = live(id)
        log = inspection.log if inspection else fold(store.changes(id))
        heads = (head for ids in log.heads().values() for head in ids)
        about[id] = Made(str(log.about["kind"]), stamp(heads), *places[id])
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
    path, key = workspace.folder / STORE_FILE, workspace.desk.keys.database

    def job(step: Step) -> int:
        store = Store.open(path, key)
        try:
            return bring_in_step(store, lambda id: None, step)
        finally:
            store.close()

    return job
