"""The list of file numbers that an agency gets apart from its report, sealed with a passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.checks import problems
from inspector_app.errors import BadInput
from inspector_app.files import write_whole
from inspector_app.inspection import Inspection
from inspector_app.records import DocumentReview
from inspector_app.store import Store
from inspector_app.workspace import exporting, reporting
from inspector_app.workspace.reporting import Step

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


def file_name(workspace: "Workspace", id: str) -> str:
    """`26-INS-K7Q4-file-numbers.pdf`; nothing that anybody typed."""
    from inspector_app.workspace.issuing import report_number

    return f"{report_number(workspace.inspection(id))}-file-numbers.pdf"


def write(workspace: "Workspace", id: str, passphrase: str, out: Path) -> int:
    """Write the sealed list whole or not at all; how many bytes. The passphrase goes another way.

    BadInput where no sample holds a file, and for a passphrase that is no good.
    """
    data = job(workspace, id, passphrase)(None)
    write_whole(out, data)
    return len(data)


def job(workspace: "Workspace", id: str, passphrase: str) -> Callable[[Step | None], bytes]:
    """What a worker does to make the sealed list."""
    return exporting.job(workspace, id, partial(_sealed, passphrase))


def _sealed(passphrase: str, store: Store, inspection: Inspection, step: Step | None) -> bytes:
    from inspector_app.reports import sheets
    from inspector_app.reports.subject import Subject
    from inspector_app.signatures import sealed_pdf

    reviews = inspection.all(DocumentReview)
    if not any(inspection.files_of(review.id) for review in reviews):
        raise BadInput("No sample holds a file yet, so there is no list. Nothing was written.")
    subject = Subject(inspection, problems(inspection), lambda photo: None, reporting.INTERNAL)
    subject.edition = "agency"  # whose banner it bears: the agency's own edition cuts the numbers
    plain = reporting.pdf_of(sheets.telling(subject, "file-numbers"))
    reporting.scanned(store, inspection, reporting.INTERNAL, plain)
    return sealed_pdf(plain, passphrase)
