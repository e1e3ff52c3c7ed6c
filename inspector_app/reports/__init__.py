"""The reports that can be made, by name. Importing this loads no PDF library."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from inspector_app.errors import NotAllowed
from inspector_app.paths import resource

if TYPE_CHECKING:
    from inspector_app.checks import Problem
    from inspector_app.inspection import Inspection
    from inspector_app.photos import ReportCopy
    from inspector_app.records import Photo
    from inspector_app.reports.keeping import Keeping
    from inspector_app.reports.page import Laid
    from inspector_app.reports.subject import Subject
    from inspector_app.reports.telling import Telling

OnPage = Callable[[int], None]
_EVERY = ("inspection", "focus-review", "oversight-review")


@cache
def _purposes() -> dict[str, str]:
    with resource("report-texts.toml").open("rb") as file:
        purposes: dict[str, str] = tomllib.load(file)["purpose"]
    return purposes


@dataclass(frozen=True)
class Report:
    """One report: the name it is asked for by, its title, and the kinds of inspection it is for.

    `sheet`: it stands beside the report of the inspection and is never signed itself.
    """

    name: str
    title: str
    kinds: tuple[str, ...] = _EVERY
    sheet: bool = True

    @property
    def purpose(self) -> str:
        """What it is for, in one line (resources/report-texts.toml, [purpose])."""
        return _purposes()[self.name]

    def build(
        self,
        inspection: "Inspection",
        problems: "Sequence[Problem]",
        photo: "Callable[[Photo], ReportCopy | None]",
        edition: str = "internal",
        on_page: OnPage | None = None,
        keeping: "Keeping | None" = None,
    ) -> bytes:
        """The PDF: the same records, the same bytes. See `lay_out`."""
        return self.lay_out(inspection, problems, photo, edition, on_page, keeping).pdf

    def lay_out(
        self,
        inspection: "Inspection",
        problems: "Sequence[Problem]",
        photo: "Callable[[Photo], ReportCopy | None]",
        edition: str = "internal",
        on_page: OnPage | None = None,
        keeping: "Keeping | None" = None,
    ) -> "Laid":
        """The PDF with what its parts were made of. NotAllowed for another kind of inspection.

        `problems` are what `checks` found. `photo` gives the upright copy of a photo, None where
        its bytes are not here. `on_page` hears each page as it is laid out; what it raises ends
        the work. `keeping` is what the workspace knows of bundles, for the chain of custody.
        """
        from inspector_app.reports.page import lay_out
        from inspector_app.reports.subject import Subject

        told = self.telling(Subject(inspection, problems, photo, edition), keeping)
        return lay_out(told.running, told.story, on_page)

    def telling(self, subject: "Subject", keeping: "Keeping | None" = None) -> "Telling":
        """The report before it becomes a file; NotAllowed for another kind of inspection."""
        from inspector_app.reports import inspection_report, sheets

        inspection = subject.inspection
        if inspection.kind not in self.kinds:
            names = " or ".join(r.name for r in reports_for(inspection.kind) if not r.sheet)
            raise NotAllowed(
                f"The report “{self.name}” is not for this kind of inspection. Make “{names}”."
            )
        if self.sheet:
            return sheets.telling(subject, self.name, keeping)
        return inspection_report.telling(subject)


REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        Report("inspection", "Inspection report", ("inspection",), sheet=False),
        Report("focus-review", "Focus review report", ("focus-review",), sheet=False),
        Report("oversight-review", "Oversight review", ("oversight-review",), sheet=False),
        Report("exit-briefing", "Exit briefing"),
        Report("document-request", "Document request list"),
        Report("field-notes", "Field notes"),
        Report("evidence-index", "Evidence index"),
        Report("custody", "Chain of custody and history"),
        Report("corrective-action-plan", "Corrective action plan"),
        Report("closeout-memo", "Closeout memo"),
    )
}


OF_THE_PROGRAM: Mapping[str, Report] = {
    "fiscal-year": Report("fiscal-year", "Fiscal-year report", ("program",)),
}
"""What is made of all inspections together, by a command of the same name."""


def reports_for(kind: str) -> list[Report]:
    """The reports that can be made of this kind of inspection; its own report comes first."""
    return [report for report in REPORTS.values() if kind in report.kinds]
