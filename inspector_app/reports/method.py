"""How the inspection was done, and whom it was about."""

from string import ascii_uppercase

from reportlab.platypus import Flowable

from inspector_app.records import Conference, Member, NoCamera
from inspector_app.reports import style
from inspector_app.reports.blocks import facts
from inspector_app.reports.flow import (
    Para,
    fresh_page,
    heading,
    labelled,
    para,
    prose,
    room_for,
    space,
)
from inspector_app.reports.page import Story
from inspector_app.reports.resting import resting_lines
from inspector_app.reports.subject import Subject, on_day, when
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import entry, known_word, label, say, title, word
from inspector_app.reports.typed import Markup, join, lines, strong, text

_FACILITY = "facility"
"""The area of a record that says no camera was let in at all."""
_TABLE_FIRST = 13.0
"""From the top of a table to the baseline of its head."""


def section_title(key: str, room: float = 130) -> list[Flowable]:
    """The heading of a part in the text columns, with room for what follows it."""
    return [room_for(room), heading(title(key), key, 2, name="h1", before=30, after=8)]


def annex_title(subject: Subject, key: str, room: float = 130) -> list[Flowable]:
    """The heading of an annex with its letter, over the left edge of its tables."""
    parts = subject.spec.parts
    letter = ascii_uppercase[parts.index(key) - parts.index("signatures") - 1]
    words = say("annex", letter=letter, title=title(key))
    named = heading(words, key, 2, name="h1", in_text=False, before=30, after=8)
    return [room_for(room), named]


def none_recorded() -> Para:
    """What stands under a heading when there is nothing: sections never vanish."""
    return prose(say("none"))


def typed_or_dash(typed: str) -> Markup:
    """What was typed, or a dash."""
    return text(typed.strip() or "–")


def method(subject: Subject) -> Story:
    """Authority, period, team, the three streams, definitions, the agreement, limits."""
    return [
        *([fresh_page()] if subject.spec.cover else []),
        *section_title("method"),
        *labelled(label("authority"), *_authority(subject), before=0),
        *labelled(label("period"), prose(text(subject.days()))),
        *_table_or_none("team", _team(subject)),
        *labelled(label("streams"), *_streams(subject), *resting_lines(subject)),
        *_table_or_none("conferences", _conferences(subject)),
        *labelled(label("definitions"), *_definitions()),
        *labelled(label("agreement"), *_agreement(subject)),
        *labelled(label("limits"), *_limits(subject)),
    ]


def _table_or_none(key: str, table: Grid | None) -> Story:
    if table is None:
        return labelled(label(key), none_recorded())
    return labelled(label(key), table, before=14, first=_TABLE_FIRST)


def _authority(subject: Subject) -> list[Para]:
    found = [prose(say(subject.spec.authority))]
    if subject.inspection.form_reason:
        found.append(prose(say("other-reviewer", reason=subject.inspection.form_reason)))
    return found


def _team(subject: Subject) -> Grid | None:
    if not subject.team:
        return None
    columns = [Column(100), Column(100), Column(75), Column(100, 0)]
    heads = head(columns, *map(label, ("name", "role", "office", "independence")))
    rows = [heads, *(_member_row(member) for member in subject.team)]
    return Grid(columns, rows, x=style.TEXT_X, least=1, after=2)


def _member_row(member: Member) -> Row:
    role = known_word("role", member.role) or member.role or "–"
    lead = join([text(role), label("lead")], ", ") if member.lead else text(role)
    return row(
        para(strong(typed_or_dash(member.name)), "cell"),
        para(lead, "cell"),
        para(typed_or_dash(member.office), "cell"),
        para(typed_or_dash(member.independence), "cell"),
    )


def _streams(subject: Subject) -> list[Para]:
    visit, counts = subject.inspection.visit, subject.counts
    held, refused = counts.interviews_held, counts.interviews_refused
    found = {
        "tour": (say("work-tour", n=counts.observations), visit.no_tour_reason),
        "documents": (
            say("work-documents", n=counts.files_examined, files=counts.files),
            visit.no_documents_reason,
        ),
        "interviews": (say("work-interviews", n=held, refused=refused), visit.no_interviews_reason),
    }
    made = {"tour": counts.observations, "documents": counts.files, "interviews": held + refused}
    lines_ = []
    for name, (done, reason) in found.items():
        extent = done + text(".") if made[name] else not_done(subject, name, reason)
        lines_.append(prose(join([strong(label(name) + text(".")), extent]), after=3))
    return lines_


