"""ERO's closeout memo: that every finding of an inspection is addressed, and what was done.

It exists only while nothing is open: `check` refuses, so a missing memo stays visible as missing.
"""

from inspector_app.errors import NotAllowed
from inspector_app.inspection.following import CLOSEOUT, action_of, counted
from inspector_app.inspection.reviewing import disagreement_of
from inspector_app.records import Closeout, CorrectiveAction, Disagreement, Finding
from inspector_app.reports.blocks import fact_lines, signature_lines
from inspector_app.reports.flow import Para, labelled, para, prose, room_for, space
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, on_day, short_day, when_on
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import entry, label, say, title
from inspector_app.reports.typed import Markup, join, lines, strong, text


def check(subject: Subject) -> Closeout:
    """The memo's record. NotAllowed without one, or with a finding that it does not cover."""
    memo = subject.inspection.get(Closeout, CLOSEOUT)
    if memo is None:
        raise NotAllowed(
            "There is no closeout memo: ERO headquarters has not closed this inspection."
        )
    if not counted(subject.inspection):
        raise NotAllowed(
            "The findings that the closeout memo was about are no longer in the inspection, so "
            "there is nothing that it could close. The memo itself is kept."
        )
    if faults := uncovered(subject, memo):
        told = "The closeout memo no longer holds; something of the inspection is open again."
        raise NotAllowed(told, faults)
    return memo


def uncovered(subject: Subject, memo: Closeout) -> list[str]:
    """Findings that came, or were opened again, after the memo was written."""
    found = []
    for finding in counted(subject.inspection):
        action = action_of(subject.inspection, finding.id)
        disputed = action is not None and subject.inspection.log.disputed(action.id)
        result = memo.results.get(finding.id.partition(":")[2])
        if action is None or disputed or action.status != "accepted":
            found.append(f"{subject.finding_numbers[finding.id]} has no accepted action.")
        elif memo.results and result != "resolved":
            found.append(f"{subject.finding_numbers[finding.id]} is not resolved.")
    return found


def story(subject: Subject) -> Story:
    """To, from, date, subject; the text; the table; ERO's position; nothing open; a signature."""
    memo = check(subject)
    return [
        *fact_lines(_head(subject, memo))[1:],  # the facts above end with a rule
        space(12),
        prose(_text(subject, memo)),
        *([space(6), prose(text(memo.text.strip()))] if memo.text.strip() else []),
        room_for(120),
        para(title("closeout-table"), "table-title", before=14, after=3),
        _table(subject, memo),
        *labelled(label("ero-position"), prose(_position(subject)), before=16),
        *labelled(label("still-open"), prose(say("closeout-open"))),
        *signature_lines([text(memo.from_), label("date")]),
    ]


def _head(subject: Subject, memo: Closeout) -> list[tuple[Markup, list[Para]]]:
    day = on_day(memo.day) if memo.day else "–"
    about = say("closeout-subject", agency=subject.agency, number=subject.number)
    return [
        (label("to"), [prose(text(memo.to))]),
        (label("from"), [prose(text(memo.from_))]),
        (label("date"), [prose(text(day))]),
        (label("subject"), [prose(strong(about))]),
    ]


def _text(subject: Subject, memo: Closeout) -> Markup:
    """The standing text: all findings closed, and what a focus review found."""
    n = len(counted(subject.inspection))
    if not memo.results:
        return say("closeout-without-review", n=n, dates=subject.days())
    done = sum(result == "resolved" for result in memo.results.values())
    day = on_day(memo.review_day) if memo.review_day else "–"
    return say(
        "closeout",
        n=n,
        dates=subject.days(),
        date=day,
        number=memo.review,
        resolved=done,
        of=len(memo.results),
    )


def _table(subject: Subject, memo: Closeout) -> Grid:
    columns = [Column(48), Column(224, 14), Column(52), Column(72), Column(52), Column(56, 0)]
    names = ("number", "action-taken", "by", "done-on", "verified-short", "result")
    rows = [_row(subject, memo, finding) for finding in counted(subject.inspection)]
    return Grid(columns, [head(columns, *map(label, names)), *rows])


def _row(subject: Subject, memo: Closeout, finding: Finding) -> Row:
    action = action_of(subject.inspection, finding.id) or CorrectiveAction()
    result = memo.results.get(finding.id.partition(":")[2])
    return row(
        para(strong(text(subject.finding_numbers[finding.id])), "cell"),
        para(text(action.action.strip() or action.reason.strip() or "–"), "cell"),
        para(text(entry("party-short", subject.party(finding))), "cell"),
        para(text(short_day(action.done) if action.done else "–"), "cell"),
        para(text(entry("verify-short", finding.verify or "none")), "cell"),
        para(text(entry("resolved", result or "no-review")), "cell"),
    )


def _position(subject: Subject) -> Markup:
    """ERO's disagreements, which the memo repeats and does not settle."""
    found = []
    for finding in counted(subject.inspection):
        said = subject.inspection.get(Disagreement, disagreement_of(finding.id))
        if said and said.ero.strip():
            number, date = subject.finding_numbers[finding.id], when_on(said.held)
            found.append(say("closeout-disagreed", number=number, date=date))
    return lines([*found, join([say("closeout-both")])]) if found else say("closeout-agreed")
