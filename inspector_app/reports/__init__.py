"""The reports that can be made, by name. Importing this loads no PDF library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.errors import NotAllowed

if TYPE_CHECKING:
    from inspector_app.checks import Problem
    from inspector_app.inspection import Inspection
    from inspector_app.photos import ReportCopy
    from inspector_app.records import Photo

OnPage = Callable[[int], None]


@dataclass(frozen=True)
class Report:
    """One report: the name it is asked for by, its title, and the kinds of inspection it is for."""

    name: str
    title: str
    kinds: tuple[str, ...]

    def build(
        self,
        inspection: "Inspection",
        problems: "Sequence[Problem]",
        photo: "Callable[[Photo], ReportCopy | None]",
        edition: str = "internal",
        on_page: OnPage | None = None,
    ) -> bytes:
        """The PDF. NotAllowed when the inspection is of a kind that this report is not for."""
        from inspector_app.reports import inspection_report

        if inspection.kind not in self.kinds:
            names = " or ".join(r.name for r in REPORTS.values() if inspection.kind in r.kinds)
            raise NotAllowed(
                f"The report “{self.name}” is not for this kind of inspection. Make “{names}”."
            )
        return inspection_report.build(inspection, problems, photo, edition, on_page)


REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        Report("inspection", "Inspection report", ("inspection", "focus-review")),
        Report("oversight-review", "Oversight review", ("oversight-review",)),
    )
}
