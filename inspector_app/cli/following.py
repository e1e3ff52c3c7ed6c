"""Commands on what follows a report: focus review, ERO's plan, closeout, due dates."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.files import write_whole
from inspector_app.inspection import Inspection
from inspector_app.inspection import following as rules
from inspector_app.workspace import Workspace, following
from inspector_app.workspace.due_dates import calendar_file, due_dates


def _day(context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("A day is written as year, month and day: 2026-03-10.") from None


@main.command("follow-up")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
def follow_up(folder: Path, inspection: str) -> None:
    """Say how the follow-up of an INSPECTION stands: plans, late first, results, what is open."""
    with opened(folder) as workspace:
        say(_standing(workspace, inspection))


def _standing(workspace: Workspace, id: str) -> dict[str, Any]:
    read, today = workspace.inspection(id), workspace.moment(id).day
    reviews = following.held_reviews(workspace, id)
    focus = read.focus_review()
    return {
        "inspection": read.id,
        "follows": following.followed(read) or None,
        "standing": following.standing(workspace, id),
        "focus_review": {
            "flagged": focus.flagged,
            "due": focus.due,
            "not_planned": read.visit.no_focus_review_reason or None,
            "mode": rules.mode(f.verify for f in rules.counted(read)),
            "held": [review.id for review in reviews],
        },
        "findings": [_planned_words(one, reviews) for one in rules.plan(read, today)],
        "open": rules.still_open(read, reviews, today),
        "before": {
            record: {"kind": found.kind, "visits": [asdict(one) for one in found.before]}
            for record, found in following.recurrences(workspace, id).items()
        },
    }


def _planned_words(one: rules.Planned, reviews: list[rules.HeldReview]) -> dict[str, Any]:
    said = rules.result_of(reviews, one.finding.id)
    return {
        "number": one.number,
        "finding": one.finding.id,
        "verify": one.finding.verify,
        "state": one.state,
        "days_late": one.late,
        "target": one.action.target if one.action else None,
        "result": said.result if said else None,
    }


@main.command("focus-review")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--first-day", callback=_day, help="First day of the review.")
@click.option("--last-day", callback=_day, help="Last day; the first one unless given.")
@click.option("--reason", default="", help="Why one is held after fewer than four findings.")
@click.option("--add-missing", is_flag=True, help="INSPECTION is the review: add what it lacks.")
def focus_review(
    folder: Path,
    inspection: str,
    first_day: date | None,
    last_day: date | None,
    reason: str,
    add_missing: bool,
) -> None:
    """Start the focus review of an INSPECTION, with its findings as the checklist."""
    with opened(folder) as workspace:
        if add_missing:
            added = len(following.missing(workspace, inspection))
            following.take_missing(workspace, inspection)
            say({"inspection": workspace.inspection(inspection).id, "added": added})
            return
        if first_day is None:
            raise BadInput("Say with --first-day when the review begins. Nothing was started.")
        days = (first_day, last_day or first_day)
        id = following.start_focus_review(workspace, inspection, *days, reason)
        records = workspace.inspection(id).log.records("earlier-finding")
    say({"inspection": id, "earlier_findings": records})


@main.command("test-finding")
@click.argument("folder", type=FOLDER)
@click.argument("review")
@click.argument("finding")
@click.argument("result", type=click.Choice(["resolved", "unresolved", "not-tested"]))
@click.option("--now", default="", help="What was found now, or why it was not tested.")
def test_finding(folder: Path, review: str, finding: str, result: str, now: str) -> None:
    """Say in a focus REVIEW what became of an earlier FINDING, such as INT-1."""
    with opened(folder) as workspace:
        read = workspace.inspection(review)
        known = {number: record for record, number in rules.earlier_numbers(read).items()}
        record = known.get(finding.upper(), finding)
        if read.record(record) is None:
            raise BadInput("There is no such earlier finding in this review.")
        fields: dict[str, Any] = {"result": None if result == "not-tested" else result}
        fields |= {"now": now} if now else {}
        commit = workspace.put(review, record, **fields)
    say({"earlier_finding": commit.record, "change": commit.change})


@main.command("corrective-action")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("finding")
@click.option("--agrees", type=click.Choice(["yes", "partly", "no"]), help="Whether ERO agrees.")
@click.option("--reason", help="Why not, or only partly.")
@click.option("--cause", help="Why it came to the finding.")
@click.option("--action", help="What is done about it.")
@click.option("--owner", help="Who does it, by role.")
@click.option("--papers", help="What shows that it is done, one paper a line.")
@click.option("--target", callback=_day, help="By when.")
@click.option("--done", callback=_day, help="When it was done.")
@click.option("--accept", is_flag=True, help="ERO headquarters takes it as done.")
def corrective_action(
    folder: Path, inspection: str, finding: str, accept: bool, **given: Any
) -> None:
    """Write ERO's corrective action for a FINDING, such as INT-1."""
    fields = {name: value for name, value in given.items() if value is not None}
    with opened(folder) as workspace:
        record = _finding(workspace.inspection(inspection), finding)
        if accept:
            fields["status"] = "accepted"
        if not fields:
            raise BadInput("Nothing was said of the plan; see --help. Nothing was recorded.")
        commit = following.plan(workspace, inspection, record, **fields)
    say({"corrective_action": commit.record, "change": commit.change, "finding": record})


def _finding(inspection: Inspection, named: str) -> str:
    numbers = {number: record for record, number in inspection.finding_numbers().items()}
    record = numbers.get(named.upper(), named)
    if inspection.record(record) is None or not record.startswith("finding:"):
        raise BadInput("There is no such finding to plan for. Nothing was recorded.")
    return record


@main.command("repeats")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("finding")
@click.argument("earlier")
@click.argument("earlier_finding")
def repeats(
    folder: Path, inspection: str, finding: str, earlier: str, earlier_finding: str
) -> None:
    """Say that a FINDING repeats an EARLIER_FINDING of the inspection EARLIER."""
    with opened(folder) as workspace:
        record = _finding(workspace.inspection(inspection), finding)
        old = _finding(workspace.inspection(earlier), earlier_finding)
        commit = following.repeats(workspace, inspection, record, earlier, old)
    say({"finding": commit.record, "change": commit.change})


@main.command("close-out")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--from", "from_", default="", help="Who writes the memo, by office.")
@click.option("--to", default="", help="To whom it goes.")
@click.option("--text", default="", help="What else the memo says.")
def close_out(folder: Path, inspection: str, from_: str, to: str, text: str) -> None:
    """Write the closeout memo of an INSPECTION; refused while anything of it is open."""
    with opened(folder) as workspace:
        commit = following.close_out(workspace, inspection, from_, to, text)
        standing = following.standing(workspace, inspection)
    say({"closeout": commit.record, "change": commit.change, "standing": standing})


@main.command("due")
@click.argument("folder", type=FOLDER)
@click.argument("inspections", nargs=-1)
@click.option("-o", "--out", type=FILE, help="Write a calendar file (.ics) too.")
def due(folder: Path, inspections: tuple[str, ...], out: Path | None) -> None:
    """List what falls due after inspections, and complaints' running clocks, the latest first."""
    with opened(folder) as workspace:
        found = due_dates(workspace, inspections)
        if out is not None:
            write_whole(out, calendar_file(workspace, inspections))
    for one in found:
        say(asdict(one))
