"""The sheets beside the report: one head for all; the rest is their own.

What a sheet is called, what it says of itself and how its edge is marked is data
(resources/report-texts.toml, [sheet]).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from inspector_app.reports import (
    closeout_memo,
    corrective_action_plan,
    custody,
    document_request,
    evidence_index,
    exit_briefing,
    field_notes,
    file_list,
)
from inspector_app.reports.blocks import facts
from inspector_app.reports.flow import para, prose, space
from inspector_app.reports.keeping import Keeping
from inspector_app.reports.page import Places, Running, Story
from inspector_app.reports.subject import Subject, day_and_time
from inspector_app.reports.telling import Telling, running_of
from inspector_app.reports.texts import entry, fill, label, say
from inspector_app.reports.typed import Markup, join, lines, strong, text

STORIES: Mapping[str, Callable[[Subject], Story]] = {
    "exit-briefing": exit_briefing.story,
    "document-request": document_request.story,
    "field-notes": field_notes.story,
    "evidence-index": evidence_index.story,
    "custody": custody.story,
    "corrective-action-plan": corrective_action_plan.story,
    "file-numbers": file_list.story,
    "closeout-memo": closeout_memo.story,
}
"""What stands under the head of each sheet."""


def telling(subject: Subject, name: str, keeping: Keeping | None = None) -> Telling:
    """A sheet: the same records, the same story.

    `keeping`: what the workspace knows of the inspection's way; without it the custody says so.
    """
    story_of = STORIES[name]
    if name == "custody":
        story_of = partial(custody.story, keeping=keeping)

    def story(places: Places) -> Story:
        subject.places = places
        return [*_head(subject, name), *story_of(subject)]

    return Telling(_running(subject, name), story)


# -- the head --------------------------------------------------------------------------------


def _head(subject: Subject, name: str) -> Story:
    """Issuer, title, agency, what the sheet is, and of which record it was made."""
    sheet = entry("sheet", name)
    statement = say(sheet["statement"], office=subject.spec.office)
    return [
        para(lines(_issuer(subject, sheet)), "issuer", in_text=True),
        space(14),
        para(text(sheet["title"]), "h1", "H1", in_text=True, after=2),
        para(text(_lead(subject, name)), "lead", in_text=True, after=6),
        prose(strong(statement), after=8),
        facts(_facts(subject, name), across=2),
        space(8),
    ]


def _issuer(subject: Subject, sheet: Mapping[str, Any]) -> list[Markup]:
    """Whoever makes the inspection's report, but for ERO's own papers."""
    own = sheet.get("issuer")
    return [fill(line) for line in own] if own else subject.issuer()


def _lead(subject: Subject, name: str) -> str:
    """The agency and, of an exit briefing, when it was held."""
    held = exit_briefing.held_on(subject) if name == "exit-briefing" else ""
    return " · ".join(filter(None, (subject.agency, held)))


def _facts(subject: Subject, name: str) -> list[tuple[Markup, Markup]]:
    digest = say("digest-is", digest=subject.digest_words(subject.digest[:12]))
    record = lines([text(day_and_time(subject.newest_moment)), digest])
    edition = text(entry("edition", subject.edition)["name"])
    return [
        (label("report"), join([text(subject.number), edition], ", ")),
        (label("days-on-site"), text(subject.days())),
        (label("record-of"), record),
        (label("status"), lines(_status(subject, name))),
    ]


def _status(subject: Subject, name: str) -> list[Markup]:
    """What the markings say, once in words: readers skip what stands at the edge."""
    found = [say(f"sheet-{_mark(subject, name) or 'final'}")]
    if subject.inspection.practice:
        found.append(say("practice-data"))
    if not subject.inspection.form_released:
        found.append(say("not-ours"))
    return [*found, *subject.note()]


def _mark(subject: Subject, name: str) -> str:
    """`preliminary` always, `draft` as long as the report is one, or nothing."""
    mark = str(entry("sheet", name)["mark"])
    return "" if mark == "draft" and subject.is_final else mark


# -- what stands on every page ---------------------------------------------------------------


def _running(subject: Subject, name: str) -> Running:
    title, mark = str(entry("sheet", name)["title"]), _mark(subject, name)
    return running_of(
        subject,
        title=title,
        head=title,
        version=entry("version", mark or "final").format(at=day_and_time(subject.newest_moment)),
        edge=tuple(entry("marking", mark)) if mark else (),
        cover=False,
    )
