"""The pages as data: a new page is one line here and one module."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page
    from inspector_app.workspace import Workspace

Count = Callable[["Workspace", "Inspection"], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line under a page in the left list: the record it leads to, its words, mark and count."""

    record: str
    title: str
    mark: str = ""
    count: str = ""


Entries = Callable[["Inspection"], list[Entry]]


def _of(done: int, of: int) -> str:
    return "" if not of else "done" if done == of else f"{done} of {of}"


def _tour(workspace: "Workspace", inspection: "Inspection") -> str:
    return str(inspection.counts().observations or "")


def _documents(workspace: "Workspace", inspection: "Inspection") -> str:
    counts = inspection.counts()
    return _of(counts.files_examined, counts.files)


def _interviews(workspace: "Workspace", inspection: "Inspection") -> str:
    counts = inspection.counts()
    return str(counts.interviews_held + counts.interviews_refused or "")


def _checklist(workspace: "Workspace", inspection: "Inspection") -> str:
    counts = inspection.counts()
    return _of(counts.answered, counts.in_scope)


def _findings(workspace: "Workspace", inspection: "Inspection") -> str:
    counts = inspection.counts()
    return str(counts.findings + counts.practices + counts.unclassified or "")


def _hand_over(workspace: "Workspace", inspection: "Inspection") -> str:
    return str(workspace.not_handed_over(inspection.id) or "")


def _roster(workspace: "Workspace", inspection: "Inspection") -> str:
    from inspector_app.workspace.rosters import file_of

    roster = file_of(inspection, "officers")
    return str(roster.rows or "") if roster else ""


def _follow_up(workspace: "Workspace", inspection: "Inspection") -> str:
    from inspector_app.inspection.following import CLOSEOUT, plan

    late = sum(one.late > 0 for one in plan(inspection, workspace.moment(inspection.id).day))
    return f"{late} late" if late else "closed" if inspection.log.in_view(CLOSEOUT) else ""


def _left(workspace: "Workspace", inspection: "Inspection") -> str:
    return str(len(workspace.problems(inspection.id)) or "done")


def _sections(inspection: "Inspection") -> list[Entry]:
    """The sections of the checklist: whose each is, and how much of it is answered."""
    from inspector_app.inspection.assignment import owners

    disputed = {conflict.record for conflict in inspection.conflicts()}
    entries = []
    for part in inspection.form.sections:
        asked = [item.id for item in part.items if inspection.shown(item)]
        done = sum(inspection.answer(id).result is not None for id in asked)
        mark = "check" if done == len(asked) else "partly" if done else "unanswered"
        if any(f"answer:{id}" in disputed for id in asked):
            mark = "conflict"
        count = "  ".join(p for p in (owners(inspection, part.id), _of(done, len(asked))) if p)
        entries.append(Entry(f"section:{part.id}", part.title, mark, count))
    return entries


def _finding_list(inspection: "Inspection") -> list[Entry]:
    numbers = inspection.finding_numbers()
    return [
        Entry(f.id, f"{numbers[f.id]} {inspection.numbers(f.title)}", f.class_ or "unanswered")
        for f in inspection.findings()
    ]


def _no_entries(inspection: "Inspection") -> list[Entry]:
    return []


def _nothing(workspace: "Workspace", inspection: "Inspection") -> str:
    return ""


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page: its name (also its icon's name), title, class, count, the lines under it."""

    name: str
    title: str
    place: str
    count: Count = _nothing
    entries: Entries = _no_entries

    @property
    def module(self) -> str:
        return f"inspector_app.ui.{self.place.partition(':')[0]}"

    def exists(self) -> bool:
        """Whether its module is there: a page that is not written yet is not shown."""
        return find_spec(self.module) is not None

    def make(self, workspace: "Workspace", inspection: str) -> "Page":
        """The page itself; its module is loaded when it is first shown."""
        made = getattr(import_module(self.module), self.place.partition(":")[2])
        page: Page = made(workspace, inspection)
        return page


PAGES = (
    PageKind("overview", "Overview", "overview_page:OverviewPage"),
    PageKind("tour", "Tour", "tour_page:TourPage", _tour),
    PageKind("documents", "Documents", "documents_page:DocumentsPage", _documents),
    PageKind("interviews", "Interviews", "interviews_page:InterviewsPage", _interviews),
    PageKind("roster", "Roster", "roster_page:RosterPage", _roster),
    PageKind("checklist", "Checklist", "checklist_page:ChecklistPage", _checklist, _sections),
    PageKind("findings", "Findings", "findings_page:FindingsPage", _findings, _finding_list),
    PageKind("review", "Review", "review_page:ReviewPage"),
    PageKind("report", "Report", "report_page:ReportPage"),
    PageKind("follow-up", "Follow-up", "follow_up_page:FollowUpPage", _follow_up),
    PageKind("hand-over", "Hand-over", "hand_over_page:HandOverPage", _hand_over),
    PageKind("history", "History", "history_page:HistoryPage"),
    PageKind("what-is-left", "What is left", "what_is_left_page:WhatIsLeftPage", _left),
)
LAST = "what-is-left"

DESK_PAGES = (
    PageKind("home", "Inspections", "home_page:HomePage"),
    PageKind("start", "New inspection", "start_page:StartPage"),
    PageKind("import", "Open a bundle", "import_page:ImportPage"),
    PageKind("program", "Program", "program_page:ProgramPage"),
    PageKind("assign", "Prepare an assignment", "assign_page:AssignPage"),
    PageKind("agency-file", "Agencies’ files", "agency_file_page:AgencyFilePage"),
    PageKind("keeping", "Keys and keeping", "keeping_page:KeepingPage"),
)
"""Pages outside of all inspections."""

OF_RECORD = {
    "visit": "overview",
    "member": "overview",
    "agreement": "overview",
    "conference": "overview",
    "observation": "tour",
    "photo": "tour",
    "annotation": "tour",
    "document-review": "documents",
    "sampled-file": "documents",
    "frame": "documents",
    "draw": "documents",
    "interview": "interviews",
    "answer": "checklist",
    "finding": "findings",
    "roster": "roster",
    "report": "review",
    "review": "review",
    "sign-off": "review",
    "issue": "review",
    "signed-file": "report",
    "decision": "roster",
    "earlier-finding": "follow-up",
    "corrective-action": "follow-up",
    "closeout": "follow-up",
}
"""The page that shows a kind of record."""


def page_of(record: str) -> str:
    """The page on which a record is edited."""
    return OF_RECORD.get(record.partition(":")[0], LAST)


@cache
def pages_here() -> tuple[PageKind, ...]:
    """The pages of an inspection that there are."""
    return tuple(kind for kind in PAGES if kind.exists())


def kind_of(name: str) -> PageKind:
    """The page of that name; KeyError when there is none."""
    return {kind.name: kind for kind in (*PAGES, *DESK_PAGES)}[name]


def is_desk_page(name: str) -> bool:
    """Whether the page stands outside of all inspections."""
    return any(kind.name == name for kind in DESK_PAGES)
