"""The pages of an inspection as data: a new page is one line here and one module."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.ui.page import Page
    from inspector_app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page's name, its title in the left list (which is also its icon's name), its class."""

    name: str
    title: str
    place: str

    def make(self, workspace: "Workspace", inspection: str) -> "Page":
        """The page itself; its module is loaded when it is first shown."""
        module, _, name = self.place.partition(":")
        page: Page = getattr(import_module(f"inspector_app.ui.{module}"), name)(
            workspace, inspection
        )
        return page


PAGES = (
    PageKind("overview", "Overview", "overview_page:OverviewPage"),
    PageKind("tour", "Tour", "tour_page:TourPage"),
    PageKind("documents", "Documents", "documents_page:DocumentsPage"),
    PageKind("interviews", "Interviews", "interviews_page:InterviewsPage"),
    PageKind("checklist", "Checklist", "checklist_page:ChecklistPage"),
    PageKind("findings", "Findings", "findings_page:FindingsPage"),
    PageKind("report", "Report", "report_page:ReportPage"),
    PageKind("hand-over", "Hand-over", "hand_over_page:HandOverPage"),
    PageKind("what-is-left", "What is left", "what_is_left_page:WhatIsLeftPage"),
)

OF_RECORD = {
    "visit": "overview",
    "member": "overview",
    "conference": "overview",
    "observation": "tour",
    "photo": "tour",
    "document-review": "documents",
    "sampled-file": "documents",
    "interview": "interviews",
    "answer": "checklist",
    "finding": "findings",
}
"""The page that shows a kind of record."""


def page_of(record: str) -> str:
    """The page on which a record is edited."""
    return OF_RECORD.get(record.partition(":")[0], "what-is-left")
