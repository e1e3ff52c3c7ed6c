"""Commands on agencies' files: complaints and their way, notifications, meetings, what is late.

Nothing that names a person is taken: a complaint has a number of this file, days and choices.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from inspector_app.agencies import AgencyRow
from inspector_app.cli import FOLDER, main, opened, say
from inspector_app.cli.showing import shown_conflict
from inspector_app.errors import BadInput
from inspector_app.inspection.agency_file import AgencyFile
from inspector_app.moments import Moment
from inspector_app.records.agency_file import (
    ACTIONS,
    CHANNELS,
    EFFORTS,
    MEETINGS,
    OUTCOMES,
    STATIONS,
    STATUSES,
    SUBJECTS,
    Complaint,
    HeldAgreement,
    Meeting,
    Notification,
)
from inspector_app.rules.clocks import local_moment
from inspector_app.rules.complaints import Line, next_stations, questions
from inspector_app.workspace import Commit, Workspace, agency_file

Command = TypeVar("Command", bound=Callable[..., Any])
_MOMENT_FIELDS = ("learned", "told")


@main.group("agency-file")
def group() -> None:
    """An agency's file: complaints and how they were handled, and meetings with the agency."""


# -- options that several commands share -----------------------------------------------------------


def _day(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise BadInput(f"{option.name} must be a day like 2026-03-10.") from None


def _options(days: Sequence[str], chosen: dict[str, Any]) -> Callable[[Command], Command]:
    """`--received DAY` for each of `days`, `--about WORD` for each closed list."""

    def add(command: Command) -> Command:
        clear = click.option("--clear", multiple=True, help="Take a field's value away.")
        command = clear(command)
        for name in days:
            command = click.option(f"--{name.replace('_', '-')}", callback=_day)(command)
        for name, choices in chosen.items():
            command = click.option(f"--{name}", type=click.Choice([*choices]))(command)
        return command

    return add


def _given(fields: dict[str, Any], clear: Sequence[str]) -> dict[str, Any]:
    named = {field.replace("-", "_"): None for field in clear}
    return {**{n: v for n, v in fields.items() if v is not None}, **named}


# -- starting and showing --------------------------------------------------------------------------


@group.command("start")
@click.argument("folder", type=FOLDER)
@click.option("--state", required=True, help="Postal code.")
@click.option("--agency", required=True, help="The name as it is published.")
@click.option("--practice", is_flag=True, help="For practice only: never counted, never real.")
def start(folder: Path, state: str, agency: str, practice: bool) -> None:
    """Start the file of an agency, with each agreement that the published list has of it."""
    with opened(folder) as workspace:
        rows: list[AgencyRow] = agency_file.agreements_of(workspace, state, agency)
        if not rows:
            raise BadInput("There is no agency of this name and state in the published list.")
        id = agency_file.start(workspace, rows, practice=practice)
        held = agency_file.read(workspace, id).all(HeldAgreement)
        say({"agency_file": id, "agreements": [each.model_dump(mode="json") for each in held]})


@group.command("list")
@click.argument("folder", type=FOLDER)
def files(folder: Path) -> None:
    """Every agency's file: what is open, late and without a record."""
    with opened(folder) as workspace:
        for each in agency_file.files(workspace):
            say(asdict(each))


@group.command("show")
@click.argument("folder", type=FOLDER)
@click.argument("file")
def show(folder: Path, file: str) -> None:
    """All that one file says, with its clocks, questions and conflicts."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        now = workspace.moment(file)
        say(
            {
                "agency_file": found.id,
                "agency": found.title,
                "practice": found.practice,
                "digest": found.log.digest(),
                "facts": found.facts.model_dump(mode="json"),
                "agreements": [
                    _agreement(found, held, now.day) for held in found.all(HeldAgreement)
                ],
                "complaints": [_complaint(found, each, now) for each in found.all(Complaint)],
                "notifications": [_notification(found, each) for each in found.all(Notification)],
                "meetings": [_plain(found, each) for each in found.all(Meeting)],
                "conflicts": [shown_conflict(workspace, each) for each in found.conflicts()],
            }
        )


def _plain(file: AgencyFile, record: Complaint | Notification | Meeting) -> dict[str, Any]:
    return {"number": file.numbers()[record.id], "record": record.id} | record.model_dump(
        mode="json"
    )


def _agreement(file: AgencyFile, held: HeldAgreement, today: date) -> dict[str, Any]:
    lines = [asdict(line) for line in file.meetings_of(held, today)]
    return {"record": held.id, **held.model_dump(mode="json"), "meetings": lines}


def _notification(file: AgencyFile, found: Notification) -> dict[str, Any]:
    return {**_plain(file, found), "on_record": found.on_record}


def _complaint(file: AgencyFile, found: Complaint, now: Moment) -> dict[str, Any]:
    return {
        **_plain(file, found),
        "clocks": [_line(line) for line in file.clocks(found, now)],
        "next": list(next_stations(found)),
        "questions": questions(found),
        "ice_side": file.ice_side(found),
    }


def _line(line: Line) -> dict[str, Any]:
    judged = line.judgment
    due = str(judged.due) if judged.due else None
    return {"clock": line.title, "verdict": judged.verdict, "late": line.late, "due": due} | {
        "sentence": judged.sentence
    }


@group.command("late")
@click.argument("folder", type=FOLDER)
@click.argument("file", required=False)
def late(folder: Path, file: str | None) -> None:
    """Clocks that were missed or are being missed, and what bears on ICE's own duties (D12)."""
    with opened(folder) as workspace:
        for id in [file] if file else agency_file.file_ids(workspace):
            title = agency_file.read(workspace, id).title
            for each in agency_file.late(workspace, id):
                say({"agency": title, "number": each.number, "type": "D02", **_line(each.line)})
            for found in agency_file.ice_evidence(workspace, id):
                say({"agency": title, **asdict(found)})


# -- writing ---------------------------------------------------------------------------------------


@group.command("complaint")
@click.argument("folder", type=FOLDER)
@click.argument("file")
@click.argument("number", required=False)
@click.option("--agreement", help="The record of the agreement; needed where there are two.")
@click.option("--designated/--not-designated", default=None)
@click.option("--related/--unrelated", default=None, help="To duties under 287(g).")
@click.option("--learned", help="When the agency learned of it: 2026-03-13 17:00, local time.")
@click.option("--told", help="When the agency told an ICE officer.")
@_options(
    ("resolved", "outcome_reported"),
    {
        "channel": CHANNELS,
        "about": SUBJECTS,
        "outcome": OUTCOMES,
        "serious": ("egregious", "less-serious"),
    },
)
def complaint(
    folder: Path, file: str, number: str | None, clear: tuple[str, ...], **fields: Any
) -> None:
    """Record a complaint, or with its NUMBER (C-7F3A) what is known of it now. No names."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        for name in _MOMENT_FIELDS:
            if fields[name]:
                fields[name] = _moment(fields[name], found.zone)
        _write(workspace, found, Complaint.kind, number, _given(fields, clear))


def _moment(text: str, zone: str) -> str:
    try:
        if ":" not in text:
            raise ValueError("an hour is never guessed")
        return str(local_moment(datetime.fromisoformat(text), zone))
    except ValueError:
        raise BadInput("A moment must read like “2026-03-13 17:00”.") from None


@group.command("pass-on")
@click.argument("folder", type=FOLDER)
@click.argument("file")
@click.argument("number")
@click.argument("station", type=click.Choice([*STATIONS]))
@click.argument("day", callback=_day)
@click.option("--status", type=click.Choice([*STATUSES]), default="received", show_default=True)
def pass_on(folder: Path, file: str, number: str, station: str, day: date, status: str) -> None:
    """Note that a complaint came to an office on a DAY, and how it stands there."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        record = found.numbered(number)
        commit = agency_file.pass_on(workspace, found.id, record, station, day, status)
        _tell(found, commit)


@group.command("notification")
@click.argument("folder", type=FOLDER)
@click.argument("file")
@click.argument("number", required=False)
@click.option("--complaint", help="The complaint it is about, such as C-7F3A.")
@_options(("received", "acted", "ended"), {"action": ACTIONS, "outcome": OUTCOMES})
def notification(
    folder: Path, file: str, number: str | None, clear: tuple[str, ...], **fields: Any
) -> None:
    """Record a management notification, or with its NUMBER (N-09B2) what the field office did."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        if fields["complaint"]:
            fields["complaint"] = found.numbered(fields["complaint"])
        _write(workspace, found, Notification.kind, number, _given(fields, clear))


@group.command("meeting")
@click.argument("folder", type=FOLDER)
@click.argument("file")
@click.argument("number", required=False)
@click.option("--agreement", help="The record of the agreement; needed where there are two.")
@click.option("--agenda/--no-agenda", default=None)
@_options(
    ("held", "advertised", "minutes_ice", "minutes_lea", "tried"),
    {"type": MEETINGS, "effort": EFFORTS},
)
def meeting(
    folder: Path, file: str, number: str | None, clear: tuple[str, ...], **fields: Any
) -> None:
    """Record a meeting or the effort to hold one, or with its NUMBER (M-C410) what is known now."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        _write(workspace, found, Meeting.kind, number, _given(fields, clear))


@group.command("remove")
@click.argument("folder", type=FOLDER)
@click.argument("file")
@click.argument("number")
def remove(folder: Path, file: str, number: str) -> None:
    """Take a complaint, notification or meeting out of view; the history keeps it."""
    with opened(folder) as workspace:
        found = agency_file.read(workspace, file)
        commit = workspace.remove(found.id, found.numbered(number))
        say({"record": commit.record, "change": commit.change})


def _write(
    workspace: Workspace, file: AgencyFile, kind: str, number: str | None, given: dict[str, Any]
) -> None:
    if not given:
        raise BadInput("Nothing was given to record; see --help for what can be said.")
    if number is None:
        commit = workspace.new(file.id, kind, **given)
    elif file.numbered(number).startswith(f"{kind}:"):
        commit = workspace.put(file.id, file.numbered(number), **given)
    else:
        raise BadInput(f"{number[:12]} is not a {kind}. Nothing was changed.")
    _tell(file, commit)


def _tell(file: AgencyFile, commit: Commit) -> None:
    number = file.numbers()[commit.record]
    say({"number": number, "record": commit.record, "change": commit.change})
