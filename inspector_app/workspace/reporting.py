"""Building a report from what is stored; nothing is written here."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import forms
from inspector_app.checks import problems
from inspector_app.errors import BadInput
from inspector_app.inspection import Inspection
from inspector_app.inspection.as_it_stood import as_it_stood, missing
from inspector_app.inspection.issues import stands_as_issued
from inspector_app.log import Log
from inspector_app.records import Issue, Photo
from inspector_app.store import Store
from inspector_app.workspace.desk import fold
from inspector_app.workspace.picture_copies import report_copy

if TYPE_CHECKING:
    from inspector_app.photos import ReportCopy


Step = Callable[[int, int], None]


def build(store: Store, inspection: Inspection, name: str, step: Step | None = None) -> bytes:
    """A report as PDF. BadInput when there is no such report; NotAllowed when it does not fit.

    The inspection's own report, where it was issued as it stands, is made of what it was issued
    of: the issue itself and what came beside it alter no byte.
    `step` is called before each photo with how many are done of how many, and may end the work.
    """
    from inspector_app.photos import PictureReader
    from inspector_app.reports import REPORTS
    from inspector_app.reports.keeping import keeping

    if name not in REPORTS:
        raise BadInput(f"There is no report “{name[:40]}”. Reports: {', '.join(REPORTS)}.")
    issued = None if REPORTS[name].sheet else stands_as_issued(inspection)
    if issued and is_whole(inspection, issued):
        inspection = as_issued(inspection, issued)
    known = keeping(_own_log(store), inspection.id, store.arrivals())
    done, of = count(), len(inspection.all(Photo))
    with PictureReader() as reader:

        def copy(photo: Photo) -> "ReportCopy | None":
            if step is not None:
                step(min(next(done), of), of)
            return report_copy(store, reader, inspection, photo)

        return REPORTS[name].build(inspection, problems(inspection), copy, keeping=known)


def as_issued(inspection: Inspection, issue: Issue) -> Inspection:
    """The inspection of exactly the changes that a version was issued of.

    BadInput where the record does not say which, or some of them are not here.
    """
    if not is_whole(inspection, issue):
        raise BadInput("The record does not hold all that this version was made of.")
    return Inspection(as_it_stood(inspection.log, issue.seen), inspection.form)


def is_whole(inspection: Inspection, issue: Issue) -> bool:
    """Whether the record says of which changes a version was made, and all of them are here."""
    return bool(issue.seen) and not missing(inspection.log, issue.seen)


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
