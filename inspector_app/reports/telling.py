"""A report before it becomes a file: what runs along its pages, and its story.

The PDF, the editable copy and the preview are made of the same telling: nothing is said twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.reports.page import Places, Running, Story
from inspector_app.reports.subject import Subject
from inspector_app.reports.texts import entry


@dataclass(frozen=True)
class Telling:
    """The running parts, and the story as a function of where headings stand."""

    running: Running
    story: Callable[[Places], Story]


def running_of(
    subject: Subject, *, title: str, head: str, version: str, edge: tuple[str, ...], cover: bool
) -> Running:
    """What stands on every page: `title` names the document, `head` stands in the running head."""
    edition, practice = entry("edition", subject.edition), subject.inspection.practice
    return Running(
        title=f"{title}: {subject.agency}, {subject.number}",
        issuer=subject.spec.author,
        agency=subject.agency,
        head=f"{head} {subject.number}",
        version=subject.under.version.format(edition=edition["name"], version=version),
        foot=subject.foot,
        warning="" if subject.inspection.form_released else entry("marking", "not-ours"),
        marking=entry("marking", "practice") if practice else edition["banner"],
        boxed=practice,
        edge=edge,
        instant=subject.instant,
        has_cover=cover,
        notes=subject.under.exemptions,
    )
