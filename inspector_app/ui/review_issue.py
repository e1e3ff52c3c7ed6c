"""Issuing the report: what is in the way, to whom it goes, the versions that went."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.files import write_whole
from inspector_app.identity import roles
from inspector_app.inspection import reviewing
from inspector_app.inspection.issues import issues
from inspector_app.ui import choosing
from inspector_app.ui.buttons import button
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import bullets, column, field_row, holding, label, row, section
from inspector_app.ui.review_again import IssuedAgain
from inspector_app.ui.review_part import day_of
from inspector_app.ui.rows import RowData, RowList
from inspector_app.workspace import issuing

if TYPE_CHECKING:
    from inspector_app.ui.page import Page


def issue_parts(page: "Page") -> list[QWidget]:
    """The lower part of the page: the issued versions, and issuing for those who may."""
    found: list[QWidget] = [section("Issued", "Delivered to headquarters and the field office")]
    found += _versions(page) or [label("No version has been issued.", "muted")]
    workspace = page.workspace
    may = "issue" in roles()[workspace.role].may
    if not may or not reviewing.is_reviewer(page.inspection, workspace.role):
        return found
    faults = issuing.in_the_way(workspace, page.inspection_id)
    return [*found, *([bullets(faults)] if faults else [_form(page)])]


def _versions(page: "Page") -> list[QWidget]:
    rows = [
        RowData(
            str(issue.version),
            f"{issue.number}, version {issue.version}",
            f"{issue.headquarters}; {issue.field_office}",
            day_of(issue.at),
            "report",
            quiet=True,
        )
        for issue in reversed(issues(page.inspection))
    ]
    if not rows:
        return []
    listed = RowList(rows, name="Issued versions", title_width=200)
    listed.activated.connect(lambda version: _save(page, int(version)))
    words = label("Enter on a version writes its file again, byte for byte.", "muted")
    return [listed, words, IssuedAgain(page)]


def _save(page: "Page", version: int) -> None:
    data: list[bytes] = []
    id = page.inspection_id
    if page.attempt(lambda: data.append(issuing.issued_bytes(page.workspace, id, version))):
        name = f"{issues(page.inspection)[0].number}-version-{version}-internal.pdf"
        chosen = choosing.save_file(page, "Write the issued report", name, choosing.REPORTS)
        if chosen and page.attempt(lambda: write_whole(Path(chosen), data[0])):
            page.message.emit(f"Report written: {Path(chosen).name}")


def _form(page: "Page") -> QWidget:
    headquarters, office = LineEditor("Unit and person"), LineEditor("Office and person")
    unsent = Unsent(page, "part:issue", headquarters=headquarters, office=office)

    def act() -> None:
        unsent.keep()
        id, to = page.inspection_id, (headquarters.text_here(), office.text_here())
        if page.attempt(lambda: issuing.issue(page.workspace, id, *to)):
            for field in ("headquarters", "office"):
                page.workspace.drop_draft(id, unsent.record, field)

    fields = (field_row("ERO headquarters", headquarters), field_row("Field office", office))
    return holding(column(row(*fields, gap=16), row(button("Issue the report", act), 1)))
