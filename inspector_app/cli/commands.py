"""Commands on workspaces and inspections."""

import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from inspector_app import agencies, forms, playing
from inspector_app.cli import (
    FILE,
    FOLDER,
    PASSPHRASE,
    main,
    opened,
    say,
    secret,
    showing,
)
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of
from inspector_app.identity import roles
from inspector_app.workspace import Plan, Workspace


def _day(context: click.Context, option: click.Parameter, text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadInput(f"{option.name} must be a day like 2026-03-10.") from None


# -- workspaces --------------------------------------------------------------------------------


@main.command("init")
@click.argument("folder", type=FOLDER)
@click.option("--name", required=True)
@click.option("--role", required=True, help=", ".join(roles()))
@click.option("--office", required=True)
def init(folder: Path, name: str, role: str, office: str) -> None:
    """Make a workspace. Prints the recovery key once; nobody can print it again."""
    passphrase = secret(PASSPHRASE, "New passphrase", confirm=True)
    workspace, recovery = Workspace.create(folder, name, role, office, passphrase)
    say({"recovery_key": recovery, "words": list(workspace.words), "key": workspace.key})
    workspace.close()
    click.echo("Write the recovery key down and keep it apart from this laptop.", err=True)


@main.group("agencies")
def agencies_group() -> None:
    """The published list of 287(g) agreements."""


@agencies_group.command("import")
@click.argument("folder", type=FOLDER)
@click.argument("workbook", type=FILE)
def agencies_import(folder: Path, workbook: Path) -> None:
    """Keep a newer published workbook in the workspace."""
    try:
        data = bytes_of(workbook)
    except OSError:
        raise BadInput("The workbook cannot be read.") from None
    with opened(folder) as workspace:
        read = workspace.import_agencies(data)
    say(_counted(list(read.rows)) | {"unread": list(read.unread), "remarks": list(read.remarks)})


@agencies_group.command("list")
@click.argument("folder", type=FOLDER)
@click.option("--match", default="", help="Only agencies whose name or state holds this text.")
def agencies_list(folder: Path, match: str) -> None:
    """The agreements this workspace knows, one a line."""
    with opened(folder) as workspace:
        for row in agencies.match(workspace.agencies(), match):
            say(_shown(row))


def _shown(row: agencies.AgencyRow) -> dict[str, Any]:
    return {
        "state": row.state,
        "agency": row.name,
        "type": row.type,
        "county": row.county,
        "model": row.model,
        "signed": row.signed.isoformat(),
    }


def _counted(rows: list[agencies.AgencyRow]) -> dict[str, Any]:
    found = agencies.tally(rows, forms.shipped())
    return {
        "agreements": found.agreements,
        "agencies": found.agencies,
        "several_models": found.several_models,
        "resolves_to": found.resolves_to,
        "unresolved": found.unresolved,
    }


# -- inspections -------------------------------------------------------------------------------


@main.command("start")
@click.argument("folder", type=FOLDER)
@click.option("--state", help="Postal code or name; needed where the name fits several agencies.")
@click.option("--agency", required=True)
@click.option("--model", required=True, type=click.Choice(["JEM", "WSO", "TFM"]))
@click.option(
    "--kind",
    required=True,
    type=click.Choice(["inspection", "oversight-review", "focus-review"]),
)
@click.option("--first-day", required=True, callback=_day)
@click.option("--last-day", required=True, callback=_day)
@click.option(
    "--form",
    "form_id",
    help="Another form; one that the day of signing does not fit needs a reason.",
)
@click.option("--reason", default="", help="Why another form, or why this kind for this model.")
@click.option("--practice", is_flag=True, help="For practice only: never counted, never real.")
@click.option("--not-on-file", is_flag=True, help="The signed agreement is not on file.")
@click.option("--zone", help="The facility's IANA time zone, such as America/Chicago.")
def start(
    folder: Path,
    state: str | None,
    agency: str,
    model: str,
    kind: str,
    first_day: date,
    last_day: date,
    form_id: str | None,
    reason: str,
    practice: bool,
    not_on_file: bool,
    zone: str | None,
) -> None:
    """Start an inspection or review of one agency under its agreement."""
    with opened(folder) as workspace:
        row = agencies.find(workspace.agencies(), state, agency, model)
        resolution = agencies.resolve(row, forms.shipped())
        days = (first_day, last_day)
        plan = Plan(
            row, resolution, kind, *days, form_id, reason, practice, zone, on_file=not not_on_file
        )
        started = workspace.start(plan)
        form = workspace.inspection(started).form
    offered = [form.id for form in resolution.offered]
    say(
        {
            "inspection": started,
            "form": form.id,
            "presumed": resolution.presumed,
            "offered": offered,
        }
    )
    click.echo(resolution.reason, err=True)


@main.command("record")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
def record(folder: Path, inspection: str) -> int:
    """Record JSON lines from standard input; see `schema`. Ends with its first refusal's code."""
    first = 0
    with opened(folder) as workspace:
        lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")
        for answer, code in playing.record_lines(workspace, inspection, lines):
            say(answer)
            sys.stdout.flush()
            first = first or code
    return first


@main.command("schema")
def schema() -> None:
    """The JSON Schema of the lines that `record` reads."""
    say(playing.line_schema())


@main.command("show")
@click.argument("folder", type=FOLDER)
@click.argument("inspection", required=False)
def show(folder: Path, inspection: str | None) -> None:
    """Everything in a workspace, or in one inspection with its problems and conflicts."""
    with opened(folder) as workspace:
        say(
            showing.shown_inspection(workspace, inspection)
            if inspection
            else showing.shown_workspace(workspace)
        )


@main.command("digest")
@click.argument("folder", type=FOLDER)
@click.argument("logs", nargs=-1)
def digest(folder: Path, logs: tuple[str, ...]) -> None:
    """SHA-256 of the logical state; without LOGS over the inspections."""
    with opened(folder) as workspace:
        say({"digest": workspace.digest(*(workspace.kept(log).id for log in logs))})


@main.command("history")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--record", "record_id", help="Only this record.")
@click.option("--field", help="Only this field.")
def history(folder: Path, inspection: str, record_id: str | None, field: str | None) -> None:
    """Every change, one a line."""
    with opened(folder) as workspace:
        for entry in workspace.history(inspection, record_id, field):
            say(showing.shown_entry(entry))


@main.command("undo")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
def undo(folder: Path, inspection: str) -> None:
    """Take back one's own last act."""
    with opened(folder) as workspace:
        say({"change": workspace.undo(inspection).change})


@main.command("redo")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
def redo(folder: Path, inspection: str) -> None:
    """Bring back what was undone last."""
    with opened(folder) as workspace:
        say({"change": workspace.redo(inspection).change})


@main.command("decide")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("record_id", metavar="RECORD")
@click.option("--change", help="Let the side stand that this change is part of.")
@click.option("--values", help="JSON object: a value for every disputed field.")
def decide(
    folder: Path, inspection: str, record_id: str, change: str | None, values: str | None
) -> None:
    """End the conflict of one record."""
    chosen = playing.parsed(values) if values else None
    if bool(change) == bool(chosen):
        raise BadInput("Decide either with --change or with --values.")
    with opened(folder) as workspace:
        say(
            {"change": workspace.decide(inspection, record_id, change=change, values=chosen).change}
        )