def not_done(subject: Subject, stream: str, reason: str) -> Markup:
    """Why a tour, documents or interviews are missing."""
    words = word("stream", stream)
    if reason.strip():
        return say("stream", stream=words, reason=reason.strip())
    if stream == "tour" and not subject.spec.tour:
        return say("stream-optional")
    return say("stream-open", stream=words)


def _conferences(subject: Subject) -> Grid | None:
    conferences = subject.inspection.all(Conference)
    if not conferences:
        return None
    columns = [Column(95), Column(100), Column(90), Column(90, 0)]
    heads = head(columns, *map(label, ("held", "conference", "present", "ground-rules")))
    rows = [heads, *(_conference_row(conference) for conference in conferences)]
    return Grid(columns, rows, x=style.TEXT_X, least=1, after=2)


def _conference_row(conference: Conference) -> Row:
    place = [text(conference.place.strip())] if conference.place.strip() else []
    notes = [text(conference.notes.strip())] if conference.notes.strip() else []
    return row(
        para(lines([when(conference.held), *place]), "cell"),
        para(lines([strong(text(word("conference", conference.type))), *notes]), "cell"),
        para(typed_or_dash(conference.present), "cell"),
        para(typed_or_dash(conference.ground_rules), "cell"),
    )


def _definitions() -> list[Para]:
    return [
        prose(join([strong(text(entry("class", class_)["word"] + ".")), say(class_)]), after=3)
        for class_ in ("deficiency", "area-of-concern", "best-practice")
    ]


def _agreement(subject: Subject) -> list[Para]:
    found = [prose(join([subject.agreement_line(), text("")], "."), after=3)]
    found.append(prose(say(f"agreement-{subject.inspection.agreement_state}")))
    if subject.inspection.resolution:
        found.append(prose(text(subject.inspection.resolution)))
    return found


def _limits(subject: Subject) -> list[Para]:
    typed = [subject.inspection.visit.limits]
    typed += [conference.limits for conference in subject.inspection.all(Conference)]
    found = [prose(text(limit.strip()), after=3) for limit in typed if limit.strip()]
    found += [_no_camera(subject, area) for area in subject.inspection.all(NoCamera)]
    return found or [none_recorded()]


def _no_camera(subject: Subject, area: NoCamera) -> Para:
    """Where no picture could be taken, why, and what else was limited or refused there."""
    title = subject.area_title(area.area) if area.area != _FACILITY else ""
    said = [say("no-camera-in", area=title) if title else say("no-camera-at-all")]
    reason = area.reason.strip()
    said.append(say("no-camera-reason", reason=reason) if reason else say("no-camera-open"))
    if area.limits.strip():
        said.append(say("no-camera-limits", limits=area.limits.strip()))
    if area.refused.strip():
        said.append(say("no-camera-refused", refused=area.refused.strip()))
    return prose(join(said), after=3)


def agency(subject: Subject) -> Story:
    """The agency, its agreement, the facility and the field office."""
    inspection, visit = subject.inspection, subject.inspection.visit
    pairs = [
        (label("agency"), text(subject.agency)),
        (label("state"), typed_or_dash(inspection.agency.state)),
        (label("county"), typed_or_dash(inspection.agency.county)),
        (label("type"), typed_or_dash(inspection.agency.type)),
        (label("model"), text(subject.model_words())),
        (label("signed"), text(on_day(inspection.agency.signed))),
        (label("revision"), text(inspection.form.revision)),
        (label("field-office"), text(subject.field_office)),
        (label("facility"), typed_or_dash(visit.facility)),
        (label("zone"), typed_or_dash(visit.zone or "")),
    ]
    return [*section_title("agency", 240), facts(pairs, across=3), space(6)]
