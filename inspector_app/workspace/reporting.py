"""Building a report from what is stored; nothing is written here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import canonical, forms
from inspector_app.checks import problems
from inspector_app.errors import BadInput
from inspector_app.inspection import Inspection
from inspector_app.inspection.as_it_stood import as_it_stood, missing
from inspector_app.inspection.issues import stands_as_issued
from inspector_app.log import Log
from inspector_app.records import Issue, Photo
from inspector_app.store import Store
from inspector_app.workspace import names
from inspector_app.workspace.desk import fold
from inspector_app.workspace.picture_copies import report_copy

if TYPE_CHECKING:
    from inspector_app.photos import PictureReader, ReportCopy
    from inspector_app.reports.subject import PhotoSource
    from inspector_app.reports.telling import Telling

INTERNAL = "internal"
Step = Callable[[int, int], None]


def build(
    store: Store,
    inspection: Inspection,
    name: str,
    step: Step | None = None,
    edition: str = INTERNAL,
) -> bytes:
    """A report as PDF. BadInput when there is no such report; NotAllowed when it does not fit."""
    return made(store, inspection, name, pdf_of, step, edition)


def pdf_of(told: "Telling") -> bytes:
    """A telling laid out."""
    from inspector_app.reports.page import render

    return render(told.running, told.story)


def made(
    store: Store,
    inspection: Inspection,
    name: str,
    act: "Callable[[Telling], bytes]",
    step: Step | None = None,
    edition: str = INTERNAL,
) -> bytes:
    """What `act` makes of a report's telling, scanned; see `build` for what it raises.

    The inspection's own report, where it was issued as it stands, is made of what it was issued
    of: the issue itself and what came beside it alter no byte.
    `step` is called before each photo with how many are done of how many, and may end the work.
    """
    from inspector_app.photos import PictureReader
    from inspector_app.reports import OF_THE_PROGRAM, REPORTS
    from inspector_app.reports.edition import in_edition
    from inspector_app.reports.keeping import keeping
    from inspector_app.reports.subject import Subject

    if name in OF_THE_PROGRAM:
        raise BadInput(f"The report “{name}” is made of all inspections, by the command {name}.")
    if name not in REPORTS:
        raise BadInput(f"There is no report “{name[:40]}”. Reports: {', '.join(REPORTS)}.")
    issued = None if REPORTS[name].sheet else stands_as_issued(inspection)
    if issued and is_whole(inspection, issued):
        inspection = as_issued(inspection, issued)
    same = partial(_is_same, store, inspection.id)
    known = keeping(own_log(store), inspection.id, store.arrivals(), same)
    with PictureReader() as reader:
        found = problems(inspection)
        view = in_edition(inspection, edition)
        subject = Subject(view, found, copies_of(store, reader, view, step), edition)
        data = act(REPORTS[name].telling(subject, known))
    return scanned(store, inspection, edition, data)


def file_name(inspection: Inspection, name: str, edition: str) -> str:
    """`26-INS-K7Q4-inspection-2-public.pdf`; nothing that anybody typed."""
    from inspector_app.reports.subject import Subject

    subject = Subject(inspection, problems(inspection), lambda photo: None, edition)
    version = str(subject.version) if subject.is_final else "draft"
    return f"{subject.number}-{name}-{version}-{edition}.pdf"


def scanned(store: Store, inspection: Inspection, edition: str, data: bytes) -> bytes:
    """A finished file of an edition. NotAllowed when it says what the edition must not."""
    from inspector_app.reports import leaks
    from inspector_app.reports.edition import edition as named

    secrets = leaks.secrets_of(inspection, names.known(store, inspection))
    return leaks.check(data, named(edition), secrets)


def copies_of(
    store: Store, reader: "PictureReader", inspection: Inspection, step: Step | None
) -> "PhotoSource":
    """Photos as reports show them, with their marks and without what cameras write; see `made`."""
    from inspector_app.reports.edition import InEdition, in_edition

    view = inspection if isinstance(inspection, InEdition) else in_edition(inspection, INTERNAL)
    done, of = count(), len(view.all(Photo))

    place = view.under.name == INTERNAL

    def copy(photo: Photo) -> "ReportCopy | None":
        if step is not None:
            step(min(next(done), of), of)
        return report_copy(store, reader, view, photo, place=place)

    return copy


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


def _is_same(store: Store, log: str, digest: str) -> bool | None:
    """Whether the kept bytes still have their digest; None where they are not here."""
    data = store.blob(log, digest)
    return None if data is None else canonical.sha256(data) == digest


def own_log(store: Store) -> Log:
    """The workspace's own log, which says what was made and merged."""
    kinds = ((id, Log(store.first_change(id)).about.get("kind")) for id in store.logs())
    return fold(store.changes(next(id for id, kind in kinds if kind == "workspace")))


@contextmanager
def apart(path: Path, key: bytes, log: str) -> Iterator[tuple[Store, Inspection]]:
    """A connection and a fold of its own, for a worker thread."""
    store = Store.open(path, key)
    try:
        yield store, read_inspection(store, log)
    finally:
        store.close()


def build_apart(
    path: Path,
    key: bytes,
    log: str,
    name: str,
    step: Step | None = None,
    edition: str = INTERNAL,
) -> bytes:
    """`build` in a worker thread."""
    with apart(path, key, log) as (store, inspection):
        return build(store, inspection, name, step, edition)


def read_inspection(store: Store, id: str) -> Inspection:
    """An inspection folded anew from the store."""
    return with_its_form(store, fold(store.changes(id)))


def with_its_form(store: Store, log: Log) -> Inspection:
    """An inspection from its log and the checklist that it carries."""
    stored = store.blob(log.id, str(log.about.get("form")))
    if stored is None:
        raise BadInput("The inspection came without its checklist; ask for a new bundle.")
    return Inspection(log, forms.parse(stored, f"{log.about.get('form_id')}.toml"))
