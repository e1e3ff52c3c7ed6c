"""Building a report from what is stored; nothing is written here."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import forms
from inspector_app.checks import problems
from inspector_app.errors import BadInput
from inspector_app.inspection import Inspection
from inspector_app.log import Log
from inspector_app.records import Photo
from inspector_app.store import Store
from inspector_app.workspace.desk import fold
from inspector_app.workspace.picture_copies import report_copy

if TYPE_CHECKING:
    from inspector_app.photos import ReportCopy


Step = Callable[[int, int], None]


def build(store: Store, inspection: Inspection, name: str, step: Step | None = None) -> bytes:
    """A report as PDF. BadInput when there is no such report; NotAllowed when it does not fit.

    `step` is called before each photo with how many are done of how many, and may end the work.
    """
    from inspector_app.photos import PictureReader
    from inspector_app.reports import REPORTS
    from inspector_app.reports.keeping import keeping

    if name not in REPORTS:
        raise BadInput(f"There is no report “{name[:40]}”. Reports: {', '.join(REPORTS)}.")
    known = keeping(_own_log(store), inspection.id, store.arrivals())
    done, of = count(), len(inspection.all(Photo))
    with PictureReader() as reader:

        def copy(photo: Photo) -> "ReportCopy | None":
            if step is not None:
                step(min(next(done), of), of)
            return report_copy(store, reader, inspection, photo)

        return REPORTS[name].build(inspection, problems(inspection), copy, keeping=known)


def _own_log(store: Store) -> Log:
    """The workspace's own log, which says what was made and merged."""
    kinds = ((id, Log(store.first_change(id)).about.get("kind")) for id in store.logs())
    return fold(store.changes(next(id for id, kind in kinds if kind == "workspace")))


def build_apart(path: Path, key: bytes, log: str, name: str, step: Step | None = None) -> bytes:
    """The same with a connection and a fold of its own, for a worker thread."""
    store = Store.open(path, key)
    try:
        return build(store, read_inspection(store, log), name, step)
    finally:
        store.close()


def read_inspection(store: Store, id: str) -> Inspection:
    """An inspection folded anew from the store."""
    return with_its_form(store, fold(store.changes(id)))


def with_its_form(store: Store, log: Log) -> Inspection:
    """An inspection from its log and the checklist that it carries."""
    stored = store.blob(log.id, str(log.about.get("form")))
    if stored is None:
        raise BadInput("The inspection came without its checklist; ask for a new bundle.")
    return Inspection(log, forms.parse(stored, f"{log.about.get('form_id')}.toml"))
