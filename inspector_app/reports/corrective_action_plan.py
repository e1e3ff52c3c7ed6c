"""ERO's corrective action plan: each finding with what ERO does about it, the late ones first.

The plan belongs to ERO. OPR's findings are quoted unchanged; OPR recommends nothing.
"""

from collections import Counter

from inspector_app.inspection.following import Planned, plan
from inspector_app.records import CorrectiveAction
from inspector_app.reports import style
from inspector_app.reports.blocks import FindingHead, Strip, StripCell, finding_head
from inspector_app.reports.flow import heading, para, prose, room_for, space
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.tables import Cell, Column, Grid, Row, head
from inspector_app.reports.texts import entry, label, noun, say, title, word
from inspector_app.reports.typed import Markup, join, lines, text

_NUMBERS = ("plan-done", "plan-on-time", "plan-late", "plan-none")
_WHICH = {
    "accepted": "plan-done",
    "done": "plan-done",
    "open": "plan-on-time",
    "late": "plan-late",
    "none": "plan-none",
    "conflict": "plan-none",
}
_HEAD, _GROUP = 90.0, 36.0
"""About what the head of a finding and that of a group take: a plan that fits a page is whole."""
_FIELDS = ("cause", "action", "owner")


def story(subject: Subject) -> Story:
    """Numbers, the late ones, the others, and whose plan it is."""
    day = subject.newest_moment.day
    planned = plan(subject.inspection, day)
    late = [one for one in planned if one.late]
    rest = [one for one in planned if not one.late]
    found = [
        prose(say("plan-as-of", date=on_day(day), office=subject.field_office)),
        Strip(_numbers(planned), before=12, after=8),
        *_group(subject, "plan-late", late),
        *_group(subject, "plan-rest", rest),
    ]
    return [*found, space(10), prose(say("plan"), name="note")]


def _numbers(planned: list[Planned]) -> list[StripCell]:
    counts = Counter(_WHICH[one.state] for one in planned)
    first = StripCell(str(len(planned)), noun(len(planned), "finding"))
    return [first, *(StripCell(str(counts[key]), label(key)) for key in _NUMBERS)]


def _group(subject: Subject, key: str, planned: list[Planned]) -> Story:
    named = heading(title(key), key, 2, name="h2", before=16, after=2)
    if not planned:
        return [room_for(60), named, prose(say("none"))]
    room = min(_room(_table(subject, planned[0])) + _GROUP, style.FRAME_HEIGHT * 0.9)
    return [room_for(room), named, *(part for one in planned for part in _block(subject, one))]


def _block(subject: Subject, planned: Planned) -> Story:
    """One finding: ERO's position, cause, action, owner, days, evidence, how it stands."""
    finding = planned.finding
    class_word = str(entry("class", finding.class_ or "none")["word"])
    name = subject.finding_title(finding)
    bookmark = f"{planned.number}, {class_word}: {para(name).getPlainText(identify=True)}"
    head_ = FindingHead(
        subject.key_of(finding),
        planned.number,
        finding.class_ or "",
        text(class_word),
        name,
        bookmark,
        (),
    )
    table = _table(subject, planned)
    return [room_for(_room(table)), *finding_head(head_), table]


def _room(table: Grid) -> float:
    """What a block takes with its head: it stays whole where a page has the room."""
    return float(min(table.wrap(style.WIDE, 1e6)[1] + _HEAD, style.FRAME_HEIGHT * 0.9))


def _table(subject: Subject, planned: Planned) -> Grid:
    columns = [Column(84), Column(style.TEXT - 84, 0)]
    action = planned.action or CorrectiveAction()
    said = [
        ("ero-agrees", _agrees(action)),
        *((field, text(getattr(action, field).strip() or "–")) for field in _FIELDS),
        ("target", text(on_day(action.target) if action.target else "–")),
        ("evidence", _papers(subject, action)),
    ]
    rows = [_row(key, markup) for key, markup in said]
    heads = head(columns, label("about"), label("ero-plan"))
    return Grid(columns, [heads, *rows, _status_row(subject, planned)], x=style.TEXT_X)


def _row(key: str, markup: Markup) -> Row:
    return Row((Cell(para(label(key), "cell-quiet")), Cell(para(markup, "cell"))))


def _status_row(subject: Subject, planned: Planned) -> Row:
    fill = style.FLAG if planned.state in ("late", "conflict", "none") else None
    words = status(planned, on_day(subject.newest_moment.day))
    return Row((Cell(para(label("status"), "cell-quiet"), fill), Cell(para(words, "cell"), fill)))


def _agrees(action: CorrectiveAction) -> Markup:
    said = text(word("agrees", action.agrees))
    return join([said, text(action.reason.strip())], ": ") if action.reason.strip() else said


def _papers(subject: Subject, action: CorrectiveAction) -> Markup:
    """The papers ERO names, then what the inspection holds, by number."""
    papers = [line.strip() for line in action.papers.splitlines() if line.strip()]
    ends = subject.inspection.ends_from(action.id) if action.id else []
    held = [number for end in ends if (number := subject.where(end))]
    named = [text(paper) for paper in papers] + ([text(", ".join(held))] if held else [])
    return lines(named) if named else text("–")


def status(planned: Planned, today: str) -> Markup:
    """`Done April 30, 2026, accepted by ERO`; `Open, 14 days late on June 15, 2026`."""
    action = planned.action
    done = on_day(action.done) if action and action.done else ""
    if planned.state == "accepted":
        return say("plan-accepted", date=done)
    if planned.state == "done":
        return say("plan-is-done", date=done)
    if planned.state == "late":
        return say("plan-days-late", n=planned.late, date=today)
    return say(f"plan-state-{planned.state}")
