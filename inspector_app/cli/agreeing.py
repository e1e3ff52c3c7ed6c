"""The command that attaches the agreement an agency signed."""

from pathlib import Path

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.workspace.signed_copy import Part


@main.command("agreement")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("file", metavar="FILE.pdf", type=FILE)
@click.option("--addendum", is_flag=True, help="It adds to the agreement and is not all of it.")
@click.option("--title", default="", help="What it is called, such as “Addendum of July 2024”.")
@click.option("--amends", default="", help="The reason, where the report is signed already.")
def agreement(
    folder: Path, inspection: str, file: Path, addendum: bool, title: str, amends: str
) -> None:
    """Attach the signed agreement as PDF, with text or as a scan; it travels with the inspection.

    Attaching confirms nothing: a person compares the copy with the checklist.
    """
    try:
        data = file.read_bytes()
    except OSError:
        raise BadInput("The PDF cannot be read. Nothing was attached.") from None
    part: Part = "addendum" if addendum else "signed-copy"
    with opened(folder) as workspace:
        commit = workspace.add_agreement(inspection, data, part, title=title, amends=amends)
        fields = workspace.inspection(inspection).log.fields(commit.record)
    say({"record": commit.record, "change": commit.change, **fields})
    if not fields.get("has_text"):
        click.echo("It is a scan without text: quote it by typing what the page shows.", err=True)
